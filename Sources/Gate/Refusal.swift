package import Diagnostics
import SourceText

/// Why something may not pass that no place in a file can show.
package struct Refusal: Hashable, Sendable {
  package let code: Diagnostic.Code
  /// A sentence.
  package let reason: String
  /// What to do, in the imperative.
  package let help: String?
}

/// What a hook found: refusals in words, and findings with their places.
package struct Judgement: Sendable {
  package private(set) var refusals: [Refusal] = []
  /// The same, to tell each once.
  private var known: Set<Refusal> = []
  package var report = Report()
  /// What the person should know all the same, as sentences without a full stop.
  package var notes: [String] = []
  /// What passed by an override of the server's file, in words for its log.
  package private(set) var overridden: [String] = []
  /// What somebody with leave for it changed of the rules, in words for the server's log.
  package private(set) var accepted: [String] = []
  /// The overrides that would have let something pass and have ended.
  package private(set) var ended: [String] = []

  package var passes: Bool { refusals.isEmpty && !report.hasErrors }

  package init() {}

  /// Why it does not pass, in words for a log: a sentence each, the first of very many.
  package var reasons: [String] {
    let found =
      refusals.map { "\($0.reason) [\($0.code.rawValue)]" }
      + report.sorted.filter { $0.severity == .error }.map(Self.words)
    return found.count > 100
      ? found.prefix(100) + ["and \(found.count - 100) more"] : found
  }

  /// A finding on one line.
  private static func words(for finding: Diagnostic) -> String {
    let commit = finding.commit.map { " in commit \($0.id.prefix(7))" } ?? ""
    return "\(finding.range.path)\(commit): \(finding.message.text) [\(finding.code.rawValue)]"
  }

  package mutating func refuse(
    _ code: Diagnostic.Code, _ reason: String, help: String? = nil
  ) {
    let refusal = Refusal(code: code, reason: reason, help: help)
    if known.insert(refusal).inserted { refusals.append(refusal) }
  }

  mutating func accept(_ change: String) { accepted.append(change) }

  mutating func merge(_ other: Judgement) {
    for refusal in other.refusals { refuse(refusal.code, refusal.reason, help: refusal.help) }
    report.merge(other.report)
    overridden += other.overridden
    accepted += other.accepted
    for leave in other.ended where !ended.contains(leave) { ended.append(leave) }
  }

  /// Takes out what a server lets somebody do all the same, and remembers it.
  ///
  /// - Parameter leave: Returns the leave for a code, and whether it has not ended yet.
  mutating func override(_ leave: (Diagnostic.Code) -> (words: String, holds: Bool)?) {
    var (used, ended): ([String], [String]) = ([], [])
    func passes(_ code: Diagnostic.Code, _ what: String) -> Bool {
      guard let leave = leave(code) else { return false }
      guard leave.holds else {
        if !ended.contains(leave.words) { ended.append(leave.words) }
        return false
      }
      used.append("\(what) (\(leave.words))")
      return true
    }
    refusals.removeAll { passes($0.code, "\($0.reason) [\($0.code.rawValue)]") }
    report.keep { finding in
      finding.severity != .error || !passes(finding.code, Self.words(for: finding))
    }
    overridden += used
    self.ended += ended
  }
}

extension Diagnostic.Code {
  /// A reference that nobody may push, or no longer.
  package static let badReference: Self = "gate/reference"
  /// A message lacks a trailer, or one of its trailers leads nowhere.
  package static let badTrailer: Self = "gate/trailer"
  /// A record is above the class that may go to a remote.
  package static let aboveClass: Self = "gate/classification"
  /// A baseline or a withdrawal is moved or deleted.
  package static let movedBaseline: Self = "gate/moved-baseline"
  /// No branch has the commit of a baseline any more.
  package static let lostBaseline: Self = "gate/lost-baseline"
  /// What has the name of a baseline or of a withdrawal is no good one.
  package static let badBaseline: Self = "gate/bad-baseline"
  /// The rules change.
  package static let changedRules: Self = "gate/changed-rules"
  /// By the rules before the push something in it is wrong.
  package static let oldRules: Self = "gate/old-rules"
  /// Judging took more than the server gives.
  package static let overLimit: Self = "gate/over-limit"
}
