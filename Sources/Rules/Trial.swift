import CEL
package import Diagnostics
import JSONSchema
package import Registry
package import SourceText
package import Syntax

/// A version that is held in memory to try changes of single files on it, one after the other: thousands of them,
/// of which each is judged as a check of the work tree would judge it, and nothing is written.
///
/// What a change cannot have altered the verdict on is not judged anew.
package struct Trial: Sendable {
  /// The version.
  package let base: RecordIndex
  /// All that is wrong with it, what is waived included.
  private let known: Report
  private let knownIdentities: [FindingIdentity: Int]
  /// What of that is not waived.
  private let standing: Report
  private let standingIdentities: [FindingIdentity: Int]
  private let pathsWithKnown: Set<RepoPath>
  private let version: Inspection.Standing
  /// For each register, what depends on it.
  private let focuses: [Focus]
  /// For what expressions of schemas read, the files whose expressions do.
  private let readers: [OwnFunctions.Read: Set<RepoPath>]
  private let waivers: Int?
  /// The day that waivers end by.
  private let today: Day

  /// Prepares a version.
  ///
  /// - Parameters:
  ///   - base: The version, of which every record was read.
  ///   - known: All that is wrong with it, what is waived included.
  ///   - today: The day that waivers end by.
  package init(of base: RecordIndex, known: Report, today: Day) {
    self.base = base
    self.known = known
    self.today = today
    var standing = known
    _ = Waivers(in: base).apply(to: &standing, base, today: today, isWhole: true)
    self.standing = standing
    knownIdentities = known.identities(in: base)
    standingIdentities = standing.identities(in: base)
    let rulebook = base.snapshot.rulebook
    let dependencies = Dependencies(of: rulebook)
    focuses = rulebook.catalogue.registers.indices.map {
      Focus(on: $0, rulebook.catalogue, dependencies)
    }
    var dropped = Report()
    let expressions = SchemaExpressions.all(in: rulebook.schemas, into: &dropped)
    version = Inspection.Standing(of: base, expressions)
    readers = Self.readers(in: base, expressions)
    waivers = base.position(ofRegister: Waivers.register)
    pathsWithKnown = Set(known.diagnostics.map(\.range.path))
  }

  private static func readers(
    in base: RecordIndex, _ expressions: SchemaExpressions
  ) -> [OwnFunctions.Read: Set<RepoPath>] {
    var readers: [OwnFunctions.Read: Set<RepoPath>] = [:]
    var dropped = Report()
    let inspection = Inspection(of: base, expressions: expressions, into: &dropped)
    for file in base.snapshot.files {
      inspection.functions.reads = []
      Rule.checkExpressions(of: file, inspection, &dropped)
      for read in inspection.functions.reads ?? [] { readers[read, default: []].insert(file.path) }
    }
    return readers
  }

  /// Returns what a check would find once a file is changed.
  ///
  /// The ids of records that are gone from the history are not looked up.
  ///
  /// - Parameters:
  ///   - path: The file, which is one of a register.
  ///   - register: The position of its register.
  ///   - file: What it holds then; `nil` where it is gone.
  ///   - own: What reading it found.
  /// - Returns: The findings that the version has not yet, without those that are waived.
  package func findings(
    at path: RepoPath, of register: Int, now file: RegisterFile?, _ own: Report
  ) -> Report {
    let current = base.replacing(path, of: register, with: file)
    var focus = focuses[register]
    let old = base.snapshot.file(at: path)
    let before = Set(old?.records.map(\.id) ?? [])
    let now = Set(file?.records.map(\.id) ?? [])
    focus.changesIDs = before != now
    focus.losesIDs = before.contains { !current.has($0, in: register) }
    // A record with the id of another takes its place in what is asked by ids.
    focus.paths = Set(
      now.subtracting(before).compactMap { base.record($0, in: register)?.path } + [path])
    let isDocument = base.snapshot.catalogue.registers[register].shape == .document
    focus.compare(old, file, isDocument: isDocument)
    focus.readers = (focus.changed.map { .record($0, register: register) } + [.register(register)])
      .reduce(into: []) { $0.formUnion(readers[$1] ?? []) }
    // All of a file is judged where what was found in it may be waived.
    let isWhole = register == self.waivers || pathsWithKnown.contains(path)
    focus.isOfFile = focus.isOfFile || isWhole
    var found = own
    let inspection = Inspection(of: current, after: version, file, focus)
    let checked = Rule.check(inspection)
    found.merge(checked.state)
    Echoes.silence(&found, current.snapshot)
    let waivers = Waivers(in: current)
    var step = checked.step
    _ = waivers.apply(to: &step, current, today: today, isWhole: false)
    var new: Report
    if isWhole {
      // What was waived may be so no more, and a waiver may have nothing left to waive.
      new = found
      let told = Set(found.diagnostics)
      for finding in known.diagnostics where finding.range.path != path && !told.contains(finding) {
        new.add(finding)
      }
      _ = waivers.apply(to: &new, current, today: today, isWhole: true)
      new = new.without(standingIdentities, current)
    } else {
      new = found.without(knownIdentities, current)
      _ = waivers.apply(to: &new, current, today: today, isWhole: false)
    }
    if focus.changesIDs {
      // Under another id a record has the warnings that it had.
      new.keep { finding in
        !standing.diagnostics.contains {
          $0.code == finding.code && $0.message == finding.message
            && $0.range.path == finding.range.path
        }
      }
    }
    new.merge(step)
    return new
  }

  /// Returns what does not change any more, as `x-immutable-when` has it, file by file.
  package func finalNodes() -> [RepoPath: [Node]] {
    var dropped = Report()
    let inspection = Inspection(of: base, expressions: version.expressions, into: &dropped)
    var final: [RepoPath: [Node]] = [:]
    for file in base.snapshot.files {
      for annotation in file.annotations
      where OwnKeyword.allCases[annotation.keyword] == .immutableWhen {
        let condition = annotation.value["when"] ?? annotation.value
        guard let expression = version.expressions.expression(at: condition),
          let value = try? inspection.value(of: expression, on: annotation.instance),
          value.isEqual(to: .bool(true))
        else { continue }
        final[file.path, default: []].append(annotation.instance)
      }
    }
    return final
  }
}
