import Accounts
import Comparison
import Diagnostics
import Registry
import Rules
import SourceText
import Syntax

/// The part of a check that somebody asked for.
struct CheckScope {
  private let words: [Word]
  private let findings: Findings
  private let index: RecordIndex?
  private let filesByRegister: [Int: [RepoPath]]

  /// Makes a scope.
  ///
  /// - Parameters:
  ///   - words: What was asked for.
  ///   - findings: All that was found.
  /// - Throws: `Failure` where an item has no clause or field that was asked for.
  init(_ words: [Word], _ findings: Findings) throws(Failure) {
    self.words = words
    self.findings = findings
    index = findings.snapshot.map { RecordIndex(of: $0) }
    filesByRegister = Dictionary(grouping: findings.snapshot?.files ?? []) { $0.register }
      .mapValues { $0.map(\.path) }
    for word in words {
      for case .item(let register, let id, _, let part?) in word.meanings {
        guard let index, let position = index.position(ofRegister: register),
          let record = index.record(id, in: position)
        else { continue }
        try index.snapshot.require(
          part, of: record, in: index.snapshot.catalogue.registers[position])
      }
    }
  }

  /// Whether a finding stands in what was asked for, or in what that is judged by: of records that nobody
  /// judged, "no problems" is no answer.
  func contains(_ finding: Diagnostic) -> Bool {
    words.contains { word in
      word.meanings.contains {
        contains(finding.range, $0, finding) || isBasis(finding, of: $0)
      }
    }
  }

  /// Whether a finding is about the rules that judge what a word names, or about waivers that nobody could
  /// read.
  private func isBasis(_ finding: Diagnostic, of meaning: Vocabulary.Meaning) -> Bool {
    guard finding.severity == .error else { return false }
    let path = finding.range.path
    if let fault = findings.snapshot?.faults[path], fault == finding {
      return findings.snapshot?.catalogue.register(named: Catalogue.waivers)?.claims(path) ?? false
    }
    guard path.string.hasPrefix(Catalogue.schemaFolder + "/") else { return false }
    guard let rulebook = rulebook(of: finding) else { return true }
    return rulebook.catalogue.registers.indices.contains { position in
      let register = rulebook.catalogue.registers[position]
      let isMeant =
        switch meaning {
        case .register(let name), .item(let name, _, _, _): register.name == name
        case .place(let place): isIn(place, position, register)
        }
      return isMeant && rulebook.basis[position].isConcerned(by: finding, among: rulebook.basis)
    }
  }

  /// Whether a register has files in a place.
  private func isIn(_ place: RepoPath, _ position: Int, _ register: Register) -> Bool {
    if register.claims(place) { return true }
    guard let snapshot = findings.snapshot else { return place.string == Catalogue.folder }
    return filesByRegister[position]?.contains { $0.isInside(place) } ?? false
      && snapshot.catalogue.registers[position].name == register.name
  }

  /// What judged the version, or the commit, that a finding is about.
  private func rulebook(of finding: Diagnostic) -> Rulebook? {
    guard let commit = finding.commit else { return findings.snapshot?.rulebook }
    return findings.rulebooks[commit.position] ?? findings.snapshot?.rulebook
  }

  private func contains(
    _ range: SourceRange, _ meaning: Vocabulary.Meaning, _ finding: Diagnostic
  ) -> Bool {
    switch meaning {
    case .place(let place): return range.path.isInside(place)
    case .register(let name):
      // Of a range every commit has its own catalogue.
      return rulebook(of: finding).map {
        $0.catalogue.register(named: name)?.claims(range.path) ?? false
      } ?? true
    case .item(let register, let id, let path, let part):
      guard range.path == path else { return false }
      // Rows and elements share a file; what is gone from it has no row to stand in.
      guard finding.commit == nil, let found = index?.record(at: range) else { return true }
      guard found.register.name == register, found.record.id == id else {
        return !found.record.node.range.offsets.contains(range.offsets.lowerBound)
      }
      guard let part, let snapshot = findings.snapshot else { return true }
      if let clause = try? snapshot.clause(part, of: found.record, in: found.register) {
        return clause.range.contains(range.offsets.lowerBound)
      }
      guard let value = found.record.node[part] else { return true }
      return value.range.offsets.overlaps(range.offsets)
        || value.range.offsets.lowerBound == range.offsets.lowerBound
    }
  }
}
