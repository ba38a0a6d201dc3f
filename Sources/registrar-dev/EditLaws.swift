import ArgumentParser
import Comparison
import Diagnostics
import Editing
import Glibc
import Registry
import SourceText
import Syntax

/// Holds the edits of a repository's registers to their laws.
///
/// Each scalar of each record, each cell of each table and each clause of each document is set to other values and
/// back: the same bytes come of it, and in between only the lines of that value differ. Each field and element is
/// taken out and put back: the record says the same.
struct EditLaws: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edits", abstract: "Set every value of the registers to another one and back")

  @OptionGroup var options: LawOptions

  @Option(
    help: "Write what each edit was to say, and the file, for another reader: a line of JSON each.")
  var tell: String?

  func run() async throws {
    let tree = WorkTree(root: options.folder)
    var report = Report()
    let snapshot = try await Snapshot.read(tree, jobs: 2, judges: false, into: &report)
    guard let snapshot else {
      throw ValidationError("There is no catalogue in '\(options.folder)'.")
    }
    var trial = EditTrial(tree, snapshot, options, tells: tell != nil)
    for file in snapshot.files { trial.run(on: file) }
    if let tell, !FileWriter.replace(tell, with: trial.told) {
      throw ValidationError("'\(tell)' cannot be written.")
    }
    for failure in trial.failures.prefix(50) { print(failure) }
    print(
      "\(trial.values) values and \(trial.parts) fields and elements in \(snapshot.files.count) files: "
        + "\(trial.failures.count) failures")
    if !trial.failures.isEmpty { throw ExitCode(1) }
  }
}

/// One run over the files of a snapshot.
private struct EditTrial {
  private let tree: WorkTree
  private let snapshot: Snapshot
  private let options: LawOptions
  private let tells: Bool
  private(set) var values = 0
  private(set) var parts = 0
  private(set) var failures: [String] = []
  private(set) var told: [UInt8] = []
  private var turn = 0

  init(_ tree: WorkTree, _ snapshot: Snapshot, _ options: LawOptions, tells: Bool) {
    self.tree = tree
    self.snapshot = snapshot
    self.options = options
    self.tells = tells
  }

  /// Whether it is the turn of a value.
  private mutating func isTaken() -> Bool {
    turn += 1
    return options.isTaken(turn)
  }

  mutating func run(on file: RegisterFile) {
    guard let source = file.source else { return }
    let register = snapshot.catalogue.registers[file.register]
    for record in file.records {
      let item = ItemEditor.Item(id: record.id, register: file.register, path: file.path)
      if register.shape == .table {
        for column in columns(of: source) where column != register.idProperty {
          tryCell(column, of: record, item, source)
        }
        continue
      }
      // Bounded by the depth that the reader takes.
      func visit(_ node: Node, _ way: [NodePath.Step]) {
        let children: [(NodePath.Step, Node)] =
          node.kind == .array
          ? node.elements.enumerated().map { (.position($0.offset), $0.element) }
          : node.members.map { (.key($0.key.text ?? ""), $0.value) }
        for (step, child) in children where way + [step] != [.key(register.idProperty)] {
          let path = NodePath(steps: way + [step])
          if isTaken() { tryPart(path, child, in: record, item, source) }
          if child.kind == .array || child.kind == .object {
            visit(child, path.steps)
          } else if isTaken() {
            tryValue(path, child, item, source)
          }
        }
      }
      visit(record.node, [])
    }
    if register.shape == .document { tryClauses(of: source, register, file) }
  }

  private func columns(of source: SourceFile) -> [String] {
    var report = Report()
    return CSVReader.table(of: source, into: &report)?.header.map(\.name) ?? []
  }

  // MARK: Values

  private mutating func tryValue(
    _ path: NodePath, _ node: Node, _ item: ItemEditor.Item, _ source: SourceFile
  ) {
    for other in others(for: node, in: source) {
      values += 1
      let back = node.kind == .string ? Node.text(node.text ?? "") : node
      tryBack(path, other, back, item, source, at: node.range.offsets)
    }
  }

  private mutating func tryCell(
    _ column: String, of record: Record, _ item: ItemEditor.Item, _ source: SourceFile
  ) {
    guard isTaken() else { return }
    let old = record.node[column]
    let text = old?.text ?? ""
    let place = old?.range.offsets ?? record.node.range.offsets
    for other in [rotated(text), text + "x", "a, \"b\"", ""] where other != text {
      values += 1
      tryBack(
        NodePath(steps: [.key(column)]), .text(other), .text(text), item, source, at: place)
    }
  }

  private mutating func tryBack(
    _ path: NodePath, _ other: Node, _ back: Node, _ item: ItemEditor.Item, _ source: SourceFile,
    at place: Range<Int>
  ) {
    var editor = ItemEditor(tree, snapshot.rulebook)
    do throws(EditFailure) {
      try editor.apply([Change(path, .set(other))], to: item)
      let between = editor.tree[source.path]?.flatMap(\.self) ?? []
      tell(item, path, other, between)
      if !isWithin(place, source.bytes, between) { fail("more lines differ", item, path, other) }
      try editor.apply([Change(path, .set(back))], to: item)
      let after = editor.tree[source.path]?.flatMap(\.self) ?? []
      if after != source.bytes { fail("not the same bytes again", item, path, other) }
    } catch {
      fail(error.diagnostic.message.text, item, path, other)
    }
  }

