package import Diagnostics

extension Explanation {
  /// The pages on rules of documents.
  package static let documentRules: [Explanation] = [
    Explanation(
      .hiddenClause,
      what: "A clause begins no paragraph: it stands behind the one before, or is indented.",
      why: "It is read as a part of what stands before it, so that nobody can cite or compare it.",
      mend: "Put an empty line before it, and begin its line with its number.",
      bad: """
        A1.1 One.
        A1.2 Two.
        """,
      good: """
        A1.1 One.

        A1.2 Two.
        """
    ),
    Explanation(
      .unresolvedName,
      what: "A document names in brackets what is not there.",
      why: "The words that belong in this place cannot be found.",
      mend: "Name the item by its id, with its register before it where several have the id.",
      bad: "[SECP39/99]    # 13 actions were raised",
      good: "[SECP39/10]"
    ),
    Explanation(
      .unnamedPart,
      what: "A document does not name what is of it, such as an action that its meeting raised.",
      why: "Who reads the minutes does not learn of it.",
      mend: "Write its id in brackets on a line of its own, where its words stand.",
      bad: """
        ## 11. [SECP39#11]
        """,
      good: """
        ## 11. [SECP39#11]

        [SECP39/10]
        """
    ),
    Explanation(
      .captionOrder, severity: .warning,
      what: "The number of a table, figure or annex is not the next one.",
      why: "Readers ask what the missing one showed, and whether it was lost.",
      mend: "Number it next.",
      bad: """
        Table 1: Parties

        Table 3: Users
        """,
      good: """
        Table 1: Parties

        Table 2: Users
        """
    ),
    Explanation(
      .missingCaption,
      what: "A text cites a table, figure or annex that is not there.",
      why: "Readers look for it in vain.",
      mend: "Cite one that is there, or add it.",
      bad: "as Table 3 shows    # there are two",
      good: "as Table 2 shows"
    ),
    Explanation(
      .uncitedCaption,
      what: "No text cites a table, figure or annex.",
      why: "Readers do not learn what it is there for.",
      mend: "Say in the text what it shows.",
      bad: "Table 1: Parties",
      good: """
        Table 1 shows the Parties.

        Table 1: Parties
        """
    ),
    Explanation(
      .mixedCaptions, severity: .warning,
      what: "A document has two words for one thing, such as Annex and Appendix.",
      why: "Readers take them for two things.",
      mend: "Use one word for both.",
      bad: """
        Annex A

        Appendix B
        """,
      good: """
        Annex A

        Annex B
        """
    ),
    Explanation(
      .undefinedTerm, severity: .warning,
      what: "A word has a capital and no definition.",
      why: "A capital says that a definition counts; without one nobody knows what is meant.",
      mend:
        "Define it, write it without the capital, or name it in the catalogue where it is a name.",
      bad: "The Change Board decides.",
      good: "“Change Board” means the body that Section D8 sets up. The Change Board decides."
    ),
    Explanation(
      .unusedTerm, severity: .warning,
      what: "A term is defined and not used.",
      why:
        "A definition without a use is a trace of text that is gone, or of a term that is written otherwise.",
      mend: "Use it, or take the definition out.",
      bad: "“Large Supplier” means a supplier.",
      good: "“Large Supplier” means a supplier. A Large Supplier reports."
    ),
    Explanation(
      .termDefinedTwice,
      what: "A term has two definitions.",
      why: "Nobody can say which of them counts.",
      mend: "Keep one of the two.",
      bad: "“Party” means one.    # A1.1 defines Party too",
      good: "“Other Party” means one."
    ),
    Explanation(
      .termCapitals,
      what: "A defined term is written without its capitals.",
      why: "A lawyer reads the words of every day there, and not the definition.",
      mend: "Write the capitals where the defined term is meant.",
      bad: "each large supplier",
      good: "each Large Supplier"
    ),
    Explanation(
      .releasedChanged,
      what: "The text of a released version changed, and the version is the same.",
      why: "Two people who hold version 1.0 would hold two texts.",
      mend: "Raise the version, or restore the text.",
      bad: "version: '1.0'    # and other words than before",
      good: "version: '1.1'"
    ),
    Explanation(
      .versionLowered,
      what: "A version is below the one before.",
      why: "Versions are in the order of time; a lower one looks like an older text.",
      mend: "Give it a version above the one before.",
      bad: "version: '0.9'    # was '0.10'",
      good: "version: '0.11'"
    ),
    Explanation(
      .versionAlone, severity: .warning,
      what: "A version rose and the text is the same.",
      why:
        "Readers look for a change that is not there. A draft that becomes 1.0 may keep its words.",
      mend: "Change the text that the version stands for, or keep the version.",
      bad: "version: '1.2'    # with the words of 1.1",
      good: "version: '1.1'"
    ),
    Explanation(
      .versionStatus, severity: .warning,
      what: "The status and the version of a document contradict each other.",
      why:
        "The draft of a first release has a version below 1.0, that of a later one the version that it will have, and what is approved has 1.0 or higher.",
      mend:
        "Correct one of the two. A draft of 1.1 while 1.0 is in force: version '1.1', status draft, and an amendment record that ends with 1.0 until the release.",
      bad: """
        version: '0.3'
        status: final
        """,
      good: """
        version: '0.3'
        status: draft
        """
    ),
    Explanation(
      .unrecordedVersion,
      what: "The amendment record of a document does not end with its version.",
      why: "The record says since when and why a version is in force.",
      mend: "Add the version with its day and its cause.",
      bad: """
        version: '1.1'
        amendment_record:
          - {version: '1.0', effective: 2016-11-08}
        """,
      good: """
        version: '1.1'
        amendment_record:
          - {version: '1.0', effective: 2016-11-08}
          - {version: '1.1', effective: 2016-12-21}
        """
    ),
    Explanation(
      .recordOrder,
      what: "The amendments of a document are not in the order of versions and days.",
      why: "On a day one version is in force; readers find it by the order.",
      mend: "Write them from the first version to the last, each with a later day.",
      bad: """
        - {version: '1.0', effective: 2016-11-08}
        - {version: '1.1', effective: 2016-11-08}
        """,
      good: """
        - {version: '1.0', effective: 2016-11-08}
        - {version: '1.1', effective: 2016-12-21}
        """
    ),
    Explanation(
      .missingSection,
      what: "A text cites a section or an appendix of a paper that it has not.",
      why: "Whoever follows the citation finds nothing.",
      mend: "Cite a part that the paper has.",
      bad: "As in Section 7 of SECP59-risks    # which ends with 5",
      good: "As in Section 4 of SECP59-risks"
    ),
    Explanation(
      .twoInForce,
      what: "Two versions are in force on one day.",
      why: "Who asks what counts on that day gets two answers.",
      mend: "Correct the days, so that one ends before the next begins.",
      bad: """
        - {id: '5.0', effective: 2016-11-08}
        - {id: '5.1', effective: 2016-11-08}
        """,
      good: """
        - {id: '5.0', effective: 2016-11-08}
        - {id: '5.1', effective: 2016-12-21}
        """
    ),
    Explanation(
      .noneInForce,
      what: "Between two versions there are days without one.",
      why: "Who asks what counts on such a day gets no answer.",
      mend: "Correct the days, so that the next begins the day after.",
      bad: """
        - {effective: 2016-11-08, until: 2016-12-19}
        - {effective: 2016-12-21}
        """,
      good: """
        - {effective: 2016-11-08, until: 2016-12-20}
        - {effective: 2016-12-21}
        """
    ),
  ]
}
