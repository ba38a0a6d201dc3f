import Foundation
import RegistrarTestSupport
import Templates
import Testing

@Test func `the schemas of a new code are those of this repository`() throws {
  let files = Template.sec.files
  let names = try FileManager.default.contentsOfDirectory(atPath: projectFolder + "/schema")
  #expect(names.count > 30)
  for name in names {
    let data = try Data(contentsOf: URL(filePath: projectFolder + "/schema/" + name))
    #expect(files["schema/" + name] == Array(data), "\(name)")
  }
}

@Test(arguments: Template.allCases)
func `every template has a catalogue and a page to begin with`(_ template: Template) {
  #expect(template.files["schema/catalogue.yaml"] != nil)
  #expect(template.files["README.md"] != nil)
}

@Test func `the example ends with the registers of this repository, as far as its time goes`()
  async throws
{
  let history = try await ExampleHistory(with: ["hooks/x": [1]], jobs: 2)
  let (first, last) = (try #require(history.commits.first), try #require(history.commits.last))
  #expect(history.commits.map(\.time) == history.commits.map(\.time).sorted())
  #expect(history.commits.compactMap(\.baseline).count == 9)
  #expect(first.files["hooks/x"] == [1] && first.files["README.md"] != nil)
  #expect(first.files["registers/sec-versions/5.0.yaml"] == nil)
  var differing: [String] = []
  for (path, bytes) in last.files where path.hasPrefix("registers/") {
    let data = try Data(contentsOf: URL(filePath: projectFolder + "/" + path))
    if bytes != Array(data) { differing.append(path) }
  }
  #expect(differing == ["registers/waivers.yaml"])
  let names = try FileManager.default.subpathsOfDirectory(atPath: projectFolder + "/registers")
  let missing = names.filter { name in
    last.files["registers/" + name] == nil && name.contains(".")
      && !name.hasPrefix("sec-versions/")
  }
  #expect(missing.filter { !isFolder("registers/" + $0) } == [])
}

private func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: projectFolder + "/" + path, isDirectory: &isFolder)
    && isFolder.boolValue
}

@Test func `an action stands in the example as its meetings had told by then`() async throws {
  let history = try await ExampleHistory(with: [:], jobs: 2)
  let states = history.commits.map { commit in
    commit.files["registers/actions/TABASC/TABASC09-06.yaml"]
      .map { String(decoding: $0, as: UTF8.self) }
      .map { text in
        (
          text.split(separator: "\n").first { $0.hasPrefix("status: ") } ?? "",
          text.components(separatedBy: "- meeting: ").count - 1
        )
      }
  }
  let told = states.compactMap(\.self).map { "\($0.0), \($0.1)" }
  #expect(
    told == [
      "status: open, 0", "status: ongoing, 1", "status: closed, 2", "status: closed, 2",
      "status: closed, 2", "status: closed, 2",
    ])
}
