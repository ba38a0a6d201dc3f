import Patterns

/// A format of JSON Schema draft 2020-12 (Validation, section 7.3), checked as an assertion.
package enum Format: String, CaseIterable, Sendable {
  case dateTime = "date-time"
  case date
  case time
  case duration
  case email
  case idnEmail = "idn-email"
  case hostname
  case idnHostname = "idn-hostname"
  case ipv4
  case ipv6
  case uri
  case uriReference = "uri-reference"
  case iri
  case iriReference = "iri-reference"
  case uuid
  case uriTemplate = "uri-template"
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"
  case regex

  /// Whether `text`, which is valid UTF-8, has the format.
  package func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var cursor = ByteCursor(text)
    switch self {
    case .date: return text.count == 10 && cursor.takeDate() && cursor.isAtEnd
    case .time: return cursor.takeTime() && cursor.isAtEnd
    case .dateTime:
      return cursor.takeDate() && (cursor.take("T") || cursor.take("t")) && cursor.takeTime()
        && cursor.isAtEnd
    case .duration: return cursor.takeDuration() && cursor.isAtEnd
    case .email: return MailAddress.isValid(text, allowsUnicode: false)
    case .idnEmail: return MailAddress.isValid(text, allowsUnicode: true)
    case .hostname: return HostName.isValid(text, allowsUnicode: false)
    case .idnHostname: return HostName.isValid(text, allowsUnicode: true)
    case .ipv4: return cursor.takeIPv4() && cursor.isAtEnd
    case .ipv6: return cursor.takeIPv6() && cursor.isAtEnd
    case .uri: return URISyntax(text, allowsUnicode: false).isValid(isReference: false)
    case .uriReference: return URISyntax(text, allowsUnicode: false).isValid(isReference: true)
    case .iri: return URISyntax(text, allowsUnicode: true).isValid(isReference: false)
    case .iriReference: return URISyntax(text, allowsUnicode: true).isValid(isReference: true)
    case .uuid: return Self.isUUID(text)
    case .uriTemplate: return cursor.takeTemplate()
    case .jsonPointer: return cursor.takePointer() && cursor.isAtEnd
    case .relativeJSONPointer: return cursor.takeRelativePointer() && cursor.isAtEnd
    case .regex: return Pattern.isRegularExpression(text)
    }
  }

  /// Eight, four, four, four and twelve hexadecimal digits (RFC 9562, section 4).
  private static func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.count == 36
      && text.indices.allSatisfy { index in
        [8, 13, 18, 23].contains(index)
          ? text[index] == UInt8(ascii: "-") : ByteCursor.isHexadecimal(text[index])
      }
  }

  /// What a value of the format is, with an example: `a date such as 2016-12-09`.
  var expectation: String {
    switch self {
    case .date: "a date such as 2016-12-09"
    case .time: "a time such as 18:00:00Z"
    case .dateTime: "a date and time such as 2017-03-26T18:00:00Z"
    case .duration: "a duration such as P10D or PT60H"
    case .email, .idnEmail: "an e-mail address such as name@example.org"
    case .hostname, .idnHostname: "a host name such as www.example.org"
    case .ipv4: "an IPv4 address such as 192.0.2.1"
    case .ipv6: "an IPv6 address such as 2001:db8::1"
    case .uri, .iri: "a web address such as https://example.org/page"
    case .uriReference, .iriReference: "a web address or a part of one, such as page#part"
    case .uuid: "a UUID such as 00112233-4455-6677-8899-aabbccddeeff"
    case .uriTemplate: "a URI template such as https://example.org/{id}"
    case .jsonPointer: "a JSON pointer such as /title"
    case .relativeJSONPointer: "a relative JSON pointer such as 1/title"
    case .regex: "a regular expression of ECMA-262"
    }
  }

  /// Returns what exactly is wrong with a date that looks like one, or `nil`.
  func fault(in text: UnsafeBufferPointer<UInt8>) -> String? {
    guard self == .date || self == .dateTime, text.count >= 10 else { return nil }
    var cursor = ByteCursor(UnsafeBufferPointer(rebasing: text[..<10]))
    guard let year = cursor.takeNumber(digits: 4), cursor.take("-"),
      let month = cursor.takeNumber(digits: 2), cursor.take("-"),
      let day = cursor.takeNumber(digits: 2)
    else { return nil }
    guard (1...12).contains(month) else { return "there is no month \(month)" }
    let length = ByteCursor.days(inMonth: month, of: year)
    guard !(1...length).contains(day) else { return nil }
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(names[month - 1]) \(year) has \(length) days"
  }
}
