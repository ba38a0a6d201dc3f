/// `format` and `quote` of the strings extension.
enum TextFormat {
  /// Returns the shortest text that reads back as the same double.
  static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
    return number.description
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{7}": result += "\\a"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{B}": result += "\\v"
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Fills a format: `%s %d %f %e %b %x %X %o %%`, with a precision for `%f` and `%e`.
  static func format(_ format: String, _ arguments: [Value]) throws(EvaluationError) -> String {
    var result = ""
    var rest = Array(format.unicodeScalars)[...]
    var next = 0
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      if rest.first == "%" {
        rest.removeFirst()
        result += "%"
        continue
      }
      var precision: Int?
      if rest.first == "." {
        rest.removeFirst()
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        precision = Int(String(String.UnicodeScalarView(digits)))
        guard let precision, precision <= 100 else {
          throw EvaluationError("the precision of this format is no number up to 100")
        }
      }
      guard let clause = rest.popFirst() else { throw EvaluationError("the format ends after '%'") }
      guard next < arguments.count else {
        throw EvaluationError("the format takes more than \(arguments.count) values")
      }
      result += try fill(clause, precision, arguments[next])
      next += 1
    }
    return result
  }

  private static func fill(
    _ clause: Unicode.Scalar, _ precision: Int?, _ value: Value
  ) throws(EvaluationError) -> String {
    switch clause {
    case "s": return try text(of: value)
    case "d":
      switch value {
      case .int(let number): return String(number)
      case .uint(let number): return String(number)
      case .double(let number) where number.isNaN || number.isInfinite: return text(of: number)
      default: break
      }
    case "f", "e":
      let number: Double
      switch value {
      case .double(let value): number = value
      case .int(let value): number = Double(value)
      case .uint(let value): number = Double(value)
      case .string(let text) where ["NaN", "Infinity", "-Infinity"].contains(text): return text
      default: throw .noOverload("%\(clause)", [value])
      }
      if number.isNaN || number.isInfinite { return text(of: number) }
      return clause == "f"
        ? Decimals.fixed(number, digits: precision ?? 6)
        : Decimals.scientific(number, digits: precision ?? 6)
    case "b":
      switch value {
      case .bool(let truth): return truth ? "1" : "0"
      case .int(let number): return String(number, radix: 2)
      case .uint(let number): return String(number, radix: 2)
      default: break
      }
    case "o":
      switch value {
      case .int(let number): return String(number, radix: 8)
      case .uint(let number): return String(number, radix: 8)
      default: break
      }
    case "x", "X":
      let isUpper = clause == "X"
      switch value {
      case .int(let number): return String(number, radix: 16, uppercase: isUpper)
      case .uint(let number): return String(number, radix: 16, uppercase: isUpper)
      case .string(let text): return hexadecimal(Array(text.utf8), isUpper)
      case .bytes(let bytes): return hexadecimal(bytes, isUpper)
      default: break
      }
    default: throw EvaluationError("'%\(clause)' is no clause of a format")
    }
    throw .noOverload("%\(clause)", [value])
  }

  private static func hexadecimal(_ bytes: [UInt8], _ isUpper: Bool) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: isUpper)
      return (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  /// Returns a value as `%s` writes it.
  static func text(of value: Value) throws(EvaluationError) -> String {
    switch value {
    case .null: return "null"
    case .bool(let truth): return truth ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return text(of: number)
    case .string(let text): return text
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    case .timestamp(let moment): return moment.text
    case .duration(let span): return span.text
    case .type(let name): return name
    case .version(let parts): return parts.map(String.init).joined(separator: ".")
    case .list(let list):
      var parts: [String] = []
      for value in list { parts.append(try text(of: value)) }
      return "[" + parts.joined(separator: ", ") + "]"
    case .map(let map):
      var parts: [(String, String)] = []
      for (key, value) in map.entries { parts.append((try text(of: key), try text(of: value))) }
      parts.sort { $0.0 < $1.0 }
      return "{" + parts.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
    case .optional: throw .noOverload("%s", [value])
    }
  }
}

/// Doubles in decimal digits, rounded half to even on their exact value.
enum Decimals {
  /// Returns the exact digits of a finite double: whole part and fraction.
  private static func exact(_ number: Double) -> (whole: [UInt8], fraction: [UInt8]) {
    var mantissa = number.significandBitPattern
    var exponent = Int(number.exponentBitPattern) - 1075
    if number.exponentBitPattern > 0 { mantissa |= 1 << 52 } else { exponent += 1 }
    // Digits of mantissa * 2^exponent; halving adds a digit of fraction.
    var digits = String(mantissa).utf8.map { $0 - 48 }
    var point = digits.count
    for _ in 0..<max(0, exponent) { double(&digits, &point) }
    for _ in 0..<max(0, -exponent) { halve(&digits) }
    return (Array(digits[..<point]), Array(digits[point...]))
  }

  private static func double(_ digits: inout [UInt8], _ point: inout Int) {
    var carry: UInt8 = 0
    for index in digits.indices.reversed() {
      let value = digits[index] * 2 + carry
      digits[index] = value % 10
      carry = value / 10
    }
    if carry > 0 {
      digits.insert(carry, at: 0)
      point += 1
    }
  }

  private static func halve(_ digits: inout [UInt8]) {
    var rest: UInt8 = 0
    for index in digits.indices {
      let value = rest * 10 + digits[index]
      digits[index] = value / 2
      rest = value % 2
    }
    if rest > 0 { digits.append(5) }
  }

  /// Rounds digits to a count, half to even; returns whether a one is carried out.
  private static func round(_ digits: inout [UInt8], to count: Int) -> Bool {
    guard digits.count > count else {
      digits += Array(repeating: 0, count: count - digits.count)
      return false
    }
    let tail = digits[count...]
    let isHalf = tail.first == 5 && tail.dropFirst().allSatisfy { $0 == 0 }
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    let roundsUp = (tail.first ?? 0) > 5 || (tail.first == 5 && (!isHalf || isOdd))
    digits.removeLast(digits.count - count)
    guard roundsUp else { return false }
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return false
      }
      digits[index] = 0
    }
    return true
  }

  private static func text(_ digits: some Sequence<UInt8>) -> String {
    String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
  }

  static func fixed(_ number: Double, digits count: Int) -> String {
    let (whole, fraction) = exact(number.magnitude)
    var digits = whole + fraction
    let point = whole.count
    if round(&digits, to: point + count) { digits.insert(1, at: 0) }
    let end = digits.count - count
    let integer = text(digits[..<end].drop { $0 == 0 })
    let sign = number.sign == .minus ? "-" : ""
    return sign + (integer.isEmpty ? "0" : integer) + (count > 0 ? "." + text(digits[end...]) : "")
  }

  static func scientific(_ number: Double, digits count: Int) -> String {
    let (whole, fraction) = exact(number.magnitude)
    var digits = whole + fraction
    var exponent = whole.count - 1
    while digits.count > 1, digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    if digits.first == 0 { exponent = 0 }
    if round(&digits, to: count + 1) {
      digits.insert(1, at: 0)
      digits.removeLast()
      exponent += 1
    }
    let power = String(abs(exponent))
    return (number.sign == .minus ? "-" : "") + text(digits.prefix(1))
      + (count > 0 ? "." + text(digits.dropFirst()) : "") + "e" + (exponent < 0 ? "-" : "+")
      + (power.count < 2 ? "0" : "") + power
  }
}
