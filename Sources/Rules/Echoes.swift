import Diagnostics
import JSONSchema
import Registry
import SourceText

/// Findings that say once more, in other words, what another says of the same place.
enum Echoes {
  /// For a code that says what is wrong with a value and what was meant: the codes that say less of the same value.
  private static let echoes: [Diagnostic.Code: Set<String>] = [
    .irregularID: ["value/pattern", "text/reference-form"],
    .nearReference: ["value/pattern", "text/reference-form"],
    .formerReference: ["value/pattern", "text/reference-form"],
    .unresolvedReference: ["text/reference-form"],
    .wrongType: ["yaml/leading-zero"],
    .wrongPattern: ["yaml/leading-zero"],
    .wrongFormat: ["yaml/leading-zero"],
    .notListed: ["value/type", "yaml/leading-zero", "state/initial", "state/transition"],
  ]

  /// Takes echoes out of a report, so that a value has one finding and one remedy.
  static func silence(_ report: inout Report, _ snapshot: Snapshot) {
    silenceCopies(&report, snapshot)
    var told: [SourceRange: Set<String>] = [:]
    for finding in report.diagnostics {
      if let less = echoes[finding.code] { told[finding.range, default: []].formUnion(less) }
    }
    guard !told.isEmpty else { return }
    report.keep { finding in
      told[finding.range]?.contains(finding.code.rawValue) != true
    }
  }

  /// Takes out what is wrong with a file only because it is the copy of another: where it is no more, all of that is
  /// gone.
  private static func silenceCopies(_ report: inout Report, _ snapshot: Snapshot) {
    let copies = Set(
      report.diagnostics.filter { finding in
        guard finding.code == .copy, let original = finding.related.first?.range.path else {
          return false
        }
        return snapshot.source(at: original)?.bytes
          == snapshot.source(at: finding.range.path)?.bytes
      }.map(\.range.path))
    guard !copies.isEmpty else { return }
    report.keep { finding in
      finding.code == .copy
        || !(copies.contains(finding.range.path)
          || finding.related.contains { copies.contains($0.range.path) })
    }
  }
}
