import Git
import RegistrarTestSupport
import SourceText
import Testing

private func history() throws -> TestRepository {
  try TestRepository(
    .commit(
      "Open the register", .write("registers/a.yaml", "id: A\n"),
      .write("registers/b/c.yaml", "c\n"),
      .link("registers/link", to: "a.yaml"), .submodule("registers/sub")),
    .tag("sec/1.0"),
    .commit("Change it", .write("registers/a.yaml", "id: B\n"), .remove("registers/b/c.yaml"))
  )
}

private func path(_ text: String) throws -> RepoPath { try #require(RepoPath(text)) }

private func text(_ tree: any SourceTree, _ name: String) throws -> String {
  String(decoding: try tree.bytes(of: try path(name), limit: 1000), as: UTF8.self)
}

@Test func `a commit lists what git ls-tree lists`() throws {
  let history = try history()
  let tree = try CommitTree(at: "sec/1.0", in: try Repository.open(from: history.path))
  let listed = try tree.entries(under: nil).filter { $0.kind != .folder }.map {
    "\($0.object?.description ?? "") \($0.path)"
  }
  let told = try history.git("ls-tree", "-r", "--format=%(objectname) %(path)", "sec/1.0")
  #expect(listed.joined(separator: "\n") == told)
  #expect(
    try tree.entries(under: try path("registers")).map(\.kind) == [
      .file, .folder, .file, .link, .submodule,
    ])
  #expect(tree.title.hasSuffix("(sec/1.0)"))
}

@Test(arguments: ["HEAD", "main", "HEAD~1", "sec/1.0", "main^{tree}"])
func `a revision gives the bytes that git show gives`(_ revision: String) throws {
  let history = try history()
  let repository = try Repository.open(from: history.path)
  guard !revision.contains("{tree}") else {
    #expect(throws: GitError.self) { try CommitTree(at: revision, in: repository) }
    return
  }
  let tree = try CommitTree(at: revision, in: repository)
  #expect(
    try text(tree, "registers/a.yaml") == history.git("show", "\(revision):registers/a.yaml") + "\n"
  )
}

@Test(arguments: ["HEAD^@", "HEAD^!", "HEAD^-", "main..HEAD", "^HEAD", "--all", "nothing"])
func `what names several commits or none is refused`(_ revision: String) throws {
  let history = try history()
  let repository = try Repository.open(from: history.path)
  #expect(throws: GitError.self) { try repository.commit(at: revision) }
}

@Test func `the index gives what will be committed and not what lies in the work tree`() throws {
  let history = try history()
  try history.write("registers/a.yaml", "id: STAGED\n")
  try history.git("add", "registers/a.yaml")
  try history.write("registers/a.yaml", "id: LATER\n")
  let repository = try Repository.open(from: history.path)
  #expect(try text(try IndexTree(of: repository), "registers/a.yaml") == "id: STAGED\n")
  let work = try CheckedOutTree(of: repository, at: history.path)
  #expect(try text(work, "registers/a.yaml") == "id: LATER\n")
}

@Test func `an intended addition is not in the index`() throws {
  let history = try history()
  try history.write("registers/new.yaml", "id: N\n")
  try history.git("add", "-N", "registers/new.yaml")
  let index = try IndexTree(of: try Repository.open(from: history.path))
  #expect(try !index.entries(under: nil).contains { $0.path.string == "registers/new.yaml" })
}

@Test func `a conflict is told once for its path`() throws {
  let history = try history()
  try history.git("checkout", "-q", "-b", "other", "HEAD~1")
  try history.write("registers/a.yaml", "id: OTHER\n")
  try history.git("commit", "-qam", "Other")
  _ = try? history.git("merge", "main")
  let index = try IndexTree(of: try Repository.open(from: history.path))
  #expect(
    try index.entries(under: nil).filter { $0.kind == .conflict }.map(\.path.string) == [
      "registers/a.yaml"
    ])
}

@Test func `the index that GIT_INDEX_FILE names is the one that is read`() throws {
  let history = try history()
  let file = history.path + "/.git/next-index"
  try history.git(["read-tree", "HEAD~1"], variables: ["GIT_INDEX_FILE": file])
  let environment = GitEnvironment(["GIT_DIR": history.path + "/.git", "GIT_INDEX_FILE": file])
  let index = try IndexTree(of: try Repository.open(from: history.path, environment))
  #expect(try text(index, "registers/a.yaml") == "id: A\n")
}

@Test func `files that a sparse checkout left out are read from the index`() throws {
  let history = try history()
  try history.git("sparse-checkout", "set", "--no-cone", "/registers/link")
  let tree = try CheckedOutTree(
    of: try Repository.open(from: history.path), at: history.path)
  #expect(try text(tree, "registers/a.yaml") == "id: B\n")
  #expect(
    try tree.entries(under: try path("registers")).contains { $0.path.string == "registers/a.yaml" }
  )
  #expect(tree.shared == nil)
}

@Test func `what has a name that is asked for is picked alike from every kind of tree`() throws {
  let history = try history()
  try history.write("registers/b/d/a.yaml", "id: A2\n")
  try history.git("add", "registers/b")
  try history.git("commit", "--quiet", "--message", "Add one")
  let repository = try Repository.open(from: history.path)
  let trees: [any SourceTree] = [
    try CommitTree(at: "HEAD", in: repository), try IndexTree(of: repository),
    try CheckedOutTree(of: repository, at: history.path),
  ]
  for tree in trees {
    func picked(_ folder: String?, _ names: String...) throws -> [String] {
      let entries = try tree.entries(
        under: try folder.map { try path($0) },
        named: { names.contains(String(decoding: $0, as: UTF8.self)) })
      return entries.map(\.path.string)
    }
    #expect(try picked(nil, "a.yaml") == ["registers/a.yaml", "registers/b/d/a.yaml"])
    #expect(
      try picked("registers/b", "a.yaml", "b", "d") == ["registers/b/d", "registers/b/d/a.yaml"])
    #expect(try picked("registers/a", "a.yaml") == [])
  }
}

