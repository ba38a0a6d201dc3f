package import Diagnostics
import JSONSchema
import SourceText
import Syntax

/// Reads the files of registers into records: parse, find the records, check each by its schema.
///
/// One reader serves one task; what it makes is handed on as values.
struct FileReader {
  let catalogue: Catalogue
  /// The program for each register of the catalogue, where its schema could be compiled.
  let programs: [Program?]
  /// Whether records are checked by their schemas.
  let judges: Bool
  private var evaluators: [Int: Evaluator] = [:]

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
  mutating func read(
    _ file: SourceFile, of position: Int, into report: inout Report
  )
    -> RegisterFile
  {
    let register = catalogue.registers[position]
    var annotations: [Annotation] = []
    var records: [Record] = []
    if Self.isLargeFilePointer(file.bytes) {
      report.error(
        .largeFilePointer, "this is a pointer of Git LFS, not the text", at: .file(file.path),
        help: "Take the file out of Git LFS: 'git lfs untrack', then add it again")
    } else {
      for node in nodes(of: file, position, register, into: &report) {
        annotations += check(node, of: position, into: &report)
        if let record = record(node, of: register) { records.append(record) }
      }
    }
    return RegisterFile(
      path: file.path, register: position, records: records, annotations: annotations,
      source: file)
  }

  private func nodes(
    of file: SourceFile, _ position: Int, _ register: Register, into report: inout Report
  ) -> [Node] {
    switch register.shape {
    case .record:
      return [YAMLReader.tree(of: file, into: &report)?.root].compactMap(\.self)
    case .list:
      guard let root = YAMLReader.tree(of: file, into: &report)?.root else { return [] }
      guard root.kind == .array else {
        report.error(
          .notAList, "this file is a list of records", at: root.range,
          help: "Begin each record with '- \(register.idProperty): '")
        return []
      }
      return root.elements
    case .table:
      guard let table = CSVReader.table(of: file, into: &report) else { return [] }
      let program = programs[position]
      let tree = table.tree { column in
        Self.cellType(program?.types(ofProperty: column) ?? .string)
      }
      return tree.root?.elements ?? []
    case .document:
      let document = MarkdownReader.document(of: file, requiresHead: true, into: &report)
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
    guard judges, let program = programs[position] else { return [] }
    let evaluator = evaluators[position] ?? Evaluator(program, collectsAnnotations: true)
    evaluators[position] = evaluator
    return evaluator.check(node, into: &report)
  }

  /// Returns the record, where it has an id; the schema says so where it has none.
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
}
