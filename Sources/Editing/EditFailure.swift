package import Diagnostics
import SourceText
import Syntax

/// Why a value cannot be edited; nothing was changed.
package struct EditFailure: Error, Sendable {
  package let diagnostic: Diagnostic

  package init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  init(
    _ code: Diagnostic.Code, _ message: Diagnostic.Message, at range: SourceRange, help: String,
    related: [Diagnostic.Label] = []
  ) {
    diagnostic = Diagnostic(.error, code, message, at: range, related: related, help: help)
  }
}

extension EditFailure {
  /// The path of a change leads to nothing.
  static func missing(_ path: NodePath, at range: SourceRange, _ known: [String]) -> EditFailure {
    let name = path.steps.last.map { NodePath(steps: [$0]).text } ?? ""
    return EditFailure(
      .missingPlace, "there is no '\(path.text)' here", at: range,
      help: advice(for: name, among: known)
        ?? "Name a field that is there, or set the one that holds it")
  }

  /// A file with errors is not edited.
  ///
  /// - Parameters:
  ///   - what: What of it cannot be read: the file, its head, the table.
  ///   - path: The file.
  ///   - reason: Why.
  /// - Returns: The failure, at the place of the reason.
  static func unreadable(
    _ what: String, at path: RepoPath, _ reason: Diagnostic?
  ) -> EditFailure {
    EditFailure(
      .unreadableFile, .init("the \(what) cannot be edited as it cannot be read"),
      at: reason?.range ?? .file(path), help: "Mend it first",
      related: reason.map { [.init($0.message, at: $0.range)] } ?? [])
  }

  /// The file is written so that no program should change this place.
  static func form(_ what: String, at range: SourceRange) -> EditFailure {
    EditFailure(
      .uneditableForm, .init("\(what), which is not edited by a program"), at: range,
      help: "Edit the file by hand")
  }
}

extension Diagnostic.Code {
  /// A change names a place that is not there.
  package static let missingPlace: Self = "edit/missing"
  /// A value stands at several places through an anchor.
  package static let sharedValue: Self = "edit/shared"
  /// A file is written in a form that is not edited.
  package static let uneditableForm: Self = "edit/form"
  /// A text has characters that are not written.
  package static let unwritableText: Self = "edit/character"
  /// A file with errors is not edited.
  package static let unreadableFile: Self = "edit/unreadable"
  /// An edit would change more than it names.
  package static let unsafeEdit: Self = "edit/unsafe"
}

extension Explanation {
  /// The pages on edits.
  package static let editing: [Explanation] = [
    Explanation(
      .missingPlace,
      what: "A change names a place that is not there.",
      why: "What is changed must be what is meant; a mistyped name would make a new field.",
      mend: "Name a field or an element that is there; positions count from 1.",
      bad: "registrar set SECP-R15 mitigation[7].state=done",
      good: "registrar set SECP-R15 mitigations[1].state=done"
    ),
    Explanation(
      .sharedValue,
      what: "A value that is to be changed stands at other places too, through an anchor.",
      why: "The other places would change with it, and nobody named them.",
      mend:
        "Write the value out at each place, in the place of '*name', and change the one that is meant.",
      bad: """
        first: &text the same words
        second: *text
        """,
      good: """
        first: the same words
        second: the same words
        """
    ),
    Explanation(
      .uneditableForm,
      what: "A value is written in a form of YAML that a program does not edit.",
      why:
        "Keys that are aliases, or pairs without braces in a list, cannot be changed without changing more.",
      mend: "Edit the file by hand, or write the value in the usual form first.",
      bad: "steps: [first: done]",
      good: "steps: [{first: done}]"
    ),
    Explanation(
      .unwritableText,
      what: "A text has a control character.",
      why: "It steers programs, nobody sees it, and no file of a register holds it.",
      mend: "Leave the character out.",
      bad: "title: \"Change\\x07Coordination\"",
      good: "title: Change Coordination"
    ),
    Explanation(
      .unreadableFile,
      what: "A file that is to be edited cannot be read.",
      why: "Where a file is misread, an edit may change something else than it names.",
      mend: "Mend what registrar check says of the file, then edit it.",
      bad: "title: [a, b",
      good: "title: [a, b]"
    ),
    Explanation(
      .unsafeEdit,
      what:
        "An edit was tried, and the file did not say what was asked for, or said something else too.",
      why: "What is written is read again before it is kept; nothing else may have changed.",
      mend: "Edit the file by hand.",
      bad: "- &a x  # removed, and *a stands below",
      good: "- x"
    ),
  ]
}
