/// Names of hosts: RFC 1123, section 2.1, and IDNA 2008 (RFC 5890 to 5893) for other scripts.
enum HostName {
  static func isValid(_ text: UnsafeBufferPointer<UInt8>, allowsUnicode: Bool) -> Bool {
    guard !text.isEmpty else { return false }
    if !allowsUnicode, text.contains(where: { $0 >= 0x80 }) { return false }
    var length = 0
    var labels: [[Unicode.Scalar]] = [[]]
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      // RFC 3490, section 3.1: three more characters separate labels.
      let isDot =
        scalar == "."
        || (allowsUnicode && "\u{3002}\u{FF0E}\u{FF61}".unicodeScalars.contains(scalar))
      if isDot { labels.append([]) } else { labels[labels.count - 1].append(scalar) }
    }
    for label in labels {
      guard let size = self.length(of: label, allowsUnicode: allowsUnicode) else { return false }
      length += size + 1
    }
    return length - 1 <= 253
  }

  /// Returns the number of bytes that a label has in ASCII form, or `nil` where it is none.
  private static func length(of label: [Unicode.Scalar], allowsUnicode: Bool) -> Int? {
    guard !label.isEmpty, label.first != "-", label.last != "-" else { return nil }
    guard label.allSatisfy(\.isASCII) else {
      guard InternationalLabel.isValid(label), let encoded = Punycode.encode(label) else {
        return nil
      }
      return encoded.count + 4 <= 63 ? encoded.count + 4 : nil
    }
    let isPlain = label.allSatisfy {
      $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    guard isPlain, label.count <= 63 else { return nil }
    guard label.count > 3, label[2] == "-", label[3] == "-" else { return label.count }
    // "xn--" announces a label of another script; no other prefix is in use (RFC 5891, 4.2.3.1).
    let isEncoded = (label[0] == "x" || label[0] == "X") && (label[1] == "n" || label[1] == "N")
    guard isEncoded else { return nil }
    guard let decoded = Punycode.decode(label.dropFirst(4)), !decoded.allSatisfy(\.isASCII),
      InternationalLabel.isValid(decoded)
    else { return nil }
    return label.count
  }
}

/// The encoding of Unicode labels in ASCII (RFC 3492).
enum Punycode {
  private static let base = 36
  private static let minimum = 1
  private static let maximum = 26

  private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > ((base - minimum) * maximum) / 2 {
      delta /= base - minimum
      k += base
    }
    return k + (base - minimum + 1) * delta / (delta + 38)
  }

  private static func threshold(_ k: Int, _ bias: Int) -> Int {
    k <= bias ? minimum : k >= bias + maximum ? maximum : k - bias
  }

  /// Returns the scalars that the digits after `xn--` stand for, or `nil`.
  static func decode(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    var output: [Unicode.Scalar] = []
    var rest = text
    if let dash = text.lastIndex(of: "-") {
      output = Array(text[..<dash])
      rest = text[(dash + 1)...]
    }
    var (code, index, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let oldIndex = index
      var (weight, k) = (1, base)
      while true {
        guard let scalar = rest.popFirst(), let digit = Character(scalar).wholeNumber(in: base)
        else { return nil }
        index += digit * weight
        guard index < 1 << 40 else { return nil }
        let threshold = threshold(k, bias)
        if digit < threshold { break }
        weight *= base - threshold
        k += base
      }
      let count = output.count + 1
      bias = adapt(index - oldIndex, count: count, isFirst: oldIndex == 0)
      code += index / count
      index %= count
      guard let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value) else {
        return nil
      }
      output.insert(scalar, at: index)
      index += 1
    }
    return output
  }

  /// Returns the digits that stand for a label, without `xn--`, or `nil` for one that is too long.
  static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
    guard label.count <= 63 else { return nil }
    var output = label.filter(\.isASCII).map { UInt8($0.value) }
    let basic = output.count
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (code, delta, bias, handled) = (128, 0, 72, basic)
    while handled < label.count {
      let next = label.map { Int($0.value) }.filter { $0 >= code }.min() ?? code
      delta += (next - code) * (handled + 1)
      code = next
      for scalar in label {
        if scalar.value < code { delta += 1 }
        guard scalar.value == code else { continue }
        var (rest, k) = (delta, base)
        while true {
          let threshold = threshold(k, bias)
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (base - threshold)))
          rest = (rest - threshold) / (base - threshold)
          k += base
        }
        output.append(digit(rest))
        bias = adapt(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return output
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? value + 97 : value - 26 + 48)
  }
}

extension Character {
  /// The value of a digit of Punycode: letters are 0 to 25, digits 26 to 35.
  fileprivate func wholeNumber(in base: Int) -> Int? {
    guard let ascii = asciiValue else { return nil }
    if ByteCursor.isLetter(ascii) { return Int(ascii | 0x20) - 97 }
    return ByteCursor.isDigit(ascii) ? Int(ascii) - 48 + 26 : nil
  }
}
