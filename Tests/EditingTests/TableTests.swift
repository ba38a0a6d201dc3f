import Diagnostics
import Editing
import SourceText
import Syntax
import Testing

/// Returns a table after the edit of it; of one that is refused, the code of the refusal.
private func edited(
  _ text: String, _ edit: (inout TableEditor) throws(EditFailure) -> Void
) throws -> String {
  let path = try #require(RepoPath("a.csv"))
  do {
    var editor = try TableEditor(SourceFile(path: path, text: text))
    try edit(&editor)
    return String(decoding: editor.file.bytes, as: UTF8.self)
  } catch {
    return error.diagnostic.code.rawValue
  }
}

private func set(
  _ row: Int, _ column: String, _ text: String
) -> (
  inout TableEditor
) throws(EditFailure) -> Void {
  { editor throws(EditFailure) in try editor.set([(row, column, text)]) }
}

@Test(arguments: [
  ("id,name\nA,x\nB,y\n", "new", "id,name\nA,new\nB,y\n"),
  ("\u{FEFF}id,name\r\nA,x\r\nB,y\r\n", "new", "\u{FEFF}id,name\r\nA,new\r\nB,y\r\n"),
  ("id,name\nA,x", "new", "id,name\nA,new"),
  ("id,name\nA,\n", "new", "id,name\nA,new\n"),
  ("id,name\nA,x\n", "", "id,name\nA,\n"),
  ("id,name\nA,x\n", "a, b", "id,name\nA,\"a, b\"\n"),
  ("id,name\nA,\"a, b\"\n", "new", "id,name\nA,new\n"),
  ("\"id\",\"name\"\n\"A\",\"x\"\n", "new", "\"id\",\"name\"\n\"A\",\"new\"\n"),
  ("\"id\",\"name\"\n\"A\",\n", "new", "\"id\",\"name\"\n\"A\",\"new\"\n"),
  ("id,name\nA,x\n", "say \"a\"", "id,name\nA,\"say \"\"a\"\"\"\n"),
  ("id,name\nA,x\n", "a\nb", "id,name\nA,\"a\nb\"\n"),
  ("id,name\nA,x\n,\n,\n", "new", "id,name\nA,new\n,\n,\n"),
  ("id,name\nA,x\n", "a\u{7}", "edit/character"),
  ("id;name\nA;x\n", "new", "edit/unreadable"),
  ("id,name\nA\n", "new", "edit/missing"),
])
func `one cell changes, and nothing else`(before: String, text: String, after: String) throws {
  #expect(try edited(before, set(0, "name", text)) == after)
}

@Test func `a column that the table has not is refused`() throws {
  #expect(try edited("id,name\nA,x\n", set(0, "nmae", "new")) == "edit/missing")
  #expect(try edited("id,name\nA,x\n", set(1, "name", "new")) == "edit/missing")
}

@Test(arguments: [
  ("id,name\nA,x\nB,y\n", 1, "id,name\nA,x\nC,\"z, z\"\nB,y\n"),
  ("id,name\r\nA,x\r\n", 1, "id,name\r\nA,x\r\nC,\"z, z\"\r\n"),
  ("id,name\nA,x", 1, "id,name\nA,x\nC,\"z, z\""),
  ("id,name\n", 0, "id,name\nC,\"z, z\"\n"),
  ("id,name\nA,x\n,\n", 1, "id,name\nA,x\nC,\"z, z\"\n,\n"),
])
func `a row is added in a line of its own`(before: String, position: Int, after: String) throws {
  let added = try edited(before) { editor throws(EditFailure) in
    try editor.insert(["id": "C", "name": "z, z"], at: position)
  }
  #expect(added == after)
  let back = try edited(added) { editor throws(EditFailure) in try editor.remove(row: position) }
  #expect(back == before)
}
