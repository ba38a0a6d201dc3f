package import Diagnostics
import JSONSchema
package import SourceText
import Syntax

/// Reads the files of registers into records: parse, find the records, check each by its schema.
///
/// One reader serves one task; what it makes is handed on as values.
package struct FileReader {
  let catalogue: Catalogue
  /// The program for each register of the catalogue, where its schema could be compiled.
  let programs: [Program?]
  /// Whether records are checked by their schemas.
  let judges: Bool
  private var evaluators: [Int: Evaluator] = [:]
  /// How cells are read, by registers and the names of columns.
  private var cellTypes: [Int: [String: TypeMask]] = [:]
  private var limits: SyntaxLimits { SyntaxLimits(tellsHidden: judges) }

  /// Makes a reader that checks records by their schemas.
  package init(_ rulebook: Rulebook) {
    self.init(catalogue: rulebook.catalogue, programs: rulebook.programs, judges: true)
  }

  init(catalogue: Catalogue, programs: [Program?], judges: Bool) {
    self.catalogue = catalogue
    self.judges = judges
    self.programs = programs
  }

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - file: The bytes under their path.
  ///   - position: The register, by its position in the catalogue.
  ///   - report: Where findings go.
  /// - Returns: The records and what their schemas say of them.
  package mutating func read(
    _ file: SourceFile, of position: Int, into report: inout Report
  ) -> RegisterFile {
    let register = catalogue.registers[position]
    var result = RegisterFile(
      path: file.path, register: position, records: [], annotations: [], source: file)
    var found = Report()
    let nodes = nodes(of: file, position, register, into: &found)
    report.merge(found)
    // A character that is not seen hides in what is said, and breaks no form.
    result.isMisread = found.diagnostics.contains {
      $0.severity == .error && !$0.code.rawValue.hasPrefix("character/")
    }
    result.isIncomplete = found.diagnostics.contains { Self.lossOfCells.contains($0.code) }
    if let fault = Self.fault(among: found, nodes) {
      result.fault = fault
      return result
    }
    for node in nodes {
      var own = Report()
      result.annotations += check(node, of: position, into: &own)
      if let record = record(node, of: register) {
        result.records.append(record)
      } else {
        result.unnamed.append(node)
        reportMissingID(in: node, register, &own)
      }
      report.merge(own)
      found.merge(own)
    }
    result.faults = found.diagnostics.filter { $0.severity == .error }
      .map(\.range.offsets.lowerBound).sorted()
    return result
  }

  /// What leaves cells of a table out, or puts them where they do not belong.
  static let lossOfCells: Set<Diagnostic.Code> = [
    .extraCell, .missingCell, .looseQuote, .unclosedCell,
  ]

  /// Returns what keeps a file from being read: an error that left nothing of it, or not its end.
  private static func fault(among report: Report, _ nodes: [Node]) -> Diagnostic? {
    let errors = report.sorted.filter { $0.severity == .error }
    if !nodes.contains(where: { $0.kind == .object }) { return errors.first }
    return errors.first { Diagnostic.Code.endOfReading.contains($0.code) }
  }

  /// Says that a record has no id, unless its schema does.
  private func reportMissingID(in node: Node, _ register: Register, _ report: inout Report) {
    let property = register.idProperty
    let isTold = report.diagnostics.contains { finding in
      finding.severity == .error
        && (finding.message.text.contains("'\(property)'") || finding.range == node.range)
    }
    guard judges, !isTold else { return }
    report.error(
      .missingID, .missingID(property), at: node[property]?.range ?? node.range,
      help: property.contains(".")
        ? "In \(Catalogue.path) name a property at the top of its records as the id"
        : "Write '\(property)' at its top, with a text that no other record of "
          + "'\(register.name)' has")
  }

  private mutating func nodes(
    of file: SourceFile, _ position: Int, _ register: Register, into report: inout Report
  ) -> [Node] {
    if Self.isLargeFilePointer(file.bytes) {
      report.error(
        .largeFilePointer, "this is a pointer of Git LFS, not the text", at: .file(file.path),
        help: "Take the file out of Git LFS: 'git lfs untrack', then add it again")
      return []
    }
    switch register.shape {
    case .record:
      return [ValueFile.tree(of: file, limits: limits, into: &report)?.root].compactMap(\.self)
    case .list:
      guard let root = ValueFile.tree(of: file, limits: limits, into: &report)?.root else {
        return []
      }
      guard root.kind == .array else {
        report.error(
          .notAList, "this file is a list of records", at: root.range,
          help: "Begin each record with '- \(register.idProperty): '")
        return []
      }
      return root.elements
    case .table:
      guard let table = CSVReader.table(of: file, limits: limits, into: &report) else { return [] }
      let types = cellTypes[position] ?? programs[position]?.typesOfProperties ?? [:]
      cellTypes[position] = types
      let tree = table.tree { column in Self.cellType(types[column] ?? .string) }
      return tree.root?.elements ?? []
    case .document:
      let document = MarkdownReader.document(
        of: file, requiresHead: true, limits: limits, into: &report)
      return [document?.head?.root].compactMap(\.self)
    }
  }

  /// Returns how the cells of a column are read whose property may have the given types.
  private static func cellType(_ types: TypeMask) -> CSVTable.CellType {
    if types.contains(.string) || types.isEmpty { return .string }
    if types.contains(.number) || types.contains(.integer) { return .number }
    if types.contains(.boolean) { return .boolean }
    return .string
  }

  private mutating func check(
    _ node: Node, of position: Int, into report: inout Report
  )
    -> [Annotation]
  {
    guard judges else { return [] }
    var found = Report()
    var annotations: [Annotation] = []
    if let program = programs[position] {
      let evaluator = evaluators[position] ?? Evaluator(program, collectsAnnotations: true)
      evaluators[position] = evaluator
      annotations = evaluator.check(node, into: &found)
    }
    if catalogue.registers[position].name == Catalogue.waivers {
      checkWaiver(node, programs[position], into: &found)
    }
    report.merge(found)
    return annotations
  }

  /// Checks a waiver by the schema of the program: what takes findings away is not left to what is judged.
  private func checkWaiver(_ node: Node, _ program: Program?, into report: inout Report) {
    var found = Report()
    OwnSchema.waiver.check(node, into: &found)
    let own = OwnSchema.waiver.fields
    let known = own + (program.map { SchemaFields(of: $0).names } ?? [])
    for member in node.members {
      guard let name = member.key.text, !known.contains(name) else { continue }
      found.error(
        .unknownField, "the field '\(name)' is none of a waiver", at: member.key.range,
        help: advice(for: name, among: known)
          ?? "Remove it, or add it to the schema of the register")
    }
    if let code = node["code"], let name = code.text, Diagnostic.Code(rawValue: name).meansUnread {
      found.error(
        .vainWaiver, "'\(name)' says that something was not looked at, which nobody can accept",
        at: code.range, help: "Remove the waiver, and mend what it names")
    }
    let told = Set(report.diagnostics.map(\.range))
    found.keep { !told.contains($0.range) }
    report.merge(found)
  }

  /// Returns the record, where it has an id.
  private func record(_ node: Node, of register: Register) -> Record? {
    guard let idNode = node[register.idProperty], let id = idNode.text, !id.isEmpty else {
      return nil
    }
    return Record(id: id, idNode: idNode, node: node)
  }

  private static func isLargeFilePointer(_ bytes: [UInt8]) -> Bool {
    bytes.count < 1024 && bytes.starts(with: "version https://git-lfs".utf8)
  }
}

extension Diagnostic.Code {
  /// A file that lists records is not a list.
  package static let notAList: Self = "register/not-a-list"
  /// A waiver of what was not looked at.
  package static let vainWaiver: Self = "waiver/unread"
  /// A record has nothing that it can be named by.
  package static let missingID: Self = "record/missing-id"
  /// What makes a reader stop before the end of a file.
  static let endOfReading: Set<Self> = [.unclosedCell, .tooManyNodes]
}

extension Diagnostic.Message {
  fileprivate static func missingID(_ property: String) -> Self {
    "this record has no '\(property)', and cannot be told from others"
  }
}
