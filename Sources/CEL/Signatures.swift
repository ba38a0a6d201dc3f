/// What functions take and give, for the checker: the least that is known to be wrong is told.
struct Signature {
  let arguments: [ValueType]
  let result: ValueType

  init(_ arguments: [ValueType], _ result: ValueType) {
    self.arguments = arguments
    self.result = result
  }
}

extension Signature {
  private static let list = ValueType.list(.any)

  /// The functions of the language and its extensions; one that is called on a value begins with a
  /// dot, and its first argument is the receiver.
  static let known: [String: [Signature]] = [
    "size": [
      .init([.string], .int), .init([.bytes], .int), .init([list], .int), .init([.map(.any)], .int),
    ],
    ".size": [
      .init([.string], .int), .init([.bytes], .int), .init([list], .int), .init([.map(.any)], .int),
    ],
    "dyn": [.init([.any], .any)], "type": [.init([.any], .type)], "bool": [.init([.any], .bool)],
    "int": [.init([.any], .int)], "uint": [.init([.any], .uint)],
    "double": [.init([.any], .double)], "string": [.init([.any], .string)],
    "bytes": [.init([.any], .bytes)], "timestamp": [.init([.any], .timestamp)],
    "duration": [.init([.any], .duration)], "matches": [.init([.string, .string], .bool)],
    ".matches": [.init([.string, .string], .bool)],
    ".contains": [.init([.string, .string], .bool)],
    ".startsWith": [.init([.string, .string], .bool)],
    ".endsWith": [.init([.string, .string], .bool)],
    ".charAt": [.init([.string, .int], .string)],
    ".indexOf": [.init([.string, .string], .int), .init([.string, .string, .int], .int)],
    ".lastIndexOf": [.init([.string, .string], .int), .init([.string, .string, .int], .int)],
    ".lowerAscii": [.init([.string], .string)], ".upperAscii": [.init([.string], .string)],
    ".trim": [.init([.string], .string)],
    ".replace": [
      .init([.string, .string, .string], .string),
      .init([.string, .string, .string, .int], .string),
    ],
    ".split": [
      .init([.string, .string], .list(.string)), .init([.string, .string, .int], .list(.string)),
    ],
    ".substring": [.init([.string, .int], .string), .init([.string, .int, .int], .string)],
    ".format": [.init([.string, list], .string)], "strings.quote": [.init([.string], .string)],
    ".join": [.init([list], .string), .init([list, .string], .string)],
    ".reverse": [.init([.string], .string), .init([list], list)],
    ".distinct": [.init([list], list)], ".sort": [.init([list], list)],
    ".first": [.init([list], .optional(.any))], ".last": [.init([list], .optional(.any))],
    ".flatten": [.init([list], list), .init([list, .int], list)],
    ".slice": [.init([list, .int, .int], list)], "lists.range": [.init([.int], .list(.int))],
    "base64.encode": [.init([.bytes], .string)], "base64.decode": [.init([.string], .bytes)],
    "optional.of": [.init([.any], .optional(.any))],
    "optional.ofNonZeroValue": [.init([.any], .optional(.any))],
    "optional.none": [.init([], .optional(.any))],
    ".hasValue": [.init([.optional(.any)], .bool)], ".value": [.init([.optional(.any)], .any)],
    ".orValue": [.init([.optional(.any), .any], .any)],
    ".or": [.init([.optional(.any), .optional(.any)], .optional(.any))],
  ].merging(times) { one, _ in one }

  /// The fields of timestamps and durations, with or without a time zone.
  private static var times: [String: [Signature]] {
    var times: [String: [Signature]] = [:]
    for name in ["FullYear", "Month", "Date", "DayOfMonth", "DayOfWeek", "DayOfYear"] {
      times[".get" + name] = [.init([.timestamp], .int), .init([.timestamp, .string], .int)]
    }
    for name in ["Hours", "Minutes", "Seconds", "Milliseconds"] {
      times[".get" + name] = [
        .init([.timestamp], .int), .init([.timestamp, .string], .int), .init([.duration], .int),
      ]
    }
    return times
  }
}

/// A function that the caller of the checker knows beside those of the language.
package struct FunctionSignature: Sendable {
  package let name: String
  package let arguments: [ValueType]
  package let result: ValueType

  package init(_ name: String, _ arguments: [ValueType], _ result: ValueType) {
    self.name = name
    self.arguments = arguments
    self.result = result
  }
}
