package import Baselines
import Git
package import Registry
package import SourceText

/// What a kind of baseline says of a day.
package enum InForce {
  case baseline(Baseline)
  /// Whether this one was published by then, it does not say.
  case unknown(Baseline)
}

extension Ledger {
  /// Returns what was in force on a day, of each kind in the order of the catalogue; kinds without an answer are left
  /// out.
  ///
  /// - Parameters:
  ///   - date: The day.
  ///   - known: The day by which a baseline must have been published; `nil` where all count.
  ///   - kind: The kind that is asked for; all where there is none.
  /// - Returns: The answers.
  /// - Throws: `GitError` where a withdrawal cannot be read.
  package func inForce(
    on date: Day, known: Day?, kind: String?
  ) throws -> [(kind: String, answer: InForce)] {
    let withdrawals = try countedWithdrawals()
    var candidates: [String: [Baseline]] = [:]
    for baseline in baselines where withdrawals[baseline.name] == nil {
      guard let effective = baseline.effective.flatMap(Day.init), effective <= date,
        let name = self.kind(of: baseline)?.name, kind == nil || kind == name
      else { continue }
      candidates[name, default: []].append(baseline)
    }
    var answers: [(kind: String, answer: InForce)] = []
    for name in kinds.map(\.name) {
      // Two kinds of one name are one.
      guard let found = candidates.removeValue(forKey: name) else { continue }
      for baseline in found.sorted(by: { $0.order > $1.order }) {
        if let known {
          guard let published = baseline["Published"].flatMap(Day.init) else {
            answers.append((name, .unknown(baseline)))
            break
          }
          guard published <= known else { continue }
        }
        answers.append((name, .baseline(baseline)))
        break
      }
    }
    return answers
  }

  /// Fails where a baseline was in force by a day whose kind cannot be told, since a partial clone lacks the catalogue
  /// that says it.
  package func requireKinds(on date: Day) throws(Failure) {
    guard gaps.isPartial else { return }
    let unseen = baselines.filter { baseline in
      guard let effective = baseline.effective.flatMap(Day.init), effective <= date else {
        return false
      }
      return kind(of: baseline) == nil
    }
    guard let first = unseen.first else { return }
    throw Failure(
      "what was in force cannot be judged: the catalogue that says the kind of '\(first.name)' cannot be read",
      hint: "\(gaps.words.joined(separator: ", ")). Run: \(gaps.remedy ?? "git fetch")")
  }

  /// Returns the baselines that a commit has and that were not withdrawn.
  func standing(at commit: ObjectID) throws(GitError) -> [Baseline] {
    let withdrawn = try countedWithdrawals()
    return baselines.filter {
      withdrawn[$0.name] == nil && repository.isAncestor($0.tag.target, of: commit)
    }
  }

  /// Returns the last baseline of each kind that a commit has.
  ///
  /// - Parameter commit: The commit.
  /// - Returns: The baselines by the names of their kinds.
  /// - Throws: `GitError` where a withdrawal cannot be read.
  package func lastBaselines(before commit: ObjectID) throws -> [String: Baseline] {
    var last: [String: Baseline] = [:]
    for baseline in try standing(at: commit) {
      guard let kind = kind(of: baseline)?.name else { continue }
      let isLater = last[kind].map { NaturalKey($0.name) < NaturalKey(baseline.name) } ?? true
      if isLater { last[kind] = baseline }
    }
    return last
  }
}
