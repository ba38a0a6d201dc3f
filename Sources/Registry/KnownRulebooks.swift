import Diagnostics
import SourceText
import Synchronization

/// The rulebooks that were read last: who checks one version after the other meets the same catalogue and schemas in
/// most of them, and compiles them once.
///
/// What a rulebook was made of is known by what was asked of the tree: one that answers all of it in the same way has
/// the same rulebook.
enum KnownRulebooks {
  /// Something that was asked of a tree, and what it answered.
  fileprivate enum Answer {
    case bytes(RepoPath, limit: Int, Result<[UInt8], SourceTreeError>)
    case entries(RepoPath?, [TreeEntry])
  }

  private struct Known: Sendable {
    let reviews: Bool
    let answers: [Answer]
    let rulebook: Rulebook
    let report: Report
  }

  private static let most = 4
  private static let known = Mutex<[Known]>([])

  /// Returns the rulebook of a tree, as one that was read before or else as `read` reads it.
  ///
  /// - Parameters:
  ///   - tree: What to read.
  ///   - reviews: Whether the schemas and the catalogue themselves are judged.
  ///   - report: Where findings go, the same for a rulebook that was known.
  ///   - read: Reads a tree.
  /// - Returns: The rulebook, or `nil` where the catalogue cannot be read.
  /// - Throws: What `read` throws.
  static func rulebook(
    of tree: any SourceTree, reviews: Bool, into report: inout Report,
    _ read: (any SourceTree, inout Report) throws(SourceTreeError) -> Rulebook?
  ) throws(SourceTreeError) -> Rulebook? {
    let candidates = known.withLock(\.self).filter { $0.reviews == reviews }
    if let same = candidates.last(where: { $0.answers.allSatisfy { $0.isSame(from: tree) } }) {
      report.merge(same.report)
      return same.rulebook
    }
    let recorder = Recorder(of: tree)
    var found = Report()
    let rulebook: Rulebook?
    do throws(SourceTreeError) {
      rulebook = try read(recorder, &found)
    } catch {
      report.merge(found)
      throw error
    }
    report.merge(found)
    guard let rulebook, let answers = recorder.answers else { return rulebook }
    let new = Known(reviews: reviews, answers: answers, rulebook: rulebook, report: found)
    known.withLock { known in
      if known.count >= most { known.removeFirst() }
      known.append(new)
    }
    return rulebook
  }
}

extension KnownRulebooks.Answer {
  /// Whether a tree gives the same answer.
  fileprivate func isSame(from tree: any SourceTree) -> Bool {
    switch self {
    case .bytes(let path, let limit, let answer): tree.answer(path, limit) == answer
    case .entries(let folder, let entries): (try? tree.entries(under: folder)) == entries
    }
  }
}

extension SourceTree {
  fileprivate func answer(_ path: RepoPath, _ limit: Int) -> Result<[UInt8], SourceTreeError> {
    do throws(SourceTreeError) {
      return .success(try bytes(of: path, limit: limit))
    } catch {
      return .failure(error)
    }
  }
}

/// A tree that notes what it is asked.
private final class Recorder: SourceTree {
  private let tree: any SourceTree
  /// What was asked; `nil` once something was that is not noted.
  private(set) var answers: [KnownRulebooks.Answer]? = []

  init(of tree: any SourceTree) { self.tree = tree }

  var title: String { tree.title }

  func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry] {
    do throws(SourceTreeError) {
      let entries = try tree.entries(under: folder)
      answers?.append(.entries(folder, entries))
      return entries
    } catch {
      answers = nil
      throw error
    }
  }

  func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8] {
    let answer = tree.answer(path, limit)
    answers?.append(.bytes(path, limit: limit, answer))
    return try answer.get()
  }
}
