import Comparison
import RegistrarTestSupport
import SourceText
import Testing

private func passages(_ text: String) throws -> [Passage] {
  Passage.passages(
    of: SourceFile(path: try #require(RepoPath("sec/D.md")), bytes: Array(text.utf8)))
}

/// The cells of the last row, with the marks of a word diff.
private func cells(_ old: String, _ new: String) throws -> [String] {
  let (one, two) = (try passages(old).last, try passages(new).last)
  return PassageWording(from: one, to: two).pieces.compactMap { piece in
    guard case .cell(let wording) = piece else { return nil }
    return wording.parts.map { part in
      switch part.kind {
      case .equal: part.text
      case .deleted: "[-\(part.text)-]"
      case .inserted: "{+\(part.text)+}"
      }
    }.joined()
  }
}

private let head = "| A | B | C |\n|---|---|---|\n"

@Test func `a row of a table is compared cell by cell`() throws {
  #expect(
    try cells(head + "| one | two | three |\n", head + "| one | 2 | three more |\n") == [
      " one ", " [-two-]{+2+} ", " three {+more +}",
    ])
  #expect(
    try cells(head + "| a \\| b | two | three |\n", head + "| a \\| c | two | three |\n")[0]
      == " a \\| [-b-]{+c+} ")
}

@Test func `a column that came is inserted cells, and the others are what they were`() throws {
  #expect(
    try cells(
      "| A | B |\n|---|---|\n| one | two |\n", "| A | N | B |\n|---|---|---|\n| one | new | two |\n"
    )
      == [" one ", "{+ new +}", " two "])
}

@Test func `the pieces of a passage are both sides of it, to the last byte`() throws {
  var random = SeededGenerator(seed: 5)
  let words = [
    "| ", " |", "a", "\\|", " ", "\n", "## ", "{#x}", " {.inactive}", "**", "é", "\r\n", "|---|\n",
    "B", "- ",
    "1. ",
  ]
  func text() -> String {
    (0..<Int.random(in: 0..<14, using: &random)).map { _ in
      words.randomElement(using: &random) ?? ""
    }
    .joined()
  }
  var count = 0
  for _ in 0..<3000 {
    let (old, new) = (try passages(text()), try passages(text()))
    for (one, two) in zip(old, new) {
      let wording = PassageWording(from: one, to: two).wording
      #expect(wording.old.utf8.elementsEqual(one.source.utf8))
      #expect(wording.new.utf8.elementsEqual(two.source.utf8))
      count += 1
    }
  }
  #expect(count > 2000)
}
