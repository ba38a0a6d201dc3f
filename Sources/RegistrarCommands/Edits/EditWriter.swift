import Accounts
import Diagnostics
import Editing
import Gate
import Git
import SourceText

/// Changes files of the work tree, all or none, and commits them.
struct EditWriter {
  private let place: Workplace
  private let root: String

  init(_ place: Workplace) throws(Failure) {
    guard let root = place.root else { throw Failure("there is no work tree to write to") }
    self.place = place
    self.root = root
  }

  /// Writes files, each under another name beside its place, which it takes last, and takes away those that go.
  ///
  /// - Throws: `Failure` where one cannot be written, or holds something else than when it was read: another program
  ///   wrote it meanwhile, and its work is kept. All are as they were then.
  func write(_ edits: [FileEdit]) throws(Failure) {
    for edit in edits { try requireUnchanged(edit) }
    for (number, edit) in edits.enumerated() {
      do throws(Failure) {
        try requireUnchanged(edit)
        try write(edit)
      } catch {
        restore(edits.prefix(number))
        throw error
      }
    }
  }

  private func requireUnchanged(_ edit: FileEdit) throws(Failure) {
    let now = try? WorkTree(root: root).bytes(of: edit.path, limit: .max)
    guard now != edit.before else { return }
    let what = edit.before == nil ? "is there now" : now == nil ? "is gone" : "was changed"
    throw Failure(
      "another program was at '\(edit.path)', which \(what) since it was read; nothing is written",
      hint: "Save or close it there, and give the command again")
  }

  private func write(_ edit: FileEdit) throws(Failure) {
    let path = root + "/" + edit.path.string
    guard let bytes = edit.after else {
      FileWriter.remove(path)
      if FileWriter.exists(path) { throw Failure("'\(edit.path)' cannot be taken away") }
      return
    }
    let failure =
      edit.before == nil
      ? FileWriter.create(edit.path, below: root, with: bytes)
      : FileWriter.overwrite(path, with: bytes)
    if let reason = failure {
      throw Failure("'\(edit.path)' cannot be written: \(reason)")
    }
  }

  private func restore(_ edits: some Sequence<FileEdit>) {
    for edit in edits {
      if let bytes = edit.before {
        _ = FileWriter.overwrite(root + "/" + edit.path.string, with: bytes)
      } else {
        FileWriter.remove(root + "/" + edit.path.string)
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
    _ edits: [FileEdit], _ options: EditOptions, _ session: inout Session
  ) async throws -> Outcome {
    let repository = try place.openRepository()
    let message = options.text
    try requireCommitted(edits, session)
    let scratch = try ScratchIndex(of: edits, at: root, repository, session)
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
    let git = session.git(in: root)
    // A file that git never knew goes without a word to it.
    let staged = try place.tree(at: .index)
    let known = try edits.filter { edit in
      try edit.after != nil || staged.entry(at: edit.path) != nil
    }.map(\.path.string)
    try write(edits)
    let new = edits.filter { $0.before == nil }.map(\.path.string)
    var done =
      new.isEmpty ? nil : Program.run(git + ["add", "--intent-to-add", "--"] + new)
    // Where git cannot add a file, a commit would only say that it does not know the file.
    if new.isEmpty || done?.status == 0 {
      done = Program.run(
        git + ["commit", "--quiet", "--only", "--file=-", "--"] + known,
        input: Array(message.utf8))
    }
    guard let done, done.status == 0 else {
      restore(edits)
      if !new.isEmpty { _ = Program.run(git + ["reset", "--quiet", "--"] + new) }
      throw Failure(
        "git does not commit it, and nothing is written: \(done?.errors ?? "git cannot be started")",
        hint: staleLock(git).map { "Where no git runs any more, remove what one left: rm '\($0)'" })
    }
    session.errors.add(escaped: done.errors)
    let commit = Program.run(git + ["log", "-1", "--format=%h %s"])?.output ?? ""
    session.errors += "committed: \(commit.prefix { !$0.isNewline })\n"
    if (try? repository.headName()) == .some(nil) {
      session.errors +=
        "note: the commit is on no branch, as HEAD is; keep it with: git switch -c NAME\n"
    }
    return .clean
  }

  /// Returns the path of the lock of the index, where one is there.
  private func staleLock(_ git: [String]) -> String? {
    let words = ["rev-parse", "--path-format=absolute", "--git-path", "index.lock"]
    let path = Program.run(git + words).map { String($0.output.prefix { !$0.isNewline }) }
    return path.flatMap { FileWriter.exists($0) ? $0 : nil }
  }
}

extension EditWriter {
  /// Makes sure that files have no other changes than those that are to be committed.
  private func requireCommitted(_ edits: [FileEdit], _ session: Session) throws {
    let paths = edits.filter { $0.before != nil }.map(\.path)
    guard !paths.isEmpty else { return }
    let head = try place.headTree()
    var changed = try paths.first { try head?.entry(at: $0) == nil }?.string
    if changed == nil {
      // Git knows how it writes a file into the work tree.
      let git = session.git(in: root) + ["diff", "--name-only", "HEAD", "--"]
      let names = Program.run(git + paths.map(\.string))?.output ?? ""
      changed = names.split(separator: "\n").first.map(String.init)
    }
    guard let changed else { return }
    throw Failure(
      "'\(changed)' has other changes that are not committed, and nothing is written",
      hint: "Commit them first, or leave --commit out")
  }
}

/// The index that a commit of some files on HEAD would have, in a place of its own.
private final class ScratchIndex {
  private let folder: TemporaryDirectory
  let path: String

  init(
    of edits: [FileEdit], at root: String, _ repository: Repository, _ session: Session
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
    for edit in edits {
      guard let bytes = edit.after else {
        _ = try run(["update-index", "--force-remove", "--", edit.path.string])
        continue
      }
      let object = try run(
        ["hash-object", "-w", "--stdin", "--path", edit.path.string], input: bytes)
      let isProgram = WorkTree(root: root).isExecutable(edit.path) ?? false
      let mode = isProgram ? "100755" : "100644"
      _ = try run(["update-index", "--add", "--cacheinfo", "\(mode),\(object),\(edit.path)"])
    }
  }
}

extension Session {
  /// The words that run git in a folder as the session would.
  func git(in folder: String, _ variables: [String: String] = [:]) -> [String] {
    let all = environment.merging(variables) { $1 }.filter { $0.key != "PATH" }
    return ["env"] + all.map { "\($0)=\($1)" }.sorted() + ["git", "-C", folder]
  }
}
