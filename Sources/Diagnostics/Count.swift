/// A number of things, in words: `1 error`, `3 errors`.
package struct Count: CustomStringConvertible, Sendable {
  private let number: Int
  private let singular: String
  private let plural: String

  /// Makes a count.
  ///
  /// - Parameters:
  ///   - number: How many there are.
  ///   - singular: What one is called.
  ///   - plural: What several are called, where an `s` is not enough.
  package init(_ number: Int, _ singular: String, plural: String? = nil) {
    self.number = number
    self.singular = singular
    self.plural = plural ?? singular + "s"
  }

  package var description: String { "\(number) \(number == 1 ? singular : plural)" }
}
