import Comparison
import Diagnostics
package import Registry
package import SourceText
package import Syntax

/// Changes the head and the clauses of a document, and keeps every other byte.
package struct DocumentEditor {
  /// The file as it is now.
  package private(set) var file: SourceFile
  private let numbering: Numbering?
  private let order: @Sendable (NodePath) -> [String]

  /// Begins with a document.
  ///
  /// - Parameters:
  ///   - file: The document.
  ///   - numbering: How its clauses are numbered, where that is declared.
  ///   - order: Returns the fields of the mapping at a path of the head in the order of their schema.
  package init(
    _ file: SourceFile, _ numbering: Numbering? = nil,
    order: @escaping @Sendable (NodePath) -> [String] = { _ in [] }
  ) {
    self.file = file
    self.numbering = numbering
    self.order = order
  }

  /// Makes a change of the head.
  ///
  /// - Parameter change: The change, whose path counts from the head.
  /// - Throws: `EditFailure` where it cannot be made; nothing is changed then.
  package mutating func apply(_ change: Change) throws(EditFailure) {
    var report = Report()
    let document = MarkdownReader.document(of: file, requiresHead: true, into: &report)
    guard let document, document.head != nil else {
      throw .unreadable("head", at: file.path, report.sorted.first { $0.severity == .error })
    }
    var editor = try YAMLEditor(file, range: document.headRange, order: order)
    try editor.apply(change)
    file = editor.file
  }

  /// Writes the text of a clause.
  ///
  /// - Parameters:
  ///   - number: The number of the clause, as `H8.4`, or its anchor.
  ///   - text: Its source, from its number to its last word, in Markdown.
  /// - Throws: `EditFailure` where there is no such clause, or the text would be another clause, or more than
  ///   one; nothing is changed then.
  package mutating func set(clause number: String, to text: String) throws(EditFailure) {
    let passages = Passage.passages(of: file, numbering)
    guard let clause = Clause(number, in: passages),
      let first = passages.firstIndex(where: { $0.range.lowerBound == clause.range.lowerBound })
    else {
      throw .missing(
        NodePath(steps: [.key(number)]), at: .file(file.path),
        passages.map(\.number).filter { !$0.isEmpty })
    }
    guard !YAMLScalarText.hasControl(text.replacing("\r\n", with: "\n")) else {
      throw EditFailure(
        .unwritableText, "the text of \(clause.number) has a control character",
        at: SourceRange(file.path, clause.range), help: "Leave it out")
    }
    let source = YAMLText(bytes: file.bytes, bounds: 0..<file.bytes.count)
    var stop = clause.range.upperBound
    while stop > clause.range.lowerBound, file.bytes[stop - 1] <= 0x20 { stop -= 1 }
    var lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    var edits = TextEdits()
    edits.replace(
      clause.range.lowerBound..<stop,
      with: Array(lines.map { Array($0.utf8) }.joined(separator: source.lineEnd)))
    let changed = SourceFile(path: file.path, bytes: edits.applied(to: file.bytes))
    let end = first + clause.passages.count
    guard isOnly(clause, passages[..<first], passages[end...], in: changed) else {
      throw EditFailure(
        .unsafeEdit, "the text for \(clause.number) is not that clause and nothing else",
        at: SourceRange(file.path, clause.range),
        help: "Begin it with '\(clause.passages.first?.marker ?? clause.number)', and keep other "
          + "clauses out of it")
    }
    file = changed
  }

  /// Whether a changed document has a clause in the place of one, and all else as it was.
  private func isOnly(
    _ old: Clause, _ before: ArraySlice<Passage>, _ after: ArraySlice<Passage>, in file: SourceFile
  ) -> Bool {
    let passages = Passage.passages(of: file, numbering)
    func isSame(_ one: Passage, _ other: Passage) -> Bool {
      one.number == other.number && one.kind == other.kind && one.source == other.source
    }
    let count = passages.count - before.count - after.count
    guard count > 0, zip(before, passages).allSatisfy(isSame),
      zip(after.reversed(), passages.reversed()).allSatisfy(isSame)
    else { return false }
    let new = Clause(old.number, in: passages)
    return new?.passages.count == count
      && new?.range.lowerBound == passages[before.count].range.lowerBound
  }
}
