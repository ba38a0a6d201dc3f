import Diagnostics
import Foundation
import Registry
import Rules
import SourceText

/// What an editor waits for: one edited record of many, judged in a process that holds the others.
struct KeystrokeBench {
  let rounds: Int

  func measure(in folder: String) async throws -> [Bench.Row] {
    var rows: [Bench.Row] = []
    for (size, budget) in [(5000, 0.020), (50_000, 0.060)] {
      rows.append(try await measure(size, budget, in: folder))
    }
    return rows
  }

  private func measure(
    _ size: Int, _ budget: Double, in folder: String
  ) async throws -> Bench.Row {
    let place = folder + "/keystroke-\(size)"
    defer { try? FileManager.default.removeItem(atPath: place) }
    try RiskCorpus(count: size).write(to: place)
    var report = Report()
    let snapshot = try await Snapshot.read(WorkTree(root: place), jobs: 2, into: &report)
    guard let snapshot, let today = Day("2026-01-01"),
      let path = RepoPath("registers/risks/\(RiskCorpus.id(size / 2)).yaml"),
      let before = snapshot.file(at: path)?.source
    else { return Bench.Row(text: "the corpus of \(size) records is read", holds: false) }
    let index = RecordIndex(of: snapshot)
    Rule.check(index, into: &report)
    let trial = Trial(of: index, known: report, today: today)
    let text = String(decoding: before.bytes, as: UTF8.self)
    var reader = FileReader(snapshot.rulebook)
    func judge(_ edited: String) -> Report {
      var own = Report()
      let file = reader.read(
        SourceFile(path: path, bytes: Array(edited.utf8)), of: 0, into: &own)
      return trial.findings(at: path, of: 0, now: file, own)
    }
    var times: [Double] = []
    for round in 0..<(rounds * 3) {
      let edited = text.replacing("title: ", with: "title: amended \(round) ")
      let start = Measure.now()
      let found = judge(edited)
      times.append(Measure.now() - start)
      if !found.isEmpty { return Bench.Row(text: "an edit of a title is clean", holds: false) }
    }
    // What lets everything pass is fast.
    let isFound = judge(text.replacing("related: R-", with: "related: X-")).diagnostics
      .contains { $0.code == .unresolvedReference }
    let median = Measure.median(times)
    return Bench.Row(
      text:
        "one edited record of \(size), judged in process: \(Measure.milliseconds(median)), budget "
        + Measure.milliseconds(budget),
      holds: isFound && median <= budget)
  }
}
