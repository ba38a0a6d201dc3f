import Comparison
import Diagnostics
import Registry
import SourceText
import Syntax

/// One of three versions of a document: a head, and blocks with numbers of their own.
struct DocumentVersion {
  /// A heading, clause, item, paragraph or table.
  struct Block {
    /// The number or the anchor; `nil` where it has none.
    let key: String?
    let isHeading: Bool
    /// The clause or the heading that it stands in, which is itself where it is one.
    let owner: String
    /// The number as parts, of what has none that of its clause.
    let path: [Numbering.Ordinal]
    let text: [UInt8]
    /// The empty lines before it.
    let lead: [UInt8]
    /// What it says, however its lines are wrapped.
    let value: ValueDigest

    var element: Identities.Element {
      // A heading is found again wherever it stands.
      Identities.Element(key: key, value: value, owner: isHeading ? nil : owner)
    }
  }

  let document: MarkdownDocument
  private(set) var blocks: [Block] = []
  /// The line breaks behind the last block.
  private(set) var tail: [UInt8] = []

  /// Reads a version; `nil` where it cannot be read.
  init?(_ file: SourceFile, _ numbering: Numbering?) {
    var report = Report()
    guard
      let document = MarkdownReader.document(of: file, requiresHead: false, into: &report),
      !report.hasErrors
    else { return nil }
    self.document = document
    var ranges: [(range: Range<Int>, passage: Passage)] = []
    for passage in Passage.passages(of: file, numbering)
    where passage.range.upperBound > document.bodyRange.lowerBound {
      if passage.kind == .head { continue }
      let start = max(passage.range.lowerBound, document.bodyRange.lowerBound)
      if passage.kind == .row, let last = ranges.last, last.passage.kind == .row,
        !Self.endsWithBlankLine(file.bytes[last.range])
      {
        ranges[ranges.count - 1].range = last.range.lowerBound..<passage.range.upperBound
      } else {
        ranges.append((start..<passage.range.upperBound, passage))
      }
    }
    var end = document.bodyRange.lowerBound
    var (owner, path) = ("", [Numbering.Ordinal]())
    for (range, passage) in ranges {
      // White space before the text, the indentation of its first line excepted.
      var start = range.lowerBound
      for offset in range {
        if file.bytes[offset] == 0x0A { start = offset + 1 }
        if file.bytes[offset] > 0x20 { break }
      }
      var stop = range.upperBound
      while stop > start, file.bytes[stop - 1] <= 0x20 { stop -= 1 }
      guard stop > start else { continue }
      let text = Array(file.bytes[start..<stop])
      let key = passage.number.isEmpty ? passage.anchor.map { "#" + $0 } : passage.number
      let words = Self.words(of: text, passage.kind)
      if let key {
        (owner, path) = (key, passage.path)
      } else if passage.kind.isHeading {
        (owner, path) = ("heading " + words, [])
      }
      blocks.append(
        Block(
          key: key, isHeading: passage.kind.isHeading, owner: owner, path: path, text: text,
          lead: Array(file.bytes[end..<start]),
          value: ValueDigest(text: words)))
      end = stop
    }
    tail = Array(file.bytes[end..<document.bodyRange.upperBound])
  }

  /// What each clause says with all that stands in it; `nil` where two have one number.
  var clauses: [String: [ValueDigest]]? {
    var clauses: [String: [ValueDigest]] = [:]
    var last: String?
    for block in blocks {
      if block.owner != last, clauses[block.owner] != nil { return nil }
      clauses[block.owner, default: []].append(block.value)
      last = block.owner
    }
    return clauses
  }

  /// The comments of the head.
  var comments: YAMLComments {
    document.head.map { YAMLComments($0, in: document.headRange) } ?? YAMLComments()
  }

  private static func endsWithBlankLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.reversed().prefix { $0 <= 0x20 }.count { $0 == 0x0A } > 1
  }

  /// Returns what a block says: lines that are wrapped anew say the same, where white space is none.
  private static func words(of text: [UInt8], _ kind: Passage.Kind) -> String {
    let text = String(decoding: text, as: UTF8.self)
    switch kind {
    case .head, .row, .code, .other: return text
    case .heading, .paragraph, .item: break
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let words = line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
      return line.hasSuffix("  ") || line.hasSuffix("\\") ? words + "\n" : words + " "
    }.joined()
  }
}

/// A merge of documents: the head by its fields, the body by clauses.
struct DocumentMerge {
  private(set) var text = MergeText()
  private let numbering: Numbering?
  private let comments: [YAMLComments]
  /// The clauses of the three versions, where they can be told apart.
  private let clauses: [[String: [ValueDigest]]]

