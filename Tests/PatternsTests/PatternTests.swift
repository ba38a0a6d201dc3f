import Patterns
import Testing

private struct Case: Sendable {
  let pattern: String
  let text: String
  let isMatch: Bool

  init(_ pattern: String, _ text: String, _ isMatch: Bool) {
    self.pattern = pattern
    self.text = text
    self.isMatch = isMatch
  }
}

private let cases = [
  Case("^a$", "a\n", false), Case("^a*$", "aaa", true), Case("a+", "xxaayy", true),
  Case("^\\d$", "৪", false), Case("^\\d$", "0", true), Case("^\\D$", "৪", true),
  Case("^\\w$", "é", false), Case("^\\W$", "é", true), Case("\\bé", "aé", true),
  Case("^\\s$", "\u{FEFF}", true), Case("^\\s$", "\u{A0}", true), Case("^\\S$", "\u{2029}", false),
  Case("^\\s$", "\u{180E}", false), Case("^[\\s]$", "\u{3000}", true),
  Case("^[^\\S]$", "\u{3000}", true), Case("^.$", "\r", false), Case("^.$", "\u{2028}", false),
  Case("^.$", "🐲", true), Case("^🐲*$", "🐲🐲", true), Case("^🐲*$", "🐲🐉", false),
  Case("^\\ud83d\\udc32$", "🐲", true), Case("^\\u{1F432}$", "🐲", true),
  Case("^[\\ud83d\\udc32]$", "🐲", true), Case("^\\cC$", "\u{3}", true),
  Case("^\\t\\v\\0$", "\t\u{B}\0", true), Case("^\\p{Letter}+$", "Größe", true),
  Case("^\\p{L}$", "1", false), Case("^\\p{gc=Lu}$", "É", true),
  Case("^\\p{General_Category=Decimal_Number}+$", "৪2", true),
  Case("^\\p{Script=Greek}+$", "αβγ", true), Case("^\\p{Script=Greek}+$", "abc", false),
  Case("^\\p{scx=Han}$", "漢", true), Case("^\\p{ASCII}+$", "abc", true),
  Case("^\\P{ASCII}+$", "é", true), Case("^\\p{Alphabetic}$", "é", true),
  Case("^[\\p{L}\\d]+$", "é1", true), Case("^[^\\p{L}]$", "1", true), Case("^\\p{Any}$", "x", true),
  Case("^[]$", "x", false), Case("^[^]$", "\n", true), Case("^[\\b]$", "\u{8}", true),
  Case("^(a)?\\1b$", "b", true), Case("^\\k<x>(?<x>a)\\k<x>$", "aa", true),
  Case("^(?:a|b){2,3}?$", "aba", true), Case("^a(?=b)", "ab", true), Case("^a(?!b)", "ab", false),
  Case("(?<=a)b", "ab", true), Case("(?<!a|cd)b", "cdb", false), Case("^#[a-z]$", "#a", true),
  Case("^a{0,70000}$", "aa", true), Case("^[a-c-]$", "-", true), Case("^\\/$", "/", true),
  Case("^[\\ud800-\\udbff]$", "x", false), Case("^\\p{Emoji}$", "🐲", true),
  Case("^\\p{Lowercase_Letter}$", "ß", true), Case("x{2}", "axxa", true),
]

@Test(arguments: cases.indices)
func `a pattern matches as ECMA-262 says`(_ index: Int) throws {
  let item = cases[index]
  #expect(try Pattern(ecma262: item.pattern).matches(item.text) == item.isMatch, "\(item.pattern)")
}

@Test(arguments: [
  "\\a", "\\Z", "\\A", "\\e", "\\z", "\\Q", "(?i)a", "(?>a)", "a++", "\\h", "(?P<n>a)", "{,3}",
  "a{2,1}", "[b-a]", "(", ")", "[", "a{", "}", "]", "*", "^*", "\\p{Lettr}", "\\pL", "\\p{gc=X}",
  "\\1", "(?<a>.)\\k<b>", "(?<1>a)", "\\u{110000}", "\\x1", "\\c1", "\\07", "[\\d-z]", "\\", "\\-",
  "(?<n>", "\\k", "[[:alpha:]]]", "\\p{Script=greek}", "a**", "(?=a)*", "\\_", "(?<a>.)(?<a>.)",
])
func `what ECMA-262 does not allow is refused`(_ source: String) {
  #expect(throws: PatternError.self) { try Pattern(ecma262: source) }
}

@Test func `an error has its place in the pattern`() {
  #expect(throws: PatternError("'\\Z' is not an escape of ECMA-262", at: 3..<5)) {
    try Pattern(ecma262: "é+\\Z$")
  }
}

@Test(arguments: ["^(a+)+$", "(x+x+)+y", "^(a|aa)+$", "(.*)*$b"])
func `a catastrophic pattern gives up in a moment`(_ source: String) throws {
  let pattern = try Pattern(ecma262: source)
  var text = String(repeating: source.contains("x") ? "x" : "a", count: 50_000) + "!"
  let start = ContinuousClock.now
  let outcome = text.withUTF8 { pattern.matches($0, with: PatternMatcher()) }
  #expect(outcome != .matched)
  #expect(ContinuousClock.now - start < .seconds(5))
}

@Test func `a template is filled with the groups of a whole match`() throws {
  let pattern = try Pattern(ecma262: "^([A-Z]+) Action (\\d+/\\d+)$")
  #expect(
    pattern.replacement(for: "TABASC Action 15/09", template: "$1$2 of $0")
      == "TABASC15/09 of TABASC Action 15/09")
  #expect(pattern.replacement(for: "TABASC15/09", template: "$1") == nil)
  let part = try Pattern(ecma262: "\\d")
  #expect(part.replacement(for: "12", template: "x") == nil)
}

@Test func `one matcher serves many patterns and texts`() throws {
  let matcher = PatternMatcher()
  let patterns = try ["^R-[0-9]{5}$", "[a-z]"].map { try Pattern(ecma262: $0) }
  var outcomes: [Pattern.Outcome] = []
  for text in ["R-00001", "r", ""] {
    var text = text
    for pattern in patterns {
      outcomes.append(text.withUTF8 { pattern.matches($0, with: matcher) })
    }
  }
  #expect(
    outcomes == [.matched, .notMatched, .notMatched, .matched, .notMatched, .notMatched])
}

@Test func `a group that took no part is none, also before one that did`() throws {
  let pattern = try Pattern(ecma262: #"([a-z]+) (<)?(\d+)(k)?"#)
  let matches = pattern.matches(in: "cost 50")
  #expect(matches.map { Array($0.groups.prefix(4)) } == [["cost", nil, "50", nil]])
  #expect(pattern.replacement(for: "cost 50", template: "$1$2=$3") == "cost=50")
}
