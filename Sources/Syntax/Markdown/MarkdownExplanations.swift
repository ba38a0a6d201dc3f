package import Diagnostics

extension Explanation {
  /// The pages on Markdown.
  package static let markdown: [Explanation] = [
    Explanation(
      .missingHead,
      what: "A document has no head.",
      why: "Its id, version and class stand in the head.",
      mend: "Begin it with a line of three dashes, fields, and another line of three dashes.",
      bad: "# Title",
      good: """
        ---
        id: DP083-PS
        ---

        # Title
        """
    ),
    Explanation(
      .unclosedHead,
      what: "The head of a document does not end.",
      why: "The whole text would be read as fields.",
      mend: "Add a line of three dashes after the last field.",
      bad: """
        ---
        id: DP083-PS

        # Title
        """,
      good: """
        ---
        id: DP083-PS
        ---

        # Title
        """
    ),
    Explanation(
      .badHead,
      what: "The head of a document is not a mapping.",
      why: "A head consists of fields with names.",
      mend: "Write lines of key: value.",
      bad: """
        ---
        DP083-PS
        ---
        """,
      good: """
        ---
        id: DP083-PS
        ---
        """
    ),
  ]
}
