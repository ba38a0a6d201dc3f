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
      BaselineLog.self,
      BaselineShow.self,
      BaselineManifest.self, BaselineExport.self, BaselineNotes.self, BaselinePin.self,
      BaselineWithdraw.self,
    ])
}

extension Repository {
  /// Returns a baseline, or fails where there is none of the name.
  func baseline(named name: String) throws(Failure) -> Baseline {
    let known: [Baseline]
    do throws(GitError) {
      known = try baselines()
    } catch {
      throw Failure("the tags cannot be read: \(error.message)")
    }
    if let baseline = known.first(where: { $0.name == name }) { return baseline }
    throw Failure(
      "there is no baseline '\(name)'",
      hint: nearest(to: name, among: known.map(\.name)).map { "Did you mean '\($0)'?" }
        ?? "List them with: registrar baseline list")
  }
}

extension Workplace {
  /// Returns the repository, or fails where there is none.
  func openRepository() throws(Failure) -> Repository {
    guard let repository else {
      throw Failure("there is no Git repository here", hint: "Run the command inside of one")
    }
    return repository
  }
}

extension Report {
  /// The findings as those that a baseline accepts, one line each.
  var waivedLines: String {
    sorted.map { "waived: [\($0.code.rawValue)] \($0.range.path): \($0.message.text)\n" }.joined()
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
    let time = environment["GIT_COMMITTER_DATE"] ?? "\(now()) +0000"
    return "\(person.name) <\(person.address)> \(time.filter { !"<>\n".contains($0) })"
  }

  /// Returns who makes an object of Git and when.
  func person(_ repository: Repository) throws(Failure) -> Person {
    let name = environment["GIT_COMMITTER_NAME"] ?? repository.setting("user.name")
    let address = environment["GIT_COMMITTER_EMAIL"] ?? repository.setting("user.email")
    guard let name, let address else {
      throw Failure(
        "Git does not know who you are", hint: "Run: git config user.name … and user.email …")
    }
    // The forms that an object can hold hold none of these.
    func plain(_ text: String) -> String { String(text.filter { !"<>\n".contains($0) }) }
    let given = environment["GIT_COMMITTER_DATE"]?.split(separator: " ").first
    return Person(
      name: plain(name), address: plain(address),
      time: given.flatMap { Int64($0) } ?? Int64(now()))
  }
}
