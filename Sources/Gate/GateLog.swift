import Diagnostics
import Git
import Registry
import SourceText

/// What a server's gate did: one line of JSON for each push that was refused or passed by an override.
///
/// Lines are added and never changed.
package struct GateLog {
  private let time: Int
  private let pusher: String?
  private let updates: [ReferenceUpdate]
  private let options: [String]

  /// Begins an entry.
  ///
  /// - Parameters:
  ///   - time: Seconds since 1970.
  ///   - pusher: Who pushes.
  ///   - updates: What is pushed.
  ///   - environment: Where Git tells the options of the push.
  package init(
    time: Int, pusher: String?, _ updates: [ReferenceUpdate], _ environment: [String: String]
  ) {
    self.time = time
    self.pusher = pusher
    self.updates = updates
    let count = environment["GIT_PUSH_OPTION_COUNT"].flatMap(Int.init) ?? 0
    options = (0..<min(max(0, count), 1_000)).compactMap { environment["GIT_PUSH_OPTION_\($0)"] }
  }

  /// Makes a line.
  ///
  /// - Parameters:
  ///   - event: `refused`, `overridden`, or `rules` where somebody with leave changed them.
  ///   - reasons: Why, one sentence each.
  /// - Returns: The line with its end.
  package func line(_ event: String, _ reasons: [String]) -> String {
    func zero(_ id: ObjectID?) -> JSONText { .string(id?.description ?? "") }
    let refs = updates.map { update in
      JSONText.object([
        "ref": .string(update.name.description), "old": zero(update.old), "new": zero(update.new),
      ])
    }
    let entry = JSONText.object([
      "time": .string(Day.timestamp(time)), "event": .string(event),
      "who": .string(pusher ?? "unknown"), "refs": .array(refs),
      "options": options.isEmpty ? nil : .array(options.map { .string($0) }),
      "reasons": .array(reasons.map { .string($0) }),
    ])
    return entry.text + "\n"
  }
}
