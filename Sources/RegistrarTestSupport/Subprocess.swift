import Foundation

/// What a program said and how it ended.
package struct ProgramResult: Sendable {
  package let output: String
  package let errors: String
  package let status: Int32
}

/// A program that ended otherwise than a test needs.
package struct ProgramFailure: Error, CustomStringConvertible {
  package let description: String
}

/// Runs a program to its end.
///
/// - Parameters:
///   - arguments: The program and its arguments; the program is looked for along `PATH`.
///   - directory: Where it runs.
///   - environment: All of its environment.
///   - input: What it reads from standard input.
/// - Returns: What it said and how it ended.
/// - Throws: What `Process` throws where it cannot be started.
@discardableResult
package func runProgram(
  _ arguments: [String], in directory: String, environment: [String: String],
  input: [UInt8] = []
) throws -> ProgramResult {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = arguments
  process.currentDirectoryURL = URL(fileURLWithPath: directory)
  process.environment = environment
  // Files instead of pipes: neither side waits for the other.
  let folder = try TemporaryFolder()
  let inputURL = URL(fileURLWithPath: folder.path + "/input")
  try Data(input).write(to: inputURL)
  var files: [FileHandle] = []
  for name in ["output", "errors"] {
    _ = FileManager.default.createFile(atPath: folder.path + "/" + name, contents: nil)
    files.append(try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/" + name)))
  }
  process.standardInput = try FileHandle(forReadingFrom: inputURL)
  process.standardOutput = files[0]
  process.standardError = files[1]
  try process.run()
  process.waitUntilExit()
  func text(_ name: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)),
      as: UTF8.self)
  }
  return ProgramResult(
    output: try text("output"), errors: try text("errors"), status: process.terminationStatus)
}

/// A new empty folder that is removed with its last reference.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("registrar-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.resolvingSymlinksInPath().path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file, with the folders that lead to it.
  ///
  /// - Parameters:
  ///   - name: The path inside the folder.
  ///   - bytes: What to write.
  /// - Throws: What the file system throws.
  package func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  package func write(_ name: String, _ text: String) throws {
    try write(name, Array(text.utf8))
  }
}

/// The folder that the tests and the programs of the project are built in.
package let programFolder = URL(fileURLWithPath: CommandLine.arguments[0])
  .resolvingSymlinksInPath().deletingLastPathComponent().path
