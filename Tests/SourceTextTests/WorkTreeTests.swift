import Glibc
import RegistrarTestSupport
import SourceText
import Testing

private func path(_ text: String) throws -> RepoPath { try #require(RepoPath(text)) }

@Test func `a work tree lists files, folders, links and pipes in the order of paths`() throws {
  let folder = try TemporaryFolder()
  try folder.write("registers/b.yaml", "b")
  try folder.write("registers/a/c.yaml", "c")
  symlink("nowhere", folder.path + "/registers/dangling")
  mkfifo(folder.path + "/registers/pipe", 0o600)
  let entries = try WorkTree(root: folder.path).entries(under: try path("registers"))
  #expect(
    entries.map { "\($0.path) \($0.kind)" } == [
      "registers/a folder", "registers/a/c.yaml file", "registers/b.yaml file",
      "registers/dangling link", "registers/pipe other",
    ])
}

@Test func `a folder that is a link or a repository of its own is told as that, and not entered`()
  throws
{
  let folder = try TemporaryFolder()
  try folder.write("real/recs/a.yaml", "a")
  try folder.write("real/sub/.git", "gitdir: elsewhere")
  try folder.write("real/sub/b.yaml", "b")
  symlink("real", folder.path + "/registers")
  let tree = WorkTree(root: folder.path)
  #expect(
    try tree.entries(under: try path("registers")).map { "\($0.path) \($0.kind)" }
      == ["registers link"])
  #expect(try tree.entries(under: try path("registers/recs")).isEmpty)
  let below = try path("registers/recs/a.yaml")
  #expect(throws: SourceTreeError.notAFile(below)) { try tree.bytes(of: below, limit: 10) }
  #expect(
    try tree.entries(under: try path("real")).map { "\($0.path) \($0.kind)" }
      == ["real/recs folder", "real/recs/a.yaml file", "real/sub submodule"])
  #expect(
    try tree.entries(under: try path("real/sub")).map { "\($0.path) \($0.kind)" }
      == ["real/sub submodule"])
}

@Test func `what is not a regular file gives no bytes`() throws {
  let folder = try TemporaryFolder()
  try folder.write("folder/file", "x")
  symlink("folder/file", folder.path + "/link")
  mkfifo(folder.path + "/pipe", 0o600)
  let tree = WorkTree(root: folder.path)
  for name in ["folder", "link", "pipe"] {
    #expect(throws: SourceTreeError.notAFile(try path(name))) {
      try tree.bytes(of: try path(name), limit: 10)
    }
  }
  #expect(throws: SourceTreeError.missing(try path("gone"))) {
    try tree.bytes(of: try path("gone"), limit: 10)
  }
}

@Test func `a file over the limit is refused before it is read`() throws {
  let folder = try TemporaryFolder()
  try folder.write("big", "12345")
  let big = try path("big")
  #expect(throws: SourceTreeError.tooLarge(big, size: 5, limit: 4)) {
    try WorkTree(root: folder.path).bytes(of: big, limit: 4)
  }
  #expect(try WorkTree(root: folder.path).bytes(of: big, limit: 5) == Array("12345".utf8))
}

@Test func `a name that is not UTF-8 is an error and never passed over`() throws {
  let folder = try TemporaryFolder()
  let name = folder.path + "/caf"
  var bytes = Array(name.utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
  close(open(&bytes, O_CREAT | O_WRONLY, 0o600))
  #expect(throws: SourceTreeError.undecodablePath("caf\u{FFFD}")) {
    try WorkTree(root: folder.path).entries(under: nil)
  }
}

@Test func `a tree in memory has the folders that its paths imply`() throws {
  let tree = MemoryTree(["a/b/c.yaml": "", "d": ""])
  #expect(tree.entries(under: nil).map(\.path.string) == ["a", "a/b", "a/b/c.yaml", "d"])
  #expect(tree.entries(under: try path("a")).map(\.path.string) == ["a/b", "a/b/c.yaml"])
}
