import Diagnostics
package import Git
import History
import Patterns
package import Registry
import Rules
package import SourceText

/// What is committed up to a version: what a walk through history begins with.
package struct Past {
  package let place: Workplace
  package let repository: Repository
  package let tree: CommitTree
  package var tip: ObjectID { tree.commit }

  /// Opens the past of a version.
  ///
  /// - Parameters:
  ///   - revision: The version.
  ///   - place: Where.
  /// - Throws: `Failure` where there is no such commit.
  package init(upTo revision: String, in place: Workplace) throws {
    self.place = place
    repository = try place.openRepository()
    guard let tree = try place.tree(at: .revision(revision)) as? CommitTree else {
      throw Failure("'\(revision)' is no commit")
    }
    self.tree = tree
  }

  /// An item that is gone.
  package struct Lost {
    package let register: Register
    package let id: String
    let path: RepoPath
    /// The commit that took it out.
    package let commit: ObjectID
    package let subject: String
    let rulebook: Rulebook
  }

  /// Returns when an item went that is not there any more; `nil` where it never was.
  package func lost(_ name: String) async throws -> Lost? {
    var dropped = Report()
    guard let rulebook = try Rulebook.read(tree, into: &dropped) else { return nil }
    var former = FormerRecords(in: repository)
    for register in rulebook.catalogue.registers {
      for id in register.ids(meant: name) where register.isRegular(id, with: PatternMatcher()) {
        let removal = try await former.removal(
          of: FormerUse(register: register.name, id: id), before: tip, by: rulebook)
        guard let removal else { continue }
        return Lost(
          register: register, id: id, path: removal.path, commit: removal.commit,
          subject: removal.subject, rulebook: rulebook)
      }
    }
    return nil
  }

  /// Finds an item; of one that is gone the failure says when, and what it is now.
  ///
  /// - Parameters:
  ///   - name: What the user wrote.
  ///   - versions: Reads the version.
  /// - Returns: The item.
  /// - Throws: `Failure` where there is none, or several.
  package func item(_ name: String, _ versions: VersionReader) async throws -> VersionReader.Found {
    do {
      return try await versions.item(name, in: tree)
    } catch let failure as Failure {
      guard let lost = try await lost(name) else { throw failure }
      let commit = lost.commit.description.prefix(7)
      let now = try await heir(of: lost, versions)
      throw Failure(
        now.map { "'\(lost.id)' is '\($0)' since commit \(commit) (\(lost.subject))" }
          ?? "'\(lost.id)' is gone since commit \(commit) (\(lost.subject))",
        hint: "See it as it was with: --at \(commit)^; its life with: registrar log \(lost.id)")
    }
  }

  /// Returns the id that a record has which says with 'formerly' that it was an item.
  func heir(of lost: Lost, _ versions: VersionReader) async throws -> String? {
    let snapshot = try await versions.snapshot(of: tree)
    guard let register = snapshot.catalogue.register(named: lost.register.name) else { return nil }
    return snapshot.records(of: register).first { $0.formerIDs.contains(lost.id) }?.id
  }
}
