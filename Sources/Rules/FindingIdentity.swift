package import Diagnostics
import Registry
import SourceText

extension Report {
  /// Keeps only the findings that another report of the same version has too.
  package mutating func keep(alsoIn other: Report) {
    struct Identity: Hashable {
      let code: Diagnostic.Code
      let range: SourceRange
      let item: String?

      init(_ finding: Diagnostic) {
        // Whether an id that is wrong looks like a right one depends on what was read.
        code = finding.code == .nearReference ? .unresolvedReference : finding.code
        range = finding.range
        item = finding.item
      }
    }
    let known = Set(other.diagnostics.map(Identity.init))
    keep { known.contains(Identity($0)) }
  }

  /// Returns the findings that another report has not, whatever lines they stand on now.
  ///
  /// - Parameters:
  ///   - other: The other report.
  ///   - index: The records that these findings are about.
  ///   - previous: Those that the other ones are about.
  /// - Returns: The findings that are new.
  package func without(
    _ other: Report, _ index: RecordIndex, _ previous: RecordIndex?
  ) -> Report {
    without(other.identities(in: previous), index)
  }

  /// Returns the findings that are not among those of other identities.
  func without(_ other: [FindingIdentity: Int], _ index: RecordIndex) -> Report {
    var known = other
    var new = Report()
    for finding in sorted {
      let identity = FindingIdentity(finding, index)
      if let count = known[identity], count > 0 {
        known[identity] = count - 1
      } else {
        new.add(finding)
      }
    }
    return new
  }

  /// Returns how many findings there are of each identity.
  func identities(in index: RecordIndex?) -> [FindingIdentity: Int] {
    diagnostics.reduce(into: [:]) { $0[FindingIdentity($1, index), default: 0] += 1 }
  }
}

/// What a finding is known by in another version, whatever line it stands on.
struct FindingIdentity: Hashable, Sendable {
  private let code: String
  private let item: String
  private let message: String

  init(_ finding: Diagnostic, _ index: RecordIndex?) {
    // Whether an id that is wrong looks like a right one depends on what else there is.
    let code = finding.code == .nearReference ? .unresolvedReference : finding.code
    self.code = code.rawValue
    let owner = index?.record(at: finding.range).map { "\($0.register.name)/\($0.record.id)" }
    item = finding.item ?? owner ?? finding.range.path.string
    let isLost = code == .unresolvedReference
    let quoted = finding.message.text.split(separator: "'", omittingEmptySubsequences: false)
    message = isLost && quoted.count > 1 ? String(quoted[1]) : finding.message.text
  }
}
