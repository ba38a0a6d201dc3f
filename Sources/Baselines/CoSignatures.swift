package import Git
package import SourceText

/// Signatures that others add to a baseline or to a withdrawal: detached ones over the bytes of its tag object,
/// kept in the notes of Git, because a tag is never written again.
package struct CoSignatures {
  package static let reference = "refs/notes/registrar/signatures"

  /// Whether a reference of a name would keep that of the signatures from being made.
  package static func isBlocked(by name: ReferenceName) -> Bool {
    name.bytes.starts(with: (reference + "/").utf8)
      || reference.utf8.starts(with: name.bytes + [UInt8(ascii: "/")])
  }

  /// How many signers are counted at most.
  private static let mostSigners = 64
  /// How many signatures are judged at most that may be by a known key: each takes a program.
  private static let mostJudged = 1024

  private let tag: AnnotatedTag
  private let repository: Repository
  /// The commit of the notes.
  private let notes: ObjectID?
  /// The signatures in their armour, each once, in the order in which they were added.
  private let texts: [String]

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
    texts = Self.armours(in: note ?? "")
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
      if seen.insert(wording(of: current)).inserted { texts.append(current) }
      current = ""
    }
    return texts
  }

  /// What a signature says, however its lines are broken.
  package static func wording(of armour: String) -> String { armour.filter { !$0.isWhitespace } }

  /// What is known of the signatures.
  package struct Judged {
    package fileprivate(set) var verdicts: [(text: String, verdict: Signing.Verdict)] = []
    /// How many were not looked at.
    package fileprivate(set) var rest = 0
  }

  /// Judges the signatures, in their order.
  ///
  /// One of SSH does not say when it was made. A key counts that is allowed now, or was when the signature was
  /// added, as the history of the notes tells it: a key that ended does not sign what it did not sign before.
  /// What is by no known key takes no program, and no room of those that are.
  ///
  /// - Parameter signing: How.
  /// - Returns: What is known of each.
  package func judged(by signing: Signing) -> Judged {
    var judged = Judged()
    var signers: [Signing.Signer] = []
    var count = 0
    var times: [String: Int64]?
    let keys = ListedKeys(in: signing.allowedSigners)
    for (position, text) in texts.enumerated() {
      guard keys.mayHold(text) else {
        judged.verdicts.append((text, Signing.notAllowed))
        continue
      }
      guard count < Self.mostJudged, signers.count < Self.mostSigners else {
        judged.rest = texts.count - position
        break
      }
      count += 1
      let verdict = verdict(on: text, by: signing, &times)
      judged.verdicts.append((text, verdict))
      if case .good(let signer) = verdict, !signers.contains(where: { $0.isSame(as: signer) }) {
        signers.append(signer)
      }
    }
    return judged
  }

  private func verdict(
    on text: String, by signing: Signing, _ times: inout [String: Int64]?
  ) -> Signing.Verdict {
    guard text.hasPrefix("-----BEGIN SSH") else {
      return signing.verdict(on: text, of: tag.bytes, at: tag.time)
    }
    let now = signing.verdict(on: text, of: tag.bytes)
    guard now == Signing.notAllowed else { return now }
    let known = times ?? timesOfAddition()
    times = known
    guard let added = known[Self.wording(of: text)] else { return now }
    return signing.verdict(on: text, of: tag.bytes, at: max(added, tag.time ?? 0))
  }

  /// How many commits of the notes are looked through at most.
  private static let mostCommits = 20_000

  /// Returns when each signature came into the notes, in seconds since 1970, by what it says.
  ///
  /// Whoever adds one writes the date of its commit, and chooses its parents. So it is as young as any commit of the
  /// whole history that has it not, on whatever side of a merge, and as the youngest of those that add it. What has
  /// more history than is looked through came at no time that is known.
  private func timesOfAddition() -> [String: Int64] {
    let wanted = Set(texts.map(Self.wording(of:)))
    var times: [String: Int64] = [:]
    var (open, seen) = ([notes].compactMap(\.self), Set<ObjectID>())
    var had: [ObjectID: Set<String>] = [:]
    func signatures(at id: ObjectID) -> Set<String> {
      if let known = had[id] { return known }
      let note = (try? repository.note(on: tag.id, in: id)) ?? nil
      let found = Set(Self.armours(in: note ?? "").map(Self.wording(of:))).intersection(wanted)
      had[id] = found
      return found
    }
    while let id = open.popLast() {
      guard seen.insert(id).inserted else { continue }
      guard seen.count <= Self.mostCommits, let commit = try? repository.commit(id) else {
        return [:]
      }
      let own = signatures(at: id)
      let before = commit.parents.reduce(into: Set<String>()) { $0.formUnion(signatures(at: $1)) }
      for text in wanted where !own.contains(text) || !before.contains(text) {
        times[text] = max(times[text] ?? commit.time, commit.time)
      }
      open += commit.parents
    }
    return times
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
    guard !known.contains(where: { wording(of: $0) == wording(of: signature) }) else { return }
    try repository.writeNote(
      (known + [signature]).joined(), on: tag.id, at: reference, by: person)
  }
}
