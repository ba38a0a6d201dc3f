import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Syntax
import Testing

@testable import Probing

@Test func `a slip is judged as a check of all files and of the step judges it`() async throws {
  let registers = SmallRegisters()
  let (index, known) = try await SmallRegisters.check(registers.tree)
  let trial = Trial(of: index, known: known, today: SmallRegisters.today)
  let standing = known.diagnostics.filter { $0.severity == .warning }
  #expect(standing.count == 1)
  let probe = try await registers.probe()
  for slip in probe.slips {
    var files = registers.files
    files[slip.path.string] = registers.text(of: slip)
    let tree = MemoryTree(files)
    var full = Report()
    let snapshot = try #require(try await Snapshot.read(tree, jobs: 1, into: &full))
    let now = RecordIndex(of: snapshot)
    let changes = try TreeChange.changes(
      from: registers.tree, to: tree, under: [try #require(RepoPath("registers"))])
    let step = try await Increment.step(from: registers.tree, to: now, changes, jobs: 1)
    if let step { full.merge(step.state) }
    Rule.tidy(&full, of: now)
    if let step { full.merge(step.step) }
    _ = Waivers(in: now).apply(to: &full, now, today: SmallRegisters.today, isWhole: true)

    var own = Report()
    var reader = FileReader(index.snapshot.rulebook)
    let file = registers.text(of: slip).map {
      reader.read(SourceFile(path: slip.path, text: $0), of: slip.register, into: &own)
    }
    let found = trial.findings(at: slip.path, of: slip.register, now: file, own)
    let news = full.diagnostics.filter { finding in
      !standing.contains { $0.message == finding.message && $0.range.path == finding.range.path }
    }
    #expect(
      Set(found.diagnostics.map(\.code)) == Set(news.map(\.code)),
      "\(slip.kind) in \(slip.field) of \(slip.item): \(slip.new ?? "")"
    )
  }
}

@Test func `the number of tasks does not show in the report`() async throws {
  let (index, known) = try await SmallRegisters.check(SmallRegisters().tree)
  var question = Probe.Question(registers: [0, 1, 2])
  var tallies: [[ProbeReport.Tally]] = []
  for jobs in [1, 4] {
    question.jobs = jobs
    let trial = Trial(of: index, known: known, today: SmallRegisters.today)
    let report = await Probe(of: trial, question).run()
    tallies.append(report.registers.flatMap { $0.fields.flatMap { $0.rows.map(\.tally) } })
  }
  #expect(tallies[0] == tallies[1])
}

@Test func `what is not noticed is told with what would notice it`() async throws {
  let (index, known) = try await SmallRegisters.check(SmallRegisters().tree)
  var question = Probe.Question(registers: [2])
  question.fields = ["since"]
  let trial = Trial(of: index, known: known, today: SmallRegisters.today)
  let report = await Probe(of: trial, question).run()
  let rows = try #require(report.registers.first?.fields.first?.rows)
  let row = try #require(rows.first { $0.kind == .year })
  #expect(row.tally.made == 2)
  #expect(row.tally.noticed == 0)
  #expect(row.misses.first?.place == LineColumn(line: 2, column: 19))
  #expect(!row.remedies.isEmpty)
}

@Test func `no slip in the registers of this repository breaks the form of its file`() async throws
{
  var report = Report()
  let tree = WorkTree(root: projectFolder)
  let snapshot = try #require(try await Snapshot.read(tree, jobs: 2, into: &report))
  let index = RecordIndex(of: snapshot)
  var question = Probe.Question(
    registers: Array(snapshot.catalogue.registers.indices))
  question.most = 3000
  let probe = Probe(of: Trial(of: index, known: report, today: SmallRegisters.today), question)
  var reader = FileReader(snapshot.rulebook)
  var broken: [String] = []
  for slip in probe.slips {
    guard let source = snapshot.source(at: slip.path), let bytes = slip.applied(to: source.bytes)
    else { continue }
    var found = Report()
    let file = reader.read(
      SourceFile(path: slip.path, bytes: bytes), of: slip.register, into: &found)
    // A digit that became the first may be a 0, and a file may be left without records.
    let isFault = file.fault.map { ![.emptyYAML, .emptyCSV].contains($0.code) } ?? false
    if isFault, slip.kind != .digits {
      broken.append(
        "\(slip.kind) in \(slip.field) of \(slip.item): \(file.fault?.message.text ?? "")")
    }
  }
  #expect(broken.isEmpty, "\(broken.prefix(10))")
}
