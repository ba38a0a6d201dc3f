package import Baselines
import Git
import Registry
import SourceText
import Syntax

/// The Document Log: each item of a baseline with its version, and since when its content is in force.
package struct DocumentLog {
  package struct Entry {
    package let register: String
    package let id: String
    package let title: String
    package let version: String?
    package let effective: String?
    /// The decision behind the content.
    package let decisions: [String]
    /// The baseline that brought it.
    package let since: String
    /// Of the text of a document, of what a record says else.
    package let digest: String
    fileprivate let isDocument: Bool
  }

  package let baseline: Baseline
  /// The items in the order of their registers' names and their ids.
  private let entries: [Entry]

  /// Reads the log of the last of some baselines; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - chain: The baselines from the first on, each the next one's previous.
  ///   - place: Where they are.
  ///   - versions: Reads them.
  /// - Throws: `Failure` where the catalogue of the last cannot be read; what reading throws.
  package init?(
    of chain: [Baseline], in place: Workplace, _ versions: VersionReader
  ) async throws {
    guard let last = chain.last else { return nil }
    baseline = last
    // From the last back to the first: content is as old as the first baseline that had it.
    var since: [String: (digest: String, baseline: Baseline)] = [:]
    var current: (manifest: Manifest, snapshot: Snapshot)?
    for baseline in chain.reversed() {
      let tree = try place.tree(at: .revision(baseline.tag.target.description))
      let snapshot = try await versions.snapshot(of: tree)
      guard let kind = snapshot.catalogue.baselineKind(of: baseline.name) else { continue }
      let manifest = try await Manifest(
        of: snapshot, in: tree, kind: kind, name: baseline.name, effective: "",
        jobs: versions.jobs)
      if current == nil { current = (manifest, snapshot) }
      let digests = Dictionary(
        manifest.files.map { ($0.path, $0.digest.description) }, uniquingKeysWith: { $1 })
      for item in manifest.items {
        // A document is its text, a record of a list or table what it says.
        let isAlone = snapshot.file(at: item.path)?.records.count == 1
        let digest = isAlone ? digests[item.path] ?? "" : item.digest.description
        let key = "\(item.register)/\(item.id)"
        guard baseline.name != last.name else {
          since[key] = (digest, baseline)
          continue
        }
        if let known = since[key], known.digest == digest,
          known.baseline.previous == baseline.tag.id
        {
          since[key] = (digest, baseline)
        }
      }
    }
    guard let current else { throw Failure("the catalogue of '\(last.name)' cannot be read") }
    let shapes = Dictionary(
      current.snapshot.catalogue.registers.map { ($0.name, $0.shape) }, uniquingKeysWith: { $1 })
    entries = current.manifest.items.compactMap { item in
      guard let (digest, baseline) = since["\(item.register)/\(item.id)"] else { return nil }
      let record = current.snapshot.file(at: item.path)?.records.first { $0.id == item.id }
      return Entry(
        register: item.register, id: item.id, title: record?.shownTitle ?? "",
        version: item.version, effective: item.effective ?? baseline.effective,
        decisions: baseline.decisions, since: baseline.name, digest: digest,
        isDocument: shapes[item.register] == .document)
    }.sorted {
      (NaturalKey($0.register), NaturalKey($0.id)) < (NaturalKey($1.register), NaturalKey($1.id))
    }
  }

  /// Returns the items of some registers; where none is named, all or the documents alone.
  package func entries(of registers: [String], all: Bool) -> [Entry] {
    entries.filter {
      registers.isEmpty ? all || $0.isDocument : registers.contains($0.register)
    }
  }
}
