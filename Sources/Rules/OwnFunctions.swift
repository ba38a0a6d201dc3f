package import CEL
import Registry
import Syntax

/// The functions that expressions of schemas, queries and `eval` have beside those of CEL.
///
/// One belongs to one check of one snapshot: what it looked up once it keeps.
package final class OwnFunctions {
  private let index: RecordIndex
  private var calendars: [String: WorkingCalendar] = [:]
  private var lists: [Int: Value] = [:]
  /// The steps that one expression may take, and that all of a check may take together: ten million, and so many
  /// for each record that a check of many has as many to spare.
  private static let (perExpression, perCheck, perRecord) = (1_000_000, 10_000_000, 5_000)
  /// The steps that all expressions may take together.
  let allSteps: Int
  private var stepsLeft: Int
  /// The steps that they took.
  var spentSteps: Int { allSteps - stepsLeft }
  /// Whether the steps of the check are spent, so that nothing more is decided.
  private(set) var isSpent = false

  private var isTold = false

  /// Whether the steps are spent and nobody said so yet; from then on somebody has.
  func tellsSpent() -> Bool {
    guard isSpent, !isTold else { return false }
    isTold = true
    return true
  }

  /// The steps that the next expression may take.
  var allowance: Int { min(Self.perExpression, stepsLeft) }

  /// Takes the steps of an expression off those of the check.
  func spend(_ steps: Int) {
    stepsLeft -= steps
    if stepsLeft <= 0 { isSpent = true }
  }

  /// What answers since this was last set rest on; `nil` where nobody asks.
  var reads: Set<Read>?

  /// A part of the registers that an answer rests on.
  enum Read: Hashable {
    /// The record of a register with an id, or that there is none.
    case record(String, register: Int)
    case register(Int)
  }

  /// Whether an answer since this was last set to `false` rests on records that could not be read.
  package internal(set) var hasMetUnread = false

  /// What the functions take and give.
  package static let signatures: [FunctionSignature] = {
    var signatures = [
      FunctionSignature("date", [.string], .timestamp),
      FunctionSignature("version", [.string], .version),
      FunctionSignature("record", [.string, .string], .optional(.map(.any))),
      FunctionSignature("records", [.string], .list(.map(.any))),
    ]
    // A day is a text or a timestamp; a last argument names a calendar.
    for day: ValueType in [.string, .timestamp] {
      signatures.append(.init("addWorkingDays", [day, .int], day))
      signatures.append(.init("addWorkingDays", [day, .int, .string], day))
      for end: ValueType in [.string, .timestamp] {
        signatures.append(.init("workingDays", [day, end], .int))
        signatures.append(.init("workingDays", [day, end, .string], .int))
      }
    }
    return signatures
  }()

  /// Makes the functions over a snapshot.
  ///
  /// - Parameters:
  ///   - index: The records.
  ///   - steps: How many steps all expressions may take together; as many as the records allow where `nil`.
  package init(over index: RecordIndex, steps: Int? = nil) {
    self.index = index
    allSteps = steps ?? Self.perCheck + Self.perRecord * index.snapshot.recordCount
    stepsLeft = allSteps
  }

  /// Returns the functions over the same records for somebody who works beside this one.
  func forked() -> OwnFunctions { OwnFunctions(over: index, steps: allSteps) }

  /// Calls one of the functions; `nil` where it is none of them.
  package func call(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    switch (name, values.count) {
    case ("date", 1):
      guard case .string(let text) = values[0] else { return nil }
      return .timestamp(try Self.moment(of: try Self.day(text)))
    case ("version", 1):
      guard case .string(let text) = values[0] else { return nil }
      return .version(try Self.version(text))
    case ("workingDays", 2), ("workingDays", 3):
      let calendar = try calendar(values.count == 3 ? values[2] : nil)
      let (start, end) = (try Self.day(of: values[0]), try Self.day(of: values[1]))
      return .int(
        Int64(
          try Self.inCalendar { () throws(WorkingCalendar.Beyond) in
            try calendar.workingDays(from: start, to: end)
          }))
    case ("addWorkingDays", 2), ("addWorkingDays", 3):
      guard case .int(let count) = values[1] else { return nil }
      guard (-10_000...10_000).contains(count) else {
        throw EvaluationError("\(count) Working Days are more than any calendar covers")
      }
      let calendar = try calendar(values.count == 3 ? values[2] : nil)
      let start = try Self.day(of: values[0])
      let day = try Self.inCalendar { () throws(WorkingCalendar.Beyond) in
        try calendar.adding(Int(count), to: start)
      }
      // What goes in as a text comes out as one, so that it compares with what the file has.
      if case .string = values[0] { return .string(day.description) }
      return .timestamp(try Self.moment(of: day))
    case ("record", 2):
      guard case .string(let register) = values[0], case .string(let id) = values[1] else {
        return nil
      }
      let position = try position(of: register)
      let record = index.record(id, in: position)
      reads?.insert(.record(id, register: position))
      if record == nil, index.isUnread(id, in: position) { hasMetUnread = true }
      return .optional(record.map { Value($0.node) })
    case ("records", 1):
      guard case .string(let register) = values[0] else { return nil }
      let position = try position(of: register)
      reads?.insert(.register(position))
      if index.hasUnread(position) { hasMetUnread = true }
      if let known = lists[position] { return known }
      let list = Value.list(index.records[position].map { Value($0.node) })
      lists[position] = list
      return list
    default: return nil
    }
  }

  private func position(of register: String) throws(EvaluationError) -> Int {
    guard let position = index.position(ofRegister: register) else {
      throw EvaluationError("there is no register '\(register)'")
    }
    return position
  }

  private func calendar(_ name: Value?) throws(EvaluationError) -> WorkingCalendar {
    let definitions = index.snapshot.catalogue.calendars
    var definition = definitions.first
    if case .string(let name)? = name {
      definition = definitions.first { $0.name == name }
      guard definition != nil else {
        throw EvaluationError("the catalogue has no calendar '\(name)'")
      }
    }
    guard let definition else {
      throw EvaluationError("the catalogue has no calendar to count Working Days by")
    }
    if let register = index.position(ofRegister: definition.register) {
      reads?.insert(.register(register))
      if index.hasUnread(register) { hasMetUnread = true }
    }
    if let known = calendars[definition.name] { return known }
    guard let calendar = index.snapshot.calendar(definition) else {
      throw EvaluationError("there is no register '\(definition.register)'")
    }
    calendars[definition.name] = calendar
    return calendar
  }

  private static func inCalendar<Result>(
    _ body: () throws(WorkingCalendar.Beyond) -> Result
  ) throws(EvaluationError) -> Result {
    do throws(WorkingCalendar.Beyond) {
      return try body()
    } catch {
      throw EvaluationError(
        "\(error.day) is beyond the calendar '\(error.name)', which covers "
          + "\(error.span.lowerBound) to \(error.span.upperBound)")
    }
  }

  private static func day(_ text: String) throws(EvaluationError) -> Day {
    guard let day = Day(text) else {
      throw EvaluationError("'\(text)' is no date such as 2016-12-09")
    }
    return day
  }

  private static func day(of value: Value) throws(EvaluationError) -> Day {
    switch value {
    case .string(let text): return try day(text)
    case .timestamp(let moment):
      let days = (Double(moment.seconds) / 86_400).rounded(.down)
      return Day(number: Int(days))
    default: throw EvaluationError("a day is a text such as '2016-12-09' or a timestamp")
    }
  }

  private static func moment(of day: Day) throws(EvaluationError) -> Timestamp {
    guard let moment = Timestamp(seconds: Int64(day.number) * 86_400) else {
      throw EvaluationError("\(day) is beyond the years that timestamps have")
    }
    return moment
  }

  private static func version(_ text: String) throws(EvaluationError) -> [Int] {
    let digits = text.split(separator: ".", omittingEmptySubsequences: false)
    let parts = digits.compactMap { part in
      part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard parts.count == digits.count, !parts.isEmpty else {
      throw EvaluationError("'\(text)' is no version such as 5.10")
    }
    return parts
  }
}
