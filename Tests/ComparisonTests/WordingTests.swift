import Comparison
import RegistrarTestSupport
import Testing

/// Marks a difference as `git diff --word-diff` does.
private func marked(_ old: String, _ new: String) -> String {
  Wording(from: old, to: new).parts.map { part in
    switch part.kind {
    case .equal: part.text
    case .deleted: "[-\(part.text)-]"
    case .inserted: "{+\(part.text)+}"
    }
  }.joined()
}

@Test(arguments: [
  ("the DCC shall notify", "the DCC must notify", "the DCC [-shall-]{+must+} notify"),
  ("within 15 Working Days.", "within 20 Working Days", "within [-15-]{+20+} Working Days[-.-]"),
  ("a b", "a  b", "a[- -]{+  +}b"),
  ("one two three four", "one five six four", "one [-two three-]{+five six+} four"),
  ("Clause 4 applies", "Clause 4(b) applies", "Clause 4{+(b)+} applies"),
  ("", "new", "{+new+}"), ("old", "", "[-old-]"), ("same", "same", "same"),
  (
    "£1,000.50 by 31.12.2016 at 10:30 under v5.9 (2.5%).",
    "£1,200.50 by 31.12.2017 at 11:30 under v5.10 (3.5%).",
    "£[-1,000.50-]{+1,200.50+} by [-31.12.2016-]{+31.12.2017+} at [-10:30-]{+11:30+} "
      + "under [-v5.9-]{+v5.10+} ([-2.5%-]{+3.5%+})."
  ),
  ("since 2016-12-31, 5", "since 2016-12-30, 6", "since [-2016-12-31-]{+2016-12-30+}, [-5-]{+6+}"),
  ("it ends at 5.", "it ends at 15.", "it ends at [-5-]{+15+}."),
  ("A15/05 and B", "A15/06 and B", "[-A15/05-]{+A15/06+} and B"),
  ("1-2 of 3", "1-2 or 3", "1-2 [-of-]{+or+} 3"),
  ("a, b and c", "a, b, c and d", "a, b[- and-]{+,+} c{+ and d+}"),
])
func `a difference is told word by word`(_ old: String, _ new: String, _ expected: String) {
  #expect(marked(old, new) == expected)
}

@Test func `a difference gives both texts back to the last byte`() {
  var random = SeededGenerator(seed: 7)
  let words = [
    "the", "Party", " ", "  ", ",", ".", "\n", "shall", "15", "é", "e\u{301}", "’", "(a)", "\r\n",
    "{", "x",
  ]
  func text() -> String {
    (0..<Int.random(in: 0..<30, using: &random)).map { _ in
      words.randomElement(using: &random) ?? ""
    }
    .joined()
  }
  for _ in 0..<3000 {
    let (old, new) = (text(), text())
    let wording = Wording(from: old, to: new)
    #expect(wording.old.utf8.elementsEqual(old.utf8))
    #expect(wording.new.utf8.elementsEqual(new.utf8))
    #expect(!Wording(from: old, to: old).isChanged)
  }
}
