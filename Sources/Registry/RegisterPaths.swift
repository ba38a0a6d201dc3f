package import SourceText

/// Which registers claim a path, found by how their paths begin and not by asking each.
package struct RegisterPaths: Sendable {
  private let registers: [Register]
  /// The positions of the registers by what stands before the first property of a template.
  private var byPrefix: [ArraySlice<UInt8>: [Int]] = [:]
  /// The lengths of those prefixes, each once.
  private var lengths: [Int] = []
  /// The positions of the registers by paths without a property.
  private var byPath: [String: [Int]] = [:]
  /// How many registers were asked since this was made, of all paths together.
  package private(set) var askedCount = 0

  package init(of catalogue: Catalogue) {
    registers = catalogue.registers
    for (position, register) in registers.enumerated() {
      for template in register.templates {
        if let path = template.fixedPath {
          byPath[Catalogue.folder + "/" + path, default: []].append(position)
        } else {
          let prefix = Array((Catalogue.folder + "/").utf8) + template.literalPrefix
          byPrefix[prefix[...], default: []].append(position)
        }
      }
    }
    lengths = Set(byPrefix.keys.map(\.count)).sorted()
  }

  /// Returns the positions of the registers that a file at a path is one of, in their order.
  package mutating func positions(claiming path: RepoPath) -> [Int] {
    let bytes = Array(path.string.utf8)
    var candidates = byPath[path.string] ?? []
    for length in lengths {
      guard length <= bytes.count else { break }
      candidates += byPrefix[bytes[..<length]] ?? []
    }
    askedCount += candidates.count
    guard candidates.count > 1 else {
      return candidates.filter { registers[$0].claims(path) }
    }
    return Set(candidates).sorted().filter { registers[$0].claims(path) }
  }
}
