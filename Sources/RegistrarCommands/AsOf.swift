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
      in force. A version that the registers tell of and that has no baseline is named.

      Exit status: 0 there is an answer, 1 nothing was in force, 2 it cannot be judged: baselines may be \
      missing in a shallow clone, and with --known one may not say when it was published.
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
    try ledger.requireKind(kind)
    if ledger.entries.isEmpty, let hint = ledger.gapHint {
      throw Failure("there are no baselines here", hint: hint)
    }
    try ledger.requireHistory(for: "what was in force")
    session.errors += ledger.gapNote
    let answers = try answers(ledger, on: date, known)
    for case (let name, .unknown(let baseline)) in answers {
      session.errors +=
        "\(name): cannot be judged: \(baseline.name) does not say when it was published\n"
    }
    let isUnclear = answers.contains { if case .unknown = $0.answer { true } else { false } }
    guard !answers.isEmpty else {
      let way = known.map { ", as known on \($0)" } ?? ""
      session.output += "no baseline was in force on \(date)\(way)\n"
      return ledger.gaps.mayLackTags ? .failed : .errorsFound
    }
    guard let item else {
      for case (let name, .inForce(let baseline)) in answers {
        session.output +=
          "\(name): \(baseline.name), in force from \(baseline.effective ?? "")\n"
        if let version = try await follower(of: baseline, ledger, on: date, place, session) {
          session.output += "  \(version.sentence)\n"
        }
      }
      return isUnclear ? .failed : .clean
    }
    // The first kind of the catalogue that holds the item.
    var failure: Failure?
    for (_, answer) in answers {
      // What a kind before held cannot be said by one after it.
      guard case .inForce(let baseline) = answer else { return .failed }
      let tree = try place.tree(at: .revision(baseline.tag.target.description))
      let snapshot = try await session.snapshotToShow(tree)
      let version = try await follower(of: baseline, ledger, on: date, place, session)
      do throws(Failure) {
        let (item, number) = Session.clause(in: item)
        let (register, record) = try RecordIndex(of: snapshot).item(item)
        let kind = snapshot.catalogue.baselineKind(of: baseline.name)
        guard BaselineScope(kind).holds(record, of: register) else { continue }
        session.output +=
          "\(record.id) as of \(baseline.name), in force from \(baseline.effective ?? "")\n\n"
        if let version { session.errors += "note: \(version.sentence)\n" }
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

  /// Returns the version that had followed a baseline by a day, and has none, as the registers of today tell it.
  private func follower(
    of baseline: Baseline, _ ledger: Ledger, on date: Day, _ place: Workplace, _ session: Session
  ) async throws -> UntaggedVersion? {
    guard known == nil, let kind = ledger.kind(of: baseline), kind.versions != nil else {
      return nil
    }
    return try await UntaggedVersion(
      of: kind, after: baseline, on: date, in: place.tree(at: .revision("HEAD")),
      jobs: session.processorCount)
  }

  /// What a kind of baseline says of a day.
  private enum Answer {
    case inForce(Baseline)
    /// Whether this one was published by then, it does not say.
    case unknown(Baseline)
  }

  /// Returns what was in force, of each kind in the order of the catalogue; kinds without an answer are left
  /// out.
  private func answers(
    _ ledger: Ledger, on date: Day, _ known: Day?
  ) throws -> [(kind: String, answer: Answer)] {
    let withdrawals = try ledger.countedWithdrawals()
    var candidates: [String: [Baseline]] = [:]
    for baseline in ledger.baselines where withdrawals[baseline.name] == nil {
      guard let effective = baseline.effective.flatMap(Day.init), effective <= date,
        let name = ledger.kind(of: baseline)?.name, kind == nil || kind == name
      else { continue }
      candidates[name, default: []].append(baseline)
    }
    var answers: [(kind: String, answer: Answer)] = []
    for name in ledger.kinds.map(\.name) {
      // Two kinds of one name are one.
      guard let found = candidates.removeValue(forKey: name) else { continue }
      for baseline in found.sorted(by: { $0.order > $1.order }) {
        if let known {
          guard let published = baseline["Published"].flatMap(Day.init) else {
            answers.append((name, .unknown(baseline)))
            break
          }
          guard published <= known else { continue }
        }
        answers.append((name, .inForce(baseline)))
        break
      }
    }
    return answers
  }
}
