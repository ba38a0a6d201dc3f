extension Functions {
  static func times(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
    if case .duration(let span)? = values.first, values.count == 1 {
      let nanoseconds = span.total
      switch name {
      case ".getHours": return .int(Int64(nanoseconds / 3_600_000_000_000))
      case ".getMinutes": return .int(Int64(nanoseconds / 60_000_000_000))
      case ".getSeconds": return .int(Int64(nanoseconds / 1_000_000_000))
      case ".getMilliseconds": return .int(Int64(nanoseconds / 1_000_000 % 1000))
      default: return nil
      }
    }
    guard case .timestamp(let moment)? = values.first, name.hasPrefix(".get"), values.count <= 2
    else { return nil }
    var offset: Int64 = 0
    if values.count == 2 {
      guard case .string(let zone) = values[1] else { return nil }
      guard let found = TimeZoneOffset.seconds(of: zone, at: moment.seconds) else {
        throw EvaluationError("there is no time zone '\(zone)'")
      }
      offset = found
    }
    let clock = Clock(seconds: moment.seconds + offset)
    let number: Int
    switch name {
    case ".getFullYear": number = clock.date.year
    case ".getMonth": number = clock.date.month - 1
    case ".getDate": number = clock.date.day
    case ".getDayOfMonth": number = clock.date.day - 1
    case ".getDayOfWeek": number = clock.dayOfWeek
    case ".getDayOfYear": number = clock.dayOfYear
    case ".getHours": number = clock.hour
    case ".getMinutes": number = clock.minute
    case ".getSeconds": number = clock.second
    case ".getMilliseconds": number = moment.nanoseconds / 1_000_000
    default: return nil
    }
    return .int(Int64(number))
  }
}
