import Comparison
import Diagnostics
import Git
import Registry
import SourceText
import Syntax

/// The files of one register in the commits of a history, each version read once and no more of it than
/// the question needs.
struct FileVersions {
  /// A file in one commit.
  struct Version {
    let source: SourceFile
    let shape: Catalogue.Shape
    let rulebook: Rulebook
  }

  /// What a commit did to one file.
  struct Step {
    /// The changes of its records.
    var changes: [RecordChange] = []
    /// Whether it cannot be read before, and now.
    var wasBroken = false
    var isBroken = false
  }

  private let register: String
  /// What judges where a commit has no catalogue that can be read, or none with the register.
  private let rulebook: Rulebook
  private var rulebooks = Rulebooks()
  private var trees: CommitTrees
  private var passages: [ObjectID: [Passage]] = [:]

  init(of register: String, in repository: Repository, by rulebook: Rulebook) {
    self.register = register
    self.rulebook = rulebook
    trees = CommitTrees(in: repository)
  }

  mutating func tree(of commit: ObjectID) throws(GitError) -> CommitTree {
    try trees.tree(of: commit)
  }

  /// Returns the rulebook of a commit, or the one to fall back on where it says nothing of the register.
  private mutating func rulebook(of tree: CommitTree) throws(SourceTreeError) -> Rulebook {
    guard let own = try rulebooks.rulebook(of: tree) else {
      try rulebooks.remember(rulebook, of: tree)
      return rulebook
    }
    return own.catalogue.register(named: register) == nil ? rulebook : own
  }

  /// Returns a file as a commit has it; `nil` where it has none.
  mutating func version(
    at path: RepoPath, in tree: CommitTree?
  ) throws(SourceTreeError) -> Version? {
    guard let tree, try tree.entry(at: path)?.kind == .file else { return nil }
    var rulebook = try rulebook(of: tree)
    // Where the register was elsewhere, or of another shape, later catalogues know the file no more.
    if rulebook.catalogue.register(named: register)?.claims(path) != true {
      rulebook = self.rulebook
    }
    let shape = rulebook.catalogue.register(named: register)?.shape ?? .record
    let source = SourceFile(path: path, bytes: try tree.bytes(of: path, limit: .max))
    return Version(source: source, shape: shape, rulebook: rulebook)
  }

  /// Returns what differs in the records of a file between two versions.
  ///
  /// Of a file of many records only the stretch is parsed in which the versions differ.
  ///
  /// - Parameters:
  ///   - old: The file before; `nil` where there was none.
  ///   - new: The file now; `nil` where there is none.
  /// - Returns: The changes of its records.
  /// - Throws: `SourceTreeError` where that is not possible at all.
  func step(from old: Version?, to new: Version?) async throws(SourceTreeError) -> Step {
    if let old, let new, old.shape == new.shape,
      let (before, now) = Stretch.differing(old.source, new.source, shape: new.shape)
    {
      let (one, two) = (try await snapshot(old, before), try await snapshot(new, now))
      if !one.isBroken, !two.isBroken {
        return Step(changes: RegisterComparison(from: one.snapshot, to: two.snapshot).records)
      }
    }
    var (one, two): (Parsed?, Parsed?)
    if let old { one = try await snapshot(old, old.source) }
    if let new { two = try await snapshot(new, new.source) }
    var step = Step(
      wasBroken: one?.isUnreadable ?? false, isBroken: two?.isUnreadable ?? false)
    guard !step.wasBroken, !step.isBroken else { return step }
    var dropped = Report()
    let none = try await Snapshot.read(
      MemoryTree(bytes: [:]), [], by: (new ?? old)?.rulebook ?? rulebook, jobs: 1,
      into: &dropped)
    step.changes =
      RegisterComparison(from: one?.snapshot ?? none, to: two?.snapshot ?? none).records
    return step
  }

  private struct Parsed {
    let snapshot: Snapshot
    let isBroken: Bool
    /// Whether no record can be made out.
    var isUnreadable: Bool { isBroken && snapshot.recordCount == 0 }
  }

  private func snapshot(
    _ version: Version, _ source: SourceFile
  ) async throws(SourceTreeError) -> Parsed {
    let path = version.source.path
    let isTooLarge = source.bytes.count > SyntaxLimits().bytes
    let tree = MemoryTree(bytes: [path.string: isTooLarge ? [] : source.bytes])
    var report = Report()
    let snapshot = try await Snapshot.read(
      tree, [TreeEntry(path: path, kind: .file)], by: version.rulebook, jobs: 1, judges: false,
      into: &report)
    return Parsed(snapshot: snapshot, isBroken: report.hasErrors || isTooLarge)
  }

  /// Returns the records that came, went or moved between the files of the register in a commit.
  ///
  /// Files of one record that are there before and after are not among what is read.
  mutating func moves(from old: CommitTree, to new: CommitTree) async throws -> [RecordChange] {
    let (earlier, later) = (try rulebook(of: old), try rulebook(of: new))
    func isWanted(_ path: RepoPath, _ rulebook: Rulebook) -> Bool {
      rulebook.catalogue.register(named: register)?.claims(path) ?? false
    }
    func isShared(_ rulebook: Rulebook) -> Bool {
      let shape = rulebook.catalogue.register(named: register)?.shape
      return shape == .list || shape == .table
    }
    let changes = try new.changes(since: old)
    let gone = changes.filter { $0.new == nil || isShared(earlier) }.compactMap(\.old)
      .filter { $0.kind == .file && isWanted($0.path, earlier) }
    guard !gone.isEmpty else { return [] }
    let come = changes.filter { $0.old == nil || isShared(later) }.compactMap(\.new)
      .filter { $0.kind == .file && isWanted($0.path, later) }
    var dropped = Report()
    let one = try await Snapshot.read(
      old, gone, by: earlier, jobs: 1, judges: false, into: &dropped)
    let two = try await Snapshot.read(new, come, by: later, jobs: 1, judges: false, into: &dropped)
    return RegisterComparison(from: one, to: two).records.filter { $0.register == register }
  }

  /// Returns the passages of a document.
  mutating func passages(
    at path: RepoPath, in tree: CommitTree?, _ numbering: Numbering?
  ) throws(SourceTreeError) -> [Passage] {
    guard let tree, let entry = try tree.entry(at: path), entry.kind == .file,
      let blob = entry.object
    else { return [] }
    if let known = passages[blob] { return known }
    // A walk compares each version with the next: few are needed at once.
    if passages.count >= 16 { passages = [:] }
    let source = SourceFile(path: path, bytes: try tree.bytes(of: path, limit: .max))
    let found = Passage.passages(of: source, numbering)
    passages[blob] = found
    return found
  }
}
