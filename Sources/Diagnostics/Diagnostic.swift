package import SourceText

/// One finding in the user's files: what is wrong, where, and what to do about it.
///
/// Findings are data and are collected in a ``Report``; they are never thrown and never know how
/// they are printed.
package struct Diagnostic: Hashable, Sendable {
  /// How much a finding matters; only an error makes a check fail.
  package enum Severity: String, Hashable, Sendable, CaseIterable {
    case error
    case warning
    case note
  }

  /// The stable name of what was breached, as in `record/duplicate-id`.
  ///
  /// Codes are an interface: people filter, waive and look up by them.
  package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) {
      self.rawValue = rawValue
    }

    package init(stringLiteral value: String) {
      self.init(rawValue: value)
    }
  }

  /// The words of a finding: lower-case, without a full stop, the user's own words in quotes.
  package struct Message: Hashable, Sendable, ExpressibleByStringInterpolation {
    package let text: String

    package init(_ text: String) {
      self.text = text
    }

    package init(stringLiteral value: String) {
      self.init(value)
    }
  }

  /// A second place that explains the first.
  package struct Label: Hashable, Sendable {
    package let message: Message
    package let range: SourceRange

    package init(_ message: Message, at range: SourceRange) {
      self.message = message
      self.range = range
    }
  }

  /// The commit that a finding was made in, where several are checked in one run.
  package struct Commit: Hashable, Sendable {
    /// The place of the commit among those that are checked.
    package let position: Int
    /// The full name.
    package let id: String
    /// The first line of its message.
    package let subject: String

    package init(position: Int, id: String, subject: String) {
      self.position = position
      self.id = id
      self.subject = subject
    }

    /// The name as people write it, and what it is about.
    package var label: String { "\(id.prefix(7)) \(subject)" }
  }

  package let code: Code
  package let severity: Severity
  package let message: Message
  /// Where the finding stands; `SourceRange.file` where the whole file is meant.
  package let range: SourceRange
  package let related: [Label]
  /// What to do, as a sentence in the imperative without a full stop.
  package let help: String?
  /// The id of the item that the finding is about, where it is not the one that stands at `range`:
  /// a record that is gone stands nowhere.
  package let item: String?
  /// The edit that takes it away, where one is known.
  package let remedy: Remedy?
  package var commit: Commit?
  /// Whether the finding is known and accepted.
  package var isWaived = false

  package init(
    _ severity: Severity, _ code: Code, _ message: Message, at range: SourceRange,
    related: [Label] = [], help: String? = nil, item: String? = nil, remedy: Remedy? = nil
  ) {
    self.item = item
    self.remedy = remedy
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.related = related
    self.help = help
  }
}

extension Diagnostic {
  /// Returns the finding with other advice.
  package func with(help: String) -> Diagnostic {
    var changed = Diagnostic(
      severity, code, message, at: range, related: related, help: help, item: item,
      remedy: remedy)
    changed.commit = commit
    changed.isWaived = isWaived
    return changed
  }
}

extension Diagnostic: Comparable {
  /// Orders findings as a report prints them: by place, then by code and words.
  package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    if left.commit?.position != right.commit?.position {
      return (left.commit?.position ?? -1) < (right.commit?.position ?? -1)
    }
    if left.range != right.range { return left.range < right.range }
    return (left.code.rawValue, left.message.text) < (right.code.rawValue, right.message.text)
  }
}
