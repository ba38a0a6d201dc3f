import Foundation
import RegistrarTestSupport
import Testing

/// Programs that .ci/run installs from PyPI: check-jsonschema, and Sourcemeta's jsonschema.
private let tools = projectFolder + "/.build/oracles/bin/"
private let hasTools = ["check-jsonschema", "jsonschema"].allSatisfy {
  FileManager.default.isExecutableFile(atPath: tools + $0)
}

/// A copy of the registers and the schemas of this project, with the settings of an editor and the schemas of lists.
private func copy() throws -> (folder: TemporaryFolder, files: [(schema: String, paths: [String])])
{
  let folder = try TemporaryFolder()
  var environment = ProcessInfo.processInfo.environment
  environment["PATH"] = programFolder + ":" + (environment["PATH"] ?? "")
  let settings = try runProgram(
    [
      "sh", "-ec",
      """
      cp -r '\(projectFolder)/registers' '\(projectFolder)/schema' .
      registrar schema settings --editor vscode --lists | sed 1d
      """,
    ], in: folder.path, environment: environment)
  #expect(settings.status == 0, "\(settings.errors)")
  let root = try JSONSerialization.jsonObject(with: Data(settings.output.utf8)) as? [String: Any]
  let schemas = try #require(root?["yaml.schemas"] as? [String: [String]])
  let all =
    (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
    .filter { !$0.hasPrefix(".") }
  return (
    folder,
    schemas.sorted { $0.key < $1.key }.map { schema, globs in
      (schema, all.filter { path in globs.contains { fnmatch($0, path, 0) == 0 } }.sorted())
    }
  )
}

@Test(.enabled(if: Conformance.isRequired || hasTools))
func `check-jsonschema reads the schemas as they are, and every record and list fits them`() throws
{
  let (folder, files) = try copy()
  #expect(files.count > 20)
  var count = 0
  for (schema, paths) in files where !paths.isEmpty {
    count += paths.count
    let result = try runProgram(
      [tools + "check-jsonschema", "--schemafile", schema] + paths, in: folder.path,
      environment: [:])
    #expect(result.status == 0, "\(schema): \(result.output.suffix(1000))\(result.errors)")
  }
  #expect(count > 150)
  // A rule that stands in another file than the schema is followed.
  let risk = "registers/risks/panel/SECP-R15.yaml"
  let text = try String(contentsOfFile: folder.path + "/" + risk, encoding: .utf8)
  try folder.write(risk, text + "classification: Mauve\n")
  let result = try runProgram(
    [tools + "check-jsonschema", "--schemafile", "schema/risk.schema.json", risk],
    in: folder.path, environment: [:])
  #expect(result.status == 1, "\(result.output)\(result.errors)")
}

@Test(.enabled(if: Conformance.isRequired || hasTools))
func `Sourcemeta's jsonschema reads the schemas as they are`() throws {
  let (folder, files) = try copy()
  for (schema, paths) in files where schema.contains("risk.") || schema.contains("/action.") {
    let result = try runProgram(
      [tools + "jsonschema", "validate", schema] + paths, in: folder.path,
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(
      result.status == 0 && !paths.isEmpty,
      "\(schema): \(result.output.suffix(1000))\(result.errors)")
  }
}
