package import Comparison

/// What changed in a document, or in one clause of it, between two versions.
package struct ClauseChange: Sendable {
  /// The number of the clause before, or under which it may have stood before that; `nil` where it came new
  /// and another had its number; empty for the whole document.
  package let before: String?
  /// The number of the clause now; empty for the whole document.
  package let number: String
  package let redline: Redline
  /// The steps of the redline that concern the clause, by their positions.
  package private(set) var steps: [Int]

  /// Compares two versions.
  ///
  /// - Parameters:
  ///   - number: The number of the clause now; empty for the whole document.
  ///   - old: The passages before; none where the document was not there.
  ///   - new: The passages now; none where it is not there any more.
  init(of number: String, from old: [Passage], to new: [Passage]) {
    self.number = number
    redline = Redline(from: old, to: new)
    guard !number.isEmpty else {
      before = ""
      steps = redline.changes
      return
    }
    guard let clause = Clause(number, in: new) else {
      let range = Clause(number, in: old)?.range
      let redline = self.redline
      steps = redline.changes.filter { position in
        guard let passage = redline.steps[position].old else { return false }
        return range?.contains(passage.range.lowerBound) ?? false
      }
      before = number
      return
    }
    let redline = self.redline
    let inside = redline.steps.indices.filter { position in
      guard let passage = redline.steps[position].new else { return false }
      return clause.range.contains(passage.range.lowerBound)
    }
    // What was deleted between two passages of the clause was in it.
    let span = (inside.first ?? 0)...(max(inside.first ?? 0, inside.last ?? 0))
    steps = redline.changes.filter { position in
      inside.contains(position)
        || (redline.steps[position].new == nil && span.contains(position))
    }
    let origin = inside.first.flatMap { position -> Passage? in
      let step = redline.steps[position]
      return step.old ?? step.partner.flatMap { redline.steps[$0].old }
    }
    if let origin, !origin.number.isEmpty {
      before = origin.number
    } else {
      // It may have been there before; what has its number now is another one.
      before = Clause(number, in: old) == nil ? number : nil
    }
  }

  /// Keeps the steps whose passages changed in all others too.
  mutating func keep(whatChangedIn others: [ClauseChange]) {
    func sources(_ change: ClauseChange, _ side: (Redline.Step) -> Passage?) -> Set<String> {
      Set(change.steps.compactMap { side(change.redline.steps[$0])?.source })
    }
    for other in others {
      let (came, went) = (sources(other, \.new), sources(other, \.old))
      let redline = self.redline
      steps.removeAll { position in
        let step = redline.steps[position]
        if let new = step.new { return !came.contains(new.source) }
        return step.old.map { !went.contains($0.source) } ?? true
      }
    }
  }
}
