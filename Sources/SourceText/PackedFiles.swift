/// Files that a program was built with, as one literal: for each its path, the number of its bytes, and these.
package enum PackedFiles {
  /// Returns the files of a literal as `registrar-embed` writes it.
  ///
  /// - Parameter literal: The literal.
  /// - Returns: The bytes by paths from the top of the project.
  package static func files(in literal: StaticString) -> [String: [UInt8]] {
    literal.withUTF8Buffer { bytes in
      var files: [String: [UInt8]] = [:]
      var rest = bytes[...]
      while let path = line(&rest), let count = line(&rest).flatMap({ Int($0) }) {
        files[path] = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
      }
      return files
    }
  }

  private static func line(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
