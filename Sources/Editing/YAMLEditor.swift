import Diagnostics
package import SourceText
package import Syntax

/// Changes values of a YAML file, of a JSON file or of the head of a document, and keeps every other byte.
///
/// Each change is written, read again and held against what was asked for before it is kept; one that fails
/// leaves the editor as it was.
package struct YAMLEditor {
  /// The file as it is now.
  package private(set) var file: SourceFile
  private(set) var tree: SyntaxTree
  /// How many findings its reader has.
  private var findings: Int
  private var bounds: Range<Int>
  let isJSON: Bool
  /// Returns the fields of the mapping at a path in the order of their schema.
  let order: @Sendable (NodePath) -> [String]
  /// A file that is written as this one is to be.
  private let sibling: SyntaxTree?

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file; one whose name ends with `.json` is JSON.
  ///   - range: The stretch that is YAML, as the head of a document; `nil` for all of it.
  ///   - sibling: A file that shows how what this one does not show is written.
  ///   - order: Returns the fields of the mapping at a path in the order of their schema.
  /// - Throws: `EditFailure` where it cannot be read.
  package init(
    _ file: SourceFile, range: Range<Int>? = nil, like sibling: SyntaxTree? = nil,
    order: @escaping @Sendable (NodePath) -> [String] = { _ in [] }
  ) throws(EditFailure) {
    let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    self.file = file
    self.order = order
    self.sibling = sibling
    bounds = range ?? start..<file.bytes.count
    isJSON = file.path.string.hasSuffix(".json")
    let (tree, report) = Self.read(file, bounds, isJSON: isJSON)
    guard let tree, tree.root != nil else {
      throw .unreadable("file", at: file.path, report.sorted.first { $0.severity == .error })
    }
    self.tree = tree
    findings = report.sorted.count
  }

  private static func read(
    _ file: SourceFile, _ bounds: Range<Int>, isJSON: Bool
  ) -> (SyntaxTree?, Report) {
    var report = Report()
    let tree =
      isJSON
      ? JSONReader.tree(of: file, into: &report)
      : YAMLReader.tree(of: file, range: bounds, into: &report)
    return (tree, report)
  }

  /// The value of the whole file.
  package var root: Node { Node(tree: tree, index: 0) }

  /// The stretch that is YAML, as it is now.
  package var range: Range<Int> { bounds }

  var text: YAMLText { YAMLText(bytes: file.bytes, bounds: bounds) }

  var writer: YAMLWriter {
    let other = sibling.map { tree in
      YAMLHabits(YAMLText(bytes: tree.file.bytes, bounds: 0..<tree.file.bytes.count), tree)
    }
    return YAMLWriter(text: text, habits: YAMLHabits(text, tree, like: other), isJSON: isJSON)
  }

  /// Makes a change.
  ///
  /// - Parameter change: The change, whose path counts from the root.
  /// - Throws: `EditFailure` where it cannot be made; nothing is changed then.
  package mutating func apply(_ change: Change) throws(EditFailure) {
    var copy = self
    switch change.action {
    case .set(let value): try copy.set(change.path, to: value)
    case .insert(let value): try copy.insert(value, at: change.path)
    case .remove: try copy.remove(change.path)
    }
    self = copy
  }

  // MARK: Setting

  private mutating func set(_ path: NodePath, to value: Node) throws(EditFailure) {
    try Self.checkCharacters(of: value, path, at: .file(file.path))
    if let node = root[path] {
      try replace(path, node, with: value)
    } else {
      try add(path, value)
    }
  }

  /// Writes another value in the place of one, part by part where both have parts.
  private mutating func replace(
    _ path: NodePath, _ node: Node, with value: Node
  ) throws(EditFailure) {
    if node.isSame(as: value) { return }
    if try spot(path).place.isAlias {
      try rewrite(path, with: value)
    } else if node.kind == .object, value.kind == .object, node.count > 0, value.count > 0 {
      for member in value.members {
        try set(path.appending(.key(member.key.text ?? "")), to: member.value)
      }
      for member in node.members where value[member.key.text ?? ""] == nil {
        try remove(path.appending(.key(member.key.text ?? "")))
      }
    } else if node.kind == .array, value.kind == .array, node.count > 0, value.count > 0 {
      try replaceElements(path, node.elements, with: value.elements)
    } else {
      try rewrite(path, with: value)
    }
  }

  private mutating func replaceElements(
    _ path: NodePath, _ old: [Node], with new: [Node]
  ) throws(EditFailure) {
    let head = zip(old, new).prefix { $0.isSame(as: $1) }.count
    let tail = min(
      zip(old.reversed(), new.reversed()).prefix { $0.isSame(as: $1) }.count,
      min(old.count, new.count) - head)
    let (gone, added) = (old.count - tail, new.count - tail)
    for position in head..<min(gone, added) {
      try set(path.appending(.position(position)), to: new[position])
    }
    for position in min(gone, added)..<added {
      try insert(new[position], at: path.appending(.position(position)))
    }
    for position in (min(gone, added)..<gone).reversed() {
      try remove(path.appending(.position(position)))
    }
  }

  /// Adds a field that is not there, with the mappings that lead to it.
  private mutating func add(_ path: NodePath, _ value: Node) throws(EditFailure) {
    var parent = root
    var steps = path.steps[...]
    while let step = steps.first, let next = parent[NodePath(steps: [step])] {
      parent = next
      steps = steps.dropFirst()
    }
    let keys = steps.compactMap { step in
      if case .key(let key) = step { return key }
      return nil
    }
    guard keys.count == steps.count, parent.kind == .object || parent.kind == .null else {
      throw missing(path, in: parent)
    }
    let own = NodePath(steps: Array(path.steps.dropLast(steps.count)))
    let whole = keys.dropFirst().reversed().reduce(value) { .mapping([(key: $1, value: $0)]) }
    try addMember(keys[0], whole, to: own, parent)
  }

  func missing(_ path: NodePath, in parent: Node) -> EditFailure {
    .missing(path, at: parent.range, parent.members.compactMap(\.key.text))
  }

  // MARK: Keeping

  /// Keeps the first of several ways to write a change that says what was asked for.
  ///
  /// - Parameters:
  ///   - ways: The ways, the best one first.
  ///   - change: What was asked for.
  ///   - position: Where a new member stands among its neighbours.
  /// - Throws: `EditFailure` where none does.
  mutating func keep(
    _ ways: [TextEdits], of change: Change, position: Int? = nil
  ) throws(EditFailure) {
    var reason: Diagnostic?
    for edits in ways {
      let bytes = edits.applied(to: file.bytes)
      let file = SourceFile(path: file.path, bytes: bytes)
      let bounds = bounds.lowerBound..<(bounds.upperBound + edits.growth)
      let (tree, report) = Self.read(file, bounds, isJSON: isJSON)
      guard let tree, let root = tree.root, report.sorted.count <= findings,
        Proof(change, position).holds(from: self.root, to: root)
      else {
        reason = reason ?? report.sorted.first
        continue
      }
      (self.file, self.tree, self.bounds) = (file, tree, bounds)
      findings = report.sorted.count
      return
    }
    let place = root[change.path]?.range ?? .file(file.path)
    throw EditFailure(
      .unsafeEdit, "'\(change.path.text)' cannot be changed without changing something else",
      at: place, help: "Edit the file by hand",
      related: reason.map { [.init("it would be said: \($0.message.text)", at: place)] } ?? [])
  }

  /// Refuses texts with characters that no file of a register holds.
  static func checkCharacters(
    of value: Node, _ path: NodePath, at range: SourceRange
  ) throws(EditFailure) {
    let end = Int(value.tree.nodes[value.index].end)
    for index in value.index..<end {
      guard let text = Node(tree: value.tree, index: index).text, YAMLScalarText.hasControl(text)
      else { continue }
      throw EditFailure(
        .unwritableText, "the text for '\(path.text)' has a control character", at: range,
        help: "Leave it out")
    }
  }
}
