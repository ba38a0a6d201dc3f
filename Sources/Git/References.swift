import Clibgit2
import Glibc
package import SourceText

/// The name of a reference: bytes, as Git compares them.
///
/// Texts are equal to Swift, and begin with each other, by characters: the branch
/// `refs/heads/` + U+0301 would not begin with `refs/heads/`.
package struct ReferenceName: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The name as a text; `nil` where it is not UTF-8.
  package var text: String? { String(validating: bytes, as: UTF8.self) }

  /// Whether Git gives a reference the name, and a file system of any kind has room for it.
  package var isValid: Bool {
    var result: Int32 = 0
    guard let text, bytes.count <= 1_000,
      bytes.split(separator: UInt8(ascii: "/")).allSatisfy({ $0.count <= 250 }),
      unsafe git_reference_name_is_valid(&result, text) == 0
    else { return false }
    return result == 1
  }

  /// Returns what follows the name of a folder, as `refs/tags/`; `nil` where it is not inside.
  package func name(in folder: String) -> ReferenceName? {
    bytes.starts(with: folder.utf8) && bytes.count > folder.utf8.count
      ? ReferenceName(bytes.dropFirst(folder.utf8.count)) : nil
  }
}

extension ReferenceName {
  fileprivate init(at name: UnsafePointer<CChar>) {
    bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }
}

