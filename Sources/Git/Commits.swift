import Clibgit2
import Glibc
package import SourceText

/// A commit as histories list it.
package struct Commit: Hashable, Sendable {
  package let id: ObjectID
  package let parents: [ObjectID]
  /// The first paragraph of the message, on one line.
  package let subject: String
  /// When it was committed, in seconds since 1970.
  ///
  /// Dates of effect are data and never this.
  package let time: Int64
  /// The lines `Key: value` at the end of the message, in order.
  package let trailers: [Trailer]

  /// A line `Key: value` at the end of a message, as `git interpret-trailers` reads them.
  package struct Trailer: Hashable, Sendable {
    package let key: String
    package let value: String
  }
}

extension Repository {
  /// Returns the commits that one revision reaches and another does not, parents before children.
  ///
  /// - Parameters:
  ///   - base: What is left out with all before it; `nil` leaves nothing out.
  ///   - tip: Where to begin.
  /// - Returns: The commits.
  /// - Throws: `GitError` where a commit cannot be read.
  package func commits(from base: ObjectID?, to tip: ObjectID) throws(GitError) -> [Commit] {
    try commits(to: tip, without: base.map { [$0] } ?? [], hiding: nil)
  }

  /// Returns the commits that one commit reaches and others do not, parents before children.
  ///
  /// - Parameters:
  ///   - tip: Where to begin.
  ///   - bases: What is left out with all before it.
  ///   - pattern: References that are left out with all before them, as `refs/*`.
  /// - Returns: The commits.
  /// - Throws: `GitError` where a commit cannot be read.
  package func commits(
    to tip: ObjectID, without bases: [ObjectID], hiding pattern: String?
  ) throws(GitError) -> [Commit] {
    if isShallow {
      let others = if let pattern { try self.commits(ofReferences: pattern) } else { [ObjectID]() }
      let hidden = Set(try history(of: bases + others))
      return try history(of: [tip], without: hidden).map { id throws(GitError) in
        try commit(id)
      }
    }
    let walk = try unsafe make("git_revwalk_new") { unsafe git_revwalk_new($0, handle) }
    defer { unsafe git_revwalk_free(walk) }
    let order = GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue
    try check(unsafe git_revwalk_sorting(walk, order), "git_revwalk_sorting")
    var oid = tip.oid
    try check(unsafe git_revwalk_push(walk, &oid), "git_revwalk_push")
    for base in bases {
      oid = base.oid
      try check(unsafe git_revwalk_hide(walk, &oid), "git_revwalk_hide")
    }
    if let pattern {
      try check(unsafe git_revwalk_hide_glob(walk, pattern), "git_revwalk_hide_glob")
    }
    var commits: [Commit] = []
    while true {
      let result = unsafe git_revwalk_next(&oid, walk)
      guard result != GIT_ITEROVER.rawValue else { return commits }
      try check(result, "git_revwalk_next")
      commits.append(try commit(unsafe ObjectID(&oid)))
    }
  }

  /// Returns the parents of a commit; none where a shallow clone was cut off there.
  package func parents(of id: ObjectID) throws(GitError) -> [ObjectID] {
    cut.isEmpty || !cut.contains(id) ? try links(of: id).parents : []
  }

  private func parents(of commit: OpaquePointer) -> [ObjectID] {
    if !cut.isEmpty, cut.contains(unsafe ObjectID(git_commit_id(commit))) { return [] }
    return (0..<(unsafe git_commit_parentcount(commit))).map {
      unsafe ObjectID(git_commit_parent_id(commit, $0))
    }
  }

  /// Returns the object of a commit, which the caller frees.
  func lookUp(commit id: ObjectID) throws(GitError) -> OpaquePointer {
    var oid = id.oid
    return try unsafe make("git_commit_lookup") { unsafe git_commit_lookup($0, handle, &oid) }
  }

  /// Whether a commit is known to be on some remote.
  package func isOnRemote(_ commit: ObjectID) throws(GitError) -> Bool {
    try Set(remoteReferences().map(\.commit)).contains { isAncestor(commit, of: $0) }
  }

  /// Returns the commits that a merge which is under way will join with HEAD.
  package func mergeHeads() throws(GitError) -> [ObjectID] {
    guard let bytes = unsafe fopen(path + "MERGE_HEAD", "r") else { return [] }
    defer { unsafe fclose(bytes) }
    var heads: [ObjectID] = []
    var line = [UInt8](repeating: 0, count: 128)
    while true {
      let read = unsafe line.withUnsafeMutableBytes { buffer in
        unsafe fgets(buffer.bindMemory(to: CChar.self).baseAddress, 128, bytes) != nil
      }
      guard read else { break }
      let text = String(decoding: line.prefix { $0 != 10 && $0 != 0 }, as: UTF8.self)
      if let id = ObjectID(hexadecimal: text) { heads.append(id) }
    }
    return heads
  }

  /// Returns the lines `Key: value` at the end of a message.
  package func trailers(of message: String) -> [Commit.Trailer] {
    // A line that begins with white space goes on with the one before it.
    var whole = ""
    var mayGoOn = false
    for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
      if mayGoOn, let first = line.first, first == " " || first == "\t",
        !line.allSatisfy(\.isWhitespace)
      {
        whole += " " + line.drop { $0 == " " || $0 == "\t" }
      } else {
        if line.startIndex != message.startIndex { whole += "\n" }
        whole += line
        mayGoOn = line.contains(":")
      }
    }
    return unsafe whole.withCString { unsafe trailers(in: $0) }
  }

  /// Returns the whole message of a commit.
  package func message(of id: ObjectID) throws(GitError) -> String {
    let commit = try unsafe lookUp(commit: id)
    defer { unsafe git_commit_free(commit) }
    return unsafe git_commit_message(commit).map { unsafe String(cString: $0) } ?? ""
  }

  /// Returns what histories say of a commit.
  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let commit = try unsafe lookUp(commit: id)
    defer { unsafe git_commit_free(commit) }
    let subject = unsafe git_commit_summary(commit).map { unsafe String(cString: $0) } ?? ""
    return unsafe Commit(
      id: id, parents: parents(of: commit), subject: subject, time: git_commit_time(commit),
      trailers: git_commit_message(commit).map { unsafe trailers(of: String(cString: $0)) } ?? [])
  }

  private func trailers(in message: UnsafePointer<CChar>) -> [Commit.Trailer] {
    var found = unsafe git_message_trailer_array()
    guard unsafe git_message_trailers(&found, message) == 0 else {
      git_error_clear()
      return []
    }
    defer { unsafe git_message_trailer_array_free(&found) }
    return unsafe (0..<found.count).map { position in
      let trailer = unsafe found.trailers[position]
      return unsafe Commit.Trailer(
        key: trailer.key.map { unsafe String(cString: $0) } ?? "",
        value: trailer.value.map { unsafe String(cString: $0) } ?? "")
    }
  }
}
