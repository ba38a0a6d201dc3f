package import Git
import Registry

extension Verification {
  /// Returns what the signatures on a tag lack: those that a withdrawal takes are those of its baseline.
  ///
  /// - Parameters:
  ///   - tag: The tag object.
  ///   - kind: The kind of baseline that it is about.
  ///   - repository: Where it is.
  ///   - terms: Whose signatures count, and whether one is asked for.
  /// - Returns: Sentences; empty where nothing is missing.
  /// - Throws: `GitError` where notes cannot be read.
  package static func faults(
    ofSignaturesOn tag: AnnotatedTag, _ kind: String?, in repository: Repository, _ terms: Terms
  ) throws(GitError) -> [String] {
    let signing = Signing(in: repository, signers: terms.signers.allowed, terms.tools)
    let added = try CoSignatures(of: tag, in: repository, at: terms.notes)
    var signers: Set<String> = []
    var faults: [String] = []
    switch signing.verdict(on: tag) {
    case .good(let signer): signers.insert(signer.identity)
    case .bad(let reason): faults.append("its signature is not good: \(reason)")
    case .unsigned: break
    }
    for case .good(let signer) in added.verdicts(by: signing) { signers.insert(signer.identity) }
    let demands = kind.flatMap { terms.signers.policy?.kinds[$0] } ?? []
    if signers.isEmpty, faults.isEmpty, terms.requiresSignature, demands.isEmpty {
      faults.append("it is not signed")
    }
    for demand in demands {
      let members = terms.signers.policy?.roles[demand.role] ?? []
      let count = signers.intersection(members).count
      guard count < demand.count else { continue }
      faults.append(
        "it is signed by \(count) of the role '\(demand.role)', and takes \(demand.count)")
    }
    return faults
  }
}
