import Testing

/// Keys of SSH, the server's file with a role, and a tag object that anybody can write.
private let keys = """
  for who in manager chair mallory; do ssh-keygen -q -t ed25519 -N '' -C $who -f ../$who; done
  R=../server.git/registrar
  for who in manager chair; do echo "$who@example.org $(cut -d ' ' -f 1,2 ../$who.pub)"; done > $R/allowed_signers
  git config gpg.format ssh; git config gpg.ssh.allowedSignersFile $PWD/$R/allowed_signers
  by() { git config user.signingkey $PWD/../$1.pub; }
  roles() {
    printf 'allowed_signers: allowed_signers\\nroles: {chair: [chair@example.org]}\\nkinds: {sec: {chair: 1}}\\n' > $R/signers.yaml
    printf 'require_signature: true\\nsigners: signers.yaml\\n' > $F
  }
  both() {
    printf 'allowed_signers: allowed_signers\\nroles: {manager: [manager@example.org], chair: [manager@example.org, chair@example.org]}\\nkinds: {sec: {manager: 1, chair: 1}}\\n' > $R/signers.yaml
    printf 'require_signature: true\\nsigners: signers.yaml\\n' > $F
  }
  tag() { registrar baseline create sec/$1 --effective 203$1-02-01 --decision SECP1/01 $2 >/dev/null; }
  forge() { id=$(git hash-object -t tag -w --literally --stdin) && git update-ref refs/tags/$1 $id; }
  signed() { cat > ../t; rm -f ../t.sig; ssh-keygen -q -Y sign -n git -f ../$1 ../t 2>/dev/null; cat ../t ../t.sig; }
  notes=refs/notes/registrar/signatures
  junk() { n=$1; while [ $n -lt $2 ]; do n=$((n + 1)); printf -- '-----BEGIN SSH SIGNATURE-----\\njunk%d\\n-----END SSH SIGNATURE-----\\n' $n; done; }
  note() { git notes --ref registrar/signatures add -f -F - $1 2>/dev/null; }
  own() { git notes --ref registrar/signatures show sec/6; }
  empty() { git commit-tree $(git mktree </dev/null) -p $notes -m x; }

  """

