import Accounts
import ArgumentParser
import Diagnostics
import Editing
import History
import JSONSchema
import Registry
import Rules
import SourceText
import Syntax

struct NewItem: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Add a record to a register",
    discussion: """
      The record gets the next free number of its register, which no record has or had on any branch \
      or tag of this clone, and stands in its place: in a file of its own, or in the order of the \
      register's file. Fields are given as to registrar set; those that the schema computes or has a \
      default for follow.
      """)

  @Argument(help: "The register.", completion: .names)
  var register: String

  @Argument(help: "The fields: field=value.", completion: .names)
  var assignments: [String] = []

  @Option(help: ArgumentHelp("What the ids of the series begin with.", valueName: "text"))
  var series: String?

  @OptionGroup var options: EditOptions

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let tree = try place.tree(at: .workTree)
    let snapshot = try await session.snapshotToShow(tree)
    let index = RecordIndex(of: snapshot)
    let registers = snapshot.catalogue.registers
    guard let position = registers.firstIndex(where: { $0.name == register }) else {
      throw Failure(
        "there is no register '\(register)'",
        hint: advice(for: register, among: registers.map(\.name))
          ?? "List them with: registrar list")
    }
    do {
      var draft = try Draft(assignments, of: position, in: snapshot.rulebook)
      let id = try draft.takeID() ?? freeID(in: position, index, place)
      guard !index.has(id, in: position) else {
        throw Failure(
          "'\(register)' has '\(id)' already", hint: "Leave the id out to get the next free one")
      }
      let own = registers[position]
      let values = try draft.values(for: id)
      guard
        let path = own.path(
          of: id, property: { name in values.first { $0.key == name }?.value.text })
      else {
        throw Failure(
          "nothing says which file '\(id)' belongs in",
          hint:
            "Give the fields that its place names: \(own.templates.map(\.text).joined(separator: ", "))"
        )
      }
      var proposal = Proposal(place, tree, index)
      try proposal.add(
        ItemEditor.Item(id: id, register: position, path: path), values,
        named: draft.places)
      return try await proposal.finish(options, &session)
    } catch let fault as Assignment.Fault {
      throw Failure("\(register): \(fault.message)", hint: fault.help)
    } catch let failure as EditFailure {
      return session.tell(failure, in: tree)
    }
  }

  private func freeID(
    in position: Int, _ index: RecordIndex, _ place: Workplace
  ) throws -> String {
    let others = try place.repository.map {
      try KnownIDs.all(of: position, by: index.snapshot.rulebook, in: $0)
    }
    switch index.freeID(in: position, series: series, besides: others ?? []) {
    case .id(let id): return id
    case .several(let prefixes):
      throw Failure(
        "the ids of '\(register)' are of several series",
        hint: "Say which: --series \(prefixes.prefix(8).joined(separator: ", --series "))")
    case .none:
      throw Failure(
        "the ids of '\(register)' cannot be counted on from", hint: "Give the id: id=…")
    }
  }
}

/// The fields of a record that is to be added.
private struct Draft {
  private var record = Node.mapping([])
  private let program: Program?
  private let schema: Node?
  private let idProperty: String
  private let register: String
  /// The fields that were given.
  private(set) var places: [NodePath] = []

  init(_ assignments: [String], of position: Int, in rulebook: Rulebook) throws {
    let register = rulebook.catalogue.registers[position]
    program = rulebook.programs[position]
    schema = rulebook.schemas.first { $0.file.path == register.schemaPath }?.root
    idProperty = register.idProperty
    self.register = register.name
    for text in assignments {
      let change = try Assignment(text).change(of: record, by: program)
      places.append(change.path)
      record = try Self.made(change, of: record)
    }
  }

  /// Makes a change of a record that stands in no file yet.
  private static func made(_ change: Change, of record: Node) throws -> Node {
    guard let path = RepoPath("new.yaml") else { return record }
    let file = SourceFile(path: path, text: record.json + "\n")
    var editor = try YAMLEditor(file)
    try editor.apply(change)
    return editor.root
  }

  /// Takes the id out of the fields, where it was given.
  mutating func takeID() -> String? {
    guard let id = record[idProperty]?.text else { return nil }
    record = .mapping(
      record.members.filter { $0.key.text != idProperty }.map { ($0.key.text ?? "", $0.value) })
    return id
  }

  /// Returns the fields with those that the schema has a default for or computes.
  ///
  /// - Throws: `Failure` where fields are missing that every record has.
  func values(for id: String) throws -> [(key: String, value: Node)] {
    var values = record.members.map { (key: $0.key.text ?? "", value: $0.value) }
    func has(_ name: String) -> Bool { values.contains { $0.key == name } }
    guard let program else { return values }
    let fields = SchemaFields(of: program)
    var missing: [String] = []
    for name in fields.names where name != idProperty && !has(name) {
      let said = schema?["properties"]?[name]
      if let value = said?["default"] {
        values.append((name, value))
      } else if fields.requires(name), said?["x-computed"] != nil {
        // What is computed takes its place.
        values.append((name, .text("?")))
      } else if fields.requires(name) {
        missing.append(name)
      }
    }
    guard missing.isEmpty else {
      let words = missing.map { name -> String in
        guard case .here(let inner) = fields.lookup(name), let known = inner.values else {
          return name
        }
        return "\(name) (\(known.joined(separator: ", ")))"
      }
      throw Failure(
        "'\(id)' lacks what every record of '\(register)' has: \(words.joined(separator: ", "))",
        hint: "Give each as field=value")
    }
    return values
  }
}
