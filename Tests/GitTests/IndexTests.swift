import Git
import RegistrarTestSupport
import SourceText
import Testing

@Test(arguments: [2, 3, 4])
func `an index of any version has what Git lists`(_ version: Int) throws {
  let history = try TestRepository(
    .commit("Open", .write("registers/a.yaml", "id: A\n"), .write("b/\u{e4}.md", "B\n")))
  for length in 1...20 {
    try history.write("registers/\(String(repeating: "x", count: length))", "\(length)\n")
  }
  // Of a name of 4,095 bytes and more, the length is not kept; libgit2, which reads version 4, takes none.
  let deep = Array(repeating: String(repeating: "n", count: 200), count: version < 4 ? 21 : 2)
    .joined(separator: "/")
  let empty = try history.git("hash-object", "-w", "--stdin")
  try history.git("add", "-A")
  try history.git(
    "update-index", "--add", "--cacheinfo", "100755,\(empty),\(deep)", "--index-version",
    "\(max(2, version))")
  if version > 2 {
    try history.write("registers/later.yaml", "id: L\n")
    try history.git("add", "-N", "registers/later.yaml")
    try history.git("update-index", "--skip-worktree", "registers/xxx")
  }
  let listed = try history.git("ls-files", "--stage", "-z").split(separator: "\0").map(String.init)
  let tree = try IndexTree(of: try Repository.open(from: history.path))
  let entries = try tree.entries(under: nil).filter { $0.kind != .folder }
  let expected = listed.filter { !$0.hasSuffix("registers/later.yaml") }
  #expect(
    entries.compactMap { entry in entry.object.map { "\($0) 0\t\(entry.path)" } }
      == expected.map { String($0.dropFirst(7)) })
  for entry in entries { #expect(tree.entry(at: entry.path) == entry) }
  #expect(tree.entry(at: try #require(RepoPath("registers/later.yaml"))) == nil)
  #expect(tree.entry(at: try #require(RepoPath("zz"))) == nil)
}

@Test(arguments: [
  "b = b[:200]", "b[8:12] = b'\\x7f\\xff\\xff\\xff'", "b[4:8] = b'\\0\\0\\0\\x09'", "b[72] = 0x7f",
  "b[74:90] = bytes(16)", "b = b[:12]", "b = b[:-24] + b'link\\0\\0\\0\\0' + b[-20:]",
  "b = b[:-20] + b'ABCD\\xff\\xff\\xff\\xff' + b[-20:]",
])
func `an index that Git did not write is an error and not followed`(_ change: String) throws {
  let history = try TestRepository(
    .commit("Open", .write("registers/a.yaml", "id: A\n"), .write("registers/b.yaml", "id: B\n")))
  let script = """
    b = bytearray(open('.git/index', 'rb').read())
    \(change)
    open('.git/index', 'wb').write(b)
    """
  _ = try runProgram(
    ["python3", "-c", script], in: history.path, environment: history.environment)
  #expect(throws: GitError.self) { try IndexTree(of: try Repository.open(from: history.path)) }
}
