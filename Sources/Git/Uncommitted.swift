import Clibgit2
import Glibc

extension Repository {
  /// Returns the files below some folders that differ between HEAD, the index and the work tree, and those that
  /// Git does not know and does not ignore, in the order of their paths.
  ///
  /// - Parameter folders: The folders, from the top of the work tree.
  /// - Returns: The paths; none in a bare repository.
  /// - Throws: `GitError` where the index or the work tree cannot be read.
  package func uncommitted(under folders: [String]) throws(GitError) -> [String] {
    guard workDirectory != nil else { return [] }
    var options = unsafe git_status_options()
    try check(
      unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION)),
      "git_status_options_init")
    unsafe options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
    unsafe options.flags =
      GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH.rawValue
    var names = unsafe folders.map { unsafe strdup($0) }
    defer { while let name = unsafe names.popLast() { unsafe free(name) } }
    return try unsafe names.withUnsafeMutableBufferPointer { buffer throws(GitError) in
      unsafe options.pathspec = git_strarray(strings: buffer.baseAddress, count: buffer.count)
      let list = try unsafe make("git_status_list_new") {
        unsafe git_status_list_new($0, handle, &options)
      }
      defer { unsafe git_status_list_free(list) }
      var paths: [String] = []
      for position in 0..<(unsafe git_status_list_entrycount(list)) {
        guard let entry = unsafe git_status_byindex(list, position) else { continue }
        let delta = unsafe entry.pointee.index_to_workdir ?? entry.pointee.head_to_index
        guard let path = unsafe delta?.pointee.new_file.path ?? delta?.pointee.old_file.path else {
          continue
        }
        unsafe paths.append(String(cString: path))
      }
      return paths.sorted()
    }
  }
}
