import Diagnostics
import SourceText
import Syntax

extension YAMLEditor {
  // MARK: Where

  /// Returns where the value at a path is written.
  ///
  /// - Parameter path: The way from the root.
  /// - Returns: The place; its value may be an alias.
  /// - Throws: `EditFailure` where nothing is there, or what is there stands at other places too.
  func spot(_ path: NodePath) throws(EditFailure) -> YAMLSpot {
    let text = text
    guard let place = text.rootPlace(root) else {
      throw .form("this file begins in an unusual way", at: .file(file.path))
    }
    var spot = YAMLSpot(place: place, container: nil, name: "")
    try checkShared(place, path)
    for (number, step) in path.steps.enumerated() {
      let way = NodePath(steps: Array(path.steps[...number]))
      if spot.place.isAlias { throw aliased(spot.place, path) }
      guard let container = text.container(at: spot) else {
        throw .form("this is an unusual form", at: spot.place.node.range)
      }
      let index: Int?
      var name = spot.name
      switch step {
      case .key(let key):
        index = container.parts.firstIndex { $0.key?.text == key }
        name = key
      case .position(let position):
        index = container.parts.indices.contains(position) ? position : nil
      }
      guard let index, container.node.kind == (step.isPosition ? .array : .object) else {
        throw missing(way, in: container.node)
      }
      spot = YAMLSpot(place: container.parts[index], container: container, name: name)
      try checkShared(spot.place, path)
    }
    return spot
  }

  /// Refuses to change what an anchor makes stand at other places too.
  private func checkShared(_ place: YAMLPlace, _ path: NodePath) throws(EditFailure) {
    guard !place.isAlias, let properties = place.properties,
      file.bytes[properties].contains(UInt8(ascii: "&"))
    else { return }
    let own = tree.nodes[place.node.index]
    let copies = tree.nodes.indices.count { index in
      let node = tree.nodes[index]
      return index != place.node.index && node.start == own.start && node.stop == own.stop
        && node.kind == own.kind
    }
    guard copies > 0 else { return }
    throw EditFailure(
      .sharedValue,
      "'\(path.text)' stands at \(Count(copies, "other place")) too, through '\(file.text(of: properties))'",
      at: place.node.range, help: "Write the value out at each place first")
  }

  private func aliased(_ place: YAMLPlace, _ path: NodePath) -> EditFailure {
    EditFailure(
      .sharedValue,
      "'\(path.text)' stands in '\(file.text(of: place.value))', which is written elsewhere",
      at: SourceRange(file.path, place.value),
      help: "Write the value out in its place first",
      related: [.init("it is written here", at: place.node.range)])
  }

  // MARK: Writing

  /// Writes another value in the place of one, as a whole.
  mutating func rewrite(_ path: NodePath, with value: Node) throws(EditFailure) {
    let spot = try spot(path)
    let old = spot.place
    let column = text.column(old.start)
    let isContainer = old.node.count > 0 && !old.isAlias
    let setting = YAMLWriter.Setting(
      isInFlow: spot.isInFlow, isElement: spot.isElement, column: column,
      inlineColumn: text.column(old.value.lowerBound) + (old.value.isEmpty ? 1 : 0),
      outer: spot.outer, name: spot.name, old: old,
      isFlow: isContainer ? text.isFlow(old.value) : nil)
    let ways = writer.renderings(of: value, in: setting).map { edits($0, at: old) }
    try keep(ways, of: Change(path, .set(value)))
  }

  private func edits(_ new: YAMLRendering, at old: YAMLPlace) -> TextEdits {
    let text = text
    let below = new.below.flatMap { text.lineEnd + $0 }
    let (start, stop) = (old.value.lowerBound, old.value.upperBound)
    var edits = TextEdits()
    if old.value.isEmpty {
      let isBare = old.indicator == nil && old.key != nil
      let gap = isBare ? Array(": ".utf8) : new.inline.isEmpty ? [] : [0x20]
      edits.insert(gap + new.inline, at: start)
      edits.insert(below, at: text.lineStop(start))
      return edits
    }
    let isScalar = old.isAlias || old.node.kind != .array && old.node.kind != .object
    let isBelow = text.hasBreak(old.lead..<start)
    if isScalar, !old.isAlias, YAMLStyle(beginningWith: text[start]).isBlock {
      let head = text.blockHead(start)
      let begin = new.inline.isEmpty && !isBelow ? old.lead : start
      edits.replace(begin..<head.endIndex, with: new.inline)
      let line = text.lineStop(start)
      edits.replace(line..<max(line, stop), with: below)
    } else if isBelow, new.inline.isEmpty {
      edits.replace(text.beforeBreak(text.lineStart(start))..<stop, with: below)
    } else if isBelow, !isScalar, !text.isFlow(old.value) {
      edits.insert([0x20] + new.inline, at: old.lead)
      edits.replace(text.beforeBreak(text.lineStart(start))..<stop, with: below)
    } else {
      edits.replace((new.inline.isEmpty ? old.lead : start)..<stop, with: new.inline)
      edits.insert(below, at: text.lineStop(stop))
    }
    return edits
  }

