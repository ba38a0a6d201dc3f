package import JSONSchema
import Registry
package import Syntax

/// What a value of one version of a record is in another version: through mappings by the names of fields, through
/// lists by which elements are the same (``ElementMatching``).
package final class Counterparts {
  /// What became of a value.
  package enum Counterpart {
    /// It stands here.
    case here(Node)
    /// What held it is here, and has no such field.
    case missing(in: Node)
    /// It was in an element of a list that is gone, or in something of another kind now.
    case gone(list: Node)
  }

  private let old: Node
  private let new: Node
  private let keys: ElementKeys
  private var matchings: [Int: ElementMatching] = [:]

  /// Prepares a look from one version of a record at another.
  ///
  /// - Parameters:
  ///   - old: The version to look from.
  ///   - new: The version to look into.
  ///   - keys: What the elements of lists are known by.
  package init(from old: Node, to new: Node, keys: ElementKeys) {
    self.old = old
    self.new = new
    self.keys = keys
  }

  /// Returns the words for a value in a list: its way in the record, `acts[a].log`; `nil` elsewhere.
  package static func way(to node: Node, in record: Node, _ keys: ElementKeys) -> String? {
    guard let path = record.path(to: node), path.crossesArrays else { return nil }
    var (way, here) = ("", record)
    for step in path.steps {
      switch step {
      case .key(let name):
        way += way.isEmpty ? name : "." + name
        guard let next = here[name] else { return way }
        here = next
      case .position(let position):
        let elements = here.elements
        guard elements.indices.contains(position) else { return way }
        let names = [keys[here]].compactMap(\.self) + ElementMatching.names
        let label = names.lazy.compactMap { elements[position][$0]?.text }.first
        way += "[\(label ?? String(position + 1))]"
        here = elements[position]
      }
    }
    return way
  }

  /// Returns what a value is in the other version.
  ///
  /// - Parameter node: A value in the version that is looked from.
  /// - Returns: What became of it, and whether every list on the way has a key that its elements are known by.
  package func counterpart(of node: Node) -> (what: Counterpart, hasKeys: Bool) {
    guard let path = old.path(to: node) else { return (.gone(list: new), true) }
    var (before, now) = (old, new)
    var hasKeys = true
    for step in path.steps {
      switch step {
      case .key(let name):
        guard let inner = before[name] else { return (.gone(list: now), hasKeys) }
        guard let next = now[name] else {
          return (now.kind == .object ? .missing(in: now) : .gone(list: now), hasKeys)
        }
        (before, now) = (inner, next)
      case .position(let position):
        let (elements, others) = (before.elements, now.elements)
        let matching =
          matchings[before.index]
          ?? ElementMatching(from: elements, to: others, key: keys[before] ?? keys[now])
        matchings[before.index] = matching
        hasKeys = hasKeys && matching.hasKey
        guard elements.indices.contains(position), let other = matching.new(of: position),
          others.indices.contains(other)
        else { return (.gone(list: now), hasKeys) }
        (before, now) = (elements[position], others[other])
      }
    }
    return (.here(now), hasKeys)
  }
}

/// The properties that the elements of lists are known by, as schemas name them (`x-key`).
package struct ElementKeys: Sendable {
  private var names: [Int: [ObjectIdentifier: String]] = [:]

  package init() {}

  /// Takes what the schemas say of lists.
  ///
  /// - Parameter annotations: What schemas say of values, of one version or of several.
  package init(in annotations: some Sequence<Annotation>) {
    add(annotations)
  }

  /// Takes what the schemas say of more lists.
  package mutating func add(_ annotations: some Sequence<Annotation>) {
    for annotation in annotations where OwnKeyword.allCases[annotation.keyword] == .key {
      guard let name = annotation.value.string else { continue }
      let list = annotation.instance
      names[list.index, default: [:]][ObjectIdentifier(list.tree)] = name
    }
  }

  /// Returns the property that the elements of a list are known by, or `nil` where the schema names none.
  package subscript(list: Node) -> String? { names[list.index]?[ObjectIdentifier(list.tree)] }
}
