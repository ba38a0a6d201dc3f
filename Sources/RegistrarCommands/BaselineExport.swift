import ArgumentParser
import Baselines
import Diagnostics
import Git
import Registry
import SourceText

struct BaselineExport: SessionCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a baseline as an archive for an auditor",
    discussion: """
      Its files, its manifest, its tag and signatures, and a script that verifies them with sha256sum \
      and ssh-keygen or gpg, without Git and without registrar. The same baseline always gives the \
      same bytes.
      """)

  @Argument(help: "The name of the baseline.")
  var name: String

  @Option(help: ArgumentHelp("Where to write it, as NAME.tar.gz.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("A file of allowed signers to put beside it.", valueName: "file"))
  var signers: String?

  mutating func run(in session: inout Session) async throws -> Outcome {
    let place = try Workplace(session)
    let repository = try place.openRepository()
    let baseline = try repository.baseline(named: name)
    let (manifest, tree) = try await session.manifest(of: baseline, place)
    guard manifest.digest.description == baseline["Manifest-SHA256"] else {
      throw Failure(
        "'\(name)' is not what was approved", hint: "Run: registrar baseline verify \(name)")
    }
    let folder = name.replacing("/", with: "-") + "/"
    var archive = Archive(time: Int(baseline.tag.time ?? 0))
    archive.add(folder + "README.txt", Array(readme.utf8))
    archive.add(folder + "SHA256SUMS", Array(sums(manifest).utf8))
    if let signers {
      let file = try session.text(ofFile: signers)
      archive.add(folder + "allowed_signers", Array(file.utf8))
    }
    for file in manifest.files {
      archive.add(folder + "files/" + file.path.string, try tree.bytes(of: file.path, limit: .max))
    }
    archive.add(folder + "manifest.json", manifest.bytes)
    for (number, text) in try CoSignatures(of: baseline.tag, in: repository).texts.enumerated() {
      archive.add(folder + "signatures/tag.\(number + 1).sig", Array(text.utf8))
    }
    if let signature = baseline.tag.signature {
      archive.add(folder + "signatures/payload.sig", Array(signature.utf8))
    }
    archive.add(folder + "tag", baseline.tag.bytes)
    archive.add(folder + "verify.sh", Array(Self.script.utf8), isProgram: true)
    try session.write(archive.bytes, to: output)
    session.output +=
      "wrote \(output): \(Count(manifest.files.count, "file")), \(Digest(of: archive.bytes))\n"
    return .clean
  }

  private func sums(_ manifest: Manifest) -> String {
    manifest.files.map { "\($0.digest)  files/\($0.path)\n" }.joined()
  }

  private var readme: String {
    """
    The baseline \(name)

    files/            every file that the baseline holds
    manifest.json     the list of them with digests, an in-toto Statement in canonical JSON
    tag               the tag object of Git, which records the digest of manifest.json
    signatures/       over the tag: payload.sig over what stands before the signature in it,
                      the others over all of it
    SHA256SUMS        the digests once more, for sha256sum
    verify.sh         verifies all of it, with sha256sum and ssh-keygen or gpg

    Run: sh verify.sh [SIGNER]
    Whose keys to trust is yours to know: put a file allowed_signers of your own beside the script.

    """
  }

  /// Leaves no trust in what only this archive says: every digest is compared with the manifest, and
  /// the manifest with the tag that is signed.
  private static let script = """
    #!/bin/sh
    # Verifies an exported baseline. Usage: sh verify.sh [SIGNER]
    set -eu
    cd "$(dirname "$0")"
    recorded=$(sed -n 's/^Manifest-SHA256: //p' tag)
    [ "$(sha256sum < manifest.json | cut -d ' ' -f 1)" = "$recorded" ] ||
      { echo "BAD: manifest.json is not what the tag records"; exit 1; }
    # In canonical JSON a subject is {"digest":{"sha256":"…"},"name":"…"}.
    sed 's/.*"subject":\\[//' manifest.json | sed 's/{"digest"/\\n&/g' |
      sed -n 's/^{"digest":{"sha256":"\\([0-9a-f]*\\)"},"name":"\\([^"]*\\)"}.*/\\1  files\\/\\2/p' |
      sort > listed
    sort SHA256SUMS | cmp -s - listed ||
      { rm listed; echo "BAD: SHA256SUMS is not what manifest.json lists"; exit 1; }
    find files -type f | sort > there
    cut -c 67- listed | sort | cmp -s - there ||
      { rm listed there; echo "BAD: there are files too many or too few"; exit 1; }
    sha256sum --quiet --check listed || { rm listed there; echo "BAD: a file differs"; exit 1; }
    rm there listed
    echo "good: $(wc -l < SHA256SUMS) files are what the tag records"
    sed '/^-----BEGIN /,$d' tag > payload
    for signature in signatures/*.sig; do
      [ -f "$signature" ] || continue
      case $signature in signatures/payload.sig) signed=payload ;; *) signed=tag ;; esac
      if grep -q 'BEGIN SSH' "$signature"; then
        signer=${1:-$(ssh-keygen -Y find-principals -f allowed_signers -s "$signature")}
        ssh-keygen -Y verify -n git -f allowed_signers -I "$signer" -s "$signature" < "$signed" ||
          { rm payload; echo "BAD: $signature"; exit 1; }
      else
        gpg --verify "$signature" "$signed" || { rm payload; echo "BAD: $signature"; exit 1; }
      fi
    done
    rm payload

    """
}

extension Session {
  /// Makes the manifest of a baseline again.
  mutating func manifest(
    of baseline: Baseline, _ place: Workplace
  ) async throws -> (Manifest, any SourceTree) {
    let tree = try place.tree(at: .revision(baseline.tag.target.description))
    let snapshot = try await snapshotToShow(tree)
    guard let kind = snapshot.catalogue.baselineKind(of: baseline.name) else {
      throw Failure(
        "the catalogue of \(tree.title) knows no kind of baseline for '\(baseline.name)'")
    }
    let manifest = try await Manifest(
      of: snapshot, in: tree, kind: kind, name: baseline.name, effective: baseline.effective ?? "",
      jobs: processorCount)
    return (manifest, tree)
  }
}
