import Clibgit2

extension Repository {
  /// Returns the names of tags and branches as people write them, in no order.
  ///
  /// - Returns: `sec/1.0` for `refs/tags/sec/1.0`; names that are not UTF-8 are left out.
  /// - Throws: `GitError` where references cannot be read.
  package func revisionNames() throws(GitError) -> [String] {
    let iterator = try unsafe make("git_reference_iterator_new") {
      unsafe git_reference_iterator_new($0, handle)
    }
    defer { unsafe git_reference_iterator_free(iterator) }
    var found: [String] = []
    var name: UnsafePointer<CChar>?
    while unsafe git_reference_next_name(&name, iterator) == 0, let text = unsafe name {
      guard let name = unsafe String(validatingCString: text) else { continue }
      for folder in ["refs/tags/", "refs/heads/", "refs/remotes/"] where name.hasPrefix(folder) {
        found.append(String(name.dropFirst(folder.count)))
      }
    }
    git_error_clear()
    return found
  }
}
