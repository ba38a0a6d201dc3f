import Diagnostics
import Registry
package import Rules
import SourceText
import Syntax

/// Mutation testing of schemas and rules: slips are made in the records, and each is judged.
package struct Probe: Sendable {
  /// What to probe.
  package struct Question: Sendable {
    /// The registers by their positions in the catalogue.
    package var registers: [Int]
    /// The ways to the fields, those below them included; all where there is none.
    package var fields: [String] = []
    /// Decides which slips of many are made.
    package var seed: UInt64 = 1
    /// How many slips are judged at the most.
    package var most = Int.max
    /// The largest number of tasks at work at once.
    package var jobs = 1

    package init(registers: [Int]) {
      self.registers = registers
    }
  }

  private let trial: Trial
  private let question: Question
  /// How many slips there are.
  package let possible: Int
  /// Those that are judged, in the order of registers, files and fields.
  package let slips: [Slip]
  private let remedies: Remedies

  /// Makes slips.
  ///
  /// - Parameters:
  ///   - trial: The version, which has no errors in the registers that are probed.
  ///   - question: What to probe.
  package init(of trial: Trial, _ question: Question) {
    self.trial = trial
    self.question = question
    let final = trial.finalNodes()
    var all: [Slip] = []
    var makers: [Int: SlipMaker] = [:]
    for position in question.registers {
      var maker = SlipMaker(of: position, in: trial, final: final, seed: question.seed)
      all += maker.slips().filter { slip in
        question.fields.isEmpty || question.fields.contains { Self.isIn(slip.field, $0) }
      }
      makers[position] = maker
    }
    possible = all.count
    slips = Self.sample(all, question)
    remedies = Remedies(makers, trial.base)
  }

  private static func isIn(_ field: String, _ way: String) -> Bool {
    guard field.hasPrefix(way) else { return false }
    let rest = field.dropFirst(way.count)
    return rest.isEmpty || rest.hasPrefix(".") || rest.hasPrefix("[]")
  }

  /// Returns as many slips as are asked for, taken evenly and always the same.
  private static func sample(_ slips: [Slip], _ question: Question) -> [Slip] {
    guard slips.count > question.most else { return slips }
    let keys = slips.indices.map { number in
      var dice = Dice(question.seed, "slip", String(number))
      return (key: dice.next(), number: number)
    }
    let chosen = keys.sorted { ($0.key, $0.number) < ($1.key, $1.number) }
      .prefix(question.most).map(\.number)
    return chosen.sorted().map { slips[$0] }
  }

  /// What came of a slip.
  struct Verdict: Sendable {
    /// The codes of the findings.
    var codes: [Diagnostic.Code] = []
    /// The gravest finding; `nil` where the slip is not noticed.
    var severity: Diagnostic.Severity?
    /// Whether the file says what it said before.
    var isVoid = false
  }

  /// Judges the slips.
  ///
  /// - Parameter progress: Called with how many are done.
  /// - Returns: What was noticed and what was not; the same for any number of tasks.
  package func run(progress: ((Int) -> Void)? = nil) async -> ProbeReport {
    let size = max(16, min(256, slips.count / (max(1, question.jobs) * 8) + 1))
    let chunks = stride(from: 0, to: slips.count, by: size).map { $0..<min($0 + size, slips.count) }
    let verdicts = await withTaskGroup(of: (Int, [Verdict]).self) { group in
      var found: [[Verdict]] = Array(repeating: [], count: chunks.count)
      var done = 0
      func take(_ result: (Int, [Verdict])?) {
        guard let (number, verdicts) = result else { return }
        found[number] = verdicts
        done += verdicts.count
        progress?(done)
      }
      for (number, chunk) in chunks.enumerated() {
        if number >= question.jobs { take(await group.next()) }
        group.addTask { (number, judge(chunk)) }
      }
      for await result in group { take(result) }
      return found.flatMap(\.self)
    }
    return ProbeReport(of: zip(slips, verdicts), possible, question, trial.base, remedies)
  }

  private func judge(_ chunk: Range<Int>) -> [Verdict] {
    var reader = FileReader(trial.base.snapshot.rulebook)
    return slips[chunk].map { slip in
      guard let before = trial.base.snapshot.file(at: slip.path) else { return Verdict() }
      var own = Report()
      let file = slip.edit.flatMap { edit in
        before.source.map { source in
          reader.read(
            SourceFile(path: slip.path, bytes: edit.applied(to: source.bytes)), of: slip.register,
            into: &own)
        }
      }
      let found = trial.findings(at: slip.path, of: slip.register, now: file, own)
      var codes: [Diagnostic.Code] = []
      for finding in found.sorted where !codes.contains(finding.code) { codes.append(finding.code) }
      let severity = Diagnostic.Severity.allCases.first { found.count(of: $0) > 0 }
      return Verdict(
        codes: codes, severity: severity,
        isVoid: severity == nil && file.map { Self.isSame($0, before) } ?? false)
    }
  }

  private static func isSame(_ one: RegisterFile, _ two: RegisterFile) -> Bool {
    one.records.count == two.records.count
      && zip(one.records, two.records).allSatisfy { $0.node.isSame(as: $1.node) }
  }
}
