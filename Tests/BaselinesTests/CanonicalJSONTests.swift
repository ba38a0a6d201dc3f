import Baselines
import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

/// Numbers and their form in ECMA-262, from the table of RFC 8785, appendix B.
@Test(arguments: [
  ("0", "0"), ("-0", "0"), ("5e-324", "5e-324"),
  ("1.7976931348623157e308", "1.7976931348623157e+308"),
  ("9007199254740992", "9007199254740992"), ("295147905179352830000", "295147905179352830000"),
  ("1e23", "1e+23"), ("1e21", "1e+21"), ("999999999999999900000", "999999999999999900000"),
  ("0.000001", "0.000001"), ("1e-7", "1e-7"), ("333333333.33333325", "333333333.33333325"),
  ("-0.0000033333333333333333", "-0.0000033333333333333333"), ("4.50", "4.5"), ("2e-3", "0.002"),
  ("0.000000000000000000000000001", "1e-27"), ("1E30", "1e+30"),
])
func `a number has one form`(_ number: String, _ expected: String) throws {
  let path = try #require(RepoPath("a.json"))
  var report = Report()
  let tree = JSONReader.tree(of: SourceFile(path: path, bytes: Array(number.utf8)), into: &report)
  let bytes = CanonicalJSON.bytes(of: try #require(tree?.root))
  #expect(String(decoding: bytes, as: UTF8.self) == expected)
}

@Test func `members are sorted by UTF-16 and texts escaped as little as can be`() {
  let value = CanonicalJSON.object([
    "\u{20ac}": .string("Euro"), "\r": .string("\u{8}\"\\\u{1f}/é"),
    "1": .array([.bool(true), .null]),
    "\u{1F600}": .integer(1), "\u{FB33}": .object([:]),
  ])
  #expect(
    value.text
      == "{\"\\r\":\"\\b\\\"\\\\\\u001f/é\",\"1\":[true,null],\"\u{20ac}\":\"Euro\",\"\u{1F600}\":1,\"\u{FB33}\":{}}"
  )
}

@Test func `a node is written as the value that it holds`() throws {
  let path = try #require(RepoPath("a.json"))
  var report = Report()
  let text = #"""
    {"\u20ac": "Euro", "b": [1, 2.50, true, false, null, {}], "a\u0301": "", "aa": "\u0001\"\\/é\n",
     "\ud83d\ude00": 1, "\ufb33": [], "a": -0}
    """#
  let tree = JSONReader.tree(of: SourceFile(path: path, bytes: Array(text.utf8)), into: &report)
  let value = CanonicalJSON.object([
    "\u{20ac}": .string("Euro"),
    "b": .array([.integer(1), .number(2.5), .bool(true), .bool(false), .null, .object([:])]),
    "a\u{301}": .string(""), "aa": .string("\u{1}\"\\/é\n"), "\u{1F600}": .integer(1),
    "\u{FB33}": .array([]), "a": .integer(0),
  ])
  #expect(
    String(decoding: CanonicalJSON.bytes(of: try #require(tree?.root)), as: UTF8.self) == value.text
  )
}
