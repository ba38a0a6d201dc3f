import Registry
import Syntax

/// By what the elements of the lists in a register's records are told apart.
struct ElementKeys {
  let register: Register?
  private let schema: Node?

  /// A step down: into the property of a mapping, or into the elements of a list.
  enum Step: Hashable {
    case property(String)
    case element
  }

  /// Takes the keys from a register and its schema.
  ///
  /// - Parameters:
  ///   - register: The register; `nil` where nothing is known of it.
  ///   - schema: The schema of its records, where it can be read.
  init(_ register: Register?, schema: SyntaxTree?) {
    self.register = register
    self.schema = schema?.root
  }

  /// Returns the properties that the schema names as the key (`x-key`) of a list's elements.
  ///
  /// - Parameter path: The way from the record to the list.
  func properties(at path: [Step]) -> [String] {
    guard var node = schema.map(resolved) else { return [] }
    for step in path {
      let next =
        switch step {
        case .property(let name): node["properties"]?[name]
        case .element: node["items"]
        }
      guard let next else { return [] }
      node = resolved(next)
    }
    guard let key = node["x-key"] else { return [] }
    return (key.kind == .array ? key.elements : [key]).compactMap(\.string)
  }

  /// Follows references within the file.
  private func resolved(_ node: Node) -> Node {
    var node = node
    for _ in 0..<16 {
      guard let reference = node["$ref"]?.string, reference.hasPrefix("#/"), var target = schema
      else { return node }
      for step in reference.dropFirst(2).split(separator: "/") {
        let name = step.replacing("~1", with: "/").replacing("~0", with: "~")
        guard let next = target[String(name)] else { return node }
        target = next
      }
      node = target
    }
    return node
  }
}

/// Returns the keys of the elements of one version, where one that got another id keeps the one that
/// it had in the base, as its `formerly` says.
///
/// - Parameters:
///   - keys: The key of each element.
///   - former: The ids that each element had before.
///   - base: The keys of the base.
func keptKeys(_ keys: [String?], former: [[String]], base: Set<String>) -> [String?] {
  let own = Set(keys.compactMap(\.self))
  return zip(keys, former).map { key, former in
    guard let key, !base.contains(key) else { return key }
    return former.first { base.contains($0) && !own.contains($0) } ?? key
  }
}

extension Node {
  /// The ids that a record had before.
  var formerIDs: [String] {
    guard kind == .object, let node = self["formerly"] else { return [] }
    return (node.kind == .array ? node.elements : [node]).compactMap(\.text)
  }
}

extension Register {
  /// Whether a record belongs before another one in the order of the register.
  ///
  /// - Parameters:
  ///   - one: Returns the text of a property of the record; empty where it has none.
  ///   - two: The same of the other one.
  func puts(_ one: (String) -> String, before two: (String) -> String) -> Bool {
    for key in order {
      let (left, right) = (one(key.property), two(key.property))
      guard left != right else { continue }
      guard !left.isEmpty, !right.isEmpty else { return right.isEmpty }
      return (NaturalKey(left) < NaturalKey(right)) != key.isDescending
    }
    return false
  }
}
