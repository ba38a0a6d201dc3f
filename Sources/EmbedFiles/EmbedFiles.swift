import Foundation
import PackagePlugin

/// Makes files a part of the program: for templates the registers and schemas of this repository, for the commands the
/// pages that they show.
@main struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folders =
      target.name == "Templates"
      ? ["registers", "schema", "Sources/Templates/Files"]
      : ["Sources/\(target.name)/\(target.name).docc"]
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(folders.joined(separator: ", "))",
        executable: try context.tool(named: "registrar-embed").url,
        arguments: [output.path, context.package.directoryURL.path] + folders,
        // Which files there are is looked up when the command runs, and not when the build is
        // planned, which SwiftPM does not do again for them. What is another file in each process is
        // always changed, and lets the command run at each build.
        inputFiles: [URL(filePath: "/proc/self/stat")],
        outputFiles: [output])
    ]
  }
}