extension ReferenceName: CustomStringConvertible {
  /// The name for people: what is not UTF-8 is replaced.
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension Repository {
  /// Returns the branches and what they point to, in the order of their names' bytes.
  package func branchReferences() throws(GitError) -> [(name: ReferenceName, commit: ObjectID)] {
    try references("refs/heads/*").map { ($0.name, $0.target) }
  }

  /// Returns where the branches of remotes are, as far as it is known here; what a remote's `HEAD` names is
  /// among them.
  ///
  /// - Parameter remote: The name of the remote; all where it is `nil`.
  /// - Returns: The names, with `refs/remotes/`, in the order of their bytes.
  /// - Throws: `GitError` where they cannot be read.
  package func remoteReferences(
    of remote: String? = nil
  ) throws(GitError) -> [(name: ReferenceName, commit: ObjectID)] {
    try references("refs/remotes/*").map { ($0.name, $0.target) }.filter { name, _ in
      remote.map { name.name(in: "refs/remotes/\($0)/") != nil } ?? true
    }
  }

  /// Returns where branches and those of remotes are, each commit once.
  package func branchTips() throws(GitError) -> [ObjectID] {
    var seen: Set<ObjectID> = []
    return try (branchReferences() + remoteReferences()).map(\.commit)
      .filter { seen.insert($0).inserted }
  }

  /// Returns all references by their names and what they point to; `nil` for one that names another.
  package func allReferences() throws(GitError) -> [ReferenceName: ObjectID?] {
    Dictionary(
      try namedReferences("refs/*").map { ($0.name, $0.target) }, uniquingKeysWith: { $1 })
  }

  private func references(
    _ pattern: String
  ) throws(GitError) -> [(name: ReferenceName, target: ObjectID)] {
    try namedReferences(pattern).compactMap { name, target in target.map { (name, $0) } }
      .sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
  }

  private func namedReferences(
    _ pattern: String
  ) throws(GitError) -> [(name: ReferenceName, target: ObjectID?)] {
    let iterator = try unsafe make("git_reference_iterator_glob_new") {
      unsafe git_reference_iterator_glob_new($0, handle, pattern)
    }
    defer { unsafe git_reference_iterator_free(iterator) }
    var found: [(name: ReferenceName, target: ObjectID?)] = []
    while true {
      var reference: OpaquePointer?
      let result = unsafe git_reference_next(&reference, iterator)
      guard result != GIT_ITEROVER.rawValue else { break }
      try check(result, "git_reference_next")
      guard let reference = unsafe reference else { break }
      defer { unsafe git_reference_free(reference) }
      guard let name = unsafe git_reference_name(reference) else { continue }
      let target = unsafe git_reference_target(reference)
      unsafe found.append((ReferenceName(at: name), target.map { unsafe ObjectID($0) }))
    }
    git_error_clear()
    return found
  }

  /// The reference that `HEAD` names, whether it is there or not; `nil` where `HEAD` is a commit.
  package func headName() throws(GitError) -> ReferenceName? {
    let head = try unsafe make("git_reference_lookup") {
      unsafe git_reference_lookup($0, handle, "HEAD")
    }
    defer { unsafe git_reference_free(head) }
    return unsafe git_reference_symbolic_target(head).map { unsafe ReferenceName(at: $0) }
  }

  /// Lets `HEAD` name a branch.
  package func pointHead(at branch: ReferenceName) throws(GitError) {
    guard let name = branch.text else { return }
    let head = try unsafe make("git_reference_symbolic_create") {
      unsafe git_reference_symbolic_create($0, handle, "HEAD", name, 1, nil)
    }
    unsafe git_reference_free(head)
  }

  /// Whether one commit comes before some of others, or is one of them.
  package func isReachable(
    _ one: ObjectID, from others: some Collection<ObjectID>
  ) throws(GitError) -> Bool {
    guard !others.contains(one) else { return true }
    guard !others.isEmpty else { return false }
    if isShallow { return try history(of: others).contains(one) }
    var commit = one.oid
    let tips = others.map(\.oid)
    let result = unsafe tips.withUnsafeBufferPointer {
      unsafe git_graph_reachable_from_any(handle, &commit, $0.baseAddress, $0.count)
    }
    try check(result, "git_graph_reachable_from_any")
    return result == 1
  }

  /// Returns the kind of an object, without reading it; `nil` where there is none.
  package func kind(of id: ObjectID) throws(GitError) -> String? {
    let store = try unsafe make("git_repository_odb") { unsafe git_repository_odb($0, handle) }
    defer { unsafe git_odb_free(store) }
    var (oid, size, type) = (id.oid, 0, GIT_OBJECT_ANY)
    let result = unsafe git_odb_read_header(&size, &type, store, &oid)
    guard result != GIT_ENOTFOUND.rawValue else {
      git_error_clear()
      return nil
    }
    try check(result, "git_odb_read_header")
    return unsafe String(cString: git_object_type2string(type))
  }

  /// Returns the commits of a branch that no other branch and no tag has, parents before children.
  ///
  /// - Parameter tip: The end of the branch.
  /// - Returns: The commits; references that come after the end count for nothing.
  /// - Throws: `GitError` where a commit cannot be read.
  package func commits(onlyAt tip: ObjectID) throws(GitError) -> [Commit] {
    var others: Set<ObjectID> = []
    for folder in ["refs/heads/*", "refs/remotes/*", "refs/tags/*"] {
      for reference in try references(folder) {
        guard case .commit(let commit) = try peeled(reference.target),
          !isAncestor(tip, of: commit)
        else { continue }
        others.insert(commit)
      }
    }
    return try commits(to: tip, without: Array(others), hiding: nil)
  }

  /// What a chain of tags leads to.
  package enum Peeled: Hashable, Sendable {
    case commit(ObjectID)
    /// A tree or a file; or nothing, where an object is missing or the chain has no end within reason.
    case other(String)
  }

  /// Follows tags to what they are of.
  ///
  /// - Parameter id: A tag of any depth, or what one can be of.
  /// - Returns: What it leads to.
  /// - Throws: `GitError` where an object cannot be read.
  package func peeled(_ id: ObjectID) throws(GitError) -> Peeled {
    var id = id
    for _ in 0..<64 {
      switch try kind(of: id) {
      case "commit": return .commit(id)
      case "tag":
        guard let tag = try annotatedTag(id) else { return .other("tag that cannot be read") }
        id = tag.target
      case "tree": return .other("folder")
      case "blob": return .other("file")
      default: return .other("object that is missing")
      }
    }
    return .other("chain of more than 64 tags")
  }
}
