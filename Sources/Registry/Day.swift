/// A day of the Gregorian calendar, without a time and a time zone.
package struct Day: Hashable, Comparable, Strideable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int

  /// Makes the day with a number; beyond a million years it is the last or the first that there is.
  package init(number: Int) {
    self.number = min(max(number, -365_000_000), 365_000_000)
  }

  /// Reads a date of ISO 8601, `2016-12-09`; what follows a `T` is left out.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10 || (bytes.count > 10 && bytes[10] == UInt8(ascii: "T")),
      bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      value = value * 10 + Int(digit & 15)
    }
    return value
  }

  /// Makes the day of a date, or `nil` where the calendar has none.
  ///
  /// The arithmetic counts years from March, so that the leap day is the last of its year.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted >= 0 ? shifted / 400 : (shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// The year, the month and the day of the month.
  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 0 for Monday to 6 for Sunday.
  package var weekday: Int { ((number + 3) % 7 + 7) % 7 }

  package static let weekdayNames = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  package static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  package static func < (one: Day, two: Day) -> Bool { one.number < two.number }
  package func distance(to other: Day) -> Int { other.number - number }
  package func advanced(by days: Int) -> Day {
    let (sum, isBeyond) = number.addingReportingOverflow(days)
    return Day(number: isBeyond ? (days < 0 ? .min : .max) : sum)
  }
}

extension Day {
  /// The day in words: `9 February 2017`.
  package var words: String {
    let (year, month, day) = parts
    return "\(day) \(Self.monthNames[month - 1]) \(year)"
  }

  /// Returns a moment in the form of ISO 8601, in UTC with a Z at its end.
  ///
  /// - Parameter seconds: Since 1970.
  /// - Returns: The text, `2016-12-09T10:30:00Z`.
  package static func timestamp(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    // Nobody signs before the year 1 or after 9999.
    let seconds = min(max(seconds, -62_135_596_800), 253_402_300_799)
    let day = Day(number: (seconds - (seconds < 0 ? 86_399 : 0)) / 86_400)
    let rest = seconds - day.number * 86_400
    return "\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}

extension Day: CustomStringConvertible {
  /// The date of ISO 8601.
  package var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let parts = parts
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }
}
