import Diagnostics
import Syntax

/// A value as it is written at a place: behind the key, and in lines below.
struct YAMLRendering {
  /// What stands in the line of the key or the dash; of plain and quoted texts, all of it.
  let inline: [UInt8]
  /// Whole lines below, without line breaks.
  let below: [[UInt8]]
}

/// Writes values as the file writes such values.
struct YAMLWriter {
  let text: YAMLText
  let habits: YAMLHabits
  let isJSON: Bool

  /// Where a value is to stand.
  struct Setting {
    var isInFlow: Bool
    var isElement: Bool
    /// The column of the key or the dash.
    var column: Int
    /// The column of the value in its line.
    var inlineColumn: Int
    /// The column of the container, from which a block counts its indentation.
    var outer: Int
    /// The key that it stands under, or its list.
    var name: String
    /// What stood there.
    var old: YAMLPlace?
    /// Whether a list or mapping stood between brackets there.
    var isFlow: Bool?
  }

  private var lineEnd: [UInt8] { text.lineEnd }

  /// Returns the ways to write a value, the best one first.
  func renderings(of value: Node, in setting: Setting) -> [YAMLRendering] {
    switch value.kind {
    case .string: texts(value.text ?? "", setting)
    case .object, .array: containers(value, setting)
    default: [YAMLRendering(inline: Array(value.bytes), below: [])]
    }
  }

  // MARK: Texts

  private func texts(_ string: String, _ setting: Setting) -> [YAMLRendering] {
    if isJSON {
      return [YAMLRendering(inline: Array(JSONText.string(string).text.utf8), below: [])]
    }
    var scalar = YAMLScalarText.Setting()
    scalar.isFlow = setting.isInFlow
    scalar.column = setting.inlineColumn
    scalar.outer = setting.outer
    scalar.indent = max(0, setting.column) + 2
    if setting.outer < 0 { scalar.indent = 2 }
    if habits.hasPlainDates { scalar.meanings.insert(.date) }
    var style: YAMLStyle?
    var isLong = true
    if let old = setting.old, !old.isAlias, !old.value.isEmpty,
      ![.array, .object].contains(old.node.kind)
    {
      let own = YAMLStyle(beginningWith: text[old.value.lowerBound])
      if old.node.kind == .string || own != .plain {
        style = own
        (scalar, isLong) = scalarSetting(own, old, scalar)
      }
    }
    scalar.width = habits.width
    return styles(for: string, style, isLong: isLong, scalar).compactMap { style in
      guard let written = YAMLScalarText(string, style, in: scalar) else { return nil }
      return style.isBlock
        ? YAMLRendering(inline: written.lines[0], below: Array(written.lines.dropFirst()))
        : YAMLRendering(inline: Array(written.lines.joined(separator: lineEnd)), below: [])
    }
  }

  /// Reads how a text was written.
  ///
  /// - Returns: How to write another one in its place, and whether the old one was longer than a line.
  private func scalarSetting(
    _ style: YAMLStyle, _ old: YAMLPlace, _ setting: YAMLScalarText.Setting
  ) -> (YAMLScalarText.Setting, isLong: Bool) {
    var setting = setting
    let source = text.bytes[old.value]
    let lines = source.split(omittingEmptySubsequences: false) { $0 == 0x0A }
      .map { Array($0.last == 0x0D ? $0.dropLast() : $0) }
    if style.isBlock {
      let indent = text.blockIndent(of: old.node, old.value.lowerBound)
      if indent < .max { setting.indent = indent }
      setting.hasIndicator = text.blockHead(old.value.lowerBound).contains { $0 &- 0x31 < 9 }
      setting.paragraphs = Self.paragraphs(
        lines.dropFirst().map { Array($0.dropFirst(setting.indent)) })
      return (setting, true)
    }
    if style == .plain { setting.meanings.insert(PlainMeaning(Array(old.node.bytes))) }
    if lines.count > 1 {
      let trimmed = lines.map { line in
        Array(line.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed())
      }
      setting.paragraphs = [trimmed]
      setting.indent = lines[1].prefix { $0 == 0x20 }.count
    }
    let isLong = lines.count > 1 || setting.column + YAMLWrapping.length(of: source) > habits.width
    return (setting, isLong)
  }

  /// Returns the lines of a folded block paragraph by paragraph.
  private static func paragraphs(_ lines: [[UInt8]]) -> [[[UInt8]]] {
    var paragraphs: [[[UInt8]]] = []
    var isOpen = false
    for line in lines {
      guard let first = line.first, !YAMLText.isBlank(first) else {
        isOpen = false
        continue
      }
      if isOpen {
        paragraphs[paragraphs.count - 1].append(line)
      } else {
        paragraphs.append([line])
      }
      isOpen = true
    }
    return paragraphs
  }