@Test(arguments: [
  Push("a lightweight tag", "git tag sec/6; git push origin sec/6", "records none"),
  Push(
    "a tag that records nothing", "git tag -a -m x sec/6; git push origin sec/6", "records none"),
  Push(
    "a tag of a baseline under another name",
    "tag 6; git update-ref refs/tags/sec/7 sec/6; git push origin refs/tags/sec/7",
    "was given another name"),
  Push(
    "a baseline without its kind",
    "tag 6; git cat-file tag sec/6 | sed '/^Kind: /d' | forge sec/6; git push origin sec/6",
    "does not record it"),
  Push(
    "a baseline of another kind",
    "tag 6; git cat-file tag sec/6 | sed 's/^Kind: sec/Kind: panel/' | forge sec/6; git push origin sec/6",
    "does not record it"),
  Push(
    "a baseline of two kinds",
    "tag 6; git cat-file tag sec/6 | sed 's/^Kind: sec/Kind: sec\\nKind: panel/' | forge sec/6; git push origin sec/6",
    "does not record it"),
  Push(
    "a baseline of a commit on no branch", "action 2; tag 6; git push origin sec/6",
    "is on no branch"),
  Push(
    "a baseline of rules that are its own",
    "git checkout -q --orphan evil; loosen; tag 6; git push origin sec/6", "is on no branch"),
  Push(
    "a baseline that is moved",
    "tag 6; git push -q origin sec/6; git tag -f -a -m x sec/6; git push -f origin sec/6",
    "never moved"),
  Push(
    "a baseline that is deleted", "tag 6; git push -q origin sec/6; git push origin :sec/6",
    "never deleted"),
  Push(
    "a baseline whose kind the catalogue has no more",
    """
    leave; tag 6; git push -q origin sec/6; sed -i 's|sec/{version}|code/{version}|' $C; git commit -q -a -m Kinds
    as owner git push -q origin main || exit 0; git push origin :sec/6
    """, "never deleted"),
  Push(
    "a push by force that leaves a baseline on no branch",
    "action 2; tag 6; git push -q origin main sec/6; git commit -q --amend -m x; git push -f origin main",
    "no branch has the commit of the baseline 'sec/6' [gate/lost-baseline]"),
  Push(
    "the end of the only branch that has a baseline",
    """
    git checkout -q -b topic; action 2; tag 6; git push -q origin topic sec/6 || exit 0
    git push origin :topic
    """, "no branch has the commit of the baseline 'sec/6' [gate/lost-baseline]"),
  Push(
    "a baseline of a decision that is not there",
    "tag 6; git cat-file tag sec/6 | sed s,SECP1/01,SECP9/01, | forge sec/6; git push origin sec/6",
    "the decision 'SECP9/01' is of no meeting"),
  Push(
    "a baseline without the decision that its kind demands",
    "tag 6; git cat-file tag sec/6 | sed '/^Decision: /d' | forge sec/6; git push origin sec/6",
    "it names no decision, and its kind demands one"),
  Push(
    "a baseline of a meeting that is not there",
    """
    registrar baseline create panel/SECP1 --effective 2027-02-01 >/dev/null
    git cat-file tag panel/SECP1 | sed s,panel/SECP1,panel/foo, | forge panel/foo; git push origin panel/foo
    """, "names the meeting 'foo', which is not in 'meetings'"),
  Push(
    "a tag where the names of baselines begin", "git tag sec; git push origin refs/tags/sec",
    "leave no room for baselines 'sec/{version}'"),
  Push(
    "a tag below the name of a baseline", "git tag sec/6/x; git push origin sec/6/x",
    "leave no room for baselines 'sec/{version}'"),
  Push(
    "a tag where the names of withdrawals begin", "git tag withdrawn; git push origin withdrawn",
    "leave no room for withdrawals"),
  Push(
    "a reference where that of the signatures begins",
    "git push origin main:refs/notes/registrar",
    "leave no room for 'refs/notes/registrar/signatures'"
  ),
  Push(
    "a baseline in the way of which a tag stands",
    "git -C ../server.git tag sec main; tag 6; git push origin sec/6",
    "'refs/tags/sec' leaves no room for 'refs/tags/sec/6'"),
  Push(
    "a baseline with one signature for two roles",
    "both; by manager; tag 6 --sign; git push origin sec/6",
    "by 0 of the role 'chair', and takes 1: a signer counts for one role"),
  Push("an unsigned baseline", "roles; tag 6; git push origin sec/6", "it is not signed"),
  Push(
    "a baseline by the wrong role", "roles; by manager; tag 6 --sign; git push origin sec/6",
    "of the role 'chair'"),
  Push(
    "a baseline without its kind by the wrong role",
    """
    roles; by manager; tag 6; git cat-file tag sec/6 | sed '/^Kind: /d' | signed manager | forge sec/6
    git push origin sec/6
    """, "does not record it"),
  Push(
    "a withdrawal that is not signed",
    """
    roles; by chair; tag 6 --sign; git push -q origin sec/6 || exit 0
    registrar baseline withdraw sec/6 --decision SECP1/02 >/dev/null; git push origin withdrawn/sec/6
    """, "the withdrawal 'withdrawn/sec/6': it is not signed"),
  Push(
    "a withdrawal by the wrong role",
    """
    roles; by chair; tag 6 --sign; git push -q origin sec/6 || exit 0
    by manager; registrar baseline withdraw sec/6 --decision SECP1/02 --sign >/dev/null; git push origin withdrawn/sec/6
    """, "the withdrawal 'withdrawn/sec/6': it is signed by 0 of the role 'chair'"),
  Push(
    "a withdrawal by a decision that is not there",
    "tag 6; git push -q origin sec/6; registrar baseline withdraw sec/6 --decision SECP1/02 >/dev/null; git cat-file tag withdrawn/sec/6 | sed s,SECP1/02,SECP9/02, | forge withdrawn/sec/6; git push origin withdrawn/sec/6",
    "is of no meeting of the register"),
  Push(
    "a withdrawal of an object that is not the baseline",
    """
    tag 6; git push -q origin sec/6; a=$(git rev-parse sec/6)
    git cat-file tag sec/6 | sed 's/^tagger.*/tagger M <m@example.org> 1 +0000/' | forge sec/6
    registrar baseline withdraw sec/6 --decision SECP1/02 >/dev/null; git push origin withdrawn/sec/6
    """, "withdraws nothing"),
  Push(
    "signatures that are taken back",
    """
    by chair; tag 6; registrar baseline sign sec/6 >/dev/null; git push -q origin sec/6 $notes || exit 0
    git push origin $(empty):$notes
    """, "are gone"),
  Push(
    "signatures that are deleted",
    "by chair; tag 6; registrar baseline sign sec/6 >/dev/null; git push -q origin sec/6 $notes || exit 0; git push origin :$notes",
    "only grows"),
  Push(
    "a signature that is replaced by another",
    """
    by chair; tag 6; registrar baseline sign sec/6 >/dev/null; git push -q origin sec/6 $notes || exit 0
    by manager; git notes --ref registrar/signatures remove sec/6; registrar baseline sign sec/6 >/dev/null
    git push origin $notes
    """, "a signature of"),
  Push(
    "a note that is no signature",
    "tag 6; git notes --ref registrar/signatures add -m hello sec/6; git push origin sec/6 $notes",
    "is no signature"),
  Push(
    "a signature of somebody whom nobody allows",
    """
    roles; by chair; tag 6 --sign; git push -q origin sec/6 || exit 0
    by mallory; registrar baseline sign sec/6 >/dev/null; git push origin $notes
    """, "a signature that is added"),
  Push(
    "a second note on the object of a baseline, which hides the first from some",
    """
    by chair; tag 6; registrar baseline sign sec/6 >/dev/null; git push -q origin sec/6 $notes || exit 0
    o=$(git rev-parse sec/6); b=$(junk 0 1 | git hash-object -w --stdin)
    d=$(printf "100644 blob $b\\t$(echo $o | cut -c 3-)\\n" | git mktree)
    t=$( { git ls-tree $notes; printf "040000 tree $d\\t$(echo $o | cut -c 1-2)\\n"; } | git mktree)
    git push origin $(git commit-tree $t -p $notes -m x):$notes
    """, "is on an object that has another"),
  Push(
    "a reference that Git finds before the tag of a baseline", "git push origin main:refs/sec/6",
    "would be taken for the baseline"),
  Push(
    "a reference that Git finds before the tag of a withdrawal",
    "git push origin main:refs/withdrawn/sec/6", "would be taken for the baseline or withdrawal"),
  Push(
    "signatures of a baseline that the server has not got, to fill the room for others",
    "roles; by chair; tag 6 --sign; junk 0 64 | note sec/6; git push origin $notes",
    "which is no tag that this server has"),
  Push(
    "nor good ones before their baseline",
    "roles; by chair; tag 6; registrar baseline sign sec/6 >/dev/null; git push origin $notes",
    "Push the baseline first, or with them"),
  Push(
    "signatures of what is no tag",
    "roles; by chair; registrar baseline sign sec/6 2>/dev/null; junk 0 1 | note HEAD; git push origin $notes",
    "which is no tag that this server has"),
  Push(
    "armours with nothing in them",
    "roles; by chair; tag 6 --sign; git push -q origin sec/6 || exit 0; junk 0 1 | note sec/6; git push origin $notes",
    "its key is none of an allowed signer"),
  Push(
    "signatures of something else by a known key",
    """
    roles; by chair; tag 6 --sign; tag 7 --sign; git push -q origin sec/6 sec/7 || exit 0
    registrar baseline sign sec/7 >/dev/null; git notes --ref registrar/signatures show sec/7 | note sec/6; git push origin $notes
    """, "the tag is not what was signed"),
  Push(
    "copies of a good signature with other spaces",
    """
    roles; by chair; tag 6 --sign; git push -q origin sec/6 || exit 0
    registrar baseline sign sec/6 >/dev/null; { own; own | sed 's/^\\([A-Za-z0-9]\\)/\\1 /'; } > ../n; note sec/6 < ../n; git push origin $notes
    """, "one of them twice"),
])
func `baselines are no way around the gate`(_ push: Push) throws {
  try Push(push.what, keys + push.script, push.refusal).expect()
}

