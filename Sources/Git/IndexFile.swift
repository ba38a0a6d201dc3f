import Glibc
import SourceText

/// The file of an index, as Git writes it unless it is told otherwise (gitformat-index, versions 2 and 3).
///
/// Its hash is not compared, as Git compares it in `git fsck` alone.
@safe final class IndexFile {
  private let bytes: UnsafeMutableRawBufferPointer
  /// Where each entry begins.
  private var starts: [Int32] = []

  var count: Int { starts.count }

  /// Reads a file; `nil` where it is not there, cannot be read, is of another form, refers to another file, or is
  /// not what Git writes.
  ///
  /// - Parameter path: The file.
  init?(at path: String) {
    let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size >= 32, status.st_size < Int(Int32.max)
    else { return nil }
    unsafe bytes = .allocate(byteCount: status.st_size, alignment: 8)
    var done = 0
    while done < status.st_size {
      let length = unsafe read(file, bytes.baseAddress?.advanced(by: done), status.st_size - done)
      if length < 0 && errno == EINTR { continue }
      guard length > 0 else { return nil }
      done += length
    }
    guard readEntries() else { return nil }
  }

  deinit { unsafe bytes.deallocate() }

  /// Finds where the entries begin.
  ///
  /// - Returns: Whether they are in order and nothing is said of them elsewhere.
  private func readEntries() -> Bool {
    let (version, count) = (number(at: 4), number(at: 8))
    let end = unsafe bytes.count - 20
    guard number(at: 0) == 0x4449_5243, version == 2 || version == 3, count <= end / 64 else {
      return false
    }
    starts.reserveCapacity(Int(count))
    var position = 12
    for _ in 0..<count {
      guard position + 64 <= end, version == 3 || flags(at: position) & 0x4000 == 0 else {
        return false
      }
      let name = unsafe name(at: position)
      guard unsafe !name.isEmpty, unsafe bytes[nameStart(at: position) + name.count] == 0 else {
        return false
      }
      if let last = starts.last.map(Int.init) {
        let order = unsafe IndexEntry.order(self.name(at: last), name)
        guard
          order < 0 || order == 0 && 0 < stage(at: last) && stage(at: last) < stage(at: position)
        else { return false }
      }
      starts.append(Int32(position))
      // From one to eight zeros bring an entry to a multiple of eight.
      position += (nameStart(at: position) - position + name.count + 8) & ~7
      guard position <= end else { return false }
    }
    // An extension that must be understood begins with a small letter: parts of the index stand elsewhere.
    while position + 8 <= end {
      guard unsafe bytes[position] & 0x20 == 0 else { return false }
      position += 8 + Int(number(at: position + 4))
    }
    return position == end
  }

  subscript(position: Int) -> IndexEntry? {
    guard starts.indices.contains(position) else { return nil }
    let start = Int(starts[position])
    let extended = flags(at: start) & 0x4000 != 0 ? half(at: start + 62) : 0
    return unsafe IndexEntry(
      path: name(at: start), mode: number(at: start + 24),
      object: ObjectID(at: UnsafeRawBufferPointer(rebasing: bytes[(start + 40)..<(start + 60)])),
      stage: Int(stage(at: start)), isIntended: extended & 0x2000 != 0,
      isSkipped: extended & 0x4000 != 0, size: number(at: start + 36),
      inode: number(at: start + 20), user: number(at: start + 28), group: number(at: start + 32),
      changed: (number(at: start), number(at: start + 4)),
      modified: (number(at: start + 8), number(at: start + 12)))
  }

  private func number(at offset: Int) -> UInt32 {
    unsafe UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  private func half(at offset: Int) -> UInt16 {
    unsafe UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  private func flags(at start: Int) -> UInt16 { half(at: start + 60) }

  private func stage(at start: Int) -> UInt16 { flags(at: start) >> 12 & 3 }

  private func nameStart(at start: Int) -> Int {
    start + (flags(at: start) & 0x4000 == 0 ? 62 : 64)
  }

  /// Returns the name of an entry, up to the zero behind it or the end.
  private func name(at start: Int) -> UnsafeRawBufferPointer {
    let begin = nameStart(at: start)
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[begin..<(bytes.count - 20)])
    let known = Int(flags(at: start) & 0xFFF)
    // Of a longer name its length is not kept; and none has a zero in it.
    let looked = unsafe UnsafeRawBufferPointer(
      rebasing: known < 0xFFF ? rest.prefix(known + 1) : rest[...])
    guard let first = looked.baseAddress,
      let zero = unsafe memchr(first, 0, looked.count)
    else { return unsafe looked }
    return unsafe UnsafeRawBufferPointer(start: first, count: UnsafeRawPointer(zero) - first)
  }
}
