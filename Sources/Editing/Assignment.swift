import Comparison
import Diagnostics
package import JSONSchema
import Registry
import SourceText
package import Syntax

/// A change as a user writes it: `due=2017-04-01`, `mitigations[1].state=done`, `affects+=SEC-H`.
package struct Assignment: Sendable {
  package enum Operation: Hashable, Sendable {
    case set
    /// Adds an element to a list.
    case append
    /// Takes an element out of a list.
    case takeOut
    /// Takes the field or the element out.
    case unset
  }

  /// Why an assignment cannot be made, and what to do.
  package struct Fault: Error, Hashable, Sendable {
    package let message: String
    package let help: String?

    init(_ message: String, _ help: String? = nil) {
      self.message = message
      self.help = help
    }
  }

  /// The place as it was written.
  package let place: String
  package let operation: Operation
  /// The value as it was written; empty where something is taken out.
  package let value: String

  /// Reads an assignment.
  ///
  /// - Parameter text: A place, `=`, `+=` or `-=`, and a value.
  /// - Throws: `Fault` where it is none.
  package init(_ text: String) throws(Fault) {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
      throw Fault(
        "'\(text)' is no assignment", "Write it as: field=value, list+=value or list-=value")
    }
    value = String(text[text.index(after: sign)...])
    let before = text.index(before: sign)
    switch text[before] {
    case "+": (operation, place) = (.append, String(text[..<before]))
    case "-": (operation, place) = (.takeOut, String(text[..<before]))
    default: (operation, place) = (.set, String(text[..<sign]))
    }
    guard !value.isEmpty else {
      throw Fault(
        "'\(text)' gives '\(place)' no value", "To take the field out write: --unset \(place)")
    }
  }

  /// What takes a field or an element out.
  ///
  /// - Parameter place: The place.
  package init(unsetting place: String) {
    (self.place, operation, value) = (place, .unset, "")
  }

  /// Returns the change of a record that is meant.
  ///
  /// - Parameters:
  ///   - record: The record as it is now.
  ///   - program: The schema of its register, where it could be compiled.
  /// - Returns: The change.
  /// - Throws: `Fault` where the record cannot have the place or the value.
  package func change(of record: Node, by program: Program?) throws(Fault) -> Change {
    let target = try target(in: record, program)
    switch operation {
    case .set:
      let value = try TypedValue(target.fields, place).value(of: value, in: target.node)
      return Change(target.path, .set(value))
    case .unset:
      guard target.node != nil else { throw Fault("there is no '\(place)' to take out") }
      return Change(target.path, .remove)
    case .append:
      try requireList(target)
      let value = try TypedValue(target.fields?.elements, place).value(of: value, in: nil)
      return Change(target.path.appending(.position(target.node?.count ?? 0)), .insert(value))
    case .takeOut:
      try requireList(target)
      let elements = target.node?.elements ?? []
      let position =
        elements.firstIndex { $0.text == value } ?? Self.position(of: value, in: target)
      guard let position else {
        throw Fault("'\(place)' has no element '\(value)'", Self.known(in: target))
      }
      return Change(target.path.appending(.position(position)), .remove)
    }
  }

  private func requireList(_ target: Target) throws(Fault) {
    if let node = target.node, node.kind != .array {
      throw Fault("'\(place)' is no list", "Set it as a whole: \(place)=value")
    }
    if let fields = target.fields, fields.elements == nil {
      throw Fault("'\(place)' is no list", "Set it as a whole: \(place)=value")
    }
  }

  // MARK: Places

  /// Where a place leads.
  private struct Target {
    var path = NodePath(steps: [])
    var node: Node?
    var fields: SchemaFields?
  }

  private func target(in record: Node, _ program: Program?) throws(Fault) -> Target {
    var target = Target(node: record, fields: program.map { SchemaFields(of: $0) })
    for part in place.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      let name = String(pieces.first ?? "")
      guard !name.isEmpty else {
        throw Fault(
          "'\(place)' is no place", "Write it as: field, list[1].field or list[key].field")
      }
      try descend(to: name, &target)
      for piece in pieces.dropFirst() {
        guard piece.last == "]", piece.count > 1 else {
          throw Fault("'\(place)' has a '[' without its ']'")
        }
        try descend(toElement: String(piece.dropLast()), &target)
      }
    }
    return target
  }

  private func descend(to name: String, _ target: inout Target) throws(Fault) {
    let next = target.node?[name]
    if let fields = target.fields {
      switch fields.lookup(name) {
      case .here(let inner): target.fields = inner
      case .none(_, let known):
        guard next != nil else {
          throw Fault(
            "there is no field '\(name)'",
            advice(for: name, among: known) ?? "There are: \(known.joined(separator: ", "))")
        }
        target.fields = nil
      case .leaf:
        guard next != nil else {
          throw Fault("there is no '\(name)' in '\(place)': what is before it has no fields")
        }
        target.fields = nil
      }
    }
    target.node = next
    target.path = target.path.appending(.key(name))
  }

  private func descend(toElement name: String, _ target: inout Target) throws(Fault) {
    guard let list = target.node, list.kind == .array else {
      throw Fault(
        "'\(target.path.text)' is no list that has elements",
        "Add one with: \(target.path.text)+=value")
    }
    let position: Int
    if let number = Int(name) {
      position = number < 0 ? list.count + number : number - 1
      guard number != 0, list.elements.indices.contains(position) else {
        throw Fault(
          "'\(target.path.text)' has \(Count(list.count, "element")), and no \(name)",
          "The first one is [1], the last one [-1]")
      }
    } else if let found = Self.position(of: name, in: target) {
      position = found
    } else {
      throw Fault("'\(target.path.text)' has no element '\(name)'", Self.known(in: target))
    }
    target.node = list.elements[position]
    target.fields = target.fields?.elements
    target.path = target.path.appending(.position(position))
  }

  /// The property that the elements of a list are known by: as the schema says, else one that each has.
  private static func key(in target: Target) -> String? {
    let declared = OwnKeyword.allCases.firstIndex(of: .key)
      .flatMap { target.fields?.annotations($0).first?.text }
    let elements = target.node?.elements ?? []
    return declared
      ?? ElementMatching.names.first { name in
        !elements.isEmpty && elements.allSatisfy { $0[name]?.text != nil }
      }
  }

  private static func position(of name: String, in target: Target) -> Int? {
    guard let key = key(in: target), let elements = target.node?.elements else { return nil }
    let places = elements.indices.filter { elements[$0][key]?.text == name }
    return places.count == 1 ? places[0] : nil
  }

  private static func known(in target: Target) -> String? {
    let elements = target.node?.elements ?? []
    let names =
      key(in: target).map { key in elements.compactMap { $0[key]?.text } }
      ?? elements.compactMap(\.text)
    return names.isEmpty
      ? "Name it by its position: [1] is the first, [-1] the last"
      : "There are: \(names.prefix(20).joined(separator: ", "))"
  }
}

