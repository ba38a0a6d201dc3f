package import Diagnostics

/// Why something may not pass that no place in a file can show.
package struct Refusal: Hashable, Sendable {
  package let code: Diagnostic.Code
  /// A sentence.
  package let reason: String
}

/// What a hook found: refusals in words, and findings with their places.
package struct Judgement: Sendable {
  package private(set) var refusals: [Refusal] = []
  package var report = Report()
  /// What passed by an override of the server's file, in words for its log.
  package private(set) var overridden: [String] = []

  package var passes: Bool { refusals.isEmpty && !report.hasErrors }

  package init() {}

  package mutating func refuse(_ code: Diagnostic.Code, _ reason: String) {
    let refusal = Refusal(code: code, reason: reason)
    if !refusals.contains(refusal) { refusals.append(refusal) }
  }

  mutating func merge(_ other: Judgement) {
    for refusal in other.refusals where !refusals.contains(refusal) { refusals.append(refusal) }
    report.merge(other.report)
    overridden += other.overridden
  }

  /// Takes out what a server lets somebody do all the same, and remembers it.
  mutating func override(_ isLeft: (Diagnostic.Code) -> String?) {
    var used: [String] = []
    refusals.removeAll { refusal in
      guard let leave = isLeft(refusal.code) else { return false }
      used.append("\(refusal.code.rawValue): \(refusal.reason) (\(leave))")
      return true
    }
    report.keep { finding in
      guard finding.severity == .error, let leave = isLeft(finding.code) else { return true }
      used.append("\(finding.code.rawValue): \(finding.message.text) (\(leave))")
      return false
    }
    overridden += used
  }
}

extension Diagnostic.Code {
  /// A message lacks a trailer, or one of its trailers leads nowhere.
  package static let badTrailer: Self = "gate/trailer"
  /// A record is above the class that may go to a remote.
  package static let aboveClass: Self = "gate/classification"
  /// A baseline or a withdrawal is moved or deleted.
  package static let movedBaseline: Self = "gate/moved-baseline"
  /// What has the name of a baseline or of a withdrawal is no good one.
  package static let badBaseline: Self = "gate/bad-baseline"
  /// The rules change.
  package static let changedRules: Self = "gate/changed-rules"
  /// By the rules before the push something in it is wrong.
  package static let oldRules: Self = "gate/old-rules"
  /// Judging took more than the server gives.
  package static let overLimit: Self = "gate/over-limit"
}
