package import Diagnostics
package import SourceText
import Syntax

extension Diagnostic.Code {
  /// Something changed of which the rules cannot be read.
  package static let unjudged: Self = "source/unjudged"

  /// What comes before the slash: what the code speaks of.
  private var topic: Substring { rawValue.prefix { $0 != "/" } }

  /// The topics of reading, and of the rules themselves.
  private static let topicsOfReading: Set<Substring> = [
    "source", "syntax", "yaml", "json", "markdown", "catalogue", "schema", "expression",
  ]

  /// Whether the code says that something was not looked at, and not that it was looked at and found wrong.
  ///
  /// Nobody can accept what nobody knows.
  package var meansUnread: Bool {
    Self.topicsOfReading.contains(topic) || FileReader.lossOfCells.contains(self)
      || Self.endOfReading.contains(self) || self == .notAList
  }
}

/// What a register is judged by, as far as it can be read.
package struct RuleBasis: Sendable {
  /// The files of its schema: the one that the catalogue names, and all that it refers to.
  package let files: Set<RepoPath>
  /// The entry of the register in the catalogue.
  package let entry: SourceRange
  /// What keeps its rules from being read.
  package let fault: Diagnostic?

  /// Whether a finding about the rules is one about those of the register.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - others: What the other registers of the catalogue are judged by.
  /// - Returns: Whether it is.
  package func isConcerned(by finding: Diagnostic, among others: [RuleBasis]) -> Bool {
    if files.contains(finding.range.path) { return true }
    guard finding.range.path.string == Catalogue.path else { return false }
    let place = finding.range.offsets.lowerBound
    if entry.offsets.contains(place) { return true }
    return !others.contains { $0.entry.offsets.contains(place) }
  }
}

extension Rulebook {
  /// Finds what each register is judged by.
  ///
  /// - Parameters:
  ///   - catalogue: The registers.
  ///   - schemas: The schemas, compiled as far as they can be.
  ///   - report: What was found in the catalogue and the schemas as they were read.
  /// - Returns: One for each register, in their order.
  static func basis(
    of catalogue: Catalogue, _ schemas: SchemaSet, _ report: Report
  ) -> [RuleBasis] {
    var faults: [RepoPath: Diagnostic] = [:]
    var slips: [Diagnostic] = []
    for finding in report.sorted where finding.severity == .error && finding.code.meansUnread {
      if finding.range.path.string == Catalogue.path {
        slips.append(finding)
      } else {
        faults[finding.range.path] = faults[finding.range.path] ?? finding
      }
    }
    return catalogue.registers.map { register in
      let files = schemas.files(of: register.schemaPath)
      let key = register.definition.range
      let entry = SourceRange(
        key.path, key.offsets.lowerBound..<register.entry.range.offsets.upperBound)
      let slip = slips.first { entry.offsets.contains($0.range.offsets.lowerBound) }
      let fault = faults[register.schemaPath] ?? files.sorted().lazy.compactMap { faults[$0] }.first
      return RuleBasis(files: files, entry: entry, fault: fault ?? slip)
    }
  }

  /// Returns an error for each file that changed and that its rules, broken before, cannot judge.
  ///
  /// - Parameters:
  ///   - paths: The files below `registers/` that are new or changed.
  ///   - found: What was found; what tells a slip of the rules at its place is not told again.
  /// - Returns: The errors, in the order of the paths.
  package func unjudged(_ paths: [RepoPath], besides found: Report) -> [Diagnostic] {
    guard fault != nil || basis.contains(where: { $0.fault != nil }) else { return [] }
    let told = Set(found.diagnostics.lazy.filter { $0.severity == .error }.map(\.range))
    var owners = RegisterPaths(of: catalogue)
    return paths.compactMap { path in
      let position = owners.positions(claiming: path).first
      let cause: Diagnostic?
      let what: String
      if let position {
        cause = basis[position].fault
        what = "'\(catalogue.registers[position].name)'"
      } else {
        cause = fault
        what = "this file"
      }
      guard let cause, !told.contains(cause.range) else { return nil }
      return .unjudged(at: path, by: "the rules of \(what)", cause)
    }
  }
}

extension Diagnostic {
  /// Returns the finding that a changed file was not judged.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - rules: What could not be read, in words.
  ///   - cause: Why.
  /// - Returns: The finding.
  package static func unjudged(
    at path: RepoPath, by rules: String, _ cause: Diagnostic?
  ) -> Diagnostic {
    let place = cause?.range.path.string ?? Catalogue.path
    return Diagnostic(
      .error, .unjudged, "not judged: \(rules) cannot be read from '\(place)'", at: .file(path),
      related: cause.map { [.init(Diagnostic.Message($0.message.text), at: $0.range)] } ?? [],
      help:
        "Mend \(place) first, or in the same commit: 'registrar schema check' tells what is wrong")
  }
}

extension Report {
  /// Leaves one finding for all files that the same rules could not judge.
  package mutating func tellUnjudgedOnce() {
    var told: Set<String> = []
    var files: [String: Int] = [:]
    for finding in diagnostics where finding.code == .unjudged {
      files[finding.message.text, default: 0] += 1
    }
    guard files.contains(where: { $0.value > 1 }) else { return }
    let first = sorted.filter { $0.code == .unjudged && told.insert($0.message.text).inserted }
    let kept = Set(first)
    keep { $0.code != .unjudged || kept.contains($0) }
  }
}
