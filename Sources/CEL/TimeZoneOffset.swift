import Glibc

/// How far the clocks of a place are ahead of UTC.
enum TimeZoneOffset {
  /// Returns the offset in seconds.
  ///
  /// - Parameters:
  ///   - zone: `+11:00`, or a name of the time zone database of the system.
  ///   - moment: Seconds since 1970.
  /// - Returns: The offset, or `nil` where there is no such zone.
  static func seconds(of zone: String, at moment: Int64) -> Int64? {
    if zone == "UTC" || zone == "Z" { return 0 }
    if let fixed = fixed(zone) { return fixed }
    let isName = zone.utf8.allSatisfy {
      ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || "_+-/".utf8.contains($0)
    }
    guard isName, !zone.isEmpty, !zone.hasPrefix("/"), let data = read(zone) else { return nil }
    return offset(in: data, at: moment)
  }

  private static func fixed(_ zone: String) -> Int64? {
    let isWest = zone.hasPrefix("-")
    let digits = isWest || zone.hasPrefix("+") ? zone.dropFirst() : zone[...]
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 2, parts[1].count == 2, let hours = Int64(parts[0]),
      let minutes = Int64(parts[1]), hours < 24, minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }

  private static func read(_ zone: String) -> [UInt8]? {
    let file = open("/usr/share/zoneinfo/" + zone, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let data = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
    }
    return data.starts(with: "TZif".utf8) ? data : nil
  }

  /// Reads a file of RFC 9636 (TZif); beyond its last transition the last offset holds.
  private static func offset(in data: [UInt8], at moment: Int64) -> Int64? {
    func number(_ offset: Int, _ size: Int) -> Int64? {
      guard offset + size <= data.count else { return nil }
      var value: Int64 = data[offset] & 0x80 != 0 ? -1 : 0
      for byte in data[offset..<(offset + size)] { value = value << 8 | Int64(byte) }
      return value
    }
    func header(_ start: Int) -> (transitions: Int, types: Int, body: Int, rest: Int)? {
      guard let utc = number(start + 20, 4), let standard = number(start + 24, 4),
        let leaps = number(start + 28, 4), let transitions = number(start + 32, 4),
        let types = number(start + 36, 4), let characters = number(start + 40, 4)
      else { return nil }
      return (
        Int(transitions), Int(types), start + 44,
        Int(characters) + Int(leaps) * 8 + Int(standard) + Int(utc)
      )
    }
    guard let first = header(0) else { return nil }
    // The second part has the same in 64 bits, where the version says so.
    var part = first
    var size = 4
    if data.count > 4, data[4] >= 50 {
      let next = first.body + first.transitions * 5 + first.types * 6 + first.rest
      guard let second = header(next) else { return nil }
      part = second
      size = 8
    }
    var type: Int64 = 0
    for index in 0..<part.transitions {
      guard let time = number(part.body + index * size, size), time <= moment else { break }
      type = Int64(data[part.body + part.transitions * size + index])
    }
    return number(part.body + part.transitions * (size + 1) + Int(type) * 6, 4)
  }
}
