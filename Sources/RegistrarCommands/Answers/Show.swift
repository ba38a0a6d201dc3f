import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import JSONSchema
import Publishing
import Registry
import Rules
import SourceText
import Syntax

struct Show: AnswerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one item, where it stands and what refers to it",
    discussion: """
      An id that several registers have is written with its register: risks/SECP-R15. A clause of a \
      document stands behind a colon: SEC-H:H8.4(b).
      """)

  @Argument(help: "The item's id, as in 'TABASC15/05' or 'SECP-R15'.")
  var item: String

  @OptionGroup var source: SourceOptions

  @Option(help: "How to show it; a document can be written for Word.")
  var format: ItemFormat = .text

  @OptionGroup var destination: Destination

  enum ItemFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case docx
  }

  mutating func validate() throws {
    if format == .docx, destination.output == nil {
      throw ValidationError("--format docx needs --output: a document is no text.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let snapshot = try await session.snapshotToShow(try place.tree(at: source.source))
    let index = RecordIndex(of: snapshot)
    let (name, number) = Session.clause(in: item)
    let (register, record) = try await find(name, index, place, &session)
    if let number { try snapshot.require(number, of: record, in: register) }
    if let number, register.shape != .document || record.node[number] != nil {
      let value = record.node[number].map { $0.text ?? $0.json }
      session.output += (value ?? "") + "\n"
      return .clean
    }
    if let number {
      let clause = try snapshot.clause(number, of: record, in: register)
      session.output += clause.source
      tellCitations(of: number, record, register, index, to: &session)
      return .clean
    }
    if format == .docx {
      guard register.shape == .document, let file = snapshot.source(at: record.path) else {
        throw Failure("'\(record.id)' is a record and no document", hint: "Leave --format out")
      }
      var document = WordDocument(
        title: record.shownTitle ?? record.id, author: "registrar", seconds: session.now())
      document.add(Redline(from: file, to: file, register.numbering))
      session.document = document.clean(new: true)
      return .clean
    }
    let records = snapshot.records(of: register)
    let position = records.firstIndex { $0.node.index == record.node.index && $0.id == record.id }
    session.output += "\(record.id) in \(register.title)\n"
    session.output += "\(record.path)"
    if let source = snapshot.source(at: record.path) {
      let line = LineIndex(source).position(at: record.node.range.offsets.lowerBound).line
      session.output += ":\(line)"
      session.output += position.map { ", number \($0 + 1) of \(records.count)" } ?? ""
      session.output += "\n\n"
      session.output += text(of: record, register, source)
    }
    tell("Refers to", links(from: record, snapshot), to: &session)
    tell("Referred to by", links(to: record, in: register, snapshot), to: &session)
    tellCitations(of: nil, record, register, index, to: &session)
    return .clean
  }

  /// Finds an item, also by an id that it had before; of one that is gone the failure says since when.
  private func find(
    _ name: String, _ index: RecordIndex, _ place: Workplace, _ session: inout Session
  ) async throws -> (register: Register, record: Record) {
    do throws(Failure) {
      return try index.item(name)
    } catch {
      guard error.isAbsence else { throw error }
      let catalogue = index.snapshot.catalogue
      for (position, register) in catalogue.registers.enumerated() {
        for id in register.ids(meant: name) {
          if let heir = index.records[position].first(where: { $0.formerIDs.contains(id) }) {
            session.errors += "note: '\(id)' is '\(heir.id)' now\n"
            return (register, heir)
          }
        }
      }
      let graves = catalogue.registers.lazy.compactMap { register in
        register.ids(meant: name).lazy.compactMap { id in
          index.tombstone(of: id, in: register).map { (id, register, $0) }
        }.first
      }
      let grave = graves.first
      // Only what is committed has a history.
      let revision = if case .revision(let revision) = source.source { revision } else { "HEAD" }
      guard let history = try? HistoryPlace(session, upTo: revision),
        let lost = try await history.lost(name)
      else {
        guard let (id, register, words) = grave else { throw error }
        throw Failure(
          "'\(id)' of '\(register.name)' is gone, as its tombstone says: \(words)", isAbsence: true)
      }
      let commit = lost.commit.description.prefix(7)
      throw Failure(
        "'\(lost.id)' was removed in commit \(commit) (\(lost.subject))"
          + (grave.map { "; its tombstone says: \($0.2)" } ?? ""),
        hint: "See it as it was with: registrar show \(lost.id) --at \(commit)^; "
          + "its life with: registrar log \(lost.id)")
    }
  }

  /// Tells who cites a clause, and which documents name an item in the place of its words.
  private func tellCitations(
    of number: String?, _ record: Record, _ register: Register, _ index: RecordIndex,
    to session: inout Session
  ) {
    func lines(_ places: [CitedPlace]) -> [String] {
      places.compactMap { place in
        index.snapshot.source(at: place.range.path).map { source in
          let line = LineIndex(source).position(at: place.range.offsets.lowerBound).line
          return "\(place.record.id) (\(place.register.name)), \(place.range.path):\(line)"
        }
      }
    }
    if number == nil {
      tell(
        "Named in", lines(RegisterRule.places(naming: record, in: register, index)), to: &session)
    }
    tell(
      "Cited in",
      lines(RegisterRule.places(citing: number, of: record, in: register, index)), to: &session)
  }

  /// Returns a record as its file has it; a row with its columns' names.
  private func text(of record: Record, _ register: Register, _ source: SourceFile) -> String {
    switch register.shape {
    case .record, .document: return source.text(of: 0..<source.bytes.count)
    case .list:
      let range = record.node.range.offsets
      return "  " + source.text(of: range) + "\n"
    case .table:
      return record.node.members.map { "\($0.key.text ?? ""): \($0.value.text ?? "")\n" }.joined()
    }
  }

  private func links(from record: Record, _ snapshot: Snapshot) -> [String] {
    let nodes = record.node.tree.nodes
    let range = record.node.index..<Int(nodes[record.node.index].end)
    return snapshot.references.filter { reference in
      reference.value.tree === record.node.tree && range.contains(reference.value.index)
    }.map { "\($0.id) (\($0.registers.joined(separator: ", ")))" }
  }

  private func links(to record: Record, in register: Register, _ snapshot: Snapshot) -> [String] {
    var owners: [String] = []
    for reference in snapshot.references
    where reference.id == record.id && reference.registers.contains(register.name) {
      if let owner = snapshot.owner(of: reference) {
        owners.append("\(owner.record.id) (\(owner.register.name))")
      }
    }
    return owners
  }

  private func tell(_ title: String, _ links: [String], to session: inout Session) {
    var seen: Set<String> = []
    let unique = links.filter { seen.insert($0).inserted }
    guard !unique.isEmpty else { return }
    session.output += "\n\(title):\n" + unique.map { "  \($0)\n" }.joined()
  }
}
