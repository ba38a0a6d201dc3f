package import CEL
package import Registry
import SourceText
import Syntax

/// The types of values as schemas describe them, for the checker of expressions.
final class SchemaTypes {
  /// A place in a schema, described as far as the nesting allows from there.
  private struct Place: Hashable {
    let tree: ObjectIdentifier
    let node: Int
    let depth: Int
  }

  private var documents: [String: SyntaxTree] = [:]
  /// What was said before: schemas that refer to themselves in many places are described once.
  private var known: [Place: ValueType] = [:]
  /// How many descriptions were made.
  private(set) var describedCount = 0
  /// The deepest nesting that is described; schemas may refer to themselves.
  private static let deepest = 12

  init(_ schemas: [SyntaxTree]) {
    for schema in schemas {
      documents[schema.file.path.string] = schema
      if let id = schema.root?["$id"]?.string, documents[id] == nil { documents[id] = schema }
    }
  }

  /// Returns what a schema says of its values; `any` where it says several things.
  func type(of schema: Node, depth: Int = 0) -> ValueType {
    guard schema.kind == .object, depth < Self.deepest else { return .any }
    let place = Place(tree: ObjectIdentifier(schema.tree), node: schema.index, depth: depth)
    if let known = known[place] { return known }
    describedCount += 1
    let type = referredOrDescribed(schema, depth)
    known[place] = type
    return type
  }

  private func referredOrDescribed(_ schema: Node, _ depth: Int) -> ValueType {
    if let reference = schema["$ref"]?.string {
      // What stands beside a reference narrows it and does not change its kind.
      guard let target = target(of: reference, in: schema.tree) else { return .any }
      let referred = type(of: target, depth: depth + 1)
      return referred == .any ? described(schema, depth) : referred
    }
    return described(schema, depth)
  }

  private func described(_ schema: Node, _ depth: Int) -> ValueType {
    switch schema["type"]?.string {
    case "string"?: return .string
    case "integer"?: return .int
    case "boolean"?: return .bool
    case "null"?: return .null
    case "array"?:
      guard schema["prefixItems"] == nil, let items = schema["items"] else { return .list(.any) }
      return .list(type(of: items, depth: depth + 1))
    case "object"?: return object(schema, depth)
    case nil:
      if schema["properties"] != nil, schema["type"] == nil { return object(schema, depth) }
      let values = schema["enum"]?.elements ?? [schema["const"]].compactMap(\.self)
      return !values.isEmpty && values.allSatisfy { $0.kind == .string } ? .string : .any
    // A number may be a whole one, which is an int in expressions.
    default: return .any
    }
  }

  private func object(_ schema: Node, _ depth: Int) -> ValueType {
    var fields: [String: ValueType] = [:]
    for member in schema["properties"]?.members ?? [] {
      fields[member.key.text ?? ""] = type(of: member.value, depth: depth + 1)
    }
    let others = ["patternProperties", "allOf", "anyOf", "oneOf", "if", "$dynamicRef"]
    let isClosed =
      schema["additionalProperties"]?.bool == false && !others.contains { schema[$0] != nil }
    return .object(fields, isClosed: isClosed)
  }

  /// Returns the texts that a schema lists as the only ones; `nil` where it allows others.
  func listed(by schema: Node, depth: Int = 0) -> [String]? {
    if let values = schema["enum"]?.elements {
      let texts = values.compactMap(\.string)
      return texts.count == values.count ? texts : nil
    }
    guard depth < Self.deepest, let reference = schema["$ref"]?.string,
      let target = target(of: reference, in: schema.tree)
    else { return nil }
    return listed(by: target, depth: depth + 1)
  }

  /// Returns how an element of a list is written: the fields that it must have, with what is known of each.
  ///
  /// - Parameters:
  ///   - list: The schema of the list, or of its elements.
  ///   - known: The values of some fields, which are written also where they need not be.
  /// - Returns: The element in YAML, on one line; `nil` where nothing is said of its fields.
  func entryForm(of list: Node?, known: [(name: String, value: String)] = []) -> String? {
    guard let list else { return nil }
    var element = resolved(list)
    if let items = element["items"] { element = resolved(items) }
    let required = element["required"]?.texts ?? []
    let names = known.map(\.name).filter { !required.contains($0) } + required
    guard !names.isEmpty else { return nil }
    let fields = names.map { name in
      if let value = known.first(where: { $0.name == name })?.value { return "\(name): \(value)" }
      let field = element["properties"]?[name].map { resolved($0) }
      let words = field?["description"]?.text?.trimmingEnd ?? "…"
      return "\(name): \(field?["format"]?.text == "date" ? "YYYY-MM-DD" : words)"
    }
    return "{\(fields.joined(separator: ", "))}"
  }

