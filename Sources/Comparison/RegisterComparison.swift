package import Diagnostics
package import Registry
package import SourceText
import Syntax

/// What changed between two versions of the registers.
package struct RegisterComparison: Sendable {
  /// What the versions are called.
  package let old: String
  package let new: String
  /// The records that changed, in the order of the catalogue and its registers.
  package private(set) var records: [RecordChange] = []
  /// The schemas and the catalogue, where they differ.
  package let schemas: [TreeChange]
  /// Files that changed and cannot be read in one version or in both, in the order of paths.
  package private(set) var unreadable: [UnreadableFile] = []
  /// What changed and is no record, in the order of paths.
  package private(set) var others: [OtherChange] = []
  /// The documents of which the text differs, or that came or went, in the order of their registers.
  package private(set) var documents: [DocumentPair] = []

  /// A document before and now; `nil` where it was not there.
  package struct DocumentPair: Sendable {
    package let register: Register
    package let old: Record?
    package let new: Record?
  }

  /// A reference whose target went away.
  package struct Dangling: Hashable, Sendable {
    package let register: String
    package let id: String
    package let target: String
    package let range: SourceRange
  }

  package var isEmpty: Bool {
    records.isEmpty && schemas.isEmpty && unreadable.isEmpty && others.isEmpty
  }

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
    var names = new.catalogue.registers.map(\.name)
    names += old.catalogue.registers.map(\.name).filter { !names.contains($0) }
    let keys = ElementKeys(in: (old.files + new.files).lazy.flatMap(\.annotations))
    var second: [Record] = []
    var unread: [RepoPath: [String]] = [:]
    for name in names {
      let now = new.catalogue.register(named: name)
      let before = old.catalogue.register(named: name)
      var pairing = RecordPairing(
        before.map { old.records(of: $0) } ?? [], now.map { new.records(of: $0) } ?? [])
      // What stands in a file that cannot be read any more is not removed, and not added where it could
      // not be read before.
      for record in pairing.withdraw(
        where: { new.faults[$0.path] != nil }, { old.faults[$0.path] != nil })
      {
        unread[record.path, default: []].append(record.id)
      }
      second += pairing.second
      let ways = References.ways(of: name, in: new) ?? References.ways(of: name, in: old) ?? []
      records += Self.changes(in: name, pairing, referenceWays: ways, keys)
      if let register = now ?? before, register.shape == .document {
        let pairs =
          pairing.pairs.map { ($0.old, Optional($0.new)) } + pairing.gone.map { ($0, nil) }
        documents += pairs.filter { $0?.body != $1?.body }
          .map { DocumentPair(register: register, old: $0, new: $1) }
      }
    }
    unreadable = Set(old.faults.keys).union(new.faults.keys).sorted().map { path in
      UnreadableFile(
        path: path, old: old.faults[path], new: new.faults[path], ids: unread[path] ?? [])
    }
    others = OtherChange.all(from: old, to: new, second)
  }

  private static func changes(
    in register: String, _ pairing: RecordPairing, referenceWays: Set<String>,
    _ keys: ElementKeys
  ) -> [RecordChange] {
    var changes: [RecordChange] = []
    for (before, record) in pairing.pairs {
      guard let before else {
        changes.append(
          RecordChange(
            register: register, old: nil, new: record,
            fields: FieldChange.changes(ofWhole: record.node, isAdded: true), references: []))
        continue
      }
      // That the id is another one is told as such.
      let all = FieldChange.changes(from: before.node, to: record.node, keys)
        .filter { $0.new?.index != record.idNode.index && $0.path != "formerly" }
      let isReference: (FieldChange) -> Bool = { referenceWays.contains(References.way($0.path)) }
      let change = RecordChange(
        register: register, old: before, new: record,
        fields: all.filter { !isReference($0) }, references: all.filter(isReference))
      if !change.isEmpty { changes.append(change) }
    }
    for record in pairing.gone {
      changes.append(
        RecordChange(
          register: register, old: record, new: nil,
          fields: FieldChange.changes(ofWhole: record.node, isAdded: false), references: []))
    }
    return changes
  }

  /// The ids that are no record's any more, by their registers.
  package var goneIDs: [String: Set<String>] {
    var gone: [String: Set<String>] = [:]
    for change in records {
      if let id = change.formerID ?? (change.new == nil ? change.old?.id : nil) {
        gone[change.register, default: []].insert(id)
      }
    }
    return gone
  }

  /// Returns the references whose target went away.
  ///
  /// - Parameter snapshot: The records that may refer to it, and those of the registers they name.
  /// - Returns: The references, in the order of files.
  package func dangling(in snapshot: Snapshot) -> [Dangling] {
    let gone = goneIDs
    guard !gone.isEmpty else { return [] }
    var present: Set<String> = []
    for file in snapshot.files { present.formUnion(file.records.map(\.id)) }
    return snapshot.references.compactMap { reference in
      guard reference.registers.contains(where: { gone[$0]?.contains(reference.id) == true }),
        !present.contains(reference.id), let (register, record) = snapshot.owner(of: reference)
      else { return nil }
      return Dangling(
        register: register.name, id: record.id, target: reference.id, range: reference.value.range)
    }
  }
}

extension Record {
  /// The bytes that follow the head of a document.
  fileprivate var body: ArraySlice<UInt8> {
    let bytes = node.tree.file.bytes
    return bytes[min(node.range.offsets.upperBound, bytes.count)...]
  }
}

/// A file that changed and that cannot be read: neither removed nor added, for nobody knows what it says.
package struct UnreadableFile: Sendable {
  package let path: RepoPath
  /// Why it could not be read before; `nil` where it could, or was not there.
  package let old: Diagnostic?
  /// Why it cannot be read now; `nil` where it can, or is not there.
  package let new: Diagnostic?
  /// The records of the version that can be read.
  package let ids: [String]
}