  // MARK: Adding

  /// Adds a field to a mapping that has none of its name: in the order of the schema where the fields that
  /// are there follow it, else at the end.
  mutating func addMember(
    _ key: String, _ value: Node, to path: NodePath, _ parent: Node
  ) throws(EditFailure) {
    guard parent.count > 0 else {
      try rewrite(path, with: .mapping([(key, value)]))
      return
    }
    let own = path.appending(.key(key))
    let spot = try spot(path)
    let container = try container(at: spot)
    let position = Self.position(of: key, among: container.parts, order(path))
    let change = Change(own, .set(value))
    if container.isFlow {
      guard let name = writer.key(key, isFlow: true) else { throw unwritable(own) }
      let ways = flowTexts(value, container, key).map { text in
        inserted(name + Array(": ".utf8) + text, at: position, in: container)
      }
      try keep(ways, of: change, position: position)
    } else {
      let ways = writer.part(value, key: key, at: container.column, container.name).map { lines in
        inserted(lines, at: position, in: container)
      }
      try keep(ways, of: change, position: position)
    }
  }

  /// Adds an element to a list.
  mutating func insert(_ value: Node, at path: NodePath) throws(EditFailure) {
    try Self.checkCharacters(of: value, path, at: .file(file.path))
    let parent = NodePath(steps: path.steps.dropLast())
    guard case .position(let position)? = path.steps.last, position >= 0 else {
      throw missing(path, in: root)
    }
    let list = root[parent]
    if list == nil || list?.kind == .null || list?.kind == .array && list?.count == 0 {
      guard position == 0 else { throw missing(path, in: list ?? root) }
      if list == nil {
        var copy = self
        try copy.apply(Change(parent, .set(.list([value]))))
        self = copy
      } else {
        try rewrite(parent, with: .list([value]))
      }
      return
    }
    guard let list, list.kind == .array, position <= list.count else {
      throw missing(path, in: list ?? root)
    }
    let container = try container(at: try spot(parent))
    let change = Change(path, .insert(value))
    if container.isFlow {
      let ways = flowTexts(value, container, container.name).map { text in
        inserted(text, at: position, in: container)
      }
      try keep(ways, of: change)
    } else {
      let near = container.parts.first { $0.node.kind == value.kind && $0.node.count > 0 }
      let isFlow = near.map { text.isFlow($0.value) }
      let ways = writer.part(
        value, key: nil, at: container.column, container.name, isFlow: isFlow
      ).map { inserted($0, at: position, in: container) }
      try keep(ways, of: change)
    }
  }

  private func container(at spot: YAMLSpot) throws(EditFailure) -> YAMLSpot.Container {
    if spot.place.isAlias { throw aliased(spot.place, NodePath(steps: [])) }
    guard let container = text.container(at: spot), container.isFlow || !spot.isInFlow else {
      throw .form("this is a pair without braces", at: spot.place.node.range)
    }
    return container
  }

  private func unwritable(_ path: NodePath) -> EditFailure {
    EditFailure(
      .unwritableText, "'\(path.text)' cannot be written as a key", at: .file(file.path),
      help: "Leave out what is no letter, digit or sign")
  }

  private func flowTexts(
    _ value: Node, _ container: YAMLSpot.Container, _ name: String
  ) -> [[UInt8]] {
    let setting = YAMLWriter.Setting(
      isInFlow: true, isElement: container.node.kind == .array, column: 0, inlineColumn: 0,
      outer: 0, name: name)
    return writer.renderings(of: value, in: setting).map(\.inline)
  }

