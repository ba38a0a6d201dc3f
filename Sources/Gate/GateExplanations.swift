import Baselines
package import Diagnostics

extension Explanation {
  /// The pages on what a hook refuses.
  package static let gate: [Explanation] = [
    Explanation(
      .badTrailer,
      what:
        "The message of a commit does not name the decision behind a change that needs one, or has a line that was meant to name it and counts as text.",
      why: "Years later the message is what tells who decided that the register should say this.",
      mend:
        "End the message with the trailer, and name a record that is there. Trailers are the last lines of a message with no empty line between them; git commit --trailer 'Decision: SECP39#24' writes one. A line elsewhere, without its colon or with a mistyped key counts as text. Commits that are made already: git rebase --interactive, or git commit --amend.",
      bad: "Change the title",
      good: """
        Change the title

        Decision: SECP39#24
        """
    ),
    Explanation(
      .aboveClass,
      what: "A commit holds a record that is above the class that may go to this remote.",
      why: "Whoever can fetch from the remote can read every commit in it, also the old ones.",
      mend:
        "Take the record out of the commits that are not pushed yet, or push to another remote. Which class may go where stands under 'remotes' in schema/catalogue.yaml.",
      bad: "git push public main    # R1 is Red",
      good: "git push origin main    # remotes: [{url: origin, highest: Red}]"
    ),
    Explanation(
      .badReference,
      what:
        "A push names a reference that nobody may push: one whose name is not UTF-8 or none that Git takes, one below refs/replace, the end of the branch whose rules judge, one that stands where the names of baselines or of signatures begin, or one beside which another has no room. Or it tells of a reference what is not so, because somebody pushed in between; or it brings more than one branch to an empty server.",
      why:
        "What cannot be named cannot be judged, a gate without its own branch has no rules, and Git has no reference below another: after a tag 'sec' there is no 'sec/5.0'. What Git will not do is refused with the whole push: Git itself would take the rest.",
      mend:
        "Give the branch another name, or leave the reference out; fetch first where somebody pushed in between. Which branch judges, the server's owner says: git symbolic-ref HEAD refs/heads/main.",
      bad: "git push origin :main",
      good: "git push origin :draft"
    ),
    Explanation(
      .movedBaseline,
      what: "A push moves or deletes a baseline, or the withdrawal of one.",
      why: "A baseline proves what was in force; one that can be moved proves nothing.",
      mend:
        "Take the tag of the server: git fetch --tags --force. Where the baseline is wrong, record that: registrar baseline withdraw NAME --decision DECISION.",
      bad: "git push --force origin sec/5.0",
      good: "registrar baseline withdraw sec/5.0 --decision SECP40#2"
    ),
    Explanation(
      .lostBaseline,
      what:
        "A branch is moved by force or deleted, and no branch has the commit of a baseline any more.",
      why:
        "What no branch has was taken out of the history that people go on from: nobody can verify such a baseline as good.",
      mend:
        "Go on from the branch as the server has it, and mend what is wrong in it by a later commit. A branch that is deleted goes into another one first.",
      bad: "git commit --amend && git push --force    # sec/5.0 tags the commit before",
      good: "git commit && git push"
    ),
    Explanation(
      .badBaseline,
      what: "A tag has the name of a baseline or of a withdrawal and is no good one.",
      why: "People take a tag of this name for what was approved.",
      mend:
        "Delete the tag here (git tag -d NAME) and make it: registrar baseline create NAME --effective DATE. Where the server has it already, take that one: git fetch --tags --force.",
      bad: "git tag sec/5.0",
      good: "registrar baseline create sec/5.0 --effective 2016-11-08"
    ),
    Explanation(
      .changedRules,
      what: "A push changes schema/, and the server does not let this user do that.",
      why: "Who may change the rules decides what the rules are worth.",
      mend:
        "Ask somebody whom the server's file lists under 'schema_changes', or leave schema/ as it is in every commit of the push.",
      bad: "git push    # a commit removes a value from an enum",
      good: "schema_changes: [alice]    # in the server's file"
    ),
    Explanation(
      .oldRules,
      what:
        "What a push holds, or a step that it makes, breaks the rules that were there before it.",
      why:
        "A change of the rules in the same push would let anything pass. A new field is no breach.",
      mend: "Push the change of the rules first, and then what needs it.",
      bad: "one push with the new status in the schema and in a record",
      good: "a push with the schema, then a push with the record"
    ),
    Explanation(
      .overLimit,
      what: "Judging a push took more time or memory than the server gives.",
      why: "One push must not keep all others out.",
      mend:
        "Push fewer commits at a time (git push origin COMMIT:main), or ask the server's owner to raise 'limits'.",
      bad: "git push origin main    # 20,000 commits",
      good: "git push origin main~15000:main && git push origin main"
    ),
    Explanation(
      .badSigners,
      what: "A file of signers says something that it cannot.",
      why: "Whose signatures count must be beyond doubt before any is looked at.",
      mend:
        "Mend the file. It may say allowed_signers, keyring, roles and kinds; a kind names roles and how many of each it takes.",
      bad: "kinds: {sec: {manager: 2}}    # the role has one member",
      good: """
        allowed_signers: allowed_signers
        roles: {manager: [manager@example.org]}
        kinds: {sec: {manager: 1}}
        """
    ),
    Explanation(
      .badServerFile,
      what: "The server's file says something that it cannot; nothing passes until it is mended.",
      why: "A gate that does not know its own orders stays shut.",
      mend:
        "Mend the file. It may say: identity, schema_changes, overrides, signers, keyring, programs, require_signature, first_rules, limits.",
      bad: "overrides: [{who: alice, codes: [value/not-listed]}]",
      good: """
        schema_changes: [alice]
        overrides:
          - {who: alice, codes: [value/not-listed], until: 2026-12-31, reason: SECP39/24}
        """
    ),
  ]
}
