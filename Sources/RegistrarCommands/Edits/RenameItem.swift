import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Editing
import Git
import History
import Patterns
import Registry
import Rules
import SourceText

struct RenameItem: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Give an item another id, wherever it is named",
    discussion: """
      The id, the name of the item's file, the references of every register, and the names in running \
      text, citations of clauses included, follow; every other byte stays as it is. The field 'formerly' \
      holds the old id, which minutes and decisions of before still name, or a tombstone does where the \
      register has no such field; to rename back takes that out again.

      What is final keeps the name that the item had. An item of a baseline keeps its id where nothing would \
      lead from there to it. A new id is one that no record has, or had on any branch or tag of this clone.

      Fields may be set in the same change, as with registrar set: an entry of a history that says why. The \
      change is shown and checked before anything is written.
      """)

  @Argument(
    help: "The item's id, as in 'SECP-R15'; 'risks/SECP-R15' where several registers have it.",
    completion: .names)
  var item: String

  @Argument(help: "The id that it is to have.")
  var id: String

  @Argument(help: "What to set beside: field=value, list+=element, list-=element.")
  var assignments: [String] = []

  @OptionGroup var options: EditOptions

  mutating func validate() throws { try Assignment.requireOnce(assignments) }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let tree = try place.tree(at: .workTree)
    let index = RecordIndex(of: try await session.snapshotToShow(tree))
    let (register, record) = try index.item(item)
    guard let position = index.position(ofRegister: register.name) else {
      throw Failure("'\(record.id)' is in no file that can be written")
    }
    if let unread = index.unreadFiles().first {
      throw Failure(
        "'\(unread)' cannot be read, and may name '\(record.id)'",
        hint: "Mend it first: registrar check \(unread)")
    }
    let prefix = register.name + "/"
    let new = id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
    guard new != record.id else {
      session.output += "nothing changes: it is so already\n"
      return .clean
    }
    let target = NewID(new, of: record, register, position, index)
    try target.requireFree()
    let versions = try await target.requireNew(in: place)
    let renaming = Renaming(
      of: record, in: position, as: new, index,
      wasKnown: place.repository == nil || !versions.isEmpty)
    try target.requireUnreleased(versions, leadsOn: renaming.leadsOn, place)
    var proposal = Proposal(place, tree, index)
    do {
      try await proposal.rename(renaming, try assignments.map { try Assignment($0) }, session)
    } catch let fault as Assignment.Fault {
      throw Failure("\(record.id): \(fault.message)", hint: fault.help)
    } catch let failure as EditFailure {
      return session.tell(failure, in: tree)
    }
    if !renaming.leadsOn, !versions.isEmpty {
      session.errors +=
        "note: '\(register.name)' has no field 'formerly': nothing will say that '\(new)' was '\(record.id)'\n"
    }
    for name in target.branches(place) {
      session.errors += "note: '\(name)' keeps its name; rename it with: git branch -m\n"
    }
    return try await proposal.finish(options, &session)
  }
}

/// An id that a record is to have.
private struct NewID {
  private let id: String
  private let record: Record
  private let register: Register
  private let position: Int
  private let index: RecordIndex

  init(
    _ id: String, of record: Record, _ register: Register, _ position: Int, _ index: RecordIndex
  ) {
    (self.id, self.record, self.register) = (id, record, register)
    (self.position, self.index) = (position, index)
  }

  /// Whether the record had the id before.
  private var isOwn: Bool { record.formerIDs.contains(id) }

  /// Makes sure that the id has the form of the register and is of no other record.
  func requireFree() throws(Failure) {
    if !register.isRegular(id, with: PatternMatcher()) {
      throw Failure(
        "'\(id)' does not have the regular form of '\(register.name)'",
        hint: ([register.regularForm(of: id), id.uppercased()].compactMap(\.self)
          .first { register.isRegular($0, with: PatternMatcher()) })
          .map { "Did you mean '\($0)'?" }
          ?? "Write it as '\(record.id)' is written")
    }
    if let other = index.record(id, in: position) {
      throw Failure("'\(register.name)' has '\(other.id)' already", hint: "Give another id")
    }
    if let heir = index.records[position].first(where: {
      $0.id != record.id && $0.formerIDs.contains(id)
    }) {
      throw Failure("'\(id)' was what '\(heir.id)' is now", hint: "Give an id that none had")
    }
    if let words = index.tombstone(of: id, in: register) {
      throw Failure(
        "'\(id)' is gone, as its tombstone says: \(words)", hint: "Give an id that none had")
    }
    guard let path = register.path(of: id, property: { record.text(of: $0) }) else {
      throw Failure("nothing says which file '\(id)' belongs in")
    }
    if register.fixedPaths == nil, path != record.path,
      index.snapshot.source(at: path) != nil, register.shape != .list
    {
      throw Failure("there is a file at '\(path)' already", hint: "Move it out of the way first")
    }
  }

  /// Makes sure that no record had the id in a version that the clone knows.
  ///
  /// - Returns: The names of the versions that have the record under its old id.
  func requireNew(in place: Workplace) async throws -> [String] {
    guard let repository = place.repository else { return [] }
    let rulebook = index.snapshot.rulebook
    let versions = try KnownIDs.versions(
      having: [id, record.id], of: position, by: rulebook, in: repository)
    let own = versions[record.id] ?? []
    if isOwn { return own }
    if let version = versions[id]?.first {
      throw Failure(
        "'\(id)' is the id of a record at '\(version)'", hint: "Give an id that none had")
    }
    var former = FormerRecords(in: repository)
    for name in ["HEAD"] + (try repository.revisionNames()) {
      guard let commit = try? repository.commit(at: name),
        let removal = try await former.removal(
          of: FormerUse(register: register.name, id: id), before: commit, by: rulebook)
      else { continue }
      throw Failure(
        "'\(id)' was the id of a record until commit \(removal.commit.description.prefix(7)) "
          + "(\(removal.subject))",
        hint: "Give an id that none had")
    }
    return own
  }

  /// Makes sure that no baseline would lead nowhere.
  func requireUnreleased(
    _ versions: [String], leadsOn: Bool, _ place: Workplace
  ) throws {
    guard place.repository != nil else { return }
    let catalogue = index.snapshot.catalogue
    let ledger = try place.ledger()
    for entry in ledger.entries {
      guard let kind = catalogue.kinds.first(where: { $0.value(in: entry.name) != nil }) else {
        continue
      }
      if kind.value(in: entry.name) == record.id,
        catalogue.register(namingKind: kind)?.name == register.name
      {
        throw Failure(
          "the baseline '\(entry.name)' is named after '\(record.id)', which keeps its id")
      }
      guard !leadsOn, versions.contains(entry.name),
        kind.registers?.contains(register.name) ?? true
      else { continue }
      throw Failure(
        "'\(record.id)' stands in the baseline '\(entry.name)', and '\(register.name)' has no field "
          + "'formerly' that would lead from there to '\(id)'",
        hint: "Let its schema have one, or keep the id")
    }
  }

  /// Returns the branches that are named after the record.
  func branches(_ place: Workplace) -> [String] {
    guard let process = index.snapshot.catalogue.modifications,
      process.register == register.name, let names = try? place.repository?.revisionNames()
    else { return [] }
    let branch = process.branch?.path { $0 == "id" ? record.id : nil }
    return names.filter { $0 == branch }
  }
}
