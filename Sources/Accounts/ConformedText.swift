import Comparison
import Editing
import Git
import Registry
package import SourceText
import Syntax

/// The text with one modification after another in it.
package struct ConformedText {
  /// What one modification does to the text that those before it leave.
  package struct Step {
    package let modification: PendingModification
    package let changes: Changes
    /// Files whose text could not be joined, because others changed the same words.
    package let collisions: [RepoPath]

    /// Whether it changes an item, in its record or its text.
    package func changes(item id: String) -> Bool {
      changes.registers.contains { $0.changes.contains { $0.id == id } }
        || changes.documents.contains { $0.id == id }
    }
  }

  /// Whether every modification could be joined to those before it.
  package var isWhole: Bool { steps.allSatisfy(\.collisions.isEmpty) }

  package private(set) var steps: [Step] = []
  /// The text after the last.
  package private(set) var tree: any SourceTree

  /// Joins modifications to a version.
  ///
  /// - Parameters:
  ///   - modifications: In the order of their days of effect.
  ///   - start: The version to begin with.
  ///   - reader: Compares versions.
  ///   - place: Where the commits are.
  /// - Throws: What reading throws.
  package init(
    of modifications: [PendingModification], over start: any SourceTree, _ reader: ChangeReader,
    _ place: Workplace
  ) async throws {
    tree = start
    for modification in modifications {
      guard let tip = modification.tip, let base = modification.base else { continue }
      let repository = try place.openRepository()
      let old = try CommitTree(at: base.description, in: repository)
      let new = try CommitTree(at: tip.description, in: repository)
      var next = OverlayTree(over: tree, title: "with \(modification.id)")
      var collisions: [RepoPath] = []
      let catalogue = try Rulebook.catalogue(of: tree)
      for change in try new.changes(since: old)
      where change.path.string.hasPrefix(Catalogue.folder + "/") {
        let path = change.path
        func file(_ tree: any SourceTree) -> SourceFile? {
          (try? tree.bytes(of: path, limit: SyntaxLimits().bytes))
            .map { SourceFile(path: path, bytes: $0) }
        }
        guard let theirs = file(new) else {
          next[path] = .some(nil)
          continue
        }
        guard let base = file(old), let ours = file(tree), ours.bytes != base.bytes else {
          next[path] = theirs.bytes
          continue
        }
        let rules = catalogue.flatMap { FileMerge.rules(for: path, $0, in: tree) }
        let labels = ConflictLabels(ours: tree.title, theirs: modification.id)
        let merge = ThreeWayMerge(
          base: base, ours: ours, theirs: theirs, register: rules?.register,
          program: rules?.program,
          labels: labels
        ) { FileMerge.lines($0, $1, $2, labels) }
        if merge.conflicts > 0 {
          collisions.append(path)
        } else {
          next[path] = merge.bytes
        }
      }
      steps.append(
        Step(
          modification: modification, changes: try await reader.changes(from: tree, to: next),
          collisions: collisions))
      tree = next
    }
  }
}
