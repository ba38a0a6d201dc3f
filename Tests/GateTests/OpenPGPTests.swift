import RegistrarTestSupport
import Testing

@Test
func
  `an OpenPGP signature is good for git and here, after the key's end too, and not when it was revoked`()
  throws
{
  let script = """
    set -e
    mkdir -m 700 keys
    trap 'gpgconf --kill all' EXIT
    gpg --batch --quiet --passphrase '' --quick-gen-key clerk@example.org ed25519 sign seconds=4 2>/dev/null
    registrar init desk && cd desk && git add . && git commit -q -m "First"
    git config user.signingkey clerk@example.org
    registrar baseline create release/1.0 --effective 2027-01-01 --sign
    git verify-tag release/1.0 2>/dev/null
    registrar baseline verify --require-signature
    git cat-file tag release/1.0 | sed 's/A Clerk/B Clerk/' > altered
    git update-ref refs/tags/release/1.0.altered "$(git hash-object -w -t tag --stdin < altered)"
    if registrar baseline verify release/1.0.altered; then exit 9; fi
    git update-ref -d refs/tags/release/1.0.altered
    sleep 4
    echo "after its end"
    registrar baseline verify release/1.0
    gpg --batch --quiet --passphrase '' --quick-gen-key second@example.org ed25519 sign never 2>/dev/null
    git config user.signingkey second@example.org
    registrar baseline create release/1.1 --effective 2027-02-01 --sign
    registrar baseline verify release/1.1
    key=$(gpg --list-keys --with-colons second@example.org | awk -F: '/^fpr/ { print $10; exit }')
    sed 's/^:---/---/' "$GNUPGHOME/openpgp-revocs.d/$key.rev" > revocation
    gpg --batch --import revocation
    gpg --batch --check-trustdb 2>/dev/null
    first=$(gpg --list-keys --with-colons clerk@example.org | awk -F: '/^fpr/ { print $10; exit }')
    sed 's/^:---/---/' "$GNUPGHOME/openpgp-revocs.d/$first.rev" > revocation
    gpg --batch --import revocation
    echo "revoked"
    if registrar baseline verify release/1.0; then exit 7; fi
    if registrar baseline verify release/1.1; then exit 8; fi
    """
  let (isGood, output) = try Desk().run(script)
  #expect(isGood, "\(output)")
  #expect(output.contains("signed by clerk@example.org"), "\(output)")
  #expect(output.contains("the tag is not what was signed"), "\(output)")
  #expect(output.contains("its key was revoked"), "\(output)")
}
