import Comparison
import Registry
import SourceText

/// The passages of the documents of a version, which many rules look at.
///
/// One belongs to one check of one snapshot: what it read it keeps, up to a bound.
final class DocumentPassages {
  private let snapshot: Snapshot
  private var known: [RepoPath: [Passage]]
  /// Of how many bytes of text passages are still kept.
  private var room = 16 * 1024 * 1024

  init(of snapshot: Snapshot, known: [RepoPath: [Passage]] = [:]) {
    self.snapshot = snapshot
    self.known = known
  }

  /// Returns the passages of all documents.
  static func all(in snapshot: Snapshot) -> [RepoPath: [Passage]] {
    let passages = DocumentPassages(of: snapshot)
    for file in snapshot.files
    where snapshot.catalogue.registers[file.register].shape == .document { _ = passages[file.path] }
    return passages.known
  }

  /// Returns the passages of a document; none where there is no such file.
  subscript(path: RepoPath) -> [Passage] {
    if let passages = known[path] { return passages }
    guard let file = snapshot.file(at: path), let source = file.source else { return [] }
    let numbering = snapshot.catalogue.registers[file.register].numbering
    let passages = Passage.passages(of: source, numbering)
    if source.bytes.count <= room {
      room -= source.bytes.count
      known[path] = passages
    }
    return passages
  }
}
