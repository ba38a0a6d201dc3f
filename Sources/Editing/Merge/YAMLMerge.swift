import Comparison
import Registry
import SourceText
import Syntax

/// A merge of YAML by its values: members of mappings by key, elements of lists by theirs or by what
/// they say.
///
/// Text is moved, with its comments, and never written anew.
struct YAMLMerge {
  let register: Register?
  /// What the elements of lists are known by, as the schema says, in all versions.
  let keys: ElementKeys
  /// Whether the text as a whole is a list of the register's records.
  let isList: Bool

  /// The text cannot be merged in parts.
  struct Indivisible: Error {}

  /// A part of one version.
  struct Source {
    let version: YAMLVersion
    let part: YAMLPart
    /// Whether it stands between brackets.
    var isFlow = false
    var isRoot = false

    var digest: ValueDigest { version.digest(of: part.value) }
    var text: [UInt8] { version.bytes(part.range) }
    var lead: [UInt8] { version.bytes(part.lead) }
    var kind: RawNode.Kind { part.value.kind }

    var cut: YAMLCut? { YAMLCut(part.value, in: part.range, isRoot: isRoot) }

    /// All of a version, or of its stretch.
    init(_ version: YAMLVersion, root: Node, in range: Range<Int>) {
      self.version = version
      part = YAMLPart(
        lead: range.lowerBound..<range.lowerBound, range: range, column: 0, key: nil, value: root)
      isRoot = true
    }

    fileprivate init(_ version: YAMLVersion, _ part: YAMLPart, isFlow: Bool) {
      self.version = version
      self.part = part
      self.isFlow = isFlow
    }
  }

  /// What a merge makes of a container: its text, and what it says where one side is taken in conflicts.
  struct Contents {
    var text: MergeText
    let ours: ValueDigest
    let theirs: ValueDigest
    /// How many bytes stand before it in its line.
    let column: Int
  }

  /// What a merge makes of a part.
  private struct Result {
    enum Body {
      case text(MergeText)
      case conflict(ours: Source?, theirs: Source?)
    }
    let key: String?
    var lead: [UInt8]
    let body: Body
    let column: Int
    let isFlow: Bool
    let ours: ValueDigest?
    let theirs: ValueDigest?
  }

  /// Merges all of three versions; `nil` where that cannot be made part by part.
  func whole(_ base: Source?, _ ours: Source, _ theirs: Source) -> Contents? {
    guard let result = merge(base, ours, theirs, isNamed: true),
      case .text(let text) = result.body, let one = result.ours, let two = result.theirs
    else { return nil }
    return Contents(text: text, ours: one, theirs: two, column: 0)
  }

  // MARK: Parts

  private func taken(_ source: Source, lead: [UInt8]) -> Result {
    Result(
      key: source.part.key, lead: lead, body: .text(MergeText(source.text)),
      column: source.part.column, isFlow: source.isFlow, ours: source.digest,
      theirs: source.digest)
  }

  private func conflict(_ ours: Source?, _ theirs: Source?) -> Result {
    Result(
      key: (ours ?? theirs)?.part.key, lead: [], body: .conflict(ours: ours, theirs: theirs),
      column: 0, isFlow: false, ours: ours?.digest, theirs: theirs?.digest)
  }

  /// Merges a part; `nil` where it is gone.
  private func merge(
    _ base: Source?, _ ours: Source?, _ theirs: Source?, isNamed: Bool
  ) -> Result? {
    guard let ours, let theirs else {
      guard let left = ours ?? theirs else { return nil }
      guard let base else { return taken(left, lead: left.lead) }
      return left.digest == base.digest ? nil : conflict(ours, theirs)
    }
    let lead = Self.lead(base?.lead ?? [], ours.lead, theirs.lead)
    let isSame = ours.digest == theirs.digest
    let (weChanged, theyChanged) = (ours.digest != base?.digest, theirs.digest != base?.digest)
    if isSame, ours.text == theirs.text { return taken(ours, lead: lead) }
    if let base, !theyChanged, theirs.text == base.text { return taken(ours, lead: lead) }
    if let base, !weChanged, ours.text == base.text { return taken(theirs, lead: lead) }
    let value = isSame || !theyChanged ? ours.digest : weChanged ? nil : theirs.digest
    if value != nil || isNamed,
      let contents = try? contents(base, ours, theirs),
      value == nil || contents.ours == value && contents.theirs == value
    {
      return Result(
        key: ours.part.key, lead: lead, body: .text(contents.text), column: contents.column,
        isFlow: ours.isFlow && theirs.isFlow, ours: contents.ours, theirs: contents.theirs)
    }
    guard let value else { return conflict(ours, theirs) }
    return taken(value == ours.digest ? ours : theirs, lead: lead)
  }

