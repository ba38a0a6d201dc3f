package import Git
package import SourceText

/// Signatures that others add to a baseline: detached ones over the bytes of its tag object, kept in
/// the notes of Git, because a tag is never written again.
package struct CoSignatures {
  package static let reference = "refs/notes/registrar/signatures"

  private let tag: AnnotatedTag
  /// The signatures in their armour, in the order in which they were added.
  package let texts: [String]

  /// Reads the signatures of a baseline.
  ///
  /// - Parameters:
  ///   - tag: Its tag object.
  ///   - repository: Where.
  ///   - notes: A commit of the notes; `nil` for the one that their reference names.
  /// - Throws: `GitError` where the notes cannot be read.
  package init(
    of tag: AnnotatedTag, in repository: Repository, at notes: ObjectID? = nil
  ) throws(GitError) {
    let note: String?
    if let notes {
      note = try repository.note(on: tag.id, in: notes)
    } else {
      note = try repository.note(on: tag.id, at: Self.reference)
    }
    var texts: [String] = []
    var current = ""
    for line in (note ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-----BEGIN ") { current = "" }
      current += line + "\n"
      if line.hasPrefix("-----END ") {
        texts.append(current)
        current = ""
      }
    }
    self.texts = texts
    self.tag = tag
  }

  /// Judges the signatures, in their order.
  ///
  /// When one was added nobody knows: a key counts that was allowed at the time of the tag or is now.
  package func verdicts(by signing: Signing) -> [Signing.Verdict] {
    texts.map { text in
      let then = signing.verdict(on: text, of: tag.bytes, at: tag.time)
      if case .good = then { return then }
      return signing.verdict(on: text, of: tag.bytes)
    }
  }

  /// Signs a baseline with the user's key.
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
    let known = try CoSignatures(of: tag, in: repository).texts
    try repository.writeNote(
      (known + [signature]).joined(), on: tag.id, at: reference, by: person)
  }
}
