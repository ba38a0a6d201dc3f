import Clibgit2
import Glibc
import SourceText

/// The packs of a folder, in which the way from a difference to what it is one to is looked at before libgit2
/// goes it (gitformat-pack).
///
/// libgit2 1.5 goes round for ever where that way leads back to itself, as no program writes it and anybody
/// can. What is right is left to the store of packs behind this one.
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
      unsafe DeltaChains.at(backend)?.answer(for: id) ?? -1
    }
    unsafe backend.pointee.read_header = { _, _, backend, id in
      unsafe DeltaChains.at(backend)?.answer(for: id) ?? -1
    }
    unsafe backend.pointee.exists = { _, _ in 0 }
    return unsafe backend
  }

  private static func at(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> DeltaChains? {
    unsafe OwnBackend.owner(of: backend)
  }

  /// Returns that the object is not here, so that the next store is asked, or that it cannot be read.
  private func answer(for id: UnsafePointer<git_oid>?) -> Int32 {
    guard let id = unsafe id else { return -1 }
    for pack in packs {
      guard let offset = unsafe pack.offset(of: id) else { continue }
      guard pack.isEndless(from: offset) else { break }
      unsafe git_error_set_str(
        Int32(GIT_ERROR_ODB.rawValue), "the object \(unsafe ObjectID(id)) is a difference to itself"
      )
      return -1
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

    /// Returns where in the pack an object stands.
    func offset(of id: UnsafeRawPointer) -> Int? {
      let first = unsafe Int(id.load(as: UInt8.self))
      var low = first == 0 ? 0 : number(at: fanOut + first * 4 - 4)
      var high = number(at: fanOut + first * 4)
      while low < high {
        let middle = (low + high) / 2
        let place = unsafe index.baseAddress.map { unsafe $0 + names.start + middle * names.stride }
        let order = unsafe place.map { unsafe memcmp($0, id, 20) } ?? 0
        if order == 0 { return offset(at: middle) }
        if order < 0 { low = middle + 1 } else { high = middle }
      }
      return nil
    }

    private func offset(at position: Int) -> Int {
      guard names.stride == 20 else { return number(at: names.start - 4 + position * 24) }
      let table = names.start + names.count * 24
      let offset = number(at: table + position * 4)
      guard offset >= 0x8000_0000 else { return offset }
      let long = table + names.count * 4 + (offset - 0x8000_0000) * 8
      return number(at: long) << 32 | number(at: long + 4)
    }

    /// Whether the way from an object leads back to where it was.
    ///
    /// A difference to what stands before it leads nearer to the begin; only names can lead round.
    func isEndless(from start: Int) -> Bool {
      var (offset, named) = (start, 0)
      var seen: Set<Int> = []
      while let base = base(of: offset) {
        switch base {
        case .before(let earlier): offset = earlier
        case .name(let place):
          named += 1
          // Few are named, and to remember those costs more than to go some of the way twice.
          if named > 32, !seen.insert(offset).inserted { return true }
          guard let start = unsafe pack.baseAddress,
            let next = unsafe self.offset(of: start + place)
          else { return false }
          offset = next
        }
      }
      return false
    }

    private enum Base {
      case before(Int)
      /// Its name stands here.
      case name(Int)
    }

    /// Returns what an object is a difference to; `nil` where it is none, or broken.
    private func base(of offset: Int) -> Base? {
      let end = unsafe pack.count - 20
      guard offset >= 12, offset < end else { return nil }
      var place = offset
      let kind = unsafe pack[place] >> 4 & 7
      while unsafe pack[place] & 0x80 != 0 {
        place += 1
        guard place < end else { return nil }
      }
      place += 1
      switch kind {
      case 6:
        guard place < end else { return nil }
        var distance = unsafe Int(pack[place] & 0x7F)
        while unsafe pack[place] & 0x80 != 0 {
          place += 1
          guard place < end, distance < 1 << 50 else { return nil }
          distance = unsafe (distance + 1) << 7 | Int(pack[place] & 0x7F)
        }
        return distance > 0 && distance < offset ? .before(offset - distance) : nil
      case 7: return place + 20 <= end ? .name(place) : nil
      default: return nil
      }
    }
  }
}
