import Patterns

extension SchemaFields {
  /// What a rule compares a value as.
  package enum Need: Sendable {
    case day
    case number

    /// The value, in words.
    package var name: String {
      switch self {
      case .day: "a date"
      case .number: "a number"
      }
    }
  }

  private static let days = ["2016-12-09", "2016-12", "2016-12-09T18:00:00Z"]

  /// Whether a rule that compares values at the place has anything to compare.
  ///
  /// - Parameter need: What it compares them as.
  /// - Returns: Whether values may be that. Where the schema says nothing of the place they may be anything; a
  ///   text without a form, a list of values or anything else that says so is no date.
  package func mayHold(_ need: Need) -> Bool {
    switch need {
    case .number: return mayBe([.number, .integer])
    case .day:
      guard mayBe(.string) else { return false }
      let steps = (certain + possible).flatMap { program.steps(of: $0) }
      let forms = steps.filter { [.format, .pattern, .oneOfStrings].contains($0.operation) }
      if forms.isEmpty { return !steps.contains { $0.operation == .type } }
      return forms.contains { step in
        switch step.operation {
        case .format: [.date, .dateTime].contains(program.formats[Int(step.a)])
        case .pattern: Self.days.contains { program.patterns[Int(step.a)].matches($0) }
        default:
          (step.a..<(step.a + step.b)).contains {
            program.text(ofName: $0).utf8.prefix(4).allSatisfy { (48...57).contains($0) }
          }
        }
      }
    }
  }

  /// Whether values at the place may be texts of any form: neither listed nor of a pattern or format.
  package var leavesTextOpen: Bool {
    mayBe(.string)
      && !(certain + possible).flatMap { program.steps(of: $0) }.contains {
        [.pattern, .format, .oneOfStrings, .oneOfValues, .constant].contains($0.operation)
      }
  }

  /// Whether the schema says that values at the place are texts, and not which.
  package var isAnyText: Bool {
    let steps = (certain + possible).flatMap { program.steps(of: $0) }
    return values == nil && !mayBe([.number, .integer])
      && steps.contains { $0.operation == .type }
      && !steps.contains { [.pattern, .oneOfStrings, .oneOfValues].contains($0.operation) }
  }
}
