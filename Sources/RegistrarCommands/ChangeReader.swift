import Baselines
import Comparison
import Diagnostics
import Git
import History
import Registry
import Rules
import SourceText
import Syntax

/// What differs between two versions, as commands show it.
struct Changes {
  let old: String
  let new: String
  /// The registers with changes, in the order of the catalogue.
  var registers: [(register: Register, changes: [RecordChange])] = []
  /// The documents that changed.
  var documents: [DocumentChange] = []
  /// The schemas and the catalogue, where they differ.
  var schemas: [TreeChange] = []
  /// References that lead nowhere now.
  var dangling: [RegisterComparison.Dangling] = []
  /// Returns what is behind the change of a record, one line a commit.
  var reasons: (RecordChange) -> [String] = { _ in [] }

  init(old: String, new: String) {
    self.old = old
    self.new = new
  }

  /// The catalogue of the newer version.
  var catalogue: Catalogue?

  /// Returns the registers with changes that a baseline holds.
  func registers(of baseline: Baseline) -> [(register: Register, changes: [RecordChange])] {
    let kept = catalogue?.baselineKind(of: baseline.name)?.registers
    return registers.filter { kept?.contains($0.register.name) ?? true }
  }

  var isEmpty: Bool { registers.isEmpty && documents.isEmpty && schemas.isEmpty }
}

/// A document that changed.
struct DocumentChange {
  /// The id of its record, or the name of its file.
  let id: String
  /// What it is called.
  let title: String
  let redline: Redline
  /// Whether the document came or went, and did not change.
  var isWhole: Bool {
    redline.steps.allSatisfy { $0.old == nil } || redline.steps.allSatisfy { $0.new == nil }
  }
  /// Returns what is behind the change of a passage, by the position of its step.
  var reason: (Int) -> String? = { _ in nil }
}

/// Reads what differs between two trees, and no more than that.
struct ChangeReader {
  let place: Workplace
  let session: Session
  /// The registers, items, files and folders that are asked for; all where there is none.
  let names: [String]
  /// Whether the commits behind each change are looked for.
  var tellsReasons = true

  func changes(from old: any SourceTree, to new: any SourceTree) async throws -> Changes {
    let differing = try TreeChange.between(old, new, under: Catalogue.folders)
    let schemas = differing.filter { $0.path.string.hasPrefix(Catalogue.schemaFolder + "/") }
    let files = differing.filter { $0.path.string.hasPrefix(Catalogue.folder + "/") }
    var dropped = Report()
    guard let rulebook = try Rulebook.read(new, into: &dropped) else {
      throw Failure("\(new.title) has no catalogue that can be read", hint: "Run: registrar check")
    }
    let before = schemas.isEmpty ? rulebook : try Rulebook.read(old, into: &dropped) ?? rulebook
    var (oldEntries, newEntries) = (files.compactMap(\.old), files.compactMap(\.new))
    var oldFiles = try await read(old, oldEntries, before)
    var newFiles = try await read(new, newEntries, rulebook)
    var comparison = RegisterComparison(from: oldFiles, to: newFiles, schemas: schemas)
    // What is gone may be referred to from anywhere.
    if comparison.records.contains(where: { $0.new == nil || $0.formerID != nil }) {
      let folder = RepoPath(Catalogue.folder)
      (oldEntries, newEntries) = (try old.entries(under: folder), try new.entries(under: folder))
      oldFiles = try await read(old, oldEntries, before)
      newFiles = try await read(new, newEntries, rulebook)
      comparison = RegisterComparison(from: oldFiles, to: newFiles, schemas: schemas)
    }
    var changes = Changes(old: old.title, new: new.title)
    changes.catalogue = rulebook.catalogue
    changes.schemas = names.isEmpty ? schemas : []
    let reasons = try reasons(old, new)
    if let reasons { changes.reasons = Self.lines(of: reasons) }
    func add(
      _ redline: Redline, _ id: String, _ title: String?, _ path: RepoPath, _ register: Register
    ) throws {
      guard !redline.changes.isEmpty else { return }
      var change = DocumentChange(
        id: id, title: title.map { "\(id) \($0)" } ?? id, redline: redline)
      if let reasons {
        change.reason = try Self.lines(of: reasons, behind: path, redline, register)
      }
      changes.documents.append(change)
    }
    let wanted = try wanted()
    let records = comparison.records.filter { wanted($0) }
    changes.dangling = comparison.dangling.filter { _ in names.isEmpty }
    for register in rulebook.catalogue.registers {
      var own = records.filter { $0.register == register.name }
      guard !own.isEmpty else { continue }
      own = try await withPositions(own, register, old, new, before, rulebook)
      changes.registers.append((register, own))
      guard register.shape == .document else { continue }
      for change in own {
        guard let record = change.new ?? change.old else { continue }
        func file(_ record: Record?) -> SourceFile {
          record?.node.tree.file ?? SourceFile(path: path, bytes: [])
        }
        let path = record.path
        try add(
          Redline(from: file(change.old), to: file(change.new), register.numbering), change.id,
          record.node["title"]?.text, path, register)
      }
    }
    // A body may differ where the head does not.
    for file in files {
      guard let one = file.old, let two = file.new,
        let register = rulebook.catalogue.registers.first(where: { $0.claims(file.path) }),
        register.shape == .document,
        !comparison.records.contains(where: {
          $0.new?.path == file.path || $0.old?.path == file.path
        }),
        let id = newFiles.file(at: file.path)?.records.first?.id, isNamed(register, id, file.path)
      else { continue }
      let redline = Redline(
        from: try source(old, one.path), to: try source(new, two.path), register.numbering)
      try add(
        redline, id, newFiles.file(at: file.path)?.records.first?.node["title"]?.text, file.path,
        register)
    }
    return changes
  }

