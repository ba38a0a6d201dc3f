import Foundation

/// Real registers several times over, as one repository: a copy has committees, modifications and series of its own,
/// and names no record of another copy but those that all of them share.
struct RealCorpus {
  /// The folder with `registers/` and `schema/`.
  let source: String
  let copies: Int

  /// Where copied files are; all others are shared.
  private static let folders = [
    "actions", "agenda", "meetings", "minutes", "papers", "modifications", "documents", "risks",
    "issues", "consultations", "questionnaires", "principles",
  ]
  /// The lists that hold the records of all copies.
  private static let lists = [
    "activity-planner.yaml", "events.yaml", "waivers.yaml", "dcc/assessments.yaml",
  ]

  /// Writes the repository.
  ///
  /// - Parameter folder: A folder that is made.
  /// - Throws: What the file system throws.
  func write(to folder: String) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for part in ["registers", "schema"] {
      try manager.copyItem(atPath: "\(source)/\(part)", toPath: "\(folder)/\(part)")
    }
    for name in try manager.contentsOfDirectory(atPath: folder + "/schema") {
      try edit(folder + "/schema/" + name, Self.widened)
    }
    let registers = source + "/registers/"
    let names = try ["consultations", "questionnaires"].flatMap { folder in
      try manager.contentsOfDirectory(atPath: registers + folder).map { String($0.dropLast(5)) }
    }
    let groups = try String(contentsOfFile: registers + "groups.yaml", encoding: .utf8)
      .components(separatedBy: "\n- ").prefix(2).joined(separator: "\n- ")
    var files: [String] = []
    for part in Self.folders {
      let below = manager.enumerator(atPath: registers + part)
      while let path = below?.nextObject() as? String {
        if path.contains(".") { files.append(part + "/" + path) }
      }
    }
    for number in 1..<max(1, copies) {
      let renaming = Renaming(number: number, names: Set(names))
      for path in files {
        let target = folder + "/" + renaming.renamed("registers/" + path)
        try manager.createDirectory(
          atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path,
          withIntermediateDirectories: true)
        try renaming.renamed(String(contentsOfFile: registers + path, encoding: .utf8))
          .write(toFile: target, atomically: false, encoding: .utf8)
      }
      for path in Self.lists {
        let text = try String(contentsOfFile: registers + path, encoding: .utf8)
        try edit(folder + "/registers/" + path) { $0 + renaming.renamed(text) }
      }
      let own = groups.replacing("id: SECP", with: "id: SECP\(renaming.letter)")
        .replacing("id: TABASC", with: "id: TABASC\(renaming.letter)")
        .replacing("name: ", with: "name: \(renaming.letter) ")
      try edit(folder + "/registers/groups.yaml") { $0 + own + "\n" }
    }
    for name in try manager.contentsOfDirectory(atPath: folder + "/registers/sec-versions") {
      try edit(folder + "/registers/sec-versions/" + name) { namingAll(in: $0, names) }
    }
  }

  private func edit(_ path: String, _ body: (String) -> String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try body(text).write(toFile: path, atomically: false, encoding: .utf8)
  }

  /// Lets patterns of ids take the letter of a copy.
  private static func widened(_ text: String) -> String {
    var text = text
    for begin in ["^", "(", "|"] {
      for body in ["SECP", "TABASC"] {
        text = text.replacing("\(begin)\(body)-", with: "\(begin)\(body)[A-T]?-")
      }
    }
    return text
  }

  /// Lets a version that all copies share name the modifications of each.
  private func namingAll(in text: String, _ names: [String]) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard line.hasPrefix("modifications: ["), line.hasSuffix("]") else { return String(line) }
      let list = String(line.dropFirst(16).dropLast())
      let all = [list] + (1..<max(1, copies)).map { Renaming(number: $0, names: []).renamed(list) }
      return "modifications: [\(all.joined(separator: ", "))]"
    }.joined(separator: "\n")
  }
}

/// How the ids of a copy are other than those of the first.
private struct Renaming {
  let number: Int
  /// Ids that get the number of the copy at their end.
  let names: Set<String>

  var letter: String { String(UnicodeScalar(UInt8(64 + min(25, number)))) }

  /// By how much the numbers of a copy are higher than those of the one before.
  private static let steps = ["SECMP": 40, "DP": 6, "MP": 6, "AP": 14, "EV": 19, "P": 5, "W": 200]

  /// Returns a text, or a path, of the first copy as this one has it.
  func renamed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 64)
    var place = 0
    while place < bytes.count {
      guard Self.isWord(bytes[place]) else {
        result.append(bytes[place])
        place += 1
        continue
      }
      var end = place
      while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
      if let (id, stop) = named(at: place, in: bytes) {
        result += id
        place = stop
        continue
      }
      result += word(bytes[place..<end], in: bytes)
      place = end
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte | 0x20)
  }

  /// Reads one of the names at a place.
  private func named(at place: Int, in bytes: [UInt8]) -> (id: [UInt8], end: Int)? {
    guard place == 0 || !".-".utf8.contains(bytes[place - 1]) else { return nil }
    var end = place
    while end < bytes.count, Self.isWord(bytes[end]) || ".-".utf8.contains(bytes[end]) { end += 1 }
    while end > place, !Self.isWord(bytes[end - 1]) { end -= 1 }
    for ending in [0, 5, 3] where end - ending > place {
      let id = String(decoding: bytes[place..<(end - ending)], as: UTF8.self)
      // A path has the ending of a file behind its name.
      let rest = String(decoding: bytes[(end - ending)..<end], as: UTF8.self)
      guard names.contains(id), ["", ".yaml", ".md"].contains(rest) else { continue }
      return (Array("\(id)-\(number < 10 ? "0" : "")\(number)".utf8), end - ending)
    }
    return nil
  }

  private func word(_ word: ArraySlice<UInt8>, in bytes: [UInt8]) -> [UInt8] {
    let letters = word.prefix { $0 > 57 }
    let digits = word.dropFirst(letters.count)
    guard digits.allSatisfy({ $0 <= 57 }) else { return Array(word) }
    let prefix = String(decoding: letters, as: UTF8.self)
    let (before, behind) = (bytes[..<word.startIndex], bytes[word.endIndex...])
    if prefix == "SECP" || prefix == "TABASC" {
      let isID =
        !digits.isEmpty
        || ["-R", "-I", "-2016-R", "_"].contains { joint in
          behind.starts(with: joint.utf8)
            && behind.dropFirst(joint.utf8.count).first.map { (48...57).contains($0) } == true
        }
        || before.suffix(6).elementsEqual("body: ".utf8) && (behind.first ?? 10) == 10
        || before.suffix(8).elementsEqual("actions/".utf8) && behind.first == 47
      return isID ? Array((prefix + letter).utf8) + digits : Array(word)
    }
    guard let step = Self.steps[prefix], let value = Int(String(decoding: digits, as: UTF8.self))
    else { return Array(word) }
    if prefix.count < 3, prefix != "DP", prefix != "MP",
      digits.count > 3 || before.last == UInt8(ascii: "-")
    {
      return Array(word)
    }
    let shifted = String(value + step * number)
    let zeros = String(repeating: "0", count: max(0, digits.count - shifted.count))
    return Array((prefix + zeros + shifted).utf8)
  }
}
