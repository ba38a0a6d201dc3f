/// The bytes of one file under its path in the repository.
package struct SourceFile: Sendable {
  package let path: RepoPath
  package let bytes: [UInt8]

  package init(path: RepoPath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package init(path: RepoPath, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// Returns the text of `offsets`, with what is not UTF-8 replaced by U+FFFD.
  package func text(of offsets: Range<Int>) -> String {
    String(decoding: bytes[offsets.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}

/// The lines of one file, to turn offsets into lines and columns.
///
/// A line ends with LF, CRLF or a lone CR, as YAML 1.2 and CommonMark have it.
package struct LineIndex: Sendable {
  private let file: SourceFile
  private let starts: [Int]
  /// How many continuation bytes there are before each block of the file: a line may be as long as a file,
  /// and have as many findings.
  private let continuations: [Int]
  private static let block = 512

  package init(_ file: SourceFile) {
    self.file = file
    var starts = [file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    file.bytes.withUnsafeBufferPointer { bytes in
      for offset in bytes.indices {
        let isLoneReturn =
          bytes[offset] == UInt8(ascii: "\r")
          && (offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n"))
        if bytes[offset] == UInt8(ascii: "\n") || isLoneReturn {
          starts.append(offset + 1)
        }
      }
    }
    self.starts = starts
    continuations = stride(from: 0, to: file.bytes.count, by: Self.block).reduce(into: [0]) {
      let block = file.bytes[$1..<min($1 + Self.block, file.bytes.count)]
      $0.append($0[$0.count - 1] + block.count(where: Self.isContinuation))
    }
  }

  /// Whether a byte (10xxxxxx) belongs to the scalar before it.
  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Returns how many continuation bytes there are before an offset.
  private func continuations(before offset: Int) -> Int {
    let block = offset / Self.block
    return continuations[block]
      + file.bytes[(block * Self.block)..<offset].count(where: Self.isContinuation)
  }

  /// How many lines there are; an empty last line counts.
  package var count: Int { starts.count }

  /// Returns the position a person would give to the byte at `offset`.
  ///
  /// - Parameter offset: A UTF-8 offset; beyond the end it stands for the end.
  /// - Returns: The line and column of that byte.
  /// - Complexity: O(log *lines*).
  package func position(at offset: Int) -> LineColumn {
    let offset = min(offset, file.bytes.count)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = min(starts[low], offset)
    let scalars =
      offset - start - (continuations(before: offset) - continuations(before: start))
    return LineColumn(line: low + 1, column: scalars + 1)
  }

  /// Returns the offsets of the line with the given number, without its line end.
  ///
  /// - Parameter line: A number from 1 through ``count``.
  /// - Returns: The offsets of the line's text.
  package func offsets(ofLine line: Int) -> Range<Int> {
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : file.bytes.count
    while end > start, [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(file.bytes[end - 1]) {
      end -= 1
    }
    return start..<end
  }
}
