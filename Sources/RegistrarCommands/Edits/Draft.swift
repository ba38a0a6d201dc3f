import Accounts
import Diagnostics
import Editing
import JSONSchema
import Registry
import SourceText
import Syntax

/// The fields of a record that is to be added.
struct Draft {
  private var record = Node.mapping([])
  private let program: Program?
  private let schema: Node?
  private let register: Register
  /// The fields that were given.
  private(set) var places: [NodePath] = []

  private init(of position: Int, in rulebook: Rulebook) {
    let register = rulebook.catalogue.registers[position]
    program = rulebook.programs[position]
    schema = rulebook.schemas.first { $0.file.path == register.schemaPath }?.root
    self.register = register
  }

  /// Makes a draft of assignments.
  ///
  /// - Throws: `Assignment.Fault` where one does not fit, `EditFailure` where a value cannot be written.
  init(_ assignments: [String], of position: Int, in rulebook: Rulebook) throws {
    self.init(of: position, in: rulebook)
    for text in assignments {
      let change = try Assignment(text).change(of: record, by: program)
      places.append(change.path)
      record = try Self.made(change, of: record)
    }
  }

  /// Reads a draft that somebody wrote; a field without a value is none.
  ///
  /// - Throws: `Failure` where it is no mapping of fields.
  init(reading text: String, of position: Int, in rulebook: Rulebook) throws(Failure) {
    self.init(of: position, in: rulebook)
    guard let path = RepoPath("draft.yaml") else { return }
    let file = SourceFile(path: path, text: text)
    var report = Report()
    let root = ValueFile.tree(of: file, into: &report)?.root
    if let fault = report.sorted.first(where: { $0.severity == .error && $0.code != .emptyYAML }) {
      let line = LineIndex(file).position(at: fault.range.offsets.lowerBound).line
      throw Failure("line \(line) of the draft: \(fault.message.text)", hint: fault.help)
    }
    guard root == nil || root?.kind == .object || root?.kind == .null else {
      throw Failure("the draft has no fields", hint: "Write each as field: value")
    }
    let members = (root?.members ?? []).filter { $0.value.kind != .null && $0.value.text != "" }
    record = .mapping(members.map { ($0.key.text ?? "", $0.value) })
    places = members.map { NodePath(steps: [.key($0.key.text ?? "")]) }
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
    guard let id = record[register.idProperty]?.text else { return nil }
    record = .mapping(
      record.members.filter { $0.key.text != register.idProperty }
        .map { ($0.key.text ?? "", $0.value) })
    return id
  }

  /// What stands for a value that is yet to be computed.
  static let provisional = "?"

  /// Returns the fields with those that the schema has a default for or computes.
  ///
  /// - Parameters:
  ///   - id: The id that the record gets.
  ///   - others: Records of the register, as examples.
  /// - Returns: The fields with their values.
  /// - Throws: `Failure` where fields are missing that every record has.
  func values(
    for id: String, like others: [Record]
  ) throws(Failure) -> [(key: String, value: Node)] {
    let missing = missing
    guard missing.isEmpty else {
      let words = missing.map { name in
        choices(of: name).map { "\(name) (\($0.joined(separator: ", ")))" } ?? name
      }
      throw Failure(
        "'\(id)' lacks what every record of '\(register.name)' has: \(words.joined(separator: ", "))",
        hint: "Give each as field=value" + Self.forms(of: missing, in: others))
    }
    var values = record.members.map { (key: $0.key.text ?? "", value: $0.value) }
    for name in names where record[name] == nil {
      if let value = schema?["properties"]?[name]?["default"] {
        values.append((name, value))
      } else if isComputed(name) || mayFollow.contains(name) {
        // What is computed takes its place.
        values.append((name, .text(Self.provisional)))
      }
    }
    return values
  }

  /// The fields that a record may have and that follow from others, where those are there.
  var mayFollow: [String] {
    // A cell of a table is there anyway, or has no column.
    guard register.shape != .table else { return [] }
    return names.filter {
      record[$0] == nil && !isRequired($0) && schema?["properties"]?[$0]?["x-computed"] != nil
        && schema?["properties"]?[$0]?["default"] == nil
    }
  }

  /// Returns how other records have the first list or mapping of some fields, as the end of a sentence.
  private static func forms(of names: [String], in others: [Record]) -> String {
    let forms = names.compactMap { name in
      others.compactMap { $0.node[name] }.filter { $0.kind == .array || $0.kind == .object }
        .map { "'\(name)=\($0.json)'" }.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }.filter { $0.utf8.count < 200 }
    return forms.isEmpty ? "" : ", a list as in: " + forms.joined(separator: " ")
  }

  /// The fields that every record has and this one has not.
  var missing: [String] {
    names.filter { name in
      isRequired(name) && record[name] == nil && !isComputed(name)
        && schema?["properties"]?[name]?["default"] == nil
    }
  }

  // MARK: Schema

  private var fields: SchemaFields? { program.map { SchemaFields(of: $0) } }
  private var names: [String] { (fields?.names ?? []).filter { $0 != register.idProperty } }

  private func isRequired(_ name: String) -> Bool { fields?.requires(name) ?? false }

  /// Whether a field is one that every record has and that follows from others.
  private func isComputed(_ name: String) -> Bool {
    isRequired(name) && schema?["properties"]?[name]?["x-computed"] != nil
  }

  private func choices(of name: String) -> [String]? {
    guard case .here(let inner)? = fields?.lookup(name) else { return nil }
    return inner.values
  }

  // MARK: Text

  /// Returns the draft as somebody may write it on: what is given, what is missing, and what there is beside.
  ///
  /// - Parameter id: The id that the record gets.
  /// - Returns: YAML with comments.
  func text(for id: String) -> String {
    var text = """
      # A new record of '\(register.name)': \(register.title.replacing("\n", with: " ")).
      # A field without a value is left out. Without a change nothing is written.
      \(register.idProperty): \(id.isEmpty ? "" : Node.text(id).json)

      """
    let missing = Set(missing)
    for name in names where record[name] != nil || missing.contains(name) {
      text += "\n" + comment(on: name)
      text += "\(name):\(record[name].map { " " + $0.json } ?? "")\n"
    }
    let others = names.filter { record[$0] == nil && !missing.contains($0) && !isComputed($0) }
    if !others.isEmpty { text += "\n# What a record may have beside:\n" }
    for name in others { text += comment(on: name) + "# \(name):\n" }
    return text
  }

  /// Returns what the schema says of a field, as lines of comment.
  private func comment(on name: String) -> String {
    let description = schema?["properties"]?[name]?["description"]?.text
    let values = choices(of: name).map { "One of: \($0.joined(separator: ", "))." }
    return [description, values].compactMap(\.self)
      .map { "# \($0.replacing("\n", with: " "))\n" }.joined()
  }
}
