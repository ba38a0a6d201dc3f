import Diagnostics
import RegistrarTestSupport
import Registry
import Rules
import SourceText
import Testing

/// Returns the codes that are found of records which have other ids than they had.
private func codes(_ records: String, waivers: String = "[]\n") async throws -> [String] {
  let files = [
    "schema/catalogue.yaml": """
    catalogue: 1
    title: Test
    registers:
      risks:
        {title: Risks, path: risks.yaml, shape: list, schema: any.schema.json,
         rules: {numbering: {series: '^R(\\d+)$'}, text-hygiene: {}}}
      waivers: {title: Waivers, path: waivers.yaml, shape: list, schema: any.schema.json}

    """, "schema/any.schema.json": "{}", "registers/risks.yaml": records,
    "registers/waivers.yaml": waivers,
  ]
  var report = Report()
  let snapshot = try #require(try await Snapshot.read(MemoryTree(files), jobs: 1, into: &report))
  let index = RecordIndex(of: snapshot)
  Rule.check(index, into: &report)
  _ = Waivers(in: index).apply(
    to: &report, index, today: try #require(Day("2027-01-08")), isWhole: true)
  return report.sorted.map(\.code.rawValue)
}

@Test func `a number that a record had leaves no gap`() async throws {
  #expect(try await codes("- {id: R1}\n- {id: R3}\n") == ["numbering/gap"])
  #expect(try await codes("- {id: R1}\n- {id: R3, formerly: R2}\n").isEmpty)
  #expect(try await codes("- {id: R1}\n- {id: R4, formerly: [R2, R3]}\n").isEmpty)
}

@Test func `what is waived of a record is waived of it under another id`() async throws {
  let waiver = "- {id: W1, code: text/double-full-stop, item: R1, reason: r}\n"
  #expect(
    try await codes("- {id: R1, text: So..}\n", waivers: waiver).isEmpty)
  #expect(
    try await codes("- {id: R2, formerly: R1, text: So..}\n", waivers: waiver).isEmpty)
  #expect(
    try await codes(
      "- {id: R1}\n- {id: R2, text: So..}\n", waivers: waiver)
      == ["text/double-full-stop", "waiver/unused"])
}
