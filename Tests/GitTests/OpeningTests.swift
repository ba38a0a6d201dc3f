import Git
import RegistrarTestSupport
import SourceText
import Testing

private func history() throws -> TestRepository {
  try TestRepository(.commit("Open the register", .write("registers/a.yaml", "id: A\n")))
}

private func text(_ tree: any SourceTree) throws -> String {
  let path = try #require(RepoPath("registers/a.yaml"))
  return String(decoding: try tree.bytes(of: path, limit: 1000), as: UTF8.self)
}

@Test func `a repository is found from a folder inside of it`() throws {
  let history = try history()
  let repository = try Repository.open(from: history.path + "/registers")
  #expect(repository.workDirectory == history.path + "/")
}

@Test func `a bare repository has no work tree and its commits are read`() throws {
  let history = try history()
  try history.git("clone", "-q", "--bare", ".", "bare.git")
  let repository = try Repository.open(from: history.path + "/bare.git")
  #expect(repository.workDirectory == nil)
  #expect(try text(try CommitTree(at: "main", in: repository)) == "id: A\n")
}

@Test func `a linked work tree has an index of its own`() throws {
  let history = try history()
  try history.git("worktree", "add", "-q", "linked", "-b", "other")
  try history.write("linked/registers/a.yaml", "id: LINKED\n")
  try history.git("-C", "linked", "add", "-A")
  let repository = try Repository.open(from: history.path + "/linked")
  #expect(try text(try IndexTree(of: repository)) == "id: LINKED\n")
  #expect(try text(try IndexTree(of: try Repository.open(from: history.path))) == "id: A\n")
}

@Test func `a work tree that the environment names is taken`() throws {
  let history = try history()
  let environment = GitEnvironment([
    "GIT_DIR": history.path + "/.git", "GIT_WORK_TREE": history.path,
  ])
  let repository = try Repository.open(from: "/", environment)
  #expect(repository.workDirectory == history.path + "/")
}

@Test func `objects of a quarantine are read`() throws {
  let history = try history()
  let quarantine = history.path + "/.git/quarantine"
  let variables = [
    "GIT_OBJECT_DIRECTORY": quarantine,
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": history.path + "/.git/objects",
  ]
  try history.git(["init", "-q"])
  _ = try runProgram(
    ["mkdir", "-p", quarantine], in: history.path, environment: history.environment)
  try history.write("registers/a.yaml", "id: PUSHED\n")
  try history.git(["add", "-A"], variables: variables)
  let tree = try history.git(["write-tree"], variables: variables)
  let commit = try history.git(["commit-tree", tree, "-m", "Pushed"], variables: variables)
  var environment = GitEnvironment(variables)
  environment.directory = history.path + "/.git"
  let repository = try Repository.open(from: history.path, environment)
  #expect(try text(try CommitTree(at: commit, in: repository)) == "id: PUSHED\n")
}

@Test func `a list of object folders may quote paths with colons`() {
  let environment = GitEnvironment([
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/a/objects:\"/b:c/\\\"d\\\"/\\303\\251\":/e"
  ])
  #expect(environment.objectDirectories == ["/a/objects", "/b:c/\"d\"/é", "/e"])
}

@Test func `a repository of SHA-256 is named as what it is`() throws {
  let history = try TestRepository()
  try history.git("init", "-q", "--object-format=sha256", "other")
  #expect {
    try Repository.open(from: history.path + "/other")
  } throws: { ($0 as? GitError)?.unsupported == .sha256 }
}

@Test func `a repository with reftables is named as what it is`() throws {
  let history = try history()
  try history.git("config", "core.repositoryformatversion", "1")
  try history.git("config", "extensions.refstorage", "reftable")
  #expect {
    try Repository.open(from: history.path)
  } throws: { ($0 as? GitError)?.unsupported == .reftable }
}

@Test func `a split index is named as what it is`() throws {
  let history = try history()
  try history.git("update-index", "--split-index")
  #expect {
    try IndexTree(of: try Repository.open(from: history.path))
  } throws: { ($0 as? GitError)?.unsupported == .splitIndex }
}

@Test func `a sparse index is named as what it is`() throws {
  let history = try TestRepository(
    .commit("Open", .write("registers/a.yaml", "a\n"), .write("other/deep/b.yaml", "b\n")))
  try history.git("sparse-checkout", "set", "--cone", "--sparse-index", "registers")
  #expect {
    try IndexTree(of: try Repository.open(from: history.path))
  } throws: { ($0 as? GitError)?.unsupported == .sparseIndex }
}

@Test func `a shallow clone is read and says that it is one`() throws {
  let history = try history()
  try history.git("clone", "-q", "--depth=1", "file://\(history.path)", "shallow")
  let repository = try Repository.open(from: history.path + "/shallow")
  #expect(repository.isShallow)
  #expect(try text(try CommitTree(at: "HEAD", in: repository)) == "id: A\n")
}

@Test func `objects of another repository are read through alternates`() throws {
  let history = try history()
  try history.git("clone", "-q", "--shared", ".", "shared")
  let repository = try Repository.open(from: history.path + "/shared")
  #expect(try text(try CommitTree(at: "HEAD", in: repository)) == "id: A\n")
}

@Test(arguments: [
  ("extensions.partialClone", "origin"), ("extensions.relativeWorktrees", "true"),
  ("extensions.compatObjectFormat", "sha256"),
])
func `an extension that changes nothing for a reader is read`(
  _ name: String, _ value: String
) throws {
  let history = try history()
  let repository = history.path + "/other"
  try history.git("clone", "-q", ".", "other")
  try history.git("-C", "other", "config", "core.repositoryformatversion", "1")
  try history.git("config", "-f", "other/.git/config", name, value)
  #expect(
    try text(try CommitTree(at: "HEAD", in: try Repository.open(from: repository))) == "id: A\n")
}

@Test func `a linked work tree that was moved is where it is found`() throws {
  let history = try history()
  try history.git("worktree", "add", "-q", "linked", "-b", "other")
  _ = try runProgram(
    ["mv", "linked", "moved"], in: history.path, environment: history.environment)
  let repository = try Repository.open(from: history.path + "/moved/registers")
  #expect(repository.workDirectory == history.path + "/moved/")
}
