import Comparison
package import Diagnostics
import Registry
import SourceText
import Syntax

/// What lies between two versions that are compared.
package enum Stride: Sendable {
  /// Nothing: the one was made of the other.
  case step
  /// Versions of which nothing is known: it is judged whether the later one can be reached.
  case leap
  /// Versions whose steps were judged by themselves: of the way it is judged only whether it leads here.
  case walked
}

/// What rules look at: the records to judge, those of the version before, and what schemas say in
/// expressions.
package struct Inspection {
  package let current: RecordIndex
  /// The version that the records are compared with; `nil` where one version is judged alone.
  package let previous: RecordIndex?
  package let expressions: SchemaExpressions
  private(set) var functions: OwnFunctions
  /// The passages of the documents to judge.
  let passages: DocumentPassages
  /// The texts of the records to judge.
  let texts = RecordTexts()
  /// The registers of terms that texts are held to.
  let glossaries = Glossaries()
  /// Which ids were meant by those that are written wrongly.
  private(set) var meant: MeantIDs
  /// What the elements of lists are known by, in both versions.
  let elementKeys: ElementKeys
  /// What lies between the two versions.
  let stride: Stride
  /// What is known of ids that records had which are gone.
  let formerUses: [FormerUse: FormerRecord]
  /// What may be judged otherwise than before; `nil` where all is judged.
  let focus: Focus?
  /// The positions of the files that a rule looks at which judges each file by itself; `nil` for all.
  var part: Range<Int>?
  /// For each register, the records by the ids that they had before.
  private let renumbered: [[String: Record]]
  /// For each register of the version before, its records by the ids that they had before that.
  private let renumberedBefore: [[String: Record]]

  /// Prepares a look at records.
  ///
  /// - Parameters:
  ///   - current: The records to judge.
  ///   - previous: The records before, if two versions are compared.
  ///   - stride: What lies between the two versions.
  ///   - formerUses: What is known of ids that records had which are gone.
  ///   - expressions: The expressions of the schemas, where they were parsed before.
  ///   - steps: How many steps all expressions may take together; as many as the records allow where `nil`.
  ///   - report: Where findings about expressions of schemas go.
  package init(
    of current: RecordIndex, against previous: RecordIndex? = nil, stride: Stride = .step,
    formerUses: [FormerUse: FormerRecord] = [:], expressions: SchemaExpressions? = nil,
    steps: Int? = nil, into report: inout Report
  ) {
    focus = nil
    self.stride = stride
    self.formerUses = formerUses
    self.current = current
    self.previous = previous
    self.expressions =
      expressions ?? SchemaExpressions.all(in: current.snapshot.rulebook.schemas, into: &report)
    functions = OwnFunctions(over: current, steps: steps)
    passages = DocumentPassages(of: current.snapshot)
    meant = MeantIDs(in: current)
    elementKeys =
      previous.map { previous in
        ElementKeys(
          in: (previous.snapshot.files + current.snapshot.files).lazy.flatMap(\.annotations))
      } ?? ElementKeys()
    renumbered = current.records.map(Self.byFormerID)
    renumberedBefore = previous?.records.map(Self.byFormerID) ?? []
  }

  /// Returns the same look for somebody who works beside this one: what is not made for several at once is made anew.
  func forked() -> Inspection {
    var inspection = self
    inspection.functions = functions.forked()
    inspection.meant = MeantIDs(in: current)
    return inspection
  }

  /// What is looked up in a version once, however many changes of it are looked at.
  struct Standing: Sendable {
    let index: RecordIndex
    let expressions: SchemaExpressions
    fileprivate let elementKeys: ElementKeys
    fileprivate let renumbered: [[String: Record]]
    fileprivate let passages: [RepoPath: [Passage]]

    init(of index: RecordIndex, _ expressions: SchemaExpressions) {
      self.index = index
      self.expressions = expressions
      elementKeys = ElementKeys(in: index.snapshot.files.lazy.flatMap(\.annotations))
      renumbered = index.records.map(Inspection.byFormerID)
      passages = DocumentPassages.all(in: index.snapshot)
    }
  }

  /// Prepares a look at what may be judged otherwise than before, where one file changed.
  ///
  /// - Parameters:
  ///   - current: The records to judge.
  ///   - standing: The version before.
  ///   - file: What the file holds now; `nil` where it is gone.
  ///   - focus: What may be judged otherwise.
  init(
    of current: RecordIndex, after standing: Standing, _ file: RegisterFile?, _ focus: Focus
  ) {
    self.focus = focus
    stride = .step
    formerUses = [:]
    self.current = current
    previous = standing.index
    expressions = standing.expressions
    functions = OwnFunctions(over: current)
    var passages = standing.passages
    for path in focus.paths where passages[path] != nil { passages[path] = nil }
    self.passages = DocumentPassages(of: current.snapshot, known: passages)
    meant = MeantIDs(in: current)
    var keys = standing.elementKeys
    keys.add(file?.annotations ?? [])
    elementKeys = keys
    var renumbered = standing.renumbered
    let old = file.flatMap { standing.index.snapshot.file(at: $0.path) }
    let changed = (file?.records ?? []) + (old?.records ?? [])
    if file == nil || changed.contains(where: { !$0.formerIDs.isEmpty }) {
      renumbered[focus.register] = Self.byFormerID(current.records[focus.register])
    }
    self.renumbered = renumbered
    renumberedBefore = standing.renumbered
  }

  private static func byFormerID(_ records: [Record]) -> [String: Record] {
    var byFormerID: [String: Record] = [:]
    for record in records {
      for id in record.formerIDs { byFormerID[id] = byFormerID[id] ?? record }
    }
    return byFormerID
  }

  /// Returns the record that had the given id before, as its `formerly` says.
  func record(formerly id: String, in register: Int) -> Record? { renumbered[register][id] }

  /// The ids that records of a register had before.
  func formerIDs(in register: Int) -> [String] { Array(renumbered[register].keys) }

  /// Returns the record of the version before that became a record: the one with its id in the
  /// register of the same name, wherever its file was, one whose id it had, or one that had got
  /// another id and has its old one again.
  ///
  /// - Parameters:
  ///   - record: A record of the current version.
  ///   - register: The position of its register.
  /// - Returns: The record before; `nil` for a new one.
  func predecessor(of record: Record, in register: Int) -> Record? {
    guard let previous, let position = positionBefore(of: register) else { return nil }
    if let same = previous.record(record.id, in: position) { return same }
    if let former = record.formerIDs.lazy.compactMap({ previous.record($0, in: position) }).first {
      return former
    }
    if let other = renumberedBefore[position][record.id], !current.has(other.id, in: register) {
      return other
    }
    return meant.id(meantBy: record, in: register).flatMap { previous.record($0, in: position) }
  }

  /// Returns what became of a record of the version before.
  ///
  /// - Parameters:
  ///   - record: A record of the version before.
  ///   - register: The position of its register in the current catalogue.
  /// - Returns: The record now; `nil` where it is gone.
  func successor(of record: Record, in register: Int) -> Record? {
    if let same = current.record(record.id, in: register) { return same }
    if let renumbered = self.record(formerly: record.id, in: register) { return renumbered }
    guard let previous, let position = positionBefore(of: register) else { return nil }
    let earlier = record.formerIDs.lazy.filter { !previous.has($0, in: position) }
      .compactMap { self.current.record($0, in: register) }.first
    return earlier ?? meant.record(meaning: record.id, in: register)
  }

  /// Whether a record that was gone is back, as it once was.
  func isBack(_ record: Record, in register: Int) -> Bool {
    let name = current.snapshot.catalogue.registers[register].name
    return formerUses[FormerUse(register: name, id: record.id)]?.isBack == true
  }

  /// Returns how a finding calls a value of a record: by the record's id, and by its way where it stands in
  /// a list.
  func name(of node: Node, in record: Record) -> String {
    record.id
      + (Counterparts.way(to: node, in: record.node, elementKeys).map { ":" + $0 } ?? "")
  }

  /// Whether a record of the version before is gone: it is nowhere, and no file of its register, as the
  /// current catalogue has it, is one that cannot be read and might hold it.
  func isGone(_ record: Record, in register: Int) -> Bool {
    successor(of: record, in: register) == nil && !current.isUnread(record.id, in: register)
  }

  /// Whether a record may have been in a file that could not be read in the version before.
  func wasUnread(_ record: Record, in register: Int) -> Bool {
    guard let previous, let position = positionBefore(of: register) else { return false }
    return ([record.id] + record.formerIDs).contains { previous.isUnread($0, in: position) }
  }

  /// Returns the position that a register of the current catalogue had in the catalogue before.
  func positionBefore(of register: Int) -> Int? {
    previous?.position(ofRegister: current.snapshot.catalogue.registers[register].name)
  }
}

/// An id that a record of a register had.
package struct FormerUse: Hashable, Sendable {
  /// The name of the register.
  package let register: String
  package let id: String

  package init(register: String, id: String) {
    self.register = register
    self.id = id
  }
}

/// What is known of a record that is gone.
package struct FormerRecord: Hashable, Sendable {
  /// Until when it was there, in words.
  package let end: String
  /// Whether the one that has its id now says what it once said.
  package let isBack: Bool

  package init(end: String, isBack: Bool) {
    self.end = end
    self.isBack = isBack
  }
}