  private func source(
    _ tree: any SourceTree, _ path: RepoPath
  ) throws(SourceTreeError) -> SourceFile {
    SourceFile(path: path, bytes: try tree.bytes(of: path, limit: SyntaxLimits().bytes))
  }

  private func read(
    _ tree: any SourceTree, _ entries: [TreeEntry], _ rulebook: Rulebook
  ) async throws -> Snapshot {
    var dropped = Report()
    return try await Snapshot.read(
      tree, entries, by: rulebook, jobs: session.processorCount, into: &dropped)
  }

  // MARK: What is asked for

  private func isNamed(_ register: Register, _ id: String, _ path: RepoPath) -> Bool {
    guard !names.isEmpty else { return true }
    return names.contains { name in
      name == register.name || name == id || register.regularForm(of: name) == id
        || (try? place.path(name, in: session)).flatMap { $0 }.map { path.isInside($0) } == true
    }
  }

  /// Returns whether a change is asked for; fails where a name names nothing at all.
  private func wanted() throws(Failure) -> (RecordChange) -> Bool {
    { change in
      guard !names.isEmpty else { return true }
      let record = change.new ?? change.old
      return names.contains { name in
        if name == change.register || name == change.id || name == change.formerID { return true }
        guard let record, let path = try? place.path(name, in: session) else { return false }
        return record.path.isInside(path) || change.old?.path.isInside(path) == true
      }
    }
  }

  // MARK: Consequences and reasons

  /// Adds how the places of records in their register's order changed, where the order depends on
  /// more than ids.
  private func withPositions(
    _ changes: [RecordChange], _ register: Register, _ old: any SourceTree, _ new: any SourceTree,
    _ before: Rulebook, _ rulebook: Rulebook
  ) async throws -> [RecordChange] {
    let keys = Set(register.order.map(\.property)).subtracting(["id", register.idProperty])
    let isMoved = changes.contains { change in
      change.fields.contains { keys.contains($0.path) } || change.kind != .changed
    }
    guard !keys.isEmpty, isMoved, let earlier = before.catalogue.register(named: register.name)
    else { return changes }
    func positions(
      _ tree: any SourceTree, _ register: Register, _ rulebook: Rulebook
    ) async throws -> [String: Int] {
      let entries = try tree.entries(under: RepoPath(Catalogue.folder))
        .filter { register.claims($0.path) }
      let records = try await read(tree, entries, rulebook).records(of: register)
      return Dictionary(
        records.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { one, _ in one })
    }
    let was = try await positions(old, earlier, before)
    let now = try await positions(new, register, rulebook)
    return changes.map { change in
      guard let record = change.old, let place = was[record.id], let next = now[change.id],
        place != next, change.kind == .changed
      else { return change }
      var change = change
      change.consequences.append(
        .init(name: "position in the register", old: String(place), new: String(next)))
      return change
    }
  }

  /// Returns the commits between two trees.
  private func reasons(_ old: any SourceTree, _ new: any SourceTree) throws -> Reasons? {
    guard tellsReasons, let repository = place.repository, let base = (old as? CommitTree)?.commit,
      let tip = (new as? CommitTree)?.commit ?? (try? repository.commit(at: "HEAD"))
    else { return nil }
    return try Reasons(from: base, to: tip, in: repository)
  }

  /// Returns what is behind the change of a passage: the commit that it comes from.
  ///
  /// What the work tree changed since has none yet.
  private static func lines(
    of reasons: Reasons, behind path: RepoPath, _ redline: Redline, _ register: Register
  ) throws -> (Int) -> String? {
    let (made, removed) = try reasons.passages(behind: path, register.numbering)
    return { position in
      let step = redline.steps[position]
      let commit = step.new.map { made[$0.source] } ?? step.old.map { removed[$0.source] }
      return commit.flatMap(\.self).map(line)
    }
  }

  /// Says which commit it is, when it was made and what it names.
  private static func line(of commit: Commit) -> String {
    let trailers = commit.trailers.map { "; \($0.key): \($0.value)" }.joined()
    return "\(commit.id.description.prefix(7)) \(commit.day) \(commit.subject)\(trailers)"
  }

  private static func lines(of reasons: Reasons) -> (RecordChange) -> [String] {
    { change in
      let paths = Set([change.old?.path, change.new?.path].compactMap(\.self))
      var commits: [Commit] = []
      for commit in paths.sorted().flatMap({ reasons.commits(behind: $0) })
      where !commits.contains(commit) {
        commits.append(commit)
      }
      return commits.map(line)
    }
  }
}
