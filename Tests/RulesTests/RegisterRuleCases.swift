import Diagnostics
import Rules

/// A rule of the catalogue, records that break it where the marks are, and their nearest neighbours
/// that do not.
struct RegisterRuleCase: Sendable {
  let code: Diagnostic.Code
  let catalogue: String
  let before: String?
  let bad: String
  let good: String
  /// The other registers by name.
  let others: [String: String]

  static let all: [RegisterRuleCase] = [
    RegisterRuleCase(
      code: .strayBullet,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'leading to delays 1️⃣•2️⃣'}

        """#,
      good: #"""
        - {id: R1, text: leading to delays}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .noReport,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {owed-reports: {state: status, ended: [closed], updates: 'updates[].meeting', minutes: minutes}}}
          minutes: {title: Others, path: minutes.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: TABASC15/07, status: 1️⃣open2️⃣, updates: [{meeting: TABASC16}]}
        - {id: TABASC17/01, status: open}
        - {id: SECP39/01, status: open}

        """#,
      good: #"""
        - {id: TABASC15/07, status: open, updates: [{meeting: TABASC16}, {meeting: TABASC17}]}
        - {id: TABASC15/08, status: closed}

        """#,
      others: [
        "minutes": #"""
        - {id: M16, meeting: TABASC16}
        - {id: M17, meeting: TABASC17}

        """#
      ]),
    RegisterRuleCase(
      code: .statedNumber,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {stated-numbers: {numbers: {'(\w+) risks are red': "records('risks').filter(r, r.rag == 'RED').size()"}}}}
          risks: {title: Others, path: risks.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: P1, text: 'The 1️⃣three risks are red2️⃣.'}

        """#,
      good: #"""
        - {id: P1, text: 'The two risks are red, and 3 are not.'}
        - {id: P2, text: 2 risks are red}

        """#,
      others: [
        "risks": #"""
        - {id: R1, rag: RED}
        - {id: R2, rag: RED}
        - {id: R3, rag: GREEN}

        """#
      ]),
    RegisterRuleCase(
      code: .pastAfterRecord,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {past-dates: {date: meeting, within: 'updates[]', meetings: meetings}}}
          meetings: {title: Others, path: meetings.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: A1, updates: [{meeting: SECP39, text: 'SEC 5.0 1️⃣took effect on 8th November 20172️⃣.'}]}

        """#,
      good: #"""
        - {id: A1, updates: [{meeting: SECP39, text: 'SEC 5.0 took effect on 8th November 2016, and was expected to be changed on 8th November 2017.'}]}

        """#,
      others: [
        "meetings": #"""
        - {id: SECP39, held: '2016-12-09'}

