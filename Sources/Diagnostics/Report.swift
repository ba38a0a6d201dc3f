package import SourceText

/// What a check found so far.
package struct Report: Sendable {
  package private(set) var diagnostics: [Diagnostic] = []

  package init() {}

  package mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  /// Adds a finding that makes the check fail.
  package mutating func error(
    _ code: Diagnostic.Code, _ message: Diagnostic.Message, at range: SourceRange,
    related: [Diagnostic.Label] = [], help: String? = nil, item: String? = nil,
    remedy: Remedy? = nil
  ) {
    add(
      Diagnostic(
        .error, code, message, at: range, related: related, help: help, item: item,
        remedy: remedy))
  }

  /// Adds a finding that people should look at and that does not make the check fail.
  package mutating func warning(
    _ code: Diagnostic.Code, _ message: Diagnostic.Message, at range: SourceRange,
    related: [Diagnostic.Label] = [], help: String? = nil, item: String? = nil,
    remedy: Remedy? = nil
  ) {
    add(
      Diagnostic(
        .warning, code, message, at: range, related: related, help: help, item: item,
        remedy: remedy))
  }

  /// Adds what another part of the work found.
  package mutating func merge(_ other: Report) {
    diagnostics += other.diagnostics
  }

  /// Says of every finding that it was made in a commit.
  package mutating func assign(_ commit: Diagnostic.Commit) {
    for position in diagnostics.indices { diagnostics[position].commit = commit }
  }

  /// Replaces every finding by what `body` makes of it.
  package mutating func change(_ body: (Diagnostic) -> Diagnostic) {
    diagnostics = diagnostics.map(body)
  }

  /// Keeps only the findings that satisfy `isIncluded`.
  package mutating func keep(where isIncluded: (Diagnostic) -> Bool) {
    diagnostics.removeAll { !isIncluded($0) }
  }

  package var isEmpty: Bool { diagnostics.isEmpty }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Returns how many findings have the given severity.
  package func count(of severity: Diagnostic.Severity) -> Int {
    diagnostics.count { $0.severity == severity }
  }

  /// The findings in the order of their places, the same whoever found them first; each once.
  package var sorted: [Diagnostic] {
    var unique: [Diagnostic] = []
    for diagnostic in diagnostics.sorted() where diagnostic != unique.last {
      unique.append(diagnostic)
    }
    return unique
  }
}
