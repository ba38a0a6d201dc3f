import Registry
import SourceText
import Syntax

/// What a change of one file can have altered the verdict on, so that nothing else is judged anew.
struct Focus: Sendable {
  /// A rule of the catalogue that may judge otherwise than before.
  struct Part: Sendable {
    let rule: RegisterRule
    /// The position of the register that it is switched on for.
    let register: Int
    let parameters: Node
    /// Whether it judges each record by itself, so that those of the file are all that it is asked about.
    let isOfChange: Bool
  }

  /// The position of the register that the file is of.
  let register: Int
  /// The registers whose references lead into it.
  let referring: Set<Int>
  /// The registers with expressions in their schemas that read it.
  let reading: Set<Int>
  let rules: [Part]
  /// The file, and those with records of the same ids.
  var paths: Set<RepoPath> = []
  /// Whether ids came or went.
  var changesIDs = false
  /// Whether ids went.
  var losesIDs = false

  /// Finds what depends on a register.
  init(on register: Int, _ catalogue: Catalogue, _ dependencies: Dependencies) {
    self.register = register
    referring = dependencies.referring(to: [register])
    reading = dependencies.reading(register)
    let name = catalogue.registers[register].name
    var parts: [Part] = []
    for (position, other) in catalogue.registers.enumerated() {
      for member in other.rules where member.value.bool != false {
        guard let rule = RegisterRule.all.first(where: { $0.name == member.key.text }) else {
          continue
        }
        let reads = rule.registers(in: member.value).contains(name)
        guard reads || position == register else { continue }
        parts.append(
          Part(
            rule: rule, register: position, parameters: member.value,
            isOfChange: !reads && (!rule.concernsAll || rule.judgesEach)))
      }
    }
    rules = parts
  }
}

extension Inspection {
  /// Returns the files whose records are judged by themselves: all, or with a focus those of the change.
  ///
  /// - Parameter registers: Registers whose files are judged too, where there is a focus.
  /// - Returns: The files, in the order of paths.
  func files(of registers: Set<Int>? = nil) -> [RegisterFile] {
    guard let focus else { return current.snapshot.files }
    guard let registers, !registers.isEmpty else { return files(in: current) }
    return current.snapshot.files.filter {
      registers.contains($0.register) || focus.paths.contains($0.path)
    }
  }

  /// Returns the files of one of the two versions whose records are judged by themselves.
  func files(in index: RecordIndex) -> [RegisterFile] {
    guard let focus else { return index.snapshot.files }
    return focus.paths.sorted().compactMap { index.snapshot.file(at: $0) }
  }

  /// Returns the records of a register that are judged by themselves.
  func records(in register: Int) -> [Record] {
    guard let focus else { return current.records[register] }
    guard focus.register == register else { return [] }
    return files(in: current).filter { $0.register == register }.flatMap(\.records)
  }

  /// The registers whose ids may look like others that they did not look like before.
  var registersWithOtherIDs: [Int] {
    guard let focus else { return Array(current.records.indices) }
    return focus.changesIDs ? [focus.register] : []
  }
}
