import Accounts
import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Tag approved states, and verify them",
    discussion: """
      A baseline is an annotated tag that records a manifest of every item with its digest. The \
      kinds of baseline and the names of their tags stand in the catalogue.
      """,
    subcommands: [
      BaselineCreate.self, BaselineVerify.self, BaselineSign.self, BaselineList.self,
      BaselineItems.self,
      BaselineShow.self,
      BaselineManifest.self, BaselineExport.self, BaselineNotes.self, BaselinePin.self,
      BaselineWithdraw.self,
    ])
}

extension Outcome {
  /// What a command ends with that says one of the four words.
  init(_ standing: Standing) {
    switch standing {
    case .good: self = .clean
    case .unsigned: self = .unsigned
    case .unclear: self = .failed
    case .bad: self = .errorsFound
    }
  }
}

extension Workplace {
  /// Returns how baselines are verified for whoever asks here: beside what was pinned, by a file of signers
  /// where one is named.
  func terms(_ session: Session, signers: String? = nil) throws -> Verification.Terms {
    var terms = Verification.Terms()
    if let signers { terms.use(try session.signers(in: signers)) }
    terms.jobs = session.processorCount
    terms.pins = Pins(in: try openRepository()).all
    return terms
  }
}

extension Report {
  /// Returns the findings as those that a baseline accepts: one line each of those of the way to it, and how those of
  /// its registers are seen.
  ///
  /// - Parameter name: The name of the baseline.
  /// - Returns: The lines.
  func waivedLines(of name: String) -> String {
    let way = sorted.filter { $0.commit != nil }
    let rest = sorted.count - way.count
    return way.map { "waived: [\($0.code.rawValue)] \($0.range.path): \($0.message.text)\n" }
      .joined()
      + (rest == 0 ? "" : "see what is waived with: registrar check --waived --at \(name)\n")
  }
}

extension Session {
  /// Returns a path that does not count from the session's folder.
  func absolute(_ name: String) -> String {
    name.hasPrefix("/") ? name : workingDirectory + "/" + name
  }

  /// Returns the path of a file from the root of the machine, without `.` and `..`; `nil` where it has none.
  func path(of name: String) -> RepoPath? {
    var parts: [Substring] = []
    for part in absolute(name).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return RepoPath(parts.joined(separator: "/"))
  }

  /// Returns the text of a file that the user names.
  func text(ofFile name: String) throws(Failure) -> String {
    guard let bytes = WorkTree.bytes(ofFile: absolute(name), limit: 1 << 20) else {
      throw Failure("there is no file '\(name)' that can be read")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns who makes a tag and when, as Git would say it.
  func identity(_ repository: Repository) throws(Failure) -> String {
    let person = try person(repository)
    return "\(person.name) <\(person.address)> \(try moment().text)"
  }

  /// Returns who makes an object of Git and when.
  func person(_ repository: Repository) throws(Failure) -> Person {
    let settings = Settings(of: repository)
    let name = environment["GIT_COMMITTER_NAME"] ?? settings.text("user.name")
    let address = environment["GIT_COMMITTER_EMAIL"] ?? settings.text("user.email")
    guard let name, let address else {
      throw Failure(
        "Git does not know who you are", hint: "Run: git config user.name … and user.email …")
    }
    // The forms that an object can hold hold none of these.
    func plain(_ text: String) -> String { String(text.filter { !"<>\n".contains($0) }) }
    return Person(
      name: plain(name), address: plain(address), time: Int64(try moment().seconds))
  }

  /// Signs with the user's key, as Git's settings say.
  func signing(_ repository: Repository) -> Signing {
    let person = try? person(repository)
    return Signing(
      in: repository, committer: person.map { "\($0.name) <\($0.address)>" })
  }

  /// Returns the time that objects are made at: now, or what `GIT_COMMITTER_DATE` says in one of the forms that
  /// Git writes, `1481270400 +0000` and `2016-12-09T08:00:00+00:00`.
  private func moment() throws(Failure) -> (seconds: Int, text: String) {
    guard let given = environment["GIT_COMMITTER_DATE"] else { return (now(), "\(now()) +0000") }
    let words = given.split(separator: " ").map(String.init)
    func zone(_ text: String) -> (text: String, seconds: Int)? {
      let text = text == "Z" ? "+0000" : text.filter { $0 != ":" }
      guard text.utf8.count == 5, let sign = text.first, sign == "+" || sign == "-",
        text.dropFirst().allSatisfy({ ("0"..."9").contains($0) }),
        let number = Int(text.dropFirst())
      else { return nil }
      let seconds = number / 100 * 3600 + number % 100 * 60
      return (text, sign == "-" ? -seconds : seconds)
    }
    if let first = words.first, let seconds = Int(first.drop { $0 == "@" }), words.count <= 2,
      (0...253_402_300_799).contains(seconds), let zone = zone(words.count == 2 ? words[1] : "Z")
    {
      return (seconds, "\(seconds) \(zone.text)")
    }
    if let match = given.wholeMatch(
      of: /(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d):(\d\d) ?(Z|[+-]\d\d:?\d\d)?/),
      let day = Day(String(match.1)), let hour = Int(match.2), let minute = Int(match.3),
      let second = Int(match.4), let zone = zone(match.5.map(String.init) ?? "Z")
    {
      let seconds = day.number * 86_400 + hour * 3600 + minute * 60 + second - zone.seconds
      if (0...253_402_300_799).contains(seconds) { return (seconds, "\(seconds) \(zone.text)") }
    }
    throw Failure(
      "GIT_COMMITTER_DATE is '\(given)', which is no time that is read here",
      hint: "Write it as 1481270400 +0000, or as 2016-12-09T08:00:00+00:00")
  }
}
