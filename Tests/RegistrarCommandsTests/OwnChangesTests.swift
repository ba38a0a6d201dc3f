import Foundation
import RegistrarCommands
import RegistrarTestSupport
import Testing

/// A slip of the hand in a register of this repository, and the code that tells it.
private struct Slip {
  let file: String
  let old: String
  let new: String
  let code: String
}

/// What the registers of modifications, releases, versions and consultations notice, at the desk or in a first commit.
private let slips = [
  Slip(
    file: "modifications/SECMP0025.yaml", old: "status: Refinement Process\ndecisions",
    new: "status: Approved\ndecisions", code: "record/computed"),
  Slip(
    file: "modifications/SECMP0020.yaml", old: "by: Change Board", new: "by: CSC",
    code: "modification/decision-body"),
  Slip(
    file: "modifications/SECMP0022.yaml", old: "implementation_date: 2016-12-14",
    new: "implementation_date: 2016-12-15", code: "modification/implementation"),
  Slip(
    file: "modifications/SECMP0004.yaml", old: "decision: SECP39#16\n    status",
    new: "decision: SECP39#99\n    status", code: "reference/unresolved"),
  Slip(
    file: "modifications/MP079.yaml", old: "formerly: DP079", new: "formerly: DP078",
    code: "conversion/number"),
  Slip(
    file: "modifications/DP083.yaml", old: "status: Draft Proposal\naffects",
    new: "status: Refinement Process\naffects", code: "modification/unconverted"),
  Slip(
    file: "sec-versions/5.4.yaml", old: "effective: 2017-02-09", new: "effective: 2016-02-09",
    code: "version/sequence"),
  Slip(
    file: "sec-versions/5.5.yaml", old: "decided: 2017-02-22", new: "decided: 2017-02-21",
    code: "version/decision"),
  Slip(
    file: "releases/R1.2.yaml", old: "live: 2016-11-25", new: "live: 2016-11-26",
    code: "release/live"),
  Slip(
    file: "minutes/TABASC16-minutes.md", old: "by: meeting, meeting: TABASC17",
    new: "by: meeting, meeting: TABASC15", code: "minutes/agreed"),
  Slip(
    file: "minutes/TABASC15-minutes.md", old: "by: meeting, meeting: TABASC16",
    new: "by: meeting, meeting: TABASC15", code: "minutes/agreed"),
  Slip(
    file: "minutes/SECP38-minutes.md", old: "by: ex-committee decision, meeting: SECP39",
    new: "by: ex-committee decision, date: 2016-01-05", code: "minutes/agreed"),
  Slip(
    file: "variations/TV-EUI64.yaml", old: "end: 2017-11-02", new: "end: 2017-11-20",
    code: "record/computed"),
  Slip(
    file: "consultations/C-TRANSVAR.yaml", old: "closes: 2017-03-31", new: "closes: 2016-03-31",
    code: "consultation/closes-early"),
  Slip(
    file: "maintenance/M2.yaml", old: "end: 2017-03-29T06:00", new: "end: 2017-03-29T16:00",
    code: "maintenance/duration"),
  Slip(
    file: "dcc/assessments.yaml", old: "id: SECMP0007-PA", new: "id: SECMP0007-IA",
    code: "assessment/id"),
  Slip(file: "events.yaml", old: "- 2016-12-08", new: "- 2016-12-18", code: "event/stated-date"),
  Slip(
    file: "milestones.csv", old: "MS15,2017-06-08", new: "MS15,2017-08-06",
    code: "milestone/stated-date"),
  Slip(
    file: "mandates.csv", old: "12,R1.2,2017-11-25", new: "6,R1.2,2017-11-25", code: "mandate/date"),
  Slip(
    file: "parties.csv", old: "Daligas Limited,party,,Small Suppliers",
    new: "Daligas Limited,party,,Small Supplier", code: "reference/unresolved"),
]

/// A copy of the registers and the schemas of this project, committed.
private func ownRepository() throws -> TestRepository {
  let repository = try TestRepository()
  for name in ["registers", "schema"] {
    try FileManager.default.copyItem(
      atPath: projectFolder + "/" + name, toPath: repository.path + "/" + name)
  }
  try repository.git("add", "--all")
  try repository.git("commit", "--quiet", "--message", "the registers")
  return repository
}

private func check(_ repository: TestRepository) async -> [Substring] {
  var session = Session(workingDirectory: repository.path)
  session.processorCount = 2
  _ = await Registrar.run(["check", "--format", "concise"], in: &session)
  return session.output.text.split(separator: "\n")
}

@Test func `slips in the registers of changes are told where they are`() async throws {
  let repository = try ownRepository()
  for slip in slips {
    let name = "registers/" + slip.file
    let text = try String(contentsOfFile: repository.path + "/" + name, encoding: .utf8)
    let changed = text.replacing(slip.old, with: slip.new, maxReplacements: 1)
    #expect(changed != text, "\(slip.file) has no '\(slip.old)'")
    try repository.write(name, changed)
  }
  let lines = await check(repository)
  for slip in slips {
    #expect(
      lines.contains { $0.contains(slip.file + ":") && $0.contains("[\(slip.code)]") },
      "\(slip.file) \(slip.code)")
  }
}

@Test func `a fact that is on record changes only with an entry that says so`() async throws {
  let repository = try ownRepository()
  let name = "registers/modifications/DP082.yaml"
  let text = try String(contentsOfFile: repository.path + "/" + name, encoding: .utf8)
  let renamed = text.replacing(
    "title: Alt HAN Channel Selection", with: "title: Channel Selection of the Alt HAN")
  let entry = """
      - meeting: TABASC46
        source: {document: S3, lines: 35-37}

    """
  for (changed, isTold) in [
    (renamed, true), (renamed.replacing("url: ", with: entry + "url: "), false),
  ] {
    try repository.write(name, changed)
    let told = await check(repository).contains {
      $0.contains("[modification/changed-silently]") && $0.contains("title")
    }
    #expect(told == isTold)
  }
}
