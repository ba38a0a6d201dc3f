import Foundation

/// What comparing costs: two tags of very many files, a redline of a long document, one record's history.
struct DiffBench {
  let program: String
  let rounds: Int

  func measure(in folder: String) throws -> [Bench.Row] {
    try measureTags(in: folder) + measureTables(in: folder) + measureRedlines(in: folder)
      + measureHistory(in: folder)
  }

  /// A table of 5,000 rows, one in twenty edited, beside tools that compare tables.
  private func measureTables(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/tables"
    defer { try? FileManager.default.removeItem(atPath: place) }
    for name in ["registers", "schema"] {
      try FileManager.default.createDirectory(
        atPath: "\(place)/\(name)", withIntermediateDirectories: true)
    }
    let catalogue = """
      catalogue: 1
      title: Parties
      registers:
        parties: {title: Parties, path: parties.csv, shape: table, schema: any.schema.json}

      """
    let count = 5000
    func table(isEdited: Bool) -> String {
      "id,name,category,town\n"
        + (1...count).map { number in
          let town = isEdited && number % 20 == 7 ? "Elsewhere" : "Town \(number % 97)"
          return "P\(number),Party \(number) Limited,Supplier,\(town)\n"
        }.joined()
    }
    let files = [
      "schema/catalogue.yaml": catalogue, "schema/any.schema.json": "{}\n",
      "registers/parties.csv": table(isEdited: false), "old.csv": table(isEdited: false),
      "new.csv": table(isEdited: true),
    ]
    for (name, text) in files {
      try text.write(toFile: "\(place)/\(name)", atomically: false, encoding: .utf8)
    }
    git(place, "git init -q -b main && git add registers schema")
    git(place, "git -c user.name=b -c user.email=b@example.org commit -q -m corpus")
    git(place, "cp new.csv registers/parties.csv")
    let diff = [program, "diff"]
    let tools = [
      ("csv-diff", ["csv-diff", "--key", "id", "old.csv", "new.csv"]),
      ("daff", ["daff", "old.csv", "new.csv"]),
    ].filter { name, _ in isInstalled(name) }
    let times = Measure.inTurn(
      max(1, rounds / 2),
      [Measure.seconds(diff, in: place)] + tools.map { Measure.seconds($0.1, in: place) })
    let output = Measure.run(diff, in: place)?.output ?? ""
    var text = "diff of a table of \(count) rows, 5 % edited, \(Measure.milliseconds(times[0]))"
    for (tool, time) in zip(tools, times.dropFirst()) {
      text += "; \(tool.0) \(Measure.milliseconds(time))"
    }
    // The budget is to be faster than every tool that does nothing else.
    return [
      Bench.Row(
        text: text,
        holds: times.dropFirst().allSatisfy { times[0] <= $0 }
          && output.components(separatedBy: "  ~ P").count == count / 20 + 1)
    ]
  }

  private func isInstalled(_ name: String) -> Bool {
    Measure.run(["sh", "-c", "command -v \(name)"], in: "/")?.status == 0
  }

  private func measureTags(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/tags"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let count = 100_000
    let corpus = RiskCorpus(count: count)
    try corpus.write(to: place)
    git(place, "git init -q -b main && git config gc.auto 0 && git add -A")
    git(place, "git -c user.name=b -c user.email=b@example.org commit -q -m corpus && git tag a")
    let changed = stride(from: 50, through: count, by: 100).map { number in
      (
        "registers/risks/\(RiskCorpus.id(number)).yaml",
        corpus.record(number).replacing("title: ", with: "title: amended ")
      )
    }
    try commit(changed, at: place, message: "amend")
    git(place, "git tag b && git gc -q")
    // What changed has to be parsed, on both sides: a repository of those files alone tells how long
    // that takes.
    let small = folder + "/changed"
    defer { try? FileManager.default.removeItem(atPath: small) }
    try RiskCorpus(count: changed.count).write(to: small)
    let diff = [program, "diff", "a", "b", "--summary"]
    let one = [program, "diff", "a", "b", RiskCorpus.id(50)]
    let times = Measure.inTurn(
      max(1, rounds / 2),
      [
        Measure.seconds(["git", "diff", "--raw", "a", "b"], in: place),
        Measure.seconds(diff, in: place),
        Measure.seconds([program, "check"], in: small),
        Measure.seconds(one, in: place),
      ])
    let output = Measure.run(diff, in: place)?.output ?? ""
    let budget = 2 * times[0] + 2 * times[2]
    let item = Bench.Row(
      text:
        "diff of one item among \(changed.count) that changed \(Measure.milliseconds(times[3])): "
        + String(format: "%.2f", times[3] / times[0]) + " x git diff --raw, budget 3 x",
      holds: times[3] <= 3 * times[0]
        && Measure.run(one, in: place)?.output.contains("amended") == true)
    let all = Bench.Row(
      text:
        "diff of two tags, \(count) files, 1 % changed \(Measure.milliseconds(times[1])), git diff --raw "
        + "\(Measure.milliseconds(times[0])), check of what changed \(Measure.milliseconds(times[2])): budget "
        + Measure.milliseconds(budget),
      holds: times[1] <= budget && output.components(separatedBy: "changed risks").count == 1001)
    return [all, item]
  }

