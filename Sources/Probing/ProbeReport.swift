package import Diagnostics
package import Registry
import Rules
package import SourceText

/// How well schemas and rules guard registers: which slips are noticed, which are not, and what would notice them.
package struct ProbeReport: Sendable {
  /// How many slips were made, and how many of them a check tells.
  package struct Tally: Hashable, Sendable {
    package private(set) var made = 0
    /// The slips by their gravest finding.
    package private(set) var bySeverity: [Diagnostic.Severity: Int] = [:]

    package var noticed: Int { bySeverity.values.reduce(0, +) }

    mutating func add(_ severity: Diagnostic.Severity?) {
      made += 1
      if let severity { bySeverity[severity, default: 0] += 1 }
    }

    static func + (one: Tally, two: Tally) -> Tally {
      var sum = one
      sum.made += two.made
      sum.bySeverity.merge(two.bySeverity, uniquingKeysWith: +)
      return sum
    }

    /// How many of a hundred are noticed, rounded down so that 90 is never less than 90; 100 of none.
    package var percent: Int { made == 0 ? 100 : noticed * 100 / made }
  }

  /// A slip that nobody notices.
  package struct Miss: Sendable {
    package let item: String
    package let path: RepoPath
    package let place: LineColumn
    package let old: String
    package let new: String?
  }

  /// The slips of one kind in one field.
  package struct Row: Sendable {
    package let kind: Slip.Kind
    package internal(set) var tally = Tally()
    /// How many slips each code told.
    package internal(set) var codes: [String: Int] = [:]
    /// The first slips that are not noticed.
    package internal(set) var misses: [Miss] = []
    /// The keywords and rules that would notice those.
    package internal(set) var remedies: [String] = []
  }

  package struct Field: Sendable {
    /// The way to it, such as `updates[].text`; empty for records as wholes.
    package let way: String
    /// Whether slips of its wording are counted apart.
    package let isNarrative: Bool
    package internal(set) var rows: [Row] = []
  }

  package struct RegisterPart: Sendable {
    package let register: Register
    package internal(set) var fields: [Field] = []
    /// What is not free narrative.
    package internal(set) var tally = Tally()
    /// Slips in the wording of free narrative.
    package internal(set) var narrative = Tally()
  }

  package private(set) var registers: [RegisterPart] = []
  /// How many slips there are; fewer may have been asked for.
  package let possible: Int
  package let seed: UInt64
  /// How many slips that are not noticed are kept of each kind and field.
  private static let mostMisses = 3

  /// What is not free narrative, of all registers.
  package var tally: Tally { registers.reduce(Tally()) { $0 + $1.tally } }
  package var narrative: Tally { registers.reduce(Tally()) { $0 + $1.narrative } }

  init(
    of judged: some Sequence<(Slip, Probe.Verdict)>, _ possible: Int, _ question: Probe.Question,
    _ index: RecordIndex, _ remedies: Remedies
  ) {
    self.possible = possible
    seed = question.seed
    var lines: (path: RepoPath, index: LineIndex)?
    var counts = Counting()
    for (slip, verdict) in judged where !verdict.isVoid {
      var miss: Miss?
      if verdict.severity == nil {
        if lines?.path != slip.path {
          lines = index.snapshot.source(at: slip.path).map { (slip.path, LineIndex($0)) }
        }
        miss = Miss(
          item: slip.item, path: slip.path,
          place: lines?.index.position(at: slip.offset) ?? LineColumn(line: 1, column: 1),
          old: slip.old, new: slip.new)
      }
      counts.add(slip, verdict, miss, most: Self.mostMisses)
    }
    let catalogue = index.snapshot.catalogue
    registers = question.registers.map { position in
      counts.part(of: position, catalogue.registers[position], remedies)
    }
  }

  /// The counts while they grow.
  private struct Counting {
    private struct Key: Hashable {
      let register: Int
      let field: String
    }

    private var order: [Int: [String]] = [:]
    private var fields: [Key: Field] = [:]
    private var rows: [Key: [Slip.Kind: Row]] = [:]
    private var tallies: [Int: (own: Tally, narrative: Tally)] = [:]

    mutating func add(_ slip: Slip, _ verdict: Probe.Verdict, _ miss: Miss?, most: Int) {
      let key = Key(register: slip.register, field: slip.field)
      if rows[key] == nil { order[slip.register, default: []].append(slip.field) }
      var row = rows[key, default: [:]][slip.kind] ?? Row(kind: slip.kind)
      row.tally.add(verdict.severity)
      for code in verdict.codes { row.codes[code.rawValue, default: 0] += 1 }
      if let miss, row.misses.count < most { row.misses.append(miss) }
      rows[key, default: [:]][slip.kind] = row
      let isNarrative = slip.isOfNarrative || fields[key]?.isNarrative == true
      fields[key] = Field(way: slip.field, isNarrative: isNarrative)
      var tally = tallies[slip.register] ?? (Tally(), Tally())
      if slip.isOfNarrative {
        tally.narrative.add(verdict.severity)
      } else {
        tally.own.add(verdict.severity)
      }
      tallies[slip.register] = tally
    }

    func part(of position: Int, _ register: Register, _ remedies: Remedies) -> RegisterPart {
      var part = RegisterPart(register: register)
      part.tally = tallies[position]?.own ?? Tally()
      part.narrative = tallies[position]?.narrative ?? Tally()
      for way in order[position] ?? [] {
        let key = Key(register: position, field: way)
        guard var field = fields[key] else { continue }
        field.rows = Slip.Kind.allCases.compactMap { kind in
          guard var row = rows[key]?[kind] else { return nil }
          if row.tally.noticed < row.tally.made {
            row.remedies = remedies.names(for: kind, way, of: position)
          }
          return row
        }
        part.fields.append(field)
      }
      return part
    }
  }
}
