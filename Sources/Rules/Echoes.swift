import Diagnostics
import SourceText

/// Findings that say once more, in other words, what another says of the same place.
enum Echoes {
  /// For a code that says what is wrong with a value and what was meant: the codes that say less of the same value.
  private static let echoes: [Diagnostic.Code: Set<String>] = [
    .irregularID: ["value/pattern", "text/reference-form"],
    .nearReference: ["value/pattern", "text/reference-form"],
    .formerReference: ["value/pattern", "text/reference-form"],
    .unresolvedReference: ["text/reference-form"],
  ]

  /// Takes echoes out of a report, so that a value has one finding and one remedy.
  static func silence(_ report: inout Report) {
    var told: [SourceRange: Set<String>] = [:]
    for finding in report.diagnostics {
      if let less = echoes[finding.code] { told[finding.range, default: []].formUnion(less) }
    }
    guard !told.isEmpty else { return }
    report.keep { finding in
      told[finding.range]?.contains(finding.code.rawValue) != true
    }
  }
}
