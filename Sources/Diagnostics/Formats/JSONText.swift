import SourceText

/// A value of JSON as text, for formats that other programs read.
package struct JSONText: Sendable {
  package let text: String

  private init(text: String) {
    self.text = text
  }

  package static func string(_ value: String) -> JSONText {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isHidden:
        // JSON is read on terminals too, and an escape says the same.
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return JSONText(text: text + "\"")
  }

  package static func number(_ value: Int) -> JSONText { JSONText(text: String(value)) }

  package static func bool(_ value: Bool) -> JSONText { JSONText(text: value ? "true" : "false") }

  package static func array(_ values: [JSONText]) -> JSONText {
    JSONText(text: "[" + values.map(\.text).joined(separator: ",") + "]")
  }

  /// An object; members without a value are left out.
  package static func object(_ members: KeyValuePairs<String, JSONText?>) -> JSONText {
    .members(members.map { ($0, $1) })
  }

  /// An object of members that are put together; those without a value are left out.
  package static func members(_ members: [(String, JSONText?)]) -> JSONText {
    let parts = members.compactMap { key, value in
      value.map { string(key).text + ":" + $0.text }
    }
    return JSONText(text: "{" + parts.joined(separator: ",") + "}")
  }

  /// A value of JSON that is written already.
  package static func written(_ text: String) -> JSONText { JSONText(text: text) }
}
