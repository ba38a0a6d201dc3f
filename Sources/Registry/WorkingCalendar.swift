package import Syntax

/// Which days are Working Days: Monday to Friday without the holidays of a register.
///
/// The SEC's definition (Section A1): not Saturday, Sunday, Christmas Day, Good Friday or a bank
/// holiday. Days beyond the years that the register covers are in no calendar, because a guess would
/// move a legal date.
package struct WorkingCalendar: Sendable {
  package let name: String
  /// The days that the holidays are known for.
  package let span: ClosedRange<Day>
  private let holidays: Set<Day>

  /// Why days cannot be counted.
  package struct Beyond: Error, Hashable, Sendable {
    package let day: Day
    package let name: String
    package let span: ClosedRange<Day>
  }

  /// Makes a calendar.
  ///
  /// - Parameters:
  ///   - name: What the catalogue calls it.
  ///   - span: The days that the holidays are known for.
  ///   - holidays: The days from Monday to Friday that are no Working Days.
  package init(name: String, span: ClosedRange<Day>, holidays: Set<Day>) {
    self.name = name
    self.span = span
    self.holidays = holidays
  }

  package func isWorkingDay(_ day: Day) throws(Beyond) -> Bool {
    guard span.contains(day) else { throw Beyond(day: day, name: name, span: span) }
    return day.weekday < 5 && !holidays.contains(day)
  }

  /// Returns how many Working Days there are after a day, up to another and with it; less than 0
  /// where the other is earlier.
  ///
  /// - Parameters:
  ///   - start: The day before day 1.
  ///   - end: The last day.
  /// - Returns: The number.
  /// - Throws: `Beyond` where the calendar does not reach.
  package func workingDays(from start: Day, to end: Day) throws(Beyond) -> Int {
    guard span.contains(start) else { throw Beyond(day: start, name: name, span: span) }
    guard span.contains(end) else { throw Beyond(day: end, name: name, span: span) }
    guard start <= end else { return -(try workingDays(from: end, to: start)) }
    var count = 0
    var day = start
    while day < end {
      day = day.advanced(by: 1)
      if try isWorkingDay(day) { count += 1 }
    }
    return count
  }

  /// Returns the Working Day that comes so many after a day, before it where the number is negative.
  ///
  /// - Parameters:
  ///   - count: How many Working Days.
  ///   - start: The day before day 1.
  /// - Returns: The day; `start` itself for 0.
  /// - Throws: `Beyond` where the calendar does not reach.
  package func adding(_ count: Int, to start: Day) throws(Beyond) -> Day {
    var day = start
    var rest = count.magnitude
    while rest > 0 {
      day = day.advanced(by: count < 0 ? -1 : 1)
      if try isWorkingDay(day) { rest -= 1 }
    }
    guard span.contains(day) else { throw Beyond(day: day, name: name, span: span) }
    return day
  }
}

/// A calendar as the catalogue defines it.
package struct CalendarDefinition: Sendable {
  package let name: String
  /// The register whose ids are the holidays.
  package let register: String
  package let span: ClosedRange<Day>
  /// Where the catalogue names the register.
  package let place: Node
}

extension Snapshot {
  /// Returns a calendar of the catalogue with its holidays, or `nil` where there is none.
  package func calendar(_ definition: CalendarDefinition) -> WorkingCalendar? {
    guard let register = catalogue.register(named: definition.register) else { return nil }
    let holidays = records(of: register).compactMap { Day($0.id) }
    return WorkingCalendar(
      name: definition.name, span: definition.span, holidays: Set(holidays))
  }
}
