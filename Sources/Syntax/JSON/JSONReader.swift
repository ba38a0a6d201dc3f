package import Diagnostics
package import SourceText

/// Reads JSON (RFC 8259) into a ``SyntaxTree``.
///
/// Numbers keep their digits, whatever their size. Depth is bounded by an explicit stack, not by the
/// machine's.
package struct JSONReader {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - limits: How much to take.
  ///   - report: Where findings go.
  /// - Returns: The tree, or `nil` where there is none to use; the report then says why.
  package static func tree(
    of file: SourceFile, limits: SyntaxLimits = .init(), into report: inout Report
  ) -> SyntaxTree? {
    guard TextCheck(file, limits).run(into: &report) != nil else { return nil }
    return file.bytes.withUnsafeBufferPointer { source in
      var parser = JSONParser(file: file, source: source, limits: limits)
      let isWhole = parser.run()
      report.merge(parser.report)
      guard isWhole else { return nil }
      let tree = parser.builder.tree(of: file)
      if limits.tellsHidden { tree.checkDecoded(into: &report) }
      return tree
    }
  }
}

/// The state of one reading.
struct JSONParser {
  private struct Container {
    let node: Int
    let isObject: Bool
    var count = 0
  }

  let file: SourceFile
  let source: UnsafeBufferPointer<UInt8>
  let limits: SyntaxLimits
  var builder: TreeBuilder
  var report = Report()
  var offset = 0
  private var stack: [Container] = []

  init(file: SourceFile, source: UnsafeBufferPointer<UInt8>, limits: SyntaxLimits) {
    self.file = file
    self.source = source
    self.limits = limits
    builder = TreeBuilder(capacity: source.count / 12 + 4)
    if file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// Reads the one value of the file.
  ///
  /// - Returns: Whether the nodes make a tree.
  mutating func run() -> Bool {
    skipSpace()
    guard offset < source.count else {
      return fail(.emptyJSON, "the file is empty", offset..<offset, help: "Write a value")
    }
    repeat {
      guard value() else { return false }
      // After a value: what closes, or leads to the next value.
      while true {
        skipSpace()
        guard let top = stack.last else { break }
        guard let byte = peek else { return unclosed(top.node) }
        let closing = top.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        if byte == closing {
          offset += 1
          close()
        } else if byte == UInt8(ascii: ",") {
          offset += 1
          guard beginNext(after: offset - 1) else { return false }
          break
        } else {
          return missingComma(top.isObject, top.node)
        }
      }
    } while !stack.isEmpty
    guard offset == source.count else {
      return fail(
        .extraJSON, "there is more after the end of the value", offset..<(offset + 1),
        help: "Remove it, or put the values in a list")
    }
    return true
  }

  var peek: UInt8? { offset < source.count ? source[offset] : nil }

  mutating func skipSpace() {
    while offset < source.count {
      switch source[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  mutating func fail(
    _ code: Diagnostic.Code, _ message: Diagnostic.Message, _ range: Range<Int>,
    related: [Diagnostic.Label] = [], help: String, remedy: Remedy? = nil
  ) -> Bool {
    let end = min(range.upperBound, source.count)
    report.error(
      code, message, at: SourceRange(file.path, min(range.lowerBound, end)..<end),
      related: related, help: help, remedy: remedy)
    return false
  }

  private mutating func unclosed(_ node: Int) -> Bool {
    let start = Int(builder.nodes[node].start)
    let isObject = builder.nodes[node].kind == .object
    return fail(
      .unclosedJSON, "this \(isObject ? "object" : "array") is not closed", start..<(start + 1),
      help: "Add '\(isObject ? "}" : "]")'")
  }

  private mutating func missingComma(_ isObject: Bool, _ node: Int) -> Bool {
    let start = Int(builder.nodes[node].start)
    return fail(
      .unexpectedJSON, "expected ',' or '\(isObject ? "}" : "]")' here", offset..<(offset + 1),
      related: [.init("opened here", at: SourceRange(file.path, start..<(start + 1)))],
      help: "Put a comma between the values")
  }

  /// Reads one value; a container only to the start of its first value.
  private mutating func value() -> Bool {
    while true {
      guard builder.nodes.count < limits.nodes else {
        report.tooManyNodes(at: SourceRange(file.path, offset..<offset), limits)
        return false
      }
      guard let byte = peek else {
        if let top = stack.last { return unclosed(top.node) }
        return fail(.unexpectedJSON, "a value is missing", offset..<offset, help: "Write a value")
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard stack.count < limits.depth else {
          report.tooDeep(at: SourceRange(file.path, offset..<(offset + 1)), limits)
          return false
        }
        let isObject = byte == UInt8(ascii: "{")
        stack.append(
          Container(node: builder.open(isObject ? .object : .array, at: offset), isObject: isObject)
        )
        offset += 1
        skipSpace()
        if peek == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          offset += 1
          close()
          return true
        }
        guard !isObject || key() else { return false }
        skipSpace()
      case UInt8(ascii: "\""):
        return string()
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        return number()
      default:
        return word()
      }
    }
  }

  private mutating func close() {
    let container = stack.removeLast()
    let isEmpty = builder.nodes.count == container.node + 1
    builder.close(container.node, at: offset, count: isEmpty ? 0 : container.count + 1)
    guard container.isObject else { return }
    let nodes = builder
    DuplicateKeys(in: source).find(in: nodes, at: container.node) { key, earlier in
      report.duplicateKey(.duplicateJSONKey, nodes.nodes[key], nodes.nodes[earlier], in: file)
    }
  }

  /// Reads what leads to the next value of a container.
  private mutating func beginNext(after comma: Int) -> Bool {
    let isObject = stack[stack.count - 1].isObject
    stack[stack.count - 1].count += 1
    skipSpace()
    if peek == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      return fail(
        .trailingComma, "there is nothing after this comma", comma..<(comma + 1),
        help: "Remove the comma",
        remedy: Remedy(.replace(SourceRange(file.path, comma..<(comma + 1)), old: ",", new: "")))
    }
    guard isObject else { return true }
    guard key() else { return false }
    skipSpace()
    return true
  }

  private mutating func key() -> Bool {
    guard peek == UInt8(ascii: "\"") else {
      if let top = stack.last, peek == nil { return unclosed(top.node) }
      return fail(
        .unexpectedJSON, "a key in double quotes is missing here", offset..<(offset + 1),
        help: "Write \"key\": value")
    }
    guard string() else { return false }
    skipSpace()
    guard peek == UInt8(ascii: ":") else {
      return fail(
        .unexpectedJSON, "the ':' between key and value is missing", offset..<(offset + 1),
        help: "Write \"key\": value")
    }
    offset += 1
    return true
  }
}
