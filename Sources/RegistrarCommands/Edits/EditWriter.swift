import Accounts
import Diagnostics
import Gate
import Git
import SourceText

/// Writes files of the work tree, all or none, and commits them.
struct EditWriter {
  private let place: Workplace
  private let root: String
  private let tree: any SourceTree

  init(_ place: Workplace, over tree: any SourceTree) throws(Failure) {
    guard let root = place.root else { throw Failure("there is no work tree to write to") }
    self.place = place
    self.root = root
    self.tree = tree
  }

  /// Writes files, each under another name beside its place, which it takes last.
  ///
  /// - Throws: `Failure` where one cannot be written; those before it are as they were.
  func write(_ files: [SourceFile]) throws(Failure) {
    let before = contents(of: files)
    for (number, file) in files.enumerated() {
      makeFolders(of: file.path)
      guard let reason = FileWriter.overwrite(root + "/" + file.path.string, with: file.bytes)
      else {
        continue
      }
      restore(before.prefix(number))
      throw Failure("'\(file.path)' cannot be written: \(reason)")
    }
  }

  /// Returns what files hold before they are written; `nil` for those that are not there.
  private func contents(of files: [SourceFile]) -> [(path: RepoPath, bytes: [UInt8]?)] {
    files.map { ($0.path, try? tree.bytes(of: $0.path, limit: .max)) }
  }

  /// Makes the folders that lead to a file; where one cannot be made, the file cannot be written.
  private func makeFolders(of path: RepoPath) {
    var folders: [RepoPath] = []
    var folder = path.folder
    while let next = folder {
      folders.append(next)
      folder = next.folder
    }
    for folder in folders.reversed() where !FileWriter.exists(root + "/" + folder.string) {
      _ = FileWriter.makeFolder(root + "/" + folder.string)
    }
  }

  private func restore(_ files: some Sequence<(path: RepoPath, bytes: [UInt8]?)>) {
    for (path, bytes) in files {
      if let bytes {
        _ = FileWriter.overwrite(root + "/" + path.string, with: bytes)
      } else {
        FileWriter.remove(root + "/" + path.string)
      }
    }
  }

  /// Commits files, through the gate that hooks are and through the hooks that are installed.
  ///
  /// What else is staged stays staged. Where the commit may not be, nothing is written.
  ///
  /// - Returns: How it ended.
  /// - Throws: `Failure` where git cannot do it.
  func commit(
    _ files: [SourceFile], _ options: EditOptions, _ session: inout Session
  ) async throws -> Outcome {
    let repository = try place.openRepository()
    let message = options.text
    let scratch = try ScratchIndex(of: files, at: root, repository, session)
    var inside = session
    inside.environment["GIT_INDEX_FILE"] = scratch.path
    let gate = Gatekeeper(
      try Workplace(inside).openRepository(), jobs: session.processorCount, today: session.today)
    for (name, judgement) in [
      ("pre-commit", try await gate.staged()), ("commit-msg", try await gate.message(message)),
    ] {
      let outcome = session.tell(
        judgement, of: name, repository, try Workplace(inside).tree(at: .index))
      if outcome != .clean {
        session.errors += "nothing is written\n"
        return outcome
      }
    }
    let before = contents(of: files)
    try write(files)
    let paths = files.map(\.path.string)
    let git = session.git(in: root)
    _ = Program.run(git + ["add", "--intent-to-add", "--"] + paths)
    let done = Program.run(
      git + ["commit", "--quiet", "--only", "--file=-", "--"] + paths, input: Array(message.utf8))
    guard let done, done.status == 0 else {
      restore(before)
      let new = before.filter { $0.bytes == nil }.map(\.path.string)
      if !new.isEmpty { _ = Program.run(git + ["reset", "--quiet", "--"] + new) }
      throw Failure(
        "git does not commit it, and nothing is written: \(done?.errors ?? "git cannot be started")"
      )
    }
    session.errors.add(escaped: done.errors)
    let commit = Program.run(git + ["log", "-1", "--format=%h %s"])?.output ?? ""
    session.errors += "committed: \(commit.prefix { !$0.isNewline })\n"
    return .clean
  }
}

/// The index that a commit of some files on HEAD would have, in a place of its own.
private final class ScratchIndex {
  private let folder: TemporaryDirectory
  let path: String

  init(
    of files: [SourceFile], at root: String, _ repository: Repository, _ session: Session
  ) throws(Failure) {
    guard let folder = TemporaryDirectory() else {
      throw Failure("there is no place for temporary files")
    }
    self.folder = folder
    folder.expect("index")
    path = folder.path + "/index"
    let git = session.git(in: root, ["GIT_INDEX_FILE": path])
    func run(_ words: [String], input: [UInt8] = []) throws(Failure) -> String {
      guard let done = Program.run(git + words, input: input), done.status == 0 else {
        throw Failure("git cannot stage the change: git \(words.joined(separator: " "))")
      }
      return String(done.output.prefix { !$0.isWhitespace })
    }
    if !repository.isUnborn { _ = try run(["read-tree", "HEAD"]) }
    for file in files {
      let object = try run(
        ["hash-object", "-w", "--stdin", "--path", file.path.string], input: file.bytes)
      let isProgram = WorkTree(root: root).isExecutable(file.path) ?? false
      let mode = isProgram ? "100755" : "100644"
      _ = try run(["update-index", "--add", "--cacheinfo", "\(mode),\(object),\(file.path)"])
    }
  }
}

extension Session {
  /// The words that run git in a folder as the session would.
  fileprivate func git(in folder: String, _ variables: [String: String] = [:]) -> [String] {
    let all = environment.merging(variables) { $1 }.filter { $0.key != "PATH" }
    return ["env"] + all.map { "\($0)=\($1)" }.sorted() + ["git", "-C", folder]
  }
}
