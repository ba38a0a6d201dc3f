package import Comparison
import Diagnostics
import SourceText

/// Redlines as text, in the marks of CriticMarkup: `{--deleted--}`, `{++inserted++}`, `{>>comment<<}`.
package enum CriticMarkup {
  private static let empty = "{>><<}"

  /// Returns the difference of two wordings with its marks.
  ///
  /// - Parameters:
  ///   - wording: What differs.
  ///   - isPlain: Whether both are text, of which no sign is a mark of Markdown.
  /// - Returns: The text.
  package static func text(of wording: Wording, isPlain: Bool = false) -> String {
    wording.parts.map { part in
      let text = escaped(isPlain ? markdownText(part.text, except: "{}") : part.text.visible)
      switch part.kind {
      case .equal: return text
      case .deleted: return "{--" + text + "--}"
      case .inserted: return "{++" + text + "++}"
      }
    }.joined()
  }

  /// Returns a remark that is neither in the old nor in the new version.
  package static func comment(_ text: String) -> String {
    "{>>" + text.visibleOnOneLine.replacing("<<}", with: "<< }") + "<<}"
  }

  /// Breaks up what would be read as a mark: a brace is followed or preceded by an empty comment.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) || text.utf8.contains(UInt8(ascii: "}")) else {
      return text
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "{": result += "{" + empty
      case "}": result += empty + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Returns the text with all changes accepted, or all rejected.
  package static func read(_ text: String, accepting: Bool) -> String {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var position = 0
    var isDropped = false
    func has(_ mark: StaticString) -> Bool {
      let count = mark.utf8CodeUnitCount
      guard position + count <= bytes.count else { return false }
      return (0..<count).allSatisfy { bytes[position + $0] == mark.utf8Start[$0] }
    }
    while position < bytes.count {
      if has("{>>") {
        while position < bytes.count, !has("<<}") { position += 1 }
        position += 3
      } else if has("{--") {
        isDropped = accepting
        position += 3
      } else if has("{++") {
        isDropped = !accepting
        position += 3
      } else if has("--}") || has("++}") {
        isDropped = false
        position += 3
      } else {
        if !isDropped { result.append(bytes[position]) }
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Returns a document with all its changes marked.
  package static func text(of redline: Redline) -> String {
    redline.steps.map { step in
      let remark = Remark.text(of: step, in: redline)
      return (remark.map { comment($0) } ?? "") + text(of: step.wording)
    }.joined()
  }
}

/// What a step of a redline is told beside its words.
package enum Remark {
  /// Returns in words what happened to a passage beyond its words, or `nil` where nothing did.
  package static func text(of step: Redline.Step, in redline: Redline) -> String? {
    let partner = step.partner.map { redline.steps[$0] }
    func place(_ passage: Passage?) -> String {
      guard let passage else { return "elsewhere" }
      return passage.number.isEmpty ? "elsewhere" : passage.number
    }
    var remarks: [String] = []
    switch step.kind {
    case .movedAway: remarks.append("moved to \(place(partner?.new))")
    case .movedHere:
      let isReworded = partner?.old?.says != step.new?.says
      remarks.append("moved from \(place(partner?.old))" + (isReworded ? ", reworded" : ""))
    case .split: remarks.append("split off from \(place(partner?.new))")
    case .joined: remarks.append("joined with \(place(partner?.new))")
    case .same, .layout, .reworded, .inserted, .deleted: break
    }
    if step.kind == .reworded || step.kind == .movedHere {
      let origin = step.kind == .movedHere ? partner?.old : step.old
      remarks += Unseen.notes(in: PassageWording.shown(from: origin, to: step.new))
      if let one = origin?.form, let two = step.new?.form, one != two {
        remarks.append("\(one) is now \(two)")
      }
    }
    if step.isRenumbered, let old = step.old?.number, let new = step.new?.number {
      remarks.append("\(old) is now \(new)")
    }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }
}

/// The proof of a redline: what is read back of it is both versions.
package enum Proof {
  /// What a redline says of itself when it was read back.
  package static let statement =
    "Proven: with all changes rejected this is the old version, with all accepted the new."

  /// Why a redline is not proven.
  package struct Failure: Error, Hashable, Sendable {
    package let format: String
  }

  /// Checks a redline in CriticMarkup.
  ///
  /// - Parameters:
  ///   - text: The redline.
  ///   - old: The old version.
  ///   - new: The new version.
  /// - Throws: `Failure` where it does not give both back, to the last byte; signs that nobody can see
  ///   stand in it by their numbers.
  package static func check(_ text: String, old: String, new: String) throws(Failure) {
    guard CriticMarkup.read(text, accepting: false).utf8.elementsEqual(old.visible.utf8),
      CriticMarkup.read(text, accepting: true).utf8.elementsEqual(new.visible.utf8)
    else { throw Failure(format: "markdown") }
  }
}
