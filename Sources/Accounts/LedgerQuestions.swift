package import Baselines
import Diagnostics
package import Git
import Registry

extension Ledger {
  /// Returns a baseline, or fails where there is none of the name.
  package func baseline(named name: String) throws(Failure) -> Baseline {
    if let baseline = self[name]?.baseline { return baseline }
    if self[name] != nil {
      throw Failure(
        "the tag '\(name)' records no baseline", hint: "Run: registrar baseline verify \(name)")
    }
    let near = advice(for: name, among: baselines.map(\.name))
    // Where tags may be missing, another name is no advice.
    throw Failure(
      "there is no baseline '\(name)'",
      hint: gapHint ?? near ?? "List them with: registrar baseline list")
  }

  /// Fails where nothing of a name is there to be verified, and nothing was when it was pinned.
  package func find(_ name: String, _ terms: Verification.Terms) throws(Failure) {
    if self[name] == nil, terms.pins[name] == nil { _ = try baseline(named: name) }
  }

  /// Why a baseline may be missing here, and what brings it; `nil` where nothing may be missing.
  package var gapHint: String? { gaps.tagHint }

  /// The same as a line for standard error, where an answer is given all the same.
  package var gapNote: String { gapHint.map { "note: \($0)\n" } ?? "" }

  /// Fails where history ends, and with it the baselines that are here.
  ///
  /// - Parameter question: What is asked, as the subject of a sentence.
  /// - Throws: `Failure` with what brings them.
  package func requireHistory(for question: String) throws(Failure) {
    guard gaps.isShallow else { return }
    throw Failure("\(question) cannot be judged: baselines may be missing here", hint: gapHint)
  }

  /// Fails where no catalogue has a kind of baseline of a name.
  package func requireKind(_ name: String?) throws(Failure) {
    let names = kinds.map(\.name)
    guard let name, !names.contains(name) else { return }
    throw Failure(
      "there is no kind of baseline '\(name)'",
      hint: advice(for: name, among: names)
        ?? (names.isEmpty
          ? "The catalogue cannot be read: registrar check"
          : "There are: \(names.joined(separator: ", "))"))
  }
}

extension CloneGaps {
  /// Why a tag may be missing here, and what brings it; `nil` where nothing may be missing.
  package var tagHint: String? {
    guard mayLackTags, let remedy else { return nil }
    return "Tags may be missing: \(words.joined(separator: ", ")). Run: \(remedy)"
  }
}
