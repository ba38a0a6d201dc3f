extension Passage {
  /// Returns the names by which tools of Markdown let links lead to the headings of a document.
  ///
  /// `## 8.7 Self-Audits` is `87-self-audits` (GitHub, GitLab) and `self-audits` (pandoc, kramdown); of equal
  /// ones the second is `…-1`.
  ///
  /// - Parameter passages: The passages of the document.
  /// - Returns: The names.
  package static func headingAnchors(of passages: [Passage]) -> Set<String> {
    var anchors: Set<String> = []
    // The last number that was given to each name, so that of many equal ones none looks at all before it.
    var last: [String: Int] = [:]
    for passage in passages {
      guard case .heading = passage.kind else { continue }
      let name = slug(passage)
      for base in Set([name, String(name.drop { !$0.isLetter })]) where !base.isEmpty {
        guard !anchors.insert(base).inserted else { continue }
        var count = last[base] ?? 0
        repeat { count += 1 } while !anchors.insert("\(base)-\(count)").inserted
        last[base] = count
      }
    }
    return anchors
  }

  private static func slug(_ passage: Passage) -> String {
    var line = passage.source.split(whereSeparator: \.isNewline).first ?? ""
    if !passage.attributes.source.isEmpty, let end = line.range(ofLast: passage.attributes.source) {
      line = line[..<end]
    }
    while line.first == "#" || line.first == " " { line.removeFirst() }
    while line.last == "#" || line.last?.isWhitespace == true { line.removeLast() }
    var slug = ""
    for character in line.lowercased() {
      if character == " " {
        slug.append("-")
      } else if character.isLetter || character.isNumber || character == "-" || character == "_" {
        slug.append(character)
      }
    }
    return slug
  }
}

extension Substring {
  /// Returns where a text that this one ends with begins.
  fileprivate func range(ofLast text: String) -> Index? {
    let end = withoutTrailing
    return end.hasSuffix(text) ? end.index(end.endIndex, offsetBy: -text.count) : nil
  }

  private var withoutTrailing: Substring {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
