extension ByteCursor {
  /// Reads `full-date` of RFC 3339, section 5.6.
  mutating func takeDate() -> Bool {
    guard let year = takeNumber(digits: 4), take("-"), let month = takeNumber(digits: 2), take("-"),
      let day = takeNumber(digits: 2), (1...12).contains(month)
    else { return false }
    return day >= 1 && day <= Self.days(inMonth: month, of: year)
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: return 30
    case 2:
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      return isLeap ? 29 : 28
    default: return 31
    }
  }

  /// Reads `full-time` of RFC 3339, section 5.6; a leap second only at the end of a day in UTC.
  mutating func takeTime() -> Bool {
    guard let hour = takeNumber(digits: 2), hour <= 23, take(":"),
      let minute = takeNumber(digits: 2), minute <= 59, take(":"),
      let second = takeNumber(digits: 2), second <= 60
    else { return false }
    if take("."), takeDigits() == 0 { return false }
    var offset = 0
    if !take("Z"), !take("z") {
      let isEast = take("+")
      guard isEast || take("-"), let hours = takeNumber(digits: 2), hours <= 23, take(":"),
        let minutes = takeNumber(digits: 2), minutes <= 59
      else { return false }
      offset = (hours * 60 + minutes) * (isEast ? 1 : -1)
    }
    guard second == 60 else { return true }
    return (hour * 60 + minute - offset + 2 * 1440) % 1440 == 1439
  }

  /// Reads `duration` of RFC 3339, appendix A.
  mutating func takeDuration() -> Bool {
    guard take("P") else { return false }
    let start = position
    if takeDigits() > 0, take("W") { return true }
    position = start
    guard let date = takeUnits("YMD") else { return false }
    guard take("T") else { return date }
    return takeUnits("HMS") == true
  }

  /// Reads numbers with units in order and without gaps between the first and the last.
  ///
  /// - Returns: Whether there is one; `nil` where they are out of order or a number lacks its unit.
  private mutating func takeUnits(_ units: String) -> Bool? {
    var next: Int?
    let units = Array(units.utf8)
    while let byte = peek, Self.isDigit(byte) {
      _ = takeDigits()
      guard let unit = peek, let index = units.firstIndex(of: unit) else { return nil }
      if let next, index != next { return nil }
      position += 1
      next = index + 1
    }
    return next != nil
  }
}
