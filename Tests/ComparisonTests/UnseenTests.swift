import Comparison
import Testing

@Test(arguments: [
  ("a\u{A0}b", "a b", ["no-break space becomes space"]),
  ("a b", "a\u{A0}b", ["space becomes no-break space"]),
  ("Caf\u{E9}", "Cafe\u{301}", ["composed differently"]),
  ("co\u{AD}op", "coop", ["soft hyphen is gone"]),
  ("coop", "co\u{200B}op", ["zero width space is new"]),
  ("one\n", "one", ["no line break at the end"]),
  ("one", "one\n", ["a line break at the end"]),
  ("one\r\ntwo\r\n", "one\ntwo\n", ["line ends"]),
  ("a b", "a  b", ["space is new"]),
  ("ab ", "ab", ["space is gone"]),
  ("a\tb", "a b", ["tab becomes space"]),
  ("a b", "a\nb", ["space becomes line break"]),
  ("same", "same", []), ("one", "two", []), ("a b", "ab", []),
])
func `what cannot be seen of a difference is named`(
  _ old: String, _ new: String, _ notes: [String]
) {
  #expect(Unseen.notes(from: old, to: new) == notes)
}

@Test func `what cannot be seen is named among other changes`() {
  let wording = Wording(from: "the Caf\u{E9} at 5 o\u{A0}clock", to: "the Cafe\u{301} at 6 o clock")
  #expect(
    Set(Unseen.notes(in: wording)) == ["composed differently", "no-break space becomes space"])
  #expect(Unseen.notes(in: Wording(from: "co\u{AD}op", to: "coop")) == ["soft hyphen is gone"])
  #expect(Unseen.notes(in: Wording(from: "one two", to: "one three")).isEmpty)
}
