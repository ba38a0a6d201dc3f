import Accounts
import ArgumentParser
import Baselines
import Comparison
import Diagnostics
import Git
import Registry
import Rules
import SourceText
import Syntax

struct AsOf: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "as-of", abstract: "Show what was in force on a day",
    discussion: """
      Answers by the dates of effect that baselines record, never by the times of commits. With \
      --known only baselines count that were published by then. With an item it is shown as it was \
      in force. A version that the registers tell of and that has no baseline is named.

      It cannot be judged where a shallow clone may lack baselines, a partial one what they hold, and with \
      --known where a baseline does not say when it was published.
      """)

  @Argument(help: "The day, as in 2016-11-08.")
  var date: String

  @Argument(help: "The item to show, or a clause of a document: SEC-H:H8.4.")
  var item: String?

  @Option(help: ArgumentHelp("What was known on this day.", valueName: "date"))
  var known: String?

  @Option(help: "The kind of baseline; all by default, and the first of the catalogue for an item.")
  var kind: String?

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

  mutating func validate() throws {
    if format == .json, item != nil {
      throw ValidationError("The text of an item is no JSON: leave --format out.")
    }
  }

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
    let answers = try ledger.inForce(on: date, known: known, kind: kind)
    for case (let name, .unknown(let baseline)) in answers {
      session.errors +=
        "\(name): cannot be judged: \(baseline.name) does not say when it was published\n"
    }
    let isUnclear = answers.contains { if case .unknown = $0.answer { true } else { false } }
    guard !answers.isEmpty else {
      try ledger.requireKinds(on: date)
      let way = known.map { ", as known on \($0)" } ?? ""
      guard format == .text else {
        session.output.add(escaped: JSONText.inForce(on: date, known: known, []).text + "\n")
        return ledger.gaps.mayLackTags ? .failed : .errorsFound
      }
      session.output += "no baseline was in force on \(date)\(way)\n"
      return ledger.gaps.mayLackTags ? .failed : .errorsFound
    }
    guard let item else {
      if format == .json {
        var told: [(kind: String, answer: InForce, follower: UntaggedVersion?)] = []
        for (kind, answer) in answers {
          var version: UntaggedVersion?
          if case .baseline(let baseline) = answer {
            version = try await follower(of: baseline, ledger, on: date, place, session)
          }
          told.append((kind, answer, version))
        }
        session.output.add(
          escaped: JSONText.inForce(on: date, known: known, told).text + "\n")
        return isUnclear ? .failed : .clean
      }
      for case (let name, .baseline(let baseline)) in answers {
        session.output +=
          "\(name): \(baseline.name), in force from \(baseline.effective ?? "")\n"
        if let version = try await follower(of: baseline, ledger, on: date, place, session) {
          session.output += "  \(version.sentence)\n"
        }
      }
      return isUnclear ? .failed : .clean
    }
    // The first kind of the catalogue that holds the item.
    let (name, number) = Session.clause(in: item)
    let history = try HistoryPlace(session, upTo: "HEAD")
    let today = try? await session.item(name, in: history.tree)
    // The catalogue of then may not know how the item is written now, or it had another id.
    let names = [name] + (today.map { [$0.record.id] + $0.record.formerIDs } ?? [])
    var absences: [(baseline: Baseline, failure: Failure, holdsSuch: Bool)] = []
    for (_, answer) in answers {
      // What a kind before held cannot be said by one after it.
      guard case .baseline(let baseline) = answer else { return .failed }
      let tree = try place.tree(at: .revision(baseline.tag.target.description))
      let snapshot = try await session.snapshotToShow(tree)
      let version = try await follower(of: baseline, ledger, on: date, place, session)
      do throws(Failure) {
        let (register, record) = try RecordIndex(of: snapshot).item(firstOf: names)
        let kind = snapshot.catalogue.baselineKind(of: baseline.name)
        guard BaselineScope(kind).holds(record, of: register) else { continue }
        let text = try Self.text(of: record, register, number, in: snapshot)
        if let today, record.id != today.record.id {
          session.errors += "note: '\(today.record.id)' was '\(record.id)' then\n"
        }
        session.output +=
          "\(record.id) as of \(baseline.name), in force from \(baseline.effective ?? "")\n\n"
        if let version { session.errors += "note: \(version.sentence)\n" }
        session.output.add(escaped: text.visible)
        return .clean
      } catch {
        guard error.isAbsence else { throw error }
        let scope = BaselineScope(snapshot.catalogue.baselineKind(of: baseline.name))
        absences.append(
          (baseline, error, today.map { scope.holds($0.record, of: $0.register) } ?? true))
      }
    }
    // A kind that holds no such item says nothing of when it came.
    if absences.contains(where: \.holdsSuch) { absences.removeAll { !$0.holdsSuch } }
    guard let first = absences.first else {
      throw Failure("no baseline in force on \(date) holds '\(item)'")
    }
    let baselines = absences.map { "\($0.baseline.name)" }.joined(separator: " and ")
    if let today {
      var shown = today.record.id
      if let number {
        shown += ":" + number
        if today.register.shape == .document {
          // A clause that is not there today either is a slip.
          do throws(Failure) {
            _ = try today.snapshot.clause(number, of: today.record, in: today.register)
          } catch { throw absences.last?.failure ?? error }
        }
      }
      session.output += "'\(shown)' was not yet there in \(baselines), in force on \(date)\n"
      return .errorsFound
    }
    guard let lost = try await history.lost(name) else {
      // What is meant by a slip is an item of today.
      do {
        _ = try await session.item(name, in: history.tree)
        throw first.failure
      } catch let failure as Failure { throw failure }
    }
    let isBefore = absences.contains {
      history.repository.isAncestor(lost.commit, of: $0.baseline.tag.target)
        || lost.commit == $0.baseline.tag.target
    }
    session.output +=
      "'\(lost.id)' was \(isBefore ? "gone by then" : "not yet there") in \(baselines), in force on "
      + "\(date); it was taken out in commit \(lost.commit.description.prefix(7)) (\(lost.subject))\n"
    return .errorsFound
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

  /// Returns an item, or its clause, as its file has it.
  private static func text(
    of record: Record, _ register: Register, _ number: String?, in snapshot: Snapshot
  ) throws(Failure) -> String {
    if let number { return try snapshot.clause(number, of: record, in: register).source }
    if let source = snapshot.source(at: record.path),
      register.shape == .record || register.shape == .document
    {
      return source.text(of: 0..<source.bytes.count)
    }
    return record.node.members.map { "\($0.key.text ?? ""): \($0.value.json)\n" }.joined()
  }
}
