import Accounts
import Diagnostics
import Editing
import Git
import History
import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

/// Changes of the work tree that are made in memory, shown, checked, and only then written.
struct Proposal {
  let place: Workplace
  private let tree: any SourceTree
  private let index: RecordIndex
  private var editor: ItemEditor
  /// The fields that the user set: they do not follow from others.
  private var named: [(path: RepoPath, place: NodePath)] = []

  /// Begins with the work tree.
  ///
  /// - Parameters:
  ///   - place: Where the user is.
  ///   - tree: The work tree.
  ///   - index: Its records.
  init(_ place: Workplace, _ tree: any SourceTree, _ index: RecordIndex) {
    self.place = place
    self.tree = tree
    self.index = index
    editor = ItemEditor(tree, index.snapshot.rulebook, title: "as edited")
  }

  private var rulebook: Rulebook { index.snapshot.rulebook }

  /// Makes an assignment, and lets what is computed follow.
  ///
  /// - Parameters:
  ///   - assignment: What the user wrote.
  ///   - item: The item.
  /// - Throws: `Assignment.Fault` where its place or value does not fit, `EditFailure` where the file cannot be
  ///   edited so.
  mutating func make(_ assignment: Assignment, of item: ItemEditor.Item) throws {
    guard let record = file(item)?.records.first(where: { $0.id == item.id }) else {
      throw Failure("'\(item.id)' cannot be read any more")
    }
    let change = try assignment.change(of: record.node, by: rulebook.programs[item.register])
    if change.path.steps.first == .key(rulebook.catalogue.registers[item.register].idProperty) {
      throw Failure(
        "'\(item.id)' is known by its id, which is not set",
        hint: "Keep the id; a record that has another one is another record")
    }
    try editor.apply([change], to: item)
    named.append((item.path, change.path))
    try follow(item)
  }

  /// Adds a record, and lets what is computed follow.
  ///
  /// - Parameters:
  ///   - item: The record.
  ///   - values: Its fields.
  ///   - places: Those that the user gave.
  /// - Throws: `EditFailure` where it cannot be added.
  mutating func add(
    _ item: ItemEditor.Item, _ values: [(key: String, value: Node)], named places: [NodePath]
  ) throws(EditFailure) {
    let sibling = index.snapshot.files.last { $0.register == item.register }?.source
    try editor.add(item, values, like: sibling)
    named += places.map { (item.path, $0) }
    try follow(item)
  }

  /// Writes the text of a clause.
  mutating func set(clause: String, of item: ItemEditor.Item, to text: String) throws(EditFailure) {
    try editor.set(clause: clause, of: item, to: text)
  }

  /// Returns the file of an item as it is now.
  private func file(_ item: ItemEditor.Item) -> RegisterFile? {
    guard let bytes = try? editor.tree.bytes(of: item.path, limit: SyntaxLimits().bytes) else {
      return nil
    }
    var dropped = Report()
    var reader = FileReader(rulebook)
    return reader.read(
      SourceFile(path: item.path, bytes: bytes), of: item.register, into: &dropped)
  }

  /// Sets the stored values that follow from others, which may follow from each other.
  private mutating func follow(_ item: ItemEditor.Item) throws(EditFailure) {
    for _ in 0..<8 {
      guard let file = file(item) else { return }
      let changes = index.staleValues(of: file, in: item.register).compactMap { stale -> Change? in
        guard let record = file.record(holding: stale.node), record.id == item.id,
          let path = record.node.path(to: stale.node),
          !named.contains(where: { $0.path == item.path && $0.place == path })
        else { return nil }
        return Change(path, .set(stale.computed))
      }
      guard !changes.isEmpty else { return }
      try editor.apply(changes, to: item)
    }
  }

  // MARK: Judging

  /// The files that differ from the work tree.
  private var changes: [TreeChange] {
    editor.paths.compactMap { path in
      let before = try? tree.bytes(of: path, limit: .max)
      guard before != editor.tree[path]?.flatMap(\.self) else { return nil }
      return TreeChange(
        path: path, old: before.map { _ in TreeEntry(path: path, kind: .file) },
        new: TreeEntry(path: path, kind: .file))
    }
  }

  /// Returns what is wrong with the changes: what a check finds of them and not of the work tree as it is.
  private func findings(_ session: Session) async throws -> Report {
    let increment = try await Increment.check(
      from: tree, to: editor.tree, changes, reusing: rulebook, jobs: session.processorCount)
    var report = increment.state
    if let repository = place.repository {
      var way = Way(in: repository, jobs: session.processorCount)
      let desk = Way.End.desk(try Desk(in: repository))
      let before = try await way.found(to: tree, nil, at: desk, since: nil)
      let after = try await way.found(to: editor.tree, nil, at: desk, since: nil)
      for (old, new) in zip(before, after) {
        guard let current = new.current else { continue }
        report.merge(new.step.without(old.step, current, old.current))
      }
    }
    if let current = increment.current {
      _ = Waivers(in: current).apply(to: &report, current, today: session.today, isWhole: false)
    }
    return report
  }

  /// Shows the changes, checks them, and writes them where nothing speaks against it.
  ///
  /// - Parameters:
  ///   - options: Whether to write, and to commit.
  ///   - session: Where output goes.
  /// - Returns: How it ended: with errors where the changes bring some; nothing is written then.
  /// - Throws: `Failure` where something cannot be written, and what reading versions throws.
  func finish(_ options: EditOptions, _ session: inout Session) async throws -> Outcome {
    let paths = changes.map(\.path)
    guard !paths.isEmpty else {
      session.output += "nothing changes: it is so already\n"
      return .clean
    }
    let reader = ChangeReader(place, session, tellsReasons: false)
    let shown = try await reader.changes(from: tree, to: editor.tree)
    try ChangeView(changes: shown, fields: nil, usesColour: session.usesColour)
      .writeText { session.output += $0 }
    let report = try await findings(session)
    if !report.isEmpty {
      session.output += "\n"
      session.tell(
        report, as: .full, summary: "", checked: paths,
        source: { path, _ in Findings.source(at: path, in: editor.tree) })
    }
    guard !report.hasErrors else {
      session.errors +=
        "nothing is written: the change brings \(Count(report.count(of: .error), "error"))\n"
      return .errorsFound
    }
    guard !options.dryRun else {
      session.errors += "nothing is written: --dry-run\n"
      return .clean
    }
    let files = paths.compactMap { path in
      (editor.tree[path]?.flatMap(\.self)).map { SourceFile(path: path, bytes: $0) }
    }
    let writer = try EditWriter(place, over: tree)
    guard options.commit else {
      try writer.write(files)
      session.errors += "written: \(paths.map(\.string).joined(separator: ", "))\n"
      return .clean
    }
    return try await writer.commit(files, options, &session)
  }
}
