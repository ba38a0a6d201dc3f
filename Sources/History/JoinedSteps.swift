import Diagnostics
import Git
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
    /// Whether only the way is in question, whose steps were judged on another side.
    let isLeap: Bool
  }

  /// A record as one version has it.
  private struct Item {
    let record: Record
    let register: Int
    let path: RepoPath
  }

  /// The records of some files of one version.
  private struct Version {
    var items: [FormerUse: Item] = [:]
    /// By the ids that they had before.
    var renumbered: [FormerUse: Item] = [:]
    var files: [RepoPath: RegisterFile] = [:]
  }

  private let tree: any SourceTree
  private let rulebook: Rulebook
  private let bases: [any SourceTree]
  private let sides: [any SourceTree]
  /// For each side, what differs from it in the result.
  private let changes: [[TreeChange]]
  /// For each side, the paths that differ from every base.
  private let own: [Set<RepoPath>]

  /// Looks what each side changed.
  ///
  /// - Parameters:
  ///   - tree: The result.
  ///   - rulebook: Its catalogue and schemas.
  ///   - bases: What the sides come from; none where they have nothing in common.
  ///   - sides: What is joined.
  ///   - changes: For each side, what differs from it in the result.
  /// - Throws: `SourceTreeError` where a tree cannot be read.
  init(
    to tree: any SourceTree, by rulebook: Rulebook, from bases: [CommitTree],
    over sides: [CommitTree], _ changes: [[TreeChange]]
  ) throws(SourceTreeError) {
    self.tree = tree
    self.rulebook = rulebook
    self.sides = sides
    self.changes = changes
    self.bases = bases.isEmpty ? [MemoryTree([:], title: "nothing")] : bases
    var own: [Set<RepoPath>] = []
    for side in sides {
      var paths: Set<RepoPath>?
      for base in self.bases {
        let differing = try TreeChange.between(base, side, under: Catalogue.folders).map(\.path)
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
    let result = try await version(of: tree, at: paths)
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
        guard let step = try step(with: edits, result, isLeap: question == .way) else { continue }
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
    of tree: any SourceTree, at paths: Set<RepoPath>
  ) async throws(SourceTreeError) -> Version {
    var entries: [TreeEntry] = []
    for path in paths.sorted() {
      if let entry = try tree.entry(at: path), entry.kind == .file { entries.append(entry) }
    }
    var dropped = Report()
    let snapshot = try await Snapshot.read(
      tree, entries, by: rulebook, jobs: 1, judges: false, into: &dropped)
    var version = Version()
    for file in snapshot.files {
      version.files[file.path] = file
      let name = rulebook.catalogue.registers[file.register].name
      for record in file.records {
        let item = Item(record: record, register: file.register, path: file.path)
        version.items[FormerUse(register: name, id: record.id)] = item
        for id in record.formerIDs {
          version.renumbered[FormerUse(register: name, id: id)] = item
        }
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
      let file = versions[side].files[path]
      for record in file?.records ?? [] {
        let item = Item(record: record, register: file?.register ?? 0, path: path)
        let now = result.items[use(item)] ?? result.renumbered[use(item)]
        guard let edit = edit(item, now, question, side, versions, origins) else { continue }
        edits[path, default: [:]][record.id] = .some(edit)
        // The record that it became is not there beside it.
        if let now, now.record.id != record.id || now.path != path {
          edits[now.path, default: [:]][now.record.id] = .some(nil)
        }
      }
      guard question == .step, let new = result.files[path] else { continue }
      // A record that some side has is not new.
      for record in new.records {
        let own = use(Item(record: record, register: new.register, path: path))
        let uses = [own] + record.formerIDs.map { FormerUse(register: own.register, id: $0) }
        let isKnown = versions.contains { version in
          uses.contains { version.items[$0] != nil || version.renumbered[$0] != nil }
        }
        if !isKnown { edits[path, default: [:]][record.id] = .some(nil) }
      }
    }
    return edits
  }

  private func use(_ item: Item) -> FormerUse {
    FormerUse(
      register: rulebook.catalogue.registers[item.register].name, id: item.record.id)
  }

  /// Returns the record of another version that one is, by its id or one that it has in some version.
  private func same(_ item: Item, _ now: Item?, _ version: Version) -> Record? {
    let own = use(item)
    let former = item.record.formerIDs.lazy.compactMap {
      version.items[FormerUse(register: own.register, id: $0)]
    }
    let found =
      version.items[own] ?? version.renumbered[own] ?? former.first
      ?? now.flatMap { version.items[use($0)] }
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
    let keys: Set = ["formerly", rulebook.catalogue.registers[item.register].idProperty]
    let head = value.asked(question, keeping: now.id == own.id ? [] : keys)
    let text = text(base, own, others, now, question)
    switch head {
    case .value(let head): return (head, text ?? now.text)
    case .nothing, .absence: return text.map { (now.node.json, $0) }
    }
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
    let result = try await version(of: tree, at: paths)
    var versions: [Version] = []
    for side in sides { versions.append(try await version(of: side, at: paths)) }
    var origins: [Version] = []
    for base in bases { origins.append(try await version(of: base, at: paths)) }
    var found: [TreeChange] = []
    for path in suspects.sorted() where !isJoined(path, result, versions, origins) {
      found.append(
        TreeChange(path: path, old: try sides[0].entry(at: path), new: try tree.entry(at: path)))
    }
    return found
  }

  /// Whether the result has a file as the only side that changed it, or as all that did.
  private func isTaken(_ path: RepoPath) throws(SourceTreeError) -> Bool {
    func object(_ tree: any SourceTree) throws(SourceTreeError) -> ObjectID? {
      try tree.entry(at: path)?.object
    }
    let entry = try tree.entry(at: path)
    guard entry == nil || entry?.object != nil else { return false }
    let before = try object(bases[0])
    var changed: Set<ObjectID?> = []
    for side in sides {
      let now = try object(side)
      if now != before { changed.insert(now) }
    }
    return changed.isEmpty ? entry?.object == before : changed == [entry?.object]
  }

  /// Whether the records of a file are what the sides give together.
  private func isJoined(
    _ path: RepoPath, _ result: Version, _ versions: [Version], _ origins: [Version]
  ) -> Bool {
    let all = versions + [result]
    let files = all.compactMap { $0.files[path] }
    // A file without records that are known again is its bytes.
    guard files.contains(where: { !$0.records.isEmpty }) else { return false }
    for file in files {
      for record in file.records {
        let item = Item(record: record, register: file.register, path: path)
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
    with edits: Edits, _ result: Version, isLeap: Bool
  ) throws(SourceTreeError) -> Step? {
    guard !edits.isEmpty else { return nil }
    var previous = OverlayTree(over: tree, title: tree.title)
    var changes: [TreeChange] = []
    for (path, records) in edits.sorted(by: { $0.key < $1.key }) {
      guard let register = rulebook.catalogue.registers.first(where: { $0.claims(path) }) else {
        continue
      }
      var rest = records
      var kept: [(head: String, text: ArraySlice<UInt8>, node: Node?)] = []
      for record in result.files[path]?.records ?? [] {
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
    return Step(previous: previous, changes: changes, isLeap: isLeap)
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
