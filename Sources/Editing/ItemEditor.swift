import Diagnostics
import JSONSchema
package import Registry
package import SourceText
import Syntax

/// Changes items of the registers of a tree: records, rows of tables, heads and clauses of documents.
///
/// What comes of it is a tree over the tree, to be checked before anything is written.
package struct ItemEditor {
  /// An item and the file that holds it.
  package struct Item: Hashable, Sendable {
    package let id: String
    /// The position of its register in the catalogue.
    package let register: Int
    package let path: RepoPath

    package init(id: String, register: Int, path: RepoPath) {
      self.id = id
      self.register = register
      self.path = path
    }
  }

  /// The tree with all changes.
  package private(set) var tree: OverlayTree
  /// The files that were changed, in the order of the first change.
  package private(set) var paths: [RepoPath] = []
  /// What files held when they were read for their first change; `nil` for those that were not there.
  private var originals: [RepoPath: [UInt8]?] = [:]
  /// Where files were that were moved.
  private var moves: [RepoPath: RepoPath] = [:]
  let rulebook: Rulebook

  /// Begins with a tree.
  ///
  /// - Parameters:
  ///   - tree: The tree.
  ///   - rulebook: Its catalogue and schemas.
  ///   - title: What the changed tree is called; as the tree where `nil`.
  package init(_ tree: any SourceTree, _ rulebook: Rulebook, title: String? = nil) {
    self.tree = OverlayTree(over: tree, title: title ?? tree.title)
    self.rulebook = rulebook
  }

  /// Makes changes of one item.
  ///
  /// - Parameters:
  ///   - changes: The changes in their order; paths count from the record.
  ///   - item: The item.
  /// - Throws: `EditFailure` where one cannot be made; none is made then.
  package mutating func apply(_ changes: [Change], to item: Item) throws(EditFailure) {
    let file = try file(at: item.path)
    let register = rulebook.catalogue.registers[item.register]
    let order = order(of: item.register)
    switch register.shape {
    case .record:
      var editor = try YAMLEditor(file, order: order)
      for change in changes { try editor.apply(change) }
      keep(editor.file)
    case .list:
      var editor = try YAMLEditor(file) { way in
        order(NodePath(steps: Array(way.steps.dropFirst())))
      }
      let position = try position(of: item, register.idProperty, in: editor.root)
      let record = NodePath(steps: [.position(position)])
      for change in changes {
        try editor.apply(Change(change.path.prefixed(by: record), change.action))
      }
      keep(editor.file)
    case .table:
      keep(try table(file, changes, item, register.idProperty))
    case .document:
      var editor = DocumentEditor(file, register.numbering, order: order)
      for change in changes { try editor.apply(change) }
      keep(editor.file)
    }
  }

  /// Writes the text of a clause.
  ///
  /// - Parameters:
  ///   - number: Its number or anchor.
  ///   - item: The document.
  ///   - text: Its source in Markdown.
  /// - Throws: `EditFailure` where it cannot be written.
  package mutating func set(
    clause number: String, of item: Item, to text: String
  ) throws(EditFailure) {
    var editor = DocumentEditor(
      try file(at: item.path), rulebook.catalogue.registers[item.register].numbering)
    try editor.set(clause: number, to: text)
    keep(editor.file)
  }

  // MARK: Files

  mutating func file(at path: RepoPath) throws(EditFailure) -> SourceFile {
    do throws(SourceTreeError) {
      let bytes = try tree.bytes(of: path, limit: SyntaxLimits().bytes)
      if originals[path] == nil { originals[path] = .some(bytes) }
      return SourceFile(path: path, bytes: bytes)
    } catch {
      throw .unreadable("file", at: path, Diagnostic.unreadable(error, at: path))
    }
  }

  mutating func keep(_ file: SourceFile) { write(file.bytes, to: file.path) }

  mutating func write(_ bytes: [UInt8]?, to path: RepoPath) {
    if originals[path] == nil { originals[path] = .some(nil) }
    tree[path] = .some(bytes)
    if !paths.contains(path) { paths.append(path) }
  }

  /// Gives a file another path.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - place: Where it belongs.
  /// - Throws: `EditFailure` where it is not there, or something is at its place; nothing is changed then.
  package mutating func move(_ path: RepoPath, to place: RepoPath) throws(EditFailure) {
    let file = try file(at: path)
    guard ((try? tree.entry(at: place)) ?? nil) == nil else {
      throw .form("there is a file at \(place) already", at: .file(path))
    }
    write(file.bytes, to: place)
    write(nil, to: path)
    moves[place] = path
  }

  /// Returns the path that a file had before it was moved.
  func origin(of path: RepoPath) -> RepoPath { moves[path] ?? path }

  /// Returns the path that a file has now.
  func place(of path: RepoPath) -> RepoPath { moves.first { $0.value == path }?.key ?? path }

  /// What became of the files, in the order of the first change; of those that are other than they were.
  package var edits: [FileEdit] {
    paths.compactMap { path in
      let edit = FileEdit(
        path: path, before: originals[path] ?? nil, after: tree[path]?.flatMap(\.self))
      return edit.before == edit.after ? nil : edit
    }
  }

  private func position(
    of item: Item, _ property: String, in root: Node
  ) throws(EditFailure) -> Int {
    let places = root.elements.indices.filter { root.elements[$0][property]?.text == item.id }
    guard let first = places.first else {
      throw .missing(NodePath(steps: [.key(item.id)]), at: root.range, [])
    }
    guard places.count == 1 else {
      throw .form("the id '\(item.id)' stands twice", at: root.elements[first].range)
    }
    return first
  }

  private func table(
    _ file: SourceFile, _ changes: [Change], _ item: Item, _ property: String
  ) throws(EditFailure) -> SourceFile {
    var editor = try TableEditor(file)
    guard let row = editor.row(where: property, is: item.id) else {
      throw .missing(NodePath(steps: [.key(item.id)]), at: .file(file.path), [])
    }
    var texts: [(row: Int, column: String, text: String)] = []
    for change in changes {
      guard change.path.steps.count == 1, case .key(let column)? = change.path.steps.first else {
        throw .missing(change.path, at: .file(file.path), editor.columns)
      }
      switch change.action {
      case .insert: throw .form("a cell holds no list", at: .file(file.path))
      case .remove: texts.append((row, column, ""))
      case .set(let value):
        guard let text = value.text else {
          throw .form("a cell holds no list and no mapping", at: .file(file.path))
        }
        texts.append((row, column, value.kind == .null ? "" : text))
      }
    }
    try editor.set(texts)
    return editor.file
  }

  /// Returns the fields of the mappings of a register's records, in the order of its schema.
  func order(of register: Int) -> @Sendable (NodePath) -> [String] {
    guard let program = rulebook.programs[register] else { return { _ in [] } }
    return { path in
      let way = path.steps.reduce(into: "") { way, step in
        switch step {
        case .key(let key): way += (way.isEmpty ? "" : ".") + key
        case .position: way += "[]"
        }
      }
      guard case .here(let fields) = SchemaFields(of: program).lookup(way) else { return [] }
      return fields.names
    }
  }
}
