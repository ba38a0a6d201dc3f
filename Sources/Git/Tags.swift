import Clibgit2
import Glibc
package import SourceText

/// An annotated tag, read out of its object.
package struct AnnotatedTag: Hashable, Sendable {
  /// The name of the tag object itself.
  package let id: ObjectID
  /// The name that the object gives itself; Git does not compare it with that of the reference.
  package let name: String
  package let target: ObjectID
  /// `commit`, `tree`, `blob` or `tag`.
  package let targetKind: String
  /// Who made it, with the time, as the object has it.
  package let tagger: String
  /// The message without a signature.
  package let message: String
  /// The object.
  package let bytes: [UInt8]
  /// What a signature is over: the object without the signature.
  package let payload: [UInt8]
  /// The signature in its armour; `nil` where there is none.
  package let signature: String?

  /// Lines of the head beside those of a tag, `object`, `type`, `tag` and `tagger`, each once and in this
  /// order: Git passes over them, and who does not may read another tag than Git does.
  package let strayLines: [String]

  /// When it was made, in seconds since 1970, as the tagger's clock had it; `nil` where it says no moment of
  /// the years 1970 to 9999.
  package var time: Int64? {
    tagger.split(separator: " ").dropLast().last.flatMap { Int64($0) }
      .flatMap { (0...253_402_300_799).contains($0) ? $0 : nil }
  }

  /// Reads a tag object as Git does, or gives `nil` where it is none for Git either.
  ///
  /// - Parameters:
  ///   - id: Its name.
  ///   - bytes: Its content.
  package init?(id: ObjectID, bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let split = text.firstRange(of: "\n\n") else { return nil }
    var lines = text[..<split.lowerBound]
      .split(separator: "\n", omittingEmptySubsequences: false)[...]
    func take(_ key: String) -> Substring? {
      guard let line = lines.first, line.hasPrefix(key + " ") else { return nil }
      lines.removeFirst()
      return line.dropFirst(key.utf8.count + 1)
    }
    guard let target = take("object").flatMap({ ObjectID(hexadecimal: String($0)) }),
      let kind = take("type"), let name = take("tag")
    else { return nil }
    self.id = id
    self.target = target
    self.name = String(name)
    targetKind = String(kind)
    tagger = String(take("tagger") ?? "")
    strayLines = lines.map(String.init)
    self.bytes = bytes
    let start = Self.signatureStart(in: bytes)
    payload = start.map { Array(bytes[..<$0]) } ?? bytes
    signature = start.map { String(decoding: bytes[$0...], as: UTF8.self) }
    let signed = String(decoding: payload, as: UTF8.self)
    message = signed.firstRange(of: "\n\n").map { String(signed[$0.upperBound...]) } ?? ""
  }

  /// Returns where the armour of a signature begins: it begins a line, and is the last thing.
  ///
  /// Bytes are looked at, because a tag need not be UTF-8 and a signature is over its bytes.
  private static func signatureStart(in bytes: [UInt8]) -> Int? {
    let armours = ["PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE"].map {
      Array("-----BEGIN \($0)-----".utf8)
    }
    var last: Int?
    var start = 0
    while start < bytes.count {
      if armours.contains(where: { bytes[start...].starts(with: $0) }) { last = start }
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      start = end + 1
    }
    return last
  }
}

/// A reference below `refs/tags/`.
package struct TagReference: Hashable, Sendable {
  /// Without `refs/tags/`.
  package let name: String
  /// What it points to: a tag object, or something else where the tag is a lightweight one.
  package let id: ObjectID
}

