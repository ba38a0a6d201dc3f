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
    /// Whether it looks into the register of the file, to judge records of its own.
    let isReader: Bool
    /// The properties that it reads there beside ids; `nil` where it may read any.
    let fields: [String]?
  }

  /// The position of the register that the file is of.
  let register: Int
  /// The registers whose references lead into it.
  let referring: Set<Int>
  private let parts: [Part]
  /// The file, and those with records of the same ids.
  var paths: Set<RepoPath> = []
  /// Whether ids came or went.
  var changesIDs = false
  /// Whether ids went.
  var losesIDs = false
  /// The files with expressions that read what changed.
  var readers: Set<RepoPath> = []
  /// The ids of the records that are not as they were, or not there any more.
  private(set) var changed: Set<String> = []
  /// The properties that are not as they were; `nil` where it is more than properties.
  private(set) var changedFields: Set<String>? = []
  /// Whether all records of the file are judged by themselves, and not those alone that are not as they were.
  var isOfFile = false

  /// Finds what depends on a register.
  init(on register: Int, _ catalogue: Catalogue, _ dependencies: Dependencies) {
    self.register = register
    referring = dependencies.referring(to: [register])
    let name = catalogue.registers[register].name
    var parts: [Part] = []
    for (position, other) in catalogue.registers.enumerated() {
      for member in other.rules where member.value.bool != false {
        guard let rule = RegisterRule.all.first(where: { $0.name == member.key.text }) else {
          continue
        }
        let isReader =
          rule.findsAny
          || dependencies.registersRead(by: rule, member.value).contains(register)
        guard isReader || position == register else { continue }
        parts.append(
          Part(
            rule: rule, register: position, parameters: member.value, isReader: isReader,
            fields: rule.fieldsRead(of: name, member.value)))
      }
    }
    self.parts = parts
  }

  /// Takes what differs between the file as it was and as it is.
  mutating func compare(_ before: RegisterFile?, _ now: RegisterFile?, isDocument: Bool) {
    let (old, new) = (before?.records ?? [], now?.records ?? [])
    let byID = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    changed = Set(byID.keys)
    let isNamed = now?.unnamed.isEmpty ?? true
    if isDocument || !isNamed || byID.count < old.count || Set(new.map(\.id)).count < new.count {
      changed.formUnion(new.map(\.id))
      changedFields = nil
      isOfFile = true
      return
    }
    for record in new {
      guard let earlier = byID[record.id] else {
        changed.insert(record.id)
        continue
      }
      if record.isWritten(as: earlier) {
        changed.remove(record.id)
      } else {
        changedFields?.formUnion(record.fields(otherThanIn: earlier))
      }
    }
    if changesIDs { changedFields = nil }
  }

  /// The rules that may judge otherwise than before, and for each whether that is so for the records of the change
  /// alone.
  var rules: [(part: Part, isOfChange: Bool)] {
    parts.compactMap { part in
      if part.isReader, mayHaveChanged(part.fields) { return (part, false) }
      guard part.register == register else { return nil }
      return (part, !part.rule.concernsAll || part.rule.judgesEach)
    }
  }
}

extension Focus {
  private func mayHaveChanged(_ fields: [String]?) -> Bool {
    guard let fields else { return true }
    if fields.isEmpty { return changesIDs }
    guard let changedFields else { return true }
    return !changedFields.isDisjoint(with: fields)
  }
}

extension Record {
  /// Whether another version says the same in the same letters.
  fileprivate func isWritten(as other: Record) -> Bool {
    let (own, others) = (node.range.offsets, other.node.range.offsets)
    return node.tree.file.bytes[own] == other.node.tree.file.bytes[others]
      && node.isSame(as: other.node)
  }

  /// Returns the properties that another version has otherwise, or not.
  fileprivate func fields(otherThanIn other: Record) -> [String] {
    let (own, others) = (node.members, other.node.members)
    return (own + others).compactMap(\.key.text).filter { name in
      guard let one = node[name], let two = other.node[name] else { return true }
      return !one.isSame(as: two)
    }
  }
}

extension Inspection {
  /// Returns the files whose records are judged by themselves: all, or with a focus those of the change.
  ///
  /// - Parameters:
  ///   - registers: Registers whose files are judged too, where there is a focus.
  ///   - reading: Whether those with expressions that read what changed are too.
  /// - Returns: The files, in the order of paths.
  func files(of registers: Set<Int>? = nil, reading: Bool = false) -> [RegisterFile] {
    guard let focus else {
      return part.map { Array(current.snapshot.files[$0]) } ?? current.snapshot.files
    }
    if reading { return files(at: focus.paths.union(focus.readers), in: current) }
    guard let registers, !registers.isEmpty else { return files(in: current) }
    return current.snapshot.files.filter {
      registers.contains($0.register) || focus.paths.contains($0.path)
    }
  }

  /// Returns the files of one of the two versions whose records are judged by themselves.
  func files(in index: RecordIndex) -> [RegisterFile] {
    guard let focus else { return index.snapshot.files }
    return files(at: focus.paths, in: index)
  }

  private func files(at paths: Set<RepoPath>, in index: RecordIndex) -> [RegisterFile] {
    paths.sorted().compactMap { index.snapshot.file(at: $0) }
  }

  /// Returns the records of a register that are judged by themselves.
  func records(in register: Int) -> [Record] {
    guard let focus else { return current.records[register] }
    guard focus.register == register else { return [] }
    return files(in: current).filter { $0.register == register }.flatMap(\.records)
  }

  /// Whether a value may be judged otherwise than before: it stands in a record that changed, or in a file that is
  /// judged as a whole.
  func mayDiffer(_ node: Node, in file: RegisterFile) -> Bool {
    guard let focus, !focus.isOfFile, !focus.readers.contains(file.path) else { return true }
    return file.record(with: node).map { focus.changed.contains($0.id) } ?? true
  }

  /// The registers whose ids may look like others that they did not look like before.
  var registersWithOtherIDs: [Int] {
    guard let focus else { return Array(current.records.indices) }
    return focus.changesIDs ? [focus.register] : []
  }
}
