package import Git
package import Registry
package import SourceText

/// A baseline as its tag records it.
package struct Baseline: Sendable {
  /// The name of the reference, without `refs/tags/`.
  package let name: String
  package let tag: AnnotatedTag
  private let trailers: [(key: String, value: String)]

  /// Reads a baseline, or returns `nil` where a tag records none.
  package init?(name: String, tag: AnnotatedTag) {
    self.name = name
    self.tag = tag
    let paragraphs = tag.message.split(separator: "\n\n")
    var trailers: [(key: String, value: String)] = []
    for line in (paragraphs.last ?? "").split(separator: "\n") {
      guard let colon = line.firstRange(of: ": ") else { return nil }
      trailers.append(
        (String(line[..<colon.lowerBound]), String(line[colon.upperBound...])))
    }
    self.trailers = trailers
    guard self["Baseline"] != nil, self["Manifest-SHA256"] != nil else { return nil }
  }

  /// Returns the value of a trailer, the first where there are several.
  package subscript(key: String) -> String? { trailers.first { $0.key == key }?.value }

  package func values(of key: String) -> [String] {
    trailers.filter { $0.key == key }.map(\.value)
  }

  /// What orders baselines by the days of their effect, and on one day by their names.
  package var order: (String, NaturalKey) { (effective ?? "", NaturalKey(name)) }

  package var effective: String? { self["Effective"] }
  package var previous: ObjectID? { self["Previous"].flatMap { ObjectID(hexadecimal: $0) } }
  package var decisions: [String] { values(of: "Decision") }
  /// What it says to people, without the trailers.
  package var text: String {
    tag.message.split(separator: "\n\n").dropLast().joined(separator: "\n\n")
  }
}

extension Repository {
  /// Returns the baselines of the repository in the order of their names' bytes; tags that record none
  /// are left out.
  package func baselines() throws(GitError) -> [Baseline] {
    var baselines: [Baseline] = []
    for reference in try tagReferences() {
      guard let tag = try annotatedTag(reference.id),
        let baseline = Baseline(name: reference.name, tag: tag)
      else { continue }
      baselines.append(baseline)
    }
    return baselines
  }
}
