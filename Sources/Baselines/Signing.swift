package import Git
import Registry
import SourceText

/// Signs and verifies with the user's own programs, as Git's settings name them.
package struct Signing {
  let settings: Settings
  private let tools: Tools
  /// A file of allowed signers, which takes the place of that of the settings.
  private let signers: String?
  /// Who signs where no key is named: `Name <address>`, as Git asks OpenPGP for it.
  private let committer: String?

  /// Where the programs and the keys come from.
  package enum Tools: Hashable, Sendable {
    /// Git's settings say it, those of the repository too.
    case settings
    /// The user's own settings say it, and nothing that comes with the repository; keys of OpenPGP from a
    /// folder, or the user's own, or none at all.
    case user(OpenPGP)
    /// The owner of a server says it, by the formats of Git; settings of Git are not asked.
    case given(programs: [String: String], keyring: String?)

    /// Which keys of OpenPGP count.
    package enum OpenPGP: Hashable, Sendable {
      case none
      case own
      case keyring(String)
    }
  }

  package init(
    in repository: Repository, signers: String? = nil, _ tools: Tools = .settings,
    committer: String? = nil
  ) {
    settings = tools == .settings ? Settings(of: repository) : .ofUser()
    self.signers = signers
    self.tools = tools
    self.committer = committer
  }

  /// Returns the program of a format, with the words that choose its keys.
  func program(_ format: String) -> [String] {
    let usual = ["openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"][format] ?? format
    switch tools {
    case .settings, .user:
      let old = format == "openpgp" ? settings.text("gpg.program") : nil
      let program = settings.text("gpg.\(format).program") ?? old ?? usual
      guard case .user(.keyring(let keyring)) = tools, format != "ssh" else { return [program] }
      return [program, "--homedir", keyring]
    case .given(let programs, let keyring):
      let homes = format == "ssh" ? nil : keyring.map { ["--homedir", $0] }
      return [programs[format] ?? usual] + (homes ?? [])
    }
  }

  /// The file of allowed signers; `nil` where nothing names one.
  var allowedSigners: String? {
    if let signers { return signers }
    return tools == .settings ? settings.path("gpg.ssh.allowedSignersFile") : nil
  }

  /// The file of revoked keys, as the settings name it.
  var revoked: [String] {
    if case .given = tools { return [] }
    return settings.path("gpg.ssh.revocationFile").map { ["-r", $0] } ?? []
  }

  /// Whether keys of OpenPGP count, and a key that is not there is one that does not.
  var openPGP: (counts: Bool, isComplete: Bool) {
    switch tools {
    case .settings, .user(.own): (true, false)
    case .user(.none): (false, false)
    case .user(.keyring): (true, true)
    case .given(_, let keyring): (true, keyring != nil)
    }
  }

  /// How far a key of OpenPGP has to be certified at least, `gpg.minTrustLevel`.
  ///
  /// Whoever names a folder of
  /// keys trusts all that is in it.
  var leastTrust: Trust? {
    switch tools {
    case .settings, .user(.own): settings.text("gpg.minTrustLevel").flatMap { Trust(named: $0) }
    default: nil
    }
  }

  /// How far a key of OpenPGP is certified by keys that its user trusts.
  package enum Trust: String, Comparable, CaseIterable, Sendable {
    case undefined
    case never
    case marginal
    case fully
    case ultimate

    init?(named text: String) { self.init(rawValue: text.lowercased()) }

    package static func < (one: Trust, two: Trust) -> Bool {
      (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: two) ?? 0)
    }
  }

  /// Why something could not be signed.
  package struct Failure: Error, Hashable, Sendable {
    package let reason: String
  }

  /// Who signed.
  package struct Signer: Hashable, Sendable {
    /// The principal of an SSH key, or what an OpenPGP key says of its owner.
    package let name: String
    /// The fingerprint of the key, of OpenPGP that of its primary key: what anybody can put into a name proves
    /// nothing.
    package let key: String
    /// Whom a file of allowed signers names for the key; of OpenPGP nobody.
    let principals: [String]
    /// How far a key of OpenPGP is certified; `nil` for SSH, and where a folder of trusted keys was named.
    package var trust: Trust?

    /// Whether a role lists the signer.
    package func isOne(of members: Set<String>) -> Bool {
      members.contains(key) || principals.contains(where: members.contains)
        || members.contains { $0.filter { $0 != " " }.uppercased() == key }
    }

    /// Whether two signatures are one person's.
    func isSame(as other: Signer) -> Bool {
      key == other.key || principals.contains(where: other.principals.contains)
    }
  }

  /// What is known of a signature.
  package enum Verdict: Hashable, Sendable {
    case unsigned
    case good(Signer)
    /// Why it is not to be trusted.
    case bad(String)
    /// Why nobody here can tell.
    case unknown(String)

    /// The verdict in words.
    package var words: String {
      switch self {
      case .good(let signer): "signed by \(signer.name)"
      case .bad(let reason): "its signature is not good: \(reason)"
      case .unknown(let reason): "its signature cannot be judged: \(reason)"
      case .unsigned: "not signed"
      }
    }
  }

  private var format: String { settings.text("gpg.format") ?? "openpgp" }

  /// Whether tags are signed where nobody says otherwise.
  package var isWanted: Bool {
    settings.flag("tag.gpgSign") ?? settings.flag("tag.forceSignAnnotated") ?? false
  }

  /// Returns a signature in its armour.
  ///
  /// - Parameters:
  ///   - payload: What is signed.
  ///   - namespace: What it is signed as; keys of SSH keep such purposes apart.
  /// - Returns: The signature.
  /// - Throws: `Failure`.
  package func signature(
    of payload: [UInt8], as namespace: String = "git"
  ) throws(Failure) -> String {
    let key = settings.text("user.signingkey").flatMap { $0.isEmpty ? nil : $0 }
    switch format {
    case "ssh": return try sshSignature(payload, key, namespace)
    case "openpgp", "x509":
      let program = program(format)
      let arguments =
        program + ["--status-fd=2", "-bsa"] + ((key ?? committer).map { ["-u", $0] } ?? [])
      guard let outcome = Program.run(arguments, input: payload) else {
        throw Failure(reason: "'\(program[0])' cannot be started")
      }
      guard outcome.status == 0, outcome.errors.contains("[GNUPG:] SIG_CREATED") else {
        throw Failure(reason: Self.lastLine(of: outcome.errors))
      }
      return outcome.output
    default: throw Failure(reason: "gpg.format is '\(format)', which is unknown")
    }
  }

  private func sshSignature(
    _ payload: [UInt8], _ given: String?, _ namespace: String
  ) throws(Failure) -> String {
    let key: String
    if let given { key = given } else { key = try defaultKey() }
    guard let folder = TemporaryDirectory(), folder.write("payload", payload) else {
      throw Failure(reason: "there is no room for a temporary file")
    }
    let isLiteral = key.hasPrefix("key::") || key.hasPrefix("ssh-")
    var file = settings.expanded(key)
    if isLiteral {
      let text = key.hasPrefix("key::") ? String(key.dropFirst(5)) : key
      guard folder.write("key", Array((text + "\n").utf8)) else {
        throw Failure(reason: "there is no room for a temporary file")
      }
      file = folder.path + "/key"
    }
    folder.expect("payload.sig")
    let program = program("ssh")
    let arguments =
      program + ["-Y", "sign", "-n", namespace, "-f", file] + (isLiteral ? ["-U"] : [])
      + [folder.path + "/payload"]
    guard let outcome = Program.run(arguments) else {
      throw Failure(reason: "'\(program[0])' cannot be started")
    }
    let signature = folder.text("payload.sig")
    guard outcome.status == 0, !signature.isEmpty else {
      throw Failure(reason: Self.lastLine(of: outcome.errors))
    }
    return signature
  }

  /// Returns the key that a command of the settings prints, as `ssh-add -L` does.
  private func defaultKey() throws(Failure) -> String {
    guard let command = settings.text("gpg.ssh.defaultKeyCommand") else {
      throw Failure(reason: "user.signingkey names no key")
    }
    guard let outcome = Program.run(["sh", "-c", command]), outcome.status == 0,
      let line = outcome.output.split(separator: "\n").first,
      line.hasPrefix("key::") || line.hasPrefix("ssh-")
    else { throw Failure(reason: "gpg.ssh.defaultKeyCommand prints no key") }
    return String(line)
  }

  static func lastLine(of text: String) -> String {
    text.split(separator: "\n").last.map(String.init) ?? "the program says nothing"
  }
}
