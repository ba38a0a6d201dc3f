/// A decimal number of any size, exactly as written.
///
/// JSON puts no bound on numbers, and binary floating point would call `0.3` no multiple of `0.1`;
/// so bounds and multiples are decided on decimal digits.
package struct ExactNumber: Hashable, Sendable {
  /// The largest power of ten that arithmetic (not comparison) follows.
  ///
  /// `1e999999999` is a valid number of JSON; dividing it digit by digit would hang a server.
  package static let largestExponent = 100_000

  let isNegative: Bool
  /// The digits from the highest, each 0...9, without zeros at either end; none is zero.
  let digits: [UInt8]
  /// The power of ten of the last digit.
  let exponent: Int

  /// Reads a number as RFC 8259 writes it.
  ///
  /// - Parameter text: The number; anything else gives an unspecified value.
  package init(_ text: UnsafeBufferPointer<UInt8>) {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    var exponent = 0
    var isInFraction = false
    var offset = 0
    var isNegative = false
    if text.first == UInt8(ascii: "-") {
      isNegative = true
      offset = 1
    }
    scan: while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "."): isInFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
      case let digit:
        if !digits.isEmpty || digit != UInt8(ascii: "0") { digits.append(digit & 15) }
        if isInFraction { exponent -= 1 }
      }
      offset += 1
    }
    exponent += Self.exponent(of: text[min(offset + 1, text.count)...])
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.isNegative = isNegative && !digits.isEmpty
    self.digits = digits
    self.exponent = digits.isEmpty ? 0 : exponent
  }

  /// Reads a signed exponent; one that is out of all proportion stays at a bound.
  private static func exponent(of text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var value = 0
    for byte in text where byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+") {
      value = min(value * 10 + Int(byte & 15), 1_000_000_000_000)
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  package var isInteger: Bool { exponent >= 0 }

  private var isZero: Bool { digits.isEmpty }

  /// Whether the number divided by `divisor` is a whole number.
  ///
  /// - Parameter divisor: A number above 0.
  /// - Returns: The answer, or `nil` where an exponent is beyond ``largestExponent``.
  func isMultiple(of divisor: ExactNumber) -> Bool? {
    if isZero { return true }
    guard !divisor.isZero else { return false }
    let shift = exponent - divisor.exponent
    // Both are free of trailing zeros: the divisor has a factor 10 that the number lacks.
    guard shift >= 0 else { return false }
    guard shift <= Self.largestExponent else { return nil }
    var remainder = Remainder(modulus: divisor.digits)
    for digit in digits { remainder.append(digit) }
    for _ in 0..<shift { remainder.append(0) }
    return remainder.isZero
  }
}

extension ExactNumber: Comparable {
  package static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isCloserToZero(than: left) : left.isCloserToZero(than: right)
  }

  private func isCloserToZero(than other: ExactNumber) -> Bool {
    if isZero || other.isZero { return isZero && !other.isZero }
    let magnitude = digits.count + exponent
    let otherMagnitude = other.digits.count + other.exponent
    if magnitude != otherMagnitude { return magnitude < otherMagnitude }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

/// What remains of a number, given digit by digit, after division by a modulus of any size.
private struct Remainder {
  /// The modulus and the remainder in base 10^9, lowest limb first.
  private let modulus: [UInt64]
  private var limbs: [UInt64]
  private static let base: UInt64 = 1_000_000_000

  init(modulus digits: [UInt8]) {
    var limbs: [UInt64] = []
    var end = digits.count
    while end > 0 {
      let start = max(0, end - 9)
      limbs.append(digits[start..<end].reduce(0) { $0 * 10 + UInt64($1) })
      end = start
    }
    modulus = limbs
    // One limb more than the modulus: ten times a remainder may need it.
    self.limbs = Array(repeating: 0, count: limbs.count + 1)
  }

  var isZero: Bool { limbs.allSatisfy { $0 == 0 } }

  mutating func append(_ digit: UInt8) {
    var carry = UInt64(digit)
    for index in limbs.indices {
      let value = limbs[index] * 10 + carry
      limbs[index] = value % Self.base
      carry = value / Self.base
    }
    // At most nine times: the remainder was below the modulus before it grew tenfold.
    while isAtLeastModulus { subtractModulus() }
  }

  private var isAtLeastModulus: Bool {
    if let top = limbs.last, top != 0 { return true }
    for index in modulus.indices.reversed() where limbs[index] != modulus[index] {
      return limbs[index] > modulus[index]
    }
    return true
  }

  private mutating func subtractModulus() {
    var borrow: UInt64 = 0
    for index in limbs.indices {
      let subtrahend = (index < modulus.count ? modulus[index] : 0) + borrow
      borrow = limbs[index] < subtrahend ? 1 : 0
      limbs[index] = limbs[index] + borrow * Self.base - subtrahend
    }
  }
}

/// Returns the value of a number that is written as at most 18 digits, the common case.
@inline(__always)
func smallInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
  var offset = 0
  let isNegative = text.first == UInt8(ascii: "-")
  if isNegative { offset = 1 }
  guard text.count - offset <= 18, text.count > offset else { return nil }
  var value: Int64 = 0
  while offset < text.count {
    let digit = text[offset] &- UInt8(ascii: "0")
    guard digit <= 9 else { return nil }
    value = value &* 10 &+ Int64(digit)
    offset += 1
  }
  return isNegative ? -value : value
}
