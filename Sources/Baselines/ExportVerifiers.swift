extension Export {
  /// Verifies an export with the standard library of Python.
  ///
  /// It leaves no trust in what only the archive says: every digest is compared with the manifest, the manifest
  /// with the tag, and the tag with its signatures or with an id from elsewhere.
  static let pythonVerifier = #"""
    #!/usr/bin/env python3
    """Verifies an exported baseline. Usage: python3 verify.py [SIGNER | ID]

    SIGNER has to have signed it; ID is the tag's own id, as a repository that you trust has it.
    Ends with 0: good, or unsigned where nobody asks for a signature; 1: BAD; 2: cannot be judged;
    3: unsigned, with SIGNER or a file allowed_signers beside this one.
    """
    import hashlib, json, os, re, stat, subprocess, sys, tempfile, time

    here = os.path.dirname(os.path.abspath(__file__))
    SIGNERS = os.path.join(here, "allowed_signers")


    class Verdict(Exception):
        pass


    def end(status, words):
        raise Verdict(status, words)


    def say(words):
        print(re.sub(b"[^ -~]", b"?", words.encode("utf-8", "replace")).decode())


    def is_file(name):
        try:
            return stat.S_ISREG(os.lstat(os.path.join(here, *name.split("/"))).st_mode)
        except (OSError, ValueError):
            return False


    def require(name):
        if not is_file(name):
            end(1, "'%s' is missing, or no file" % name)


    def read(name):
        require(name)
        try:
            with open(os.path.join(here, *name.split("/")), "rb") as file:
                return file.read()
        except OSError as error:
            end(1, "%s: %s" % (name, error.strerror))


    def split(tag):
        """The tag without its signature, and the signature."""
        start, place = None, 0
        for line in tag.splitlines(keepends=True):
            if line.rstrip(b"\r\n") in (b"-----BEGIN PGP SIGNATURE-----", b"-----BEGIN SSH SIGNATURE-----",
                                       b"-----BEGIN SIGNED MESSAGE-----"):
                start = place
            place += len(line)
        return (tag, b"") if start is None else (tag[:start], tag[start:])


    def trailers(payload):
        found = {}
        for line in payload.rstrip(b"\n").split(b"\n\n")[-1].decode("utf-8", "replace").split("\n"):
            key, _, value = line.partition(": ")
            found.setdefault(key, []).append(value)
        return found


    def one(found, key):
        if len(found.get(key, [])) != 1:
            end(1, "the tag does not record '%s' once" % key)
        return found[key][0]


    def head(tag):
        lines = tag.split(b"\n\n")[0].decode("utf-8", "replace").split("\n")
        if [line.split(" ")[0] for line in lines] != ["object", "type", "tag", "tagger"]:
            end(1, "the head of the tag is not that of a tag")
        try:
            moment = int(lines[3].split(" ")[-2])
        except (IndexError, ValueError):
            moment = -1
        if not 0 <= moment <= 253402300799:
            end(1, "the tag does not say when it was made")
        return lines[0][7:], lines[2][4:], moment


    def check_files(manifest):
        listed = {}
        for subject in manifest["subject"]:
            if subject["name"] in listed:
                end(1, "manifest.json lists '%s' twice" % subject["name"])
            listed[subject["name"]] = subject["digest"]["sha256"]
        sums = "".join(sorted("%s  files/%s\n" % (listed[name], name) for name in listed))
        given = sorted(read("SHA256SUMS").decode("utf-8", "replace").splitlines(keepends=True))
        if sums != "".join(given):
            end(1, "SHA256SUMS is not what manifest.json lists")
        root, there = os.path.join(here, "files"), set()
        if os.path.islink(root):
            end(1, "there is a link or a device")
        for folder, folders, names in os.walk(root):
            for name in names + [name for name in folders if os.path.islink(os.path.join(folder, name))]:
                path = os.path.join(folder, name)
                if not stat.S_ISREG(os.lstat(path).st_mode):
                    end(1, "there is a link or a device")
                there.add(os.path.relpath(path, root).replace(os.sep, "/"))
        for name in sorted(there.symmetric_difference(listed)):
            end(1, "'files/%s' is %s" % (name, "one too many" if name in there else "missing"))
        for name in sorted(listed):
            if hashlib.sha256(read("files/" + name)).hexdigest() != listed[name]:
                end(1, "'files/%s' differs" % name)
        return len(listed)


    def run(words, text):
        try:
            done = subprocess.run(words, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except OSError:
            end(2, "cannot be judged: there is no program '%s' to verify a signature with" % words[0])
        return done.returncode, done.stdout.decode("utf-8", "replace")


    def ssh_signer(path, signed, moment):
        if not os.path.exists(SIGNERS):
            end(2, "cannot be judged: it is signed, and no file allowed_signers says whose keys count")
        at = ["-Overify-time=" + time.strftime("%Y%m%d%H%M%SZ", time.gmtime(moment))] if moment is not None else []
        status, found = run(["ssh-keygen", "-Y", "find-principals"] + at + ["-f", SIGNERS, "-s", path], b"")
        for principal in found.splitlines() if status == 0 else []:
            words = ["ssh-keygen", "-Y", "verify"] + at + ["-n", "git", "-f", SIGNERS, "-I", principal, "-s", path]
            if run(words, signed)[0] == 0:
                return {principal}
        return None


    def gpg_signer(path, signed, moment):
        _, found = run(["gpg", "--batch", "--status-fd=1", "--verify", path, "-"], signed)
        lines = [line.split(" ")[1:] for line in found.splitlines() if line.startswith("[GNUPG:] ")]
        words = {line[0]: line[1:] for line in reversed(lines)}
        if "NO_PUBKEY" in words:
            end(2, "cannot be judged: the key %s is not known here" % " ".join(words["NO_PUBKEY"]))
        if "VALIDSIG" not in words or {"KEYREVOKED", "REVKEYSIG", "BADSIG", "EXPSIG", "ERRSIG"} & set(words):
            return None
        made = int(words["VALIDSIG"][2])
        ended = [int(line[1]) for line in lines if line[0] == "KEYEXPIRED"]
        if any(end <= made for end in ended) or moment is not None and made < moment - 86400:
            return None
        return {words["VALIDSIG"][-1], " ".join(words.get("GOODSIG", words.get("EXPKEYSIG", [""]))[1:])}


    def names_of(signature, signed, moment, is_added=False):
        """The names of whoever signed; a key of SSH counts at the moment of the tag, for what was added today."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "signature")
            with open(path, "wb") as file:
                file.write(signature)
            if not signature.startswith(b"-----BEGIN SSH"):
                return gpg_signer(path, signed, moment)
            return ssh_signer(path, signed, None if is_added else moment)


    def had_counted(signature, signed, moment):
        """Whether it would be good, had it been made with the tag: nothing in an archive says when it was."""
        return signature.startswith(b"-----BEGIN SSH") and names_of(signature, signed, moment) is not None


    def check_withdrawal(own, moment, is_signed):
        if not is_file("withdrawal"):
            return
        payload, signature = split(read("withdrawal"))
        text = trailers(payload)
        if one(text, "Withdraws") != own:
            return
        if is_signed and not signature:
            say("a withdrawal that is not signed is in the archive")
        elif is_signed and names_of(signature, payload, head(payload)[2]) is None:
            say("a withdrawal whose signature is not good is in the archive")
        else:
            say("WITHDRAWN by the decision %s" % one(text, "Decision"))


    def main(wanted):
        for file in ("tag", "manifest.json", "SHA256SUMS"):
            require(file)
        tag = read("tag")
        payload, signature = split(tag)
        own = hashlib.sha1(b"tag %d\0" % len(tag) + tag).hexdigest()
        _, name, moment = head(payload)
        found = trailers(payload)
        if one(found, "Baseline") != name:
            end(1, "the tag is named '%s' and records '%s'" % (name, found["Baseline"][0]))
        say("%s, in force from %s" % (name, one(found, "Effective")))
        say("the tag's own id is %s: compare it with 'git rev-parse refs/tags/%s'" % (own, name))
        raw = read("manifest.json")
        if hashlib.sha256(raw).hexdigest() != one(found, "Manifest-SHA256"):
            end(1, "manifest.json is not what the tag records")
        manifest = json.loads(raw.decode("utf-8"))
        predicate = manifest["predicate"]
        if (predicate["baseline"], predicate["effective"]) != (name, one(found, "Effective")):
            end(1, "manifest.json is of another baseline")
        count = check_files(manifest)
        signers = []
        if signature:
            signers.append(names_of(signature, payload, moment))
            if signers[0] is None:
                end(1, "the signature of the tag is not good")
            say("signed by %s" % ", ".join(sorted(filter(None, signers[0]))))
        folder = os.path.join(here, "signatures")
        for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            file = "signatures/" + file
            if file[-4:] != ".sig" or not is_file(file):
                continue
            text = read(file)
            names = names_of(text, tag, moment, True)
            if names:
                signers.append(names)
                say("signed by %s" % ", ".join(sorted(filter(None, names))))
            elif had_counted(text, tag, moment):
                say("not counted: the key of %s has ended, and nothing here says that it signed before" % file)
            else:
                end(1, "the signature of %s is not good" % file)
        check_withdrawal(own, moment, bool(signers))
        kept = "%d files are what the tag records" % count
        if wanted == own:
            end(0, "good: %s, and it is the tag that you named" % kept)
        if not signers:
            say("NOT SIGNED: this proves only that the files fit each other and the tag.")
            end(3 if wanted or os.path.exists(SIGNERS) else 0, "unsigned: %s" % kept)
        if wanted and not any(wanted in names for names in signers):
            end(3, "unsigned by '%s': %s" % (wanted, kept))
        end(0, "good: %s" % kept)


    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
    except Verdict as verdict:
        status, words = verdict.args
        say("BAD: " + words if status == 1 else words)
        sys.exit(status)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        say("BAD: something is not in its form: %r" % error)
        sys.exit(1)

    """#

  /// Verifies an export with a POSIX shell, sha256sum, and ssh-keygen or gpg; says what the other one says.
  static let shellVerifier = #"""
    #!/bin/sh
    # Verifies an exported baseline. Usage: sh verify.sh [SIGNER | ID]
    # SIGNER has to have signed it; ID is the tag's own id, as a repository that you trust has it.
    # Ends with 0: good, or unsigned where nobody asks for a signature; 1: BAD; 2: cannot be judged;
    # 3: unsigned, with SIGNER or a file allowed_signers beside this one.
    set -u
    export LC_ALL=C
    wanted=${1:-}
    cd "$(dirname "$0")" || exit 2
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    # What the archive says steers no terminal.
    say() { printf '%s' "$*" | tr -c ' -~' '?'; echo; }
    bad() { say "BAD: $*"; exit 1; }
    unclear() { say "cannot be judged: $*"; exit 2; }
    is_file() { [ -f "$1" ] && [ ! -L "$1" ]; }
    if command -v sha256sum >/dev/null; then sum() { sha256sum | cut -d ' ' -f 1; }
    else sum() { shasum -a 256 | cut -d ' ' -f 1; }; fi
    if command -v sha1sum >/dev/null; then sum1() { sha1sum | cut -d ' ' -f 1; }
    else sum1() { shasum | cut -d ' ' -f 1; }; fi
    for file in tag manifest.json SHA256SUMS; do
      is_file "$file" || bad "'$file' is missing, or no file"
    done

    split() { # TAG PAYLOAD SIGNATURE: the tag, and its signature, the last armour in it
      start=$(grep -an -e '^-----BEGIN PGP SIGNATURE-----' -e '^-----BEGIN SSH SIGNATURE-----' \
        -e '^-----BEGIN SIGNED MESSAGE-----' "$1" | tail -n 1 | cut -d : -f 1)
      if [ -n "$start" ]; then
        head -n $((start - 1)) "$1" > "$2"; tail -n "+$start" "$1" > "$3"
      else
        cat "$1" > "$2"; : > "$3"
      fi
    }
    split tag "$work/payload" "$work/own"
    value() { # KEY: what the last paragraph says once
      awk 'BEGIN { RS = "" } { last = $0 } END { print last }' "$work/payload" | grep -a "^$1: " > "$work/lines"
      [ "$(wc -l < "$work/lines")" -eq 1 ] || return 1
      cut -d ' ' -f 2- "$work/lines"
    }
    heads=$(sed -n '/^$/q;s/ .*//p' tag | tr '\n' ' ')
    [ "$heads" = "object type tag tagger " ] || bad "the head of the tag is not that of a tag"
    own=$({ printf 'tag %s\0' "$(($(wc -c < tag)))"; cat tag; } | sum1)
    name=$(sed -n '3s/^tag //p' tag)
    moment=$(sed -n '4s/.* \([0-9][0-9]*\) [^ ]*$/\1/p' tag)
    [ -n "$moment" ] || bad "the tag does not say when it was made"
    effective=$(value Effective) || bad "the tag does not record 'Effective' once"
    baseline=$(value Baseline) || bad "the tag does not record 'Baseline' once"
    recorded=$(value Manifest-SHA256) || bad "the tag does not record 'Manifest-SHA256' once"
    [ "$baseline" = "$name" ] || bad "the tag is named '$name' and records '$baseline'"
    say "$name, in force from $effective"
    say "the tag's own id is $own: compare it with 'git rev-parse refs/tags/$name'"
    [ "$(sum < manifest.json)" = "$recorded" ] || bad "manifest.json is not what the tag records"
    grep -aqF "\"baseline\":\"$name\",\"effective\":\"$effective\"" manifest.json ||
      bad "manifest.json is of another baseline"

    # In canonical JSON a subject is {"digest":{"sha256":"…"},"name":"…"}.
    sed 's/.*"subject":\[//' manifest.json | awk '{ gsub(/[{]"digest"/, "\n&"); print }' |
      sed -n 's/^{"digest":{"sha256":"\([0-9a-f]*\)"},"name":"\([^"]*\)"}.*/\1  files\/\2/p' |
      sort > "$work/listed"
    sort SHA256SUMS | cmp -s - "$work/listed" || bad "SHA256SUMS is not what manifest.json lists"
    find files ! -type d ! -type f | grep -q . && bad "there is a link or a device"
    find files -type f | sort > "$work/there"
    cut -c 67- "$work/listed" | sort | cmp -s - "$work/there" || bad "there are files too many or too few"
    while IFS= read -r line; do
      file=$(printf '%s\n' "$line" | cut -c 67-)
      [ "$(sum < "$file")" = "$(printf '%s\n' "$line" | cut -c 1-64)" ] || bad "'$file' differs"
    done < "$work/listed" || exit $?

    day() { date -u -d "@$1" +%Y%m%d%H%M%SZ 2>/dev/null || date -u -r "$1" +%Y%m%d%H%M%SZ; }
    ssh_signer() { # SIGNATURE SIGNED [OPTION]
      ssh-keygen -Y find-principals ${3:-} -f allowed_signers -s "$1" > "$work/found" 2>/dev/null || return 1
      while IFS= read -r principal; do
        ssh-keygen -Y verify ${3:-} -n git -f allowed_signers -I "$principal" -s "$1" < "$2" >/dev/null 2>&1 &&
          { printf '%s\n' "$principal"; return 0; }
      done < "$work/found"
      return 1
    }
    names_of() { # SIGNATURE SIGNED MOMENT [added]: writes who signed into $work/who
      if grep -aq '^-----BEGIN SSH' "$1"; then
        command -v ssh-keygen >/dev/null || unclear "there is no program 'ssh-keygen' to verify a signature with"
        [ -f allowed_signers ] || unclear "it is signed, and no file allowed_signers says whose keys count"
        at="-Overify-time=$(day "$3")"
        if [ -n "${4:-}" ]; then at=; fi
        ssh_signer "$1" "$2" "$at" > "$work/who"
      else
        command -v gpg >/dev/null || unclear "there is no program 'gpg' to verify a signature with"
        gpg --batch --status-fd=1 --verify "$1" - < "$2" > "$work/status" 2>/dev/null
        grep -q '^\[GNUPG:\] NO_PUBKEY' "$work/status" && unclear "a key is not known here"
        grep -qE '^\[GNUPG:\] (KEYREVOKED|REVKEYSIG|BADSIG|EXPSIG|ERRSIG)' "$work/status" && return 1
        made=$(sed -n 's/^\[GNUPG:\] VALIDSIG [^ ]* [^ ]* \([0-9]*\) .*/\1/p' "$work/status" | head -n 1)
        [ -n "$made" ] || return 1
        for ended in $(sed -n 's/^\[GNUPG:\] KEYEXPIRED \([0-9]*\).*/\1/p' "$work/status"); do
          [ "$ended" -gt "$made" ] || return 1
        done
        [ "$made" -ge $(($3 - 86400)) ] || return 1
        { sed -n 's/^\[GNUPG:\] VALIDSIG .* //p' "$work/status"
          sed -nE 's/^\[GNUPG:\] (GOODSIG|EXPKEYSIG) [^ ]* //p' "$work/status"; } > "$work/who"
      fi
    }
    signed() {
      say "signed by $(paste -sd ' ' "$work/who")"
      cat "$work/who" >> "$work/signers"
    }
    : > "$work/signers"
    if [ -s "$work/own" ]; then
      names_of "$work/own" "$work/payload" "$moment" || bad "the signature of the tag is not good"
      signed
    fi
    for file in signatures/*.sig; do
      is_file "$file" || continue
      if names_of "$file" tag "$moment" added; then
        signed
      elif grep -aq '^-----BEGIN SSH' "$file" && names_of "$file" tag "$moment"; then
        say "not counted: the key of $file has ended, and nothing here says that it signed before"
      else
        bad "the signature of $file is not good"
      fi
    done
    if is_file withdrawal && [ "$(sed -n 's/^Withdraws: //p' withdrawal)" = "$own" ]; then
      split withdrawal "$work/withdrawal" "$work/withdrawing"
      when=$(sed -n '4s/^tagger .* \([0-9][0-9]*\) [^ ]*$/\1/p' withdrawal)
      if [ -s "$work/signers" ] && [ ! -s "$work/withdrawing" ]; then
        say "a withdrawal that is not signed is in the archive"
      elif [ -s "$work/signers" ] && ! names_of "$work/withdrawing" "$work/withdrawal" "${when:-0}"; then
        say "a withdrawal whose signature is not good is in the archive"
      else
        say "WITHDRAWN by the decision $(sed -n 's/^Decision: //p' withdrawal)"
      fi
    fi
    kept="$(($(wc -l < SHA256SUMS))) files are what the tag records"
    if [ "$wanted" = "$own" ]; then echo "good: $kept, and it is the tag that you named"; exit 0; fi
    if [ ! -s "$work/signers" ]; then
      echo "NOT SIGNED: this proves only that the files fit each other and the tag."
      echo "unsigned: $kept"
      if [ -n "$wanted" ] || [ -f allowed_signers ]; then exit 3; fi
      exit 0
    fi
    if [ -n "$wanted" ] && ! grep -qxF -e "$wanted" "$work/signers"; then
      say "unsigned by '$wanted': $kept"; exit 3
    fi
    echo "good: $kept"

    """#
}