/// A value of the type that a schema asks for at a place.
struct TypedValue {
  private let fields: SchemaFields?
  private let place: String

  init(_ fields: SchemaFields?, _ place: String) {
    self.fields = fields
    self.place = place
  }

  private func mayBe(_ types: TypeMask) -> Bool { fields?.mayBe(types) ?? false }

  /// Returns what a text means at the place.
  ///
  /// - Parameters:
  ///   - text: The text as it was written on a command line.
  ///   - old: What stands there.
  /// - Returns: The value.
  /// - Throws: `Assignment.Fault` where no value of the place is written so.
  func value(of text: String, in old: Node?) throws(Assignment.Fault) -> Node {
    guard let fields else { return .text(text) }
    if let known = fields.values {
      guard known.contains(text) else {
        throw Assignment.Fault(
          "'\(place)' cannot be '\(text)'",
          advice(for: text, among: known) ?? "It is one of: \(known.joined(separator: ", "))")
      }
      return .text(text)
    }
    if text.first == "[", mayBe(.array) { return try whole(text) }
    if text.first == "{", mayBe(.object) { return try whole(text) }
    if mayBe([.number, .integer]), let number = Self.number(text),
      !mayBe(.string) || mayBe(.integer) && number.integer != nil
    {
      return number
    }
    if mayBe(.boolean), text == "true" || text == "false" { return .bool(text == "true") }
    if mayBe(.string) { return .text(text) }
    if mayBe(.null), text == "null" { return .null }
    throw Assignment.Fault("'\(place)' cannot be '\(text)'", wanted)
  }

  private var wanted: String {
    if mayBe([.number, .integer]) {
      return mayBe(.number) ? "It is a number" : "It is a whole number"
    }
    if mayBe(.boolean) { return "It is true or false" }
    if mayBe(.array) {
      return "It is a list: add with \(place)+=value, or write all of it: \(place)=[a, b]"
    }
    return
      "It is a mapping: set a field of it, as \(place).field=value, or write all of it: \(place)={a: b}"
  }

  private static func number(_ text: String) -> Node? {
    guard let first = text.utf8.first,
      first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") <= 9,
      let root = read(text, as: "value.json"), root.kind == .number
    else { return nil }
    return .number(text)
  }

  /// Reads a list or a mapping.
  private func whole(_ text: String) throws(Assignment.Fault) -> Node {
    guard let root = Self.read(text, as: "value.yaml"), root.kind == .array || root.kind == .object
    else {
      throw Assignment.Fault(
        "the value of '\(place)' cannot be read: \(text)", "Write it as YAML does: [a, b] or {a: b}"
      )
    }
    return root
  }

  private static func read(_ text: String, as name: String) -> Node? {
    guard let path = RepoPath(name) else { return nil }
    var report = Report()
    let root = ValueFile.tree(of: SourceFile(path: path, text: text), into: &report)?.root
    return report.hasErrors ? nil : root
  }
}
