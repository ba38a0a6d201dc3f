import Diagnostics
import Git
import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

/// The steps of a merge: from what each side asks of the result, to the result.
///
/// A side asks that what it changed since the merge base is carried on. The version from which the
/// result is judged is therefore the result itself, in which only what the side changed is as the side
/// has it: where another side went on from there, nothing is asked that it was not asked before.
struct JoinedSteps {
  /// A version that asks something, and what it has otherwise than the result.
  struct Step {
    let previous: OverlayTree
    let changes: [TreeChange]
    /// Whether the way is in question, whose steps were judged on another side.
    let stride: Stride
  }

  /// A version, and the catalogue and schemas that it is read by.
  struct Source {
    let tree: any SourceTree
    let rulebook: Rulebook
  }

  /// A record as one version has it.
  private struct Item {
    let record: Record
    /// The register, as the result has it.
    let register: Register
    let path: RepoPath

    var use: FormerUse { FormerUse(register: register.name, id: record.id) }
    var formerUses: [FormerUse] {
      record.formerIDs.map { FormerUse(register: register.name, id: $0) }
    }
  }

  /// The records of some files of one version.
  private struct Version {
    var items: [FormerUse: Item] = [:]
    /// By the ids that they had before.
    var renumbered: [FormerUse: Item] = [:]
    var files: [RepoPath: [Item]] = [:]
  }

  private let result: Source
  private let bases: [Source]
  private let sides: [Source]
  /// For each side, what differs from it in the result.
  private let changes: [[TreeChange]]
  /// For each side, the paths that differ from every base.
  private let own: [Set<RepoPath>]

