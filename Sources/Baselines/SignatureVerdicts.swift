package import Git
import Registry
import SourceText

extension Signing {
  /// Judges the signature of a tag.
  ///
  /// A signature that was made while its key was valid stays good after the key's end; here `git verify-tag`
  /// is stricter with OpenPGP.
  ///
  /// - Parameters:
  ///   - tag: The tag.
  ///   - earliest: A moment before which it cannot have been made, in seconds since 1970: that of what it tags.
  /// - Returns: Whose it is, or why it is not good.
  package func verdict(on tag: AnnotatedTag, notBefore earliest: Int64 = 0) -> Verdict {
    guard let signature = tag.signature else { return .unsigned }
    // What stands after the armour is read by people and covered by nothing.
    let end = signature.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
    guard end?.hasPrefix("-----END ") == true else {
      return .bad("something follows the signature")
    }
    // Whose clock is set back gives a tag an earlier time than what it tags.
    return verdict(
      on: signature, of: tag.payload, at: tag.time.map { max($0, earliest) } ?? earliest)
  }

  /// Judges a signature.
  ///
  /// - Parameters:
  ///   - signature: In its armour.
  ///   - payload: What it should be over.
  ///   - namespace: What it should be signed as.
  ///   - time: When it was signed, in seconds since 1970: a key counts that was allowed then, and a signature
  ///     that says when it was made is not made before.
  /// - Returns: Whose it is, or why it is not good.
  package func verdict(
    on signature: String, of payload: [UInt8], as namespace: String = "git", at time: Int64? = nil
  ) -> Verdict {
    signature.hasPrefix("-----BEGIN SSH")
      ? sshVerdict(payload, signature, namespace, time) : gpgVerdict(payload, signature, time)
  }

  private func gpgVerdict(_ payload: [UInt8], _ signature: String, _ time: Int64?) -> Verdict {
    guard openPGP.counts else {
      return .unknown("it is of OpenPGP, and the file of signers names no keys of OpenPGP")
    }
    guard let folder = TemporaryDirectory(), folder.write("signature", Array(signature.utf8)) else {
      return .unknown("there is no room for a temporary file")
    }
    let isX509 = signature.hasPrefix("-----BEGIN SIGNED MESSAGE")
    let program = program(isX509 ? "x509" : "openpgp")
    let arguments =
      program + [
        "--keyid-format=long", "--status-fd=1", "--verify", folder.path + "/signature", "-",
      ]
    guard let outcome = Program.run(arguments, input: payload) else {
      return .unknown("'\(program[0])' cannot be started")
    }
    return verdict(
      of: StatusLines(outcome.output), at: time, otherwise: Self.lastLine(of: outcome.errors))
  }

  /// Reads what gpg says on its status descriptor (GnuPG, doc/DETAILS).
  private func verdict(
    of lines: StatusLines, at time: Int64?, otherwise words: String
  ) -> Verdict {
    // Of a key that has ended and was revoked, gpg tells the revocation in a line of its own.
    if lines["KEYREVOKED"] != nil || lines["REVKEYSIG"] != nil {
      return .bad("its key was revoked")
    }
    if lines["BADSIG"] != nil { return .bad("the tag is not what was signed") }
    if lines.count(of: "NEWSIG") > 1 || lines.count(of: "VALIDSIG") > 1 {
      return .bad("it holds more than one signature")
    }
    if let missing = lines["NO_PUBKEY"] ?? lines["ERRSIG"] {
      let reason = "its key is not known: \(missing.joined(separator: " "))"
      return openPGP.isComplete ? .bad(reason) : .unknown(reason)
    }
    if lines["EXPSIG"] != nil { return .bad("the signature has expired") }
    guard let valid = lines["VALIDSIG"], let name = lines["GOODSIG"] ?? lines["EXPKEYSIG"],
      let key = valid.last
    else { return .bad(words) }
    let signed = valid.count > 2 ? Int64(valid[2]) : nil
    if let signed {
      if lines.all("KEYEXPIRED").contains(where: { ($0.first.flatMap { Int64($0) } ?? 0) <= signed }
      ) {
        return .bad("it was made after its key had ended")
      }
      if let time, signed < time - 86_400 {
        return .bad("it says that it was made before what it is over: a clock was set back")
      }
    } else if lines["EXPKEYSIG"] != nil {
      return .bad("its key has ended, and it does not say when it was made")
    }
    let trust = Trust.allCases.first { lines["TRUST_" + $0.rawValue.uppercased()] != nil }
    if let least = leastTrust, (trust ?? .undefined) < least {
      return .bad(
        "its key is trusted '\((trust ?? .undefined).rawValue)', and gpg.minTrustLevel is "
          + "'\(least.rawValue)'")
    }
    // The last word of VALIDSIG is the fingerprint of the primary key.
    return .good(
      Signer(
        name: name.dropFirst().joined(separator: " "), key: String(key), principals: [],
        trust: openPGP.isComplete ? nil : trust))
  }