        """#
      ]),
    RegisterRuleCase(
      code: .unnamedChange,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {resolved-changes: {texts: 'resolutions[].text', changes: '(?:AGREED|APPROVED) the (?:amendments|risks?)', there: {risks: 'history[].meeting'}}}}
          risks: {title: Others, path: risks.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: SECP40#1, resolutions: [{text: 1️⃣AGREED the amendments2️⃣}]}

        """#,
      good: #"""
        - {id: SECP39#1, resolutions: [{text: AGREED the amendments}]}
        - {id: SECP40#1, resolutions: [{text: NOTED the amendments}]}

        """#,
      others: [
        "risks": #"""
        - {id: SECP-R26, history: [{meeting: SECP39}]}

        """#
      ]),
    RegisterRuleCase(
      code: .missingChange,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {resolved-changes: {texts: 'resolutions[].text', changes: '(?:AGREED|APPROVED) the (?:amendments|risks?)', there: {risks: ['history[].meeting', 'history[].decision']}}}}
          risks: {title: Others, path: risks.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: SECP39#1, resolutions: [{text: 1️⃣APPROVED the risk SECP-R272️⃣}]}

        """#,
      good: #"""
        - {id: SECP39#1, resolutions: [{text: APPROVED the risk SECP-R26}]}
        - {id: SECP40#2, resolutions: [{text: APPROVED the risk SECP-R28}]}

        """#,
      others: [
        "risks": #"""
        - {id: SECP-R26, history: [{meeting: SECP39}]}
        - {id: SECP-R27}
        - {id: SECP-R28, history: [{decision: 'SECP40#2'}]}

        """#
      ]),
    RegisterRuleCase(
      code: .scaleOverlap,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {scale-ranges: {levels: [level_1, level_2, level_3]}}}

        """#,
      before: nil,
      bad: #"""
        - {id: Money, level_1: 'Cost < £50k', level_2: 'Cost: £50k to £250k', level_3: 1️⃣'Cost: £200k - £500k'2️⃣}

        """#,
      good: #"""
        - {id: Money, level_1: 'Cost < £50k. Each year < £10k.', level_2: 'Cost: £50k to £250k. Each year < £50k.', level_3: 'Cost > £250k. Each year > £50k.'}
        - {id: Health, level_1: less than 3 days, level_2: greater than 3 days}
        - {id: Staff, level_1: <10% loss, level_2: Between 10% - 50% loss, level_3: '>50% loss'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .scaleGap,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {scale-ranges: {levels: [level_1, level_2]}}}

        """#,
      before: nil,
      bad: #"""
        - {id: Money, level_1: 'Cost < £50k', level_2: 1️⃣'Cost: £60k to £250k'2️⃣}

        """#,
      good: #"""
        - {id: Money, level_1: 'Cost < £50k', level_2: 'Cost: £50k - £250k'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .mixedCaptions,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {captions: {words: [Table, Annex], same: [Annex, Appendix]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        See Annex A, and 1️⃣Appendix A2️⃣ again.

        ## Annex A – one

        """#,
      good: #"""
        ---
        id: C
        ---

        See Annex A, and Appendix A of the SEC.

        ## Annex A – one

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .mixedCaptions,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {captions: {words: [Table, Annex], same: [Annex, Appendix], attachments: 'attachments[].title'}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        attachments:
          - {title: 'Annex A: the statement'}
        ---

        The statement can be found in 1️⃣Appendix A2️⃣.

        """#,
      good: #"""
        ---
        id: C
        attachments:
          - {title: 'Annex A: the statement'}
        ---

        The statement can be found in Annex A, and in Appendix B.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .missingSection,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {sections: {levels: ['1', '.1']}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: sections, rules: {cited-sections: {papers: items}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: SECP59-risks
        ---

        ## 1 Purpose

        As in Section 1 of SECP59-risks, Appendix A of SECP59-risks and 1️⃣Section 7 of SECP59-risks2️⃣.

        ## Appendix A: Risks

        """#,
      good: #"""
        ---
        id: SECP59-risks
        ---

        ## 1 Purpose

        As in Section 1 of SECP59-risks and Section 7 of SECP58-risks.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .doubledFullStop,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        1. One sentence ends1️⃣..2️⃣

        ```
        a.. b
        ```

        """#,
      good: #"""
        ---
        id: C
        ---

        1. One sentence ends…

        (a) Another ends. See [it](#it).

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .referenceForm,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {reference-forms: {forms: {'\bC 1\.1\b': C1.1}}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 One.

        | A | B |
        |---|---|
        | as 1️⃣C 1.12️⃣ | has it |

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 One.

        | A | B |
        |---|---|
        | as C1.1 | has it |

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unusedClause,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {clause-references: {documents: items, id: $1}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 Not used.

        C1.2 As in Section 1️⃣C1.12️⃣.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 Used.

        C1.2 As in Section C1.1.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .inactiveClause,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {clause-references: {documents: items, id: $1}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 It begins later: {.inactive}

        (a) with this.

        C1.2 As in Section 1️⃣C1.1(a)2️⃣.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 It begins later: {.inactive}

        (a) with this.

        C1.2 It begins now:

        (a) as in Section C1.2(a).

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unresolvedDocument,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {clause-references: {documents: items, id: $1, list: schedules, mention: '\bSchedule \d+\b'}}}
          schedules: {title: Schedules, path: schedules.yaml, shape: list, schema: any.schema.json, id: {near: [{pattern: '^Schedule (\d+)$', form: 'SCH-$1'}]}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 As 1️⃣Schedule 992️⃣ says.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 As Schedule 9 says.

        """#,
      others: [
        "schedules": #"""
        - {id: SCH-9}

        """#
      ]),
    RegisterRuleCase(
      code: .unresolvedLink,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {clause-references: {documents: items, id: $1}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 It counts. {#count}

        C1.2 See [it1️⃣](#county)2️⃣.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 It counts. {#count}

        C1.2 See [it](#count) and [that](items.md#C1.1) and [more](https://example.org/x.md).

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .captionOrder,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {captions: {words: [Table, Annex], same: [Annex, Appendix]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        Table 1 and Table 3 show it.

        **Table 1**: one

        **1️⃣Table 32️⃣**: two

        """#,
      good: #"""
        ---
        id: C
        ---

        Table 1 and Table 2 show it.

        **Table 1**: one

        **Table 2**: two

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .missingCaption,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {captions: {words: [Table, Annex], same: [Annex, Appendix]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        Table 1 and 1️⃣Table 22️⃣ show it.

        Table 1: one

        """#,
      good: #"""
        ---
        id: C
        ---

        Table 1 shows it, as Annex B of the other does.

        Table 1: one

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .uncitedCaption,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {captions: {words: [Table, Annex], same: [Annex, Appendix]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        It is shown.

        1️⃣Table 12️⃣: one

        """#,
      good: #"""
        ---
        id: C
        ---

        It is shown in Table 1.

        Table 1: one

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .mixedCaptions,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {captions: {words: [Table, Annex], same: [Annex, Appendix]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        See Annex A.

        ## Annex A – one

        ## 1️⃣Appendix B2️⃣ – two

        """#,
      good: #"""
        ---
        id: C
        ---

        See Annex A.

        ## Annex A – one

        As in Appendix B of the other.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .undefinedTerm,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {defined-terms: {definitions: [A1.1], known: [English]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 The Large Suppliers tell the 1️⃣Change Board2️⃣ in English.

        """#,
      good: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 The Large Suppliers tell the Change Board in English. “Change Board” means a body.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unusedTerm,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {defined-terms: {definitions: [A1.1], known: [English]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | 1️⃣**Large Supplier**2️⃣ | a supplier |

        A1.2 Nobody tells.

        """#,
      good: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 A Large Supplier’s licence.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unusedTerm,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {defined-terms: {definitions: [A1.1], excerpt: part}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | 1️⃣**Large Supplier**2️⃣ | a supplier |

        """#,
      good: #"""
        ---
        id: C
        part: true
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .termDefinedTwice,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {defined-terms: {definitions: [A1.1], known: [English]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 1️⃣“Large Supplier”2️⃣ means one, and a Large Supplier tells.

        """#,
      good: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 “Small Supplier” means another. A Large Supplier and a Small Supplier tell.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .termCapitals,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {defined-terms: {definitions: [A1.1], known: [English]}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 A Large Supplier and each 1️⃣large supplier2️⃣ tell.

        """#,
      good: #"""
        ---
        id: C
        ---

        A1.1 In this code:

        | Term | Meaning |
        |---|---|
        | **Large Supplier** | a supplier |

        A1.2 A Large Supplier and each large licensee tell.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .releasedChanged,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: #"""
        ---
        id: C
        version: '1.0'
        ---

        Words.

        """#,
      bad: #"""
        ---
        id: C
        version: 1️⃣'1.0'2️⃣
        ---

        Other words.

        """#,
      good: #"""
        ---
        id: C
        version: '1.1'
        ---

        Other words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .versionLowered,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: #"""
        ---
        id: C
        version: '0.10'
        ---

        Words.

        """#,
      bad: #"""
        ---
        id: C
        version: 1️⃣'0.9'2️⃣
        ---

        Other words.

        """#,
      good: #"""
        ---
        id: C
        version: '0.11'
        ---

        Other words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .versionAlone,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: #"""
        ---
        id: C
        version: '0.9'
        ---

        Words.

        """#,
      bad: #"""
        ---
        id: C
        version: 1️⃣'0.10'2️⃣
        ---

        Words.

        """#,
      good: #"""
        ---
        id: C
        version: '1.0'
        ---

        Words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .releasedChanged,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: #"""
        ---
        id: C
        version: '1.1'
        status: effective
        ---

        Words.

        """#,
      bad: #"""
        ---
        id: C
        version: 1️⃣'1.1'2️⃣
        status: consultation
        ---

        Other words.

        """#,
      good: #"""
        ---
        id: C
        version: '1.2'
        status: consultation
        ---

        Other words.

        """#,
      others: [:]),
    // The text of a version that is consulted on is still being written.
    RegisterRuleCase(
      code: .versionLowered,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: #"""
        ---
        id: C
        version: '1.2'
        status: consultation
        ---

        Words.

        """#,
      bad: #"""
        ---
        id: C
        version: 1️⃣'1.1'2️⃣
        status: consultation
        ---

        Other words.

        """#,
      good: #"""
        ---
        id: C
        version: '1.2'
        status: consultation
        ---

        Other words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .versionStatus,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        version: '0.3'
        status: 1️⃣final2️⃣
        ---

        Words.

        """#,
      good: #"""
        ---
        id: C
        version: '0.3'
        status: draft
        ---

        Words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unrecordedVersion,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        version: 1️⃣'1.1'2️⃣
        amendments:
          - {version: '1.0', effective: 2016-11-08}
        ---

        Words.

        """#,
      good: #"""
        ---
        id: C
        version: '1.1'
        amendments:
          - {version: '1.0', effective: 2016-11-08}
          - {version: '1.1', effective: 2016-12-21}
        ---

        Words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .recordOrder,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a), (i)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, numbering: section, rules: {document-versions: {version: version, status: status, record: amendments}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        version: '1.1'
        amendments:
          - {version: '1.0', effective: 2016-11-08}
          - {version: '1.1', effective: 1️⃣2016-11-082️⃣}
        ---

        Words.

        """#,
      good: #"""
        ---
        id: C
        version: '1.1'
        amendments:
          - {version: '1.0', effective: 2016-11-08}
          - {version: '1.1', effective: 2016-12-21}
        ---

        Words.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .twoInForce,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {one-in-force: {from: effective, to: until, of: document}}}

        """#,
      before: nil,
      bad: #"""
        - {id: '1.0', document: A, effective: 2016-11-08, until: 2016-12-21}
        - {id: '1.1', document: A, effective: 1️⃣2016-12-212️⃣}

        """#,
      good: #"""
        - {id: '1.0', document: A, effective: 2016-11-08, until: 2016-12-20}
        - {id: '1.1', document: A, effective: 2016-12-21}
        - {id: '1.2', document: B, effective: 2016-12-21}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .noneInForce,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {one-in-force: {from: effective, to: until, of: document}}}

        """#,
      before: nil,
      bad: #"""
        - {id: '1.0', document: A, effective: 2016-11-08, until: 1️⃣2016-12-192️⃣}
        - {id: '1.1', document: A, effective: 2016-12-21}

        """#,
      good: #"""
        - {id: '1.0', document: A, effective: 2016-11-08, until: 2016-12-20}
        - {id: '1.1', document: A, effective: 2016-12-21}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .duplicateClause,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {clause-numbering: {}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 One.

        1️⃣C1.12️⃣ Two.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 One.

        C1.2 Two.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .clauseOrder,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {clause-numbering: {}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.2 One.

        1️⃣C1.12️⃣ Two.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.2 One.

        C2.1 Two.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .hiddenClause,
      catalogue: #"""
        catalogue: 1
        title: A committee
        numbering: {section: {levels: [A, '1', '.1', (a)]}}
        registers:
          items:
            {title: Items, path: items.md, shape: document, numbering: section, schema: any.schema.json, rules: {clause-numbering: {}, clause-references: {documents: items, id: $1}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: A
        ---

        A1.1 One.
        1️⃣A1.22️⃣ Two.

        """#,
      good: #"""
        ---
        id: A
        ---

        A1.1 One:

        (za) before all;

        (a) one, as in Section A1.1ZA;

        (aa) put in between;

        (b) two.

        A1.1ZA Inserted.

        A1.1A Inserted.

        A1.1AA Inserted.

        A1.1B Two.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .clauseGap,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {clause-numbering: {}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 One.

        1️⃣C1.32️⃣ Two.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 One:

        (a) first;

        (b) second.

        C1.1A More.

        C1.2 Two.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .clauseGap,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {clause-numbering: {excerpt: part}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 One.

        1️⃣C1.32️⃣ Two.

        """#,
      good: #"""
        ---
        id: C
        part: true
        ---

        ## C1

        C1.2 One.

        C1.4 Two.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unresolvedClause,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {clause-references: {documents: items, form: '\bSection ([A-Z]\d+(?:\.\d+)?(?: ?\([a-z]\))?)', id: $1}}}

        """#,
      before: nil,
      bad: #"""
        ---
        id: C
        ---

        C1.1 One, see 1️⃣Section C1.32️⃣.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 One, see Section C1.1 and Section H8.4.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .renumberedClause,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.md, shape: document, schema: any.schema.json, rules: {clause-references: {documents: items, form: '\bSection ([A-Z]\d+(?:\.\d+)?(?: ?\([a-z]\))?)', id: $1}}}

        """#,
      before: #"""
        ---
        id: C
        ---

        C1.1 One thing.

        C1.2 The Panel keeps the registers of the code.

        C1.3 As in Section C1.2.

        """#,
      bad: #"""
        ---
        id: C
        ---

        C1.1 One thing.

        C1.2 Money comes from all Parties in equal shares.

        C1.3 The Panel keeps the registers of the code.

        C1.4 As in 1️⃣Section C1.22️⃣.

        """#,
      good: #"""
        ---
        id: C
        ---

        C1.1 One thing.

        C1.2 Money comes from all Parties in equal shares.

        C1.3 The Panel keeps the registers of the code.

        C1.4 As in Section C1.3.

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .numberingGap,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {numbering: {series: '^SECP-R(\d+)$', tombstones: tombstones}}}
          tombstones: {title: Tombstones, path: tombstones.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - id: SECP-R1
        - id: 1️⃣SECP-R32️⃣

        """#,
      good: #"""
        - id: SECP-R1
        - id: SECP-R2
        - id: SECP-R3

        """#,
      others: [
        "tombstones": #"""


        """#
      ]),
    RegisterRuleCase(
      code: .tombstoneAlive,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {never-reused-ids: {tombstones: tombstones}}}
          tombstones: {title: Tombstones, path: tombstones.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - id: 1️⃣SECP-R22️⃣

        """#,
      good: #"""
        - id: SECP-R4

        """#,
      others: [
        "tombstones": #"""
        - {id: T1, register: items, item: SECP-R2, reason: Became issue 1}

        """#
      ]),
    RegisterRuleCase(
      code: .undeclaredRenumbering,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {declared-renumbering: {same: [statement]}}}

        """#,
      before: #"""
        - {id: R9, statement: The paper is late}

        """#,
      bad: #"""
        - {id: 1️⃣R12️⃣, statement: The paper is late}

        """#,
      good: #"""
        - {id: R1, formerly: R9, statement: The paper is late}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .vanished,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {nothing-open-vanishes: {state: status, ended: [closed]}}}

        """#,
      before: #"""
        - {id: TABASC16/01, status: closed}
        - {id: TABASC16/02, status: ongoing}
        - {id: TABASC16/03, status: open}

        """#,
      bad: #"""
        - {id: 1️⃣TABASC16/032️⃣, status: open}

        """#,
      good: #"""
        - {id: TABASC16/02, status: closed}
        - {id: TABASC16/03, status: open}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .overdue,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {due-dates: {due: due, state: status, ended: [closed], updates: 'updates[].meeting'}}}

        """#,
      before: nil,
      bad: #"""
        - id: TABASC15/01
          due: 1️⃣TABASC162️⃣
          status: open
          updates: [{meeting: TABASC15}]
        - id: TABASC15/02
          status: open
          updates: [{meeting: TABASC17}]

        """#,
      good: #"""
        - id: TABASC15/01
          due: TABASC16
          status: closed
          updates: [{meeting: TABASC16}]
        - id: TABASC15/02
          status: open
          updates: [{meeting: TABASC17}]

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .dueSlipped,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {due-dates: {due: due, state: status, ended: [closed], updates: 'updates[].meeting'}}}

        """#,
      before: #"""
        - {id: A1, due: 2017-03-01, status: open}

        """#,
      bad: #"""
        - {id: A1, due: 1️⃣2017-04-012️⃣, status: open}

        """#,
      good: #"""
        - {id: A1, due: 2017-03-01, status: open}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .outOfOrder,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, order: [id], rules: {kept-order: {}}}

        """#,
      before: nil,
      bad: #"""
        - id: 1️⃣R102️⃣
        - id: R9

        """#,
      good: #"""
        - id: R9
        - id: R10

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .ragUneven,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {rag-status: {rag: rag, severity: severity}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, severity: 9, rag: AMBER}
        - {id: R2, severity: 9, rag: 1️⃣GREEN2️⃣}

        """#,
      good: #"""
        - {id: R1, severity: 9, rag: AMBER}
        - {id: R2, severity: 8, rag: GREEN}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .ragUnexplained,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {rag-status: {rag: rag, reasons: 'updates[]'}}}

        """#,
      before: #"""
        - {id: R1, rag: RED, updates: [a]}

        """#,
      bad: #"""
        - {id: R1, rag: 1️⃣GREEN2️⃣, updates: [a]}

        """#,
      good: #"""
        - {id: R1, rag: GREEN, updates: [a, b]}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .ragBelowBand,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {rag-status: {rag: rag, severity: severity, worst_from: 20}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, severity: 20, rag: 1️⃣AMBER2️⃣}

        """#,
      good: #"""
        - {id: R1, severity: 16, rag: AMBER}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .referenceForm,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {reference-forms: {forms: {'\bTABASC (?:Risk )?#?(\d+)\b(?!/)': TABASC-R$1, '\b([A-Z]\d+(?:\.\d+)?) (\([a-z]\))': $1$2}}}}

        """#,
      before: nil,
      bad: #"""
        - {id: I1, text: See 1️⃣TABASC Risk 102️⃣ for more}

        """#,
      good: #"""
        - {id: I1, text: 'See TABASC-R10, C3.1(e) and TABASC15/05 for more'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .nameVariant,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {glossary-names: {glossary: terms}}}
          terms: {title: Terms, path: terms.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: A1, text: The 1️⃣Dept for Energy2️⃣ replied}

        """#,
      good: #"""
        - {id: A1, text: The Department for Energy replied}

        """#,
      others: [
        "terms": #"""
        - {id: DFE, expansion: Department for Energy, variants: [Dept for Energy]}

        """#
      ]),
    RegisterRuleCase(
      code: .acronymExpansion,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {glossary-names: {glossary: terms}}}
          terms: {title: Terms, path: terms.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: A1, text: the 1️⃣Data and Communications Company (DCC)2️⃣ said}

        """#,
      good: #"""
        - {id: A1, text: 'two Data Communications Companys (DCCs), the Data Communications Company (DCC), the Change Board (CB), the Data Communications Company’s (DCC) plan'}

        """#,
      others: [
        "terms": #"""
        - {id: DCC, expansion: Data Communications Company}

        """#
      ]),
    RegisterRuleCase(
      code: .dateOrder,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {dates-in-order: {dates: [decided, published, effective]}}}

        """#,
      before: nil,
      bad: #"""
        - {id: V1, decided: 2020-11-20, effective: 1️⃣2020-11-192️⃣}

        """#,
      good: #"""
        - {id: V1, decided: 2020-11-20, published: 2020-11, effective: 2020-11-29}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .weekday,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {stated-weekdays: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: M1, text: Held on 1️⃣Thursday 9th December 20162️⃣ in London}

        """#,
      good: #"""
        - {id: M1, text: Held on Friday 9th December 2016 in London}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .stateContradiction,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {one-state: {subject: modification, state: stage, of: modifications, is: stage}}}
          modifications: {title: Modifications, path: modifications.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: P1, modification: DP083, stage: 1️⃣report2️⃣}

        """#,
      good: #"""
        - {id: P1, modification: DP083, stage: refinement}

        """#,
      others: [
        "modifications": #"""
        - {id: DP083, stage: refinement}

        """#
      ]),
    RegisterRuleCase(
      code: .decisionMissing,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {decision-authority: {state: status, decided: [approved], decisions: 'decisions[]'}}}

        """#,
      before: nil,
      bad: #"""
        - {id: MP1, status: 1️⃣approved2️⃣}

        """#,
      good: #"""
        - {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}]}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .decisionAuthority,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {decision-authority: {state: status, decided: [approved], decisions: 'decisions[]', path: path, authorities: {'2': Authority, '*': Change Board}}}}

        """#,
      before: nil,
      bad: #"""
        - {id: MP1, path: '2', status: approved, decisions: [{by: 1️⃣Change Board2️⃣}]}

        """#,
      good: #"""
        - {id: MP1, path: '3', status: approved, decisions: [{by: Change Board}]}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .decisionOrder,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {decision-authority: {state: status, decided: [approved], decisions: 'decisions[]', effective: implementation_date}}}

        """#,
      before: nil,
      bad: #"""
        - {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-12-23}], implementation_date: 1️⃣2016-12-142️⃣}

        """#,
      good: #"""
        - {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}], implementation_date: 2016-12-14}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .decisionNotice,
      catalogue: #"""
        catalogue: 1
        title: A committee
        calendars:
          all: {register: holidays, from: '2016-01-01', to: '2017-12-31'}
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {decision-authority: {state: status, decided: [approved], decisions: 'decisions[]', effective: implementation_date, notice: 15}}}
          holidays: {title: Holidays, path: holidays.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}], implementation_date: 1️⃣2016-12-132️⃣}

        """#,
      good: #"""
        - {id: MP1, status: approved, decisions: [{by: Change Board, date: 2016-11-23}], implementation_date: 2016-12-14}

        """#,
      others: [
        "holidays": #"""
        - id: 2016-12-26
        - id: 2016-12-27

        """#
      ]),
    RegisterRuleCase(
      code: .conversionNumber,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {kept-number: {from: '^DP(\d{3})$', to: '^MP(\d{3})$'}}}

        """#,
      before: nil,
      bad: #"""
        - {id: MP079, formerly: 1️⃣DP0782️⃣}

        """#,
      good: #"""
        - {id: MP079, formerly: DP079}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .conversionBothLive,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {kept-number: {from: '^DP(\d{3})$', to: '^MP(\d{3})$'}}}

        """#,
      before: nil,
      bad: #"""
        - {id: DP079}
        - {id: 1️⃣MP0792️⃣, formerly: DP079}

        """#,
      good: #"""
        - {id: DP080}
        - {id: MP079, formerly: DP079}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .total,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {totals: {property: seats, is: 8}}}

        """#,
      before: nil,
      bad: #"""
        - {id: Large Suppliers, seats: 6}
        - {id: Small Suppliers, seats: 1️⃣32️⃣}

        """#,
      good: #"""
        - {id: Large Suppliers, seats: 6}
        - {id: Small Suppliers, seats: 2}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .rangeOverlap,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {disjoint-ranges: {from: first, to: last}}}

        """#,
      before: nil,
      bad: #"""
        - {id: A, first: 00-0A-00, last: 00-0A-FF}
        - {id: B, first: 1️⃣00-0A-F02️⃣, last: 00-0B-00}

        """#,
      good: #"""
        - {id: A, first: 00-0A-00, last: 00-0A-FF}
        - {id: B, first: 00-0B-00, last: 00-0B-FF}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .rangeReversed,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {disjoint-ranges: {from: first, to: last}}}

        """#,
      before: nil,
      bad: #"""
        - {id: A, first: 00-0A-FF, last: 1️⃣00-0A-002️⃣}

        """#,
      good: #"""
        - {id: A, first: 00-0A-00, last: 00-0A-00}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unapprovedScope,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {approved-scope: {scope: 'scope[]', live: live, of: modifications, state: status, approved: [approved]}}}
          modifications: {title: Modifications, path: modifications.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, live: 2018-02-22, scope: [1️⃣MP12️⃣]}

        """#,
      good: #"""
        - {id: R1, scope: [MP1]}
        - {id: R2, live: 2018-02-22, scope: [MP2]}

        """#,
      others: [
        "modifications": #"""
        - {id: MP1, status: report}
        - {id: MP2, status: approved}

        """#
      ]),
    RegisterRuleCase(
      code: .strayBullet,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'leading to: 1️⃣•2️⃣ delays'}

        """#,
      good: #"""
        - {id: R1, text: leading to delays}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .gluedFootnote,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'has identified a 1️⃣risk12️⃣, that'}

        """#,
      good: #"""
        - {id: R1, text: 'SMETS1 and part 1, that'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .unbalancedBracket,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'the DCC 1️⃣(2️⃣as before'}

        """#,
      good: #"""
        - {id: R1, text: 'the DCC (as before): a) one, (b) two'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .doubledFullStop,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'It is late1️⃣..2️⃣ Yes'}

        """#,
      good: #"""
        - {id: R1, text: 'It is late... Risks 19..27.'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .pageFurniture,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'the risk 1️⃣Page 3 of 122️⃣ is high'}

        """#,
      good: #"""
        - {id: R1, text: 'the risk on page 3 is high'}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .changeMark,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {text-hygiene: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, text: 'the risk is 1️⃣~~low~~2️⃣ high'}

        """#,
      good: #"""
        - {id: R1, text: the risk is high}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .classBelowPart,
      catalogue: #"""
        catalogue: 1
        title: A committee
        classes: [White, Green, Amber, Red]
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {class-of-whole: {parts: ['attachments[]'], of: documents}}}
          documents: {title: Documents, path: documents.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: P1, classification: 1️⃣White2️⃣, attachments: [D1]}

        """#,
      good: #"""
        - {id: P1, classification: Red, attachments: [D1]}

        """#,
      others: [
        "documents": #"""
        - {id: D1, classification: Red}

        """#
      ]),
    RegisterRuleCase(
      code: .classMissing,
      catalogue: #"""
        catalogue: 1
        title: A committee
        classes: [White, Green, Amber, Red]
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {class-of-whole: {}}}

        """#,
      before: nil,
      bad: #"""
        - id: 1️⃣P12️⃣

        """#,
      good: #"""
        - {id: P1, classification: White}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .classUnknown,
      catalogue: #"""
        catalogue: 1
        title: A committee
        classes: [White, Green, Amber, Red]
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {class-of-whole: {}}}

