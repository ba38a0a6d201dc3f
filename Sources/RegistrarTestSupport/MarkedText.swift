package import SourceText

/// A text with places marked by keycap digits: `- id: 1️⃣P-12️⃣`.
///
/// Keycaps, because legal text contains every bracket and guillemet but never a keycap. The marks
/// are taken out; what remains is the text, and each mark is an offset into it.
package struct MarkedText: Sendable {
  package let text: String
  /// The UTF-8 offset at which each mark stood, by its digit.
  package let marks: [Int: Int]

  package init(_ marked: String) {
    var text: [UInt8] = []
    var marks: [Int: Int] = [:]
    let bytes = Array(marked.utf8)
    let keycap = Array("\u{FE0F}\u{20E3}".utf8)
    var offset = 0
    while offset < bytes.count {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset])
      if isDigit, bytes[(offset + 1)...].starts(with: keycap) {
        marks[Int(bytes[offset] - UInt8(ascii: "0"))] = text.count
        offset += 1 + keycap.count
      } else {
        text.append(bytes[offset])
        offset += 1
      }
    }
    self.text = String(decoding: text, as: UTF8.self)
    self.marks = marks
  }

  /// Returns the offsets between two marks.
  ///
  /// - Precondition: Both marks are in the text.
  package func offsets(_ from: Int, _ to: Int) -> Range<Int> {
    guard let low = marks[from], let high = marks[to] else {
      preconditionFailure("the text has no marks \(from) and \(to)")
    }
    return low..<high
  }

  /// Returns the marked text as a file.
  package func file(_ path: String) -> SourceFile {
    guard let path = RepoPath(path) else { preconditionFailure("'\(path)' is not a safe path") }
    return SourceFile(path: path, text: text)
  }
}
