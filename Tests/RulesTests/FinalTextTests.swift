import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// Minutes whose head and text do not change once they are final, but with an open correction.
private func findings(_ old: String, _ new: MarkedText) async throws -> [Finding] {
  func index(_ text: String) async throws -> RecordIndex {
    let files = [
      "schema/catalogue.yaml": """
      catalogue: 1
      title: A committee
      registers:
        minutes: {title: Minutes, path: 'minutes/{id}.md', shape: document, schema: minutes.schema.json}

      """,
      "schema/minutes.schema.json": #"""
      {"type": "object", "x-immutable-when": {"when": "self.status == 'final'", "openly": "corrections"},
        "properties": {"id": {"type": "string"}, "status": {"type": "string"}, "corrections": {"type": "array"}}}
      """#, "registers/minutes/M1.md": text,
    ]
    var report = Report()
    let snapshot = try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report)
    return RecordIndex(of: try #require(snapshot))
  }
  var report = Report()
  Rule.check(try await index(new.text), against: try await index(old), into: &report)
  return report.findings
}

private func minutes(_ head: String, _ text: String, id: String = "M1") -> String {
  "---\nid: \(id)\n\(head)\n---\n\n\(text)\n"
}

@Test func `the text of a document that is final does not change`() async throws {
  let new = MarkedText(minutes("status: final", "The Panel AGREED.", id: "1️⃣M12️⃣"))
  #expect(
    try await findings(minutes("status: final", "The Panel NOTED."), new)
      == [Finding(.changedImmutable, new.offsets(1, 2))])
}

@Test func `the text of a draft changes, and layout is no text`() async throws {
  let draft = minutes("status: draft", "The Panel NOTED.")
  let final = minutes("status: final", "The Panel NOTED the paper.")
  #expect(try await findings(draft, MarkedText(final)) == [])
  let wrapped = minutes("status: final", "The Panel\nNOTED the paper.")
  #expect(try await findings(final, MarkedText(wrapped)) == [])
}

@Test func `what is final is corrected openly`() async throws {
  let old = minutes("status: final", "The Panel NOTED.")
  let corrected = minutes("status: final\ncorrections: [It AGREED]", "The Panel AGREED.")
  #expect(try await findings(old, MarkedText(corrected)) == [])
  let again = MarkedText(
    minutes("status: final\ncorrections: [It AGREED]", "The Panel REFUSED.", id: "1️⃣M12️⃣"))
  #expect(
    try await findings(corrected, again) == [Finding(.changedImmutable, again.offsets(1, 2))])
}
