package import Baselines
package import Diagnostics
import Git
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
      _ code: Diagnostic.Code, at reference: ReferenceName, by pusher: String
    ) -> Bool {
      who == pusher && codes.contains(code.rawValue)
        && references.contains { pattern in
          pattern.hasSuffix("*")
            ? reference.bytes.starts(with: pattern.utf8.dropLast())
            : reference == ReferenceName(pattern)
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

  /// Returns who pushes, as the server tells it in the environment; `nil` where it does not.
  package func pusher(in environment: [String: String]) -> String? {
    let names = identity.map { [$0] } ?? Self.identities
    return names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
  }

  func mayChangeRules(_ pusher: String?) -> Bool {
    schemaChanges.contains("*") || (pusher.map { schemaChanges.contains($0) } ?? false)
  }

  /// Returns whom a pusher asks who may not change the rules, in the imperative.
  func whomToAsk(_ pusher: String?) -> String {
    guard pusher != nil else {
      return "Ask the server's owner to name the variable that says who pushes: "
        + "'identity' in server.yaml"
    }
    let names = schemaChanges.joined(separator: " or ")
    return schemaChanges.isEmpty
      ? "Ask the server's owner: nobody stands under 'schema_changes' in server.yaml"
      : "Ask \(names) to push it, or leave schema/ and the waivers as they are in every commit"
  }

  /// Returns an override for a code, and whether it still holds; one that has ended where there is no other.
  func leave(
    for code: Diagnostic.Code, _ reference: ReferenceName, _ pusher: String?, _ today: Day
  ) -> (words: String, holds: Bool)? {
    guard let pusher else { return nil }
    let leaves = overrides.filter { $0.covers(code, at: reference, by: pusher) }
    guard let leave = leaves.first(where: { today <= $0.until }) ?? leaves.last else { return nil }
    return ("\(leave.who) until \(leave.until): \(leave.reason)", today <= leave.until)
  }

  /// Reads the file of a server.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - folder: The folder that paths in it count from.
  ///   - isKnown: Whether there is a code of findings, so that an override of it means something.
  ///   - report: Where findings go; with an error among them the settings are not to be used.
  /// - Returns: The settings.
  package static func read(
    _ file: SourceFile, in folder: String, isKnown: @escaping (String) -> Bool,
    into report: inout Report
  ) -> ServerSettings {
    // Nothing but comments decides nothing.
    let lines = file.bytes.split(separator: UInt8(ascii: "\n"))
    let isEmpty = lines.allSatisfy { line in
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
      return text.isEmpty || text.first == UInt8(ascii: "#")
    }
    guard !isEmpty, let tree = YAMLReader.tree(of: file, into: &report) else {
      return ServerSettings()
    }
    var reader = Reader(folder: folder, isKnown: isKnown)
    // What has not the form is not read.
    guard let root = tree.root, root.kind != .null, OwnSchema.server.check(root, into: &report)
    else { return ServerSettings() }
    for member in root.members { reader.read(member) }
    report.merge(reader.report)
    return reader.settings
  }

  private struct Reader {
    let folder: String
    let isKnown: (String) -> Bool
    var settings = ServerSettings()
    var report = Report()

    private mutating func bad(_ node: Node, _ message: String) {
      report.error(
        .badServerFile, Diagnostic.Message(message), at: node.range,
        help: "See: registrar explain \(Diagnostic.Code.badServerFile.rawValue)")
    }

    mutating func read(_ member: Node.Member) {
      let value = member.value
      switch member.key.text ?? "" {
      case "identity": settings.identity = value.string
      case "schema_changes": settings.schemaChanges = texts(value)
      case "overrides": settings.overrides = value.elements.compactMap { override($0) }
      case "signers":
        settings.signers = Signers.read(place(value), into: &report)
        if settings.signers == nil {
          bad(value, "there is no file '\(value.string ?? "")' that can be read")
        }
      case "keyring": settings.keyring = self.folder(value, with: "")
      case "first_rules": settings.firstRules = self.folder(value, with: "/" + Catalogue.path)
      case "programs":
        for program in value.members {
          settings.programs[program.key.text ?? ""] = program.value.string
        }
      case "require_signature": settings.requiresSignature = value.bool ?? true
      case "limits":
        settings.seconds = value["seconds"]?.integer ?? settings.seconds
        settings.mebibytes = value["mebibytes"]?.integer ?? settings.mebibytes
      default: break
      }
    }

    private func place(_ node: Node) -> String {
      let text = node.string ?? ""
      return text.hasPrefix("/") ? text : folder + "/" + text
    }

    private mutating func folder(_ node: Node, with inner: String) -> String? {
      let path = place(node)
      guard FileWriter.exists(path + inner + (inner.isEmpty ? "/." : "")) else {
        bad(
          node,
          "there is no folder '\(node.string ?? "")'\(inner.isEmpty ? "" : " with \(inner.dropFirst())")"
        )
        return nil
      }
      return path
    }

    private func texts(_ node: Node?) -> [String] { node?.elements.compactMap(\.string) ?? [] }

    private mutating func override(_ node: Node) -> Override? {
      guard let who = node["who"]?.string, let codes = node["codes"],
        let reason = node["reason"]?.string, let day = node["until"]?.string.flatMap(Day.init)
      else { return nil }
      for code in codes.elements where !isKnown(code.string ?? "") {
        bad(code, "there is no code '\(code.text ?? "")': list them with 'registrar explain'")
      }
      for reference in node["refs"]?.elements ?? []
      where !(reference.string ?? "").utf8.starts(with: "refs/".utf8) {
        bad(reference, "a reference is named in full, as 'refs/heads/main' or 'refs/heads/*'")
      }
      return Override(
        who: who, codes: texts(codes),
        references: node["refs"].map { texts($0) } ?? ["refs/heads/*"], until: day,
        reason: reason)
    }
  }
}

extension Diagnostic.Code {
  /// The server's file says something that it cannot.
  package static let badServerFile: Self = "gate/server-file"
}
