import Diagnostics
package import Registry
import Rules
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
      digest = Digest(of: CanonicalJSON.bytes(of: record.node))
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
    let scope = BaselineScope(kind)
    let kept = snapshot.files.filter { scope.holds($0, of: registers[$0.register]) }
    for part in await Self.parts(of: kept, registers, scope, jobs) {
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
    // Places are put in order, not items: to move one of those costs the counting of all its texts.
    let keys = items.map { NaturalKey($0.id) }
    let order = items.indices.sorted { one, two in
      if items[one].register != items[two].register {
        return items[one].register < items[two].register
      }
      return (keys[one], items[one].path) < (keys[two], items[two].path)
    }
    self.items = order.map { items[$0] }
    bytes = Self.statement(
      files: self.files, items: self.items, name: name, kind: kind.name, effective: effective)
    digest = Digest(of: bytes)
  }

  /// Returns the Statement of in-toto in canonical JSON: the names of members stand in their order.
  private static func statement(
    files: [File], items: [Item], name: String, kind: String, effective: String
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(160 * files.count + 240 * items.count + 1024)
    func add(_ text: StaticString) {
      bytes.append(
        contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    func quote(_ text: String) { CanonicalJSON.quote(text, to: &bytes) }
    add(#"{"_type":"https://in-toto.io/Statement/v1","predicate":{"baseline":"#)
    quote(name)
    add(#","effective":"#)
    quote(effective)
    add(#","items":["#)
    for (position, item) in items.enumerated() {
      add(position == 0 ? "{" : ",{")
      if let classification = item.classification {
        add(#""classification":"#)
        quote(classification)
        add(",")
      }
      if let effective = item.effective {
        add(#""effective":"#)
        quote(effective)
        add(",")
      }
      add(#""id":"#)
      quote(item.id)
      add(#","path":"#)
      quote(item.path.string)
      add(#","register":"#)
      quote(item.register)
      add(#","sha256":""#)
      item.digest.write(to: &bytes)
      add(#"""#)
      if let status = item.status {
        add(#","status":"#)
        quote(status)
      }
      if let version = item.version {
        add(#","version":"#)
        quote(version)
      }
      add("}")
    }
    add(#"],"kind":"#)
    quote(kind)
    add(#","manifestFormat":"#)
    bytes += String(format).utf8
    add(#"},"predicateType":"https://registrar.example/baseline/v1","subject":["#)
    for (position, file) in files.enumerated() {
      add(position == 0 ? #"{"digest":{"sha256":""# : #",{"digest":{"sha256":""#)
      file.digest.write(to: &bytes)
      add(#""},"name":"#)
      quote(file.path.string)
      add("}")
    }
    add("]}")
    return bytes
  }

  /// Digests files and their records, a stretch of them a task.
  private static func parts(
    of kept: [RegisterFile], _ registers: [Register], _ scope: BaselineScope, _ jobs: Int
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
            items += file.records.filter { scope.holds($0, of: register) }
              .map { Item($0, of: register, at: file.path) }
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
