package import Git
package import SourceText

/// Signatures that others add to a baseline or to a withdrawal: detached ones over the bytes of its tag object,
/// kept in the notes of Git, because a tag is never written again.
package struct CoSignatures {
  package static let reference = "refs/notes/registrar/signatures"

  /// How many are judged at most: each takes a program, and whoever may push can add some.
  private static let most = 64

  private let tag: AnnotatedTag
  private let repository: Repository
  /// The commit of the notes.
  private let notes: ObjectID?
  /// The signatures in their armour, each once, in the order in which they were added.
  package let texts: [String]
  /// How many there are beside those.
  package let excess: Int

  /// Reads the signatures of a tag.
  ///
  /// - Parameters:
  ///   - tag: Its object.
  ///   - repository: Where.
  ///   - notes: A commit of the notes; `nil` for the one that their reference names.
  /// - Throws: `GitError` where the notes cannot be read.
  package init(
    of tag: AnnotatedTag, in repository: Repository, at notes: ObjectID? = nil
  ) throws(GitError) {
    var notes = notes
    if notes == nil { notes = try repository.reference(Self.reference) }
    self.notes = notes
    var note: String?
    if let notes { note = try repository.note(on: tag.id, in: notes) }
    let all = Self.armours(in: note ?? "")
    texts = Array(all.prefix(Self.most))
    excess = all.count - texts.count
    self.tag = tag
    self.repository = repository
  }

  /// Returns the signatures of a note, copies of one once: however its lines are broken, it is the same one.
  static func armours(in note: String) -> [String] {
    var texts: [String] = []
    var seen: Set<String> = []
    var current = ""
    for line in note.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-----BEGIN ") { current = "" }
      current += line + "\n"
      guard line.hasPrefix("-----END ") else { continue }
      if seen.insert(current.filter { !$0.isWhitespace }).inserted { texts.append(current) }
      current = ""
    }
    return texts
  }

  /// Judges the signatures, in their order.
  ///
  /// One of SSH does not say when it was made. A key counts that is allowed now, or was when the signature was
  /// added, as the history of the notes tells it: a key that ended does not sign what it did not sign before.
  ///
  /// - Parameter signing: How.
  /// - Returns: What is known of each.
  package func verdicts(by signing: Signing) -> [Signing.Verdict] {
    texts.map { text in
      guard text.hasPrefix("-----BEGIN SSH") else {
        return signing.verdict(on: text, of: tag.bytes, at: tag.time)
      }
      let now = signing.verdict(on: text, of: tag.bytes)
      if case .good = now { return now }
      guard let added = timeOfAddition(of: text) else { return now }
      return signing.verdict(on: text, of: tag.bytes, at: max(added, tag.time ?? 0))
    }
  }

  /// Returns when a signature came into the notes, in seconds since 1970; never before what came earlier.
  private func timeOfAddition(of text: String) -> Int64? {
    var time: Int64?
    var id = notes
    var steps = 0
    while let commit = id.flatMap({ try? repository.commit($0) }), steps < 10_000 {
      let note = (try? repository.note(on: tag.id, in: commit.id)) ?? nil
      guard let note, Self.armours(in: note).contains(text) else {
        return time.map { max($0, commit.time) }
      }
      time = commit.time
      id = commit.parents.first
      steps += 1
    }
    return time
  }

  /// Signs a tag with the user's key.
  ///
  /// - Parameters:
  ///   - tag: Its tag object.
  ///   - signing: How.
  ///   - person: Who keeps the note.
  ///   - repository: Where.
  /// - Throws: `Signing.Failure`, or `GitError` where the note cannot be written.
  package static func add(
    to tag: AnnotatedTag, _ signing: Signing, by person: Person, in repository: Repository
  ) throws {
    let signature = try signing.signature(of: tag.bytes)
    let known = armours(in: try repository.note(on: tag.id, at: reference) ?? "")
    try repository.writeNote(
      (known + [signature]).joined(), on: tag.id, at: reference, by: person)
  }
}
