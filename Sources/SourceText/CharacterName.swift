extension Unicode.Scalar {
  /// The number of the character and what Unicode calls it: `U+200B ZERO WIDTH SPACE`.
  package var named: String {
    let digits = String(value, radix: 16, uppercase: true)
    let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return (properties.name ?? properties.nameAlias).map { "\(number) \($0)" } ?? number
  }
}
