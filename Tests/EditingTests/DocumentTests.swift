import Diagnostics
import Editing
import SourceText
import Syntax
import Testing

/// Returns a document after the edit of it; of one that is refused, the code of the refusal.
private func edited(
  _ text: String, _ edit: (inout DocumentEditor) throws(EditFailure) -> Void
) throws -> String {
  var editor = DocumentEditor(SourceFile(path: try #require(RepoPath("a.md")), text: text))
  do {
    try edit(&editor)
    return String(decoding: editor.file.bytes, as: UTF8.self)
  } catch {
    return error.diagnostic.code.rawValue
  }
}

private func clause(
  _ number: String, _ text: String
) -> (
  inout DocumentEditor
) throws(EditFailure) -> Void {
  { editor throws(EditFailure) in try editor.set(clause: number, to: text) }
}

@Test(arguments: ["\n", "\r\n"])
func `the head of a document is edited as a record is`(end: String) throws {
  let text = "---\nid: H\ntitle: Old # why\n---\n\n## H8\n\nH8.1 Text: [a].\n"
  let before = text.replacing("\n", with: end)
  let after = try edited(before) { editor throws(EditFailure) in
    try editor.apply(set("title", "New"))
    try editor.apply(set("note", "x"))
    try editor.apply(remove("id"))
  }
  #expect(
    after
      == "---\ntitle: New # why\nnote: x\n---\n\n## H8\n\nH8.1 Text: [a].\n".replacing(
        "\n", with: end))
  #expect(
    try edited("# A\n") { editor throws(EditFailure) in try editor.apply(set("a", "b")) }
      == "edit/unreadable")
}

@Test(arguments: [
  ("H8.1", "H8.1 New text.", "## H8\n\nH8.1 New text.\n\nH8.2 Other.\n\n- (a) one\n- (b) two\n"),
  ("H8.2", "H8.2 New:\n\n- (a) one\n", "## H8\n\nH8.1 Text.\n\nH8.2 New:\n\n- (a) one\n"),
  ("H8.1", "H8.3 New text.", "edit/unsafe"),
  ("H8.1", "H8.1 New text.\n\nH8.3 More.", "edit/unsafe"),
  ("H8.1", "New text.", "edit/unsafe"),
  ("H8.7", "H8.7 New text.", "edit/missing"),
  ("H8.1", "H8.1 \u{1B}[31m", "edit/character"),
])
func `one clause changes, and nothing else`(number: String, text: String, after: String) throws {
  let head = "---\nid: H\n---\n\n"
  let body = "## H8\n\nH8.1 Text.\n\nH8.2 Other.\n\n- (a) one\n- (b) two\n"
  let result = try edited(head + body, clause(number, text))
  #expect(result == (after.hasPrefix("edit/") ? after : head + after))
}
