import Comparison
import Registry
import SourceText
import Synchronization

/// The passages of the documents of a version, which many rules look at.
///
/// One belongs to one check of one snapshot: what it read it keeps, up to a bound.
final class DocumentPassages: Sendable {
  private struct State {
    var known: [RepoPath: [Passage]]
    /// Of how many bytes of text passages are still kept.
    var room = 16 * 1024 * 1024
  }

  private let snapshot: Snapshot
  private let state: Mutex<State>

  init(of snapshot: Snapshot, known: [RepoPath: [Passage]] = [:]) {
    self.snapshot = snapshot
    state = Mutex(State(known: known))
  }

  /// Returns the passages of all documents.
  static func all(in snapshot: Snapshot) -> [RepoPath: [Passage]] {
    let passages = DocumentPassages(of: snapshot)
    for file in snapshot.files
    where snapshot.catalogue.registers[file.register].shape == .document { _ = passages[file.path] }
    return passages.state.withLock(\.known)
  }

  /// Returns the passages of a document; none where there is no such file.
  subscript(path: RepoPath) -> [Passage] {
    if let passages = state.withLock({ $0.known[path] }) { return passages }
    guard let file = snapshot.file(at: path), let source = file.source else { return [] }
    let numbering = snapshot.catalogue.registers[file.register].numbering
    let passages = Passage.passages(of: source, numbering)
    state.withLock { state in
      guard source.bytes.count <= state.room else { return }
      state.room -= source.bytes.count
      state.known[path] = passages
    }
    return passages
  }
}
