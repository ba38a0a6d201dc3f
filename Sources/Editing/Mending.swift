package import Diagnostics
import Registry
package import Rules
package import SourceText
import Syntax

/// Findings are taken away by their remedies: each remedy takes its finding away and brings none, or is left.
package struct Mending {
  /// What a check found of a tree.
  package typealias Verdict = (report: Report, index: RecordIndex)

  /// The registers with what was mended.
  package private(set) var editor: ItemEditor
  /// What was found before, and is not any more.
  package private(set) var mended: [Diagnostic] = []
  /// What was found only then, and was mended with it.
  package private(set) var followed: [Diagnostic] = []
  /// What has a remedy that does not take it away, or brings something else.
  package private(set) var refused: [Diagnostic] = []
  /// What a check finds of the registers as they are with that.
  package private(set) var verdict: Verdict
  private let check: (any SourceTree) async throws -> Verdict?

  /// Begins with a tree.
  ///
  /// - Parameters:
  ///   - tree: The tree.
  ///   - verdict: What a check found of it.
  ///   - check: Checks a tree; `nil` where its catalogue cannot be read.
  package init(
    _ tree: any SourceTree, _ verdict: Verdict,
    check: @escaping (any SourceTree) async throws -> Verdict?
  ) {
    editor = ItemEditor(tree, verdict.index.snapshot.rulebook, title: tree.title)
    self.verdict = verdict
    self.check = check
  }

  /// Mends what can be mended, until nothing more can.
  ///
  /// - Parameter isWanted: Whether a finding that has a remedy is to be mended.
  /// - Throws: What checking throws.
  package mutating func run(where isWanted: (Diagnostic) -> Bool) async throws {
    for _ in 0..<Self.mostRounds {
      let open = verdict.report.sorted.filter { finding in
        finding.remedy != nil && !finding.isWaived && !refused.contains { $0.isLike(finding) }
          && isWanted(finding)
      }
      guard !open.isEmpty else { return }
      let count = mended.count
      try await mend(open)
      guard mended.count > count else { return }
    }
  }

  /// How often is looked for what becomes plain only when something else is mended.
  private static let mostRounds = 8

  /// Mends findings together, or each half of them where that does not do.
  private mutating func mend(_ findings: [Diagnostic]) async throws {
    let now = current(findings)
    guard !now.isEmpty else { return }
    if try await apply(now) { return }
    guard now.count > 1 else {
      refused += now
      return
    }
    try await mend(Array(now[..<(now.count / 2)]))
    try await mend(Array(now[(now.count / 2)...]))
  }

  /// Returns findings as they are now: what was mended before may have moved them, and of several alike the nearest is
  /// the one that is meant.
  private func current(_ findings: [Diagnostic]) -> [Diagnostic] {
    var left = verdict.report.sorted.filter { $0.remedy != nil }
    return findings.compactMap { finding in
      let place = finding.range.offsets.lowerBound
      let nearest = left.indices.filter { left[$0].isLike(finding) }
        .min { left[$0].distance(to: place) < left[$1].distance(to: place) }
      return nearest.map { left.remove(at: $0) }
    }
  }

  /// Applies remedies; returns whether they took their findings away and brought none.
  private mutating func apply(_ findings: [Diagnostic]) async throws -> Bool {
    var changed = editor
    var applied = changed.apply(findings, in: verdict.index)
    guard !applied.isEmpty, var after = try await check(changed.tree) else { return false }
    // What is computed follows from what is mended.
    var followed: [Diagnostic] = []
    for _ in 0..<4 where !isBetter(after.report, without: applied) {
      let before = verdict.report.sorted
      let more = after.report.sorted.filter { finding in
        finding.remedy?.changesMeaning == false && !before.contains { $0.isLike(finding) }
      }
      let also = changed.apply(more, in: after.index)
      followed += also
      guard !also.isEmpty, let next = try await check(changed.tree)
      else { break }
      after = next
    }
    guard isBetter(after.report, without: applied) else { return false }
    applied = applied.filter { finding in
      verdict.report.diagnostics.contains { $0.isLike(finding) }
    }
    (editor, verdict) = (changed, after)
    mended += applied
    self.followed += followed
    return true
  }

  /// Whether a report has no finding that was not there, and some have gone.
  private func isBetter(_ report: Report, without gone: [Diagnostic]) -> Bool {
    var counts: [Diagnostic.Code: Int] = [:]
    for finding in verdict.report.sorted { counts[finding.code, default: 0] += 1 }
    for finding in gone { counts[finding.code, default: 0] -= 1 }
    for finding in report.sorted { counts[finding.code, default: 0] -= 1 }
    return counts.values.allSatisfy { $0 >= 0 }
  }
}

extension Diagnostic {
  fileprivate func distance(to offset: Int) -> Int { abs(range.offsets.lowerBound - offset) }

  /// Whether two findings of a file are the same, on whatever lines they stand.
  fileprivate func isLike(_ other: Diagnostic) -> Bool {
    code == other.code && message == other.message && range.path == other.range.path
  }
}

extension ItemEditor {
  /// Applies the remedies of findings, as far as they do not meet each other.
  ///
  /// - Parameters:
  ///   - findings: The findings of the tree as it is.
  ///   - index: Its records.
  /// - Returns: The findings whose remedies were applied.
  fileprivate mutating func apply(_ findings: [Diagnostic], in index: RecordIndex) -> [Diagnostic] {
    var applied: [Diagnostic] = []
    var stretches: [RepoPath: [(range: Range<Int>, new: String)]] = [:]
    var sets: [(item: Item, change: Change, isID: Bool, finding: Diagnostic)] = []
    for finding in findings {
      switch finding.remedy?.action {
      case .replace(let range, let old, let new):
        let known = stretches[range.path] ?? []
        guard
          !known.contains(where: { $0.range.overlaps(range.offsets) || $0.range == range.offsets }),
          let bytes = try? file(at: range.path).bytes,
          range.offsets.upperBound <= bytes.count,
          bytes[range.offsets].elementsEqual(old.utf8)
        else { continue }
        stretches[range.path] = known + [(range.offsets, new)]
        applied.append(finding)
      case .set(let range, let value):
        guard let (register, record) = index.record(at: range),
          let position = index.position(ofRegister: register.name),
          let node = record.node.node(at: range), let path = record.node.path(to: node)
        else { continue }
        sets.append(
          (
            Item(id: record.id, register: position, path: record.path),
            Change(path, .set(value.node)), node.index == record.idNode.index, finding
          ))
      default: break
      }
    }
    for (path, stretches) in stretches {
      guard let file = try? file(at: path) else { continue }
      var edits = TextEdits()
      for (range, new) in stretches { edits.replace(range, with: Array(new.utf8)) }
      keep(SourceFile(path: path, bytes: edits.applied(to: file.bytes)))
    }
    // A record is known by its id until that is set.
    for set in sets.filter({ !$0.isID }) + sets.filter(\.isID)
    where (try? apply([set.change], to: set.item)) != nil {
      applied.append(set.finding)
    }
    for finding in findings {
      guard case .move(let place)? = finding.remedy?.action else { continue }
      if (try? move(finding.range.path, to: place)) != nil { applied.append(finding) }
    }
    return applied
  }
}

extension Node {
  /// Returns the value below this one that stands at a place.
  fileprivate func node(at range: SourceRange) -> Node? {
    let end = Int(tree.nodes[index].end)
    return (index..<end).lazy.map { Node(tree: tree, index: $0) }.first {
      $0.kind != .array && $0.kind != .object && $0.range == range
    }
  }
}
