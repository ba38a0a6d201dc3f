/// What somebody meant by a value that is written as spreadsheets and people write it.
enum MeantValue {
  /// Returns what to write for a text where something else belongs, or `nil` where it is not plain.
  ///
  /// - Parameters:
  ///   - text: What stands there.
  ///   - types: What belongs there.
  /// - Returns: An imperative.
  static func help(for text: String, as types: TypeMask) -> String? {
    if types.contains(.boolean), !types.contains(.string) {
      switch text.lowercased() {
      case "true", "yes", "y", "on": return "Write true"
      case "false", "no", "n", "off": return "Write false"
      default: break
      }
    }
    if types.contains(.array), ["-", "\u{2013}", "\u{2022}", "*"].contains(text.prefix(1)) {
      return "Write each element on a line of its own that begins with '- '"
    }
    if types.contains(.object), let colon = text.firstIndex(of: ":"),
      !text[..<colon].contains(" "), text[text.index(after: colon)...].first != " "
    {
      return "Write a space behind the ':'"
    }
    return nil
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// Returns what to write for a day in another order, or with the name of its month; `nil` where it is none.
  ///
  /// - Parameter text: `18/05/2017`, `18 May 2017`, `May 18, 2017`.
  /// - Returns: The day where one reading is possible, both where two are.
  static func day(_ text: String) -> String? {
    let parts = text.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    guard parts.count == 3, text.utf8.count <= 30 else { return nil }
    func number(_ text: String) -> Int? {
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let rest = text.dropFirst(digits.count).lowercased()
      guard digits.utf8.count <= 4, ["", "st", "nd", "rd", "th"].contains(rest) else { return nil }
      return Int(digits)
    }
    func month(_ text: String) -> Int? {
      let name = text.lowercased()
      guard name.count >= 3 else { return nil }
      return months.firstIndex { $0.hasPrefix(name) || (name == "sept" && $0 == "september") }
        .map { $0 + 1 }
    }
    func written(_ year: Int, _ month: Int, _ day: Int) -> String? {
      let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      guard (1000...9999).contains(year), (1...12).contains(month),
        (1...lengths[month - 1]).contains(day),
        month != 2 || day < 29 || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
      else { return nil }
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return "\(year)-\(two(month))-\(two(day))"
    }
    if let year = number(parts[2]), let day = number(parts[0]), let name = month(parts[1]) {
      return written(year, name, day).map { "Write \($0)" }
    }
    if let year = number(parts[2]), let day = number(parts[1]), let name = month(parts[0]) {
      return written(year, name, day).map { "Write \($0)" }
    }
    guard let one = number(parts[0]), let two = number(parts[1]), let three = number(parts[2])
    else {
      return nil
    }
    var days: [String] = []
    for day in [written(three, two, one), written(three, one, two), written(one, two, three)] {
      if let day, !days.contains(day) { days.append(day) }
    }
    switch days.count {
    case 0: return nil
    case 1: return "Write \(days[0])"
    default: return "Write the year, the month and the day: \(days.joined(separator: " or "))"
    }
  }
}
