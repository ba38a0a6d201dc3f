package import Git
package import Registry
package import SourceText

/// A baseline as its tag records it.
package struct Baseline: Sendable {
  /// The name of the reference, without `refs/tags/`.
  package let name: String
  package let tag: AnnotatedTag
  private let trailers: Trailers

  /// Reads a baseline, or returns `nil` where a tag records none.
  package init?(name: String, tag: AnnotatedTag) {
    self.name = name
    self.tag = tag
    guard let trailers = Trailers(of: tag.message) else { return nil }
    self.trailers = trailers
    guard self["Baseline"] != nil, self["Manifest-SHA256"] != nil else { return nil }
  }

  /// Returns the value of a trailer, the first where there are several.
  package subscript(key: String) -> String? { trailers.values(of: key).first }

  package func values(of key: String) -> [String] { trailers.values(of: key) }

  /// What orders baselines by the days of their effect, and on one day by their names.
  package var order: (String, NaturalKey) { (effective ?? "", NaturalKey(name)) }

  package var effective: String? { self["Effective"] }
  package var previous: ObjectID? { self["Previous"].flatMap { ObjectID(hexadecimal: $0) } }
  package var decisions: [String] { values(of: "Decision") }
  /// What it says to people, without the trailers.
  package var text: String {
    tag.message.split(separator: "\n\n").dropLast().joined(separator: "\n\n")
  }
  /// The commit that it tags; `nil` where it tags something else.
  package var commit: ObjectID? { tag.targetKind == "commit" ? tag.target : nil }
}

/// The lines `Key: value` that a tag's message ends in.
struct Trailers: Sendable {
  private let lines: [(key: String, value: String)]

  /// Reads the last paragraph of a message, or gives `nil` where it holds another line.
  init?(of message: String) {
    var lines: [(key: String, value: String)] = []
    for line in (message.split(separator: "\n\n").last ?? "").split(separator: "\n") {
      guard let colon = line.firstRange(of: ": ") else { return nil }
      lines.append((String(line[..<colon.lowerBound]), String(line[colon.upperBound...])))
    }
    self.lines = lines
  }

  func values(of key: String) -> [String] { lines.filter { $0.key == key }.map(\.value) }

  /// Returns the value of a trailer that stands there once; `nil` where it does not.
  subscript(key: String) -> String? {
    let values = values(of: key)
    return values.count == 1 ? values[0] : nil
  }
}
