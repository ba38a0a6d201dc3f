import Accounts
import ArgumentParser
import Diagnostics
import Editing
import History
import Registry
import Rules
import SourceText
import Syntax

struct NewItem: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Add a record to a register",
    discussion: """
      The record gets the next free number of its register, which no record has or had on any branch \
      or tag of this clone, and stands in its place: in a file of its own, or in the order of the \
      register's file. Fields are given as to registrar set; those that the schema computes or has a \
      default for follow.

      On a terminal, where no field is given or one is missing that every record has, the editor that Git \
      uses (GIT_EDITOR, core.editor, VISUAL, EDITOR) is opened on a draft.
      """)

  @Argument(help: "The register.", completion: .names)
  var register: String

  @Argument(help: "The fields: field=value.", completion: .names)
  var assignments: [String] = []

  @Option(help: ArgumentHelp("What the ids of the series begin with.", valueName: "text"))
  var series: String?

  @OptionGroup var options: EditOptions

  mutating func validate() throws { try Assignment.requireOnce(assignments) }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let tree = try place.tree(at: .workTree)
    let index = RecordIndex(of: try await session.snapshotToShow(tree))
    let registers = index.snapshot.catalogue.registers
    guard let position = registers.firstIndex(where: { $0.name == register }) else {
      throw Failure(
        "there is no register '\(register)'",
        hint: advice(for: register, among: registers.map(\.name))
          ?? "List them with: registrar list")
    }
    if let unread = index.unreadFiles(where: { $0 == position }).first {
      throw Failure(
        "'\(unread)' cannot be read, and the ids of '\(register)' are not all known",
        hint: "Mend it first: registrar check \(unread)")
    }
    let desk = NewItemDesk(place: place, tree: tree, index: index, position: position)
    do {
      let draft = try Draft(assignments, of: position, in: index.snapshot.rulebook)
      if assignments.isEmpty || !draft.missing.isEmpty,
        let editor = DraftEditor(place, session)
      {
        return try await write(draft, desk, editor, &session)
      }
      return try await add(draft, desk, &session)
    } catch let fault as Assignment.Fault {
      throw Failure("\(register): \(fault.message)", hint: fault.help)
    } catch let failure as EditFailure {
      return session.tell(failure, in: tree)
    }
  }

  /// Adds the record of a draft.
  private func add(
    _ draft: Draft, _ desk: NewItemDesk, _ session: inout Session
  ) async throws -> Outcome {
    var draft = draft
    let id = try draft.takeID() ?? desk.freeID(series)
    let proposal = try desk.proposal(of: draft, as: id)
    return try await proposal.finish(options, &session)
  }

  /// Lets the user write the draft until it can be added, or is given up.
  private func write(
    _ draft: Draft, _ desk: NewItemDesk, _ editor: DraftEditor, _ session: inout Session
  ) async throws -> Outcome {
    var first = draft
    let id = first.takeID() ?? (try? desk.freeID(series)) ?? ""
    let start = first.text(for: id)
    var text = start
    while true {
      text = try editor.edited(text)
      guard text != start else {
        editor.remove()
        session.errors += "nothing is written: the draft is as it was\n"
        return .failed
      }
      var outcome = Outcome.failed
      do {
        let read = try Draft(reading: text, of: desk.position, in: desk.index.snapshot.rulebook)
        outcome = try await add(read, desk, &session)
      } catch let failure as Failure {
        session.errors += "registrar: \(PaintedText(failure.message))\n"
        if let hint = failure.hint { session.errors += "hint: \(PaintedText(hint))\n" }
      } catch let failure as EditFailure {
        outcome = session.tell(failure, in: desk.tree)
      }
      guard outcome != .clean else {
        editor.remove()
        return outcome
      }
      let answer = session.ask?(session.takeSaid() + "Edit the draft again? [y]es, [n]o: ")
      guard answer?.lowercased().first == "y" else {
        if let path = editor.keptPath { session.errors += "the draft is kept in \(path)\n" }
        return outcome
      }
    }
  }
}

/// Where a record is added.
private struct NewItemDesk {
  let place: Workplace
  let tree: any SourceTree
  let index: RecordIndex
  let position: Int

  private var register: Register { index.snapshot.catalogue.registers[position] }

  /// Returns the next free id of the register.
  func freeID(_ series: String?) throws -> String {
    let others = try place.repository.map {
      try KnownIDs.all(of: position, by: index.snapshot.rulebook, in: $0)
    }
    switch index.freeID(in: position, series: series, besides: others ?? []) {
    case .id(let id): return id
    case .several(let prefixes):
      throw Failure(
        "the ids of '\(register.name)' are of several series",
        hint: "Say which: --series \(prefixes.prefix(8).joined(separator: ", --series "))")
    case .none:
      if let series, let meant = index.series(like: series, in: position) {
        throw Failure(
          "no ids begin with '\(series)' and a number", hint: "Did you mean '\(meant)'?")
      }
      throw Failure(
        "the ids of '\(register.name)' cannot be counted on from", hint: "Give the id: id=…")
    }
  }

  /// Returns the registers with the record of a draft.
  ///
  /// - Throws: `Failure` where it lacks something or has no place, `EditFailure` where it cannot be written.
  func proposal(of draft: Draft, as id: String) throws -> Proposal {
    guard !index.has(id, in: position) else {
      throw Failure(
        "'\(register.name)' has '\(id)' already",
        hint: "Leave the id out to get the next free one")
    }
    let values = try draft.values(for: id, like: index.records[position])
    guard
      let path = register.path(
        of: id, property: { name in values.first { $0.key == name }?.value.text })
    else {
      throw Failure(
        "nothing says which file '\(id)' belongs in",
        hint:
          "Give the fields that its place names: \(register.templates.map(\.text).joined(separator: ", "))"
      )
    }
    var proposal = Proposal(place, tree, index)
    try proposal.add(
      ItemEditor.Item(id: id, register: position, path: path), values, named: draft.places,
      mayFollow: draft.mayFollow)
    return proposal
  }
}
