extension Functions {
  /// Functions that count in characters, which are Unicode scalars.
  static func moreTexts(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    if name == ".join" { return try join(values) }
    guard case .string(let text)? = values.first else { return nil }
    if name == ".split", values.count == 2, case .string(let part) = values[1], !part.isEmpty {
      return .list(pieces(of: text, at: part).map { .string($0) })
    }
    if name == ".replace", values.count == 3, case .string(let old) = values[1],
      case .string(let new) = values[2], !old.isEmpty
    {
      let pieces = pieces(of: text, at: old)
      return .string(pieces.count == 1 ? text : pieces.joined(separator: new))
    }
    let scalars = Array(text.unicodeScalars)
    switch (name, values.count) {
    case (".charAt", 2):
      guard case .int(let position) = values[1] else { return nil }
      guard (0...Int64(scalars.count)).contains(position) else {
        throw EvaluationError("the position is beyond the text")
      }
      return .string(position == scalars.count ? "" : String(Character(scalars[Int(position)])))
    case (".indexOf", 2), (".indexOf", 3), (".lastIndexOf", 2), (".lastIndexOf", 3):
      return try index(name == ".lastIndexOf", scalars, values)
    case (".substring", 2), (".substring", 3):
      guard case .int(let low) = values[1] else { return nil }
      var high = Int64(scalars.count)
      if values.count == 3 {
        guard case .int(let end) = values[2] else { return nil }
        high = end
      }
      guard low >= 0, low <= high, high <= scalars.count else {
        throw EvaluationError("the positions are beyond the text")
      }
      return .string(String(String.UnicodeScalarView(scalars[Int(low)..<Int(high)])))
    case (".replace", 3), (".replace", 4): return try replace(scalars, values)
    case (".split", 2), (".split", 3): return try split(scalars, values)
    default: return nil
    }
  }

  /// Returns what stands between the places at which a part is found in a text, byte by byte: in UTF-8 a text is
  /// found where it begins and ends with whole characters only.
  private static func pieces(of text: String, at part: String) -> [String] {
    let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
    var pieces: [String] = []
    var start = 0
    while let place = position(of: wanted, in: bytes, from: start) {
      pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
      start = place + wanted.count
    }
    guard !pieces.isEmpty else { return [text] }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private static func join(_ values: [Value]) throws(EvaluationError) -> Value? {
    guard case .list(let list)? = values.first, values.count <= 2 else { return nil }
    var separator = ""
    if values.count == 2 {
      guard case .string(let text) = values[1] else { return nil }
      separator = text
    }
    var texts: [String] = []
    for value in list {
      guard case .string(let text) = value else { throw .noOverload("join", [value]) }
      texts.append(text)
    }
    return .string(texts.joined(separator: separator))
  }

  private static func index(
    _ isLast: Bool, _ scalars: [Unicode.Scalar], _ values: [Value]
  ) throws(EvaluationError) -> Value? {
    guard case .string(let part) = values[1] else { return nil }
    let wanted = Array(part.unicodeScalars)
    var start = isLast ? scalars.count : 0
    if values.count == 3 {
      guard case .int(let position) = values[2] else { return nil }
      guard (0...Int64(scalars.count)).contains(position) else {
        throw EvaluationError("the position is beyond the text")
      }
      start = Int(position)
    }
    let highest = scalars.count - wanted.count
    guard highest >= 0 else { return .int(-1) }
    let range = isLast ? 0...min(start, highest) : min(start, highest)...highest
    guard isLast || start <= highest else { return .int(-1) }
    func isHere(_ position: Int) -> Bool { scalars[position...].starts(with: wanted) }
    let found = isLast ? range.last(where: isHere) : range.first(where: isHere)
    return .int(Int64(found ?? -1))
  }

  private static func replace(
    _ scalars: [Unicode.Scalar], _ values: [Value]
  ) throws(EvaluationError) -> Value? {
    guard case .string(let old) = values[1], case .string(let new) = values[2] else { return nil }
    var limit = Int64.max
    if values.count == 4 {
      guard case .int(let count) = values[3] else { return nil }
      if count >= 0 { limit = count }
    }
    let wanted = Array(old.unicodeScalars)
    let made = Array(new.unicodeScalars)
    var result: [Unicode.Scalar] = []
    var position = 0
    while position <= scalars.count {
      if limit > 0, scalars[position...].starts(with: wanted) {
        result += made
        limit -= 1
        position += wanted.count
        if !wanted.isEmpty { continue }
      }
      if position < scalars.count { result.append(scalars[position]) }
      position += 1
    }
    return .string(String(String.UnicodeScalarView(result)))
  }

  private static func split(
    _ scalars: [Unicode.Scalar], _ values: [Value]
  ) throws(EvaluationError) -> Value? {
    guard case .string(let part) = values[1] else { return nil }
    var limit = Int64.max
    if values.count == 3 {
      guard case .int(let count) = values[2] else { return nil }
      if count == 0 { return .list([]) }
      if count > 0 { limit = count }
    }
    let wanted = Array(part.unicodeScalars)
    var parts: [[Unicode.Scalar]] = [[]]
    var position = 0
    while position < scalars.count {
      if parts.count < limit,
        wanted.isEmpty ? position > 0 : scalars[position...].starts(with: wanted)
      {
        parts.append([])
        position += wanted.count
        if !wanted.isEmpty { continue }
      }
      parts[parts.count - 1].append(scalars[position])
      position += 1
    }
    return .list(parts.map { .string(String(String.UnicodeScalarView($0))) })
  }
}
