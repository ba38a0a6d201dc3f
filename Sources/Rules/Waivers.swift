package import Diagnostics
package import Registry
import SourceText
import Syntax

/// Findings that are known and accepted: the records of the register `waivers`.
///
/// A waiver names a code and the item, or the file, that it is accepted for; `quote` narrows it to
/// findings on lines with that text. Each has a reason, and may end on a day.
package struct Waivers: Sendable {
  /// The name of the register in the catalogue.
  package static let register = Catalogue.waivers

  private struct Waiver {
    let record: Record
    let code: String
    let item: String?
    let file: String?
    let quote: String?
    let expires: Day?

    init?(_ record: Record) {
      // Its register says that such a waiver is an error.
      guard let code = record.node["code"]?.text, !Diagnostic.Code(rawValue: code).meansUnread
      else { return nil }
      self.record = record
      self.code = code
      item = record.node["item"]?.text
      file = record.node["file"]?.text
      quote = record.node["quote"]?.text
      expires = record.node["expires"]?.text.flatMap(Day.init)
    }

    func covers(
      _ finding: Diagnostic, _ items: [String], _ lines: () -> String?
    ) -> Bool {
      guard finding.code.rawValue == code else { return false }
      if let item, !items.contains(item) { return false }
      if let file, finding.range.path.string != file { return false }
      guard let quote else { return item != nil || file != nil }
      return lines().map { $0.contains(quote) } ?? false
    }
  }

  /// The lines of the file that was asked for last: findings come file by file.
  private struct Lines {
    let snapshot: Snapshot
    private var last: (path: RepoPath, source: SourceFile, index: LineIndex)?

    init(of snapshot: Snapshot) { self.snapshot = snapshot }

    /// Returns the lines that a place is on; `nil` where its file is not at hand.
    mutating func text(at range: SourceRange) -> String? {
      if last?.path != range.path {
        last = snapshot.source(at: range.path).map { (range.path, $0, LineIndex($0)) }
      }
      guard let (_, source, index) = last else { return nil }
      let first = index.position(at: range.offsets.lowerBound).line
      let end = index.position(at: range.offsets.upperBound).line
      return source.text(
        of: index.offsets(ofLine: first).lowerBound..<index.offsets(ofLine: end).upperBound)
    }
  }

  private let waivers: [Record]

  package init(in index: RecordIndex) {
    guard let position = index.position(ofRegister: Self.register) else {
      waivers = []
      return
    }
    waivers = index.records[position]
  }

  /// Returns the waivers with how many findings each accepts, in the order of the register.
  ///
  /// - Parameters:
  ///   - report: The findings.
  ///   - index: The records that the findings are about.
  /// - Returns: The records of the waivers, and the numbers.
  package func uses(in report: Report, _ index: RecordIndex) -> [(waiver: Record, count: Int)] {
    let waivers = waivers.compactMap { Waiver($0) }
    var counts = Array(repeating: 0, count: waivers.count)
    var lines = Lines(of: index.snapshot)
    for finding in report.sorted {
      if let position = Self.position(of: finding, waivers, index, &lines) { counts[position] += 1 }
    }
    return zip(waivers, counts).map { ($0.record, $1) }
  }

  /// Returns the position of the first waiver that accepts a finding.
  private static func position(
    of finding: Diagnostic, _ waivers: [Waiver], _ index: RecordIndex, _ lines: inout Lines
  ) -> Int? {
    // Whatever its code: where a file could not be read, its records were not judged.
    if index.snapshot.faults[finding.range.path] == finding { return nil }
    var items = [finding.item].compactMap(\.self)
    if finding.item == nil, let (register, record) = index.record(at: finding.range) {
      // What was accepted of a record is accepted of it under another id.
      items = ([record.id] + record.formerIDs).flatMap { [$0, "\(register.name)/\($0)"] }
    }
    return waivers.firstIndex {
      $0.covers(finding, items) { lines.text(at: finding.range) }
    }
  }

  /// Takes the findings that are waived out of a report, and adds those about waivers themselves.
  ///
  /// - Parameters:
  ///   - report: The findings.
  ///   - index: The records that the findings are about.
  ///   - today: The day that waivers end by.
  ///   - isWhole: Whether the report is about everything, so that a waiver of nothing is one too many.
  /// - Returns: The findings that are waived.
  package func apply(
    to report: inout Report, _ index: RecordIndex, today: Day, isWhole: Bool
  ) -> Report {
    let waivers = waivers.compactMap { Waiver($0) }
    var uses = Array(repeating: 0, count: waivers.count)
    var kept = Report()
    var waived = Report()
    var lines = Lines(of: index.snapshot)
    for finding in report.sorted {
      guard let position = Self.position(of: finding, waivers, index, &lines) else {
        kept.add(finding)
        continue
      }
      uses[position] += 1
      if let expires = waivers[position].expires, expires < today {
        kept.add(finding)
      } else {
        var accepted = finding
        accepted.isWaived = true
        waived.add(accepted)
      }
    }
    for (waiver, count) in zip(waivers, uses) {
      // Where a part is judged, what has ended elsewhere is not new.
      if let expires = waiver.expires, expires < today, isWhole || count > 0 {
        kept.error(
          .expiredWaiver, "the waiver of '\(waiver.code)' ended on \(expires)",
          at: (waiver.record.node["expires"] ?? waiver.record.idNode).range,
          help: "Mend what it waives and remove it, or have it extended by a decision")
      } else if count == 0, isWhole, index.isRead, !Rule.isBetweenVersions(waiver.code) {
        // What was accepted on the way to a version is not found in it any more.
        kept.warning(
          .unusedWaiver, "the waiver of '\(waiver.code)' waives nothing",
          at: (waiver.record.node["code"] ?? waiver.record.idNode).range,
          help: "Remove it, or correct what it names")
      }
    }
    report = kept
    return waived
  }
}

extension Diagnostic.Code {
  /// A waiver has ended.
  package static let expiredWaiver: Self = "waiver/expired"
  /// A waiver covers no finding.
  package static let unusedWaiver: Self = "waiver/unused"
}