  /// Merges three versions; `nil` where that cannot be made block by block.
  init?(
    base: DocumentVersion, ours: DocumentVersion, theirs: DocumentVersion, _ merge: YAMLMerge
  ) {
    numbering = merge.register?.numbering
    comments = [base, ours, theirs].map(\.comments)
    clauses = [base, ours, theirs].compactMap(\.clauses)
    guard let head = Self.head(base.document, ours.document, theirs.document, merge) else {
      return nil
    }
    text = head.text
    (headOfOurs, headOfTheirs) = (head.ours, head.theirs)
    guard mergeBody(base, ours, theirs) else { return nil }
  }

  // MARK: The head

  private var headOfOurs: ValueDigest?
  private var headOfTheirs: ValueDigest?

  private static func head(
    _ base: MarkdownDocument, _ ours: MarkdownDocument, _ theirs: MarkdownDocument,
    _ merge: YAMLMerge
  ) -> (text: MergeText, ours: ValueDigest?, theirs: ValueDigest?)? {
    func bytes(_ document: MarkdownDocument, _ range: Range<Int>) -> [UInt8] {
      Array(document.file.bytes[range])
    }
    func source(_ document: MarkdownDocument) -> YAMLMerge.Source? {
      guard let head = document.head, let root = head.root else { return nil }
      return .init(YAMLVersion(head), root: root, in: document.headRange)
    }
    let before = bytes(ours, 0..<ours.headRange.lowerBound)
    let behind = bytes(ours, ours.headRange.upperBound..<ours.bodyRange.lowerBound)
    guard let one = source(ours), let two = source(theirs) else {
      let isNone = ours.head == nil && theirs.head == nil
      return isNone ? (MergeText(bytes(ours, 0..<ours.bodyRange.lowerBound)), nil, nil) : nil
    }
    guard let contents = merge.whole(source(base), one, two) else { return nil }
    var text = MergeText(before)
    text.append(contents.text)
    text.append(behind)
    return (text, contents.ours, contents.theirs)
  }

  // MARK: The body

  private var ours: [DocumentVersion.Block] = []
  private var theirs: [DocumentVersion.Block] = []

  private mutating func mergeBody(
    _ base: DocumentVersion, _ ours: DocumentVersion, _ theirs: DocumentVersion
  ) -> Bool {
    typealias Block = DocumentVersion.Block
    let lists = [base, ours, theirs].map(\.blocks)
    let elements = lists.map { $0.map(\.element) }
    let identities = Identities(base: elements[0], ours: elements[1], theirs: elements[2])
    let numbers = [identities.base, identities.ours, identities.theirs]
    let blocks = zip(numbers, lists).map { numbers, blocks in
      Dictionary(zip(numbers, blocks), uniquingKeysWith: { one, _ in one })
    }
    var results: [Int: (ours: Block?, theirs: Block?, isConflict: Bool)] = [:]
    for number in 0..<identities.count {
      let (old, mine, other) = (blocks[0][number], blocks[1][number], blocks[2][number])
      guard let mine, let other else {
        guard let left = mine ?? other else { continue }
        guard let old else {
          results[number] = (left, left, false)
          continue
        }
        if left.value != old.value { results[number] = (mine, other, true) }
        continue
      }
      if mine.value == other.value || other.value == old?.value {
        let block = mine.text == old?.text && mine.value == other.value ? other : mine
        results[number] = (block, block, false)
      } else if mine.value == old?.value {
        results[number] = (other, other, false)
      } else {
        results[number] = (mine, other, true)
      }
    }
    func path(_ number: Int) -> [Numbering.Ordinal] {
      (results[number]?.ours ?? results[number]?.theirs)?.path ?? []
    }
    let order = identities.order(
      keeping: { results[$0] != nil },
      precedes: { Self.precedes(path($0), path($1)) })
    guard let order, staysInPlace(order, numbers, lists) else { return false }
    for (position, number) in order.enumerated() {
      guard let result = results[number] else { continue }
      let leads = blocks.map { $0[number]?.lead }
      var lead = leads[1] ?? leads[2] ?? []
      if let one = leads[1], let two = leads[2], one == leads[0] { lead = two.isEmpty ? one : two }
      if position > 0, !lead.contains(0x0A) { lead = [0x0A, 0x0A] }
      if position == 0, ours.blocks.first.map({ $0.text == result.ours?.text }) != true {
        lead = ours.blocks.first?.lead ?? theirs.blocks.first?.lead ?? lead
      }
      if result.isConflict {
        // Marks stand in lines of their own.
        if !lead.isEmpty, lead.last != 0x0A { return false }
        text.append(lead)
        text.append(
          ours: result.ours.map { $0.text + [0x0A] } ?? [],
          theirs: result.theirs.map { $0.text + [0x0A] } ?? [])
        needsBreak = false
      } else {
        // The line break of a conflict's last line is there already.
        text.append(needsBreak || position == 0 ? lead : Array(lead.dropFirst()))
        text.append(result.ours?.text ?? [])
        needsBreak = true
      }
      if let block = result.ours { self.ours.append(block) }
      if let block = result.theirs { self.theirs.append(block) }
    }
    let tail = merged(base.tail, ours.tail, theirs.tail)
    text.append(needsBreak ? tail : Array(tail.dropFirst()))
    return true
  }