  private func measureRedlines(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/redlines"
    defer { try? FileManager.default.removeItem(atPath: place) }
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    var work: [() -> Double] = []
    let sizes = [500, 2000, 8000]
    for size in sizes {
      try Self.document(size, isEdited: false).write(
        toFile: "\(place)/\(size).old.md", atomically: false, encoding: .utf8)
      try Self.document(size, isEdited: true).write(
        toFile: "\(place)/\(size).new.md", atomically: false, encoding: .utf8)
      for format in ["html", "docx"] {
        work.append(
          Measure.seconds(
            [
              program, "diff", "--no-index", "\(size).old.md", "\(size).new.md", "--format", format,
              "--output", "\(size).\(format)",
            ], in: place))
      }
      work.append(
        Measure.seconds(
          ["git", "diff", "--no-index", "--word-diff", "\(size).old.md", "\(size).new.md"],
          in: place))
    }
    let times = Measure.inTurn(max(1, rounds / 2), work)
    let peer =
      measureRedlines(of: sizes[0], in: place, ours: times[0])
      + [try measureGlobalEdit(in: place)]
    return peer
      + sizes.enumerated().map { position, size in
        let (html, word, git) = (
          times[3 * position], times[3 * position + 1], times[3 * position + 2]
        )
        let before = position > 0 ? times[3 * position - 3] : nil
        let growth = before.map {
          String(format: "%.2f x the size before, budget 5 x; ", html / $0)
        }
        return Bench.Row(
          text:
            "redline of \(size) clauses as HTML \(Measure.milliseconds(html)), as DOCX \(Measure.milliseconds(word)); "
            + (growth ?? "") + (size == 2000 ? "budget 500.0 ms; " : "")
            + "git diff --word-diff \(Measure.milliseconds(git))",
          holds: (before.map { html <= 5 * $0 } ?? true) && (size != 2000 || html <= 0.5))
      }
  }

  /// A name that changed in each of 2,000 clauses, so that none is what it was.
  private func measureGlobalEdit(in place: String) throws -> Bench.Row {
    let text = try String(contentsOfFile: "\(place)/2000.old.md", encoding: .utf8)
    try text.replacing("The Party", with: "Each Licensee").write(
      toFile: "\(place)/global.md", atomically: false, encoding: .utf8)
    let command = [
      program, "diff", "--no-index", "2000.old.md", "global.md", "--format", "json",
    ]
    let times = Measure.inTurn(max(1, rounds / 2), [Measure.seconds(command, in: place)])
    let output = Measure.run(command, in: place)?.output ?? ""
    let reworded = output.components(separatedBy: "\"kind\":\"reworded\"").count - 1
    return Bench.Row(
      text: "redline of 2000 clauses, each edited, \(Measure.milliseconds(times[0])), "
        + "\(reworded) told as reworded; budget 500.0 ms",
      holds: times[0] <= 0.5 && reworded == 2000)
  }

  /// The library "redlines" on the shortest document: its time grows with the square of the size.
  private func measureRedlines(of size: Int, in place: String, ours: Double) -> [Bench.Row] {
    let script = """
      from redlines import Redlines
      read = lambda side: open(f"\(size).{side}.md").read()
      print(Redlines(read("old"), read("new")).output_markdown)
      """
    guard let run = Measure.run(["python3", "-c", script], in: place), run.status == 0 else {
      return []
    }
    return [
      Bench.Row(
        text: "redlines on \(size) clauses \(Measure.milliseconds(run.seconds)), registrar "
          + Measure.milliseconds(ours), holds: ours <= run.seconds)
    ]
  }

