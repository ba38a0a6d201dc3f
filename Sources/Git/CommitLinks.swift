import Clibgit2
import SourceText

/// What a commit leads to: its tree and its parents, which stand at its begin.
///
/// A walk through history asks it of thousands of commits. To read no more than these lines costs half of what
/// libgit2 needs to parse a commit, and the next commit of a walk was a parent just before.
struct CommitLinks {
  let tree: ObjectID
  private(set) var parents: [ObjectID] = []

  /// Reads the begin of a commit; `nil` where it is none that Git writes.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var rest = unsafe bytes[...]
    guard let tree = unsafe Self.name(after: "tree ", in: &rest) else { return nil }
    self.tree = tree
    while let parent = unsafe Self.name(after: "parent ", in: &rest) { parents.append(parent) }
    guard unsafe rest.starts(with: "author ".utf8) else { return nil }
  }

  /// Takes a line off, where it is a word and a name.
  private static func name(
    after word: StaticString, in rest: inout Slice<UnsafeRawBufferPointer>
  ) -> ObjectID? {
    let length = word.utf8CodeUnitCount
    let begin = unsafe rest.startIndex + length
    guard unsafe rest.count > length + 40, unsafe rest[begin + 40] == 10,
      unsafe rest.starts(with: UnsafeBufferPointer(start: word.utf8Start, count: length))
    else { return nil }
    var oid = git_oid()
    let digits = unsafe rest.base.baseAddress?.advanced(by: begin)
    guard unsafe git_oid_fromstrn(&oid, digits?.assumingMemoryBound(to: CChar.self), 40) == 0 else {
      git_error_clear()
      return nil
    }
    unsafe rest = unsafe rest[(begin + 41)...]
    return unsafe ObjectID(&oid)
  }
}

extension Repository {
  /// Returns what a commit leads to; of one at which a shallow clone was cut off, parents that are not here.
  ///
  /// - Throws: `GitError` where it cannot be read.
  func links(of commit: ObjectID) throws(GitError) -> CommitLinks {
    if let known = knownLinks[commit] { return known }
    let links = try unsafe withObject(commit) { kind, bytes throws(GitError) in
      unsafe kind == GIT_OBJECT_COMMIT ? CommitLinks(bytes) : nil
    }
    guard let links else {
      // What is no commit of Git's is told by libgit2.
      unsafe git_commit_free(try lookUp(commit: commit))
      throw .other(than: "commit")
    }
    if knownLinks.count >= 4096 { knownLinks = [:] }
    knownLinks[commit] = links
    return links
  }
}
