import Patterns
import Testing

/// A generator of numbers that are the same in every run.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

private func found(_ names: [String], in text: String) -> [String] {
  var text = text
  return text.withUTF8 { bytes in
    var found: [String] = []
    NameSearch(names).find(in: bytes) { found.append("\($0)@\($1.lowerBound)-\($1.upperBound)") }
    return found.sorted()
  }
}

/// Looks for each name at each place.
private func naive(_ names: [String], in text: String) -> [String] {
  let bytes = Array(text.utf8)
  return names.enumerated().flatMap { number, name -> [String] in
    let name = Array(name.utf8)
    guard !name.isEmpty, name.count <= bytes.count else { return [] }
    return (0...(bytes.count - name.count)).filter {
      bytes[$0..<($0 + name.count)].elementsEqual(name)
    }
    .map { "\(number)@\($0)-\($0 + name.count)" }
  }.sorted()
}

@Test func `names within and across each other are found in one pass`() {
  let names = ["he", "she", "his", "hers", "he", ""]
  #expect(found(names, in: "ushers") == ["0@2-4", "1@1-4", "3@2-6", "4@2-4"])
  #expect(found([], in: "ushers") == [] && found(names, in: "") == [])
}

@Test(arguments: 0..<300)
func `the search for many names finds what a search for each finds`(_ seed: Int) {
  var dice = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
  let letters = Array("aab é").prefix(2 + seed % 4)
  func word(_ longest: Int) -> String {
    String(
      (0..<Int.random(in: 0...longest, using: &dice)).map { _ in
        letters.randomElement(using: &dice) ?? "a"
      })
  }
  let names = (0..<Int.random(in: 0...12, using: &dice)).map { _ in word(6) }
  let text = word(80)
  #expect(found(names, in: text) == naive(names, in: text), "\(names) in '\(text)'")
}

@Test(arguments: 0..<400)
func `a pattern is found only where its letters are`(_ seed: Int) throws {
  var dice = Dice(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 7)
  func pattern(_ depth: Int) -> String {
    let atoms = [
      "a", "b", "ab", "é", "[ab]", "[^a]", "[a-c]", "\\d", "\\w", ".", "\\b", "^", "\\.", "1",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &dice) {
      if depth > 0, Int.random(in: 0..<3, using: &dice) == 0 {
        let kind = ["(", "(?:", "(?=", "(?!", "(?<=", "(?<!"].randomElement(using: &dice) ?? "("
        let parts = (0..<Int.random(in: 1...3, using: &dice)).map { _ in
          kind.hasPrefix("(?<")
            ? ["a", "b1", ""].randomElement(using: &dice) ?? "" : pattern(depth - 1)
        }
        text += kind + parts.joined(separator: "|") + ")"
        if !["(", "(?:"].contains(kind) { continue }
      } else {
        let atom = atoms.randomElement(using: &dice) ?? "a"
        text += atom
        if ["\\b", "^"].contains(atom) { continue }
      }
      text +=
        ["", "", "", "?", "*", "+", "{2}", "{0,1}", "{1,3}", "{4,}", "+?"].randomElement(
          using: &dice) ?? ""
    }
    return text
  }
  for _ in 0..<20 {
    let source = pattern(2)
    let pattern = try Pattern(ecma262: source)
    for _ in 0..<20 {
      let text = String(
        (0..<Int.random(in: 0...12, using: &dice)).map { _ in
          "aabbc1.é ".randomElement(using: &dice) ?? "a"
        })
      guard pattern.matches(text) else { continue }
      #expect(pattern.mayMatch(LetterPairs(of: text)), "/\(source)/ in '\(text)'")
    }
  }
}

@Test(arguments: [
  (#"\b(?:Section|Schedule|Appendix) (?:[A-Z]{1,2}|\d{1,2})\b"#, "the Part 9", false),
  (#"\b(?:Section|Schedule|Appendix) (?:[A-Z]{1,2}|\d{1,2})\b"#, "see Schedule 9", true),
  (
    #"\b(\w+) persons? elected by Large Suppliers\b"#, "two persons elected by Small Suppliers",
    false
  ),
  (#"</?(?:ins|del)>|\[new\]"#, "a < b, and del is none", false),
  (#"</?(?:ins|del)>|\[new\]"#, "it is [new]", true),
  (#"\bTABASC Risk #?(\d+)\b"#, "the TABASC and its risks", false),
])
func `most texts are told from a pattern by their letters`(
  _ source: String, _ text: String, _ may: Bool
) throws {
  #expect(try Pattern(ecma262: source).mayMatch(LetterPairs(of: text)) == may)
}
