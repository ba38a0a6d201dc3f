import Diagnostics
package import SourceText

/// A slip that somebody might make in a register, with what the file says then.
package struct Slip: Sendable {
  /// What goes wrong when people write; the order is that of reports.
  package enum Kind: String, CaseIterable, Sendable {
    /// Another value of a list, or of yes and no.
    case value
    /// A state that does not follow the one before.
    case state
    /// A letter left out.
    case letter
    /// The id of the record beside the one that is meant.
    case neighbour
    /// A date of the year before or after.
    case year
    /// Two digits in the wrong order.
    case digits
    /// A number that is one too high or too low.
    case number
    /// What another record says in this field.
    case text
    /// A word of a closed item left out.
    case rewritten
    case fieldRemoved = "field-removed"
    case elementRemoved = "element-removed"
    case elementsSwapped = "elements-swapped"
    case recordRemoved = "record-removed"

    /// The kind in the words of a report.
    package var words: String {
      switch self {
      case .value: "another value"
      case .state: "a state jumped"
      case .letter: "a letter dropped"
      case .neighbour: "a neighbour's id"
      case .year: "a year off"
      case .digits: "digits swapped"
      case .number: "one more or less"
      case .text: "another's text"
      case .rewritten: "closed, reworded"
      case .fieldRemoved: "field removed"
      case .elementRemoved: "element removed"
      case .elementsSwapped: "elements swapped"
      case .recordRemoved: "record removed"
      }
    }

    /// Whether it touches nothing but the wording of a text.
    package var isOfWording: Bool { [.letter, .year, .digits, .text].contains(self) }
  }

  package let kind: Kind
  /// The position of the register in the catalogue.
  package let register: Int
  /// The id of the record.
  package let item: String
  /// The way to the value, such as `updates[].text`; empty for the record as a whole.
  package let field: String
  /// Whether it is a slip in free narrative, which a schema says nothing of.
  package let isOfNarrative: Bool
  package let path: RepoPath
  /// What the file says instead; `nil` where it is gone.
  let edit: TextEdit?
  /// Where it stands.
  package let offset: Int
  /// What stands there, shortened to one line.
  package let old: String
  /// What stands there after the slip; `nil` where it is gone.
  package let new: String?

  /// Returns what the file says after the slip; `nil` where it is gone.
  ///
  /// - Parameter file: What it says before.
  /// - Returns: The bytes.
  package func applied(to file: [UInt8]) -> [UInt8]? { edit?.applied(to: file) }
}

/// Random numbers that depend on nothing but a seed and some words, on every machine and on every day.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64, _ words: String...) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ 0xCBF2_9CE4_8422_2325
    for word in words {
      for byte in word.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
      state = (state ^ 0xFF) &* 0x100_0000_01B3
    }
  }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Returns one of some elements; `nil` where there is none.
  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[Int(next() % UInt64(elements.count))]
  }
}
