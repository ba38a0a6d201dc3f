import Foundation
import RegistrarTestSupport
import Testing

private let folder = projectFolder + "/Tests/RegistrarCommandsTests/Stories"
/// All of them, or the one that `REGISTRAR_STORY` names while it is written.
private let stories = {
  let all = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []
  let one = ProcessInfo.processInfo.environment["REGISTRAR_STORY"]
  return all.filter { $0 == one ?? $0 }
}()

@Test(arguments: stories)
func `a story ends as it is told`(_ name: String) async throws {
  let path = folder + "/" + name
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let outcome = try await Story.run(text)
  if ProcessInfo.processInfo.environment["REGISTRAR_GOLDEN"] == "update" {
    try outcome.text.write(toFile: path, atomically: true, encoding: .utf8)
  }
  #expect(outcome.commands > 0)
  #expect(outcome.text == text)
}
