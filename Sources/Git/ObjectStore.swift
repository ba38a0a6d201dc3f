import Clibgit2
import Glibc
import SourceText

extension Repository {
  /// Puts a store that broken objects and packs cannot harm in the place of libgit2's own.
  ///
  /// - Parameter directories: Folders of objects to read beside the repository's, the quarantine of a push
  ///   first: they are readable and never written to.
  /// - Throws: `GitError` where a pack is broken.
  func useGuardedStore(with directories: [String]) throws(GitError) {
    let store = try unsafe make("git_odb_new") { unsafe git_odb_new($0) }
    defer { unsafe git_odb_free(store) }
    let own = commonDirectory + "objects"
    var known: Set<String> = []
    var waiting = [(path: own, depth: 0)] + directories.map { ($0, 0) }
    var position = 0
    while position < waiting.count {
      let (path, depth) = waiting[position]
      position += 1
      guard let real = Self.realPath(path), known.insert(real).inserted else { continue }
      try unsafe add(real, to: store, isOwn: position == 1)
      guard depth < Self.deepestAlternate else { continue }
      waiting += Self.alternates(of: real).map { ($0, depth + 1) }
    }
    try check(unsafe git_repository_set_odb(handle, store), "git_repository_set_odb")
  }

  /// How many alternates may lead one to the other, as in Git.
  private static let deepestAlternate = 5

  private func add(
    _ folder: String, to store: OpaquePointer, isOwn: Bool
  ) throws(GitError) {
    let names = (FileWriter.names(inFolder: folder + "/pack") ?? []).filter { $0.hasSuffix(".idx") }
      .map { String($0.dropLast(4)) }
    for name in names {
      let base = "\(folder)/pack/\(name)"
      guard let fault = PackIndex.fault(at: base) else { continue }
      throw GitError(
        code: -1, message: "the pack index \(base).idx is broken: \(fault)",
        operation: "git_odb_backend_pack")
    }
    var packs: UnsafeMutablePointer<git_odb_backend>?
    try check(unsafe git_odb_backend_pack(&packs, folder), "git_odb_backend_pack")
    let loose = try unsafe LooseBackend.make(of: folder)
    let add = unsafe isOwn ? git_odb_add_backend : git_odb_add_alternate
    // Packs are looked at first, and before them whether they can be.
    let chains = unsafe DeltaChains.make(of: folder, names: names)
    try check(unsafe add(store, chains, 3), "git_odb_add_backend")
    try check(unsafe add(store, packs, 2), "git_odb_add_backend")
    try check(unsafe add(store, loose, 1), "git_odb_add_backend")
  }

  static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// Returns the folders that `info/alternates` names; those that are not there are left out, as Git does.
  private static func alternates(of folder: String) -> [String] {
    guard let file = unsafe fopen(folder + "/info/alternates", "re") else { return [] }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    bytes.removeLast(bytes.count - (unsafe fread(&bytes, 1, bytes.count, file)))
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard line.first != UInt8(ascii: "#") else { return nil }
      let path = String(decoding: line, as: UTF8.self)
      return path.hasPrefix("/") ? path : folder + "/" + path
    }
  }
}

extension Repository {
  /// Returns the kind of an object and how many bytes it has, without inflating it.
  func header(of id: ObjectID) throws(GitError) -> (kind: git_object_t, size: Int) {
    try unsafe withStore { store throws(GitError) in
      var (oid, size, kind) = (id.oid, 0, GIT_OBJECT_INVALID)
      try check(unsafe git_odb_read_header(&size, &kind, store, &oid), "git_odb_read_header")
      return (kind, size)
    }
  }

  /// Gives `body` the kind and the bytes of an object, which must not leave it.
  ///
  /// The store inflates none that is larger than any which is no file: ``LooseBackend``, ``DeltaChains``.
  func withObject<Result>(
    _ id: ObjectID, _ body: (git_object_t, UnsafeRawBufferPointer) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try unsafe withStore { store throws(GitError) in
      var oid = id.oid
      let object = try unsafe make("git_odb_read") { unsafe git_odb_read($0, store, &oid) }
      defer { unsafe git_odb_object_free(object) }
      let bytes = unsafe UnsafeRawBufferPointer(
        start: git_odb_object_data(object), count: git_odb_object_size(object))
      return try unsafe body(git_odb_object_type(object), bytes)
    }
  }

  private func withStore<Result>(
    _ body: (OpaquePointer) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    let store = try unsafe make("git_repository_odb") { unsafe git_repository_odb($0, handle) }
    defer { unsafe git_odb_free(store) }
    return try unsafe body(store)
  }
}

extension GitError {
  /// The error where an object is not of the kind that was asked for.
  static func other(than kind: String) -> GitError {
    GitError(code: -1, message: "it is no \(kind)", operation: "git_odb_read")
  }
}
