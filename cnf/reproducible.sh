#!/bin/sh
# Builds a copy of the checkout, at another place, time, time zone and locale, and compares: every jar and archive that the
# first build left in target/ must be byte-identical, and the build must have changed nothing outside target/.
# Run it after a build: 'mvn package' or './platform test'. Exit status 1 and one line for each difference.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
copy=$(mktemp -d "${TMPDIR:-/tmp}/platform-rebuild.XXXXXX")
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' HUP INT TERM

artifacts() {
    (cd "$1" && find . -path './*/*/target/*' -prune \( -name '*.jar' -o -name '*.tar.gz' \) -exec sha256sum {} + | sort -k 2)
}

cd "$root"
git ls-files -z --cached --others --exclude-standard --deduplicate >"$copy.list"
tar --create --null --files-from="$copy.list" --ignore-failed-read 2>/dev/null | tar --extract --directory="$copy"
rm -f "$copy.list"

cd "$copy"
git init --quiet . && git add --all
if ! TZ=Pacific/Kiritimati MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.language=tr" mvn --offline --quiet -T 1C -Dspotless.check.skip -Dcheckstyle.skip -DskipTests package >"$copy/.git/log" 2>&1; then
    cat "$copy/.git/log" >&2
    exit 1
fi

status=0
changed=$(git status --porcelain --ignored --untracked-files=all | grep -v -e '^A  ' -e ' \(.*/\)\{0,1\}target/') || true
if [ -n "$changed" ]; then
    echo "The build changed the checkout:" >&2
    echo "$changed" >&2
    status=1
fi

artifacts "$root" >"$copy/.git/first"
artifacts "$copy" >"$copy/.git/second"
different=$(diff "$copy/.git/first" "$copy/.git/second") || true
if [ -n "$different" ]; then
    echo "Two builds of one commit differ (< first, > second):" >&2
    echo "$different" >&2
    status=1
fi
[ "$status" -ne 0 ] || echo "Reproducible: $(wc -l <"$copy/.git/second") artifacts are byte-identical."
exit "$status"
