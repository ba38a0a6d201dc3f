import Diagnostics
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

    fileprivate init(_ record: Record, of register: Register, at path: RepoPath) {
      self.register = register.name
      id = record.id
      self.path = path
      digest = Digest(of: CanonicalJSON(record.node).bytes)
      version = record.node["version"]?.text
      status = record.node["status"]?.text
      effective = record.node["effective"]?.text
      classification = record.node["classification"]?.text ?? register.classification
    }
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
  ///   - jobs: The largest number of tasks at work at once.
  /// - Throws: `SourceTreeError` where a file cannot be read.
  package init(
    of snapshot: Snapshot, in tree: any SourceTree, kind: BaselineKind, name: String,
    effective: String, jobs: Int
  ) async throws(SourceTreeError) {
    let registers = snapshot.catalogue.registers
    var files: [File] = []
    var items: [Item] = []
    let kept = snapshot.files.filter { file in
      kind.registers?.contains(registers[file.register].name) ?? true
    }
    for part in await Self.parts(of: kept, registers, jobs) {
      files += part.files
      items += part.items
    }
    // What could not be parsed has its bytes all the same.
    for file in kept where file.source == nil {
      let bytes = try tree.bytes(of: file.path, limit: .max)
      files.append(File(path: file.path, digest: Digest(of: bytes)))
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

  /// Digests files and their records, a stretch of them a task.
  private static func parts(
    of kept: [RegisterFile], _ registers: [Register], _ jobs: Int
  ) async -> [(files: [File], items: [Item])] {
    let size = max(64, kept.count / (max(1, jobs) * 4) + 1)
    return await withTaskGroup(of: (Int, [File], [Item]).self) { group in
      for start in stride(from: 0, to: kept.count, by: size) {
        group.addTask {
          var (files, items): ([File], [Item]) = ([], [])
          for file in kept[start..<min(start + size, kept.count)] {
            guard let source = file.source else { continue }
            files.append(File(path: file.path, digest: Digest(of: source.bytes)))
            let register = registers[file.register]
            items += file.records.map { Item($0, of: register, at: file.path) }
          }
          return (start, files, items)
        }
      }
      var parts: [(Int, [File], [Item])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
    }
  }

  /// Returns how another manifest differs, one sentence for each file and record.
  ///
  /// - Parameter bytes: The other one.
  /// - Returns: The sentences; none where it says the same.
  package func differences(from bytes: [UInt8]) -> [String] {
    var dropped = Report()
    guard let path = RepoPath("manifest.json"),
      let root = JSONReader.tree(of: SourceFile(path: path, bytes: bytes), into: &dropped)?.root
    else { return ["it is no manifest"] }
    var others: [String: String] = [:]
    for subject in root["subject"]?.elements ?? [] {
      others[subject["name"]?.text ?? ""] = subject["digest"]?["sha256"]?.text ?? ""
    }
    for item in root["predicate"]?["items"]?.elements ?? [] {
      let key = "\(item["register"]?.text ?? "") \(item["id"]?.text ?? "")"
      others[key] = item["sha256"]?.text ?? ""
    }
    var own: [(String, String)] = files.map { ($0.path.string, $0.digest.description) }
    own += items.map { ("\($0.register) \($0.id)", $0.digest.description) }
    var differences: [String] = []
    for (name, digest) in own {
      guard let other = others.removeValue(forKey: name) else {
        differences.append("'\(name)' is not in it")
        continue
      }
      if other != digest { differences.append("'\(name)' is another in it") }
    }
    return differences + others.keys.sorted().map { "'\($0)' is only in it" }
  }

  /// The canonical JSON as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
