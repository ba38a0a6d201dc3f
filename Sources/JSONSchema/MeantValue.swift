import Patterns
import Syntax

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

  /// Returns what to write for a number or a truth value where a text belongs.
  ///
  /// - Parameters:
  ///   - written: The value as it stands in the file.
  ///   - schema: The schema that asks for a text.
  /// - Returns: An imperative; `.some(nil)` where the same in quotes is wrong too, `nil` where it is right as far as
  ///   the schema tells.
  static func help(forText written: String, by schema: Node) -> String?? {
    let pattern = schema["pattern"]?.string
    if schema["format"]?.string == "date" || pattern?.contains("\\d{4}-\\d{2}") == true {
      return .some(dayOfDigits(written) ?? "Write a day such as 2016-12-09")
    }
    if let allowed = schema["enum"]?.elements.compactMap(\.string), !allowed.contains(written) {
      return .some(nil)
    }
    if let pattern, let form = try? Pattern(ecma262: pattern), !form.matches(written) {
      return .some(nil)
    }
    return nil
  }

  /// Returns the number that a text most likely is, where a number belongs: `4` for `04`, `1000` for `1,000`.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - types: What belongs there.
  ///   - schema: The schema that asks for it, whose bounds the number keeps.
  /// - Returns: The number as it is written; `nil` where the text is none, or one out of bounds.
  static func number(in text: String, as types: TypeMask, by schema: Node) -> String? {
    guard types.contains(.number) || types.contains(.integer), !types.contains(.string),
      (1...15).contains(text.utf8.count)
    else { return nil }
    var plain = text.filter { $0 != " " }
    let groups = plain.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1, (1...3).contains(groups[0].count),
      groups.dropFirst().allSatisfy({
        $0.prefix(3).allSatisfy(\.isNumber) && $0.prefix { $0 != "." }.count == 3
      })
    {
      plain = groups.joined()
    }
    let sign = plain.hasPrefix("-") ? "-" : ""
    if plain.hasPrefix("-") || plain.hasPrefix("+") { plain.removeFirst() }
    let parts = plain.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      parts.count == 1 || types.contains(.number)
    else { return nil }
    let whole = parts[0].drop { $0 == "0" }
    let number = sign + (whole.isEmpty ? "0" : whole) + (parts.count > 1 ? "." + parts[1] : "")
    guard let value = Double(number),
      schema["minimum"]?.text.flatMap(Double.init).map({ $0 <= value }) ?? true,
      schema["maximum"]?.text.flatMap(Double.init).map({ $0 >= value }) ?? true
    else { return nil }
    return number
  }

  /// Returns what to write for a day of eight digits, or for the number that spreadsheets keep a day as.
  private static func dayOfDigits(_ text: String) -> String? {
    guard let number = Int(text), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    if text.utf8.count == 8 {
      let day = written(number / 10_000, number / 100 % 100, number % 100)
      return day.map { "Write \($0)" }
    }
    // Days since 1899-12-30, for those from 1954 to 2119.
    guard (20_000...80_000).contains(number) else { return nil }
    var (year, month, left) = (1900, 1, number - 2)
    while left >= ByteCursor.days(inMonth: month, of: year) {
      left -= ByteCursor.days(inMonth: month, of: year)
      (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
    }
    return written(year, month, left + 1).map {
      "Write \($0), if \(number) is the number that a spreadsheet has for a day"
    }
  }

  /// Returns a day as ISO 8601 writes it, or `nil` where the calendar has none.
  private static func written(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1000...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= ByteCursor.days(inMonth: month, of: year)
    else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  /// Returns the year that two digits stand for, as spreadsheets take them.
  private static func year(_ number: Int, _ text: String) -> Int {
    text.utf8.count == 2 ? number + (number < 70 ? 2000 : 1900) : number
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
    let days = days(text)
    switch days.count {
    case 0: return nil
    case 1: return "Write \(days[0])"
    default: return "Write the year, the month and the day: \(days.joined(separator: " or "))"
    }
  }

  /// Returns the days that a text may mean, as ISO 8601 writes them.
  static func days(_ text: String) -> [String] {
    let parts = text.split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    guard parts.count == 3, text.utf8.count <= 30 else { return [] }
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
    if let year = number(parts[2]), let day = number(parts[0]), let name = month(parts[1]) {
      return [written(Self.year(year, parts[2]), name, day)].compactMap(\.self)
    }
    if let year = number(parts[2]), let day = number(parts[1]), let name = month(parts[0]) {
      return [written(Self.year(year, parts[2]), name, day)].compactMap(\.self)
    }
    guard let one = number(parts[0]), let two = number(parts[1]), let three = number(parts[2])
    else { return [] }
    var days: [String] = []
    let (first, last) = (year(one, parts[0]), year(three, parts[2]))
    for day in [written(last, two, one), written(last, one, two), written(first, two, three)] {
      if let day, !days.contains(day) { days.append(day) }
    }
    return days
  }
}
