package import Baselines
package import Diagnostics
package import Registry
package import SourceText
import Syntax

/// What the owner of a server decides outside of the repository: who may change the rules, what may
/// pass all the same, whose signatures count, and how much a judgement may cost.
///
/// Nothing in it can be pushed.
package struct ServerSettings: Sendable {
  /// Leave for somebody to push what is refused otherwise.
  package struct Override: Sendable {
    package let who: String
    /// The codes of what may pass.
    package let codes: [String]
    /// The references that it may pass at; a `*` at the end stands for any rest.
    package let references: [String]
    /// The last day.
    package let until: Day
    package let reason: String

    func covers(
      _ code: Diagnostic.Code, at reference: String, by pusher: String, on day: Day
    )
      -> Bool
    {
      who == pusher && day <= until && codes.contains(code.rawValue)
        && references.contains { pattern in
          pattern.hasSuffix("*")
            ? reference.hasPrefix(pattern.dropLast()) : reference == pattern
        }
    }
  }

  /// The variable that says who pushes; `nil` for the first that is set of those that servers use.
  package private(set) var identity: String?
  /// Who may change `schema/`; `*` for everybody.
  package private(set) var schemaChanges: [String] = []
  package private(set) var overrides: [Override] = []
  /// Whose signatures count.
  package private(set) var signers: Signers?
  /// The folder with the keys of OpenPGP.
  package private(set) var keyring: String?
  /// The signing programs by their formats.
  package private(set) var programs: [String: String] = [:]
  package private(set) var requiresSignature = false
  /// A folder with a `schema/` that judges the first push.
  package private(set) var firstRules: String?
  /// The longest that a judgement may take.
  package private(set) var seconds = 600
  /// The most memory that it may take, in MiB.
  package private(set) var mebibytes = 2_048

  package init() {}

  private static let identities = [
    "REMOTE_USER", "GL_USERNAME", "GL_USER", "GITEA_PUSHER_NAME", "GITHUB_USER_LOGIN", "USER",
    "LOGNAME",
  ]

  /// Returns who pushes, as the server tells it in the environment.
  package func pusher(in environment: [String: String]) -> String {
    let names = identity.map { [$0] } ?? Self.identities
    return names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "unknown"
  }

  func mayChangeRules(_ pusher: String) -> Bool {
    schemaChanges.contains("*") || schemaChanges.contains(pusher)
  }

  /// Reads the file of a server.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - folder: The folder that paths in it count from.
  ///   - report: Where findings go; with an error among them the settings are not to be used.
  /// - Returns: The settings.
  package static func read(
    _ file: SourceFile, in folder: String, into report: inout Report
  ) -> ServerSettings {
    guard let tree = YAMLReader.tree(of: file, into: &report) else { return ServerSettings() }
    var reader = Reader(folder: folder)
    if let root = tree.root, root.kind != .null { reader.read(root) }
    report.merge(reader.report)
    return reader.settings
  }

  private struct Reader {
    let folder: String
    var settings = ServerSettings()
    var report = Report()

    private mutating func bad(_ node: Node, _ message: String) {
      report.error(
        .badServerFile, Diagnostic.Message(message), at: node.range,
        help: "See: registrar explain \(Diagnostic.Code.badServerFile.rawValue)")
    }

    mutating func read(_ root: Node) {
      guard root.kind == .object else {
        bad(root, "the server's file is a mapping")
        return
      }
      for member in root.members { read(member) }
    }

    private mutating func read(_ member: Node.Member) {
      let value = member.value
      switch member.key.text ?? "" {
      case "identity": settings.identity = text(value)
      case "schema_changes": settings.schemaChanges = texts(value)
      case "overrides":
        if value.kind != .array { bad(value, "'overrides' is a list") }
        settings.overrides = value.elements.compactMap { override($0) }
      case "signers":
        guard let path = place(value) else { return }
        settings.signers = Signers.read(path, into: &report)
        if settings.signers == nil { bad(value, "there is no file '\(path)' that can be read") }
      case "keyring": settings.keyring = place(value)
      case "first_rules": settings.firstRules = place(value)
      case "programs": readPrograms(value)
      case "require_signature":
        if value.bool == nil { bad(value, "'require_signature' is true or false") }
        settings.requiresSignature = value.bool ?? true
      case "limits":
        for limit in value.members {
          guard let number = limit.value.integer, number > 0 else {
            bad(limit.value, "a limit is a whole number above 0")
            continue
          }
          switch limit.key.text {
          case "seconds": settings.seconds = number
          case "mebibytes": settings.mebibytes = number
          default: unknown(limit.key, ["seconds", "mebibytes"])
          }
        }
      default:
        unknown(
          member.key,
          [
            "identity", "schema_changes", "overrides", "signers", "keyring", "first_rules",
            "programs", "require_signature", "limits",
          ])
      }
    }

    private mutating func unknown(_ key: Node, _ known: [String]) {
      let name = key.text ?? ""
      let hint = nearest(to: name, among: known).map { ": did you mean '\($0)'?" } ?? ""
      bad(key, "'\(name)' is nothing that a server's file says\(hint)")
    }

    private mutating func readPrograms(_ node: Node) {
      let formats = ["openpgp", "x509", "ssh"]
      for member in node.members {
        let name = member.key.text ?? ""
        guard formats.contains(name) else {
          unknown(member.key, formats)
          continue
        }
        settings.programs[name] = text(member.value)
      }
    }

    private mutating func text(_ node: Node) -> String? {
      guard let text = node.string, !text.isEmpty else {
        bad(node, "this is a text")
        return nil
      }
      return text
    }

    private mutating func place(_ node: Node) -> String? {
      text(node).map { $0.hasPrefix("/") ? $0 : folder + "/" + $0 }
    }

    private mutating func texts(_ node: Node) -> [String] {
      if node.kind != .array { bad(node, "this is a list") }
      return node.elements.compactMap { text($0) }
    }

    private mutating func override(_ node: Node) -> Override? {
      let known = ["who", "codes", "refs", "until", "reason"]
      for member in node.members where !known.contains(member.key.text ?? "") {
        unknown(member.key, known)
      }
      guard let who = node["who"]?.string, let codes = node["codes"], let reason = node["reason"],
        let until = node["until"], let day = until.string.flatMap(Day.init)
      else {
        bad(
          node["until"] ?? node,
          "an override says 'who', which 'codes', 'until' which day (2026-12-31) and the 'reason'")
        return nil
      }
      return Override(
        who: who, codes: texts(codes),
        references: node["refs"].map { texts($0) } ?? ["refs/heads/*"], until: day,
        reason: text(reason) ?? "")
    }
  }
}

extension Diagnostic.Code {
  /// The server's file says something that it cannot.
  package static let badServerFile: Self = "gate/server-file"
}
