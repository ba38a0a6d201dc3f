package import Diagnostics
import SourceText
import Testing

/// A finding as tests speak of it: its code and the offsets of its place.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  package let code: String
  package let offsets: Range<Int>

  package init(_ code: Diagnostic.Code, _ offsets: Range<Int>) {
    self.code = code.rawValue
    self.offsets = offsets
  }

  package var description: String { "\(code)@\(offsets)" }
}

extension Report {
  /// All findings, for a comparison that an unexpected one fails.
  package var findings: [Finding] { sorted.map { Finding($0.code, $0.range.offsets) } }
}