  /// Whether each block without a number stands in the result under the clause or heading that it stands under
  /// on the side that put it there.
  ///
  /// - Parameters:
  ///   - order: The blocks of the result by their numbers.
  ///   - numbers: Those of the three versions.
  ///   - blocks: The blocks themselves.
  /// - Returns: Whether they do; not where both sides put one elsewhere.
  private func staysInPlace(
    _ order: [Int], _ numbers: [[Int]], _ blocks: [[DocumentVersion.Block]]
  ) -> Bool {
    var owning: Set<Int> = []
    let owners = zip(numbers, blocks).map { numbers, blocks in
      var (owners, owner) = ([Int: Int](), -1)
      for (number, block) in zip(numbers, blocks) {
        if block.key != nil || block.isHeading {
          owner = number
          owning.insert(number)
        } else {
          owners[number] = owner
        }
      }
      return owners
    }
    var owner = -1
    return order.allSatisfy { number in
      if owning.contains(number) {
        owner = number
        return true
      }
      let (old, mine, other) = (owners[0][number], owners[1][number], owners[2][number])
      guard let mine, let other else { return owner == (mine ?? other) }
      return owner == (mine == old ? other : mine) && (mine == old || other == old || mine == other)
    }
  }

  /// Whether the last line of the text so far is open.
  private var needsBreak = true

  /// Whether a number belongs before another one in the order of the text.
  private static func precedes(_ one: [Numbering.Ordinal], _ two: [Numbering.Ordinal]) -> Bool {
    guard !one.isEmpty, !two.isEmpty else { return false }
    for (left, right) in zip(one, two) where left != right {
      guard left.level == right.level else { return left.level < right.level }
      if left.value != right.value { return left.value < right.value }
      return (left.inserted.utf8.count, left.inserted) < (right.inserted.utf8.count, right.inserted)
    }
    return one.count < two.count
  }

  // MARK: The proof

  /// Whether a version says what the merge is to say where one side is taken in conflicts.
  func isSaid(by version: DocumentVersion, taking side: MergeText.Side) -> Bool {
    let head = version.document.head.flatMap { head in
      head.root.map { ValueDigest.all(of: head)[$0.index] }
    }
    let blocks = side == .ours ? ours : theirs
    return head == (side == .ours ? headOfOurs : headOfTheirs)
      && version.blocks.elementsEqual(blocks) { $0.key == $1.key && $0.value == $1.value }
  }
}

extension DocumentMerge: MergePlan {
  func isSaid(byOurs ours: SourceFile, andTheirs theirs: SourceFile) -> Bool {
    guard let one = DocumentVersion(ours, numbering), let two = DocumentVersion(theirs, numbering)
    else { return false }
    return isSaid(by: one, taking: .ours) && isSaid(by: two, taking: .theirs)
      && areKept(in: [one, two])
      && YAMLComments.areKept(
        base: comments[0], ours: comments[1], theirs: comments[2], in: [one.comments, two.comments])
  }

  /// Whether each clause that one side alone changed is as that side has it.
  ///
  /// It is asked of the clauses, and not of the plan, which puts blocks together.
  private func areKept(in results: [DocumentVersion]) -> Bool {
    guard clauses.count == 3 else { return true }
    let names = clauses.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
    return results.allSatisfy { version in
      guard let result = version.clauses else { return false }
      return names.allSatisfy { name in
        let (old, mine, other) = (clauses[0][name], clauses[1][name], clauses[2][name])
        if mine == other || other == old { return result[name] == mine }
        return mine != old || result[name] == other
      }
    }
  }
}

extension Passage.Kind {
  fileprivate var isHeading: Bool {
    if case .heading = self { true } else { false }
  }
}
