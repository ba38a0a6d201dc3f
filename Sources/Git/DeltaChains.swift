import Clibgit2
import Glibc
import SourceText

/// The packs of a folder, in which an object is looked at before libgit2 reads it (gitformat-pack).
///
/// libgit2 1.5 goes round for ever where the way from a difference to what it is one to leads back to itself,
/// as no program writes it and anybody can; and it inflates whatever size an object says that it has. What is
/// right is left to the store of packs behind this one.
@safe final class DeltaChains {
  private var packs: [Pack] = []

  private init(folder: String, names: [String]) {
    for name in names {
      if let pack = Pack(at: folder + "/pack/" + name) { packs.append(pack) }
    }
  }

  /// Makes the store that is asked before the one of the packs; the one that it is given to frees it.
  ///
  /// - Parameters:
  ///   - folder: The folder of objects.
  ///   - names: The names of its packs, without what they end with; each was looked at by ``PackIndex``.
  /// - Returns: The store.
  static func make(
    of folder: String, names: [String]
  ) -> UnsafeMutablePointer<git_odb_backend> {
    let owner = DeltaChains(folder: folder, names: names)
    let backend = unsafe OwnBackend.make(for: owner)
    unsafe backend.pointee.read = { _, _, _, backend, id in
      unsafe DeltaChains.at(backend)?.answer(for: id, 40) ?? -1
    }
    unsafe backend.pointee.read_prefix = { _, _, _, _, backend, id, digits in
      unsafe DeltaChains.at(backend)?.answer(for: id, digits) ?? -1
    }
    unsafe backend.pointee.read_header = { _, _, backend, id in
      unsafe DeltaChains.at(backend)?.answer(for: id, 40, isHeader: true) ?? -1
    }
    unsafe backend.pointee.exists = { _, _ in 0 }
    return unsafe backend
  }

  private static func at(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> DeltaChains? {
    unsafe OwnBackend.owner(of: backend)
  }

  /// Looks at an object.
  ///
  /// - Parameters:
  ///   - id: Its name.
  ///   - digits: How many digits of the name are given.
  ///   - isHeader: Whether its kind and its size alone are asked for.
  /// - Returns: That it is not here, so that the next store is asked, or that it cannot be read.
  private func answer(
    for id: UnsafePointer<git_oid>?, _ digits: Int, isHeader: Bool = false
  ) -> Int32 {
    guard let id = unsafe id else { return -1 }
    for pack in packs {
      guard let offset = unsafe pack.offset(of: id, digits: digits) else { continue }
      if let fault = pack.fault(at: offset, isHeader: isHeader) {
        unsafe git_error_set_str(
          Int32(GIT_ERROR_ODB.rawValue), "the object \(unsafe ObjectID(id)) \(fault)")
        return -1
      }
      // Of a name in part, every pack is asked.
      if digits == 40 { break }
    }
    return GIT_ENOTFOUND.rawValue
  }
}

extension DeltaChains {
  /// A pack and its index, as they lie in memory.
  @safe private final class Pack {
    private let index: UnsafeRawBufferPointer
    private let pack: UnsafeRawBufferPointer
    /// Where the names begin, how many there are, and how many bytes lie from one to the next.
    private let names: (start: Int, count: Int, stride: Int)
    private let fanOut: Int

    init?(at path: String) {
      guard let index = unsafe Self.map(path + ".idx") else { return nil }
      guard let pack = unsafe Self.map(path + ".pack") else {
        unsafe Self.unmap(index)
        return nil
      }
      unsafe self.index = unsafe index
      unsafe self.pack = unsafe pack
      let isSecond = unsafe Self.number(index, at: 0) == 0xFF74_4F63
      fanOut = isSecond ? 8 : 0
      let count = unsafe Self.number(index, at: fanOut + 1020)
      names = isSecond ? (1032, count, 20) : (1028, count, 24)
    }

    deinit {
      unsafe Self.unmap(index)
      unsafe Self.unmap(pack)
    }

    private static func map(_ path: String) -> UnsafeRawBufferPointer? {
      let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return nil }
      defer { close(file) }
      var status = stat()
      guard unsafe fstat(file, &status) == 0, status.st_size > 0,
        let start = unsafe mmap(nil, status.st_size, PROT_READ, MAP_PRIVATE, file, 0),
        unsafe start != MAP_FAILED
      else { return nil }
      return unsafe UnsafeRawBufferPointer(start: start, count: status.st_size)
    }

    private static func unmap(_ bytes: UnsafeRawBufferPointer) {
      unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
      unsafe Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }

    private func number(at offset: Int) -> Int { unsafe Self.number(index, at: offset) }

