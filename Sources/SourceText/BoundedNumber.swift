extension Int {
  /// Reads a whole number of 15 digits at the most, or returns `nil`.
  ///
  /// What is read from a file is counted on, added up and multiplied by units: a number below 10^15 cannot
  /// overflow by that.
  package init?(bounded text: some StringProtocol) {
    guard text.utf8.count <= 16, let number = Int(text), number.magnitude < 1_000_000_000_000_000
    else { return nil }
    self = number
  }
}
