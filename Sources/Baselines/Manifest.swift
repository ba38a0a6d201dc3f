package import Registry
package import SourceText
import Syntax

/// What a baseline holds: every file with its digest, and every item with its version and state.
///
/// Format 1, frozen: an in-toto Statement v1 (in-toto Attestation Framework) whose subjects are the
/// files, in canonical JSON (RFC 8785).
package struct Manifest: Sendable {
  package static let format = 1

  /// A file and its digest.
  package struct File: Hashable, Sendable {
    package let path: RepoPath
    package let digest: Digest
  }

  /// A record, by what it says of itself.
  package struct Item: Hashable, Sendable {
    package let register: String
    package let id: String
    package let path: RepoPath
    /// Of the record in canonical JSON.
    package let digest: Digest
    package let version: String?
    package let status: String?
    package let effective: String?
    package let classification: String?
  }

  package let files: [File]
  package let items: [Item]
  /// The canonical JSON, without a line end.
  package let bytes: [UInt8]
  /// The digest that a tag records.
  package let digest: Digest

  /// Makes the manifest of a snapshot.
  ///
  /// - Parameters:
  ///   - snapshot: The records.
  ///   - tree: The files that they were read from.
  ///   - kind: What the baseline holds.
  ///   - name: The name of the baseline.
  ///   - effective: The day from which it is in force.
  /// - Throws: `SourceTreeError` where a file cannot be read.
  package init(
    of snapshot: Snapshot, in tree: any SourceTree, kind: BaselineKind, name: String,
    effective: String
  ) throws(SourceTreeError) {
    let registers = snapshot.catalogue.registers
    var files: [File] = []
    var items: [Item] = []
    for file in snapshot.files {
      let register = registers[file.register]
      guard kind.registers?.contains(register.name) ?? true else { continue }
      var bytes = file.source?.bytes ?? []
      if file.source == nil { bytes = try tree.bytes(of: file.path, limit: .max) }
      files.append(File(path: file.path, digest: Digest(of: bytes)))
      for record in file.records {
        items.append(
          Item(
            register: register.name, id: record.id, path: file.path,
            digest: Digest(of: CanonicalJSON(record.node).bytes),
            version: record.node["version"]?.text, status: record.node["status"]?.text,
            effective: record.node["effective"]?.text,
            classification: record.node["classification"]?.text ?? register.classification))
      }
    }
    // What judged the items is part of what was approved.
    for entry in try tree.entries(under: RepoPath(Catalogue.schemaFolder)) where entry.kind == .file
    {
      let bytes = try tree.bytes(of: entry.path, limit: .max)
      files.append(File(path: entry.path, digest: Digest(of: bytes)))
    }
    self.files = files.sorted { $0.path < $1.path }
    self.items = items.sorted {
      ($0.register, NaturalKey($0.id), $0.path) < ($1.register, NaturalKey($1.id), $1.path)
    }
    let subjects = self.files.map { file in
      CanonicalJSON.object([
        "name": .string(file.path.string),
        "digest": .object(["sha256": .string(file.digest.description)]),
      ])
    }
    let records = self.items.map { item in
      var members: [String: CanonicalJSON] = [
        "register": .string(item.register), "id": .string(item.id),
        "path": .string(item.path.string), "sha256": .string(item.digest.description),
      ]
      for (key, value) in [
        ("version", item.version), ("status", item.status), ("effective", item.effective),
        ("classification", item.classification),
      ] {
        members[key] = value.map { .string($0) }
      }
      return CanonicalJSON.object(members)
    }
    bytes =
      CanonicalJSON.object([
        "_type": .string("https://in-toto.io/Statement/v1"),
        "subject": .array(subjects),
        "predicateType": .string("https://registrar.example/baseline/v1"),
        "predicate": .object([
          "manifestFormat": .integer(Self.format), "baseline": .string(name),
          "kind": .string(kind.name), "effective": .string(effective), "items": .array(records),
        ]),
      ]).bytes
    digest = Digest(of: bytes)
  }

  /// The canonical JSON as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
