import Accounts
import ArgumentParser
import Comparison
import Diagnostics
import Editing
import Registry
import Rules
import SourceText
import Syntax

struct SetFields: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set fields of an item",
    discussion: """
      Each value is read as the schema of its field asks: a number, true or false, a text, a list as \
      [a, b], a mapping as {a: b}. An element of a list is named by its position, the first one as [1] \
      and the last one as [-1], or by its key. Every other byte of the file stays as it is, and values \
      that the schema computes of others follow.

      The change is shown and checked before anything is written; what a check finds of it, and not of \
      the registers as they are, refuses it.
      """)

  @Argument(help: "The item's id, as in 'SECP-R15'; a clause as in 'H:H8.4'.", completion: .names)
  var item: String

  @Argument(help: "What to set: field=value, list+=element, list-=element.", completion: .names)
  var assignments: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Take a field or an element out; may be given again.", valueName: "field"),
    completion: .names)
  var unset: [String] = []

  @OptionGroup var options: EditOptions

  mutating func validate() throws {
    if assignments.isEmpty, unset.isEmpty {
      throw ValidationError("Say what to set: field=value.")
    }
    try Assignment.requireOnce(assignments)
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let tree = try place.tree(at: .workTree)
    let snapshot = try await session.snapshotToShow(tree)
    let index = RecordIndex(of: snapshot)
    let (name, clause) = Session.clause(in: item)
    let (register, record) = try index.item(name)
    guard let position = snapshot.file(at: record.path)?.register else {
      throw Failure("'\(record.id)' is in no file that can be written")
    }
    let target = ItemEditor.Item(id: record.id, register: position, path: record.path)
    var proposal = Proposal(place, tree, index)
    do {
      if let clause {
        let number = try snapshot.clause(clause, of: record, in: register).number
        try proposal.set(clause: number, of: target, to: try clauseText())
      } else {
        for text in assignments { try proposal.make(try Assignment(text), of: target) }
        for place in unset { try proposal.make(Assignment(unsetting: place), of: target) }
      }
    } catch let fault as Assignment.Fault {
      throw Failure("\(record.id): \(fault.message)", hint: fault.help)
    } catch let failure as EditFailure {
      return session.tell(failure, in: tree)
    }
    return try await proposal.finish(options, &session)
  }

  /// The text of a clause, which is all that it has.
  private func clauseText() throws(Failure) -> String {
    guard assignments.count == 1, unset.isEmpty, let text = assignments.first,
      text.hasPrefix("text=")
    else {
      throw Failure(
        "a clause has a text and no fields", hint: "Write: registrar set \(item) 'text=…'")
    }
    return String(text.dropFirst("text=".count))
  }
}

/// What becomes of a change of the registers.
struct EditOptions: ParsableArguments {
  @Flag(help: "Show and check the change, and write nothing.")
  var dryRun = false

  @Flag(help: "Commit the change, and nothing else that is changed or staged.")
  var commit = false

  @Option(name: .shortAndLong, help: ArgumentHelp("The message of the commit.", valueName: "text"))
  var message: String?

  @Option(
    help: ArgumentHelp(
      "The decision that the commit carries out, as 'SECP39#24'.", valueName: "id"),
    completion: .names)
  var decision: String?

  mutating func validate() throws {
    if commit, message == nil { throw ValidationError("--commit asks for a message: -m 'text'.") }
    if !commit, message != nil || decision != nil {
      throw ValidationError("--message and --decision go with --commit.")
    }
    if commit, dryRun { throw ValidationError("Give either --commit or --dry-run, not both.") }
  }

  /// The message with its trailer.
  var text: String {
    (message ?? "") + "\n" + (decision.map { "\nDecision: \($0)\n" } ?? "")
  }
}

extension Assignment {
  /// Makes sure that no field is set twice: one of the values would be lost.
  static func requireOnce(_ texts: [String]) throws {
    var places: Set<String> = []
    for assignment in texts.compactMap({ try? Assignment($0) }) where assignment.operation == .set {
      guard places.insert(assignment.place).inserted else {
        throw ValidationError("'\(assignment.place)' is given twice.")
      }
    }
  }
}

extension Session {
  /// Says why an edit cannot be made.
  mutating func tell(_ failure: EditFailure, in tree: any SourceTree) -> Outcome {
    var report = Report()
    report.add(failure.diagnostic)
    tell(
      report, as: .full, summary: "", checked: [],
      source: { path, _ in Findings.source(at: path, in: tree) })
    errors += "nothing is written\n"
    return .failed
  }
}
