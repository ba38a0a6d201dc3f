/// The variables by which git tells a hook, or a user tells git, where things are.
package struct GitEnvironment: Hashable, Sendable {
  package var directory: String?
  package var workTree: String?
  package var indexFile: String?
  /// The folders to read objects from beside the repository's own, the quarantine of a push first.
  package var objectDirectories: [String] = []
  package var ceilings: String?
  package var crossesFileSystems = false

  package init() {}

  /// Reads the variables out of an environment.
  package init(_ environment: [String: String]) {
    directory = environment["GIT_DIR"]
    workTree = environment["GIT_WORK_TREE"]
    indexFile = environment["GIT_INDEX_FILE"]
    ceilings = environment["GIT_CEILING_DIRECTORIES"]
    crossesFileSystems = ["1", "true", "yes", "on"]
      .contains(environment["GIT_DISCOVERY_ACROSS_FILESYSTEM"] ?? "")
    if let own = environment["GIT_OBJECT_DIRECTORY"] { objectDirectories.append(own) }
    if let others = environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] {
      objectDirectories += Self.paths(in: others)
    }
  }

  /// Splits a list of paths at colons; one in double quotes may hold colons and C escapes.
  static func paths(in text: String) -> [String] {
    var paths: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      var path: [UInt8] = []
      if rest.first == UInt8(ascii: "\"") {
        rest.removeFirst()
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
          path.append(byte == UInt8(ascii: "\\") ? escaped(&rest) : byte)
        }
      } else {
        path = Array(rest.prefix { $0 != UInt8(ascii: ":") })
        rest = rest.dropFirst(path.count)
      }
      if !path.isEmpty { paths.append(String(decoding: path, as: UTF8.self)) }
      if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
    }
    return paths
  }

  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8 {
    guard let byte = rest.popFirst() else { return UInt8(ascii: "\\") }
    switch byte {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      var value = byte & 7
      for _ in 0..<2 {
        guard let digit = rest.popFirst() else { break }
        value = value << 3 | (digit & 7)
      }
      return value
    default: return byte
    }
  }
}
