import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

/// Reads YAML that must be without fault and returns it as JSON-like text.
private func read(_ text: String) throws -> String {
  var report = Report()
  let tree = YAMLReader.tree(of: MarkedText(text).file("a.yaml"), into: &report)
  #expect(report.findings == [])
  return describe(try #require(tree?.root))
}

func describe(_ node: Node) -> String {
  switch node.kind {
  case .array: "[" + node.elements.map(describe).joined(separator: ", ") + "]"
  case .object:
    "{"
      + node.members.map { "\($0.key.text ?? "?"): \(describe($0.value))" }.joined(separator: ", ")
      + "}"
  case .string: "'\(node.text ?? "?")'"
  default: node.text ?? "?"
  }
}

@Test(arguments: [
  ("no", "'no'"), ("on", "'on'"), ("1_000", "'1_000'"), ("2016-12-09", "'2016-12-09'"),
  ("10:00", "'10:00'"), ("0o17", "15"), ("0x1F", "31"), (".5", "0.5"), ("5.", "5.0"),
  ("+12", "12"), ("1e3", "1e3"), ("-0", "-0"), ("TRUE", "TRUE"), ("0", "0"), ("1.", "1.0"),
  ("'12'", "'12'"), ("\"a\\u00e9\"", "'aé'"), ("!!str 12", "'12'"), ("!!int 12", "12"),
  ("0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695"), ("1.e5", "1.0e5"), ("+.5", "0.5"),
  ("yes", "'yes'"), ("12e03", "12e03"), ("-", "'-'"), (".", "'.'"), ("0b1", "'0b1'"),
])
func `a plain scalar means what the core schema of YAML 1.2 says`(
  _ text: String, _ value: String
)
  throws
{
  if text == "-" {
    #expect(try read("a: '-'") == "{a: '-'}")
  } else {
    #expect(try read("a: \(text)") == "{a: \(value)}")
  }
}

@Test(arguments: ["~", "null", "Null", "NULL", ""])
func `an empty value is null`(_ text: String) throws {
  var report = Report()
  let file = MarkedText("a: \(text)\n").file("a.yaml")
  let root = try #require(YAMLReader.tree(of: file, into: &report)?.root)
  #expect(root["a"]?.kind == .null)
}

@Test func `block scalars keep or fold their lines`() throws {
  #expect(try read("a: |\n  x\n  y\nb: >-\n  x\n  y\n") == "{a: 'x\ny\n', b: 'x y'}")
}

@Test func `CRLF and a byte order mark are read as LF and nothing`() throws {
  #expect(try read("\u{FEFF}a: 1\r\nb: |\r\n  x\r\n") == "{a: 1, b: 'x\n'}")
}

@Test func `an alias stands for a copy of what its anchor names`() throws {
  #expect(try read("a: &x [1, 2]\nb: *x\n") == "{a: [1, 2], b: [1, 2]}")
}

@Test func `every key and value has its exact place`() throws {
  let marked = MarkedText(
    "1️⃣naïve2️⃣: 3️⃣\"é\"4️⃣\nlist:\n  - 5️⃣{a: 1}6️⃣\n  - text 7️⃣\n")
  var report = Report()
  let root = try #require(
    YAMLReader.tree(of: marked.file("a.yaml"), into: &report)?.root)
  #expect(root.members[0].key.range.offsets == marked.offsets(1, 2))
  #expect(root.members[0].value.range.offsets == marked.offsets(3, 4))
  #expect(root["list"]?.elements[0].range.offsets == marked.offsets(5, 6))
  #expect(root["list"]?.elements[1].text == "text")
}

@Test func `a container ends with its last child and a block scalar with its last line`() throws {
  let marked = MarkedText("a:\n  1️⃣b: |\n    text2️⃣\n\n\n# end\nc: 3️⃣4️⃣\n")
  var report = Report()
  let root = try #require(
    YAMLReader.tree(of: marked.file("a.yaml"), into: &report)?.root)
  #expect(root["a"]?.range.offsets == marked.offsets(1, 2))
  #expect(root["c"]?.range.offsets.lowerBound == marked.offsets(3, 4).lowerBound - 1)
}

@Test func `a part of a file is read with the offsets of the file`() throws {
  let marked = MarkedText("---\nid: 1️⃣É2️⃣\n---\nbody: [\n")
  let file = marked.file("a.md")
  var report = Report()
  let root = try #require(YAMLReader.tree(of: file, range: 4..<11, into: &report)?.root)
  #expect(report.isEmpty)
  #expect(root["id"]?.range.offsets == marked.offsets(1, 2))
}
