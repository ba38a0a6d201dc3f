import Foundation
import RegistrarTestSupport
import Testing

/// The three below everything, which any room may use.
private let ground: Set<String> = ["SourceText", "Diagnostics", "Syntax"]

/// The rooms of the page of the house, each with what it may import beside the ground.
private func rooms() throws -> [String: Set<String>] {
  let page = try String(contentsOfFile: projectFolder + "/Sources/House.md", encoding: .utf8)
  var rooms: [String: Set<String>] = [:]
  for line in page.split(separator: "\n") where line.hasPrefix("| `") {
    let cells = line.split(separator: "|")
    let name = cells[0].filter { $0.isLetter || $0 == "-" }
    let arrows = cells.count > 2 ? cells[2].split(separator: ",") : []
    rooms[name] = Set(arrows.map { $0.filter { $0.isLetter || $0.isNumber } })
      .subtracting(ground).subtracting([""])
  }
  return rooms
}

/// The layers of the manifest, each with what it depends on beside the ground.
private func layers() throws -> [String: Set<String>] {
  let manifest = try String(contentsOfFile: projectFolder + "/Package.swift", encoding: .utf8)
  var layers: [String: Set<String>] = [:]
  for part in manifest.components(separatedBy: "layer(").dropFirst(2) {
    let own = part.components(separatedBy: "executableTarget")[0]
    let text = ["settings:", "exclude:", "plugins:"].reduce(own) {
      $0.components(separatedBy: $1)[0]
    }
    let names = text.components(separatedBy: "\"").enumerated()
      .filter { $0.offset.isMultiple(of: 2) == false }.map(\.element)
    guard let name = names.first else { continue }
    layers[name] = Set(names.dropFirst()).subtracting(ground).subtracting(["swift-crypto"])
  }
  return layers
}

@Test func `the arrows on the page of the house are those of the manifest`() throws {
  let (rooms, layers) = (try rooms(), try layers())
  #expect(layers.count >= 18)
  for (name, arrows) in layers where name != "RegistrarTestSupport" && name != "RegistrarCommands" {
    #expect(rooms[name] == arrows.subtracting(["SourceText"]), "\(name)")
  }
  for name in rooms.keys {
    #expect(
      FileManager.default.fileExists(atPath: projectFolder + "/Sources/" + name), "\(name)")
  }
}

@Test func `the page of the house names only what is there`() throws {
  let page = try String(contentsOfFile: projectFolder + "/Sources/House.md", encoding: .utf8)
  let sources =
    FileManager.default.enumerator(atPath: projectFolder + "/Sources")?
    .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") } ?? []
  let code = try sources.map {
    try String(contentsOfFile: projectFolder + "/Sources/" + $0, encoding: .utf8)
  }.joined()
  let tests =
    FileManager.default.enumerator(atPath: projectFolder + "/Tests")?
    .compactMap { ($0 as? String)?.split(separator: "/").last.map(String.init) } ?? []
  for match in page.matches(of: /`([A-Z][A-Za-z]+)`/) {
    let name = String(match.output.1)
    let isFile = (sources + tests).contains { $0.hasSuffix(name + ".swift") }
    let isRoom = FileManager.default.fileExists(atPath: projectFolder + "/Sources/" + name)
    #expect(isFile || isRoom || tests.contains(name) || code.contains(name), "\(name)")
  }
}
