import Baselines
import Diagnostics
import Git
import Registry
import SourceText

extension Gatekeeper {
  /// Judges a push of the signatures that were added to baselines: they only grow, object by object.
  func judgeSignatures(
    _ update: ReferenceUpdate, _ bench: Bench, into judgement: inout Judgement
  ) throws {
    let help =
      "Take the server's first: git fetch origin +\(update.name):\(update.name), and sign again"
    guard let new = update.new, case .commit(let commit) = try repository.peeled(new),
      update.old.map({ repository.isAncestor($0, of: commit) }) ?? true
    else {
      judgement.refuse(
        .movedBaseline, "'\(update.name)' holds signatures and only grows", help: help)
      return
    }
    let (now, doubles) = try notes(at: commit)
    let (before, known) = try update.old.map { try notes(at: $0) } ?? ([:], [])
    for path in doubles where !known.contains(path) {
      judgement.refuse(
        .badBaseline,
        "the note '\(path)' is on an object that has another, and which of them counts nobody knows",
        help: help)
    }
    for (object, note) in before where now[object] == nil {
      judgement.refuse(
        .movedBaseline,
        "the signatures of \(object.prefix(7)) are gone (\(note.path)), and they only grow",
        help: help)
    }
    for (object, note) in now.sorted(by: { $0.key < $1.key })
    where before[object]?.id != note.id {
      let own = try before[object].map { try armours(in: $0, of: before) } ?? nil
      guard let found = try armours(in: note, of: now), let id = ObjectID(hexadecimal: object)
      else {
        judgement.refuse(
          .badBaseline,
          "the note on \(object.prefix(7)) holds something that is no signature, one of them twice, "
            + "or too much",
          help: "Add signatures with: registrar baseline sign NAME")
        continue
      }
      guard let tag = try repository.annotatedTag(id) else {
        judgement.refuse(
          .badBaseline,
          "there are signatures of \(object.prefix(7)), which is no tag that this server has",
          help: "Push the baseline first, or with them; where it is no more, take the server's: "
            + "git fetch origin +\(update.name):\(update.name)")
        continue
      }
      if let own, !Set(own).isSubset(of: found) {
        judgement.refuse(
          .movedBaseline, "a signature of \(object.prefix(7)) is gone, and they only grow",
          help: help)
      }
      for reason in faults(of: found, on: tag, beside: own ?? [], bench) {
        judgement.refuse(
          .badBaseline, "a signature that is added to \(object.prefix(7)): \(reason)",
          help: "Sign with a key that the server's owner allows")
      }
    }
  }

  private struct Note {
    let path: RepoPath
    let id: ObjectID
    let tree: CommitTree
  }

  /// The notes of a commit by the names of what they are on, however their folders are cut.
  private func notes(
    at commit: ObjectID
  ) throws -> (notes: [String: Note], doubles: [RepoPath]) {
    let tree = try CommitTree(of: commit, in: repository)
    var notes: [String: Note] = [:]
    var doubles: [RepoPath] = []
    for entry in try tree.entries(under: nil) where entry.kind != .folder {
      guard let id = entry.object else { continue }
      let name = entry.path.string.split(separator: "/").joined()
      if notes[name] != nil { doubles.append(entry.path) }
      notes[name] = Note(path: entry.path, id: id, tree: tree)
    }
    return (notes, doubles)
  }

  /// The signatures of a note; `nil` where it holds something else, one of them twice, or too much.
  ///
  /// How many there are decides nothing: who fills the note with what is none must not keep others out.
  private func armours(in note: Note, of notes: [String: Note]) throws -> [String]? {
    guard let bytes = try? note.tree.bytes(of: note.path, limit: 1 << 20) else { return nil }
    var armours: [String] = []
    var current: [Substring]?
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line.utf8.starts(with: "-----BEGIN ".utf8) {
        guard current == nil else { return nil }
        current = []
      }
      guard current != nil else { return nil }
      current?.append(line)
      if line.utf8.starts(with: "-----END ".utf8) {
        armours.append((current ?? []).joined(separator: "\n"))
        current = nil
      }
    }
    let isWhole =
      current == nil && armours.allSatisfy { $0.utf8.count <= 1 << 14 }
      && Set(armours.map(CoSignatures.wording)).count == armours.count
    return isWhole ? armours : nil
  }

  /// Why the signatures that a push adds are not those of allowed signers, where the owner names these.
  ///
  /// Whoever has one by a key can write it down in many ways, so that a key has a few and no more.
  private func faults(
    of signatures: [String], on tag: AnnotatedTag, beside known: [String], _ bench: Bench
  ) -> [String] {
    let added = signatures.count { !known.contains($0) }
    guard added <= Self.mostAdded else {
      return ["a push adds \(Self.mostAdded) at most, and this one \(added)"]
    }
    let settings = bench.settings
    let keyring = settings.signers?.keyring ?? settings.keyring
    guard settings.signers != nil || keyring != nil else { return [] }
    let allowed = settings.signers?.allowed
    let signing = Signing(
      in: repository, signers: allowed, .given(programs: settings.programs, keyring: keyring))
    let listed = ListedKeys(in: allowed)
    var keys: [String: Int] = [:]
    return signatures.compactMap { signature in
      let isNew = !known.contains(signature)
      let verdict =
        listed.mayHold(signature)
        ? signing.verdict(on: signature + "\n", of: tag.bytes) : Signing.notAllowed
      switch verdict {
      case .bad(let reason), .unknown(let reason): return isNew ? reason : nil
      case .good(let signer):
        keys[signer.key, default: 0] += 1
        let isOver = keys[signer.key, default: 0] > Self.mostByKey
        return isNew && isOver ? "there are \(Self.mostByKey) by its key already" : nil
      case .unsigned: return nil
      }
    }
  }

  private static let mostAdded = 64
  private static let mostByKey = 4
}
