import Glibc

/// The index of a pack (gitformat-pack), as it is looked at before libgit2 opens it.
///
/// libgit2 1.5 follows offsets of an index without a look at their bounds, so that one that is broken ends
/// the process. The hash over the index is not compared: it says nothing of one that was made to do harm.
@safe struct PackIndex {
  private let bytes: UnsafeRawBufferPointer
  /// The size of the pack, and its last 20 bytes.
  private let packSize: Int
  private let packTrailer: [UInt8]

  /// Looks at an index and its pack.
  ///
  /// - Parameter path: The pack or its index, without what the name ends with.
  /// - Returns: What is wrong with them; `nil` where libgit2 may open them, or there are not both.
  static func fault(at path: String) -> String? {
    let (index, pack) = (
      unsafe open(path + ".idx", O_RDONLY | O_CLOEXEC),
      unsafe open(path + ".pack", O_RDONLY | O_CLOEXEC)
    )
    defer { for file in [index, pack] where file >= 0 { close(file) } }
    guard index >= 0, pack >= 0, let size = length(of: index),
      let packSize = length(of: pack)
    else { return nil }
    guard packSize >= 32 else { return "the pack is cut off" }
    var trailer = [UInt8](repeating: 0, count: 20)
    guard unsafe pread(pack, &trailer, 20, packSize - 20) == 20 else {
      return "the pack cannot be read"
    }
    guard size >= 1032 else { return "it is cut off" }
    guard let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, index, 0),
      unsafe start != MAP_FAILED
    else { return "it cannot be read" }
    defer { unsafe munmap(start, size) }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: size)
    return unsafe PackIndex(bytes: bytes, packSize: packSize, packTrailer: trailer).fault
  }

  private static func length(of file: Int32) -> Int? {
    var status = stat()
    return unsafe fstat(file, &status) == 0 ? status.st_size : nil
  }

  private func number(at offset: Int) -> Int {
    unsafe Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  private var fault: String? {
    let isSecond = number(at: 0) == 0xFF74_4F63
    if isSecond, number(at: 4) != 2 { return "its version is neither 1 nor 2" }
    let fanOut = isSecond ? 8 : 0
    var count = 0
    for position in 0..<256 {
      let next = number(at: fanOut + position * 4)
      guard next >= count else { return "its counts go down" }
      count = next
    }
    let table = fanOut + 1024
    let trailer = unsafe bytes.count - 40
    guard trailer >= table, unsafe bytes[trailer..<(trailer + 20)].elementsEqual(packTrailer) else {
      return "it is not that of its pack"
    }
    return isSecond
      ? offsetFault(from: table + count * 24, count, until: trailer)
      : firstFault(from: table, count, until: trailer)
  }

  private static let wrongSize = "it has too many bytes, or too few"
  private static let beyond = "it leads beyond the end of its pack"

  private func isInside(_ offset: Int) -> Bool { offset >= 12 && offset < packSize - 20 }

  /// Looks at the entries of version 1: an offset and a name each.
  private func firstFault(from start: Int, _ count: Int, until end: Int) -> String? {
    guard start + count * 24 == end else { return Self.wrongSize }
    for position in 0..<count where !isInside(number(at: start + position * 24)) {
      return Self.beyond
    }
    return nil
  }

  /// Looks at the offsets of version 2, which lead to a table of longer ones where their first bit is set.
  private func offsetFault(from start: Int, _ count: Int, until end: Int) -> String? {
    let long = start + count * 4
    guard long <= end else { return Self.wrongSize }
    var longCount = 0
    for position in 0..<count {
      let offset = number(at: start + position * 4)
      guard offset >= 0x8000_0000 else {
        guard isInside(offset) else { return Self.beyond }
        continue
      }
      longCount += 1
      let place = long + (offset - 0x8000_0000) * 8
      guard place + 8 <= end else { return Self.wrongSize }
      guard number(at: place) < 0x8000_0000,
        isInside(number(at: place) << 32 | number(at: place + 4))
      else { return Self.beyond }
    }
    return long + longCount * 8 == end ? nil : Self.wrongSize
  }
}
