package import Diagnostics
import Registry
import SourceText
import Syntax

extension Rule {
  /// Who reads an id and writes it again must get the same id.
  static let unmistakableIDs = Rule(
    [.unseenInID, .lookAlikeID], requirement: "No two ids of a register look alike."
  ) { inspection, report in
    let index = inspection.current
    for position in inspection.registersWithOtherIDs {
      var known: [String: [(id: String, record: Record?)]] = [:]
      for id in index.neighbourIDs(in: position) {
        known[LookAlike.key(id), default: []].append((id, nil))
      }
      for record in index.records[position] {
        checkCharacters(of: record, in: position, index, &report)
        let key = LookAlike.key(record.id)
        let others = known[key] ?? []
        if let other = others.first(where: { $0.id != record.id }) {
          compare(record, other, &report)
        }
        // Many that look alike are told by the first ones.
        if others.count < 8 { known[key, default: []].append((record.id, record)) }
      }
    }
  }

  private static func checkCharacters(
    of record: Record, in position: Int, _ index: RecordIndex, _ report: inout Report
  ) {
    let scalars = Array(record.id.unicodeScalars)
    guard scalars.contains(where: { $0.value > 0x7E || $0.value <= 0x20 }) else { return }
    for (place, scalar) in scalars.enumerated() where HiddenCharacter(scalar, after: nil) == nil {
      let isOuter = place == 0 || place == scalars.count - 1
      let isUnseen =
        scalar.properties.isWhitespace && (scalar != " " || isOuter || scalars[place - 1] == " ")
        || scalar.properties.isDefaultIgnorableCodePoint
      if isUnseen {
        report.error(
          .unseenInID, .unseen(record.id, scalar), at: record.idNode.range,
          help: "Leave it out, in the references to it too",
          remedy: plain(record.id, in: position, index).map {
            Remedy(.set(record.idNode.range, .text($0)))
          })
        return
      }
    }
    guard scalars.contains(where: { $0.value < 0x80 && $0.properties.isAlphabetic }),
      let (scalar, plain) = scalars.lazy.compactMap({ scalar in
        LookAlike.ascii(scalar).map { (scalar, $0) }
      }).first
    else { return }
    var right = String.UnicodeScalarView()
    right.append(contentsOf: scalars.map { LookAlike.ascii($0) ?? $0 })
    let isTaken = index.has(String(right), in: position)
    report.error(
      .lookAlikeID, .foreign(record.id, scalar, plain), at: record.idNode.range,
      help: isTaken ? "Give it another id" : "Write '\(String(right))'",
      remedy: isTaken ? nil : Remedy(.set(record.idNode.range, .text(String(right)))))
  }

  /// Returns an id without what nobody sees; `nil` where another record has that.
  private static func plain(_ id: String, in position: Int, _ index: RecordIndex) -> String? {
    var scalars = String.UnicodeScalarView()
    for scalar in id.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      let isSpace = scalar.properties.isWhitespace
      if isSpace, scalars.isEmpty || scalars.last == " " { continue }
      scalars.append(isSpace ? " " : scalar)
    }
    if scalars.last == " " { scalars.removeLast() }
    let plain = String(scalars)
    return plain.isEmpty || index.has(plain, in: position) ? nil : plain
  }

  private static func compare(
    _ record: Record, _ other: (id: String, record: Record?), _ report: inout Report
  ) {
    guard let likeness = LookAlike.likeness(record.id, other.id) else { return }
    // Files whose names collide are told as that.
    if likeness == .byCase, let path = other.record?.path, path != record.path { return }
    if likeness == .byCase, other.record == nil { return }
    report.add(
      Diagnostic(
        likeness == .same ? .error : .warning, .lookAlikeID,
        likeness == .byCase ? .sameButCase(record.id, other.id) : .alike(record.id, other.id),
        at: record.idNode.range,
        related: other.record.map { [.init("the other stands here", at: $0.idNode.range)] } ?? [],
        help: "Give one of the two an id that nobody takes for the other"))
  }
}

extension Diagnostic.Code {
  /// An id has a character that cannot be seen.
  package static let unseenInID: Self = "record/unseen-in-id"
  /// An id looks like another one.
  package static let lookAlikeID: Self = "record/look-alike-id"
}

extension Diagnostic.Message {
  fileprivate static func unseen(_ id: String, _ scalar: Unicode.Scalar) -> Self {
    "the id '\(id)' has \(scalar.named), which nobody sees"
  }
  fileprivate static func foreign(
    _ id: String, _ scalar: Unicode.Scalar, _ plain: Unicode.Scalar
  ) -> Self {
    "the id '\(id)' has \(scalar.named), which looks like '\(plain)'"
  }
  fileprivate static func alike(_ id: String, _ other: String) -> Self {
    "the id '\(id)' looks like '\(other)'"
  }
  fileprivate static func sameButCase(_ id: String, _ other: String) -> Self {
    "the id '\(id)' differs from '\(other)' in capitals alone"
  }
}
