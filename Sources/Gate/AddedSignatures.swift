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
    let now = try notes(at: commit)
    let before = try update.old.map { try notes(at: $0) } ?? [:]
    for (object, note) in before where now[object] == nil {
      judgement.refuse(
        .movedBaseline,
        "the signatures of \(object.prefix(7)) are gone (\(note.path)), and they only grow",
        help: help)
    }
    for (object, note) in now.sorted(by: { $0.key < $1.key })
    where before[object]?.id != note.id {
      let known = try before[object].map { try armours(in: $0, of: before) } ?? nil
      guard let found = try armours(in: note, of: now), let id = ObjectID(hexadecimal: object)
      else {
        judgement.refuse(
          .badBaseline,
          "the note on \(object.prefix(7)) holds something that is no signature, or too much",
          help: "Add signatures with: registrar baseline sign")
        continue
      }
      if let known, !Set(known).isSubset(of: found) {
        judgement.refuse(
          .movedBaseline, "a signature of \(object.prefix(7)) is gone, and they only grow",
          help: help)
      }
      let added = found.filter { !(known ?? []).contains($0) }
      for reason in try faults(of: added, on: id, bench) {
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
  private func notes(at commit: ObjectID) throws -> [String: Note] {
    let tree = try CommitTree(of: commit, in: repository)
    var notes: [String: Note] = [:]
    for entry in try tree.entries(under: nil) where entry.kind != .folder {
      guard let id = entry.object else { continue }
      let name = entry.path.string.split(separator: "/").joined()
      notes[name] = Note(path: entry.path, id: id, tree: tree)
    }
    return notes
  }

  /// The signatures of a note; `nil` where it holds something else, one of them twice, or too many.
  private func armours(in note: Note, of notes: [String: Note]) throws -> [String]? {
    guard let bytes = try? note.tree.bytes(of: note.path, limit: 1 << 18) else { return nil }
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
    let isWhole = current == nil && armours.count <= 64 && Set(armours).count == armours.count
    return isWhole ? armours : nil
  }

  /// Why signatures are not those of allowed signers, where the owner names these and the object is here.
  private func faults(
    of signatures: [String], on object: ObjectID, _ bench: Bench
  ) throws -> [String] {
    let settings = bench.settings
    guard let signers = settings.signers, let tag = try repository.annotatedTag(object) else {
      return []
    }
    let signing = Signing(
      in: repository, signers: signers.allowed,
      .given(programs: settings.programs, keyring: signers.keyring ?? settings.keyring))
    return signatures.compactMap { signature in
      let verdict = signing.verdict(on: signature + "\n", of: tag.bytes)
      switch verdict {
      case .bad(let reason), .unknown(let reason): return reason
      case .good, .unsigned: return nil
      }
    }
  }
}