  private mutating func tryPart(
    _ path: NodePath, _ node: Node, in record: Record, _ item: ItemEditor.Item, _ source: SourceFile
  ) {
    guard let last = path.steps.last else { return }
    parts += 1
    var editor = ItemEditor(tree, snapshot.rulebook)
    let value = Node.list([node]).elements[0]
    do throws(EditFailure) {
      try editor.apply([Change(path, .remove)], to: item)
      if case .position = last {
        try editor.apply([Change(path, .insert(value))], to: item)
      } else {
        try editor.apply([Change(path, .set(value))], to: item)
      }
      // Each edit was proven; this is said once more of both.
      guard let bytes = editor.tree[source.path]?.flatMap(\.self) else { return }
      var report = Report()
      var reader = FileReader(snapshot.rulebook)
      let file = reader.read(
        SourceFile(path: source.path, bytes: bytes), of: item.register, into: &report)
      guard file.records.first(where: { $0.id == record.id })?.node.isSame(as: record.node) == true
      else { return fail("not the same record again", item, path, value) }
    } catch {
      fail(error.diagnostic.message.text, item, path, value)
    }
  }

  /// Values that can be written as a value is: of the same length, one short one, and a long one.
  private func others(for node: Node, in source: SourceFile) -> [Node] {
    let text = node.text ?? ""
    switch node.kind {
    case .number: return [.number(text == "0" ? "1" : text + "1")]
    case .true, .false: return [.bool(node.kind == .false)]
    case .string: break
    default: return []
    }
    let style = YAMLStyle(beginningWith: source.bytes[node.range.offsets].first)
    let meaning = PlainMeaning(Array(text.utf8))
    let turned = rotated(text)
    guard style != .plain || meaning == .text else {
      return PlainMeaning(Array(turned.utf8)) == meaning ? [.text(turned)] : []
    }
    let long = text + " and " + turned
    let texts = style.isBlock ? [turned, "Other", long] : [turned, "Other"]
    return texts.filter { $0 != text && PlainMeaning(Array($0.utf8)) == .text }.map { .text($0) }
  }

  /// Each letter and digit as the next one.
  private func rotated(_ text: String) -> String {
    String(
      decoding: text.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "a")..<UInt8(ascii: "z"), UInt8(ascii: "A")..<UInt8(ascii: "Z"),
          UInt8(ascii: "1")..<UInt8(ascii: "9"):
          byte + 1
        case UInt8(ascii: "z"), UInt8(ascii: "Z"): byte - 25
        case UInt8(ascii: "9"): UInt8(ascii: "1")
        default: byte
        }
      }, as: UTF8.self)
  }

  /// Whether all lines but those of a value are as they were.
  private func isWithin(_ place: Range<Int>, _ old: [UInt8], _ new: [UInt8]) -> Bool {
    var (start, stop) = (place.lowerBound, place.upperBound)
    while start > 0, old[start - 1] != 0x0A { start -= 1 }
    while stop < old.count, old[stop] != 0x0A { stop += 1 }
    return new.starts(with: old[..<start])
      && new.reversed().starts(with: old[stop...].reversed())
      && new.count >= start + old.count - stop
  }

  // MARK: Clauses

  private mutating func tryClauses(
    of source: SourceFile, _ register: Register, _ file: RegisterFile
  ) {
    guard let record = file.records.first else { return }
    let item = ItemEditor.Item(id: record.id, register: file.register, path: file.path)
    for passage in Passage.passages(of: source, register.numbering)
    where !passage.number.isEmpty && isTaken() {
      guard let clause = Clause(passage.number, in: source, register.numbering),
        clause.range == passage.range || clause.range.lowerBound == passage.range.lowerBound
      else { continue }
      values += 1
      let path = NodePath(steps: [.key(passage.number)])
      var editor = ItemEditor(tree, snapshot.rulebook)
      var words = clause.source
      while words.last?.isWhitespace == true { words.removeLast() }
      do throws(EditFailure) {
        try editor.set(clause: passage.number, of: item, to: words + " and more")
        let between = editor.tree[source.path]?.flatMap(\.self) ?? []
        if !isWithin(clause.range, source.bytes, between) {
          fail("more lines differ", item, path, .null)
        }
        try editor.set(clause: passage.number, of: item, to: words)
        if editor.tree[source.path]?.flatMap(\.self) != source.bytes {
          fail("not the same bytes again", item, path, .null)
        }
      } catch {
        fail(error.diagnostic.message.text, item, path, .null)
      }
    }
  }

  // MARK: Telling

  private mutating func fail(
    _ what: String, _ item: ItemEditor.Item, _ path: NodePath, _ value: Node
  ) {
    failures.append(
      "\(item.path): \(item.id): \(path.text): \(what), with \(value.json.prefix(60))")
  }

  private mutating func tell(
    _ item: ItemEditor.Item, _ path: NodePath, _ value: Node, _ bytes: [UInt8]
  ) {
    guard tells else { return }
    let way = path.steps.map { step in
      switch step {
      case .key(let key): JSONText.string(key).text
      case .position(let position): String(position)
      }
    }
    let register = snapshot.catalogue.registers[item.register]
    let members = [
      ("path", JSONText.string(item.path.string).text),
      ("shape", JSONText.string(register.shape.rawValue).text),
      ("key", JSONText.string(register.idProperty).text), ("id", JSONText.string(item.id).text),
      ("way", "[" + way.joined(separator: ",") + "]"), ("value", value.json),
      ("text", JSONText.string(String(decoding: bytes, as: UTF8.self)).text),
    ]
    let line = members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
    told += Array("{\(line)}\n".utf8)
  }
}
