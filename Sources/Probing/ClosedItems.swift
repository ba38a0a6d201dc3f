import Registry
import Rules
import SourceText
import Syntax

/// Which items of a register are closed, so that nobody has a reason to reword them.
struct ClosedItems {
  /// The property with the state, and the states in which a record may leave the register.
  private let ended: (property: String, states: [String])?
  private let final: [RepoPath: [Node]]

  /// - Parameters:
  ///   - register: The register.
  ///   - final: What does not change any more by `x-immutable-when`, file by file.
  init(of register: Register, final: [RepoPath: [Node]]) {
    let rule = register.rules.first { $0.key.text == "nothing-open-vanishes" }?.value
    ended = rule?["state"]?.text.map { property in
      let states = rule?["ended"]
      return (property, ([states].compactMap(\.self) + (states?.elements ?? [])).compactMap(\.text))
    }
    self.final = final
  }

  /// Whether a record is in a state that no other follows, or in which it may leave the register.
  func isClosed(_ record: Record, _ shapes: inout FieldShapes) -> Bool {
    if let ended, let state = record.text(of: ended.property), ended.states.contains(state) {
      return true
    }
    for member in record.node.members {
      guard let state = member.value.string, let name = member.key.text,
        let states = shapes[name].states
      else { continue }
      let ways = states["transitions"]?.elements ?? []
      if !ways.isEmpty, !ways.contains(where: { Self.texts($0["from"]).contains(state) }) {
        return true
      }
    }
    return false
  }

  /// Whether a value is a part of what does not change any more.
  func isFinal(_ node: Node, of record: Record) -> Bool {
    final[record.path]?.contains { part in
      part.index <= node.index && node.index < Int(part.tree.nodes[part.index].end)
    } ?? false
  }

  /// Returns the states that may not follow one.
  func jumps(from state: String, _ states: Node, _ listed: [String]) -> [String] {
    let ways = states["transitions"]?.elements ?? []
    let named = Self.texts(states["initial"]) + ways.flatMap { Self.texts($0["to"]) }
    let next = ways.filter { Self.texts($0["from"]).contains(state) }
      .flatMap { Self.texts($0["to"]) }
    var seen: Set<String> = [state]
    return (listed.isEmpty ? named : listed).filter {
      !next.contains($0) && seen.insert($0).inserted
    }
  }

  private static func texts(_ node: Node?) -> [String] {
    guard let node else { return [] }
    return (node.kind == .array ? node.elements : [node]).compactMap(\.text)
  }
}
