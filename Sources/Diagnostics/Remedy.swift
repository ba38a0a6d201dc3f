package import SourceText

/// One edit that takes a finding away, as the rule knows it that made the finding.
package struct Remedy: Hashable, Sendable {
  /// A value as it is to be written in the form of its file.
  package enum Scalar: Hashable, Sendable {
    case text(String)
    case number(String)
    case truth(Bool)

    /// The value as text.
    package var text: String {
      switch self {
      case .text(let text), .number(let text): text
      case .truth(let value): value ? "true" : "false"
      }
    }
  }

  package enum Action: Hashable, Sendable {
    /// Other signs for some that stand in the file.
    case replace(SourceRange, old: String, new: String)
    /// Another value in the place of one.
    case set(SourceRange, Scalar)
    /// Another path for the file of the finding.
    case move(to: RepoPath)
  }

  package let action: Action
  /// Whether the file says something else afterwards, so that somebody must want it.
  package let changesMeaning: Bool

  /// Describes an edit.
  ///
  /// - Parameters:
  ///   - action: What is done.
  ///   - changesMeaning: Whether somebody must want it.
  package init(_ action: Action, changesMeaning: Bool = false) {
    self.action = action
    self.changesMeaning = changesMeaning
  }

  /// The edit in words.
  package var words: String {
    switch action {
    case .replace(_, let old, let new):
      new.isEmpty
        ? "take '\(old)' out" : old.isEmpty ? "insert '\(new)'" : "write '\(new)' for '\(old)'"
    case .set(_, let value): "write '\(value.text)'"
    case .move(let path): "name the file \(path)"
    }
  }
}
