import Foundation

/// What a check of real registers costs, with all their rules on, many times over.
struct RealBench {
  let program: String
  let rounds: Int
  /// The folder with `registers/` and `schema/`.
  let source: String

  /// Budget: at most twice what libyaml needs for the events of the same bytes, documents and tables as one text
  /// each.
  func measure(in folder: String) throws -> [Bench.Row] {
    guard FileManager.default.fileExists(atPath: source + "/schema/catalogue.yaml") else {
      print("there is no schema/catalogue.yaml in \(source): the real registers are not measured")
      return []
    }
    let place = folder + "/real"
    defer { try? FileManager.default.removeItem(atPath: place) }
    try RealCorpus(source: source, copies: 20).write(to: place)
    let texts = folder + "/texts"
    defer { try? FileManager.default.removeItem(atPath: texts) }
    let bytes = try flatten(place + "/registers", to: texts)
    let script = """
      git init -q && git add -A && git -c user.name=b -c user.email=b@example.org commit -q -m corpus
      git gc -q
      """
    _ = Measure.run(["sh", "-c", script], in: place)
    let times = Measure.inTurn(
      rounds,
      [
        {
          let start = Measure.now()
          precondition(Floor.parse(texts) > 0, "the floor parses files")
          return Measure.now() - start
        },
        Measure.seconds([program, "check"], in: place),
        Measure.seconds([program, "check", "--staged"], in: place),
        Measure.seconds([program, "check", "--at", "HEAD"], in: place),
      ])
    let run = Measure.run([program, "check"], in: place)
    let ratio = times[1] / times[0]
    return [
      Bench.Row(
        text: "real registers x 20 (\(bytes >> 10) KiB, all rules): work tree "
          + "\(Measure.milliseconds(times[1])), index \(Measure.milliseconds(times[2])), commit "
          + "\(Measure.milliseconds(times[3])), libyaml events \(Measure.milliseconds(times[0])): "
          + String(format: "%.2f", ratio)
          + " x, budget 2.0 x, peak \((run?.peakMemory ?? 0) >> 20) MiB",
        holds: run?.status == 0 && ratio <= 2)
    ]
  }

  /// Writes every file of a folder as one of YAML: those that are none as one text.
  ///
  /// - Returns: How many bytes the files have.
  private func flatten(_ folder: String, to target: String) throws -> Int {
    let manager = FileManager.default
    try manager.createDirectory(atPath: target, withIntermediateDirectories: true)
    var count = 0
    var number = 0
    let below = manager.enumerator(atPath: folder)
    while let path = below?.nextObject() as? String {
      guard [".yaml", ".csv", ".md"].contains(where: path.hasSuffix) else { continue }
      var text = try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
      count += text.utf8.count
      if !path.hasSuffix(".yaml") {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        text = "text: |2\n" + lines.map { "  " + $0 }.joined(separator: "\n") + "\n"
      }
      number += 1
      try text.write(toFile: "\(target)/\(number).yaml", atomically: false, encoding: .utf8)
    }
    return count
  }
}
