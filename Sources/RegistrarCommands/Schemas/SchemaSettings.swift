import Accounts
import ArgumentParser
import Diagnostics
import Registry
import SourceText

struct SchemaSettings: AnswerCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Print settings that make an editor check and complete records",
    discussion: """
      Both editors run the YAML language server; the settings tell it which schema each register's \
      files have. Put the text where the first line says. Files that hold a list of records have a schema of \
      their own, which says that each element fits the schema of a record: --lists writes these into \
      \(folder). Tables and documents are no YAML, and no editor checks them: registrar check does.
      """)

  enum Editor: String, CaseIterable, ExpressibleByArgument {
    case vscode
    case neovim
  }

  /// Where the schemas of lists stand.
  private static let folder = ".registrar"

  @Option(help: "The editor: vscode or neovim.")
  var editor: Editor

  @Flag(help: "Write the schemas of lists too.")
  var lists = false

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let snapshot = try await session.snapshotToShow(try place.tree(at: .workTree))
    var globs: [(schema: String, paths: [String])] = [
      ("\(Catalogue.schemaFolder)/catalogue.schema.json", [Catalogue.path])
    ]
    for register in snapshot.catalogue.registers
    where register.shape == .record || register.shape == .list {
      let paths = register.templates.map { Catalogue.folder + "/" + $0.glob }
      let isList = register.shape == .list
      let schema = isList ? Self.path(ofList: register) : register.schemaPath.string
      if let known = globs.firstIndex(where: { $0.schema == schema }) {
        globs[known].paths += paths
      } else {
        globs.append((schema, paths))
      }
      if isList, lists { try write(register, place) }
    }
    switch editor {
    case .vscode:
      session.output += "// .vscode/settings.json (with the extension redhat.vscode-yaml)\n"
      session.output += "{\n  \"yaml.schemas\": {\n"
      session.output += globs.map { schema, paths in
        let list = paths.map { JSONText.string($0).text }.joined(separator: ", ")
        return "    \(JSONText.string("./" + schema).text): [\(list)]"
      }.joined(separator: ",\n")
      session.output += "\n  }\n}\n"
    case .neovim:
      session.output += "-- init.lua (with nvim-lspconfig and yaml-language-server)\n"
      session.output += "require('lspconfig').yamlls.setup {\n  settings = { yaml = { schemas = {\n"
      for (schema, paths) in globs {
        let list = paths.map { "'\($0)'" }.joined(separator: ", ")
        session.output += "    ['./\(schema)'] = { \(list) },\n"
      }
      session.output += "  } } }\n}\n"
    }
    if !lists, globs.contains(where: { $0.schema.hasPrefix(Self.folder) }) {
      session.errors += "note: the schemas in \(Self.folder) are written with --lists\n"
    }
    return .clean
  }

  private static func path(ofList register: Register) -> String {
    let name = register.schemaPath.name
    return "\(folder)/list-of-\(name)"
  }

  /// Writes the schema of files that hold a list of records.
  private func write(_ register: Register, _ place: Workplace) throws(Failure) {
    let path = Self.path(ofList: register)
    guard let root = place.root else { throw Failure("there is no work tree to write to") }
    // A whole address: some readers lose a step up that stands at its begin.
    let address = Self.address(ofFile: root + "/" + register.schemaPath.string)
    let text = """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "array",
        "items": {"$ref": \(JSONText.string(address).text)}
      }

      """
    _ = FileWriter.makeFolder(root + "/" + Self.folder)
    for (name, text) in [(path, text), (Self.folder + "/.gitignore", "*\n")] {
      guard FileWriter.replace(root + "/" + name, with: Array(text.utf8)) else {
        throw Failure("'\(name)' cannot be written")
      }
    }
  }

  /// Returns the URI of a file (RFC 8089).
  private static func address(ofFile path: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~".utf8)
    return "file://"
      + path.utf8.map { byte in
        if plain.contains(byte) { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count == 1 ? "0" : "") + digits
      }.joined()
  }
}
