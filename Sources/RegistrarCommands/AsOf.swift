import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

struct AsOf: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "as-of", abstract: "Show what was in force on a day",
    discussion: """
      Answers by the dates of effect that baselines record, never by the times of commits. With \
      --known only baselines count that were published by then. With an item it is shown as it was \
      in force.
      """)

  @Argument(help: "The day, as in 2016-11-08.")
  var date: String

  @Argument(help: "The item to show, or a clause of a document: SEC-H:H8.4.")
  var item: String?

  @Option(help: ArgumentHelp("What was known on this day.", valueName: "date"))
  var known: String?

  @Option(help: "The kind of baseline; all by default, and the first of the catalogue for an item.")
  var kind: String?

  mutating func run(in session: inout Session) async throws -> Outcome {
    func day(_ text: String) throws(Failure) -> Day {
      guard let day = Day(text) else {
        throw Failure("'\(text)' is no date", hint: "Write it as 2016-11-08")
      }
      return day
    }
    let (date, known) = (try day(date), try known.map { text throws(Failure) in try day(text) })
    let place = try Workplace(session)
    let ledger = try place.ledger()
    if ledger.entries.isEmpty, let hint = ledger.gapHint {
      throw Failure("there are no baselines here", hint: hint)
    }
    let withdrawals = try ledger.countedWithdrawals()
    // The kinds in the order of the baselines' names; of each the last that is in force.
    var inForce: [String: Baseline] = [:]
    for baseline in ledger.baselines where withdrawals[baseline.name] == nil {
      guard let effective = baseline.effective.flatMap(Day.init), effective <= date,
        let name = ledger.kind(of: baseline)?.name, kind == nil || kind == name
      else { continue }
      if let known {
        guard let published = baseline["Published"].flatMap(Day.init), published <= known else {
          continue
        }
      }
      let isLater = inForce[name].map { $0.order < baseline.order } ?? true
      if isLater { inForce[name] = baseline }
    }
    guard !inForce.isEmpty else {
      let way = known.map { ", as known on \($0)" } ?? ""
      session.output += "no baseline was in force on \(date)\(way)\n"
      return .errorsFound
    }
    guard let item else {
      for (name, baseline) in inForce.sorted(by: { $0.key < $1.key }) {
        session.output +=
          "\(name): \(baseline.name), in force from \(baseline.effective ?? "")\n"
      }
      return .clean
    }
    // A kind that holds the item, the one that holds everything first.
    var failure: Failure?
    for baseline in inForce.values.sorted(by: {
      ($0["Items"].flatMap { Int($0) } ?? 0) > ($1["Items"].flatMap { Int($0) } ?? 0)
    }) {
      let tree = try place.tree(at: .revision(baseline.tag.target.description))
      let snapshot = try await session.snapshotToShow(tree)
      do throws(Failure) {
        let (item, number) = Session.clause(in: item)
        let (register, record) = try RecordIndex(of: snapshot).item(item)
        let kind = snapshot.catalogue.baselineKind(of: baseline.name)
        guard kind?.registers?.contains(register.name) ?? true else { continue }
        session.output +=
          "\(record.id) as of \(baseline.name), in force from \(baseline.effective ?? "")\n\n"
        if let number {
          session.output += try snapshot.clause(number, of: record, in: register).source
        } else if let source = snapshot.source(at: record.path),
          register.shape == .record || register.shape == .document
        {
          session.output += source.text(of: 0..<source.bytes.count)
        } else {
          for member in record.node.members {
            session.output += "\(member.key.text ?? ""): \(member.value.json)\n"
          }
        }
        return .clean
      } catch {
        failure = failure ?? error
      }
    }
    throw failure ?? Failure("no baseline in force on \(date) holds '\(item)'")
  }
}
