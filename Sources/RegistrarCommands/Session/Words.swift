import Accounts
import Diagnostics
import Git
import Registry
import SourceText

extension Workplace {
  /// Returns what words name in some versions.
  ///
  /// - Parameters:
  ///   - words: What was written.
  ///   - trees: The versions to look in.
  ///   - session: Where the user is.
  ///   - takesRevisions: Whether a revision could have stood there, for the message.
  /// - Returns: The words with their meanings, in their order.
  /// - Throws: `Failure` for the first that names nothing, with what was most likely meant, or that
  ///   names what registrar does not look at.
  func words(
    _ words: [String], in trees: [any SourceTree], _ session: Session, takesRevisions: Bool = false
  ) async throws -> [Word] {
    guard !words.isEmpty else { return [] }
    var vocabulary = try Vocabulary(of: trees, jobs: session.processorCount)
    var found: [Word] = []
    for word in words {
      let path: RepoPath?
      var outside: Failure?
      do throws(Failure) {
        path = try self.path(word, in: session)
        if path == nil {
          // The top of the work tree is everything.
          found.append(Word(text: word, meanings: Catalogue.folders.map { .place($0) }))
          continue
        }
      } catch {
        // A word that leads out of the repository is no path in it; it may be an item all the same.
        path = nil
        outside = word.contains("/") ? error : nil
      }
      let meanings = try await vocabulary.meanings(of: word, path: path)
      guard !meanings.isEmpty else {
        if let outside { throw outside }
        let revisions = takesRevisions ? (try? repository?.revisionNames()) ?? [] : []
        let meant = try await vocabulary.suggestion(for: word, among: revisions)
        let kinds = "register, item, clause, file or folder"
        throw Failure(
          "'\(word)' is no \(takesRevisions ? "revision, " : "")\(kinds)",
          hint: (takesRevisions ? tagHint(beside: meant) : nil)
            ?? (vocabulary.isNameOfBaseline(word) && !revisions.contains(meant ?? "")
              ? "List the baselines with: registrar baseline list" : nil)
            ?? meant.map { suggestion(of: $0, for: word) }
            ?? "List registers and items with: registrar list"
            + (takesRevisions ? "; revisions with: git tag, git log" : ""))
      }
      for case .place(let path) in meanings where !Self.isLookedAt(path) {
        throw Failure(
          "'\(word)' is not below \(Catalogue.folder)/ or \(Catalogue.schemaFolder)/, and registrar "
            + "does not look at it",
          hint: takesRevisions ? "See it with: git diff" : nil)
      }
      found.append(Word(text: word, meanings: meanings))
    }
    return found
  }

  private static func isLookedAt(_ path: RepoPath) -> Bool {
    Catalogue.folders.contains { path.isInside($0) || $0.isInside(path) }
  }
}
