/// A span of time to the nanosecond, as `google.protobuf.Duration` has it.
package struct TimeSpan: Hashable, Comparable, Sendable {
  /// In nanoseconds.
  let total: Int128

  static let zero = TimeSpan(total: 0)
  /// 10,000 years, the bound of the protobuf type.
  private static let bound: Int128 = 315_576_000_000 * 1_000_000_000

  private init(total: Int128) {
    self.total = total
  }

  /// Returns the span, or `nil` beyond the bound of the type.
  init?(nanoseconds: Int128) {
    guard abs(nanoseconds) <= Self.bound else { return nil }
    total = nanoseconds
  }

  package static func < (one: TimeSpan, two: TimeSpan) -> Bool { one.total < two.total }

  /// Reads a span such as `1h30m`, `-1.5s`, `100ms`.
  package init?(_ text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    if rest.elementsEqual("0".utf8) {
      self = .zero
      return
    }
    var sum: Int128 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      var fraction = rest.prefix(0)
      if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        fraction = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(fraction.count)
      }
      guard !digits.isEmpty || !fraction.isEmpty, digits.count <= 20, fraction.count <= 20 else {
        return nil
      }
      let unit = String(
        decoding: rest.prefix { !(48...57).contains($0) && $0 != 46 }, as: UTF8.self)
      let scales: [String: Int128] = [
        "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000,
        "us": 1000, "µs": 1000, "ns": 1,
      ]
      guard let scale = scales[unit] else { return nil }
      rest = rest.dropFirst(unit.utf8.count)
      sum += digits.reduce(Int128(0)) { $0 * 10 + Int128($1 & 15) } * scale
      let power = fraction.reduce(Int128(1)) { power, _ in power * 10 }
      sum += fraction.reduce(Int128(0)) { $0 * 10 + Int128($1 & 15) } * scale / power
    }
    self.init(nanoseconds: isNegative ? -sum : sum)
  }

  /// The span in seconds, as protobuf writes it: `1.5s`.
  package var text: String {
    let (seconds, rest) = abs(total).quotientAndRemainder(dividingBy: 1_000_000_000)
    return (total < 0 ? "-" : "") + "\(seconds)" + Timestamp.fraction(Int(rest)) + "s"
  }
}

/// A moment to the nanosecond, as `google.protobuf.Timestamp` has it.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  package let seconds: Int64
  /// From 0 to 999,999,999.
  let nanoseconds: Int

  /// From year 1 to year 9999, the bounds of the protobuf type.
  private static let bounds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  package init?(seconds: Int64, nanoseconds: Int = 0) {
    guard Self.bounds.contains(seconds) else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  var total: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanoseconds) }

  init?(total: Int128) {
    var (seconds, rest) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
    if rest < 0 {
      rest += 1_000_000_000
      seconds -= 1
    }
    guard let seconds = Int64(exactly: seconds) else { return nil }
    self.init(seconds: seconds, nanoseconds: Int(rest))
  }

  package static func < (one: Timestamp, two: Timestamp) -> Bool { one.total < two.total }

  /// Reads a date and time of RFC 3339.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte & 15)
      }
      return value
    }
    guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, bytes[10] | 0x20 == 116,
      bytes[13] == 58, bytes[16] == 58, let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), let hour = number(11..<13), let minute = number(14..<16),
      let second = number(17..<19), (1...12).contains(month), day >= 1,
      day <= CivilDate.days(inMonth: month, of: year), hour < 24, minute < 60, second < 60
    else { return nil }
    var offset = 19
    var nanoseconds = 0
    if bytes[offset] == 46 {
      offset += 1
      var scale = 100_000_000
      let start = offset
      while offset < bytes.count, (48...57).contains(bytes[offset]) {
        nanoseconds += Int(bytes[offset] & 15) * scale
        scale /= 10
        offset += 1
      }
      guard offset > start else { return nil }
    }
    guard offset < bytes.count else { return nil }
    var zone = 0
    if bytes[offset] | 0x20 == 122 {
      guard offset + 1 == bytes.count else { return nil }
    } else {
      guard offset + 6 == bytes.count, bytes[offset] == 43 || bytes[offset] == 45,
        bytes[offset + 3] == 58, let hours = number((offset + 1)..<(offset + 3)),
        let minutes = number((offset + 4)..<(offset + 6)), hours < 24, minutes < 60
      else { return nil }
      zone = (hours * 60 + minutes) * (bytes[offset] == 45 ? -60 : 60)
    }
    let days = CivilDate(year: year, month: month, day: day).daysSince1970
    let total = Int64(days) * 86400 + Int64(hour * 3600 + minute * 60 + second - zone)
    self.init(seconds: total, nanoseconds: nanoseconds)
  }

  /// The moment in UTC, as RFC 3339 writes it.
  package var text: String {
    let clock = Clock(seconds: seconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = String(clock.date.year)
    let padded = String(repeating: "0", count: max(0, 4 - year.count)) + year
    return "\(padded)-\(two(clock.date.month))-\(two(clock.date.day))T"
      + "\(two(clock.hour)):\(two(clock.minute)):\(two(clock.second))"
      + Self.fraction(nanoseconds) + "Z"
  }

  /// Returns a fraction of a second with three, six or nine digits, as protobuf writes it.
  static func fraction(_ nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = String(nanoseconds)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.hasSuffix("000") { digits.removeLast(3) }
    return "." + digits
  }
}

/// A day of the Gregorian calendar.
struct CivilDate: Hashable {
  let year: Int
  let month: Int
  let day: Int

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days since 1970-01-01.
  ///
  /// By H. Hinnant's "chrono-Compatible Low-Level Date Algorithms", with years that begin in March.
  var daysSince1970: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

/// What a clock and a calendar show at a moment.
struct Clock {
  let date: CivilDate
  let secondOfDay: Int

  /// - Parameter seconds: Since 1970, with the offset of the place added.
  init(seconds: Int64) {
    let days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    date = CivilDate(daysSince1970: Int(days))
    secondOfDay = Int(seconds - days * 86400)
  }

  var hour: Int { secondOfDay / 3600 }
  var minute: Int { secondOfDay / 60 % 60 }
  var second: Int { secondOfDay % 60 }
  /// From 0 for Sunday.
  var dayOfWeek: Int { ((date.daysSince1970 % 7) + 11) % 7 }
  /// From 0 for 1 January.
  var dayOfYear: Int {
    date.daysSince1970 - CivilDate(year: date.year, month: 1, day: 1).daysSince1970
  }
}
