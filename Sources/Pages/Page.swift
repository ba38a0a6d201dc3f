/// What people read, as values: a page is made of an answer and written in any form.
///
/// Nothing in it is markup; each writer escapes what it writes.
package struct Page: Sendable {
  package var title: String
  /// What stands below the title: versions, days of effect, decision, classification.
  package var facts: [Fact]
  /// What stands at the top of each printed page beside the title: the classification.
  package var header: String
  /// What stands at the foot of each printed page: the baseline, and what the page can be checked by.
  package var footer: String
  package var blocks: [Block]

  /// A fact with its name.
  package struct Fact: Hashable, Sendable {
    package var name: String
    package var value: [Inline]

    package init(_ name: String, _ value: [Inline]) {
      (self.name, self.value) = (name, value)
    }

    package init(_ name: String, _ value: String) {
      self.init(name, [.text(value)])
    }
  }

  package init(
    title: String, facts: [Fact] = [], header: String = "", footer: String = "",
    blocks: [Block] = []
  ) {
    self.title = title
    self.facts = facts
    self.header = header
    self.footer = footer
    self.blocks = blocks
  }
}

/// A part of a page.
package indirect enum Block: Hashable, Sendable {
  /// A heading; the levels of a page begin with 1, below its title.
  case heading(level: Int, [Inline], id: String? = nil)
  case paragraph(Paragraph)
  case list(isOrdered: Bool, start: Int = 1, items: [[Block]])
  case table(Table)
  /// Text that keeps its lines and spaces.
  case code(String)
  case quote([Block])
  case figure(Figure)
  case rule

  /// A paragraph of running text.
  package static func text(_ content: Inline...) -> Block { .paragraph(Paragraph(content)) }
}

/// A paragraph, which may be a clause with its number.
package struct Paragraph: Hashable, Sendable {
  package var content: [Inline]
  /// The number of a clause, as it stands before it.
  package var number: [Inline]
  /// In how many clauses it stands, one within the other.
  package var depth: Int
  /// What links lead to.
  package var id: String?
  /// What happened to all of it, its end included.
  package var mark: Mark?
  /// What is told beside it: that it moved, and where.
  package var remark: [Inline]

  package init(
    _ content: [Inline], number: [Inline] = [], depth: Int = 0, id: String? = nil,
    mark: Mark? = nil, remark: [Inline] = []
  ) {
    self.content = content
    self.number = number
    self.depth = depth
    self.id = id
    self.mark = mark
    self.remark = remark
  }
}

/// A table, of which each row has a cell for each column.
package struct Table: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    package var cells: [[Inline]]
    package var mark: Mark?
    package var id: String?

    package init(_ cells: [[Inline]], mark: Mark? = nil, id: String? = nil) {
      self.cells = cells
      self.mark = mark
      self.id = id
    }
  }

  package var caption: String
  package var columns: [[Inline]]
  package var rows: [Row]
  /// How wide the columns are to one another; all the same where it is empty.
  package var widths: [Int]
  /// Whether the first cell of a row says what the row is of.
  package var hasRowHeads: Bool

  package init(
    caption: String = "", columns: [[Inline]], rows: [Row], widths: [Int] = [],
    hasRowHeads: Bool = false
  ) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.widths = widths
    self.hasRowHeads = hasRowHeads
  }

  package init(
    caption: String = "", _ columns: [String], rows: [Row], widths: [Int] = [],
    hasRowHeads: Bool = false
  ) {
    self.init(
      caption: caption, columns: columns.map { [.text($0)] }, rows: rows, widths: widths,
      hasRowHeads: hasRowHeads)
  }
}

/// A drawing, which says in words what it shows.
package struct Figure: Hashable, Sendable {
  package var title: String
  /// What it shows, for who does not see it, and where it cannot be drawn.
  package var text: String
  /// The rectangles and words that it is made of.
  package var shapes: [Shape]
  package var size: (width: Int, height: Int) { (width, height) }
  private let width: Int
  private let height: Int

  package enum Shape: Hashable, Sendable {
    case rectangle(x: Int, y: Int, width: Int, height: Int, Tone)
    case words(x: Int, y: Int, String)
  }

  /// What a rectangle says by its colour, which its words say too.
  package enum Tone: String, Hashable, Sendable {
    case plain, low, middle, high
  }

  package init(title: String, text: String, width: Int, height: Int, shapes: [Shape]) {
    self.title = title
    self.text = text
    self.width = width
    self.height = height
    self.shapes = shapes
  }
}
