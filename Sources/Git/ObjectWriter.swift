import Clibgit2
import Glibc
package import SourceText

extension Repository {
  /// Writes an object; nothing names it yet.
  ///
  /// - Parameters:
  ///   - bytes: Its content, without the header.
  ///   - kind: `blob`, `tree`, `commit` or `tag`.
  /// - Returns: Its name.
  /// - Throws: `GitError` where it cannot be written.
  package func writeObject(_ bytes: [UInt8], kind: String) throws(GitError) -> ObjectID {
    let store = try unsafe make("git_repository_odb") { unsafe git_repository_odb($0, handle) }
    defer { unsafe git_odb_free(store) }
    var oid = git_oid()
    let type = unsafe git_object_string2type(kind)
    let result = unsafe bytes.withUnsafeBytes {
      unsafe git_odb_write(&oid, store, $0.baseAddress, $0.count, type)
    }
    try check(result, "git_odb_write")
    return unsafe ObjectID(&oid)
  }

  /// Writes the trees of some files.
  ///
  /// - Parameter files: The blobs by their paths, and whether each is a program.
  /// - Returns: The name of the top tree.
  /// - Throws: `GitError` where one cannot be written.
  package func writeTree(
    _ files: [String: (blob: ObjectID, isProgram: Bool)]
  ) throws(GitError) -> ObjectID {
    var entries: [(name: [UInt8], line: [UInt8])] = []
    var folders: [Substring: [String: (blob: ObjectID, isProgram: Bool)]] = [:]
    for (path, file) in files {
      if let slash = path.firstIndex(of: "/") {
        folders[path[..<slash], default: [:]][String(path[path.index(after: slash)...])] = file
      } else {
        entries.append(Self.entry(path, file.isProgram ? "100755" : "100644", file.blob))
      }
    }
    for (name, files) in folders {
      // Git orders a folder as if its name ended with a slash.
      let entry = Self.entry(String(name), "40000", try writeTree(files))
      entries.append((entry.name + [UInt8(ascii: "/")], entry.line))
    }
    entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return try writeObject(entries.flatMap(\.line), kind: "tree")
  }

  private static func entry(
    _ name: String, _ mode: String, _ id: ObjectID
  ) -> (name: [UInt8], line: [UInt8]) {
    (Array(name.utf8), Array("\(mode) \(name)\0".utf8) + id.bytes)
  }

  /// Writes a commit; no branch leads to it yet.
  ///
  /// - Parameters:
  ///   - tree: Its files.
  ///   - parents: What it follows.
  ///   - person: Who made it and when: `Name <address> seconds zone`.
  ///   - message: Its message.
  /// - Returns: Its name.
  /// - Throws: `GitError` where it cannot be written.
  package func writeCommit(
    _ tree: ObjectID, after parents: [ObjectID], by person: String, _ message: String
  ) throws(GitError) -> ObjectID {
    var text = "tree \(tree)\n"
    for parent in parents { text += "parent \(parent)\n" }
    text += "author \(person)\ncommitter \(person)\n\n\(message)"
    if !text.hasSuffix("\n") { text += "\n" }
    return try writeObject(Array(text.utf8), kind: "commit")
  }

  /// Makes a branch, once all that was written before is on the disk.
  ///
  /// - Parameters:
  ///   - name: Its name, without `refs/heads/`.
  ///   - commit: Where it begins.
  /// - Throws: `GitError` where there is one of the name, or it cannot be made.
  package func createBranch(_ name: String, at commit: ObjectID) throws(GitError) {
    sync()
    _ = registrar_git_set_fsync(1)
    defer { _ = registrar_git_set_fsync(0) }
    var oid = commit.oid
    let reference = try unsafe make("git_reference_create") {
      unsafe git_reference_create($0, handle, "refs/heads/" + name, &oid, 0, nil)
    }
    unsafe git_reference_free(reference)
  }
}
