package import Syntax

/// What is to become of one value of a record.
package struct Change: Sendable {
  package enum Action: Sendable {
    /// The value is this one, whether there was one before or not.
    case set(Node)
    /// This element stands at the position that the path ends with, before the one that stood there; behind the
    /// last one where none stood there.
    case insert(Node)
    /// The field, or the element, is gone.
    case remove
  }

  /// The way from the record down to the value.
  package let path: NodePath
  package let action: Action

  package init(_ path: NodePath, _ action: Action) {
    self.path = path
    self.action = action
  }
}

extension NodePath {
  /// Returns the way one step further down.
  package func appending(_ step: Step) -> NodePath { NodePath(steps: steps + [step]) }

  /// Returns the way from what the other one leads to.
  func prefixed(by other: NodePath) -> NodePath { NodePath(steps: other.steps + steps) }

  /// The way as people write it: `updates[2].status`, with positions from 1.
  package var text: String {
    steps.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += (text.isEmpty ? "" : ".") + key
      case .position(let position): text += "[\(position + 1)]"
      }
    }
  }
}