  /// Puts whole lines before a part of a block, or behind the last one.
  private func inserted(
    _ lines: [[UInt8]], at position: Int, in container: YAMLSpot.Container
  ) -> TextEdits {
    let text = text
    let joined = Array(lines.joined(separator: text.lineEnd))
    var edits = TextEdits()
    if position == 0 {
      let margin = [UInt8](repeating: 0x20, count: container.column)
      edits.insert(
        joined.dropFirst(container.column) + text.lineEnd + margin, at: container.parts[0].start)
    } else {
      edits.insert(
        text.lineEnd + joined, at: text.lineStop(container.parts[position - 1].stop))
    }
    return edits
  }

  /// Puts a part between brackets or braces.
  private func inserted(
    _ bytes: [UInt8], at position: Int, in container: YAMLSpot.Container
  ) -> TextEdits {
    let parts = container.parts
    let gap =
      parts.count > 1
      ? file.bytes[parts[0].stop..<parts[1].start]
      : [UInt8(ascii: ",")] + file.bytes[(container.value.lowerBound + 1)..<parts[0].start]
    let isPlain = gap.allSatisfy { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
    let separator =
      isPlain && gap.contains(where: { $0 <= 0x20 }) ? Array(gap) : Array(", ".utf8)
    var edits = TextEdits()
    if position == 0 {
      edits.insert(bytes + separator, at: parts[0].start)
    } else {
      edits.insert(separator + bytes, at: parts[position - 1].stop)
    }
    return edits
  }

  private static func position(
    of key: String, among parts: [YAMLPlace], _ names: [String]
  ) -> Int {
    let order = Dictionary(zip(names, names.indices), uniquingKeysWith: { one, _ in one })
    let places = parts.compactMap { $0.key?.text.flatMap { order[$0] } }
    guard let own = order[key], places.count == parts.count,
      zip(places, places.dropFirst()).allSatisfy({ $0 < $1 })
    else { return parts.count }
    return places.firstIndex { $0 > own } ?? parts.count
  }

  // MARK: Removing

  /// Takes a field or an element out; a container that has no other is left empty.
  mutating func remove(_ path: NodePath) throws(EditFailure) {
    let spot = try spot(path)
    guard let container = spot.container,
      let index = container.parts.firstIndex(where: { $0.start == spot.place.start })
    else {
      throw .form("this is all of the file", at: root.range)
    }
    guard container.parts.count > 1 else {
      let parent = NodePath(steps: path.steps.dropLast())
      try rewrite(parent, with: container.node.kind == .array ? .list([]) : .mapping([]))
      return
    }
    guard container.isFlow || !(container.isInFlow) else {
      throw .form("this is a pair without braces", at: spot.place.node.range)
    }
    let ways =
      container.isFlow
      ? flowRemovals(of: index, in: container.parts) : blockRemovals(of: index, in: container.parts)
    try keep(ways, of: Change(path, .remove))
  }

  private func flowRemovals(of index: Int, in parts: [YAMLPlace]) -> [TextEdits] {
    let part = parts[index]
    var (whole, alone) = (TextEdits(), TextEdits())
    let range =
      index > 0 ? parts[index - 1].stop..<part.stop : part.start..<parts[index + 1].start
    whole.replace(range, with: [])
    // A comment beside it stays.
    let behind = text.skipSpace(part.stop)
    alone.replace(
      part.start..<(text[behind] == UInt8(ascii: ",") ? behind + 1 : part.stop), with: [])
    return file.bytes[range].contains(UInt8(ascii: "#")) ? [alone, whole] : [whole]
  }

  private func blockRemovals(of index: Int, in parts: [YAMLPlace]) -> [TextEdits] {
    let text = text
    let part = parts[index]
    let stop = text.lineStop(part.stop)
    var edits = TextEdits()
    if text.isFirst(part.start) {
      let (start, next) = (text.lineStart(part.start), text.behindBreak(stop))
      edits.replace(next > stop ? start..<next : text.beforeBreak(start)..<stop, with: [])
    } else if index == 0, !file.bytes[part.stop..<parts[1].start].contains(UInt8(ascii: "#")) {
      edits.replace(part.start..<parts[1].start, with: [])
    } else {
      // The dash keeps its line, for the comments that follow.
      var start = part.start
      while start > 0, YAMLText.isBlank(file.bytes[start - 1]) { start -= 1 }
      edits.replace(start..<stop, with: [])
    }
    return [edits]
  }
}

extension NodePath.Step {
  fileprivate var isPosition: Bool {
    if case .position = self { return true }
    return false
  }
}
