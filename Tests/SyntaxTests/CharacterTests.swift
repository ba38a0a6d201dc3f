import Diagnostics
import RegistrarTestSupport
import SourceText
import Syntax
import Testing

/// Reads a file by the syntax that its name says and returns what is found, with the places.
private func read(_ text: String, _ name: String) -> [Finding] {
  let file = MarkedText(text).file(name)
  var report = Report()
  let limits = SyntaxLimits(tellsHidden: true)
  if name.hasSuffix(".csv") {
    _ = CSVReader.table(of: file, limits: limits, into: &report)
  } else if name.hasSuffix(".md") {
    _ = MarkdownReader.document(of: file, requiresHead: false, limits: limits, into: &report)
  } else {
    _ = ValueFile.tree(of: file, limits: limits, into: &report)
  }
  return report.sorted.map { Finding($0.code, $0.range.offsets) }
}

/// Makes a text of one character that no literal may have.
private func sign(_ number: UInt32) -> String {
  Unicode.Scalar(number).map { String($0) } ?? ""
}

@Test(arguments: ["a.yaml", "a.json", "a.csv", "a.md"])
func `hidden characters are told at their place in every syntax`(_ name: String) {
  let signs: [(Diagnostic.Code, String)] = [
    (.controlSign, "\u{7F}"), (.controlSign, "\u{90}"), (.bidirectional, "\u{202E}"),
    (.bidirectional, "\u{200F}"), (.zeroWidth, "\u{200B}"), (.zeroWidth, "\u{FEFF}"),
    (.zeroWidth, "\u{AD}"), (.privateUse, "\u{F0B7}"), (.privateUse, "\u{10FFFD}"),
    (.nonCharacter, sign(0xFFFF)), (.nonCharacter, sign(0xFDD0)), (.nonCharacter, sign(0x1FFFE)),
  ]
  for (code, sign) in signs {
    let text =
      switch name {
      case "a.yaml": "t: é1️⃣\(sign)2️⃣b\n"
      case "a.json": "{\"t\": \"é1️⃣\(sign)2️⃣b\"}\n"
      case "a.csv": "t\né1️⃣\(sign)2️⃣b\n"
      default: "é1️⃣\(sign)2️⃣b\n"
      }
    #expect(read(text, name) == [Finding(code, MarkedText(text).offsets(1, 2))], "\(sign.visible)")
  }
}

@Test(arguments: [
  ("a.yaml", #"t: 1️⃣"a\e[2J"2️⃣"#, Diagnostic.Code.controlSign),
  ("a.yaml", #"t: 1️⃣"a\0"2️⃣"#, .controlSign), ("a.yaml", #"t: 1️⃣"\x0C"2️⃣"#, .controlSign),
  ("a.yaml", #"t: 1️⃣"a\u202Eb"2️⃣"#, .bidirectional), ("a.yaml", #"t: 1️⃣"\uFFFF"2️⃣"#, .nonCharacter),
  ("a.yaml", #"1️⃣"a\u200B"2️⃣: 1"#, .zeroWidth), ("a.json", #"{"t": 1️⃣"\u001b"2️⃣}"#, .controlSign),
  ("a.json", #"{"t": 1️⃣"\uE000"2️⃣}"#, .privateUse), ("a.md", "a1️⃣&#8203;2️⃣b\n", .zeroWidth),
  ("a.md", "a1️⃣&#x202e;2️⃣b\n", .bidirectional), ("a.md", "---\nt: 1️⃣\"\\x07\"2️⃣\n---\n", .controlSign),
])
func `hidden characters that escapes stand for are told`(
  _ name: String, _ text: String, _ code: Diagnostic.Code
) {
  #expect(read(text, name) == [Finding(code, MarkedText(text).offsets(1, 2))])
}

@Test(arguments: [
  "£ 5 – ‘a’ “b” …", "👨‍👩‍👧 ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "می‌خواهم", "क्‍ष", "e\u{301} ½ ﬁ 中文", "a\u{A0}b", "\u{FFFD}",
])
func `what people write is no hidden character`(_ text: String) {
  #expect(read("t: \(text)\n", "a.yaml") == [])
  #expect(read("{\"t\": \"\(text)\\n\\t\"}\n", "a.json") == [])
}

@Test func `a joiner that joins nothing and a tag without a flag are hidden`() {
  #expect(read("t: a\u{200D}b", "a.yaml").map(\.code) == ["character/zero-width"])
  #expect(read("t: a\u{E0062}b", "a.yaml").map(\.code) == ["character/zero-width"])
}

@Test func `of very many hidden characters the first are told, and how many there are`() {
  let findings = read("t: " + String(repeating: "\u{200B}", count: 10_000), "a.yaml")
  #expect(findings.count == 101)
}

@Test(arguments: [
  ("\u{200B}", "U+200B ZERO WIDTH SPACE"), ("\u{A0}", "U+00A0 NO-BREAK SPACE"),
  ("\u{1F600}", "U+1F600 GRINNING FACE"),
])
func `a character is named by its number and by Unicode`(_ sign: String, _ name: String) {
  #expect(sign.unicodeScalars.first?.named == name)
}

@Test func `a file of JSON is read as JSON`() {
  #expect(read("{\"t\": \"\\ud83d\\ude00\"}", "a.json") == [])
  #expect(read("{t: 1}", "a.json").map(\.code) == ["json/unexpected"])
  #expect(read("{\"t\": 1,}", "a.json").map(\.code) == ["json/trailing-comma"])
  #expect(read("{t: 1,}", "a.yaml") == [])
}