  /// Returns the styles to try, the best one first.
  ///
  /// - Parameters:
  ///   - string: The text.
  ///   - old: The style of the text that stood there.
  ///   - isLong: Whether that was longer than a line.
  ///   - setting: Where it is written.
  /// - Returns: The styles; double quotes take every text.
  private func styles(
    for string: String, _ old: YAMLStyle?, isLong: Bool, _ setting: YAMLScalarText.Setting
  ) -> [YAMLStyle] {
    let inline: [YAMLStyle] = [.plain, .singleQuoted]
    if setting.isFlow { return [old].compactMap(\.self) + inline + [.doubleQuoted] }
    // What was one line stays one up to a quarter beyond the width: no text changes its style for a word.
    let most = old == nil ? setting.width : setting.width + setting.width / 4
    let isTooLong =
      setting.column + YAMLWrapping.length(of: string.utf8) > most && string.contains(" ")
    var styles: [YAMLStyle] = []
    if let old, old.isBlock || old == .doubleQuoted || !string.contains("\n"),
      old.isBlock || !isTooLong || isLong
    {
      styles.append(old)
    }
    if string.contains("\n") { return styles + [.literal, .folded, .doubleQuoted] }
    if isTooLong { return styles + [.folded] + inline + [.doubleQuoted] }
    return styles + inline + [.doubleQuoted]
  }

  // MARK: Lists and mappings

  private func containers(_ value: Node, _ setting: Setting) -> [YAMLRendering] {
    let flow = flow(value).map { YAMLRendering(inline: $0, below: []) }
    if setting.isInFlow || isJSON || value.count == 0 { return [flow].compactMap(\.self) }
    let isFlow =
      setting.isFlow ?? habits.isFlow(setting.name, value.kind, isElement: setting.isElement)
      ?? false
    let isShort = flow.map {
      setting.inlineColumn + YAMLWrapping.length(of: $0.inline) <= habits.width
    }
    let block = block(value, setting)
    return (isFlow && isShort == true ? [flow, block] : [block, flow]).compactMap(\.self)
  }

  /// Returns a value between brackets or braces, on one line.
  private func flow(_ value: Node) -> [UInt8]? {
    let separator = Array(", ".utf8)
    switch value.kind {
    case .array:
      let elements = value.elements.compactMap(flow)
      guard elements.count == value.count else { return nil }
      return [UInt8(ascii: "[")] + elements.joined(separator: separator) + [UInt8(ascii: "]")]
    case .object:
      let members = value.members.compactMap { member -> [UInt8]? in
        guard let key = key(member.key.text ?? "", isFlow: true), let own = flow(member.value)
        else {
          return nil
        }
        return key + Array(": ".utf8) + own
      }
      guard members.count == value.count else { return nil }
      return [UInt8(ascii: "{")] + members.joined(separator: separator) + [UInt8(ascii: "}")]
    default:
      let setting = Setting(
        isInFlow: true, isElement: false, column: 0, inlineColumn: 0, outer: 0, name: "")
      return renderings(of: value, in: setting).first?.inline
    }
  }

  /// Returns a key as it is written before its colon.
  func key(_ name: String, isFlow: Bool) -> [UInt8]? {
    if isJSON { return Array(JSONText.string(name).text.utf8) }
    var setting = YAMLScalarText.Setting()
    setting.isFlow = isFlow
    return [YAMLStyle.plain, .singleQuoted, .doubleQuoted].lazy
      .compactMap { YAMLScalarText(name, $0, in: setting)?.lines.first }.first
  }

  /// Returns a list or a mapping in lines of its own.
  ///
  /// As an element it begins behind the dash; under a key in the line below.
  private func block(_ value: Node, _ setting: Setting) -> YAMLRendering? {
    let column =
      setting.outer < 0
      ? 0 : setting.isElement ? setting.column + 2 : setting.column + habits.step(of: value.kind)
    var lines: [[UInt8]] = []
    for part in parts(of: value, at: column, under: setting.name) {
      guard let part else { return nil }
      lines += part
    }
    guard let first = lines.first else { return nil }
    guard setting.isElement || setting.outer < 0 else {
      return YAMLRendering(inline: [], below: lines)
    }
    return YAMLRendering(inline: Array(first.dropFirst(column)), below: Array(lines.dropFirst()))
  }

  private func parts(of value: Node, at column: Int, under name: String) -> [[[UInt8]]?] {
    value.kind == .array
      ? value.elements.map { part($0, key: nil, at: column, name).first }
      : value.members.map { part($0.value, key: $0.key.text ?? "", at: column, name).first }
  }

  /// Returns the ways to write one part of a list or mapping as whole lines.
  ///
  /// - Parameters:
  ///   - value: What it says.
  ///   - key: The key of a member; `nil` for an element.
  ///   - column: The column of the key or the dash.
  ///   - name: The key of the container.
  ///   - isFlow: Whether its neighbours stand between brackets or braces.
  /// - Returns: The ways, the best one first.
  func part(
    _ value: Node, key: String?, at column: Int, _ name: String, isFlow: Bool? = nil
  ) -> [[[UInt8]]] {
    var lead = [UInt8](repeating: 0x20, count: column)
    if let key {
      guard let written = self.key(key, isFlow: false) else { return [] }
      lead += written + [UInt8(ascii: ":")]
    } else {
      lead.append(UInt8(ascii: "-"))
    }
    let setting = Setting(
      isInFlow: false, isElement: key == nil, column: column,
      inlineColumn: YAMLWrapping.length(of: lead) + 1, outer: column, name: key ?? name,
      isFlow: isFlow)
    return renderings(of: value, in: setting).map { written in
      [lead + (written.inline.isEmpty ? [] : [0x20] + written.inline)] + written.below
    }
  }
}
