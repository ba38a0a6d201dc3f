/// The files of one moment: a work tree, an index, a commit, or files made up by a test.
///
/// Everything that reads a configuration repository reads it through this, so that a check sees the
/// same whatever it looks at. A tree need not be safe to read from two threads at once.
package protocol SourceTree {
  /// What the files are, for people: `the work tree`, `the index`, `commit 1a2b3c4`.
  var title: String { get }

  /// Returns what lies anywhere below a folder, in the order of paths.
  ///
  /// - Parameter folder: The folder to look in; `nil` is the top.
  /// - Returns: Files and folders below it; nothing where there is no such folder.
  /// - Throws: `SourceTreeError` where the tree cannot be listed.
  func entries(under folder: RepoPath?) throws(SourceTreeError) -> [TreeEntry]

  /// Returns what lies anywhere below a folder under a name that is asked for.
  ///
  /// Of very many files a few are picked without making a text of each name.
  ///
  /// - Parameters:
  ///   - folder: The folder to look in; `nil` is the top.
  ///   - isWanted: Whether the bytes of a name, the last component of a path, are asked for.
  /// - Returns: Files and folders below it, in the order of paths.
  /// - Throws: `SourceTreeError` where the tree cannot be listed.
  func entries(
    under folder: RepoPath?, named isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(SourceTreeError) -> [TreeEntry]

  /// Returns what stands at a path.
  ///
  /// - Parameter path: Where to look.
  /// - Returns: The file or folder, or `nil` where there is neither.
  /// - Throws: `SourceTreeError` where the tree cannot be read.
  func entry(at path: RepoPath) throws(SourceTreeError) -> TreeEntry?

  /// Whether some file below a folder satisfies a condition.
  ///
  /// - Parameters:
  ///   - folder: The folder to look in; `nil` is the top.
  ///   - isWanted: Whether a path is one that is looked for.
  /// - Returns: Whether there is one.
  /// - Throws: `SourceTreeError` where the tree cannot be listed.
  func hasFile(
    under folder: RepoPath?, where isWanted: (RepoPath) -> Bool
  ) throws(SourceTreeError) -> Bool

  /// Returns the bytes of one file.
  ///
  /// - Parameters:
  ///   - path: The file to read.
  ///   - limit: The largest number of bytes to accept.
  /// - Returns: The bytes as Git stores them.
  /// - Throws: `SourceTreeError` where there is no such file or it cannot be read.
  func bytes(of path: RepoPath, limit: Int) throws(SourceTreeError) -> [UInt8]

  /// Whether a file is a program; `nil` where nobody knows or that says nothing.
  func isExecutable(_ path: RepoPath) -> Bool?

  /// The same tree in a form that several tasks may read at once, where it has one.
  var shared: (any SourceTree & Sendable)? { get }

  /// Returns the Git object that holds the bytes of one of the tree's entries, where it is known without
  /// reading them.
  ///
  /// - Parameter entry: The entry.
  /// - Returns: The object.
  func object(of entry: TreeEntry) -> ObjectID?
}

extension SourceTree {
  /// Returns what stands at a path, or `nil` where nothing does.
  package func entry(at path: RepoPath) throws(SourceTreeError) -> TreeEntry? {
    try entries(under: path.folder).first { $0.path == path }
  }

  package func entries(
    under folder: RepoPath?, named isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(SourceTreeError) -> [TreeEntry] {
    try entries(under: folder).filter { entry in
      var name = String(entry.path.name)
      return name.withUTF8(isWanted)
    }
  }

  package func hasFile(
    under folder: RepoPath?, where isWanted: (RepoPath) -> Bool
  ) throws(SourceTreeError) -> Bool {
    try entries(under: folder).contains { $0.kind == .file && isWanted($0.path) }
  }

  package func isExecutable(_ path: RepoPath) -> Bool? { nil }

  package var shared: (any SourceTree & Sendable)? { nil }

  package func object(of entry: TreeEntry) -> ObjectID? { entry.object }
}

/// What a tree has at a path.
package struct TreeEntry: Hashable, Sendable {
  /// What kind of thing stands at a path.
  package enum Kind: Hashable, Sendable {
    case file
    case folder
    /// A symbolic link, whatever it points to.
    case link
    /// A commit of another repository.
    case submodule
    /// A path that a merge left with several contents.
    case conflict
    /// A pipe, a socket or a device, or a folder that may not be read.
    case other
  }

  package let path: RepoPath
  package let kind: Kind
  /// The Git object with the bytes, where it is known without reading them.
  package let object: ObjectID?
  /// Whether it is a program, where the tree knows without looking.
  package let isExecutable: Bool?

  package init(
    path: RepoPath, kind: Kind, object: ObjectID? = nil, isExecutable: Bool? = nil
  ) {
    self.path = path
    self.kind = kind
    self.object = object
    self.isExecutable = isExecutable
  }

  /// Not every tree knows what is a program, and entries are the same all the same.
  package static func == (left: TreeEntry, right: TreeEntry) -> Bool {
    left.path == right.path && left.kind == right.kind && left.object == right.object
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(kind)
    hasher.combine(object)
  }
}

/// Why a tree or one of its files could not be read.
package enum SourceTreeError: Error, Hashable, Sendable {
  /// There is nothing at the path.
  case missing(RepoPath)
  /// Something other than a regular file stands at the path.
  case notAFile(RepoPath)
  /// The file is larger than the limit, both in bytes.
  case tooLarge(RepoPath, size: Int, limit: Int)
  /// The system refused: the words are those of `strerror`.
  case unreadable(RepoPath, reason: String)
  /// A path is not UTF-8; the words show it with U+FFFD.
  case undecodablePath(String)
  /// Folders are nested deeper than the limit: the path of one, and how many may be.
  case tooDeep(String, limit: Int)
  /// The store behind the tree is broken or incomplete: what was asked, and what it answered.
  case store(operation: String, reason: String)
}