extension Repository {
  /// Returns the tags in the order of their names' bytes.
  package func tagReferences() throws(GitError) -> [TagReference] {
    var names = unsafe git_strarray()
    try check(unsafe git_tag_list(&names, handle), "git_tag_list")
    defer { unsafe git_strarray_dispose(&names) }
    var tags: [TagReference] = []
    for position in 0..<(unsafe names.count) {
      guard let pointer = unsafe names.strings[position],
        let name = unsafe String(validatingCString: pointer),
        let id = try reference("refs/tags/" + name)
      else { continue }
      tags.append(TagReference(name: name, id: id))
    }
    return tags.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Returns what references point to, in the order of their names' bytes.
  ///
  /// - Parameter pattern: As `refs/remotes/*`.
  /// - Returns: The objects; a reference that leads nowhere has none.
  /// - Throws: `GitError` where the references cannot be read.
  package func tips(of pattern: String) throws(GitError) -> [ObjectID] {
    let iterator = try unsafe make("git_reference_iterator_glob_new") {
      unsafe git_reference_iterator_glob_new($0, handle, pattern)
    }
    defer { unsafe git_reference_iterator_free(iterator) }
    var names: [String] = []
    var name: UnsafePointer<CChar>?
    while unsafe git_reference_next_name(&name, iterator) == 0, let text = unsafe name {
      unsafe names.append(String(cString: text))
    }
    git_error_clear()
    var found: [ObjectID] = []
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      if let id = try reference(name) { found.append(id) }
    }
    return found
  }

