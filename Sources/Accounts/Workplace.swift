package import Baselines
import Diagnostics
package import Git
import Registry
package import SourceText

/// Where a command looks for registers.
package struct Workplace {
  /// The repository, where the folder is in one.
  package let repository: Repository?
  /// The top of the work tree or of the plain folder; `nil` in a bare repository.
  package let root: String?

  /// What a command reads.
  package enum Source: Hashable {
    case workTree
    case index
    case revision(String)
  }

  /// Opens the place that a folder is in.
  ///
  /// - Parameters:
  ///   - folder: Where the user is, as an absolute path.
  ///   - environment: What says where the repository is, as Git reads it.
  /// - Throws: `Failure` where there is a repository that cannot be read.
  package init(at folder: String, _ environment: [String: String]) throws(Failure) {
    do throws(GitError) {
      let repository = try Repository.open(from: folder, GitEnvironment(environment))
      self.repository = repository
      root = repository.workDirectory.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    } catch {
      let isNamed = environment["GIT_DIR"] != nil
      guard error.isNotFound, error.unsupported == nil, !isNamed else {
        throw Failure(error, opening: folder)
      }
      repository = nil
      root = Self.folderWithCatalogue(from: folder)
    }
  }

  /// Looks upwards for a configuration repository's files outside of Git, as an export has them.
  private static func folderWithCatalogue(from start: String) -> String? {
    guard let catalogue = RepoPath("schema/catalogue.yaml") else { return nil }
    var folder = start
    while true {
      if (try? WorkTree(root: folder).bytes(of: catalogue, limit: .max)) != nil { return folder }
      guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { return nil }
      folder = String(folder[..<slash])
    }
  }

  package func tree(at source: Source) throws(Failure) -> any SourceTree {
    guard let repository else {
      guard source == .workTree else {
        throw Failure("there is no Git repository here", hint: "Run the command inside of one")
      }
      guard let root else {
        throw Failure(
          "there is neither a Git repository nor a catalogue here",
          hint:
            "Run registrar in a configuration repository (it has \(catalogueName)), or make one: "
            + "registrar init")
      }
      return WorkTree(root: root)
    }
    let folder = source == .workTree ? try workTree(of: repository) : ""
    do throws(GitError) {
      switch source {
      case .workTree: return try CheckedOutTree(of: repository, at: folder)
      case .index: return try IndexTree(of: repository)
      case .revision(let revision): return try CommitTree(at: revision, in: repository)
      }
    } catch {
      if case .revision(let revision) = source, error.unsupported == nil {
        throw noRevision(revision, error)
      }
      throw Failure(error, opening: root ?? repository.path)
    }
  }

  /// Returns the commit that a revision names.
  ///
  /// - Parameter revision: As the user wrote it.
  /// - Returns: The commit's name.
  /// - Throws: `Failure` where there is none, with what was most likely meant.
  package func commit(_ revision: String) throws(Failure) -> ObjectID {
    let repository = try openRepository()
    do throws(GitError) {
      return try repository.commit(at: revision)
    } catch {
      throw noRevision(revision, error)
    }
  }

  private func noRevision(_ revision: String, _ error: GitError) -> Failure {
    if revision == "HEAD", repository?.isUnborn == true {
      return Failure("there is no commit yet", hint: "Make one: git commit")
    }
    let names = (try? repository?.revisionNames()) ?? []
    let reason = error.isNotFound ? "" : ": \(error.message)"
    let near = nearest(to: revision, among: names)
    return Failure(
      "there is no revision '\(revision)'\(reason)",
      hint: tagHint(beside: near) ?? advice(for: revision, among: names)
        ?? "List them with: git log, git tag, git branch")
  }

  /// Returns why a tag may be missing here, unless a branch is what was most likely meant: where tags may be
  /// missing, another tag is no advice.
  package func tagHint(beside near: String?) -> String? {
    if let near, (try? repository?.reference("refs/tags/" + near)) ?? nil == nil { return nil }
    return repository?.gaps.tagHint
  }

  private func workTree(of repository: Repository) throws(Failure) -> String {
    guard let root else {
      throw Failure(
        "the repository at \(repository.path) has no work tree", hint: "Name a revision: --at HEAD")
    }
    guard WorkTree(root: root).isThere else {
      throw Failure(
        "the work tree '\(root)' of \(repository.path) is not there",
        hint: "Correct core.worktree in \(repository.path)config, or name a revision: --at HEAD")
    }
    return root
  }

  /// Returns the version that the next commit is compared with; `nil` before the first.
  package func headTree() throws(Failure) -> (any SourceTree)? {
    guard let repository, !repository.isUnborn else { return nil }
    return try tree(at: .revision("HEAD"))
  }

  private var catalogueName: String { "schema/catalogue.yaml" }

  /// Returns the path inside the repository of a path as a user gives it.
  ///
  /// - Parameters:
  ///   - text: Relative to the folder, or absolute.
  ///   - folder: Where the user is.
  /// - Returns: The path; `nil` for the top of the work tree.
  /// - Throws: `Failure` where it leads out of it.
  package func path(_ text: String, from folder: String) throws(Failure) -> RepoPath? {
    let absolute = text.hasPrefix("/") ? text : folder + "/" + text
    var parts: [Substring] = []
    for part in absolute.split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    let top = (root ?? folder).split(separator: "/")
    guard parts.starts(with: top) else {
      throw Failure("'\(text)' is outside of \(root ?? folder)")
    }
    return RepoPath(parts.dropFirst(top.count).joined(separator: "/"))
  }
}

extension Workplace {
  /// Returns the repository, or fails where there is none.
  package func openRepository() throws(Failure) -> Repository {
    guard let repository else {
      throw Failure("there is no Git repository here", hint: "Run the command inside of one")
    }
    return repository
  }

  /// Returns the baselines of the repository, or fails where there is none or its tags cannot be read.
  package func ledger() throws(Failure) -> Ledger {
    let repository = try openRepository()
    do throws(GitError) {
      return try Ledger(of: repository)
    } catch {
      throw Failure("the tags cannot be read: \(error.message)")
    }
  }
}
