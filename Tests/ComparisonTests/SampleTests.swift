import Comparison
import Foundation
import RegistrarTestSupport
import SourceText
import Testing

/// A change of a real agreement as a person marked it, by the lines of the two versions.
private struct MarkedChange {
  let agreement: String
  let old: String
  let new: String
  let kind: String
  let oldLine: Int?
  let newLine: Int?
}

private func sample() throws -> [MarkedChange] {
  let path = projectFolder + "/Tests/ComparisonTests/Sample/changes.csv"
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
  return lines.map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return MarkedChange(
      agreement: cells[0], old: cells[1], new: cells[2], kind: cells[3], oldLine: Int(cells[4]),
      newLine: Int(cells[5]))
  }
}

private func version(_ agreement: String, _ date: String) throws -> SourceFile? {
  guard let corpus = Conformance.corpus else { return nil }
  let name = "\(corpus)/legal/\(agreement)/\(date).md"
  let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: name)))
  return SourceFile(path: try #require(RepoPath("agreement.md")), bytes: bytes)
}

/// What a redline says of a passage, in the words of the sample.
private func verdict(
  on change: MarkedChange, _ redline: Redline, _ old: SourceFile, _ new: SourceFile
)
  -> String
{
  func step(at line: Int?, _ file: SourceFile, _ passage: (Redline.Step) -> Passage?) -> Int? {
    guard let line else { return nil }
    let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let offset = lines[line - 1].startIndex
    return redline.steps.firstIndex { passage($0)?.range.contains(offset) == true }
  }
  let before = step(at: change.oldLine, old) { $0.old }
  let now = step(at: change.newLine, new) { $0.new }
  func name(_ index: Int) -> String {
    let step = redline.steps[index]
    switch step.kind {
    case .same: return step.isRenumbered ? "renumbered" : "unchanged"
    case .movedAway, .movedHere: return "moved"
    default: return step.kind.rawValue
    }
  }
  switch (before, now) {
  case (let one?, let two?) where one != two:
    let isMove = redline.steps[one].partner == two && redline.steps[one].kind == .movedAway
    return isMove ? "moved" : "\(name(one)) and \(name(two))"
  case (let index?, _), (nil, let index?): return name(index)
  case (nil, nil): return "nowhere"
  }
}

@Test func `no move is told in real agreements that a person did not mark`() throws {
  let marked = try sample().filter { $0.kind == "moved" }
  var told = 0
  for (agreement, dates) in try versions() {
    for (before, now) in zip(dates, dates.dropFirst()) {
      guard let old = try version(agreement, before), let new = try version(agreement, now) else {
        continue
      }
      let redline = Redline(from: old, to: new)
      let moves = redline.steps.count { $0.kind == .movedAway }
      let here = marked.filter { $0.agreement == agreement && $0.new == now }
      let found = here.count { verdict(on: $0, redline, old, new) == "moved" }
      #expect(moves == found, "\(agreement) \(now)")
      told += moves
    }
  }
  #expect(told == marked.count || Conformance.corpus == nil && !Conformance.isRequired)
}

/// The dates of the versions of each agreement, in order.
private func versions() throws -> [(agreement: String, dates: [String])] {
  guard let corpus = Conformance.corpus else { return [] }
  return try ["terms-of-service", "marketplace-developer-agreement"].map { agreement in
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/legal/\(agreement)")
    return (agreement, names.sorted().map { String($0.dropLast(3)) })
  }
}

@Test func `changes that a person marked in real agreements are told as what they are`() throws {
  let marked = try sample()
  #expect(marked.count >= 60)
  var table: [String: [String: Int]] = [:]
  var misses: [String] = []
  for change in marked {
    guard let old = try version(change.agreement, change.old),
      let new = try version(change.agreement, change.new)
    else {
      #expect(!Conformance.isRequired, "the corpus of legal text is absent")
      return
    }
    let found = verdict(on: change, Redline(from: old, to: new), old, new)
    table[change.kind, default: [:]][found, default: 0] += 1
    if found != change.kind {
      misses.append(
        "\(change.agreement) \(change.new) \(change.oldLine ?? 0) \(change.newLine ?? 0): \(change.kind) is told as \(found)"
      )
    }
  }
  let found = marked.count - misses.count
  #expect(20 * found >= 19 * marked.count, "\(table)\n\(misses.joined(separator: "\n"))")
}
