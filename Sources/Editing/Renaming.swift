package import Diagnostics
import JSONSchema
package import Registry
package import Rules
package import SourceText
import Syntax

/// A record gets another id: in its file, in the name of that, and wherever it is named.
package struct Renaming {
  /// What becomes of the ids that the record had.
  private enum Note {
    case unchanged
    case set(Node)
    case removed
  }

  package let record: Record
  /// The position of its register.
  package let register: Int
  package let new: String
  package let places: NamedPlaces
  private let index: RecordIndex
  /// Whether the old id was in a version that somebody may have.
  private let wasKnown: Bool

  /// Prepares a renaming.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - register: The position of its register.
  ///   - new: The id that it is to have.
  ///   - index: The version, of which all was read.
  ///   - wasKnown: Whether the old id was in a version that somebody may have, so that it must lead to the new one.
  package init(
    of record: Record, in register: Int, as new: String, _ index: RecordIndex, wasKnown: Bool
  ) {
    (self.record, self.register, self.new) = (record, register, new)
    (self.index, self.wasKnown) = (index, wasKnown)
    places = NamedPlaces(of: record, in: register, as: new, index)
  }

  private var rulebook: Rulebook { index.snapshot.rulebook }

  /// What the schema says of `formerly`; `nil` where the register has no such field.
  private var formerField: SchemaFields? {
    let own = rulebook.catalogue.registers[register]
    guard let program = rulebook.programs[register],
      case .here(let fields) = SchemaFields(of: program).lookup("formerly"),
      fields.mayBe([.array, .string])
    else { return nil }
    // A table has the columns that it has.
    return own.shape != .table || record.node.member("formerly") != nil || hasColumn ? fields : nil
  }

  private var hasColumn: Bool {
    guard let source = index.snapshot.source(at: record.path),
      let editor = try? TableEditor(source)
    else { return false }
    return editor.columns.contains("formerly")
  }

  /// Whether something leads from the old id to the new one: the field 'formerly' of the record, or a tombstone.
  package var leadsOn: Bool { formerField != nil || graves != nil }

  /// The register of tombstones, where no field notes the ids that records had.
  private var graves: Register? {
    guard formerField == nil else { return nil }
    return rulebook.catalogue.registers[register].graveyards.sorted().lazy
      .compactMap { rulebook.catalogue.register(named: $0) }.first { $0.shape == .list }
  }

  /// Makes the renaming.
  ///
  /// - Parameters:
  ///   - editor: The registers, which are changed where it can be made.
  ///   - kept: Where the record keeps its old name, in the files as they are.
  /// - Returns: The record as it is now.
  /// - Throws: `EditFailure` where it cannot be made.
  package func make(
    in editor: inout ItemEditor, except kept: [SourceRange]
  ) throws(EditFailure) -> ItemEditor.Item {
    var changed = editor
    var files: [RepoPath: [Replacement]] = [:]
    for place in places.places where !kept.contains(place.range) {
      let source = index.snapshot.source(at: place.range.path)
      let old = source.map { $0.text(of: place.range.offsets) } ?? ""
      let expected = place.kind == .id || place.kind == .reference ? record.id : old
      files[place.range.path, default: []].append(
        Replacement(place.range, expected, with: place.replacement, in: place.values))
    }
    for (path, replacements) in files.sorted(by: { $0.key < $1.key }) {
      guard let file = index.snapshot.file(at: path), let source = file.source else { continue }
      try changed.replace(replacements, in: source, of: file.register)
    }
    try note(in: &changed)
    try bury(in: &changed)
    for path in files.keys.sorted() { try move(path, in: &changed) }
    editor = changed
    return ItemEditor.Item(
      id: new, register: register, path: changed.place(of: record.path))
  }

  // MARK: Former ids

  private func note(in editor: inout ItemEditor) throws(EditFailure) {
    let way = NodePath(steps: [.key("formerly")])
    let item = ItemEditor.Item(id: new, register: register, path: record.path)
    switch try note() {
    case .unchanged: break
    case .removed: try editor.apply([Change(way, .remove)], to: item)
    case .set(let value): try editor.apply([Change(way, .set(value))], to: item)
    }
  }

  /// Returns what becomes of the ids that the record had: one that it has again is no former one.
  private func note() throws(EditFailure) -> Note {
    let before = record.formerIDs
    let after = before.filter { $0 != new } + (wasKnown ? [record.id] : [])
    guard let field = formerField, after != before else { return .unchanged }
    guard let last = after.last else { return .removed }
    let isList = record.node["formerly"]?.kind == .array
    if after.count == 1, !isList, field.mayBe(.string) { return .set(.text(last)) }
    guard field.mayBe(.array) else {
      throw EditFailure(
        .noRoomForFormerID,
        "'\(record.id)' was '\(before.last ?? "")' before, and 'formerly' holds one id",
        at: record.node["formerly"]?.range ?? record.idNode.range,
        help: "Let the schema take a list for 'formerly', or keep the id")
    }
    return .set(.list(after.map { .text($0) }))
  }

  /// Says with a tombstone what became of the old id, and takes that of the new one away.
  private func bury(in editor: inout ItemEditor) throws(EditFailure) {
    guard let graves, let position = index.position(ofRegister: graves.name) else { return }
    let name = rulebook.catalogue.registers[register].name
    for grave in index.records[position]
    where grave.node["register"]?.text == name && grave.node["item"]?.text == new {
      try editor.remove(.init(id: grave.id, register: position, path: grave.path))
    }
    guard wasKnown, let path = graves.fixedPaths?.first else { return }
    var values = [
      (key: "register", value: Node.text(name)), (key: "item", value: .text(record.id)),
      (key: "reason", value: .text("It was renamed '\(new)'.")),
    ]
    if becameNames(name, by: position) { values.append((key: "became", value: .text(new))) }
    try editor.add(
      .init(id: "\(name)/\(record.id)", register: position, path: path), values,
      like: index.snapshot.source(at: path))
  }

  /// Whether tombstones may say with 'became' which record of a register something became.
  private func becameNames(_ name: String, by position: Int) -> Bool {
    guard let program = rulebook.programs[position],
      case .here(let field) = SchemaFields(of: program).lookup("became")
    else { return false }
    let references = OwnKeyword.allCases.firstIndex(of: .references).flatMap {
      field.annotations($0).first
    }
    guard let references else { return true }
    return references.text == name || references.elements.contains { $0.text == name }
  }

  // MARK: Files

  /// Gives a file the path that its records have now, where it stood where they belonged.
  private func move(_ path: RepoPath, in editor: inout ItemEditor) throws(EditFailure) {
    guard let before = index.snapshot.file(at: path), let first = before.records.first,
      case let register = rulebook.catalogue.registers[before.register],
      register.fixedPaths == nil, place(of: first, register) == path,
      let bytes = try? editor.tree.bytes(of: path, limit: SyntaxLimits().bytes)
    else { return }
    var (dropped, reader) = (Report(), FileReader(rulebook))
    let after = reader.read(
      SourceFile(path: path, bytes: bytes), of: before.register, into: &dropped)
    let places = Set(after.records.map { place(of: $0, register) })
    guard places.count == 1, let place = places.first ?? nil, place != path else { return }
    try editor.move(path, to: place)
  }

  private func place(of record: Record, _ register: Register) -> RepoPath? {
    register.path(of: record.id) { record.text(of: $0) }
  }

  // MARK: What is final

  /// Returns the texts that are better left as they are: those in which the renaming would change what is final, or
  /// do something else that is an error.
  ///
  /// - Parameters:
  ///   - report: What was found of the renaming.
  ///   - editor: The files as they would be.
  /// - Returns: The places of the names, in the files as they are.
  package func texts(blamedIn report: Report, of editor: ItemEditor) -> [SourceRange] {
    var blamed: [SourceRange] = []
    for finding in report.diagnostics where finding.severity == .error {
      // What is said of a file that is gone is said of no text.
      guard ((try? editor.tree.entry(at: finding.range.path)) ?? nil) != nil else { continue }
      let path = editor.origin(of: finding.range.path)
      let texts = places.places.filter { place in
        place.range.path == path && place.kind != .id && place.kind != .reference
      }
      guard !texts.isEmpty else { continue }
      let start = origin(of: finding.range.offsets.lowerBound, at: path)
      let stop = origin(of: finding.range.offsets.upperBound, at: path)
      let range = SourceRange(path, start..<max(start, stop))
      let inside = texts.filter { $0.range.offsets.overlaps(range.offsets) }
      // The text of a document is blamed at its id.
      let owner = index.record(at: range)?.record.node
      let own = texts.filter { place in
        owner.map { index.record(at: place.range)?.record.node.index == $0.index } ?? true
      }
      blamed += (inside.isEmpty ? own : inside).map(\.range)
    }
    return blamed
  }

  /// Returns where an offset of a file was before the names in it were replaced.
  private func origin(of offset: Int, at path: RepoPath) -> Int {
    var origin = offset
    for place in places.places.filter({ $0.range.path == path }).sorted(by: { $0.range < $1.range })
    where place.range.offsets.lowerBound < origin {
      origin -= place.replacement.utf8.count - place.range.offsets.count
    }
    return max(0, origin)
  }

  // MARK: Findings

  /// Returns what a renaming leaves, and what it would make say something else.
  ///
  /// - Parameter kept: Where the record keeps its old name.
  /// - Returns: Findings whose places are those of the files as they are.
  package func findings(keeping kept: [SourceRange]) -> Report {
    var report = Report()
    for span in places.spans
    where !kept.contains(where: {
      $0.offsets.overlaps(span.range.offsets) && $0.path == span.range.path
    }) {
      let words = index.snapshot.source(at: span.range.path)?.text(of: span.range.offsets) ?? ""
      let range = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if span.isEnd, !span.isOfNew {
        report.error(
          .renamedRange, "the range '\(range)' would go from or to '\(new)'", at: span.range,
          help: "Write the ids of the range out first")
      } else {
        report.warning(
          .renamedRange,
          span.isOfNew
            ? "the range '\(range)' would have '\(new)' in it"
            : "the range '\(range)' would not have '\(record.id)' in it any more",
          at: span.range, help: "Write the ids of the range out if they are meant")
      }
    }
    for range in kept {
      let leads = leadsOn && wasKnown
      report.add(
        Diagnostic(
          leads ? .note : .warning, .keptName, "what is final here keeps the name '\(record.id)'",
          at: range,
          help: leads
            ? "Leave it: \(formerField != nil ? "'formerly'" : "a tombstone") leads from it to '\(new)'"
            : "Let the register have a field 'formerly', which leads from it to '\(new)'"))
    }
    if let first = places.words.first {
      let others = Count(places.words.count, "text")
      report.add(
        Diagnostic(
          .note, .wordAsName,
          "'\(record.id)' stands in \(others) as a word that may mean something else, and stays",
          at: first, related: places.words.dropFirst().prefix(3).map { .init("here too", at: $0) },
          help: "Change it by hand where the record is meant"))
    }
    for range in places.rules {
      report.warning(
        .nameInRules, "catalogue or schema names '\(record.id)', and is not changed", at: range,
        help: "Change it by hand if the record is meant")
    }
    return report
  }
}
