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
      files have. Put the text where the first line says.
      """)

  enum Editor: String, CaseIterable, ExpressibleByArgument {
    case vscode
    case neovim
  }

  @Option(help: "The editor: vscode or neovim.")
  var editor: Editor

  @OptionGroup var destination: Destination

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let snapshot = try await session.snapshotToShow(try place.tree(at: .workTree))
    var globs: [(schema: String, paths: [String])] = [
      ("\(Catalogue.schemaFolder)/catalogue.schema.json", [Catalogue.path])
    ]
    for register in snapshot.catalogue.registers where register.shape == .record {
      let paths = register.templates.map { Catalogue.folder + "/" + $0.glob }
      if let known = globs.firstIndex(where: { $0.schema == register.schemaPath.string }) {
        globs[known].paths += paths
      } else {
        globs.append((register.schemaPath.string, paths))
      }
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
    return .clean
  }
}