@Test(arguments: [
  Push("a baseline by the right role", "roles; by chair; tag 6 --sign; git push origin sec/6"),
  Push(
    "a baseline with a signature for each role, one of whose signers has both",
    "both; by chair; tag 6 --sign; by manager; registrar baseline sign sec/6 >/dev/null; git push origin sec/6 $notes"
  ),
  Push(
    "tags whose names are like those of baselines",
    "git tag se; git tag section; git tag my/sec/6; git tag withdrawn-6; git push origin --tags"),
  Push(
    "what stood in the way of a baseline is taken away with it",
    "git -C ../server.git tag sec main; tag 6; git push origin :refs/tags/sec sec/6"),
  Push(
    "a signature that is added in the push of the baseline counts",
    """
    roles; by manager; tag 6 --sign; by chair; registrar baseline sign sec/6 >/dev/null
    git push origin sec/6 $notes
    """),
  Push(
    "a withdrawal by the right role",
    """
    roles; by chair; tag 6 --sign; git push -q origin sec/6
    registrar baseline withdraw sec/6 --decision SECP1/02 --sign >/dev/null; git push origin withdrawn/sec/6
    """),
  Push(
    "another signature, of the same and of another baseline",
    """
    by chair; tag 6; registrar baseline sign sec/6 >/dev/null; git push -q origin sec/6 $notes
    by manager; registrar baseline sign sec/6 >/dev/null; git push -q origin $notes
    tag 7; registrar baseline sign sec/7 >/dev/null; git push origin sec/7 $notes
    """),
  Push(
    "a signature beside many that were none, from before the owner named signers",
    """
    tag 6; git push -q origin sec/6; junk 0 60 | note sec/6; git push -q origin $notes
    junk 0 120 | note sec/6; git push -q origin $notes || exit 1; roles; by chair; registrar baseline sign sec/6 >/dev/null
    git push origin $notes && registrar baseline verify sec/6 --signers $R/signers.yaml
    """),
  Push(
    "a signature that is there already adds nothing",
    """
    roles; by chair; tag 6 --sign; registrar baseline sign sec/6 >/dev/null; registrar baseline sign sec/6 >/dev/null
    git push origin sec/6 $notes
    """),
  Push(
    "a withdrawal in the push of its baseline",
    "tag 6; registrar baseline withdraw sec/6 --decision SECP1/02 >/dev/null; git push origin sec/6 withdrawn/sec/6"
  ),
  Push(
    "a branch is moved whose baseline another branch keeps",
    """
    git commit -q --allow-empty -m Two; tag 6; git push -q origin main main:topic sec/6
    git commit -q --amend --allow-empty -m x; git push -f origin main:topic
    """),
  Push(
    "a tag of one's own",
    "git tag mine; git tag -a -m x other mine; git push origin mine other; git push origin :mine"),
])
func `a baseline that is right passes the gate`(_ push: Push) throws {
  try Push(push.what, keys + push.script, push.refusal).expect()
}
