import Foundation

/// What a hook and a server wait for: one changed record of many, and a range of commits.
struct HookBench {
  let program: String
  let rounds: Int

  func measure(in folder: String) throws -> [Bench.Row] {
    try [(5000, 0.020), (50_000, 0.060)].flatMap { size, budget in
      try measureHook(size, budget, in: folder)
    } + measureCommit(in: folder) + measureReceive(in: folder) + measureRange(in: folder)
  }

  static let identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]

  /// Budget: so much more than `git diff --cached --raw`, and a fifth of check-jsonschema on the file.
  private func measureHook(
    _ size: Int, _ budget: Double, in folder: String
  ) throws -> [Bench.Row] {
    let place = folder + "/hook-\(size)"
    defer { try? FileManager.default.removeItem(atPath: place) }
    try RiskCorpus(count: size).write(to: place)
    let record = "registers/risks/\(RiskCorpus.id(size / 2)).yaml"
    func git(_ arguments: String...) {
      _ = Measure.run(["git"] + Self.identity + arguments, in: place)
    }
    git("init", "-q")
    git("config", "gc.auto", "0")
    git("add", "-A")
    git("commit", "-q", "-m", "corpus")
    git("gc", "-q")
    let text = try String(contentsOfFile: place + "/" + record, encoding: .utf8)
    try text.replacingOccurrences(of: "title: ", with: "title: amended ")
      .write(toFile: place + "/" + record, atomically: false, encoding: .utf8)
    git("add", "-A")
    let hook = [program, "check", "--staged", "--new-since", "HEAD"]
    var work = [
      Measure.seconds(["git", "diff", "--cached", "--raw"], in: place),
      Measure.seconds(hook, in: place),
    ]
    let slow = try Peer.slow(in: place).first { $0.name == "check-jsonschema" }
    if slow != nil {
      work.append(
        Measure.seconds(
          ["check-jsonschema", "--schemafile", "schema/risk.schema.json", record], in: place))
    }
    let times = Measure.inTurn(rounds, work)
    let added = try measureAddition(size, budget, hook, in: place)
    var rows = [
      added,
      Bench.Row(
        text:
          "hook, 1 changed record of \(size): \(Measure.milliseconds(times[1])), git diff --cached --raw "
          + "\(Measure.milliseconds(times[0])): \(Measure.milliseconds(times[1] - times[0])) more, budget "
          + Measure.milliseconds(budget),
        holds: times[1] - times[0] <= budget),
    ]
    if slow != nil {
      rows.append(
        Bench.Row(
          text: "hook against check-jsonschema on that one file \(Measure.milliseconds(times[2])): "
            + String(format: "%.2f", times[1] / times[2]) + " x, budget 0.2 x",
          holds: times[1] <= 0.2 * times[2]))
    }
    // A hook that lets everything pass is fast.
    try text.replacingOccurrences(of: "related: R-", with: "related: X-")
      .write(toFile: place + "/" + record, atomically: false, encoding: .utf8)
    git("add", "-A")
    let refusal = Measure.run(hook, in: place)
    rows.append(
      Bench.Row(
        text: "the hook refuses a reference that leads nowhere, of \(size)",
        holds: refusal?.status == 1 && refusal?.output.contains("reference/unresolved") == true))
    return rows
  }

  /// Budget: a record that is added costs no more than one that changes.
  private func measureAddition(
    _ size: Int, _ budget: Double, _ hook: [String], in place: String
  ) throws -> Bench.Row {
    let file = place + "/registers/risks/\(RiskCorpus.id(size + 1)).yaml"
    try RiskCorpus(count: size).record(size + 1)
      .write(toFile: file, atomically: false, encoding: .utf8)
    // A schema of a peer lies in the folder by now; a change of schemas would be another question.
    _ = Measure.run(["git", "add", "registers"], in: place)
    let times = Measure.inTurn(
      rounds,
      [
        Measure.seconds(["git", "diff", "--cached", "--raw"], in: place),
        Measure.seconds(hook, in: place),
      ])
    let isClean = Measure.run(hook, in: place)?.status == 0
    try FileManager.default.removeItem(atPath: file)
    _ = Measure.run(["git", "add", "registers"], in: place)
    return Bench.Row(
      text:
        "hook, 1 more record beside \(size): \(Measure.milliseconds(times[1])), git diff --cached "
        + "--raw \(Measure.milliseconds(times[0])): \(Measure.milliseconds(times[1] - times[0])) more, "
        + "budget \(Measure.milliseconds(budget))",
      holds: isClean && times[1] - times[0] <= budget)
  }

  /// Budget: a commit of 1 changed record of 5,000 takes at most 20 ms more with its pre-commit hook.
  private func measureCommit(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/commit"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let corpus = RiskCorpus(count: 5000)
    try corpus.write(to: place)
    let path = URL(fileURLWithPath: program).deletingLastPathComponent().path
    let script = """
      git init -q -b main && git config user.name bench && git config user.email bench@example.org
      git config gc.auto 0 && git add -A && git commit -q -m corpus && git gc -q
      PATH=\(path):$PATH registrar hook install
      """
    _ = Measure.run(["sh", "-c", script], in: place)
    let file = "registers/risks/\(RiskCorpus.id(2500)).yaml"
    var number = 0
    func commit(_ options: String) -> () -> Double {
      {
        number += 1
        let edit = "sed -i 's/^title: .*/title: amended a \(number)th time/' \(file) && git add -A"
        _ = Measure.run(["sh", "-c", edit], in: place)
        return Measure.run(
          ["env", "PATH=\(path):/usr/bin:/bin", "git", "commit", "-q", options, "-m", "amend"],
          in: place
        )
        .flatMap { $0.status == 0 ? $0.seconds : nil } ?? .infinity
      }
    }
    let both = Measure.inTurn(rounds * 3, [commit("--no-verify"), commit("--no-signoff")])
    _ = Measure.run(["rm", ".git/hooks/commit-msg"], in: place)
    let times = Measure.inTurn(rounds * 3, [commit("--no-verify"), commit("--no-signoff")])
    return [
      Bench.Row(
        text: "git commit of 1 record of 5000 with pre-commit \(Measure.milliseconds(times[1])), "
          + "--no-verify \(Measure.milliseconds(times[0])): \(Measure.milliseconds(times[1] - times[0])) more, "
          + "budget 20.0 ms",
        holds: times[1] - times[0] <= 0.020),
      Bench.Row(
        text: "the same with all hooks \(Measure.milliseconds(both[1])), --no-verify "
          + "\(Measure.milliseconds(both[0])): \(Measure.milliseconds(both[1] - both[0])) more, budget 20.0 ms",
        holds: both[1] - both[0] <= 0.020),
    ]
  }

  /// Budget: judging a push of 100 commits takes at most 3 x `git rev-list --objects` over them and
  /// 20 ms a commit.
  private func measureReceive(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/receive"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let corpus = RiskCorpus(count: 2000)
    try corpus.write(to: place)
    let file = "registers/risks/"
    let script = """
      git init -q -b main && git config user.name bench && git config user.email bench@example.org
      git config gc.auto 0 && git add -A && git commit -q -m corpus
      for i in $(seq 100); do
        f=$(ls \(file) | sed -n "$((i * 7))p")
        sed -i 's/^title: .*/title: amended for the bench/' \(file)$f && git commit -q -a -m amend
      done
      git clone -q --bare . server.git && cd server.git
      echo "$(git rev-parse main~100) $(git rev-parse main) refs/heads/main" > ../push
      git update-ref refs/heads/main main~100
      """
    _ = Measure.run(["sh", "-c", script], in: place)
    let server = place + "/server.git"
    let new = "$(cut -d ' ' -f 2 ../push)"
    let times = Measure.inTurn(
      rounds,
      [
        Measure.seconds(
          ["sh", "-c", "git rev-list --objects \(new) --not --all >/dev/null"], in: server),
        Measure.seconds(
          ["sh", "-c", "GIT_DIR=. exec '\(program)' hook pre-receive < ../push"], in: server),
      ])
    let judged = Measure.run(
      ["sh", "-c", "GIT_DIR=. exec '\(program)' hook pre-receive < ../push"], in: server)
    let budget = 3 * times[0] + 100 * 0.020
    return [
      Bench.Row(
        text: "pre-receive of 100 commits on 2000 records \(Measure.milliseconds(times[1])), "
          + "git rev-list --objects \(Measure.milliseconds(times[0])); budget \(Measure.milliseconds(budget))",
        holds: judged?.status == 0 && times[1] <= budget)
    ]
  }

  /// A range of 1,000 commits, each of which changes one record of 2,000: a fifth of what a check of
  /// every whole snapshot would take.
  private func measureRange(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/range"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let corpus = RiskCorpus(count: 2000)
    try corpus.write(to: place)
    func git(_ arguments: String...) {
      _ = Measure.run(["git"] + Self.identity + arguments, in: place)
    }
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "corpus")
    git("tag", "start")
    var stream = ""
    for number in 1...1000 {
      let text = corpus.record(number).replacing("title: ", with: "title: amended ")
      stream +=
        "commit refs/heads/main\ncommitter b <b@example.org> \(1_700_000_000 + number) +0000\n"
      stream += "data 6\namend\n"
      if number == 1 { stream += "from refs/heads/main^0\n" }
      stream += "M 100644 inline registers/risks/\(RiskCorpus.id(number)).yaml\n"
      stream += "data \(text.utf8.count)\n\(text)\n"
    }
    try stream.write(toFile: place + "/stream", atomically: false, encoding: .utf8)
    _ = Measure.run(
      ["sh", "-c", "git fast-import --quiet < stream; rm stream; git reset -q --hard"], in: place)
    let times = Measure.inTurn(
      1,
      [
        Measure.seconds([program, "check", "--range", "start..main"], in: place),
        Measure.seconds([program, "check", "--at", "main"], in: place),
      ])
    let output = Measure.run([program, "check", "--range", "start..main"], in: place)?.output ?? ""
    return [
      Bench.Row(
        text: "range of 1,000 commits on 2,000 records \(Measure.milliseconds(times[0])), "
          + "\(Measure.milliseconds(times[0] / 1000)) a commit; one whole check \(Measure.milliseconds(times[1])): "
          + String(format: "%.3f", times[0] / (1000 * times[1])) + " x of 1,000, budget 0.2 x",
        holds: times[0] <= 200 * times[1] && output.contains("checked 1000 commits"))
    ]
  }
}
