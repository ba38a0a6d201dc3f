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
  static func tag(of baseline: String) -> String { prefix + baseline }

  /// Whether a tag has the name of a withdrawal.
  package static func isName(_ tag: String) -> Bool { tag.utf8.starts(with: prefix.utf8) }

  /// Reads a withdrawal, or gives `nil` where a tag records none.
  package init?(name: String, tag: AnnotatedTag) {
    guard Self.isName(name) else { return nil }
    var trailers: [String: String] = [:]
    for line in tag.message.split(separator: "\n") {
      guard let colon = line.firstRange(of: ": ") else { continue }
      trailers[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
    }
    guard let id = trailers["Withdraws"].flatMap({ ObjectID(hexadecimal: $0) }),
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
    let text = """
      object \(baseline.tag.id)
      type tag
      tag \(name)
      tagger \(tagger)

      Withdrawal of the baseline \(baseline.name)

      Withdraws: \(baseline.tag.id)
      Decision: \(decision)

      """
    var bytes = Array(text.utf8)
    if let signing { bytes += Array(try signing.signature(of: bytes).utf8) }
    _ = try repository.createTag(bytes, named: name)
  }
}

extension Repository {
  /// Returns the withdrawal of a baseline, or `nil` where it is not withdrawn.
  package func withdrawal(of name: String) throws(GitError) -> Withdrawal? {
    let tag = Withdrawal.tag(of: name)
    guard let id = try reference("refs/tags/" + tag), let object = try annotatedTag(id) else {
      return nil
    }
    return Withdrawal(name: tag, tag: object)
  }

  /// Returns the withdrawals by the names of the baselines.
  package func withdrawals() throws(GitError) -> [String: Withdrawal] {
    var found: [String: Withdrawal] = [:]
    for reference in try tagReferences() where Withdrawal.isName(reference.name) {
      guard let tag = try annotatedTag(reference.id),
        let withdrawal = Withdrawal(name: reference.name, tag: tag)
      else { continue }
      found[withdrawal.name] = withdrawal
    }
    return found
  }
}
