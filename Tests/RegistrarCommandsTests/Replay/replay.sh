#!/bin/sh
# Builds a repository whose commits replay the registers of this project in time: the versions of the
# SEC from October to December 2016, the Panel's meeting 39, and the TABASC's meetings 16 and 17, with
# a baseline at each. Usage: replay.sh PROJECT, in an empty repository.
#
# What a register says of a later time is left out at an earlier one: records that were raised later,
# updates that were given later, and the state that came with them.
set -eu
project=$1

# What did not change in this time, or of which the sources tell one state only.
frame() {
  cp -r "$project/schema" .
  mkdir -p registers/sec-versions
  for name in calendars sources \
    sec-documents.csv sec-subsections.csv document-families.yaml; do
    cp -r "$project/registers/$name" registers/
  done
  # The terms that a document of 2019 defines.
  sed '/^- id: Other /,/^    - {/d' "$project/registers/glossary.yaml" > registers/glossary.yaml
  # Releases are told by what meetings of other times said.
  sed '/^  runs_until: /d' "$project/registers/groups.yaml" > registers/groups.yaml
}

take() {
  for path in "$@"; do
    mkdir -p "registers/$(dirname "$path")"
    cp -r "$project/registers/$path" "registers/$(dirname "$path")/"
  done
}

# Takes an action as it stood after a meeting: later updates are gone, and the state is that of the
# last one that is left.
action() {
  meetings=$1 path=$2
  mkdir -p "registers/$(dirname "$path")"
  awk -v meetings="$meetings" '
    function flush() {
      if (item != "" && keep) { kept = kept item; if (state != "") status = state }
      if (item != "" && !keep && moved && !later) { later = 1; due = was }
      item = ""; keep = 0; state = ""; moved = 0; was = ""
    }
    /^updates:/ { inside = 1; next }
    inside && /^[^ ]/ { flush(); inside = 0 }
    inside && /^  - / { flush() }
    inside {
      item = item $0 "\n"
      if ($0 ~ /^  - meeting: /) { sub(/.*: /, ""); keep = index(" " meetings " ", " " $0 " ") > 0 }
      else if ($0 ~ /^    status: /) { sub(/.*: /, ""); state = $0 }
      else if ($0 ~ /^    due: /) moved = 1
      else if ($0 ~ /^    was: /) { sub(/.*due: /, ""); sub(/}/, ""); was = $0 }
      next
    }
    /^wording_variants:/ { skip = 1; next }
    skip && /^ / { next }
    { skip = 0 }
    /^status: / { print "status: @"; had = 1; next }
    { print }
    END {
      flush()
      if (later) print "@due " due
      print "@updates"; print kept; print "@status " (status == "" ? "open" : status)
    }
  ' "$project/registers/$path" | awk '
    /^@updates$/ { after = 1; next }
    /^@status / { state = $2; next }
    /^@due/ { later = 1; due = $2; next }
    after { updates = updates $0 "\n"; next }
    { lines[++n] = $0 }
    END {
      sub(/\n+$/, "\n", updates)
      for (i = 1; i <= n; i++) {
        if (lines[i] == "status: @") {
          print "status: " state
          if (updates ~ /[^\n]/) printf "updates:\n%s", updates
        } else if (later && lines[i] ~ /^due: /) { if (due != "") print "due: " due } else print lines[i]
      }
    }' > "registers/$path"
}

commit() {
  git add -A
  GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" git commit -q -m "$2" ${3:+-m "$3"}
}

baseline() {
  day=$1
  shift
  GIT_COMMITTER_DATE="$(date --utc --date="${day}T12:00:00Z" +%s) +0000" \
    registrar baseline create "$@" --no-sign
}

frame
take sec-versions/1.0.yaml sec-versions/2.0.yaml sec-versions/4.0.yaml sec-versions/4.2.yaml \
  sec-versions/4.16.yaml sec-versions/4.17.yaml
commit 2016-10-27 "SEC 4.17"
baseline 2016-10-27 sec/4.17 --effective 2016-10-27

sed '/^reported: /d' "$project/registers/sec-versions/5.0.yaml" > registers/sec-versions/5.0.yaml
commit 2016-11-08 "SEC 5.0"
baseline 2016-11-08 sec/5.0 --effective 2016-11-08 --cause "designation by the Secretary of State"

take meetings/SECP23.yaml meetings/SECP32.yaml meetings/SECP33.yaml meetings/SECP38.yaml \
  meetings/SECP39.yaml meetings/SECP40.yaml agenda/SECP39.yaml classifications markings.csv \
  parties.csv party-categories.yaml
for path in $(cd "$project/registers" && ls modifications/SECMP*.yaml); do
  case $path in *SECMP0016*|*SECMP0026*|*SECMP0034*) ;; *) take "$path" ;; esac
done
for path in $(cd "$project/registers" && ls actions/SECP/*.yaml); do action "SECP39" "$path"; done
commit 2016-12-09 "Panel meeting 39"
baseline 2016-12-09 panel/SECP39 --effective 2016-12-09 --decision SECP39

take sec-versions/5.2.yaml
commit 2016-12-21 "SEC 5.2"
baseline 2016-12-21 sec/5.2 --effective 2016-12-21 --cause "designation by the Secretary of State"

take meetings/TABASC09.yaml meetings/TABASC12.yaml meetings/TABASC13.yaml meetings/TABASC15.yaml \
  meetings/TABASC16.yaml meetings/TABASC17.yaml meetings/SECP42.yaml meetings/SECP43.yaml meetings/SECP44.yaml \
  meetings/TABASC18.yaml agenda/TABASC16.yaml
for path in $(cd "$project/registers" && ls actions/TABASC/TABASC09*.yaml actions/TABASC/TABASC1[356]*.yaml); do
  action "TABASC16" "$path"
done
commit 2017-03-16 "TABASC meeting 16"
baseline 2017-03-16 tabasc/TABASC16 --effective 2017-03-16 --decision TABASC16

take agenda/TABASC17.yaml impact/scale.csv risks/tabasc principles
for path in $(cd "$project/registers" && ls actions/TABASC/*.yaml); do
  action "TABASC16 TABASC17" "$path"
done
commit 2017-04-20 "TABASC meeting 17"
baseline 2017-04-20 tabasc/TABASC17 --effective 2017-04-20 --decision TABASC17
