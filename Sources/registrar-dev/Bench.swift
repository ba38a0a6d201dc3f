import ArgumentParser
import Foundation
import Glibc

struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure registrar against its budgets and against other tools",
    discussion: """
      Whole processes, warm caches, medians of rounds in which all take turns. Ratios count, not \
      seconds. Peers are measured where they are installed (PyPI: sourcemeta-jsonschema, \
      check-jsonschema, yamale, csv-diff, daff, redlines).
      """)

  @Option(help: "The registrar to measure; the one beside this program by default.")
  var registrar: String?

  @Option(help: "How many rounds.")
  var rounds = 7

  @Option(help: "Sizes of the series, in records.")
  var size: [Int] = [1000, 5000, 20_000, 50_000]

  @Option(help: "The folder with the real registers; this one by default.")
  var registers = "."

  @Option(help: "Measure only this part: check, real, keystroke, hook, history, baseline or diff.")
  var only: String?

  @Flag(help: "Count the time of processors: for a machine that others use too.")
  var processorTime = false

  @Flag(help: "Fail where a budget does not hold.")
  var strict = false

  struct Row {
    let text: String
    let holds: Bool
  }

  func run() async throws {
    try await Measure.$countsProcessorTime.withValue(processorTime) { try await measure() }
  }

  private func measure() async throws {
    // It is run in other folders than this one.
    let program =
      registrar.map { URL(fileURLWithPath: $0).path }
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("registrar").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw ValidationError("There is no program '\(program)' to measure.")
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("registrar-bench-\(getpid())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var rows: [Row] = []
    func isAsked(_ part: String) -> Bool { only == nil || only == part }
    if isAsked("check") {
      rows += measureStart(program)
      rows += try measureCheck(program, folder + "/10000")
      rows += try measureSeries(program, folder)
      rows += try measureUnchanged(program, folder + "/unchanged")
    }
    if isAsked("real") {
      rows += try RealBench(program: program, rounds: rounds, source: registers).measure(in: folder)
    }
    if isAsked("keystroke") { rows += try await KeystrokeBench(rounds: rounds).measure(in: folder) }
    if isAsked("history") {
      rows += try HistoryBench(program: program, rounds: rounds, source: registers)
        .measure(in: folder)
    }
    if isAsked("hook") {
      rows += try HookBench(program: program, rounds: rounds).measure(in: folder)
    }
    if isAsked("baseline") {
      rows += try BaselineBench(program: program, rounds: rounds).measure(in: folder)
    }
    if isAsked("diff") {
      rows += try DiffBench(program: program, rounds: rounds).measure(in: folder)
    }
    for row in rows { print("\(row.holds ? "holds" : "MISSES")  \(row.text)") }
    if strict, rows.contains(where: { !$0.holds }) { throw ExitCode(1) }
  }

  private func ratio(_ value: Double, _ base: Double) -> String {
    String(format: "%.2f", value / base)
  }

  /// Budget: `--version` at most twice `git rev-parse HEAD`.
  private func measureStart(_ program: String) -> [Row] {
    let here = FileManager.default.currentDirectoryPath
    let times = Measure.inTurn(
      rounds * 3,
      [
        Measure.seconds(["git", "rev-parse", "HEAD"], in: here),
        Measure.seconds([program, "--version"]),
        Measure.seconds([program, "explain", "record/duplicate-id"]),
      ])
    let version =
      "start: --version \(Measure.milliseconds(times[1])), git rev-parse HEAD "
      + "\(Measure.milliseconds(times[0])): \(ratio(times[1], times[0])) x, budget 2 x"
    let other =
      "start: explain \(Measure.milliseconds(times[2])): \(ratio(times[2], times[0])) x, budget 4 x"
    return [
      Row(text: version, holds: times[1] <= 2 * times[0]),
      Row(text: other, holds: times[2] <= 4 * times[0]),
    ]
  }

  /// Budgets of a check of 10,000 records: time against libyaml's events and against the peer,
  /// memory against the peer.
  private func measureCheck(_ program: String, _ folder: String) throws -> [Row] {
    try RiskCorpus(count: 10_000).write(to: folder)
    let records = folder + "/registers/risks"
    let check = [program, "check"]
    let fast = Peer.sourcemeta
    var work = [
      { () -> Double in
        let start = Measure.now()
        precondition(Floor.parse(records) > 0, "the floor parses files")
        return Measure.now() - start
      }, Measure.seconds(check, in: folder),
    ]
    if let fast { work.append(Measure.seconds(fast.command, in: folder)) }
    let times = Measure.inTurn(rounds, work)
    let memory = Measure.run(check, in: folder)?.peakMemory ?? 0
    var rows = [
      Row(
        text: "check of 10,000 records \(Measure.milliseconds(times[1])), libyaml events "
          + "\(Measure.milliseconds(times[0])): \(ratio(times[1], times[0])) x, budget 1.5 x",
        holds: times[1] <= 1.5 * times[0])
    ]
    let slow = try Peer.slow(in: folder)
    guard let fast, let other = Measure.run(fast.command, in: folder) else {
      print("sourcemeta-jsonschema is not installed: its budgets are not measured")
      return try rows + measureSlowPeers(slow, folder, ours: times[1])
        + plantedFault(program, slow, folder)
    }
    rows.append(
      Row(
        text: "check of 10,000 records against Sourcemeta --fast (schema only, first error only) "
          + "\(Measure.milliseconds(times[2])): \(ratio(times[1], times[2])) x, budget 0.4 x",
        holds: times[1] <= 0.4 * times[2]))
    rows.append(
      Row(
        text: "peak memory \(memory >> 20) MiB, Sourcemeta \(other.peakMemory >> 20) MiB: "
          + "\(ratio(Double(memory), Double(other.peakMemory))) x, budget 0.5 x",
        holds: Double(memory) <= 0.5 * Double(other.peakMemory)))
    rows += measureSlowPeers(slow, folder, ours: times[1])
    return try rows + plantedFault(program, [fast] + slow, folder)
  }

  /// A tool that does not find an error in the last record has not done the work it is timed for.
  private func plantedFault(_ program: String, _ peers: [Peer], _ folder: String) throws -> [Row] {
    try RiskCorpus(count: 10_000, faults: [10_000]).record(10_000).write(
      toFile: folder + "/registers/risks/\(RiskCorpus.id(10_000)).yaml", atomically: false,
      encoding: .utf8)
    let ours = Measure.run([program, "check", "--format", "concise"], in: folder)
    let isFound = ours?.status == 1 && ours?.output.contains(RiskCorpus.id(10_000)) == true
    var rows = [Row(text: "registrar finds an error planted in the last record", holds: isFound)]
    for peer in peers {
      let status = Measure.run(peer.command, in: folder)?.status
      rows.append(
        Row(
          text: "\(peer.name) finds an error planted in the last record", holds: status != 0))
    }
    return rows
  }

  /// The times of the slow peers, which take one turn each after registrar's.
  private func measureSlowPeers(_ peers: [Peer], _ folder: String, ours: Double) -> [Row] {
    peers.compactMap { peer in
      Measure.run(peer.command, in: folder).map { run in
        Row(
          text: "\(peer.name) (\(peer.checks)) \(Measure.milliseconds(run.seconds)), "
            + "\(run.peakMemory >> 20) MiB: registrar takes \(ratio(ours, run.seconds)) x",
          holds: run.status == 0)
      }
    }
  }

  /// Budget: a work tree in which nobody touched anything since it was committed is checked in at most 1.15 x
  /// the time of the same files outside of Git.
  private func measureUnchanged(_ program: String, _ folder: String) throws -> [Row] {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for place in [folder + "/plain", folder + "/git"] {
      try RiskCorpus(count: 10_000).write(to: place)
    }
    let script = """
      git init -q && git add -A && git -c user.name=b -c user.email=b@example.org commit -q -m corpus
      git gc -q
      """
    _ = Measure.run(["sh", "-c", script], in: folder + "/git")
    let check = [program, "check"]
    let times = Measure.inTurn(
      rounds,
      [
        Measure.seconds(check, in: folder + "/plain"), Measure.seconds(check, in: folder + "/git"),
      ])
    return [
      Row(
        text:
          "check of a work tree as it was committed \(Measure.milliseconds(times[1])), outside of "
          + "Git \(Measure.milliseconds(times[0])): \(ratio(times[1], times[0])) x, budget 1.15 x",
        holds: times[1] <= 1.15 * times[0])
    ]
  }

  /// Time by size, from the work tree, the index and a commit, with the growth from size to size.
  private func measureSeries(_ program: String, _ folder: String) throws -> [Row] {
    var rows: [Row] = []
    var last: (size: Int, seconds: Double)?
    for size in size {
      let place = folder + "/series-\(size)"
      try RiskCorpus(count: size).write(to: place)
      for arguments in [
        ["init", "-q"], ["add", "-A"],
        [
          "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-q", "-m",
          "corpus",
        ],
        ["gc", "-q"],
      ] {
        _ = Measure.run(["git"] + arguments, in: place)
      }
      let times = Measure.inTurn(
        max(1, rounds / 2),
        [
          Measure.seconds([program, "check"], in: place),
          Measure.seconds([program, "check", "--staged"], in: place),
          Measure.seconds([program, "check", "--at", "HEAD"], in: place),
        ])
      let memory = Measure.run([program, "check"], in: place)?.peakMemory ?? 0
      var text =
        "\(size) records: work tree \(Measure.milliseconds(times[0])), index "
        + "\(Measure.milliseconds(times[1])), commit \(Measure.milliseconds(times[2])), peak \(memory >> 20) MiB"
      var holds = true
      if let last {
        let growth = (times[0] / last.seconds) / (Double(size) / Double(last.size))
        text += ", " + String(format: "%.2f", growth) + " x linear"
        holds = growth <= 1.25
      }
      rows.append(Row(text: text, holds: holds))
      last = (size, times[0])
      try? FileManager.default.removeItem(atPath: place)
    }
    return rows
  }
}
