import JSONSchema
import Registry
import Syntax

extension RegisterRule.Parameter {
  /// The register of meetings, for a rule that compares their days.
  ///
  /// - Parameter meaning: What it is there for, as a sentence with a full stop.
  /// - Returns: The parameter, which need not be given.
  static func meetings(_ meaning: String) -> Self {
    Self(name: "meetings", kind: .register, meaning: meaning, isRequired: false)
  }

  /// The property with the day of a meeting of ``meetings(_:)``.
  static let held = Self(
    name: "held", kind: .property,
    meaning: "The property of a meeting with its date; 'held' where none is given.",
    isRequired: false, of: "meetings", standard: "held", holds: .day)
}

extension RegisterRule {
  /// Returns the letters of the id of a meeting, or of what it raised, which are those of its body.
  static func body(ofMeeting id: String) -> String {
    String(id.prefix { !("0"..."9").contains($0) })
  }
}

extension RegisterCase {
  /// Returns the day on which a meeting was held; `nil` where the register of meetings does not say it.
  func dayHeld(_ meeting: String) -> Day? {
    register("meetings").flatMap { index.record(meeting, in: $0) }?
      .node[text("held") ?? "held"]?.text.flatMap(Day.init)
  }
}
