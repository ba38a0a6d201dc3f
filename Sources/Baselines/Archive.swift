import SourceText

/// A `.tar.gz` whose bytes depend on nothing but its content.
///
/// The form is POSIX ustar (IEEE Std 1003.1, pax interchange format) in a gzip member (RFC 1952)
/// whose blocks are stored and not compressed (RFC 1951, 3.2.4): what compresses better next year
/// would give other bytes.
package struct Archive: Sendable {
  private var tar: [UInt8] = []
  private let time: Int

  /// Begins an archive.
  ///
  /// - Parameter time: The time of every file in it, in seconds since 1970; the format has room for 11
  ///   octal digits, to the year 2242, and what is beyond has the time at the end of them.
  package init(time: Int) {
    self.time = min(max(time, 0), 0o777_7777_7777)
  }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - path: Where, with `/` between folders.
  ///   - bytes: What it holds.
  ///   - isProgram: Whether it can be run.
  package mutating func add(_ path: String, _ bytes: [UInt8], isProgram: Bool = false) {
    let name = Array(path.utf8)
    if name.count > 100 {
      // A record of pax holds a name of any length: "length path=name\n", its own digits counted.
      let rest = " path=".utf8.count + name.count + 1
      var length = rest + 1
      while length != rest + String(length).utf8.count { length = rest + String(length).utf8.count }
      let record = Array("\(length) path=".utf8) + name + [UInt8(ascii: "\n")]
      append(header("PaxHeader", record.count, UInt8(ascii: "x"), isProgram: false), record)
    }
    append(
      header(
        String(decoding: name.suffix(100), as: UTF8.self), bytes.count, UInt8(ascii: "0"),
        isProgram: isProgram), bytes)
  }

  private mutating func append(_ header: [UInt8], _ bytes: [UInt8]) {
    tar += header + bytes
    tar += [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  private func header(_ name: String, _ size: Int, _ kind: UInt8, isProgram: Bool) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (position, byte) in text.utf8.enumerated() { block[offset + position] = byte }
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    for (position, byte) in name.utf8.prefix(100).enumerated() { block[position] = byte }
    put(isProgram ? "0000755" : "0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(size, 11), at: 124)
    put(octal(time, 11), at: 136)
    put("        ", at: 148)
    block[156] = kind
    put("ustar\u{0}00", at: 257)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(octal(sum, 6) + "\u{0} ", at: 148)
    return block
  }

  /// The whole archive.
  package var bytes: [UInt8] {
    let content = tar + [UInt8](repeating: 0, count: 1024)
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    for start in stride(from: 0, to: content.count, by: 65_535) {
      let block = content[start..<min(start + 65_535, content.count)]
      bytes.append(start + block.count == content.count ? 1 : 0)
      bytes += little(block.count, 2) + little(~block.count, 2) + block
    }
    return bytes + little(Int(CRC32.checksum(content)), 4) + little(content.count, 4)
  }
}
