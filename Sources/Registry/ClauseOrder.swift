extension Numbering.Ordinal {
  package enum Step: Sendable {
    case next
    case gap
    case back
  }

  /// Says how one that follows on the same level stands to this one: after `4` come `4A` and `5`.
  ///
  /// After `z` letters go on as `aa`, `ab` or as Word has it `aa`, `bb`; in British drafting `aa` was put in
  /// between `a` and `b`, `za` before `a`, and `aza` between `a` and `aa`.
  package func step(to next: Self) -> Step {
    guard isLettered, next.isLettered else {
      if next.value != value {
        return next.value < value ? .back : next.value == value + 1 ? .next : .gap
      }
      // Behind `4Z` comes `4AA`.
      let isRun = !inserted.isEmpty && inserted.allSatisfy { $0 == "Z" }
      let isLonger = next.inserted.count > inserted.count
      return isRun && isLonger || Insertion(inserted) < Insertion(next.inserted) ? .next : .back
    }
    let (one, two) = (Insertion(text), Insertion(next.text))
    guard one.marks != two.marks else { return .back }
    if next.text.hasPrefix(text) || two.begins(after: one) || continuesRun(next) { return .next }
    if one.marks.first == two.marks.first {
      guard one < two else { return .back }
      return one.marks.count != two.marks.count || two.isNext(to: one) ? .next : .gap
    }
    // A run goes on behind `z` only, so that before it `aa` is what was put in.
    let isLate = value > 20
    return two < one && !(isLate && next.value > value) ? .back : .gap
  }

  /// Whether letters go on behind the alphabet: `z`, `aa`, `ab`, or `z`, `aa`, `bb`.
  private func continuesRun(_ next: Self) -> Bool {
    if next.value == value + 1 { return true }
    func place(_ text: String) -> Int? {
      guard let letter = text.lowercased().unicodeScalars.first, Set(text).count == 1 else {
        return nil
      }
      return text.count * 26 + Int(letter.value)
    }
    guard let one = place(text), let two = place(next.text) else { return false }
    return two == one + 1
  }

  /// Whether it is one of those that are counted through: not of two letters, which may be what was put in.
  package var isPlain: Bool { !isLettered || text.count == 1 }

  /// Whether a series may begin with it: `1`, `a`, or what was put in before `a`.
  package var mayBegin: Bool { value == 1 || isLettered && (Insertion(text).marks.first ?? 0) < 0 }
}

/// The letters of what was put in between, in the order of British drafting: A, AZA, AA, AB, B; ZA is before A.
private struct Insertion: Comparable {
  /// 1 to 26 for a letter; below 0 for one with `z` before it, which stands before `a`.
  let marks: [Int]

  init(_ text: String) {
    var marks: [Int] = []
    var count = 0
    for scalar in text.unicodeScalars {
      let letter = Int(scalar.value & 31)
      if letter == 26 {
        count += 1
      } else {
        marks.append(letter - 30 * count)
        count = 0
      }
    }
    self.marks = marks + Array(repeating: 26, count: count)
  }

  static func < (left: Self, right: Self) -> Bool {
    left.marks.lexicographicallyPrecedes(right.marks)
  }

  /// Whether it is the next of its letters: `ab` behind `aa`.
  func isNext(to other: Insertion) -> Bool {
    guard let own = marks.last, let last = other.marks.last else { return false }
    return own == last + 1 || last < 0 && own == 1
  }

  /// Whether it is the letter behind that which the other was put in behind, or before: `b` behind `aa`.
  func begins(after other: Insertion) -> Bool {
    guard marks.count == 1, let own = marks.first, let before = other.marks.first else {
      return false
    }
    return own == before + 1 || before < 0 && own == 1
  }
}
