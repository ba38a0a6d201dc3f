/// What is said of a baseline, a withdrawal or an envelope: one of four words, each with an exit status of its
/// own, the worse after the better.
package enum Standing: Int, Comparable, CaseIterable, Sendable {
  /// It is what was approved.
  case good
  /// A signature is asked for, and there is none.
  case unsigned
  /// What it takes to tell is not here: keys, objects, history.
  case unclear
  case bad

  package static func < (one: Standing, two: Standing) -> Bool { one.rawValue < two.rawValue }

  /// The word for it.
  package var word: String {
    switch self {
    case .good: "good"
    case .unsigned: "unsigned"
    case .unclear: "cannot be judged"
    case .bad: "BAD"
    }
  }

  /// Returns the words for something that is signed, or is not and need not be.
  package func words(isSigned: Bool) -> String {
    self == .good && !isSigned ? "good, unsigned" : word
  }
}

/// One thing that is found of a baseline.
package struct Finding: Hashable, Sendable {
  /// What follows from it; `nil` for what is only worth knowing.
  package let standing: Standing?
  package let text: String

  package init(_ standing: Standing?, _ text: String) {
    self.standing = standing
    self.text = text
  }

  /// The word that it is told with.
  package var label: String {
    switch standing {
    case .bad: "error"
    case .unclear: "cannot be judged"
    case .unsigned: "unsigned"
    case .good, nil: "note"
    }
  }
}

extension Sequence<Finding> {
  /// The worst that follows from some findings.
  package var standing: Standing { compactMap(\.standing).max() ?? .good }
}
