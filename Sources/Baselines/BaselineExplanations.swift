package import Diagnostics

extension Explanation {
  /// The pages on what stands in the way of a baseline.
  package static let baselines: [Explanation] = [
    Explanation(
      .tagExists,
      what: "There is a tag of this name already.",
      why: "Who has a baseline relies on it: one name stands for one text for ever.",
      mend:
        "Give the next baseline the next name; record a wrong one: registrar baseline withdraw NAME --decision DECISION.",
      bad: "registrar baseline create sec/5.0 …    # sec/5.0 is there",
      good: "registrar baseline create sec/5.1 …"
    ),
    Explanation(
      .baselineName,
      what:
        "The name is not written as the names of its kind are, or names a record that is not there.",
      why:
        "Versions are compared as numbers: 'v1.0' is none, and '1.0' would come before it for ever. A kind such as panel/{meeting} is named after the records of 'meetings'.",
      mend:
        "Write the version as numbers, or let the kind's tag in schema/catalogue.yaml have the letter. Name a meeting that is in the register, or add it there first.",
      bad: "registrar baseline create sec/v1.0 …",
      good: "registrar baseline create sec/1.0 …    # or tag: 'sec/v{version}' in the catalogue"
    ),
    Explanation(
      .baselineOrder,
      what:
        "A baseline does not come after the one before it, by its version, its day or its commit.",
      why: "Baselines of a kind are one chain: each tells which one it follows.",
      mend:
        "Give it a higher version, a later day of effect, and a commit that follows. Where the last one has a mistyped version, withdraw it: it blocks no number below it then.",
      bad: "registrar baseline create sec/4.9 …    # sec/5.0 is there",
      good: "registrar baseline create sec/5.1 …"
    ),
    Explanation(
      .baselineDecision,
      what: "A baseline names no decision, or one that its registers do not have.",
      why: "An auditor asks of each baseline who decided it, and when.",
      mend:
        "Name the resolution of a meeting that is in the registers and before the day of effect.",
      bad: "registrar baseline create sec/5.1 --effective 2016-12-01",
      good: "registrar baseline create sec/5.1 --effective 2016-12-14 --decision SECP39#24"
    ),
    Explanation(
      .baselinePublished,
      what: "A baseline does not say when it was published, or says a day that cannot be.",
      why: "What was known on a day is asked years later: the day of publication answers it.",
      mend: "Give the day with --published: after the decision, and not after the day of effect.",
      bad: "registrar baseline create sec/5.1 --effective 2016-12-14",
      good: "registrar baseline create sec/5.1 --effective 2016-12-14 --published 2016-12-12"
    ),
    Explanation(
      .baselineCheck,
      what: "The commit of a baseline does not check clean, or the way to it is not legal.",
      why: "A baseline approves what it holds, with its errors.",
      mend:
        "Mend what is told, commit, and create the baseline of that commit. A step on the way that was not legal no later commit mends: change the commit that made it while nobody has seen it, and afterwards have it accepted by a decision, as a waiver.",
      bad: "registrar baseline create sec/5.1 …    # registrar check finds an error",
      good: "registrar check && registrar baseline create sec/5.1 …"
    ),
    Explanation(
      .baselineVersion,
      what: "The version of a document does not rise with its text.",
      why: "Who cites version 5.9 of a document cites one text.",
      mend: "Raise the version of each document whose text changed, and of no other.",
      bad: "version: '5.9'    # and a clause is another than in the baseline before",
      good: "version: '5.10'"
    ),
    Explanation(
      .baselineUnexplained,
      what:
        "Something changed since the baseline before, and no commit behind it says on what decision.",
      why: "Each change between two baselines has a reason that can be shown.",
      mend: "End the message of the commit with one of the trailers that the kind demands.",
      bad: "Change C1",
      good: "Change C1\n\nModification: DP083"
    ),
    Explanation(
      .baselineModification,
      what: "A modification is carried out without being approved, or changed less than it claims.",
      why: "What takes effect is what was approved, and all of it.",
      mend:
        "Record the state of the modification, or let its commits change what it says that it affects.",
      bad: "stage: refinement    # and a commit says 'Modification: DP083'",
      good: "stage: approved"
    ),
    Explanation(
      .baselineClone,
      what: "This clone may lack the baselines that were made before.",
      why: "A baseline that does not know the one before it begins a second chain.",
      mend: "Fetch the tags and the history; where there really is no baseline yet, say --first.",
      bad: "git clone --depth 1 …    # or --no-tags, --single-branch",
      good: "git fetch --unshallow --tags"
    ),
    Explanation(
      .baselineUncommitted,
      what: "There are changes below registers/ or schema/ that are not committed.",
      why:
        "A baseline holds the commit: what is only in the work tree is easily thought to be in it.",
      mend: "Commit or stash them; or name the commit that is meant with --at.",
      bad: "git status --short    #  M registers/risks/R1.yaml",
      good: "git commit -a && registrar baseline create sec/5.1 …"
    ),
    Explanation(
      .baselineBranch,
      what: "The commit is on no branch.",
      why: "What no branch has was never judged, and is gone when nobody refers to it.",
      mend: "Make a branch of it, or merge it: git branch NAME COMMIT.",
      bad: "git checkout --detach && git commit && registrar baseline create sec/5.1 …",
      good: "git checkout main && registrar baseline create sec/5.1 …"
    ),
  ]
}