  /// Merges the comments before a part: what they have and we have not comes behind ours.
  private static func lead(_ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]) -> [UInt8] {
    if ours == base { return theirs }
    if theirs == base || ours == theirs { return ours }
    let known = Set((ours + base).split(separator: 0x0A).map(Array.init))
    let new = theirs.split(separator: 0x0A).map(Array.init).filter { line in
      line.contains { $0 != 0x20 } && !known.contains(line)
    }
    return ours + new.flatMap { $0 + [0x0A] }
  }

  // MARK: Containers

  /// Merges what is in a container.
  ///
  /// - Parameters:
  ///   - base: The container as both had it; `nil` where both added it.
  ///   - ours: The container of one side.
  ///   - theirs: That of the other.
  /// - Returns: What the merge makes of it.
  /// - Throws: `Indivisible` where that cannot be made by moving text.
  private func contents(
    _ base: Source?, _ ours: Source, _ theirs: Source
  ) throws(Indivisible) -> Contents {
    let kind = ours.kind
    let base = base?.kind == kind ? base : nil
    guard kind == theirs.kind, kind == .array || kind == .object && base != nil,
      let one = ours.cut, let two = theirs.cut
    else { throw Indivisible() }
    let old = base?.cut
    guard base == nil || old != nil else { throw Indivisible() }
    let lists = elements(
      [old?.parts ?? [], one.parts, two.parts], [base ?? ours, ours, theirs], kind)
    let identities = Identities(base: lists[0], ours: lists[1], theirs: lists[2])
    func places(_ numbers: [Int], _ cut: YAMLCut?, _ source: Source?) -> [Int: Source] {
      guard let cut, let source else { return [:] }
      return Dictionary(
        zip(numbers, cut.parts.map { Source(source.version, $0, isFlow: cut.isFlow) }),
        uniquingKeysWith: { one, _ in one })
    }
    let before = places(identities.base, old, base)
    let (mine, other) = (
      places(identities.ours, one, ours), places(identities.theirs, two, theirs)
    )
    var named = Set<Int>()
    for (numbers, elements) in zip([identities.base, identities.ours, identities.theirs], lists) {
      for (number, element) in zip(numbers, elements) where element.key != nil {
        named.insert(number)
      }
    }
    let isUnnamed = kind == .array && named.count < identities.count
    var results: [Int: Result] = [:]
    for number in 0..<identities.count {
      // Without a key nothing says that two equal changes were meant for the same element.
      if isUnnamed, !named.contains(number), let old = before[number],
        mine[number]?.digest == other[number]?.digest, mine[number]?.digest != old.digest
      {
        throw Indivisible()
      }
      results[number] = merge(
        before[number], mine[number], other[number],
        isNamed: kind == .object || named.contains(number))
    }
    guard
      let order = identities.order(
        keeping: { results[$0] != nil }, mayMove: kind == .object, mayAgree: !isUnnamed,
        precedes: { one, two in
          guard isList, ours.isRoot, let register,
            let left = (mine[one] ?? other[one])?.part.value,
            let right = (mine[two] ?? other[two])?.part.value
          else { return false }
          return register.puts({ left[$0]?.text ?? "" }, before: { right[$0]?.text ?? "" })
        })
    else { throw Indivisible() }
    let parts = order.compactMap { results[$0] }
    func digest(_ side: KeyPath<Result, ValueDigest?>) -> ValueDigest {
      kind == .array
        ? ValueDigest(list: parts.compactMap { $0[keyPath: side] })
        : ValueDigest(
          mapping: parts.compactMap { part in
            part[keyPath: side].map { (part.key ?? "", $0) }
          })
    }
    // Brackets give way to lines.
    let isOurs = !one.isFlow || two.isFlow
    let (frame, cut) = isOurs ? (ours, one) : (theirs, two)
    var (head, foot) = (frame.version.bytes(cut.head), frame.version.bytes(cut.foot))
    if let base, let old, one.isFlow == two.isFlow, old.isFlow == one.isFlow {
      let other = theirs.version.bytes(two.head)
      // What stands before the first part in its line says where the others begin.
      if one.isFlow || head.last == 0x0A && other.last == 0x0A {
        head = merged(base.version.bytes(old.head), head, other)
      }
      foot = merged(base.version.bytes(old.foot), foot, theirs.version.bytes(two.foot))
    }
    let text = try Self.text(parts, head: head, foot: foot, cut, isList: kind == .array)
    return Contents(
      text: text, ours: digest(\.ours), theirs: digest(\.theirs), column: frame.part.column)
  }

  /// Returns the elements of three versions with their keys.
  private func elements(
    _ parts: [[YAMLPart]], _ sources: [Source], _ kind: RawNode.Kind
  ) -> [[Identities.Element]] {
    var names: [[String?]] = parts.map { $0.map(\.key) }
    if kind == .array {
      let isRecords = isList && sources[1].isRoot
      let declared = sources.reversed().lazy.compactMap { keys[$0.part.value] }.first
      let property =
        isRecords
        ? register?.idProperty ?? "id"
        : declared
          ?? ElementMatching.names.first { name in parts.allSatisfy { Self.isKey(name, $0) } }
      if let property { names = parts.map { $0.map { $0.value[property]?.text } } }
      if isRecords {
        let old = Set(names[0].compactMap(\.self))
        for side in 1...2 {
          names[side] = keptKeys(
            names[side], former: parts[side].map(\.value.formerIDs), base: old)
        }
      }
    }
    return zip(zip(parts, names), sources).map { list, source in
      zip(list.0, list.1).map { part, name in
        Identities.Element(key: name, value: source.version.digest(of: part.value))
      }
    }
  }

  /// Whether each of some elements has its own value of a property.
  private static func isKey(_ name: String, _ parts: [YAMLPart]) -> Bool {
    var seen: Set<String> = []
    return parts.allSatisfy { part in
      part.value[name]?.text.map { seen.insert($0).inserted } ?? false
    }
  }

  // MARK: Text

  private static func text(
    _ parts: [Result], head: [UInt8], foot: [UInt8], _ cut: YAMLCut, isList: Bool
  ) throws(Indivisible) -> MergeText {
    guard !parts.isEmpty || cut.isFlow else { throw Indivisible() }
    var text = MergeText(head)
    if cut.isFlow {
      for (position, part) in parts.enumerated() {
        guard part.isFlow, case .text(let body) = part.body, body.conflicts == 0 else {
          throw Indivisible()
        }
        if position > 0 { text.append(cut.separator) }
        text.append(body)
      }
      text.append(foot)
      return text
    }
    let isInline = !head.isEmpty && head.last != 0x0A
    for (position, part) in parts.enumerated() {
      let isBehindDash = position == 0 && isInline
      switch part.body {
      case .conflict(let ours, let theirs):
        guard !isBehindDash else { throw Indivisible() }
        text.append(
          ours: try ours.map { source throws(Indivisible) in
            try lines(
              MergeText(source.text), source.lead, from: source.part.column, source.isFlow, cut,
              isList
            ).text(taking: .ours)
          } ?? [],
          theirs: try theirs.map { source throws(Indivisible) in
            try lines(
              MergeText(source.text), source.lead, from: source.part.column, source.isFlow, cut,
              isList
            ).text(taking: .ours)
          } ?? [])
      case .text(let body):
        guard !isBehindDash || part.lead.isEmpty && !part.isFlow && !body.beginsInConflict else {
          throw Indivisible()
        }
        text.append(
          isBehindDash
            ? try shifted(body, by: cut.column - part.column)
            : try lines(body, part.lead, from: part.column, part.isFlow, cut, isList))
      }
    }
    text.append(foot)
    return text
  }

  /// Returns a part as whole lines in the column of its new place.
  private static func lines(
    _ body: MergeText, _ lead: [UInt8], from column: Int, _ isFlow: Bool, _ cut: YAMLCut,
    _ isList: Bool
  ) throws(Indivisible) -> MergeText {
    let indent = [UInt8](repeating: 0x20, count: cut.column)
    var text = MergeText()
    if isFlow {
      text.append(indent + (isList ? Array("- ".utf8) : []))
      text.append(body)
      text.append([0x0A])
      return text
    }
    text.append(try shifted(lead, by: cut.column - column, isWhole: true, isStrict: false))
    text.append(indent)
    text.append(try shifted(body, by: cut.column - column))
    return text
  }

  /// Moves all lines but the first to the right or left.
  private static func shifted(
    _ text: MergeText, by columns: Int
  ) throws(Indivisible) -> MergeText {
    guard columns != 0 else { return text }
    var result = MergeText()
    for (position, piece) in text.pieces.enumerated() {
      switch piece {
      case .text(let bytes):
        result.append(try shifted(bytes, by: columns, isWhole: position > 0))
      case .conflict(let ours, let theirs):
        result.append(
          ours: try shifted(ours, by: columns, isWhole: true),
          theirs: try shifted(theirs, by: columns, isWhole: true))
      }
    }
    return result
  }

  /// Moves lines to the right or left.
  ///
  /// - Parameters:
  ///   - bytes: The lines.
  ///   - columns: How far to the right.
  ///   - isWhole: Whether the first line is a whole one, to move too.
  ///   - isStrict: Whether a line that begins too far left to be moved is refused; else it stays.
  /// - Returns: The moved lines.
  /// - Throws: `Indivisible` where a line begins too far left.
  private static func shifted(
    _ bytes: [UInt8], by columns: Int, isWhole: Bool, isStrict: Bool = true
  ) throws(Indivisible) -> [UInt8] {
    guard columns != 0 else { return bytes }
    var result: [UInt8] = []
    var isStart = isWhole
    var offset = 0
    while offset < bytes.count {
      let end = (bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
      var line = bytes[offset..<end]
      if isStart, line.contains(where: { $0 != 0x20 && $0 != 0x0A }) {
        let spaces = line.prefix { $0 == 0x20 }.count
        guard spaces + columns >= 0 || !isStrict else { throw Indivisible() }
        line = line.dropFirst(min(spaces, max(0, -columns)))
        result += [UInt8](repeating: 0x20, count: max(0, columns))
      }
      result += line
      isStart = true
      offset = end
    }
    return result
  }
}
