import Registry
import SourceText
import Testing

@testable import Probing

private func slips(of kind: Slip.Kind, in field: String, item: String) async throws -> [Slip] {
  try await SmallRegisters().probe().slips.filter {
    $0.kind == kind && $0.field == field && $0.item == item
  }
}

private func text(of kind: Slip.Kind, in field: String, item: String) async throws -> String {
  let found = try await slips(of: kind, in: field, item: item)
  let slip = try #require(found.first)
  return SmallRegisters().text(of: slip) ?? ""
}

@Test func `a state that is jumped to is one that may not follow`() async throws {
  let slip = try #require(try await slips(of: .state, in: "status", item: "M1/02").first)
  #expect(["\"open\"", "\"ongoing\""].contains(slip.new))
  #expect(try await slips(of: .state, in: "status", item: "M1/01").isEmpty)
}

@Test func `a neighbour is the next record of the register that is named`() async throws {
  #expect(
    try await text(of: .neighbour, in: "raised_in", item: "M1/01").contains(#"raised_in: "M2""#))
  #expect(try await text(of: .neighbour, in: "id", item: "M1/01").contains(#"id: "M1/02""#))
  #expect(
    try await text(of: .neighbour, in: "agenda[].actions[]", item: "M1").contains(#"["M1/02"]"#))
}

@Test func `a year is off by one, in a date and alone`() async throws {
  let date = try await text(of: .year, in: "held", item: "M1")
  #expect(date.contains("held: 2016-01-12") || date.contains("held: 2018-01-12"))
  let year = try await text(of: .year, in: "since", item: "P1")
  #expect(year.contains("1,2015\n") || year.contains("1,2017\n"))
}

@Test func `digits that differ change places`() async throws {
  #expect(try await text(of: .digits, in: "score", item: "M1/02").contains("score: 21"))
  #expect(try await slips(of: .digits, in: "score", item: "M1/01").isEmpty)
}

@Test func `a letter is left out of a folded text and not of an escape`() async throws {
  let before = try #require(SmallRegisters().files["registers/actions/M/M1-01.yaml"])
  let folded = try await text(of: .letter, in: "text", item: "M1/01")
  #expect(folded.count == before.count - 1)
  #expect(folded.contains("text: >-\n"))
  #expect(try await text(of: .letter, in: "note", item: "M1/01").contains(#"\u0020"#))
}

@Test func `a field is taken out with its line, and a cell is emptied`() async throws {
  #expect(
    try await text(of: .fieldRemoved, in: "text", item: "M1/01")
      .contains("owner: Members\nraised_in: M1\n"))
  #expect(try await text(of: .fieldRemoved, in: "name", item: "P1").contains("\nP1,,1,2016\n"))
  #expect(
    try await text(of: .fieldRemoved, in: "held", item: "M2")
      .contains("called: 2017-02-02\n\n- {id: M3"))
  #expect(
    try await text(of: .fieldRemoved, in: "held", item: "M3")
      .contains("{id: M3, called: 2017-03-02}"))
}

@Test func `an element is taken out of a list, and two change places`() async throws {
  let left = try await text(of: .elementRemoved, in: "updates", item: "M1/02")
  #expect(
    left.hasSuffix("updates:\n  - {meeting: M3, text: Closed by the committee.}\n")
      || left.hasSuffix("      Nobody pays.\n"))
  #expect(
    try await text(of: .elementsSwapped, in: "updates", item: "M1/02").hasSuffix(
      """
      updates:
        - {meeting: M3, text: Closed by the committee.}
        - meeting: M2
          text: |
            It was found out.
            Nobody pays.

      """))
  #expect(
    try await text(of: .elementRemoved, in: "agenda[].actions", item: "M1").contains("actions: []"))
}

@Test func `a record is taken out as a file, an element and a row`() async throws {
  let file = try #require(try await slips(of: .recordRemoved, in: "", item: "M1/01").first)
  #expect(SmallRegisters().text(of: file) == nil)
  #expect(try await text(of: .recordRemoved, in: "", item: "M2").contains("- M1/02\n- {id: M3"))
  #expect(
    try await text(of: .recordRemoved, in: "", item: "P1")
      == "id,name,seats,since\nP2,Power,2,2016\n")
}

@Test func `only what is closed is reworded`() async throws {
  let text = try await text(of: .rewritten, in: "text", item: "M1/02")
  #expect(!text.contains("To find out who is to pay for the Business Document."))
  #expect(try await slips(of: .rewritten, in: "text", item: "M1/01").isEmpty)
}

@Test func `the text of another record is the next one that differs`() async throws {
  #expect(try await text(of: .text, in: "owner", item: "M1/01").contains(#"owner: "Chair""#))
  #expect(try await text(of: .text, in: "name", item: "P2").contains("P2,\"Gas, Light\",2"))
}

@Test func `prose that no form is given for is free narrative, a name is none`() async throws {
  let slips = try await SmallRegisters().probe().slips.filter { $0.kind == .letter }
  let narrative = Set(slips.filter(\.isOfNarrative).map(\.field))
  #expect(narrative == ["text", "updates[].text"])
}

@Test func `the same seed makes the same slips, another seed others`() async throws {
  func made(_ seed: UInt64) async throws -> [String] {
    try await SmallRegisters().probe(most: 40, seed: seed).slips.map {
      "\($0.item) \($0.field) \($0.kind) \($0.new ?? "")"
    }
  }
  let one = try await made(1)
  #expect(one.count == 40)
  #expect(try await made(1) == one)
  #expect(try await made(2) != one)
}