@Test func `what was added of a file that nobody touched since is known without reading it`() throws
{
  let history = try history()
  let path = try path("registers/a.yaml")
  func known() throws -> ObjectID? {
    let repository = try Repository.open(from: history.path)
    let tree = try CheckedOutTree(of: repository, at: history.path)
    return try tree.entry(at: path).flatMap { tree.object(of: $0) }
  }
  try history.write(path.string, "id: STAGED\n")
  try history.git("add", path.string)
  func touch(_ words: String...) throws {
    _ = try runProgram(
      ["touch"] + words + [".git/index"], in: history.path, environment: history.environment)
  }
  let repository = try Repository.open(from: history.path)
  let staged = try IndexTree(of: repository).entry(at: path)?.object
  try touch("-d", "tomorrow")
  #expect(try staged != nil && known() == staged)
  try history.write(path.string, "id: SECOND\n")
  #expect(try known() == nil)
  // One that is as young as the index may have been written again since, and look the same.
  try touch("-r", path.string)
  #expect(try known() == nil)
  try history.write(path.string, "id: STAGED\n")
  try touch("-r", path.string)
  #expect(try known() == staged)
}

@Test(arguments: ["core.autocrlf", "eol=crlf"])
func `line ends that Git gives a file of the work tree are no change`(by way: String) throws {
  let history = try history()
  if way == "core.autocrlf" {
    try history.git("config", way, "true")
  } else {
    try history.write(".gitattributes", "*.yaml text eol=crlf\n")
  }
  let path = try path("registers/a.yaml")
  try history.git("rm", "--quiet", "--cached", path.string)
  try history.write(path.string, "id: A\r\n")
  try history.git("add", path.string)
  func isKnown() throws -> Bool {
    let repository = try Repository.open(from: history.path)
    let tree = try CheckedOutTree(of: repository, at: history.path)
    let staged = try IndexTree(of: repository)
    return try tree.entry(at: path).flatMap { tree.object(of: $0) }
      == staged.entry(at: path)?.object
  }
  _ = try runProgram(
    ["touch", "-d", "tomorrow", path.string], in: history.path, environment: history.environment)
  #expect(try isKnown())
  try history.write(path.string, "id: B\r\n")
  #expect(try !isKnown())
}

@Test func `a file that differs from the index, or is none of it, is compared by its bytes`() throws
{
  let history = try history()
  let repository = try Repository.open(from: history.path)
  let head = try CommitTree(at: "HEAD", in: repository)
  func changed() throws -> [String] {
    let work = try CheckedOutTree(of: repository, at: history.path)
    return try TreeChange.between(head, work, under: [try path("registers")]).map(\.path.string)
      .filter { $0.hasSuffix(".yaml") }
  }
  #expect(try changed() == [])
  try history.write("registers/a.yaml", "id: C\n")
  try history.write("registers/new.yaml", "id: N\n")
  #expect(try changed() == ["registers/a.yaml", "registers/new.yaml"])
}

@Test func `untracked files that git ignores are left out of the work tree`() throws {
  let history = try history()
  try history.write(".gitignore", "*.bak\n")
  try history.write("registers/x.bak", "")
  try history.write("registers/y.yaml", "")
  let tree = try CheckedOutTree(
    of: try Repository.open(from: history.path), at: history.path)
  let names = try tree.entries(under: try path("registers")).map(\.path.string)
  #expect(!names.contains("registers/x.bak"))
  #expect(names.contains("registers/y.yaml"))
}

@Test func `a blob over the limit is refused`() throws {
  let history = try history()
  let tree = try CommitTree(at: "HEAD", in: try Repository.open(from: history.path))
  let file = try path("registers/a.yaml")
  #expect(throws: SourceTreeError.tooLarge(file, size: 6, limit: 5)) {
    try tree.bytes(of: file, limit: 5)
  }
}

@Test func `a blob that is missing ends the work and is never passed over`() throws {
  let history = try history()
  try history.write("registers/loose.yaml", "id: LOOSE\n")
  try history.git("add", "-A", "registers/loose.yaml")
  try history.git("commit", "-qm", "Loose")
  let id = try history.git("rev-parse", "HEAD:registers/loose.yaml")
  try runProgram(
    ["rm", "-f", ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"], in: history.path,
    environment: history.environment)
  let tree = try CommitTree(at: "HEAD", in: try Repository.open(from: history.path))
  #expect {
    try tree.bytes(of: try path("registers/loose.yaml"), limit: 100)
  } throws: { error in
    guard case .store(let operation, _) = error as? SourceTreeError else { return false }
    return operation.contains(id)
  }
}

@Test func `a path of the index that is not UTF-8 is an error and never passed over`() throws {
  let history = try history()
  try history.git(
    ["update-index", "--add", "--index-info"],
    input: Array("100644 \(try history.git("rev-parse", "HEAD:registers/a.yaml"))\tcaf".utf8)
      + [0xE9, 0x0A])
  let index = try IndexTree(of: try Repository.open(from: history.path))
  #expect(throws: SourceTreeError.undecodablePath("caf\u{FFFD}")) {
    try index.entries(under: nil)
  }
}

@Test func `an index that is named and not there is an error`() throws {
  let history = try history()
  let environment = GitEnvironment([
    "GIT_DIR": history.path + "/.git", "GIT_INDEX_FILE": history.path + "/none",
  ])
  #expect(throws: GitError.self) { try Repository.open(from: history.path, environment) }
}
