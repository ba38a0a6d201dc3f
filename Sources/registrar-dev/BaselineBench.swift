import Foundation

/// What baselines cost: making and verifying one of many items, and many of them.
struct BaselineBench {
  let program: String
  let rounds: Int

  func measure(in folder: String) throws -> [Bench.Row] {
    try [1000, 10_000, 30_000].map { try measure($0, in: folder) } + measureMany(in: folder)
  }

  /// Budget: verification without the check of the records at most 3 x what git needs to list and
  /// hash the same files.
  private func measure(_ size: Int, in folder: String) throws -> Bench.Row {
    let place = folder + "/baseline-\(size)"
    defer { try? FileManager.default.removeItem(atPath: place) }
    try RiskCorpus(count: size).write(to: place)
    prepare(place)
    let create = Measure.run(
      [program, "baseline", "create", "release/1.0", "--effective", "2026-01-01", "--no-sign"],
      in: place)
    let verify = [program, "baseline", "verify", "--no-check"]
    let hash = "git ls-tree -r HEAD | cut -c13-52 | git cat-file --batch | sha256sum"
    let times = Measure.inTurn(
      max(1, rounds / 2),
      [Measure.seconds(["sh", "-c", hash], in: place), Measure.seconds(verify, in: place)])
    let isGood =
      Measure.run(verify, in: place)?.output.contains("good, unsigned  release/1.0") == true
    return Bench.Row(
      text:
        "baseline of \(size) items: create \(Measure.milliseconds(create?.seconds ?? 0)), verify without "
        + "the records' check \(Measure.milliseconds(times[1])), git ls-tree -r and hashing "
        + "\(Measure.milliseconds(times[0])): " + String(format: "%.2f", times[1] / times[0])
        + " x, budget 3 x",
      holds: isGood && times[1] <= 3 * times[0])
  }

  /// Budget: 200 baselines over 5,000 commits take at most 4.5 x what 50 of them take.
  private func measureMany(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/baselines"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let corpus = RiskCorpus(count: 100)
    try corpus.write(to: place)
    prepare(place)
    var stream = ""
    for number in 1...5000 {
      let text = corpus.record(number % 100 + 1).replacing(
        "title: ", with: "title: amended \(number) ")
      stream +=
        "commit refs/heads/main\ncommitter b <b@example.org> \(1_700_000_000 + number) +0000\n"
      stream += "data 6\namend\n" + (number == 1 ? "from refs/heads/main^0\n" : "")
      stream += "M 100644 inline registers/risks/\(RiskCorpus.id(number % 100 + 1)).yaml\n"
      stream += "data \(text.utf8.count)\n\(text)\n"
    }
    try stream.write(toFile: place + "/stream", atomically: false, encoding: .utf8)
    let script = """
      git fast-import --quiet < stream; rm stream; git reset -q --hard; git gc -q
      for i in $(seq 200); do
        '\(program)' baseline create release/1.$i --at main~$((5000 - i * 25)) --effective 2026-01-01 \
          --no-sign >/dev/null
      done
      """
    let creation = Measure.run(["sh", "-c", script], in: place)
    let few = (151...200).map { "release/1.\($0)" }
    let times = Measure.inTurn(
      max(1, rounds / 2),
      [
        Measure.seconds([program, "baseline", "verify"] + few, in: place),
        Measure.seconds([program, "baseline", "verify"], in: place),
        Measure.seconds([program, "as-of", "2026-01-01", RiskCorpus.id(50)], in: place),
      ])
    let output = Measure.run([program, "baseline", "verify"], in: place)?.output ?? ""
    return [
      Bench.Row(
        text:
          "200 baselines over 5,000 commits: made in \(Measure.milliseconds(creation?.seconds ?? 0)), verify "
          + "\(Measure.milliseconds(times[1])), 50 of them \(Measure.milliseconds(times[0])): "
          + String(format: "%.2f", times[1] / times[0]) + " x, budget 4.5 x",
        holds: times[1] <= 4.5 * times[0]
          && output.components(separatedBy: "good, unsigned  ").count == 201),
      Bench.Row(
        text:
          "as-of with an item over 200 baselines and 5,000 commits \(Measure.milliseconds(times[2]))",
        holds: times[2] <= times[1]),
    ]
  }

  private func prepare(_ place: String) {
    let script = """
      git init -q -b main && git config user.name bench && git config user.email bench@example.org
      git config gc.auto 0 && git add -A && git commit -q -m corpus && git gc -q
      """
    _ = Measure.run(["sh", "-c", script], in: place)
  }
}
