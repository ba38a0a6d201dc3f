import Clibyaml
package import Diagnostics
import Glibc
package import SourceText

/// Reads YAML 1.2 (core schema) into a ``SyntaxTree`` through the events of libyaml.
///
/// libyaml reads YAML 1.1 syntax, which for files as people write them is the same; what scalars
/// mean is decided here (``CoreScalar``), as YAML 1.2 has it.
package struct YAMLReader {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - range: The stretch to read, as for the head of a Markdown file; `nil` is all of it.
  ///   - limits: How much to take.
  ///   - report: Where findings go.
  /// - Returns: The tree, or `nil` where there is none to use; the report then says why.
  package static func tree(
    of file: SourceFile, range: Range<Int>? = nil, limits: SyntaxLimits = .init(),
    into report: inout Report
  ) -> SyntaxTree? {
    guard let isASCII = TextCheck(file, limits, isYAML: true).run(into: &report) else { return nil }
    return file.bytes.withUnsafeBufferPointer { source in
      let range = withoutMark(range ?? 0..<source.count, source)
      if !isASCII, let separator = lineSeparator(in: source, range) {
        report.error(
          .lineSeparator, "some readers take this character for the end of a line, others do not",
          at: SourceRange(file.path, separator), help: "Replace it by a space or a line break")
        return nil
      }
      var reader = YAMLEventReader(
        file: file, source: source, range: range, isASCII: isASCII, limits: limits)
      let isWhole = reader.run()
      report.merge(reader.report)
      guard isWhole else { return nil }
      let tree = reader.builder.tree(of: file)
      if limits.tellsHidden { tree.checkDecoded(into: &report) }
      return tree
    }
  }

  /// Returns the first U+0085, U+2028 or U+2029: line ends to libyaml and YAML 1.1, not to YAML 1.2.
  private static func lineSeparator(
    in source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Range<Int>? {
    for offset in range where source[offset] >= 0x80 {
      let rest = source[offset..<range.upperBound]
      if rest.starts(with: "\u{85}".utf8) { return offset..<(offset + 2) }
      if rest.starts(with: "\u{2028}".utf8) || rest.starts(with: "\u{2029}".utf8) {
        return offset..<(offset + 3)
      }
    }
    return nil
  }

  /// Returns a range without a byte order mark at its start.
  private static func withoutMark(
    _ range: Range<Int>, _ source: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    let hasMark = source[range].starts(with: [0xEF, 0xBB, 0xBF])
    return hasMark ? (range.lowerBound + 3)..<range.upperBound : range
  }
}

/// The loop over libyaml's events.
struct YAMLEventReader {
  /// A mapping or sequence that is being read.
  private struct Container {
    let node: Int
    let isObject: Bool
    let isFlow: Bool
    var count = 0
    var awaitsKey: Bool
    /// Where its last child ends.
    var stop: Int
  }

  let file: SourceFile
  let source: UnsafeBufferPointer<UInt8>
  let limits: SyntaxLimits
  var builder: TreeBuilder
  var report = Report()
  private var offsets: MarkOffsets
  private let range: Range<Int>
  private var stack: [Container] = []
  /// The node that each anchor names; its `end` is 0 while it is being read.
  private var anchors: [String: Int] = [:]
  private var aliasNodes = 0
  private var documents = 0

  init(
    file: SourceFile, source: UnsafeBufferPointer<UInt8>, range: Range<Int>, isASCII: Bool,
    limits: SyntaxLimits
  ) {
    self.file = file
    self.source = source
    self.range = range
    self.limits = limits
    builder = TreeBuilder(capacity: range.count / 12 + 8)
    offsets = MarkOffsets(source: source, range: range, isASCII: isASCII)
  }

  /// Reads all events.
  ///
  /// - Returns: Whether the nodes make a tree.
  mutating func run() -> Bool {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return false }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(
      &parser, source.baseAddress.map { $0 + range.lowerBound }, range.count)
    var isWhole = true
    while isWhole {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else {
        let fault = YAMLFault(
          parser, offsets: offsets, file: file, source: source, range: range)
        // Characters that libyaml does not take are told already, each at its place; so is a text that a comment
        // cuts, whose rest fits nowhere.
        let isTold =
          limits.tellsHidden && fault.isHiddenCharacter
          || report.diagnostics.last.map { $0.code == .hiddenText && fault.follows($0.range) }
            ?? false
        if !isTold { report.add(fault.diagnostic) }
        return false
      }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { break }
      isWhole = take(event)
    }
    if isWhole, builder.nodes.isEmpty {
      report.error(
        .emptyYAML, "the file is empty", at: place(range.lowerBound..<range.lowerBound),
        help: "Write the record, or remove the file")
      return false
    }
    return isWhole
  }

  private func place(_ offsets: Range<Int>) -> SourceRange { SourceRange(file.path, offsets) }

  private mutating func take(_ event: yaml_event_t) -> Bool {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return begin(event)
    case YAML_SCALAR_EVENT: return addScalar(event)
    case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT: return open(event)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      close(event)
      return true
    case YAML_ALIAS_EVENT: return addAlias(event)
    default: return true
    }
  }

  private mutating func begin(_ event: yaml_event_t) -> Bool {
    let span = span(of: event)
    documents += 1
    guard documents == 1 else {
      report.error(
        .severalDocuments, "the file has more than one YAML document", at: place(span),
        help: "Keep one document a file: remove this '---' and what follows, or split the file")
      return false
    }
    if let version = event.data.document_start.version_directive,
      version.pointee.major != 1 || version.pointee.minor != 2
    {
      report.error(
        .yamlVersion, "registrar reads YAML 1.2, and this file says another version",
        at: place(span), help: "Remove the %YAML line")
      return false
    }
    return true
  }

  private mutating func span(of event: yaml_event_t) -> Range<Int> {
    let start = offsets.offset(of: event.start_mark.index)
    let stop = offsets.offset(of: event.end_mark.index)
    return start..<max(start, stop)
  }

  // MARK: Containers

  private mutating func open(_ event: yaml_event_t) -> Bool {
    let span = span(of: event)
    let isObject = event.type == YAML_MAPPING_START_EVENT
    let isFlow =
      isObject
      ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    guard stack.count < limits.depth else {
      report.tooDeep(at: place(span), limits)
      return false
    }
    if let top = stack.last, top.awaitsKey {
      report.error(
        .complexKey, "a key is a text, not a mapping or a list", at: place(span),
        help: "Quote it if it is meant as text: brackets and braces begin lists and mappings")
      return false
    }
    let tag = isObject ? event.data.mapping_start.tag : event.data.sequence_start.tag
    guard checkTag(tag, allowed: isObject ? "map" : "seq", at: span), hasRoom(at: span) else {
      return false
    }
    let node = builder.open(isObject ? .object : .array, at: span.lowerBound)
    let anchor = isObject ? event.data.mapping_start.anchor : event.data.sequence_start.anchor
    if let anchor { anchors[String(cString: anchor)] = node }
    stack.append(
      Container(
        node: node, isObject: isObject, isFlow: isFlow, awaitsKey: isObject,
        stop: span.upperBound))
    return true
  }

  private mutating func close(_ event: yaml_event_t) {
    let container = stack.removeLast()
    let stop = container.isFlow ? span(of: event).upperBound : container.stop
    builder.close(container.node, at: stop, count: container.count)
    if container.isObject {
      let nodes = builder
      DuplicateKeys(in: source).find(in: nodes, at: container.node) { key, earlier in
        report.duplicateKey(.duplicateYAMLKey, nodes.nodes[key], nodes.nodes[earlier], in: file)
      }
    }
    added(stop: stop)
  }

  /// Notes that the innermost container has one more key, value or element.
  private mutating func added(stop: Int) {
    guard !stack.isEmpty else { return }
    let top = stack.count - 1
    stack[top].stop = stop
    if stack[top].awaitsKey {
      stack[top].awaitsKey = false
    } else {
      stack[top].count += 1
      stack[top].awaitsKey = stack[top].isObject
    }
  }

  private mutating func hasRoom(at span: Range<Int>) -> Bool {
    guard builder.nodes.count < limits.nodes else {
      report.tooManyNodes(at: place(span), limits)
      return false
    }
    return true
  }

  private mutating func checkTag(
    _ tag: UnsafeMutablePointer<UInt8>?, allowed: String, at span: Range<Int>
  ) -> Bool {
    guard let tag else { return true }
    let text = String(cString: tag)
    guard text != "tag:yaml.org,2002:" + allowed, text != "!" else { return true }
    report.error(
      .unknownTag, "the tag '\(text)' is not one that registrar reads", at: place(span),
      help: "Remove the tag, or quote the text if its '!' is part of it")
    return false
  }

  // MARK: Scalars

  private mutating func addScalar(_ event: yaml_event_t) -> Bool {
    var span = span(of: event)
    guard hasRoom(at: span) else { return false }
    let scalar = event.data.scalar
    let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let style = scalar.style
    let isKey = stack.last?.awaitsKey ?? false
    var tagSpan = span
    if scalar.tag != nil || scalar.anchor != nil {
      span = withoutProperties(span)
      tagSpan = trimmed(tagSpan.lowerBound..<span.lowerBound)
    }
    if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE {
      span = trimmed(span)
    }
    if let anchor = scalar.anchor { anchors[String(cString: anchor)] = builder.nodes.count }
    if isKey, !checkKey(text, style, at: span) { return false }
    let isPlain = style == YAML_PLAIN_SCALAR_STYLE
    var type = isPlain && !isKey ? CoreScalar(text) : .string
    if let tag = scalar.tag, !isKey {
      guard let tagged = CoreScalar(text, tag: String(cString: tag)) else {
        return checkTag(tag, allowed: "", at: tagSpan)
      }
      type = tagged
    }
    let inner =
      style == YAML_DOUBLE_QUOTED_SCALAR_STYLE || style == YAML_SINGLE_QUOTED_SCALAR_STYLE
      ? (span.lowerBound + 1)..<max(span.lowerBound + 1, span.upperBound - 1) : span
    switch type {
    case .null: builder.scalar(.null, span: span, text: span)
    case .bool(let value): builder.scalar(value ? .true : .false, span: span, text: span)
    case .number where CoreScalar.isJSONNumber(text) && isPlain:
      builder.scalar(.number, span: span, text: span)
    case .number: builder.scalar(.number, span: span, decoded: CoreScalar.jsonNumber(text))
    case .string where isStretch(inner, of: text):
      if isPlain { tellHidden(after: span) }
      builder.scalar(.string, span: span, text: inner)
    case .string:
      if isPlain { tellHidden(after: span) }
      builder.scalar(.string, span: span, decoded: text)
    case .refused(let fault):
      report.add(fault.diagnostic(at: place(span), text: file.text(of: span)))
      builder.scalar(.string, span: span, decoded: text)
    }
    added(stop: span.upperBound)
    return true
  }

  /// Tells of `Risk #26`: YAML reads the text `Risk` and a comment.
  ///
  /// A comment that is set apart is one; what goes on behind one space in a sentence, or has a number, is text that
  /// nobody would read any more.
  private mutating func tellHidden(after span: Range<Int>) {
    let end = span.upperBound
    var mark = end
    while mark < range.upperBound, source[mark] == 0x20 { mark += 1 }
    guard mark > end, mark < range.upperBound, source[mark] == UInt8(ascii: "#") else { return }
    var stop = mark
    while stop < range.upperBound, source[stop] != 0x0A, source[stop] != 0x0D { stop += 1 }
    while source[stop - 1] <= 0x20 { stop -= 1 }
    if mark == end + 1, source[span].contains(where: { $0 <= 0x20 }) {
      let line = file.text(of: span.lowerBound..<stop)
      let isShown = line.utf8.count <= 60 && !line.contains("'") && !line.contains("\n")
      report.error(
        .hiddenText,
        "'\(file.text(of: mark..<stop))' is a comment here and not part of the text",
        at: place(mark..<stop),
        help: "Put the whole text in quotes" + (isShown ? ": '\(line)'" : "")
          + ", or write two spaces before a comment")
      return
    }
    guard mark + 1 < stop, source[mark + 1] &- UInt8(ascii: "0") <= 9 else { return }
    stop = mark
    while stop < range.upperBound, source[stop] > 0x20 { stop += 1 }
    report.warning(
      .hiddenNumber, "'\(file.text(of: mark..<stop))' is a comment here and not part of the text",
      at: place(mark..<stop),
      help: "Put the whole text in quotes, or write '# ' if it is a comment")
  }

  /// Whether the source has exactly `text` at `range`, so that no copy is needed.
  private func isStretch(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard range.count == text.count, let base = text.baseAddress, let start = source.baseAddress
    else { return text.isEmpty && range.isEmpty }
    return memcmp(start + range.lowerBound, base, text.count) == 0
  }

  /// The start mark of a scalar lies before its anchor and tag.
  private func withoutProperties(_ span: Range<Int>) -> Range<Int> {
    var start = span.lowerBound
    while start < span.upperBound, source[start] == 0x26 || source[start] == 0x21 {
      while start < span.upperBound, source[start] > 0x20 { start += 1 }
      while start < span.upperBound, source[start] <= 0x20 { start += 1 }
    }
    return start..<span.upperBound
  }

  /// The end mark of a block scalar lies behind the blank lines that follow it.
  private func trimmed(_ span: Range<Int>) -> Range<Int> {
    var stop = span.upperBound
    while stop > span.lowerBound + 1, source[stop - 1] <= 0x20 { stop -= 1 }
    return span.lowerBound..<stop
  }

  private mutating func checkKey(
    _ text: UnsafeBufferPointer<UInt8>, _ style: yaml_scalar_style_t, at span: Range<Int>
  ) -> Bool {
    guard style == YAML_PLAIN_SCALAR_STYLE else { return true }
    if text.isEmpty {
      report.error(
        .emptyKey, "the key is missing", at: place(span),
        help: "Write a key before the ':', or quote the text if its ':' is part of it")
      return false
    }
    if text.elementsEqual("<<".utf8) {
      report.error(
        .mergeKey, "merge keys ('<<') are not part of YAML 1.2", at: place(span),
        help: "Write the fields out")
      return false
    }
    return true
  }

  // MARK: Aliases

  private mutating func addAlias(_ event: yaml_event_t) -> Bool {
    let span = span(of: event)
    let name = event.data.alias.anchor.map { String(cString: $0) } ?? ""
    guard let node = anchors[name] else {
      report.error(
        .undefinedAlias, "there is no anchor '&\(name)' before this alias", at: place(span),
        help: "Quote the text if its '*' is part of it")
      return false
    }
    let end = Int(builder.nodes[node].end)
    guard end > node else {
      report.error(
        .recursiveAlias, "the alias '*\(name)' stands inside of what it names", at: place(span),
        help: "Write the value out")
      return false
    }
    if stack.last?.awaitsKey == true, builder.nodes[node].kind != .string {
      report.error(
        .complexKey, "a key is a text, and '*\(name)' names something else", at: place(span),
        help: "Write the key out")
      return false
    }
    aliasNodes += end - node
    guard aliasNodes <= limits.aliasNodes else {
      report.error(
        .tooManyAliases,
        "the aliases of this file stand for more than \(limits.aliasNodes) values",
        at: place(span), help: "Write the values out")
      return false
    }
    builder.copy(node..<end)
    added(stop: span.upperBound)
    return true
  }
}
