package import Diagnostics
import Registry
import SourceText
import Syntax

extension RegisterRule {
  /// What was open is still there, or there is a record of its end.
  static let nothingOpenVanishes = RegisterRule(
    "nothing-open-vanishes", [.vanished],
    requirement: "What was open is still there at the next version, or has an end.",
    betweenVersions: [.vanished],
    [
      Parameter(
        name: "state", kind: .property, meaning: "The property with the state.", isRequired: false),
      Parameter(
        name: "ended", kind: .texts,
        meaning: "The states in which a record may leave the register; none where none is given.",
        isRequired: false, valuesOf: "state"),
      Parameter(
        name: "tombstones", kind: .register,
        meaning: "The register whose records say with 'register' and 'item' what is gone.",
        isRequired: false),
    ]
  ) { rule, report in
    let state = rule.text("state")
    if let graves = rule.register("tombstones"), rule.index.hasUnread(graves) { return }
    let gone = rule.vanished(
      ended: Set(rule.texts("ended")), state: state, tombstones: rule.tombstones)
    for (record, place) in gone {
      report.error(
        .vanished, .vanished(record.id, state.flatMap { record.node[$0]?.text }), at: place,
        help: rule.helpForVanished(record, state), item: record.id)
    }
  }
}

extension RegisterCase {
  /// Returns what to do about a record that is gone: what the catalogue lets one do.
  fileprivate func helpForVanished(_ record: Record, _ state: String?) -> String {
    let ended = texts("ended")
    let when =
      state.flatMap { state in
        ended.isEmpty
          ? nil
          : ": it may go once its \(state) is "
            + ended.map { "'\($0)'" }.joined(separator: " or ")
      } ?? ""
    return "Put it back" + when
      + (adviceOnTombstone(for: record.id).map { ", or \($0)" } ?? "")
  }

  /// Returns which tombstone to add for an id of this register, and where; `nil` where the catalogue has none.
  func adviceOnTombstone(for id: String) -> String? {
    register("tombstones").map { position in
      let graves = index.snapshot.catalogue.registers[position]
      let place = graves.fixedPaths?.first.map(\.string) ?? "the register '\(graves.name)'"
      if graves.shape == .list {
        let rulebook = index.snapshot.rulebook
        let schema = rulebook.schemas.first { $0.file.path == graves.schemaPath }?.root
        let known = [
          (graves.idProperty, "\(register.name)/\(id)"), ("register", register.name), ("item", id),
        ].map { (name: $0.0, value: $0.1.inFlow) }
        if let form = SchemaTypes(rulebook.schemas).entryForm(of: schema, known: known) {
          return "add to \(place), with what became of it: - \(form)"
        }
      }
      return
        "add an element with 'register: \(register.name)', 'item: \(id)' and what became of it to "
        + place
    }
  }

  /// Returns the records that were there in the version before and are gone without an end.
  ///
  /// - Parameters:
  ///   - ended: The states in which a record may go.
  ///   - state: The property with the state.
  ///   - tombstones: The ids of which it is known why they are gone.
  /// - Returns: The records, and where each would stand.
  func vanished(
    ended: Set<String>, state: String?, tombstones: Set<String>
  ) -> [(record: Record, place: SourceRange)] {
    guard let previous = inspection.previous, let before = inspection.positionBefore(of: position)
    else { return [] }
    // From other files than those that changed nothing goes.
    let records =
      inspection.focus == nil
      ? previous.records[before]
      : inspection.files(in: previous).filter { $0.register == before }.flatMap(\.records)
    let gone = records.filter { record in
      inspection.successor(of: record, in: position) == nil && !tombstones.contains(record.id)
        && !ended.contains(state.flatMap { record.node[$0]?.text } ?? "")
        && !index.isUnread(record.id, in: position)
    }
    guard !gone.isEmpty else { return [] }
    // Each file is looked through once, from its end: what follows a record stands before what it follows.
    var places: [RepoPath: [Int: SourceRange]] = [:]
    return gone.map { record in
      let inFile = places[record.path] ?? self.places(in: record.path, previous, before)
      places[record.path] = inFile
      return (record, inFile[record.node.index] ?? .file(record.path))
    }
  }

  /// Returns for each record of a file of the version before where it would stand now: at the record that followed
  /// it, else at the one that stood before it.
  private func places(
    in path: RepoPath, _ previous: RecordIndex, _ before: Int
  ) -> [Int: SourceRange] {
    let siblings = previous.snapshot.file(at: path)?.records ?? []
    guard siblings.count > 1 else { return [:] }
    var places: [Int: SourceRange] = [:]
    var next: SourceRange?
    for record in siblings.reversed() {
      places[record.node.index] = next
      if let now = inspection.successor(of: record, in: position) { next = now.idNode.range }
    }
    var last: SourceRange?
    for record in siblings {
      if places[record.node.index] == nil { places[record.node.index] = last }
      if let now = inspection.successor(of: record, in: position) { last = now.idNode.range }
    }
    return places
  }
}

extension String {
  /// The text as YAML has it inside of braces.
  fileprivate var inFlow: String {
    let isPlain =
      first?.isLetter == true && allSatisfy { $0.isLetter || $0.isNumber || "/-_.".contains($0) }
    return isPlain ? self : "'\(replacing("'", with: "''"))'"
  }
}

extension Diagnostic.Code {
  /// A record that was open is gone.
  package static let vanished: Self = "record/vanished"
}

extension Diagnostic.Message {
  static func vanished(_ id: String, _ state: String?) -> Self {
    state.map { "'\(id)' was '\($0)' and is gone" } ?? "'\(id)' is gone"
  }
}
