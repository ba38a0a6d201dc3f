import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText

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

  @Argument(help: "The item to show, or a clause of a document: SEC-H:H8.4.", completion: .names)
  var item: String?

  @Option(help: ArgumentHelp("What was known on this day.", valueName: "date"))
  var known: String?

  @Option(
    help: "The kind of baseline; all by default, and the first of the catalogue for an item.",
    completion: .names)
  var kind: String?

  @Option(help: "How to print it.")
  var format: AnswerFormat = .text

  @OptionGroup var destination: Destination

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
    let account = try await InForceAccount(
      on: date, known: known, kind: kind, ledger, place, jobs: session.processorCount)
    for case (let name, .unknown(let baseline), _) in account.answers {
      session.errors +=
        "\(name): cannot be judged: \(baseline.name) does not say when it was published\n"
    }
    guard !account.answers.isEmpty else {
      try ledger.requireKinds(on: date)
      if format == .json {
        session.output.add(escaped: account.json().text + "\n")
      } else {
        let way = known.map { ", as known on \($0)" } ?? ""
        session.output += "no baseline was in force on \(date)\(way)\n"
      }
      return ledger.gaps.mayLackTags ? .failed : .errorsFound
    }
    guard let item else {
      if format == .json {
        session.output.add(escaped: account.json().text + "\n")
      } else {
        tell(account, &session)
      }
      return account.isUnclear ? .failed : .clean
    }
    let past = try Past(upTo: "HEAD", in: place)
    let found = try await session.reading { try await ItemAsOf(of: item, account, past, $0) }
    if format == .json {
      session.output.add(escaped: account.json(found).text + "\n")
    } else {
      tell(found, on: date, &session)
    }
    return switch found {
    case .unclear: .failed
    case .text: .clean
    case .notYet, .gone: .errorsFound
    }
  }

  private func tell(_ account: InForceAccount, _ session: inout Session) {
    for case (let name, .baseline(let baseline), let follower) in account.answers {
      session.output += "\(name): \(baseline.name), in force from \(baseline.effective ?? "")\n"
      if let follower { session.output += "  \(follower.sentence)\n" }
    }
  }

  private func tell(_ found: ItemAsOf, on date: Day, _ session: inout Session) {
    switch found {
    case .unclear: break
    case .text(let text, let holding):
      if let now = holding.idToday { session.errors += "note: '\(now)' was '\(holding.id)' then\n" }
      session.output +=
        "\(holding.id) as of \(holding.baseline.name), in force from \(holding.baseline.effective ?? "")\n\n"
      if let follower = holding.follower { session.errors += "note: \(follower.sentence)\n" }
      session.output.add(escaped: text.visible)
    case .notYet(let item, let baselines):
      session.output +=
        "'\(item)' was not yet there in \(baselines.joined(separator: " and ")), in force on \(date)\n"
    case .gone(let id, let isBefore, let baselines, let commit, let subject):
      let names = baselines.joined(separator: " and ")
      session.output +=
        "'\(id)' was \(isBefore ? "gone by then" : "not yet there") in \(names), in force on "
        + "\(date); it was taken out in commit \(commit.description.prefix(7)) (\(subject))\n"
    }
  }
}
