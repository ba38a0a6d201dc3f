import Foundation
package import Testing

/// Expects `actual` to be the text of the golden file `name` in the folder `Golden` beside the test.
///
/// A missing file fails, so that nothing is recorded unseen. `REGISTRAR_GOLDEN=update swift test`
/// writes the files anew; the difference is then read like code.
package func expectGolden(
  _ actual: String, _ name: String, file: StaticString = #filePath,
  location: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: "\(file)").deletingLastPathComponent()
    .appendingPathComponent("Golden")
  let golden = folder.appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["REGISTRAR_GOLDEN"] == "update" {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data(actual.utf8).write(to: golden)
  }
  guard let expected = try? String(contentsOf: golden, encoding: .utf8) else {
    Issue.record(
      "there is no golden file \(name); run the tests with REGISTRAR_GOLDEN=update",
      sourceLocation: location)
    return
  }
  #expect(actual == expected, sourceLocation: location)
}