        """#,
      before: nil,
      bad: #"""
        - {id: P1, classification: 1️⃣Blue2️⃣}

        """#,
      good: #"""
        - {id: P1, classification: Green}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .classLowered,
      catalogue: #"""
        catalogue: 1
        title: A committee
        classes: [White, Green, Amber, Red]
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {class-of-whole: {decision: decision}}}

        """#,
      before: #"""
        - {id: P1, classification: Red}

        """#,
      bad: #"""
        - {id: P1, classification: 1️⃣White2️⃣}

        """#,
      good: #"""
        - {id: P1, classification: White, decision: SECP39/24}

        """#,
      others: [:]),
    RegisterRuleCase(
      code: .undefinedLevel,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {defined-levels: {levels: [impact], scale: scale}}}
          scale: {title: Scale, path: scale.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: R1, impact: 1️⃣62️⃣}

        """#,
      good: #"""
        - {id: R1, impact: 5}

        """#,
      others: [
        "scale": #"""
        - {id: 5, name: Major}

        """#
      ]),
    RegisterRuleCase(
      code: .oneSidedReference,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Items, path: items.yaml, shape: list, schema: any.schema.json, rules: {mutual-references: {here: raised_in, of: meetings, there: 'actions[]'}}}
          meetings: {title: Meetings, path: meetings.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        - {id: A1, raised_in: 1️⃣M12️⃣}
        - {id: A2, raised_in: M1}

        """#,
      good: #"""
        - {id: A2, raised_in: M1}

        """#,
      others: [
        "meetings": #"""
        - {id: M1, actions: [A2]}

        """#
      ]),
    RegisterRuleCase(
      code: .unresolvedName,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Minutes, path: items.md, shape: document, schema: any.schema.json, rules: {record-links: {}}}
          actions: {title: Actions, path: actions.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        ---
        id: P1-minutes
        ---

        ## 1. Minutes

        1️⃣[P1/02]2️⃣

        """#,
      good: #"""
        ---
        id: P1-minutes
        attachments: [A list]
        ---

        ## 1. Minutes

        - [P1/01]

        [actions/P1/01]

        [attachments]

        The text [sic] of a source[^1] is text.

        [^1]: And so is a footnote.

        """#,
      others: [
        "actions": #"""
        - {id: P1/01}

        """#
      ]),
    RegisterRuleCase(
      code: .unnamedPart,
      catalogue: #"""
        catalogue: 1
        title: A committee
        registers:
          items:
            {title: Minutes, path: items.md, shape: document, schema: any.schema.json, rules: {record-links: {of: meeting, parts: [agenda, actions], by: [meeting, agenda_item]}}}
          agenda: {title: Agenda, path: agenda.yaml, shape: list, schema: any.schema.json}
          actions: {title: Actions, path: actions.yaml, shape: list, schema: any.schema.json}

        """#,
      before: nil,
      bad: #"""
        ---
        id: 1️⃣P1-minutes2️⃣
        meeting: P1
        ---

        ## 1. [P1#1]

        """#,
      good: #"""
        ---
        id: P1-minutes
        meeting: P1
        ---

        ## 1. [P1#1]

        [P1/01]

        """#,
      others: [
        "agenda": #"""
        - {id: P1#1, meeting: P1}
        - {id: P2#1, meeting: P2}

        """#,
        "actions": #"""
        - {id: P1/01, agenda_item: P1#1}
        - {id: P2/01, agenda_item: P2#1}

        """#,
      ]),
  ]
}