  /// A document of clauses of some 290 bytes, one in twenty of which is edited.
  private static func document(_ count: Int, isEdited: Bool) -> String {
    var text = "---\nid: D\n---\n\n"
    for number in 1...count {
      if number % 50 == 1 { text += "## A\(number / 50 + 1) Part \(number / 50 + 1)\n\n" }
      let verb = isEdited && number % 20 == 7 ? "may" : "shall"
      text +=
        "A\(number / 50 + 1).\(number % 50 + 1) The Party with the number \(number) \(verb) take all "
        + "reasonable steps to make sure that the information that it gives under clause \(number % 97) "
        + "is complete, and tell the Panel within \(number % 29 + 1) Working Days of any change of what "
        + "it gave before, unless the Panel has agreed otherwise in writing.\n\n"
    }
    return text
  }

  private func measureHistory(in folder: String) throws -> [Bench.Row] {
    let place = folder + "/history"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let corpus = RiskCorpus(count: 100)
    try corpus.write(to: place)
    git(
      place,
      "git init -q -b main && git config gc.auto 0 && git add -A && git -c user.name=b -c user.email=b@example.org commit -q -m corpus"
    )
    for number in 1...50 {
      let changes = (1...100).map { record in
        (
          "registers/risks/\(RiskCorpus.id(record)).yaml",
          corpus.record(record).replacing("title: ", with: "title: amended \(number) ")
        )
      }
      // A commit a record.
      try commit(changes, at: place, message: "amend", together: false)
    }
    git(place, "git gc -q && rm -f .git/objects/info/commit-graph")
    let id = RiskCorpus.id(50)
    let log = [program, "log", id]
    // The id of a new record must not be one that was used before.
    let new = "registers/risks/\(RiskCorpus.id(101)).yaml"
    try corpus.record(101).write(toFile: "\(place)/\(new)", atomically: false, encoding: .utf8)
    git(place, "git add -A")
    let hook = [program, "check", "--staged", "--new-since", "HEAD"]
    let times = Measure.inTurn(
      rounds,
      [
        Measure.seconds(
          ["git", "log", "--oneline", "--", "registers/risks/\(id).yaml"], in: place),
        Measure.seconds(log, in: place),
        Measure.seconds(hook, in: place),
      ])
    let output = Measure.run(log, in: place)?.output ?? ""
    let beginning = Bench.Row(
      text: "hook with a new record after 5,000 commits \(Measure.milliseconds(times[2])): "
        + String(format: "%.2f", times[2] / times[0]) + " x git log -- path, budget 2 x",
      holds: times[2] <= 2 * times[0] && Measure.run(hook, in: place)?.status == 0)
    let life = Bench.Row(
      text:
        "history of one record over 5,000 commits \(Measure.milliseconds(times[1])), git log -- path "
        + "\(Measure.milliseconds(times[0])): " + String(format: "%.2f", times[1] / times[0])
        + " x, budget 2 x",
      holds: times[1] <= 2 * times[0] && output.components(separatedBy: " amend\n").count == 51)
    return [life, beginning]
  }

  /// Commits files with git fast-import, all in one commit or each in its own.
  private func commit(
    _ files: [(path: String, text: String)], at place: String, message: String,
    together: Bool = true
  ) throws {
    var stream = ""
    for (position, file) in files.enumerated() {
      if position == 0 || !together {
        stream +=
          "commit refs/heads/main\ncommitter b <b@example.org> \(1_700_000_000 + position) +0000\n"
        stream += "data \(message.utf8.count)\n\(message)\n"
        if position == 0 { stream += "from refs/heads/main^0\n" }
      }
      stream += "M 100644 inline \(file.path)\ndata \(file.text.utf8.count)\n\(file.text)\n"
    }
    try stream.write(toFile: place + "/stream", atomically: false, encoding: .utf8)
    git(place, "git fast-import --quiet < stream; rm stream; git reset -q --hard")
  }

  private func git(_ place: String, _ script: String) {
    _ = Measure.run(["sh", "-c", script], in: place)
  }
}
