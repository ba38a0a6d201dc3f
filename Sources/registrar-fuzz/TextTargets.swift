import CEL
import Comparison
import Diagnostics
import Gate
import JSONSchema
import Patterns
import Registry
import Rules
import SourceText
import Syntax

/// Readers of texts.
enum TextTargets {
  private static func file(_ name: String, _ bytes: [UInt8]) -> SourceFile? {
    RepoPath(name).map { SourceFile(path: $0, bytes: bytes) }
  }

  /// Says in every format what was found, with the lines that are meant.
  static func tell(_ report: Report, about file: SourceFile) {
    let context = ReportContext(tool: "fuzz", version: "0", source: { _, _ in file })
    for format in ReportFormat.allCases { _ = report.text(as: format, in: context) }
  }

  /// Looks at every value of a tree.
  private static func visit(_ tree: SyntaxTree?) {
    guard let tree else { return }
    for index in tree.nodes.indices {
      let node = Node(tree: tree, index: index)
      _ = (node.text, node.range, node.count)
    }
  }

  static func yaml(_ bytes: [UInt8]) {
    guard let file = file("registers/a.yaml", bytes) else { return }
    var report = Report()
    visit(YAMLReader.tree(of: file, into: &report))
    tell(report, about: file)
  }

  static func json(_ bytes: [UInt8]) {
    guard let file = file("registers/a.json", bytes) else { return }
    var report = Report()
    visit(JSONReader.tree(of: file, into: &report))
    tell(report, about: file)
  }

  static func csv(_ bytes: [UInt8]) {
    guard let file = file("registers/a.csv", bytes) else { return }
    var report = Report()
    for type in [CSVTable.CellType.string, .number, .boolean] {
      visit(CSVReader.table(of: file, into: &report)?.tree { _ in type })
    }
    tell(report, about: file)
  }

  private static let numbering = Numbering(
    name: "n", levels: ["A", "1", ".1", "(a)", "(i)", "(A)", "(I)"])

  static func markdown(_ bytes: [UInt8]) {
    guard let file = file("registers/a.md", bytes) else { return }
    var report = Report()
    let document = MarkdownReader.document(of: file, requiresHead: false, into: &report)
    for block in document?.blocks ?? [] { _ = document?.text(of: block) }
    tell(report, about: file)
    for passage in Passage.passages(of: file, numbering) {
      _ = (passage.text, passage.cells, passage.summary)
      guard let numbering else { continue }
      _ = Citation.all(in: passage.source, numbering)
      _ = Clause(passage.number, in: file, numbering)
    }
  }

  static func redline(_ bytes: [UInt8]) {
    let halves = bytes.split(
      separator: 0xFF, maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let old = file("registers/a.md", Array(halves[0])),
      let new = file("registers/a.md", Array(halves[1]))
    else { return }
    let redline = Redline(from: old, to: new, numbering)
    for step in redline.steps { _ = (step.wording, step.isRenumbered) }
    precondition(redline.new == String(decoding: halves[1], as: UTF8.self) || !isText(halves[1]))
    precondition(redline.old == String(decoding: halves[0], as: UTF8.self) || !isText(halves[0]))
  }

  private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let file = file("registers/a.md", Array(bytes)) else { return false }
    var report = Report()
    _ = MarkdownReader.document(of: file, requiresHead: false, into: &report)
    return !report.hasErrors
  }

  static func catalogue(_ bytes: [UInt8]) {
    var report = Report()
    let tree = MemoryTree(bytes: [
      Catalogue.path: bytes, "schema/a.schema.json": Array("{}".utf8),
    ])
    let rulebook = try? Rulebook.read(tree, into: &report)
    for register in rulebook?.catalogue.registers ?? [] {
      guard let path = RepoPath("registers/a/R1.yaml") else { continue }
      _ = (register.claims(path), register.id(at: path), register.regularForm(of: "R1"))
      _ = register.path(of: "R1") { $0 }
    }
    guard let file = file(Catalogue.path, bytes) else { return }
    tell(report, about: file)
  }

  /// What schemas judge.
  private static let sample: SyntaxTree? = {
    let text = """
      {"id": "R1", "n": 12.5e3, "day": "2017-02-01", "list": [1, "two", null, true], "in": {"a": "b"}}
      """
    var report = Report()
    return file("registers/a.json", Array(text.utf8)).flatMap {
      JSONReader.tree(of: $0, into: &report)
    }
  }()

  static func schema(_ bytes: [UInt8]) {
    guard let path = RepoPath("schema/a.schema.json"), let root = sample?.root else { return }
    var report = Report()
    let set = SchemaSet(tree: MemoryTree(bytes: [path.string: bytes]))
    if let program = set.program(at: path) {
      _ = Evaluator(program, collectsAnnotations: true).check(root, into: &report)
    }
    report.merge(set.report)
    _ = SchemaExpressions(in: Array(set.documents.values), into: &report)
    tell(report, about: SourceFile(path: path, bytes: bytes))
  }

  static func pattern(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
    let (source, text) = (
      String(decoding: lines[0], as: UTF8.self),
      lines.count > 1 ? String(decoding: lines[1], as: UTF8.self) : "R1 (a) 2017-02-01"
    )
    let matcher = PatternMatcher()
    for pattern in [try? Pattern(ecma262: source), try? Pattern(re2: source)] {
      _ = pattern?.matches(in: text, with: matcher)
      _ = pattern?.replacement(for: text, template: "$1-{1}")
    }
  }

  static func cel(_ bytes: [UInt8]) {
    guard let expression = try? Parser.expression(String(decoding: bytes, as: UTF8.self)),
      let root = sample?.root
    else { return }
    var checker = Checker(names: ["self": .any])
    _ = try? checker.type(of: expression)
    var interpreter = Interpreter(variables: ["self": Value(root)], container: "")
    _ = try? interpreter.value(of: expression)
  }

  static func server(_ bytes: [UInt8]) {
    guard let file = file("server.yaml", bytes) else { return }
    var report = Report()
    _ = ServerSettings.read(file, in: "/nowhere", isKnown: { _ in false }, into: &report)
    tell(report, about: file)
  }
}
