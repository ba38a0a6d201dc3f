import Accounts
import ArgumentParser
import Diagnostics
import Probing
import Registry
import Rules
import SourceText

struct SchemaProbe: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Try how well schemas and rules guard the records",
    discussion: """
      In each field of each record it makes the slips that people make, judges each as check would judge \
      it before a commit, and writes nothing: another value of a list, a letter left out, the id of a \
      neighbour, a year or a digit, an element or a field that is gone, the text of another record, a \
      closed item reworded. It tells by register and field what is noticed, what is not, and which keyword \
      or rule would notice it.

      Slips in the wording of free narrative are counted apart: texts of which the schema says no form, in \
      fields with five words or more on average.
      """)

  @Argument(help: "The registers to probe; all where none is named.", completion: .names)
  var registers: [String] = []

  @Option(
    name: .customLong("field"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Only this field and what is below it, as in 'updates[].text'; repeat it for more.",
      valueName: "field"),
    completion: .names)
  var fields: [String] = []

  @Option(
    help: ArgumentHelp("Make this many slips at the most, taken evenly.", valueName: "number"))
  var slips = 10_000

  @Option(
    help: ArgumentHelp("Make other slips of the same kinds; a number.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "End with status 1 where fewer of a hundred slips are noticed.", valueName: "percent"))
  var atLeast: Int?

  @OptionGroup var source: SourceOptions

  @Option(help: "How to tell.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  @Option(help: ArgumentHelp("How many slips to work on at once.", valueName: "number"))
  var jobs: Int?

  mutating func validate() throws {
    if slips < 1 { throw ValidationError("--slips takes a number from 1.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1.") }
    if let atLeast, !(0...100).contains(atLeast) {
      throw ValidationError("--at-least takes a number from 0 to 100.")
    }
  }

  mutating func run(in session: inout Session) async throws -> Outcome {
    let start = session.clock()
    let tree = try Workplace(session).tree(at: source.source)
    var report = Report()
    let snapshot = try await session.snapshot(tree, jobs: jobs, into: &report)
    guard let snapshot else {
      throw Failure(
        report.sorted.first?.message.text ?? "the catalogue cannot be read",
        hint: "Run: registrar check")
    }
    let positions = try positions(in: snapshot)
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &report)
    try requireClean(report, index, positions, session.today)

    var question = Probe.Question(registers: positions)
    question.fields = fields
    question.seed = seed
    question.most = slips
    question.jobs = jobs ?? session.processorCount
    let probe = Probe(of: Trial(of: index, known: report, today: session.today), question)
    if probe.possible == 0 {
      throw Failure(
        fields.isEmpty
          ? "there is no record to make slips in"
          : "no record has the field \(fields.map { "'\($0)'" }.joined(separator: " or "))",
        hint: fields.isEmpty ? nil : "Write it as the report does, such as updates[].text")
    }
    let (count, show, clock) = (probe.slips.count, session.showProgress, session.clock)
    let found = await probe.run { done in
      if clock() - start > 0.5 { show?("judged \(done) of \(Count(count, "slip"))") }
    }
    let view = ProbeView(found, of: tree.title)
    switch format {
    case .json: session.output.add(escaped: view.json.text + "\n")
    case .text: session.output += view.text(width: session.isTerminal ? session.width : nil)
    }
    let tally = found.tally
    let isEnough = atLeast.map { tally.noticed * 100 >= $0 * tally.made } ?? true
    let summary =
      view.summary + (isEnough ? "" : ", fewer than the \(atLeast ?? 0) % that are asked for")
      + "\n"
    if format == .text { session.output += summary } else { session.errors += summary }
    return isEnough ? .clean : .errorsFound
  }

  /// Returns the positions of the registers to probe, in the order of the catalogue.
  private func positions(in snapshot: Snapshot) throws(Failure) -> [Int] {
    for name in registers { _ = try snapshot.register(named: name) }
    let all = snapshot.catalogue.registers
    return all.indices.filter { registers.isEmpty || registers.contains(all[$0].name) }
  }

  /// Makes sure that there is no error before slips are made: one could hide what a slip does.
  private func requireClean(
    _ report: Report, _ index: RecordIndex, _ positions: [Int], _ today: Day
  ) throws(Failure) {
    if let path = index.unreadFiles().first {
      throw Failure(
        "'\(path)' cannot be read, and what rests on it cannot be judged",
        hint: "See why with: registrar check")
    }
    var left = report
    _ = Waivers(in: index).apply(to: &left, index, today: today, isWhole: true)
    let registers = index.snapshot.catalogue.registers
    let found = left.sorted.filter { finding in
      let path = finding.range.path
      return finding.severity == .error
        && (path.string.hasPrefix(Catalogue.schemaFolder + "/")
          || positions.contains { registers[$0].claims(path) })
    }
    guard let first = found.first else { return }
    let place =
      positions.first { registers[$0].claims(first.range.path) }
      .map { "the register '\(registers[$0].name)' has" } ?? "the schemas have"
    throw Failure(
      "\(place) errors already: \(first.message.text) (\(first.range.path))",
      hint: "Mend or waive what registrar check tells, and probe then")
  }
}
