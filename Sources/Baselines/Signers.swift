package import Diagnostics
package import Registry
import SourceText
import Syntax

/// Whose signatures count, from a file that what is judged cannot change.
package struct Signers: Sendable {
  /// The file of allowed signers for SSH.
  package var allowed: String?
  /// The folder with the keys of OpenPGP.
  package var keyring: String?
  /// Roles and how many of each it takes; `nil` where the file says nothing of roles.
  package var policy: SigningPolicy?

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
    guard let tree = YAMLReader.tree(of: SourceFile(path: shown, bytes: bytes), into: &report)
    else { return signers }
    var found: [(Node, Diagnostic.Message)] = []
    var policy = SigningPolicy()
    let root = tree.root
    policy.readRoles(root?["roles"]) { found.append(($0, $1)) }
    for kind in root?["kinds"]?.members ?? [] {
      policy.readDemands(kind.value, of: kind.key.text ?? "") { found.append(($0, $1)) }
    }
    for member in root?.members ?? [] {
      let place = member.value.string.map { $0.hasPrefix("/") ? $0 : folder + $0 }
      switch member.key.text ?? "" {
      case "allowed_signers": signers.allowed = place
      case "keyring": signers.keyring = place
      case "roles", "kinds": signers.policy = policy
      default:
        found.append(
          (member.key, "a file of signers says allowed_signers, keyring, roles and kinds"))
      }
    }
    for (node, message) in found { report.error(.badSigners, message, at: node.range) }
    return signers
  }
}

extension Diagnostic.Code {
  /// A file of signers says something that it cannot.
  package static let badSigners: Self = "baseline/signers"
}
