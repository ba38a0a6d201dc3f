import Clibgit2
import Glibc
package import SourceText

/// Which object a path names in commit after commit.
///
/// A walk through history asks it of thousands of commits, most of which changed something else. Trees are
/// read as bytes and searched for one name: to parse all their entries takes several times as long.
package final class PathLookup {
  private let repository: Repository
  private let components: [[UInt8]]
  /// For each component, the object that a tree has under it.
  private var known: [[ObjectID: ObjectID?]]
  private var commits: [ObjectID: ObjectID?] = [:]
  /// From how many on what is known is let go.
  private static let most = 4096

  package init(of path: RepoPath, in repository: Repository) {
    self.repository = repository
    components = path.string.split(separator: "/").map { Array($0.utf8) }
    known = Array(repeating: [:], count: components.count)
  }

  /// Returns the file or folder at the path in a commit.
  ///
  /// - Parameter commit: The commit.
  /// - Returns: Its object; `nil` where there is none.
  /// - Throws: `GitError` where the commit or a tree cannot be read.
  package func object(in commit: ObjectID) throws(GitError) -> ObjectID? {
    if let found = commits[commit] { return found }
    if commits.count >= Self.most { commits = [:] }
    var object: ObjectID? = try repository.links(of: commit).tree
    for level in components.indices {
      guard let tree = object else { break }
      if let found = known[level][tree] {
        object = found
        continue
      }
      if known[level].count >= Self.most { known[level] = [:] }
      object = try repository.entry(components[level], inTree: tree)
      known[level][tree] = .some(object)
    }
    commits[commit] = .some(object)
    return object
  }

  /// Returns the first of the parents of a commit that has the same at the path, or `nil`.
  ///
  /// A merge that took one side as it is changed nothing.
  package func sameParent(
    of commit: ObjectID, among parents: [ObjectID]
  ) throws(GitError) -> ObjectID? {
    let own = try object(in: commit)
    for parent in parents where try object(in: parent) == own { return parent }
    return nil
  }
}

extension Repository {
  /// Returns the object that a tree has under a name; `nil` where it has none, or is no tree.
  fileprivate func entry(_ name: [UInt8], inTree tree: ObjectID) throws(GitError) -> ObjectID? {
    try unsafe withObject(tree) { kind, bytes throws(GitError) in
      unsafe kind == GIT_OBJECT_TREE ? Self.entry(name, inTree: bytes) : nil
    }
  }

  private static func entry(_ name: [UInt8], inTree bytes: UnsafeRawBufferPointer) -> ObjectID? {
    // Each entry is its mode, a space, its name, a zero, and the object's 20 bytes.
    guard let start = bytes.baseAddress else { return nil }
    var position = 0
    while position < bytes.count {
      guard let space = unsafe memchr(start + position, 0x20, bytes.count - position),
        case let begin = unsafe UnsafeRawPointer(space) - start + 1,
        let end = unsafe memchr(start + begin, 0, bytes.count - begin),
        case let zero = unsafe UnsafeRawPointer(end) - start, zero + 20 < bytes.count
      else { return nil }
      if zero - begin == name.count, unsafe memcmp(start + begin, name, name.count) == 0 {
        return unsafe ObjectID(
          at: UnsafeRawBufferPointer(rebasing: bytes[(zero + 1)...(zero + 20)]))
      }
      position = zero + 21
    }
    return nil
  }
}
