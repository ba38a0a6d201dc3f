import Clibgit2
import Czlib
import Glibc

/// A loose object: a deflated file of the store, with a header as `blob 123` and a zero before its bytes.
///
/// libgit2 1.5 runs for ever on one that is cut off, and writes beyond its buffer where one holds more than
/// its header says (libgit2 #7177). Here nothing is taken that is not exactly what the header says.
struct LooseObject {
  let kind: git_object_t
  /// How many bytes it has, as its header says.
  let size: Int
  private let inflation: Inflation
  /// What was inflated behind the header.
  private let begin: [UInt8]

  /// The largest object that is read, in bytes; folders of a million files are smaller.
  static let limit = 64 << 20
  /// What is inflated to read the header: its longest form, and some more.
  private static let headerSize = 64

  /// Why an object cannot be read.
  enum Fault: Error, Hashable {
    case missing
    case broken(String)
  }

  /// Reads the header of a file of the store.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isWhole: Whether the content will be asked for.
  /// - Throws: `Fault` where there is no such file, or no header in it.
  init(at path: String, isWhole: Bool) throws(Fault) {
    let deflated = try Self.bytes(of: path, most: isWhole ? Self.limit + Self.limit / 100 : 4096)
    try self.init(deflated: deflated)
  }

  /// Reads the header of an object.
  ///
  /// - Parameter deflated: The content of its file, or the begin of it.
  /// - Throws: `Fault` where there is no header in it.
  init(deflated: [UInt8]) throws(Fault) {
    inflation = try Inflation(of: deflated)
    var start = [UInt8](repeating: 0, count: Self.headerSize)
    let count = try unsafe inflation.fill(&start, Self.headerSize)
    start.removeLast(Self.headerSize - count)
    guard let zero = start.firstIndex(of: 0) else { throw .broken("it has no header") }
    let words = start[..<zero].split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 2, let size = Self.size(words[1]) else {
      throw .broken("its header is none of Git's")
    }
    switch String(decoding: words[0], as: UTF8.self) {
    case "commit": kind = GIT_OBJECT_COMMIT
    case "tree": kind = GIT_OBJECT_TREE
    case "blob": kind = GIT_OBJECT_BLOB
    case "tag": kind = GIT_OBJECT_TAG
    default: throw .broken("its header names no kind of object")
    }
    self.size = size
    begin = Array(start[(zero + 1)...])
  }

  private static func size(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...18).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard digit &- 48 <= 9 else { return nil }
      value = value * 10 + Int(digit & 15)
    }
    return value
  }

  /// Inflates the content.
  ///
  /// - Parameter target: Where it goes; room for ``size`` bytes.
  /// - Throws: `Fault` where the object does not hold exactly what its header says.
  func read(into target: UnsafeMutableRawPointer) throws(Fault) {
    guard begin.count <= size else { throw .broken(Self.more) }
    unsafe target.copyMemory(from: begin, byteCount: begin.count)
    let rest = size - begin.count
    guard try unsafe inflation.fill(target + begin.count, rest) == rest else {
      throw .broken("it holds less than its header says")
    }
    var extra: UInt8 = 0
    guard try unsafe inflation.fill(&extra, 1) == 0 else { throw .broken(Self.more) }
    guard inflation.isAtEnd else { throw .broken("something follows its content") }
  }

  private static let more = "it holds more than its header says"

  /// Returns the bytes of a file, or as many of its begin as are wanted.
  private static func bytes(of path: String, most: Int) throws(Fault) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing }
      throw .broken(unsafe String(cString: strerror(errno)))
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .broken("it is no regular file")
    }
    return unsafe [UInt8](unsafeUninitializedCapacity: min(status.st_size, most)) { buffer, count in
      while count < buffer.count {
        let length = unsafe Glibc.read(
          file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if length < 0 && errno == EINTR { continue }
        guard length > 0 else { break }
        count += length
      }
    }
  }
}

/// One run of zlib over bytes in memory.
@safe final class Inflation {
  private let deflated: [UInt8]
  /// zlib remembers where it stands.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var position = 0
  private var hasEnded = false

  init(of deflated: [UInt8]) throws(LooseObject.Fault) {
    self.deflated = deflated
    unsafe stream.initialize(to: z_stream())
    let version = ZLIB_VERSION
    guard unsafe inflateInit_(stream, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .broken("there is no memory to inflate it")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether the compressed data ended with the last of the bytes.
  var isAtEnd: Bool { hasEnded && position == deflated.count }

  /// Inflates until some bytes are there or the data end.
  ///
  /// - Parameters:
  ///   - target: Where they go.
  ///   - count: How many are wanted.
  /// - Returns: How many there are; fewer at the end of the data only.
  /// - Throws: `Fault` where the data are cut off or broken.
  func fill(_ target: UnsafeMutableRawPointer, _ count: Int) throws(LooseObject.Fault) -> Int {
    var done = 0
    while done < count, !hasEnded {
      // zlib counts in 32 bits.
      let room = UInt32(clamping: count - done)
      let rest = UInt32(clamping: deflated.count - position)
      let result = unsafe deflated.withUnsafeBytes { bytes -> Int32 in
        // zlib reads its input only.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = rest
        unsafe stream.pointee.next_out = (target + done).assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = room
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
      position += unsafe Int(rest - stream.pointee.avail_in)
      done += unsafe Int(room - stream.pointee.avail_out)
      switch result {
      case Z_STREAM_END: hasEnded = true
      case Z_OK: break
      case Z_BUF_ERROR: throw .broken("it is cut off")
      default: throw .broken("its compressed data are damaged")
      }
    }
    return done
  }
}
