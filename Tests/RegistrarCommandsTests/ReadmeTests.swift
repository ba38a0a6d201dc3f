import Foundation
import RegistrarTestSupport
import Testing

@Test func `the commands of the README work as printed, in the order of the page`() throws {
  let readme = try String(
    contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md"),
    encoding: .utf8)
  let section = try #require(
    readme.components(separatedBy: "\n## ").first { $0.hasPrefix("What it does") })
  let lines = section.components(separatedBy: "\n").filter { $0.hasPrefix("    ") }
  #expect(lines.count > 30)
  let folder = try TemporaryFolder()
  // Each line is told before it runs, so that a failure says which it was.
  let script = lines.map { line in
    "echo '>' '\(line.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "'", with: ""))'\n\(line)"
  }.joined(separator: "\n")
  let result = try runProgram(
    ["sh", "-ec", script], in: folder.path,
    environment: [
      "PATH": programFolder + ":/usr/bin:/bin", "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": "A Clerk", "GIT_AUTHOR_EMAIL": "clerk@example.org",
      "GIT_COMMITTER_NAME": "A Clerk", "GIT_COMMITTER_EMAIL": "clerk@example.org",
    ])
  #expect(result.status == 0, "\(result.output.suffix(1500))\(result.errors)")
}
