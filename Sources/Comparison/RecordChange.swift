package import Registry
package import SourceText
import Syntax

/// What happened to one record between two versions.
package struct RecordChange: Sendable {
  /// The register, by its name.
  package let register: String
  /// The record before; `nil` for one that was added.
  package let old: Record?
  /// The record now; `nil` for one that was removed.
  package let new: Record?
  /// What differs in it, without its references; of one that was added or removed all that it says.
  package let fields: [FieldChange]
  /// The references that were added, removed or lead elsewhere.
  package let references: [FieldChange]
  /// Changes of what follows from others and is not stored.
  package var consequences: [Consequence] = []

  /// A value that follows from others, before and now.
  package struct Consequence: Hashable, Sendable {
    package let name: String
    package let old: String?
    package let new: String?

    package init(name: String, old: String?, new: String?) {
      self.name = name
      self.old = old
      self.new = new
    }
  }

  package enum Kind: String, Hashable, Sendable {
    case added
    case removed
    case changed
  }

  package var kind: Kind { old == nil ? .added : new == nil ? .removed : .changed }
  package var id: String { new?.id ?? old?.id ?? "" }
  /// The id that it had, where it has another now.
  package var formerID: String? {
    guard let old, let new, old.id != new.id else { return nil }
    return old.id
  }
  /// The path that it had, where its file is another now.
  package var formerPath: RepoPath? {
    guard let old, let new, old.path != new.path else { return nil }
    return old.path
  }

  package init(
    register: String, old: Record?, new: Record?, fields: [FieldChange],
    references: [FieldChange]
  ) {
    self.register = register
    self.old = old
    self.new = new
    self.fields = fields
    self.references = references
  }

  /// Whether nothing differs.
  package var isEmpty: Bool {
    kind == .changed && fields.isEmpty && references.isEmpty && formerID == nil
      && formerPath == nil && consequences.isEmpty
  }
}

extension RecordChange {
  /// Returns the change with some fields alone, or `nil` where none of them changed.
  package func keeping(_ names: [String]) -> RecordChange? {
    guard kind == .changed else { return self }
    func isKept(_ field: FieldChange) -> Bool {
      names.contains {
        field.path == $0 || field.path.hasPrefix($0 + ".") || field.path.hasPrefix($0 + "[")
      }
    }
    let kept = RecordChange(
      register: register, old: old, new: new, fields: fields.filter(isKept),
      references: references.filter(isKept))
    return kept.fields.isEmpty && kept.references.isEmpty ? nil : kept
  }
}
