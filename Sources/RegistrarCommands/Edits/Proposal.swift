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

  /// What was found of the changes, where they were judged already.
  private var judged: Report?
  /// What there is to say of them beside, at places of the work tree as it is.
  private var remarks = Report()

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
        hint: assignment.operation == .set
          ? "To give it another id write: registrar rename \(item.id) \(assignment.value)"
          : "Keep the id; a record that has another one is another record")
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
  ///   - following: Fields of a provisional value that the record has only where they can be computed.
  /// - Throws: `EditFailure` where it cannot be added.
  mutating func add(
    _ item: ItemEditor.Item, _ values: [(key: String, value: Node)], named places: [NodePath],
    mayFollow following: [String]
  ) throws(EditFailure) {
    let sibling = index.snapshot.files.last { $0.register == item.register }?.source
    try editor.add(item, values, like: sibling)
    named += places.map { (item.path, $0) }
    try follow(item)
    let record = file(item)?.records.first { $0.id == item.id }
    let missed = following.filter { record?.node[$0]?.text == Draft.provisional }
    guard !missed.isEmpty else { return }
    try editor.apply(missed.map { Change(NodePath(steps: [.key($0)]), .remove) }, to: item)
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

  // MARK: Renaming

  /// Renames a record; where it is named in what is final it keeps the name that it had.
  ///
  /// - Parameters:
  ///   - renaming: The record and its new id.
  ///   - assignments: What is set of it beside.
  ///   - session: How many processors there are.
  /// - Throws: `EditFailure` where it cannot be made, `Assignment.Fault` where a place or value does not fit, and what
  ///   reading versions throws.
  mutating func rename(
    _ renaming: Renaming, _ assignments: [Assignment], _ session: Session
  ) async throws {
    let start = editor
    var kept: [SourceRange] = []
    while true {
      editor = start
      let item = try renaming.make(in: &editor, except: kept)
      for assignment in assignments { try make(assignment, of: item) }
      if assignments.isEmpty { try follow(item) }
      let found = try await findings(session)
      let more = renaming.texts(blamedIn: found, of: editor).filter { !kept.contains($0) }
      judged = found
      guard !more.isEmpty else { break }
      kept += more
    }
    remarks = renaming.findings(keeping: kept)
  }

  // MARK: Judging

  /// Returns what is wrong with the changes: what a check finds of them and not of the work tree as it is.
  private func findings(_ session: Session) async throws -> Report {
    var report: Report
    let current: RecordIndex?
    var before = Increment(current: nil, previous: nil, state: Report())
    var after = before
    if let repository = place.repository {
      var steps = Steps(in: repository, jobs: session.processorCount)
      let parents = try Desk(in: repository).parents
      before = try await steps.verdict(on: tree, after: parents)
      after = try await steps.verdict(on: editor.tree, after: parents)
    }
    if place.repository != nil, before.current == nil {
      // The work tree is what was committed: one step is all.
      (report, current) = (after.found, after.current)
    } else {
      let increment = try await Increment.check(
        from: tree, to: editor.tree, editor.edits.map(\.change), reusing: rulebook,
        jobs: session.processorCount)
      (report, current) = (increment.state, increment.current)
      if let index = after.current {
        report.merge(after.step.without(before.step, index, before.current))
      }
    }
    if let current {
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
    let edits = editor.edits
    let paths = edits.map(\.path)
    guard !paths.isEmpty else {
      session.output += "nothing changes: it is so already\n"
      return .clean
    }
    let reader = ChangeReader(place, session, tellsReasons: false)
    let shown = try await reader.changes(from: tree, to: editor.tree)
    try ChangeView(changes: shown, fields: nil, usesColour: session.usesColour)
      .writeText { session.output += $0 }
    let report = if let judged { judged } else { try await findings(session) }
    for (report, tree) in [(remarks, tree), (report, editor.tree as any SourceTree)]
    where !report.isEmpty {
      session.output += "\n"
      session.tell(
        report, as: .full, summary: "", checked: paths,
        source: { path, _ in Findings.source(at: path, in: tree) })
    }
    let errors = report.count(of: .error) + remarks.count(of: .error)
    guard errors == 0 else {
      session.errors += "nothing is written: the change brings \(Count(errors, "error"))\n"
      return .errorsFound
    }
    guard !options.dryRun else {
      session.errors += "nothing is written: --dry-run\n"
      return .clean
    }
    let writer = try EditWriter(place)
    guard options.commit else {
      try writer.write(edits)
      for (word, paths) in [
        ("written", edits.filter { $0.after != nil }), ("gone", edits.filter { $0.after == nil }),
      ] where !paths.isEmpty {
        session.errors += "\(word): \(paths.map(\.path.string).joined(separator: ", "))\n"
      }
      return .clean
    }
    return try await writer.commit(edits, options, &session)
  }
}
