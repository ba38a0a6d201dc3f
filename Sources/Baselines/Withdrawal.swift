package import Git
package import SourceText

/// The record that a baseline was wrong: a tag of its own, because a baseline is never moved.
package struct Withdrawal: Sendable {
  private static let prefix = "withdrawn/"

  /// The name of the baseline.
  package let name: String
  /// The tag object of the baseline.
  package let baseline: ObjectID
  package let decision: String
  package let tag: AnnotatedTag

  /// Returns the name of the tag that withdraws a baseline.
  package static func tag(of baseline: String) -> String { prefix + baseline }

  /// Whether a tag has the name of a withdrawal.
  package static func isName(_ tag: String) -> Bool { tag.utf8.starts(with: prefix.utf8) }

  /// Whether a tag of a name would keep all withdrawals from being made.
  package static func isBlocked(by tag: String) -> Bool { tag + "/" == prefix }

  /// Reads a withdrawal, or gives `nil` where a tag records none: one that names itself, the object that it
  /// tags and a decision, each once.
  package init?(name: String, tag: AnnotatedTag) {
    guard Self.isName(name), tag.name == name, tag.targetKind == "tag",
      tag.strayLines.isEmpty, let trailers = Trailers(of: tag.message),
      let id = trailers["Withdraws"].flatMap({ ObjectID(hexadecimal: $0) }), id == tag.target,
      let decision = trailers["Decision"]
    else { return nil }
    self.name = String(Substring(name.utf8.dropFirst(Self.prefix.utf8.count)))
    baseline = id
    self.decision = decision
    self.tag = tag
  }

  /// Writes a withdrawal.
  ///
  /// - Parameters:
  ///   - baseline: What is withdrawn.
  ///   - decision: The decision behind it.
  ///   - tagger: Who makes it and when.
  ///   - signing: How to sign it; `nil` leaves it unsigned.
  ///   - repository: Where.
  /// - Throws: `Signing.Failure`, or `GitError` where it is withdrawn already or cannot be written.
  package static func write(
    _ baseline: Baseline, decision: String, tagger: String, signing: Signing?,
    in repository: Repository
  ) throws {
    let name = tag(of: baseline.name)
    var bytes = Array(text(baseline, decision: decision, tagger: tagger).utf8)
    if let signing { bytes += Array(try signing.signature(of: bytes).utf8) }
    _ = try repository.createTag(bytes, named: name)
  }

  /// Returns the tag object that records the withdrawal, without a signature.
  package static func text(_ baseline: Baseline, decision: String, tagger: String) -> String {
    """
    object \(baseline.tag.id)
    type tag
    tag \(tag(of: baseline.name))
    tagger \(tagger)

    Withdrawal of the baseline \(baseline.name)

    Withdraws: \(baseline.tag.id)
    Decision: \(decision)

    """
  }
}
