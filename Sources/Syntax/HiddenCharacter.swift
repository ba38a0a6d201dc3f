package import Diagnostics
import SourceText

/// A kind of character that no text has a use for, as nobody sees it.
package enum HiddenCharacter: Sendable {
  /// Moves a terminal's cursor, rings its bell, or was never meant for texts.
  case control
  /// Changes the order in which a line is shown.
  case bidirectional
  /// Has no width.
  case zeroWidth
  /// Means what the program that wrote it takes it to mean.
  case privateUse
  /// Will never be a character.
  case nonCharacter

  /// Returns the kind of a character; `nil` for one that texts may have.
  ///
  /// Joiners may stand where they join: inside of emojis, and in scripts whose letters they shape. Tags may
  /// stand behind a flag, as in that of Scotland.
  ///
  /// - Parameters:
  ///   - scalar: The character.
  ///   - previous: The one before it, if there is one.
  package init?(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) {
    guard scalar.isHidden, scalar != "\n", scalar != "\t" else { return nil }
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: self = .bidirectional
    case 0x200C, 0x200D:
      if let previous, Self.mayBeJoined(previous) { return nil }
      self = .zeroWidth
    case 0xE0020...0xE007F:
      if let previous, previous.value == 0x1F3F4 || (0xE0020...0xE007E).contains(previous.value) {
        return nil
      }
      self = .zeroWidth
    case 0xAD, 0x34F, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B, 0x2060...0x2065,
      0x206A...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
      0xE0000...0xE0FFF:
      self = .zeroWidth
    case 0xFDD0...0xFDEF: self = .nonCharacter
    case _ where scalar.value & 0xFFFE == 0xFFFE: self = .nonCharacter
    case 0xE000...0xF8FF, 0xF0000...0x10FFFF: self = .privateUse
    default: self = .control
    }
  }

  private static func mayBeJoined(_ scalar: Unicode.Scalar) -> Bool {
    // Arabic, Syriac, the scripts of India and their neighbours.
    if (0x600...0x109F).contains(scalar.value) { return true }
    return scalar.value > 0xFF
      && (scalar.properties.isEmoji || scalar.properties.isEmojiModifier || scalar == "\u{FE0F}")
  }

  package var code: Diagnostic.Code {
    switch self {
    case .control: .controlSign
    case .bidirectional: .bidirectional
    case .zeroWidth: .zeroWidth
    case .privateUse: .privateUse
    case .nonCharacter: .nonCharacter
    }
  }

  /// Returns what is wrong with a character of the kind, in words.
  package func message(_ scalar: Unicode.Scalar) -> Diagnostic.Message {
    switch self {
    case .control: "\(scalar.named) steers programs and is not text"
    case .bidirectional: "\(scalar.named) lets text read otherwise than it is"
    case .zeroWidth: "\(scalar.named) has no width, so that nobody sees it"
    case .privateUse: "\(scalar.named) is private: each program shows something else"
    case .nonCharacter: "\(scalar.named) is no character"
    }
  }
}

/// Adds what is found of hidden characters to a report, of each file as much as helps.
struct HiddenCharacterFindings {
  /// How many are told one by one.
  private static let most = 100
  private let file: SourceFile
  private var count = 0
  private var last: Range<Int>?

  init(in file: SourceFile) { self.file = file }

  mutating func add(
    _ scalar: Unicode.Scalar, _ kind: HiddenCharacter, at range: Range<Int>,
    isEscaped: Bool = false, _ report: inout Report
  ) {
    count += 1
    last = range
    guard count <= Self.most else { return }
    report.error(
      kind.code, kind.message(scalar), at: SourceRange(file.path, range), help: "Remove it",
      remedy: isEscaped
        ? nil
        : Remedy(
          .replace(SourceRange(file.path, range), old: file.text(of: range), new: ""),
          // What nobody sees, and what orders nothing, nobody misses.
          changesMeaning: kind.code != .zeroWidth))
  }

  /// Tells how many there are beyond those that were told.
  func end(_ report: inout Report) {
    guard count > Self.most, let last else { return }
    report.error(
      .controlSign, "the file has \(Count(count - Self.most, "more hidden character"))",
      at: SourceRange(file.path, last), help: "Remove them")
  }
}

extension SyntaxTree {
  /// Finds hidden characters that escapes stand for: those that the file has itself are found before.
  func checkDecoded(into report: inout Report) {
    guard values.contains(where: Self.mayBegin) else { return }
    var findings = HiddenCharacterFindings(in: file)
    for node in nodes where node.isDecoded {
      let bytes = values[Int(node.low)..<Int(node.high)]
      guard bytes.contains(where: Self.mayBegin) else { continue }
      let span = Int(node.start)..<Int(node.stop)
      var previous: Unicode.Scalar?
      var raw: [Unicode.Scalar: Bool] = [:]
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        defer { previous = scalar }
        guard let kind = HiddenCharacter(scalar, after: previous) else { continue }
        let isRaw = raw[scalar] ?? file.text(of: span).unicodeScalars.contains(scalar)
        raw[scalar] = isRaw
        if !isRaw { findings.add(scalar, kind, at: span, isEscaped: true, &report) }
      }
    }
    findings.end(&report)
  }

  private static func mayBegin(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F || byte >= 0xC2
  }
}

extension Diagnostic.Code {
  /// A text has a character that steers programs.
  package static let controlSign: Self = "character/control"
  /// A text has a character that reorders what is shown.
  package static let bidirectional: Self = "character/bidirectional"
  /// A text has a character without a width.
  package static let zeroWidth: Self = "character/zero-width"
  /// A text has a character that has no meaning of its own.
  package static let privateUse: Self = "character/private-use"
  /// A text has a number that is no character.
  package static let nonCharacter: Self = "character/non-character"
}
