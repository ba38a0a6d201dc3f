package import Git
package import SourceText

/// One reference that a push moves.
package struct ReferenceUpdate: Hashable, Sendable {
  package let name: ReferenceName
  /// `nil` where there was none.
  package let old: ObjectID?
  /// `nil` where it is deleted.
  package let new: ObjectID?

  private init?(_ name: ArraySlice<UInt8>, old: ArraySlice<UInt8>, new: ArraySlice<UInt8>) {
    guard let before = ObjectID(hexadecimal: String(decoding: old, as: UTF8.self)),
      let now = ObjectID(hexadecimal: String(decoding: new, as: UTF8.self)), !name.isEmpty
    else { return nil }
    func isNone(_ id: ArraySlice<UInt8>) -> Bool { id.allSatisfy { $0 == UInt8(ascii: "0") } }
    self.name = ReferenceName(name)
    self.old = isNone(old) ? nil : before
    self.new = isNone(new) ? nil : now
  }

  /// Reads what Git tells the hook `pre-receive`: `OLD NEW NAME` on each line.
  ///
  /// - Parameter input: The lines.
  /// - Returns: The updates; `nil` where a line is another: what is not understood is not judged.
  package static func received(_ input: [UInt8]) -> [ReferenceUpdate]? {
    updates(input) { words in
      words.count == 3 ? ReferenceUpdate(words[2], old: words[0], new: words[1]) : nil
    }
  }

  /// Reads what Git tells the hook `pre-push`: `LOCAL NEW NAME OLD` on each line.
  ///
  /// What is pushed is named as the user named it, with spaces as in `HEAD^{/fix it}`.
  ///
  /// - Parameter input: The lines.
  /// - Returns: The updates; `nil` where a line is another.
  package static func pushed(_ input: [UInt8]) -> [ReferenceUpdate]? {
    updates(input) { words in
      let words = Array(words.suffix(3))
      return words.count == 3 ? ReferenceUpdate(words[1], old: words[2], new: words[0]) : nil
    }
  }

  private static func updates(
    _ input: [UInt8], _ read: ([ArraySlice<UInt8>]) -> ReferenceUpdate?
  ) -> [ReferenceUpdate]? {
    var updates: [ReferenceUpdate] = []
    for line in input.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      guard let update = read(words) else { return nil }
      updates.append(update)
    }
    return updates
  }

  var isBranch: Bool { name.name(in: "refs/heads/") != nil }
}
