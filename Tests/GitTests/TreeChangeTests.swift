import Git
import RegistrarTestSupport
import SourceText
import Testing

/// What git says of the changes between two trees, one line each.
private func told(_ history: TestRepository, _ arguments: String...) throws -> String {
  try history.git(["diff", "--name-status", "--no-renames"] + arguments)
}

private func lines(_ changes: [TreeChange]) -> String {
  changes.map { change in
    let letter =
      change.old == nil
      ? "A" : change.new == nil ? "D" : change.old?.kind == change.new?.kind ? "M" : "T"
    return "\(letter)\t\(change.path)"
  }.joined(separator: "\n")
}

/// A history of random edits of few paths, some of which are folders at times.
private func history(seed: UInt64) throws -> TestRepository {
  var random = SeededGenerator(seed: seed)
  let names = ["a", "a.b", "a/b", "a/b/c", "a-b", "b", "b/a", "b.a/c", "c/d/e", "c/d.e"]
  let repository = try TestRepository()
  for _ in 0..<6 {
    for _ in 0..<4 {
      let name = names.randomElement(using: &random) ?? "a"
      // What is in the way goes: a file where a folder belongs, and the other way round.
      try repository.git("rm", "-r", "-q", "-f", "--ignore-unmatch", name)
      var parent = ""
      for part in name.split(separator: "/").dropLast() {
        parent += parent.isEmpty ? String(part) : "/" + part
        if try repository.git("ls-files", "--", parent) == parent {
          try repository.git("rm", "-q", "-f", parent)
        }
      }
      guard Int.random(in: 0..<4, using: &random) > 0 else { continue }
      try repository.write(name, "\(Int.random(in: 0..<3, using: &random))\n")
      try repository.git("add", "-A")
    }
    try repository.git("commit", "-q", "--allow-empty", "-m", "Edit")
  }
  return repository
}

@Test(arguments: [1, 2, 3, 4] as [UInt64])
func `the changes between two commits are those that git diff tells`(_ seed: UInt64) throws {
  let history = try history(seed: seed)
  let repository = try Repository.open(from: history.path)
  for (old, new) in [("HEAD~1", "HEAD"), ("HEAD~5", "HEAD"), ("HEAD", "HEAD~3"), ("HEAD", "HEAD")] {
    let changes = try CommitTree(at: new, in: repository)
      .changes(since: try CommitTree(at: old, in: repository))
    #expect(lines(changes) == (try told(history, old, new)))
  }
}

@Test(arguments: [1, 2, 3, 4] as [UInt64])
func `the changes in the index are those that git diff --cached tells`(_ seed: UInt64) throws {
  let history = try history(seed: seed)
  let repository = try Repository.open(from: history.path)
  for old in ["HEAD", "HEAD~1", "HEAD~5"] {
    let changes = try IndexTree(of: repository)
      .changes(since: try CommitTree(at: old, in: repository))
    #expect(lines(changes) == (try told(history, "--cached", old)))
  }
}

@Test func `trees of two kinds are compared by their bytes`() throws {
  let old = MemoryTree(["r/a": "1", "r/b": "2", "r/c": "3"])
  let new = MemoryTree(["r/a": "1", "r/b": "x", "r/d": "4", "s/e": "5"])
  let changes = try TreeChange.changes(from: old, to: new, under: [try #require(RepoPath("r"))])
  #expect(lines(changes) == "M\tr/b\nD\tr/c\nA\tr/d")
}

@Test func `the commits of a range come with parents before children`() throws {
  let history = try history(seed: 1)
  let repository = try Repository.open(from: history.path)
  let commits = try repository.commits(
    from: try repository.commit(at: "HEAD~3"), to: try repository.commit(at: "HEAD"))
  #expect(
    commits.map(\.id.description).joined(separator: "\n")
      == (try history.git("rev-list", "--reverse", "HEAD~3..HEAD")))
  #expect(commits.map(\.subject) == ["Edit", "Edit", "Edit"])
}
