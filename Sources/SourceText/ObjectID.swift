/// The name of a Git object: the 20 bytes of a SHA-1.
package struct ObjectID: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  /// Returns the name that `bytes` hold, or `nil` where they are not 20.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 20 else { return nil }
    self = Array(bytes).withUnsafeBytes { ObjectID(at: $0) }
  }

  /// Reads a name in hexadecimal digits, or returns `nil` where it is none.
  package init?(hexadecimal text: String) {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    guard rest.count == 40 else { return nil }
    while rest.count >= 2 {
      guard let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    self.init(bytes: bytes)
  }

  /// Reads the name that the 20 bytes at `start` hold.
  package init(at bytes: UnsafeRawBufferPointer) {
    first = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
    second = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    third = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  /// The 20 bytes, first byte first.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
      write(to: UnsafeMutableRawBufferPointer(buffer))
      count = 20
    }
  }

  /// Writes the 20 bytes to the begin of `target`, which has room for them.
  package func write(to target: UnsafeMutableRawBufferPointer) {
    target.storeBytes(of: first.bigEndian, as: UInt64.self)
    target.storeBytes(of: second.bigEndian, toByteOffset: 8, as: UInt64.self)
    target.storeBytes(of: third.bigEndian, toByteOffset: 16, as: UInt32.self)
  }
}

extension ObjectID: CustomStringConvertible {
  /// The name in hexadecimal digits, as `git rev-parse` prints it.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(40)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