  /// Looks what each side changed.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - bases: What the sides come from; none where they have nothing in common.
  ///   - sides: What is joined.
  ///   - changes: For each side, what differs from it in the result.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  init(
    to result: Source, from bases: [Source], over sides: [Source], _ changes: [[TreeChange]]
  ) throws(SourceTreeError) {
    self.result = result
    self.sides = sides
    self.changes = changes
    self.bases =
      bases.isEmpty
      ? [Source(tree: MemoryTree([:], title: "nothing"), rulebook: result.rulebook)] : bases
    var own: [Set<RepoPath>] = []
    for side in sides {
      var paths: Set<RepoPath>?
      for base in self.bases {
        let differing = try TreeChange.between(base.tree, side.tree, under: Catalogue.folders).map(
          \.path)
        paths = paths?.intersection(differing) ?? Set(differing)
      }
      own.append(paths ?? [])
    }
    self.own = own
  }

  /// Returns the steps to judge.
  ///
  /// - Returns: The steps; none where the result takes each change of a side as it is.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  func steps() async throws(SourceTreeError) -> [Step] {
    let asked = askedPaths()
    let all = asked.reduce(into: Set<RepoPath>()) { $0.formUnion($1) }
    guard !all.isEmpty else { return [] }
    // A record that has another id now has another file.
    let moved = changes.joined().filter { $0.old == nil || $0.new == nil }.map(\.path)
    let paths = all.union(moved)
    let result = try await version(of: self.result, at: paths)
    var versions: [Version] = []
    for side in sides { versions.append(try await version(of: side, at: paths)) }
    var origins: [Version] = []
    for base in bases {
      origins.append(try await version(of: base, at: paths))
    }
    var steps: [Step] = []
    for side in sides.indices where !asked[side].isEmpty {
      for question in [JoinedValue.Question.step, .way] {
        let edits = edits(
          asked: asked[side], question, side, versions, origins, result)
        guard let step = try step(with: edits, result, question) else { continue }
        steps.append(step)
      }
    }
    return steps
  }

  /// Returns for each side the paths of which it asks something: what it changed and the result has
  /// otherwise; the first also what nobody changed and the result has otherwise than all.
  private func askedPaths() -> [Set<RepoPath>] {
    let differing = changes.map { Set($0.map(\.path)) }
    var asked = zip(differing, own).map { $0.intersection($1) }
    let byAll = differing.dropFirst().reduce(differing.first ?? []) { $0.intersection($1) }
    if !asked.isEmpty { asked[0].formUnion(own.reduce(byAll) { $0.subtracting($1) }) }
    return asked
  }

  private func version(
    of source: Source, at paths: Set<RepoPath>
  ) async throws(SourceTreeError) -> Version {
    var entries: [TreeEntry] = []
    for path in paths.sorted() {
      if let entry = try source.tree.entry(at: path), entry.kind == .file { entries.append(entry) }
    }
    var dropped = Report()
    let snapshot = try await Snapshot.read(
      source.tree, entries, by: source.rulebook, jobs: 1, judges: false, into: &dropped)
    var version = Version()
    for file in snapshot.files {
      let name = snapshot.catalogue.registers[file.register].name
      // What the result has no register for, it cannot carry on.
      guard let register = result.rulebook.catalogue.register(named: name) else { continue }
      let items = file.records.map { Item(record: $0, register: register, path: file.path) }
      version.files[file.path] = items
      for item in items {
        version.items[item.use] = item
        for use in item.formerUses { version.renumbered[use] = item }
      }
    }
    return version
  }

  // MARK: What is asked

  /// What a file of the result has otherwise in the version that asks: a record with the text behind
  /// it, or none.
  private typealias Edits = [RepoPath: [String: (head: String, text: ArraySlice<UInt8>)?]]

  private func edits(
    asked: Set<RepoPath>, _ question: JoinedValue.Question, _ side: Int, _ versions: [Version],
    _ origins: [Version], _ result: Version
  ) -> Edits {
    var edits: Edits = [:]
    for path in asked {
      for item in versions[side].files[path] ?? [] {
        let now = result.items[item.use] ?? result.renumbered[item.use]
        guard let edit = edit(item, now, question, side, versions, origins) else { continue }
        let place = place(of: item, now)
        edits[place, default: [:]][item.record.id] = .some(edit)
        // The record that it became is not there beside it.
        if let now, now.record.id != item.record.id || now.path != place {
          edits[now.path, default: [:]][now.record.id] = .some(nil)
        }
      }
      guard question == .step, let new = result.files[path] else { continue }
      // A record that some side has is not new.
      for item in new {
        let uses = [item.use] + item.formerUses
        let isKnown = versions.contains { version in
          uses.contains { version.items[$0] != nil || version.renumbered[$0] != nil }
        }
        if !isKnown { edits[path, default: [:]][item.record.id] = .some(nil) }
      }
    }
    return edits
  }

  /// Returns where the result would have a record of another version: in its file, unless the register
  /// is kept elsewhere now.
  private func place(of item: Item, _ now: Item?) -> RepoPath {
    guard !item.register.claims(item.path) else { return item.path }
    return now?.path
      ?? item.register.path(of: item.record.id) { item.record.text(of: $0) } ?? item.path
  }

  /// Returns the record of another version that one is, by its id or one that it has in some version.
  private func same(_ item: Item, _ now: Item?, _ version: Version) -> Record? {
    let former = item.formerUses.lazy.compactMap { version.items[$0] }
    let found =
      version.items[item.use] ?? version.renumbered[item.use] ?? former.first
      ?? now.flatMap { version.items[$0.use] }
    return found?.record
  }

  /// Returns what a record was in the version that asks, or `nil` where it asks nothing.
  private func edit(
    _ item: Item, _ now: Item?, _ question: JoinedValue.Question, _ side: Int,
    _ versions: [Version], _ origins: [Version]
  ) -> (head: String, text: ArraySlice<UInt8>)? {
    let others = versions.indices.filter { $0 != side }.map { same(item, now, versions[$0]) }
    let bases = origins.compactMap { same(item, now, $0) }
    let base = bases.first { $0.saysTheSame(as: item.record) } ?? bases.first
    let own = item.record
    guard let now = now?.record else {
      // Another side took out what this one left as it was.
      let isAsked = question == .step && base?.saysTheSame(as: own) != true
      return isAsked ? (own.node.json, own.text) : nil
    }
    let value = JoinedValue(
      base: base?.node, own: own.node, others: others.map { $0?.node }, result: now.node)
    let keys: Set = ["formerly", item.register.idProperty]
    let head = value.asked(
      question, keeping: now.id == own.id ? [] : keys, leaving: computed(in: now, item.register))
    let text = text(base, own, others, now, question)
    switch head {
    case .value(let head): return (head, text ?? now.text)
    case .nothing, .absence: return text.map { (now.node.json, $0) }
    }
  }

  /// Returns the properties of a record of the result that follow from others.
  private func computed(in record: Record, _ register: Register) -> Set<String> {
    let rulebook = result.rulebook
    guard
      let position = rulebook.catalogue.registers.firstIndex(where: { $0.name == register.name }),
      let program = rulebook.programs[position]
    else { return [] }
    var dropped = Report()
    let annotations = Evaluator(program, collectsAnnotations: true).check(
      record.node, into: &dropped)
    let values = Set(
      annotations.filter { OwnKeyword.allCases[$0.keyword] == .computed }.map(\.instance.index))
    return Set(
      record.node.members.filter { values.contains($0.value.index) }.compactMap(\.key.text))
  }

  /// Returns the text of a document that the result has to follow; `nil` for its own.
  private func text(
    _ base: Record?, _ own: Record, _ others: [Record?], _ now: Record,
    _ question: JoinedValue.Question
  ) -> ArraySlice<UInt8>? {
    guard own.text != now.text else { return nil }
    let before = base?.text
    let isOwn = own.text != before
    guard isOwn || !others.contains(where: { $0?.text != before }) else { return nil }
    let isTaken = others.contains { $0?.text != before && $0?.text == now.text }
    return isTaken == (question == .way) ? own.text : nil
  }

  // MARK: What the merge changed by itself

  /// Returns the files in which the result is not what its sides give together.
  ///
  /// - Returns: What differs from the first side in them.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  func ownChanges() async throws(SourceTreeError) -> [TreeChange] {
    let all = changes.joined().map(\.path) + own.joined()
    var suspects: Set<RepoPath> = []
    for path in Set(all) where try !isTaken(path) { suspects.insert(path) }
    guard !suspects.isEmpty else { return [] }
    let moved = Set(all.filter { path in changes.contains { $0.contains { $0.path == path } } })
    let paths = suspects.union(moved)
    let result = try await version(of: self.result, at: paths)
    var versions: [Version] = []
    for side in sides { versions.append(try await version(of: side, at: paths)) }
    var origins: [Version] = []
    for base in bases { origins.append(try await version(of: base, at: paths)) }
    var found: [TreeChange] = []
    for path in suspects.sorted() where !isJoined(path, result, versions, origins) {
      found.append(
        TreeChange(
          path: path, old: try sides[0].tree.entry(at: path),
          new: try self.result.tree.entry(at: path)))
    }
    return found
  }

  /// Whether the result has a file as the only side that changed it, or as all that did.
  private func isTaken(_ path: RepoPath) throws(SourceTreeError) -> Bool {
    func object(_ tree: any SourceTree) throws(SourceTreeError) -> ObjectID? {
      try tree.entry(at: path)?.object
    }
    let entry = try result.tree.entry(at: path)
    guard entry == nil || entry?.object != nil else { return false }
    let before = try object(bases[0].tree)
    var changed: Set<ObjectID?> = []
    for side in sides {
      let now = try object(side.tree)
      if now != before { changed.insert(now) }
    }
    return changed.isEmpty ? entry?.object == before : changed == [entry?.object]
  }

  /// Whether the records of a file are what the sides give together.
  private func isJoined(
    _ path: RepoPath, _ result: Version, _ versions: [Version], _ origins: [Version]
  ) -> Bool {
    let items = (versions + [result]).flatMap { $0.files[path] ?? [] }
    // A file without records that are known again is its bytes.
    guard !items.isEmpty else { return false }
    for item in items {
      let sides = versions.map { same(item, nil, $0) }
      let bases = origins.compactMap { same(item, nil, $0) }
      let base =
        bases.first { base in sides.contains { $0?.saysTheSame(as: base) == true } }
        ?? bases.first
      let now = same(item, nil, result)
      let value = JoinedValue(
        base: base?.node, own: sides[0]?.node, others: sides.dropFirst().map { $0?.node },
        result: now?.node)
      guard value.isJoined, hasLines(now, of: sides) else { return false }
    }
    return true
  }

  /// Whether each line of a document's text is one of some side.
  private func hasLines(_ record: Record?, of sides: [Record?]) -> Bool {
    guard let text = record?.text, !sides.contains(where: { $0?.text == text }) else { return true }
    let known = Set(sides.compactMap(\.self).flatMap { $0.text.split(separator: 0x0A) })
    return text.split(separator: 0x0A).allSatisfy(known.contains)
  }

  // MARK: The version that asks

  private func step(
    with edits: Edits, _ result: Version, _ question: JoinedValue.Question
  ) throws(SourceTreeError) -> Step? {
    guard !edits.isEmpty else { return nil }
    let tree = self.result.tree
    var previous = OverlayTree(over: tree, title: tree.title)
    var changes: [TreeChange] = []
    for (path, records) in edits.sorted(by: { $0.key < $1.key }) {
      let registers = self.result.rulebook.catalogue.registers
      guard let register = registers.first(where: { $0.claims(path) }) else { continue }
      var rest = records
      var kept: [(head: String, text: ArraySlice<UInt8>, node: Node?)] = []
      for record in result.files[path]?.map(\.record) ?? [] {
        guard let edit = rest.removeValue(forKey: record.id) else {
          kept.append((record.node.json, record.text, record.node))
          continue
        }
        if let edit { kept.append((edit.head, edit.text, nil)) }
      }
      for (_, edit) in rest.sorted(by: { $0.key < $1.key }) {
        if let edit { kept.append((edit.head, edit.text, nil)) }
      }
      previous[path] = .some(Self.bytes(kept.map { ($0.head, $0.text) }, register.shape, path))
      changes.append(
        TreeChange(path: path, old: try previous.entry(at: path), new: try tree.entry(at: path)))
    }
    return Step(previous: previous, changes: changes, stride: question == .way ? .walked : .step)
  }

  /// Returns a file of a register with the given records; `nil` where one of its shape needs one.
  private static func bytes(
    _ records: [(head: String, text: ArraySlice<UInt8>)], _ shape: Catalogue.Shape, _ path: RepoPath
  ) -> [UInt8]? {
    switch shape {
    case .record: return records.first.map { Array($0.head.utf8) }
    case .document:
      return records.first.map { Array("---\n\($0.head)\n---\n".utf8) + $0.text }
    case .list: return Array(("[" + records.map(\.head).joined(separator: ",\n") + "]\n").utf8)
    case .table:
      var columns: [String] = []
      var rows: [[String: String]] = []
      for record in records {
        var dropped = Report()
        let source = SourceFile(path: path, bytes: Array(record.head.utf8))
        let members = JSONReader.tree(of: source, into: &dropped)?.root?.members ?? []
        let cells = members.compactMap { member in
          member.key.text.map { ($0, member.value.text ?? "") }
        }
        columns += cells.map(\.0).filter { !columns.contains($0) }
        rows.append(Dictionary(cells, uniquingKeysWith: { $1 }))
      }
      let lines = [columns] + rows.map { row in columns.map { row[$0] ?? "" } }
      let text = lines.map { line in
        line.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
      }
      return Array(text.joined().utf8)
    }
  }
}
