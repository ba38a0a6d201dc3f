import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Git
import History
import Patterns
import Publishing
import Registry
import Rules
import SourceText
import Syntax

struct Log: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every change of one item, or all changes of one decision",
    discussion: """
      An item is followed by its id, through moves of its file, from table to file, to the id that \
      it had before, and over commits in which it was gone or could not be read. \
      'SECP-R15:severity' shows one field alone, 'SEC-H:H8.4' a clause of a document.
      """)

  @Argument(help: "The item, with a field after a colon where one is wanted.")
  var item: String?

  @Option(
    help: ArgumentHelp("Show what commits with this decision changed.", valueName: "reference"))
  var decision: [String] = []

  @Option(
    help: ArgumentHelp("Show what commits with this modification changed.", valueName: "reference"))
  var modification: [String] = []

  @Option(
    name: .customLong("at"), help: ArgumentHelp("Begin at this revision.", valueName: "revision"))
  var revision = "HEAD"

  @OptionGroup var destination: Destination

  mutating func validate() throws {
    let kinds = [item != nil, !decision.isEmpty, !modification.isEmpty].count { $0 }
    if kinds != 1 {
      throw ValidationError("Name an item, or --decision, or --modification.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let history = try HistoryPlace(session, upTo: revision)
    guard let item else { return try await tellReferences(history, &session) }
    let (catalogue, field, entries) = try await life(of: item, history, &session)
    let writer = HistoryText(
      catalogue: catalogue, repository: history.repository, field: field,
      usesColour: session.usesColour)
    let texts = entries.map { writer.text(of: $0) }
    for text in texts { session.output += text }
    if texts.allSatisfy(\.text.isEmpty) {
      session.output += "none: no commit changed '\(item)'\n"
    }
    session.tellCut(of: history.repository, entries.contains(where: \.isCut))
    return .clean
  }

  /// Returns the life of an item or of its clause, and the field that is asked for alone.
  private func life(
    of item: String, _ history: HistoryPlace, _ session: inout Session
  ) async throws -> (Catalogue, field: String?, [ItemHistory.Entry]) {
    let (name, part) = Self.parts(of: item)
    let (snapshot, register, record): (Snapshot, Register, Record)
    do {
      (snapshot, register, record) = try await session.item(name, in: history.tree)
    } catch let failure as Failure {
      guard part == nil, let lost = try await history.lost(name) else { throw failure }
      if let heir = try await session.heir(of: lost, in: history) {
        session.errors += "note: '\(lost.id)' is '\(heir)' now: registrar log \(heir)\n"
      }
      var life = ItemHistory(of: lost.register, in: history.repository, by: lost.rulebook)
      let entries = try await life.entries(of: lost.id, at: [lost.path], upTo: history.tip)
      return (lost.rulebook.catalogue, nil, entries)
    }
    var clause: String?
    if let part {
      try await session.require(part, of: record, in: register, snapshot, history.tree)
      if register.shape == .document, record.node[part] == nil {
        clause = try snapshot.clause(part, of: record, in: register).number
      }
    }
    var life = ItemHistory(of: register, in: history.repository, by: snapshot.rulebook)
    let entries = try await life.entries(
      of: record.id, at: register.paths(of: record), clause: clause ?? "", upTo: history.tip)
    return (snapshot.catalogue, clause == nil ? part : nil, entries)
  }

  /// Tells what commits changed that name a decision or a modification.
  private func tellReferences(
    _ history: HistoryPlace, _ session: inout Session
  ) async throws -> Outcome {
    let wanted = decision.map { ("Decision", $0) } + modification.map { ("Modification", $0) }
    let snapshot = try await session.snapshotToShow(history.tree)
    let index = RecordIndex(of: snapshot)
    // A record that was renamed is one under all its ids.
    var names: [String: Set<String>] = [:]
    for (key, value) in wanted {
      let aliases = index.aliases(of: value, namedBy: key)
      names[key.lowercased(), default: []].formUnion(aliases)
      if let now = aliases.first, now != value {
        session.errors += "note: '\(value)' is '\(now)' now\n"
      }
    }
    let writer = HistoryText(
      catalogue: snapshot.catalogue, repository: history.repository, field: nil,
      usesColour: session.usesColour)
    let reader = ChangeReader(history.place, session, tellsReasons: false)
    var isNamed = false
    for commit in try history.repository.commits(from: nil, to: history.tip).reversed() {
      let isOf = commit.trailers.contains { trailer in
        names[trailer.key.lowercased()]?.contains(trailer.value) == true
      }
      guard isOf else { continue }
      isNamed = true
      let tree = try CommitTree(of: commit.id, in: history.repository)
      let before: any SourceTree =
        try commit.parents.first.map { try CommitTree(of: $0, in: history.repository) }
        ?? MemoryTree(bytes: [:])
      var changes: Changes?
      do { changes = try await reader.changes(from: before, to: tree) } catch is Failure {}
      session.output += writer.text(of: commit, changes)
    }
    session.tellCut(of: history.repository, true)
    if !isNamed {
      for (key, value) in wanted where index.aliases(of: value, namedBy: key).first == value {
        try index.require(value, namedBy: key)
      }
      let words = wanted.map { "\($0.0.lowercased()) '\($0.1)'" }.joined(separator: " or ")
      session.output += "none: no commit names the \(words)\n"
    }
    return .clean
  }

  /// Returns the item and the field of `SECP-R15:severity`.
  static func parts(of text: String) -> (item: String, field: String?) {
    guard let colon = text.lastIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}

/// What a walk through history begins with.
struct HistoryPlace {
  let place: Workplace
  let repository: Repository
  let tree: CommitTree
  var tip: ObjectID { tree.commit }

  init(_ session: Session, upTo revision: String) throws {
    place = try Workplace(session)
    repository = try place.openRepository()
    guard let tree = try place.tree(at: .revision(revision)) as? CommitTree else {
      throw Failure("'\(revision)' is no commit")
    }
    self.tree = tree
  }

  /// An item that is gone.
  struct Lost {
    let register: Register
    let id: String
    let path: RepoPath
    /// The commit that took it out.
    let commit: ObjectID
    let subject: String
    let rulebook: Rulebook
  }

  /// Returns when an item went that is not there any more; `nil` where it never was.
  func lost(_ name: String) async throws -> Lost? {
    var dropped = Report()
    guard let rulebook = try Rulebook.read(tree, into: &dropped) else { return nil }
    var former = FormerRecords(in: repository)
    for register in rulebook.catalogue.registers {
      for id in register.ids(meant: name) where register.isRegular(id, with: PatternMatcher()) {
        let removal = try await former.removal(
          of: FormerUse(register: register.name, id: id), before: tip, by: rulebook)
        guard let removal else { continue }
        return Lost(
          register: register, id: id, path: removal.path, commit: removal.commit,
          subject: removal.subject, rulebook: rulebook)
      }
    }
    return nil
  }
}

extension Session {
  /// Finds an item as ``item(_:in:)`` does; of one that is gone the failure says when, and what it is now.
  mutating func item(
    _ name: String, in history: HistoryPlace
  ) async throws -> (snapshot: Snapshot, register: Register, record: Record) {
    do {
      return try await item(name, in: history.tree)
    } catch let failure as Failure {
      guard let lost = try await history.lost(name) else { throw failure }
      let commit = lost.commit.description.prefix(7)
      let now = try await heir(of: lost, in: history)
      throw Failure(
        now.map { "'\(lost.id)' is '\($0)' since commit \(commit) (\(lost.subject))" }
          ?? "'\(lost.id)' is gone since commit \(commit) (\(lost.subject))",
        hint: "See it as it was with: --at \(commit)^; its life with: registrar log \(lost.id)")
    }
  }

  /// Returns the id that a record has which says with 'formerly' that it was an item.
  mutating func heir(
    of lost: HistoryPlace.Lost, in history: HistoryPlace
  ) async throws -> String? {
    let snapshot = try await snapshotToShow(history.tree)
    guard let register = snapshot.catalogue.register(named: lost.register.name) else { return nil }
    return snapshot.records(of: register).first { $0.formerIDs.contains(lost.id) }?.id
  }
}

extension Register {
  /// Where a record stands, and where it may have stood before.
  func paths(of record: Record) -> [RepoPath] {
    let own = path(of: record.id) { record.text(of: $0) }
    let others = [own].compactMap(\.self) + paths(of: record.id)
    return [record.path] + others.filter { $0 != record.path }
  }
}

extension Session {
  /// Makes sure that an item has a part, by the record alone or by all of its register.
  mutating func require(
    _ part: String, of record: Record, in register: Register, _ snapshot: Snapshot,
    _ tree: any SourceTree
  ) async throws {
    do throws(Failure) {
      try snapshot.require(part, of: record, in: register)
    } catch {
      try await snapshotToShow(tree).require(part, of: record, in: register)
    }
  }

  /// Says where a shallow clone ends a history.
  mutating func tellCut(of repository: Repository, _ isMet: Bool) {
    guard isMet, repository.isShallow else { return }
    errors +=
      "note: this clone is shallow, and what was before it is not here; fetch it with: git fetch --unshallow\n"
  }
}