  /// Returns what a schema refers to, or itself.
  private func resolved(_ schema: Node) -> Node {
    var (node, left) = (schema, Self.deepest)
    while left > 0, let reference = node["$ref"]?.string,
      let next = target(of: reference, in: node.tree)
    {
      (node, left) = (next, left - 1)
    }
    return node
  }

  private func target(of reference: String, in tree: SyntaxTree) -> Node? {
    let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var document: SyntaxTree? = tree
    if let file = parts.first, !file.isEmpty {
      let folder = tree.file.path.folder.map { $0.string + "/" } ?? ""
      document = documents[folder + file] ?? documents[String(file)]
    }
    var node = document?.root
    guard parts.count > 1 else { return node }
    for token in parts[1].split(separator: "/") {
      let key = token.replacing("~1", with: "/").replacing("~0", with: "~")
      node = node?[String(key)]
    }
    return node
  }
}

extension String {
  /// A description as a value on one line: without a full stop, and without what would end it.
  fileprivate var trimmingEnd: String {
    let plain = prefix { !",:{}[]#\n".contains($0) }
    return plain.last == "." ? String(plain.dropLast()) : String(plain)
  }
}

/// The mappings that the schemas of properties belong to, found in one pass over a document.
struct SchemaOwners {
  /// For each value the innermost object that it stands in, or -1.
  private var owners: [Int]
  /// For each object with `properties`, where they are.
  private var properties: [Int: Int] = [:]
  private let tree: SyntaxTree

  init(in tree: SyntaxTree) {
    self.tree = tree
    owners = Array(repeating: -1, count: tree.nodes.count)
    var open: [Int] = []
    for index in tree.nodes.indices {
      while let last = open.last, Int(tree.nodes[last].end) <= index { open.removeLast() }
      owners[index] = open.last ?? -1
      guard tree.nodes[index].kind == .object else { continue }
      open.append(index)
      if let inner = Node(tree: tree, index: index)["properties"] {
        properties[index] = inner.index
      }
    }
  }

  /// Returns the schema of the mapping that a property's schema belongs to, or `nil` elsewhere.
  func owner(of property: Node) -> Node? {
    let names = owners[property.index]
    guard names >= 0, owners[names] >= 0, properties[owners[names]] == names else { return nil }
    return Node(tree: tree, index: owners[names])
  }
}

extension Rulebook {
  /// Returns what a register's schema says of its records; `any` where it says nothing.
  package func type(of register: Register) -> ValueType {
    guard let root = schemas.first(where: { $0.file.path == register.schemaPath })?.root else {
      return .any
    }
    return SchemaTypes(schemas).type(of: root)
  }

  /// Returns for each field of which a register's schema lists all texts those texts.
  package func listedTexts(of register: Register) -> [String: [String]] {
    let root = schemas.first { $0.file.path == register.schemaPath }?.root
    let types = SchemaTypes(schemas)
    return (root?["properties"]?.members ?? []).reduce(into: [:]) { texts, member in
      texts[member.key.text ?? ""] = types.listed(by: member.value)
    }
  }

  /// Returns the fields that a register's schema describes, in no order.
  package func describedFields(of register: Register) -> [String] {
    guard case .object(let fields, _) = type(of: register) else { return [] }
    return Array(fields.keys)
  }

  /// Returns the fields that a register's schema describes, those of mappings in its records included.
  package func namedFields(of register: Register) -> Set<String> {
    var names: Set<String> = []
    var rest = [type(of: register)]
    while let type = rest.popLast() {
      switch type {
      case .object(let fields, _):
        names.formUnion(fields.keys)
        rest += fields.values
      case .list(let element): rest.append(element)
      default: break
      }
    }
    return names
  }
}
