import Git
import SourceText

/// Where branches ended that were deleted: one that is made again goes on from there.
package struct EndedBranches {
  private let file: String
  private var ends: [ReferenceName: ObjectID] = [:]

  /// Reads them, or gives `nil` where there is a file that cannot be read.
  ///
  /// - Parameter folder: The server's folder `registrar`.
  package init?(in folder: String) {
    file = folder + "/ended"
    let bytes: [UInt8]
    switch OwnersFile("ended", in: folder, limit: 1 << 26) {
    case .absent: return
    case .unreadable: return nil
    case .present(let found): bytes = found
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard line.count > 41,
        let id = ObjectID(hexadecimal: String(decoding: line.prefix(40), as: UTF8.self))
      else { continue }
      ends[ReferenceName(line.dropFirst(41))] = id
    }
  }

  subscript(_ name: ReferenceName) -> ObjectID? { ends[name] }

  /// Adds what a push deletes; returns whether it is written.
  package func add(_ updates: [ReferenceUpdate]) -> Bool {
    var lines: [UInt8] = []
    for update in updates where update.isBranch && update.new == nil {
      guard let old = update.old else { continue }
      lines += Array("\(old) ".utf8) + update.name.bytes + [UInt8(ascii: "\n")]
    }
    return lines.isEmpty || FileWriter.append(file, lines)
  }
}
