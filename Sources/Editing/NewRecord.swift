import Comparison
import Diagnostics
import Registry
package import SourceText
package import Syntax

extension ItemEditor {
  /// Adds a record: in a file of its own, or in its place in the file of its register.
  ///
  /// - Parameters:
  ///   - item: Its id, its register and its file.
  ///   - values: Its other fields.
  ///   - sibling: A file of the register, as which a new one is written.
  /// - Throws: `EditFailure` where it cannot be added; nothing is changed then.
  package mutating func add(
    _ item: Item, _ values: [(key: String, value: Node)], like sibling: SourceFile?
  ) throws(EditFailure) {
    let register = rulebook.catalogue.registers[item.register]
    let id = register.idProperty
    let rank = Dictionary(
      order(of: item.register)(NodePath(steps: [])).enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { one, _ in one })
    let fields = ([(key: id, value: Node.text(item.id))] + values).enumerated().sorted {
      (rank[$0.element.key] ?? .max, $0.offset) < (rank[$1.element.key] ?? .max, $1.offset)
    }.map(\.element)
    let isThere = ((try? tree.entry(at: item.path)) ?? nil) != nil
    switch register.shape {
    case .record, .document:
      guard !isThere else {
        throw .form("there is a file already", at: .file(item.path))
      }
      keep(try made(item, fields, register.shape == .document, like: sibling))
    case .list:
      let text = SourceFile(path: item.path, text: "[]\n")
      let file = isThere ? try file(at: item.path) : text
      var editor = try YAMLEditor(file)
      let position = place(of: fields, among: editor.root.elements, register)
      try editor.apply(
        Change(NodePath(steps: [.position(position)]), .insert(.mapping(fields))))
      keep(editor.file)
    case .table:
      var editor = try TableEditor(try file(at: item.path))
      var texts: [String: String] = [:]
      for field in fields {
        guard let text = field.value.text else {
          throw .form("a cell holds no list and no mapping", at: .file(item.path))
        }
        texts[field.key] = text
      }
      var report = Report()
      let rows = CSVReader.table(of: editor.file, into: &report)?.tree { _ in .string }.root
      try editor.insert(texts, at: place(of: fields, among: rows?.elements ?? [], register))
      keep(editor.file)
    }
  }

  /// Takes a record out of the list that it is in; the file goes with the last one.
  ///
  /// - Parameter item: The record.
  /// - Throws: `EditFailure` where it cannot be taken out; nothing is changed then.
  mutating func remove(_ item: Item) throws(EditFailure) {
    let property = rulebook.catalogue.registers[item.register].idProperty
    var editor = try YAMLEditor(file(at: item.path))
    let place = editor.root.elements.firstIndex { $0[property]?.text == item.id }
    guard let place else {
      throw .missing(NodePath(steps: [.key(item.id)]), at: editor.root.range, [])
    }
    guard editor.root.count > 1 else { return write(nil, to: item.path) }
    try editor.apply(Change(NodePath(steps: [.position(place)]), .remove))
    keep(editor.file)
  }

  /// Writes the file of a new record.
  private func made(
    _ item: Item, _ fields: [(key: String, value: Node)], _ isDocument: Bool,
    like sibling: SourceFile?
  ) throws(EditFailure) -> SourceFile {
    let name = NodePath(steps: [.key(fields[0].key)])
    let isJSON = item.path.string.hasSuffix(".json")
    let start = SourceFile(
      path: item.path, text: isJSON ? "{\"x\": 0}\n" : isDocument ? "---\nx: 0\n---\n\n" : "x: 0\n")
    var editor = try YAMLEditor(
      start, range: isDocument ? 4..<9 : nil,
      like: sibling.flatMap { Self.tree(of: $0, isDocument) })
    // The first field takes the place of one that no record has.
    for field in fields {
      try editor.apply(Change(NodePath(steps: [.key(field.key)]), .set(field.value)))
    }
    if name.steps != [.key("x")] { try editor.apply(Change(NodePath(steps: [.key("x")]), .remove)) }
    return editor.file
  }

  private static func tree(of file: SourceFile, _ isDocument: Bool) -> SyntaxTree? {
    var report = Report()
    return isDocument
      ? MarkdownReader.document(of: file, requiresHead: true, into: &report)?.head
      : ValueFile.tree(of: file, into: &report)
  }

  /// Returns where a record belongs among others: behind the last one that it does not belong before.
  private func place(
    of fields: [(key: String, value: Node)], among records: [Node], _ register: Register
  ) -> Int {
    func own(_ name: String) -> String { fields.first { $0.key == name }?.value.text ?? "" }
    let before = records.lastIndex { record in
      !register.puts(own, before: { record[$0]?.text ?? "" })
    }
    return before.map { $0 + 1 } ?? (register.order.isEmpty ? records.count : 0)
  }
}
