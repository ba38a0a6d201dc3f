import Foundation

/// What the way of registers costs: the year of a committee, and the example with its baselines.
struct HistoryBench {
  let program: String
  let rounds: Int
  /// The folder with `registers/` and `schema/`.
  let source: String

  /// Budget: each commit of a year costs at most a fifth of a check of everything.
  func measure(in folder: String) throws -> [Bench.Row] {
    try measureExample(in: folder) + measureYear(in: folder)
  }

  private func measureYear(in folder: String) throws -> [Bench.Row] {
    guard FileManager.default.fileExists(atPath: source + "/schema/catalogue.yaml") else {
      return []
    }
    let place = folder + "/year"
    defer { try? FileManager.default.removeItem(atPath: place) }
    try RealCorpus(source: source, copies: 1).write(to: place)
    let script = """
      git init -q -b main && git config user.name bench && git config user.email bench@example.org
      git config gc.auto 0 && git add -A && git commit -q -m corpus && git tag start
      n=0
      for i in 1 2 3; do
        for f in registers/actions/*/*.yaml registers/risks/*/*.yaml registers/minutes/*.md; do
          n=$((n + 1)); [ $n -le 52 ] || break 2
          case $f in
            *.md) printf '\\nIt was looked at again in week %s.\\n' $n >> $f;;
            *) echo "# looked at in week $n" >> $f;;
          esac
          git commit -q -a -m 'look again'
        done
      done
      """
    _ = Measure.run(["sh", "-c", script], in: place)
    // Once is enough: a commit costs what many others cost.
    let judged = Measure.run([program, "check", "--range", "start..main"], in: place)
    let whole = Measure.run([program, "check", "--at", "main"], in: place)
    let times = [judged?.seconds ?? .infinity, whole?.seconds ?? .infinity]
    let output = judged?.output ?? ""
    let count = output.firstMatch(of: /checked (\d+) commits/).flatMap { Int($0.1) } ?? 0
    let ratio = times[0] / (Double(max(1, count)) * times[1])
    return [
      Bench.Row(
        text:
          "a year of a committee, \(count) commits on the real registers \(Measure.milliseconds(times[0])), "
          + "\(Measure.milliseconds(times[0] / Double(max(1, count)))) a commit; one whole check "
          + "\(Measure.milliseconds(times[1])): " + String(format: "%.3f", ratio)
          + " x, budget 0.2 x",
        holds: count > 50 && ratio <= 0.2)
    ]
  }

  /// Listing, verifying and auditing baselines reads each version's schemas and rules once.
  private func measureExample(in folder: String) throws -> [Bench.Row] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder + "/example") }
    _ = Measure.run([program, "init", "example", "--template", "example"], in: folder)
    let place = folder + "/example"
    let words = [["baseline", "list"], ["baseline", "verify"], ["audit"], ["check"]]
    let times = Measure.inTurn(
      max(1, rounds / 3), words.map { Measure.seconds([program] + $0, in: place) })
    let figures = zip(words, times).map {
      "\($0.joined(separator: " ")) \(Measure.milliseconds($1))"
    }
    return [
      Bench.Row(text: "the example: " + figures.joined(separator: ", "), holds: true)
    ]
  }
}
