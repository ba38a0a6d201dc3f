import Foundation
import PackagePlugin

/// Makes the registers and schemas of this repository, and the templates, a part of the program.
@main struct EmbedFiles: BuildToolPlugin {
  private static let folders = ["registers", "schema", "Sources/Templates/Files"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(Self.folders.joined(separator: ", "))",
        executable: try context.tool(named: "registrar-embed").url,
        arguments: [output.path, context.package.directoryURL.path] + Self.folders,
        // Which files there are is looked up when the command runs, and not when the build is
        // planned, which SwiftPM does not do again for them. What is another file in each process is
        // always changed, and lets the command run at each build.
        inputFiles: [URL(filePath: "/proc/self/stat")],
        outputFiles: [output])
    ]
  }
}