    /// Finds an object.
    ///
    /// - Parameters:
    ///   - id: The name.
    ///   - digits: How many digits of it are given, at least two; the rest are zeros.
    /// - Returns: Where in the pack it stands; of several whose names begin so, the first; `nil` of none.
    func offset(of id: UnsafeRawPointer, digits: Int = 40) -> Int? {
      let first = unsafe Int(id.load(as: UInt8.self))
      var low = first == 0 ? 0 : number(at: fanOut + first * 4 - 4)
      let end = number(at: fanOut + first * 4)
      var high = end
      while low < high {
        let middle = (low + high) / 2
        let order = unsafe name(at: middle).map { unsafe memcmp($0, id, 20) } ?? 0
        if order == 0 { return offset(at: middle) }
        if order < 0 { low = middle + 1 } else { high = middle }
      }
      guard digits < 40, low < end, let name = unsafe name(at: low),
        unsafe memcmp(name, id, digits / 2) == 0
      else { return nil }
      let half = digits % 2 == 0 ? 0 : unsafe (name + digits / 2).load(as: UInt8.self) >> 4
      let wanted = digits % 2 == 0 ? 0 : unsafe (id + digits / 2).load(as: UInt8.self) >> 4
      return half == wanted ? offset(at: low) : nil
    }

    private func name(at position: Int) -> UnsafeRawPointer? {
      unsafe index.baseAddress.map { unsafe $0 + names.start + position * names.stride }
    }

    private func offset(at position: Int) -> Int {
      guard names.stride == 20 else { return number(at: names.start - 4 + position * 24) }
      let table = names.start + names.count * 24
      let offset = number(at: table + position * 4)
      guard offset >= 0x8000_0000 else { return offset }
      let long = table + names.count * 4 + (offset - 0x8000_0000) * 8
      return number(at: long) << 32 | number(at: long + 4)
    }

    /// Returns why an object must not be read; `nil` where libgit2 may read it, or finds out itself.
    ///
    /// Files may be larger, up to a limit of whoever asks for one.
    func fault(at offset: Int, isHeader: Bool) -> String? {
      guard let end = end(from: offset) else { return "is a difference to itself" }
      guard !isHeader, end != Self.file, let size = size(at: offset), size > LooseObject.limit
      else { return nil }
      return "has \(size) bytes, and \(LooseObject.limit) are the most"
    }

    /// The number of the kind `blob`.
    private static let file: UInt8 = 3

    /// Returns how many bytes an object has; `nil` where that cannot be read.
    private func size(at offset: Int) -> Int? {
      guard let head = head(at: offset) else { return nil }
      let content: Int
      switch base(of: offset) {
      case nil: return head.size
      case .before(_, let place): content = place
      case .name(let place): content = place + 20
      }
      // A difference begins with the size of what it is one to, and that of what it makes.
      let deflated = unsafe [UInt8](pack[content..<min(pack.count, content + 64)])
      var start = [UInt8](repeating: 0, count: 20)
      guard let inflation = try? Inflation(of: deflated),
        let count = try? unsafe inflation.fill(&start, 20)
      else { return nil }
      var rest = start.prefix(count)
      for isWanted in [false, true] {
        var (size, shift) = (0, 0)
        while let byte = rest.popFirst() {
          guard shift < 56 else { return nil }
          size |= Int(byte & 0x7F) << shift
          shift += 7
          if byte & 0x80 == 0 { break }
        }
        if isWanted { return size }
      }
      return nil
    }

    /// Returns the kind of what the way from an object ends at; `nil` where it leads back to where it was.
    ///
    /// A difference to what stands before it leads nearer to the begin; only names can lead round.
    private func end(from start: Int) -> UInt8? {
      var (offset, named) = (start, 0)
      var seen: Set<Int> = []
      while let base = base(of: offset) {
        switch base {
        case .before(let earlier, _): offset = earlier
        case .name(let place):
          named += 1
          // Few are named, and to remember those costs more than to go some of the way twice.
          if named > 32, !seen.insert(offset).inserted { return nil }
          guard let start = unsafe pack.baseAddress,
            let next = unsafe self.offset(of: start + place)
          else { return 0 }
          offset = next
        }
      }
      return head(at: offset)?.kind ?? 0
    }

    private enum Base {
      /// It stands there, and the difference here.
      case before(Int, content: Int)
      /// Its name stands here, and the difference behind it.
      case name(Int)
    }

    /// Returns what an object says of itself: its kind, the size of what is stored, and where it goes on.
    private func head(at offset: Int) -> (kind: UInt8, size: Int, end: Int)? {
      let end = unsafe pack.count - 20
      guard offset >= 12, offset < end else { return nil }
      var (place, shift) = (offset, 4)
      let kind = unsafe pack[place] >> 4 & 7
      var size = unsafe Int(pack[place] & 15)
      while unsafe pack[place] & 0x80 != 0 {
        place += 1
        guard place < end, shift < 56 else { return nil }
        size |= unsafe Int(pack[place] & 0x7F) << shift
        shift += 7
      }
      return place + 1 < end ? (kind, size, place + 1) : nil
    }

    /// Returns what an object is a difference to; `nil` where it is none, or broken.
    private func base(of offset: Int) -> Base? {
      guard let head = head(at: offset) else { return nil }
      let end = unsafe pack.count - 20
      var place = head.end
      switch head.kind {
      case 6:
        var distance = unsafe Int(pack[place] & 0x7F)
        while unsafe pack[place] & 0x80 != 0 {
          place += 1
          guard place < end, distance < 1 << 50 else { return nil }
          distance = unsafe (distance + 1) << 7 | Int(pack[place] & 0x7F)
        }
        return distance > 0 && distance < offset
          ? .before(offset - distance, content: place + 1) : nil
      case 7: return place + 20 <= end ? .name(place) : nil
      default: return nil
      }
    }
  }
}
