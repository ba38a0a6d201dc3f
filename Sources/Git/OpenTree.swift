import Clibgit2
import Glibc
import SourceText

/// A folder of a commit, open for reading.
@safe final class OpenTree {
  let handle: OpaquePointer

  init(_ handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  deinit { unsafe git_tree_free(handle) }

  var count: Int { unsafe git_tree_entrycount(handle) }

  /// Whether the name of an entry satisfies a condition.
  func hasName(
    at position: Int, where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    guard let entry = unsafe git_tree_entry_byindex(handle, position),
      let name = unsafe git_tree_entry_name(entry)
    else { return false }
    let bytes = unsafe UnsafeRawBufferPointer(start: name, count: strlen(name))
    return unsafe isWanted(bytes.assumingMemoryBound(to: UInt8.self))
  }

  func isFolder(at position: Int) -> Bool {
    guard let entry = unsafe git_tree_entry_byindex(handle, position) else { return false }
    return unsafe git_tree_entry_filemode_raw(entry).rawValue == 0o40000
  }

  /// How many folders may stand in each other: Git's own limit is 2048, and nobody comes near either.
  static let deepest = 512

  /// Returns an entry of the folder.
  ///
  /// - Parameters:
  ///   - position: From 0 to less than ``count``.
  ///   - prefix: The path of the folder, with a final slash; empty for the top.
  /// - Returns: The entry; `nil` where there is none.
  /// - Throws: `SourceTreeError` where its name is not one.
  func entry(at position: Int, _ prefix: String) throws(SourceTreeError) -> TreeEntry? {
    guard let entry = unsafe git_tree_entry_byindex(handle, position),
      let name = unsafe git_tree_entry_name(entry)
    else { return nil }
    guard let text = unsafe String(validatingCString: name), let path = RepoPath(prefix + text)
    else { throw .undecodablePath(prefix + (unsafe String(cString: name))) }
    let mode = unsafe git_tree_entry_filemode_raw(entry)
    return unsafe TreeEntry(
      path: path, kind: .init(mode: mode.rawValue), object: ObjectID(git_tree_entry_id(entry)),
      isExecutable: mode.rawValue & 0o100 != 0)
  }
}

/// Folders that a walk has open, the innermost last: hostile ones are nested deeper than any stack.
struct OpenFolders<Folder> {
  private(set) var open: [Folder] = []

  mutating func push(_ folder: Folder, at path: String) throws(SourceTreeError) {
    guard open.count < OpenTree.deepest else { throw .tooDeep(path, limit: OpenTree.deepest) }
    open.append(folder)
  }

  mutating func pop() { open.removeLast() }

  var innermost: Folder? {
    get { open.last }
    set {
      guard let newValue, !open.isEmpty else { return }
      open[open.count - 1] = newValue
    }
  }
}

extension Repository {
  /// Opens a folder of a commit.
  func openTree(_ id: ObjectID) throws(GitError) -> OpenTree {
    var oid = id.oid
    let tree = try unsafe make("git_tree_lookup") { unsafe git_tree_lookup($0, handle, &oid) }
    return unsafe OpenTree(tree)
  }
}
