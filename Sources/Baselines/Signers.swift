package import Diagnostics
package import Registry
package import SourceText
import Syntax

/// Whose signatures count, from a file that what is judged cannot change.
package struct Signers: Sendable {
  /// The file of allowed signers for SSH.
  package var allowed: String?
  /// The folder with the keys of OpenPGP.
  package var keyring: String?
  /// Roles and how many of each it takes; `nil` where the file says nothing of roles.
  package var policy: SigningPolicy?
  /// The file, where it says more than a file of allowed signers does.
  package private(set) var source: SourceFile?

  /// Whether they are a file of allowed signers and nothing else, so that no key of OpenPGP is among them.
  private var isAllowedFile = true

  package init() {}

  /// Which keys of OpenPGP count.
  var openPGP: Signing.Tools.OpenPGP {
    if let keyring { return .keyring(keyring) }
    return isAllowedFile && allowed != nil ? .none : .own
  }

  /// Reads a file of signers.
  ///
  /// A file whose name ends in `.yaml` says `allowed_signers`, `keyring`, `roles` and `kinds`; every
  /// other is a file of allowed signers as ssh-keygen reads it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - report: Where findings go; with an error among them the signers are not to be used.
  /// - Returns: What it says, or `nil` where it cannot be read.
  package static func read(_ path: String, into report: inout Report) -> Signers? {
    var signers = Signers()
    guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else {
      guard WorkTree.bytes(ofFile: path, limit: 1 << 24) != nil else { return nil }
      signers.allowed = path
      return signers
    }
    signers.isAllowedFile = false
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    guard let bytes = WorkTree.bytes(ofFile: path, limit: 1 << 20),
      let shown = RepoPath(path.split(separator: "/").last.map(String.init) ?? path)
    else { return nil }
    let source = SourceFile(path: shown, bytes: bytes)
    signers.source = source
    guard let root = YAMLReader.tree(of: source, into: &report)?.root,
      OwnSchema.signers.check(root, into: &report)
    else { return signers }
    var found: [(Node, Diagnostic.Message)] = []
    var policy = SigningPolicy()
    policy.readRoles(root["roles"]) { found.append(($0, $1)) }
    for kind in root["kinds"]?.members ?? [] {
      policy.readDemands(kind.value, of: kind.key.text ?? "") { found.append(($0, $1)) }
    }
    func place(_ key: String) -> String? {
      root[key]?.string.map { $0.hasPrefix("/") ? $0 : folder + $0 }
    }
    signers.allowed = place("allowed_signers")
    signers.keyring = place("keyring")
    if root["roles"] != nil || root["kinds"] != nil { signers.policy = policy }
    for (node, message) in found { report.error(.badSigners, message, at: node.range) }
    return signers
  }
}

extension Diagnostic.Code {
  /// A file of signers says something that it cannot.
  package static let badSigners: Self = "baseline/signers"
}
