package import Git
import Registry

/// Signs and verifies with the user's own programs, as Git's settings name them.
package struct Signing {
  private let repository: Repository
  private let tools: Tools
  /// A file of allowed signers, which takes the place of that of the settings.
  private let signers: String?

  /// Where the programs and the keys come from.
  package enum Tools: Hashable, Sendable {
    /// The user's Git settings say it.
    case settings
    /// The owner of a server says it, by the formats of Git; settings of Git are not asked.
    case given(programs: [String: String], keyring: String?)
  }

  package init(
    in repository: Repository, signers: String? = nil, _ tools: Tools = .settings
  ) {
    self.repository = repository
    self.signers = signers
    self.tools = tools
  }

  /// Returns the program of a format, with the words that choose its keys.
  private func program(_ format: String) -> [String] {
    let usual = ["openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"][format] ?? format
    switch tools {
    case .settings:
      let old = format == "openpgp" ? repository.setting("gpg.program") : nil
      return [repository.setting("gpg.\(format).program") ?? old ?? usual]
    case .given(let programs, let keyring):
      let homes = format == "ssh" ? nil : keyring.map { ["--homedir", $0] }
      return [programs[format] ?? usual] + (homes ?? [])
    }
  }

  private var allowedSigners: String? {
    if let signers { return signers }
    return tools == .settings ? repository.setting("gpg.ssh.allowedSignersFile") : nil
  }

  /// Why something could not be signed.
  package struct Failure: Error, Hashable, Sendable {
    package let reason: String
  }

  /// Who signed.
  package struct Signer: Hashable, Sendable {
    /// The principal of an SSH key, or what an OpenPGP key says of its owner.
    package let name: String
    /// Of an OpenPGP key: what anybody can put into a name proves nothing.
    package let fingerprint: String?

    /// What a role lists.
    package var identity: String { fingerprint ?? name }
  }

  /// What is known of a signature.
  package enum Verdict: Hashable, Sendable {
    case unsigned
    case good(Signer)
    /// Why it is not to be trusted.
    case bad(String)

    /// The verdict in words.
    package var words: String {
      switch self {
      case .good(let signer): "signed by \(signer.name)"
      case .bad(let reason): "its signature is not good: \(reason)"
      case .unsigned: "not signed"
      }
    }
  }

  private var format: String { repository.setting("gpg.format") ?? "openpgp" }

  /// Whether tags are signed where nobody says otherwise.
  package var isWanted: Bool { repository.setting("tag.gpgsign") == "true" }

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
    let key = repository.setting("user.signingkey")
    switch format {
    case "ssh": return try sshSignature(payload, key, namespace)
    case "openpgp", "x509":
      let program = program(format)
      let arguments = program + ["--status-fd=2", "-bsa"] + (key.map { ["-u", $0] } ?? [])
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
    _ payload: [UInt8], _ key: String?, _ namespace: String
  ) throws(Failure) -> String {
    guard let key else { throw Failure(reason: "user.signingkey names no key") }
    guard let folder = TemporaryDirectory(), folder.write("payload", payload) else {
      throw Failure(reason: "there is no room for a temporary file")
    }
    var file = key
    let isLiteral = key.hasPrefix("key::") || key.hasPrefix("ssh-")
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

  /// Judges the signature of a tag.
  ///
  /// An OpenPGP signature that was made while its key was valid stays good after the key's end; here
  /// `git verify-tag` is stricter.
  package func verdict(on tag: AnnotatedTag) -> Verdict {
    guard let signature = tag.signature else { return .unsigned }
    // What stands after the armour is read by people and covered by nothing.
    let end = signature.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
    guard end?.hasPrefix("-----END ") == true else {
      return .bad("something follows the signature")
    }
    return verdict(on: signature, of: tag.payload, at: tag.time)
  }

  /// Judges a signature.
  ///
  /// - Parameters:
  ///   - signature: In its armour.
  ///   - payload: What it should be over.
  ///   - namespace: What it should be signed as.
  ///   - time: When it was signed, in seconds since 1970: a key counts that was allowed then.
  /// - Returns: Whose it is, or why it is not good.
  package func verdict(
    on signature: String, of payload: [UInt8], as namespace: String = "git", at time: Int64? = nil
  ) -> Verdict {
    signature.hasPrefix("-----BEGIN SSH")
      ? sshVerdict(payload, signature, namespace, time) : gpgVerdict(payload, signature)
  }

  private func gpgVerdict(_ payload: [UInt8], _ signature: String) -> Verdict {
    guard let folder = TemporaryDirectory(), folder.write("signature", Array(signature.utf8)) else {
      return .bad("there is no room for a temporary file")
    }
    let isX509 = signature.hasPrefix("-----BEGIN SIGNED MESSAGE")
    let program = program(isX509 ? "x509" : "openpgp")
    let arguments =
      program + [
        "--keyid-format=long", "--status-fd=1", "--verify", folder.path + "/signature", "-",
      ]
    guard let outcome = Program.run(arguments, input: payload) else {
      return .bad("'\(program[0])' cannot be started")
    }
    func status(_ word: String) -> Substring? {
      outcome.output.split(separator: "\n").first { $0.hasPrefix("[GNUPG:] \(word) ") }?
        .dropFirst("[GNUPG:] \(word) ".count)
    }
    // Of a key that has ended and was revoked, gpg tells the revocation in a line of its own.
    let isRevoked = outcome.output.split(separator: "\n").contains { line in
      line == "[GNUPG:] KEYREVOKED" || line.hasPrefix("[GNUPG:] REVKEYSIG ")
    }
    if isRevoked { return .bad("its key was revoked") }
    if status("BADSIG") != nil { return .bad("the tag is not what was signed") }
    if status("NO_PUBKEY") != nil || status("ERRSIG") != nil {
      return .bad("its key is not known: \(status("NO_PUBKEY") ?? status("ERRSIG") ?? "")")
    }
    if status("EXPSIG") != nil { return .bad("the signature has expired") }
    if let valid = status("VALIDSIG"), let name = status("GOODSIG") ?? status("EXPKEYSIG") {
      // The last word is the fingerprint of the primary key.
      return .good(
        Signer(
          name: name.split(separator: " ").dropFirst().joined(separator: " "),
          fingerprint: valid.split(separator: " ").last.map(String.init)))
    }
    return .bad(Self.lastLine(of: outcome.errors))
  }

  private func sshVerdict(
    _ payload: [UInt8], _ signature: String, _ namespace: String, _ time: Int64?
  ) -> Verdict {
    // ssh-keygen takes a time of the calendar, in UTC with a Z at its end.
    let moment = time.map { ["-Overify-time=\(Self.moment($0))"] } ?? []
    guard let allowed = allowedSigners else {
      return .bad("nothing says which signers are allowed (--signers, gpg.ssh.allowedSignersFile)")
    }
    guard let folder = TemporaryDirectory(), folder.write("signature", Array(signature.utf8)) else {
      return .bad("there is no room for a temporary file")
    }
    let program = program("ssh")
    let place = folder.path + "/signature"
    let found = Program.run(
      program + ["-Y", "find-principals"] + moment + ["-f", allowed, "-s", place])
    guard let signer = found?.output.split(separator: "\n").first, found?.status == 0 else {
      return .bad("its key is none of an allowed signer")
    }
    func verify(_ revoked: [String]) -> Program.Outcome? {
      let options = moment + revoked + ["-n", namespace, "-f", allowed, "-I", String(signer)]
      return Program.run(program + ["-Y", "verify"] + options + ["-s", place], input: payload)
    }
    guard let outcome = verify(revoked) else { return .bad("'\(program[0])' cannot be started") }
    guard outcome.status == 0 else {
      // ssh-keygen does not say that a key was revoked.
      let isRevoked = !revoked.isEmpty && verify([])?.status == 0
      return .bad(isRevoked ? "its key was revoked" : "the tag is not what was signed")
    }
    return .good(Signer(name: String(signer), fingerprint: nil))
  }

  /// The file of revoked keys, as git names it.
  private var revoked: [String] {
    let file = tools == .settings ? repository.setting("gpg.ssh.revocationFile") : nil
    return file.map { ["-r", $0] } ?? []
  }

  private static func moment(_ time: Int64) -> String {
    Day.timestamp(Int(time)).filter { !"-:T".contains($0) }
  }

  private static func lastLine(of text: String) -> String {
    text.split(separator: "\n").last.map(String.init) ?? "the program says nothing"
  }
}