  private func sshVerdict(
    _ payload: [UInt8], _ signature: String, _ namespace: String, _ time: Int64?
  ) -> Verdict {
    guard let allowed = allowedSigners else {
      return .unknown(
        "nothing says which signers are allowed (--signers, gpg.ssh.allowedSignersFile)")
    }
    guard WorkTree.bytes(ofFile: allowed, limit: 1 << 24) != nil else {
      return .unknown("the file of allowed signers '\(allowed)' cannot be read")
    }
    guard let folder = TemporaryDirectory(), folder.write("signature", Array(signature.utf8)) else {
      return .unknown("there is no room for a temporary file")
    }
    // ssh-keygen takes a time of the calendar, in UTC with a Z at its end.
    let moment = time.map { ["-Overify-time=\(Self.moment($0))"] } ?? []
    let program = program("ssh")
    let place = folder.path + "/signature"
    guard
      let found = Program.run(
        program + ["-Y", "find-principals"] + moment + ["-f", allowed, "-s", place])
    else { return .unknown("'\(program[0])' cannot be started") }
    let principals = found.output.split(whereSeparator: \.isNewline).map(String.init)
    guard found.status == 0, !principals.isEmpty else {
      return Self.notAllowed
    }
    func verify(_ principal: String, _ revoked: [String]) -> Program.Outcome? {
      let options = moment + revoked + ["-n", namespace, "-f", allowed, "-I", principal]
      return Program.run(program + ["-Y", "verify"] + options + ["-s", place], input: payload)
    }
    // One key may stand for several principals, on several lines.
    for principal in principals.prefix(Self.mostPrincipals) {
      guard let outcome = verify(principal, revoked), outcome.status == 0 else { continue }
      let words = outcome.output.split(whereSeparator: \.isWhitespace)
      let key = words.last { $0.hasPrefix("SHA256:") }.map(String.init) ?? principal
      return .good(Signer(name: principal, key: key, principals: principals))
    }
    // ssh-keygen does not say which of several reasons it has.
    if !revoked.isEmpty, verify(principals[0], [])?.status == 0 {
      return .bad("its key was revoked")
    }
    let fits = Program.run(
      program + ["-Y", "check-novalidate", "-n", namespace, "-s", place], input: payload)
    return .bad(
      fits?.status == 0
        ? "its key may not sign this: look at its options in '\(allowed)'"
        : "the tag is not what was signed")
  }

  private static let mostPrincipals = 16

  /// The verdict on a signature by a key that nobody allows, or not at that time.
  package static let notAllowed = Verdict.bad("its key is none of an allowed signer")

  private static func moment(_ time: Int64) -> String {
    Day.timestamp(Int(time)).filter { !"-:T".contains($0) }
  }
}

/// The lines `[GNUPG:] WORD …` that gpg writes for programs.
private struct StatusLines {
  private let lines: [[Substring]]

  init(_ text: String) {
    lines = text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.first == "[GNUPG:]" ? Array(words.dropFirst()) : nil
    }
  }

  /// Returns what follows a word on the first line that begins with it.
  subscript(_ word: String) -> [Substring]? { all(word).first }

  func all(_ word: String) -> [[Substring]] {
    lines.filter { $0.first == word[...] }.map { Array($0.dropFirst()) }
  }

  func count(of word: String) -> Int { all(word).count }
}
