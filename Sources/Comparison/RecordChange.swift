import JSONSchema
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
  /// What differs in it, without its references.
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

/// What changed between two versions of the registers.
package struct RegisterComparison: Sendable {
  /// What the versions are called.
  package let old: String
  package let new: String
  /// The records that changed, in the order of the catalogue and its registers.
  package let records: [RecordChange]
  /// The schemas and the catalogue, where they differ.
  package let schemas: [TreeChange]
  /// References of records that did not change which lead nowhere now.
  package let dangling: [Dangling]

  /// A reference whose target went away.
  package struct Dangling: Hashable, Sendable {
    package let register: String
    package let id: String
    package let target: String
    package let range: SourceRange
  }

  package var isEmpty: Bool { records.isEmpty && schemas.isEmpty }

  /// Compares two snapshots, which may hold only what differs between their trees.
  ///
  /// - Parameters:
  ///   - old: The records before.
  ///   - new: The records now.
  ///   - schemas: The files below `schema/` that differ.
  package init(from old: Snapshot, to new: Snapshot, schemas: [TreeChange] = []) {
    self.old = old.title
    self.new = new.title
    self.schemas = schemas
    var records: [RecordChange] = []
    let keys = ElementKeys(in: (old.files + new.files).lazy.flatMap(\.annotations))
    var names = new.catalogue.registers.map(\.name)
    names += old.catalogue.registers.map(\.name).filter { !names.contains($0) }
    for name in names {
      let now = new.catalogue.register(named: name)
      let before = old.catalogue.register(named: name)
      records += Self.changes(
        in: name, before.map { old.records(of: $0) } ?? [], now.map { new.records(of: $0) } ?? [],
        referenceWays: References.ways(of: name, in: new) ?? References.ways(of: name, in: old)
          ?? [],
        keys: keys)
    }
    self.records = records
    dangling = Self.dangling(old, new, records)
  }

  private static func changes(
    in register: String, _ old: [Record], _ new: [Record], referenceWays: Set<String>,
    keys: ElementKeys
  ) -> [RecordChange] {
    var before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    var partners: [(old: Record?, new: Record)] = []
    for record in new {
      if let same = before.removeValue(forKey: record.id) {
        partners.append((same, record))
      } else {
        partners.append((nil, record))
      }
    }
    // A record that says which id it had; else one whose whole content is that of one that is gone.
    for (index, partner) in partners.enumerated() where partner.old == nil {
      let former = partner.new.formerIDs.first { before[$0] != nil }.flatMap { before[$0] }
      let twin = former ?? before.values.filter { $0.isTwin(of: partner.new) }.min { $0.id < $1.id }
      guard let twin else { continue }
      before[twin.id] = nil
      partners[index].old = twin
    }
    var changes: [RecordChange] = []
    for partner in partners {
      guard let before = partner.old else {
        changes.append(
          RecordChange(register: register, old: nil, new: partner.new, fields: [], references: []))
        continue
      }
      // That the id is another one is told as such.
      let all = FieldChange.changes(from: before.node, to: partner.new.node, keys)
        .filter { $0.new?.index != partner.new.idNode.index && $0.path != "formerly" }
      let isReference: (FieldChange) -> Bool = { referenceWays.contains(References.way($0.path)) }
      let change = RecordChange(
        register: register, old: before, new: partner.new,
        fields: all.filter { !isReference($0) }, references: all.filter(isReference))
      if !change.isEmpty { changes.append(change) }
    }
    for record in old where before[record.id] != nil {
      changes.append(
        RecordChange(register: register, old: record, new: nil, fields: [], references: []))
    }
    return changes
  }

  /// Returns the references of unchanged records whose target was there and is gone.
  private static func dangling(
    _ old: Snapshot, _ new: Snapshot, _ records: [RecordChange]
  ) -> [Dangling] {
    var gone: Set<String> = []
    for change in records {
      if let id = change.formerID ?? (change.new == nil ? change.old?.id : nil) { gone.insert(id) }
    }
    guard !gone.isEmpty else { return [] }
    var present: Set<String> = []
    for file in new.files { present.formUnion(file.records.map(\.id)) }
    return new.references.compactMap { reference in
      guard gone.contains(reference.id), !present.contains(reference.id),
        let (register, record) = new.owner(of: reference)
      else { return nil }
      return Dangling(
        register: register.name, id: record.id, target: reference.id, range: reference.value.range)
    }
  }
}

extension Record {
  /// Whether two records say the same, but for their ids.
  fileprivate func isTwin(of other: Record) -> Bool {
    let own = node.members.filter { $0.value.index != idNode.index }
    let others = other.node.members.filter { $0.value.index != other.idNode.index }
    guard own.count == others.count, own.count >= 2 else { return false }
    return own.allSatisfy { member in
      other.node[member.key.text ?? ""].map { member.value.isSame(as: $0) } ?? false
    }
  }
}

/// Where the references of a register stand.
enum References {
  /// Returns the ways to values that a schema says are references: `agenda[].actions[]`.
  static func ways(of register: String, in snapshot: Snapshot) -> Set<String>? {
    guard let position = snapshot.catalogue.registers.firstIndex(where: { $0.name == register })
    else { return nil }
    var ways: Set<String> = []
    for file in snapshot.files where file.register == position {
      for annotation in file.annotations
      where OwnKeyword.allCases[annotation.keyword] == .references {
        guard
          let record = file.records.first(where: { $0.node.path(to: annotation.instance) != nil }),
          let path = record.node.path(to: annotation.instance)
        else { continue }
        var way = ""
        for step in path.steps {
          switch step {
          case .key(let key): way += way.isEmpty ? key : "." + key
          case .position: way += "[]"
          }
        }
        ways.insert(annotation.instance.kind == .array ? way + "[]" : way)
      }
    }
    return ways
  }

  /// Returns a path of a change without what stands between its brackets.
  static func way(_ path: String) -> String {
    var way = ""
    var isInside = false
    for character in path {
      if character == "]" { isInside = false }
      if !isInside { way.append(character) }
      if character == "[" { isInside = true }
    }
    return way
  }
}