  /// Returns what a reference points to, or `nil` where there is none.
  package func reference(_ name: String) throws(GitError) -> ObjectID? {
    var oid = git_oid()
    do throws(GitError) {
      try check(unsafe git_reference_name_to_id(&oid, handle, name), "git_reference_name_to_id")
      return unsafe ObjectID(&oid)
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  /// Returns the annotated tag that an object is, or `nil` where it is something else.
  package func annotatedTag(_ id: ObjectID) throws(GitError) -> AnnotatedTag? {
    guard let (kind, bytes) = try object(id), kind == "tag" else { return nil }
    return AnnotatedTag(id: id, bytes: bytes)
  }

  /// Returns the kind and the bytes of an object, or `nil` where the repository has none of the name.
  package func object(_ id: ObjectID) throws(GitError) -> (kind: String, bytes: [UInt8])? {
    do throws(GitError) {
      return try unsafe withObject(id) { type, bytes throws(GitError) in
        (unsafe String(cString: git_object_type2string(type)), unsafe [UInt8](bytes))
      }
    } catch {
      if error.isNotFound { return nil }
      throw error
    }
  }

  /// Lets every object that is read from now on, in any repository, be compared with its name.
  ///
  /// - Parameter isOn: Whether it is so.
  package static func comparesContent(_ isOn: Bool) {
    _ = registrar_git_set_strict_hash_verification(isOn ? 1 : 0)
  }

  /// Whether bytes are those that an object's name stands for.
  package func isContent(_ bytes: [UInt8], of id: ObjectID, kind: String) -> Bool {
    var oid = git_oid()
    let type = unsafe git_object_string2type(kind)
    let result = unsafe bytes.withUnsafeBytes {
      unsafe git_odb_hash(&oid, $0.baseAddress, $0.count, type)
    }
    return unsafe result == 0 && ObjectID(&oid) == id
  }

  /// Returns the best commit that two commits both come from, or `nil` where there is none.
  package func mergeBase(_ one: ObjectID, _ other: ObjectID) -> ObjectID? {
    if isShallow {
      guard let own = try? Set(history(of: [one])), let order = try? history(of: [other]) else {
        return nil
      }
      return order.last { own.contains($0) }
    }
    var (first, second, base) = (one.oid, other.oid, git_oid())
    guard unsafe git_merge_base(&base, handle, &first, &second) == 0 else {
      git_error_clear()
      return nil
    }
    return unsafe ObjectID(&base)
  }

  /// Returns those of some commits that others are or come after, in one walk.
  ///
  /// - Parameters:
  ///   - commits: What is looked for.
  ///   - tips: Where to begin; one that cannot be read is passed over.
  /// - Returns: What was found.
  package func reachable(_ commits: Set<ObjectID>, from tips: [ObjectID]) -> Set<ObjectID> {
    // The walk of libgit2 1.5.1 knows no shallow clones, and ends where a parent is not here.
    if isShallow { return commits.intersection((try? history(of: tips)) ?? []) }
    guard
      let walk = try? unsafe make(
        "git_revwalk_new", { unsafe git_revwalk_new($0, handle) })
    else { return [] }
    defer { unsafe git_revwalk_free(walk) }
    var oid = git_oid()
    for tip in tips {
      oid = tip.oid
      if unsafe git_revwalk_push(walk, &oid) != 0 { git_error_clear() }
    }
    var found: Set<ObjectID> = []
    while found.count < commits.count, unsafe git_revwalk_next(&oid, walk) == 0 {
      let id = unsafe ObjectID(&oid)
      if commits.contains(id) { found.insert(id) }
    }
    git_error_clear()
    return found
  }

  /// Returns the best commits that some commits all come from; none where they have nothing in common.
  ///
  /// Two lines that were merged into each other have several.
  package func mergeBases(of commits: [ObjectID]) -> [ObjectID] {
    guard commits.count == 2 else {
      let ids = commits.map(\.oid)
      var base = git_oid()
      guard unsafe git_merge_base_octopus(&base, handle, ids.count, ids) == 0 else {
        git_error_clear()
        return []
      }
      return unsafe [ObjectID(&base)]
    }
    var (first, second) = (commits[0].oid, commits[1].oid)
    var bases = unsafe git_oidarray()
    guard unsafe git_merge_bases(&bases, handle, &first, &second) == 0 else {
      git_error_clear()
      return []
    }
    defer { unsafe git_oidarray_dispose(&bases) }
    return unsafe (0..<bases.count).map { unsafe ObjectID(bases.ids + $0) }
  }

  /// Whether one commit is among those that come before another, or is it.
  package func isAncestor(_ one: ObjectID, of other: ObjectID) -> Bool {
    guard one != other else { return true }
    if isShallow { return (try? history(of: [other]).contains(one)) ?? false }
    var (ancestor, commit) = (one.oid, other.oid)
    return unsafe git_graph_descendant_of(handle, &commit, &ancestor) == 1
  }

  /// Writes a tag object and then the reference to it; where the reference cannot be made, an object
  /// that nobody names is all that is left.
  ///
  /// - Parameters:
  ///   - bytes: The object.
  ///   - name: The name of the tag.
  /// - Returns: The name of the object.
  /// - Throws: `GitError` where there is such a tag already, or it cannot be written.
  package func createTag(_ bytes: [UInt8], named name: String) throws(GitError) -> ObjectID {
    _ = registrar_git_set_fsync(1)
    defer { _ = registrar_git_set_fsync(0) }
    let id = try writeObject(bytes, kind: "tag")
    var oid = id.oid
    try makeTag(named: name, of: &oid)
    return id
  }

  /// Makes the reference of a tag, if there is none of its name.
  ///
  /// libgit2's own creation looks whether there is one before it locks the name, so that of two at once the
  /// second would replace the first.
  private func makeTag(named name: String, of oid: inout git_oid) throws(GitError) {
    let full = "refs/tags/" + name
    var folder = RepoPath(name)?.folder
    while let parent = folder {
      try refuseTag(named: parent.string)
      folder = parent.folder
    }
    for other in try tagReferences() where other.name.hasPrefix(name + "/") {
      try refuseTag(named: other.name)
    }
    let transaction = try unsafe make("git_transaction_new") {
      unsafe git_transaction_new($0, handle)
    }
    defer { unsafe git_transaction_free(transaction) }
    try check(unsafe git_transaction_lock_ref(transaction, full), "git_transaction_lock_ref")
    try refuseTag(named: name)
    try check(
      unsafe git_transaction_set_target(transaction, full, &oid, nil, nil),
      "git_transaction_set_target")
    try check(unsafe git_transaction_commit(transaction), "git_transaction_commit")
  }

  private func refuseTag(named name: String) throws(GitError) {
    guard try reference("refs/tags/" + name) != nil else { return }
    throw GitError(
      code: GIT_EEXISTS.rawValue, message: "there is a tag '\(name)' already",
      operation: "git_transaction_lock_ref")
  }
}
