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

  /// Whether a finding stands in what was asked for.
  func contains(_ finding: Diagnostic) -> Bool {
    words.contains { word in
      word.meanings.contains { contains(finding.range, $0, in: finding.commit) }
    }
  }

  private func contains(
    _ range: SourceRange, _ meaning: Vocabulary.Meaning, in commit: Diagnostic.Commit?
  ) -> Bool {
    switch meaning {
    case .place(let place): return range.path.isInside(place)
    case .register(let name):
      return findings.snapshot?.catalogue.register(named: name)?.claims(range.path)
        // Of a range every commit has its own catalogue; the word was looked up in the last.
        ?? true
    case .item(let register, let id, let path, let part):
      guard range.path == path else { return false }
      // Rows and elements share a file; what is gone from it has no row to stand in.
      guard commit == nil, let found = index?.record(at: range) else { return true }
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
