import Clibgit2
package import SourceText

/// The way back through history, children before parents.
///
/// Where one line alone is open, its next commit needs no search. From the first merge on that opens more
/// than one, libgit2 sorts what is left, once.
@safe package final class CommitDescent {
  private let repository: Repository
  private var walk: OpaquePointer?
  /// What is left of the history of a shallow clone, the next commit last.
  private var rest: [ObjectID]?

  package init(in repository: Repository) {
    self.repository = repository
  }

  deinit { unsafe git_revwalk_free(walk) }

  /// Returns the next commit to look at.
  ///
  /// - Parameter open: The commits that are still to be looked at.
  /// - Returns: One of them that none of the others comes after; `nil` where none is open.
  /// - Throws: `GitError` where a commit cannot be read.
  package func next(of open: some Collection<ObjectID>) throws(GitError) -> ObjectID? {
    guard let first = open.first else { return nil }
    if unsafe walk == nil, rest == nil {
      if open.count == 1 { return first }
      if repository.isShallow {
        rest = try repository.history(of: open.sorted { $0.description < $1.description })
      } else {
        try start(from: open)
      }
    }
    if rest != nil {
      while let id = rest?.popLast() { if open.contains(id) { return id } }
      return nil
    }
    var oid = git_oid()
    while true {
      let result = unsafe git_revwalk_next(&oid, walk)
      guard result != GIT_ITEROVER.rawValue else { return nil }
      try check(result, "git_revwalk_next")
      let id = unsafe ObjectID(&oid)
      if open.contains(id) { return id }
    }
  }

  private func start(from tips: some Collection<ObjectID>) throws(GitError) {
    let walk = try unsafe make("git_revwalk_new") { unsafe git_revwalk_new($0, repository.handle) }
    unsafe self.walk = unsafe walk
    try check(
      unsafe git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue), "git_revwalk_sorting")
    // Of commits that nothing orders, the way they are told is the same each time.
    for tip in tips.sorted(by: { $0.description < $1.description }) {
      var oid = tip.oid
      try check(unsafe git_revwalk_push(walk, &oid), "git_revwalk_push")
    }
  }
}
