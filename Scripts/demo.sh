#!/usr/bin/env bash
# Builds the program and lets it tell the whole story; the last line says how that went.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

fail() {
  echo "demo: FAILED: $1"
  exit 1
}

Scripts/setup.sh || fail "something that it needs is missing; see above"
swift build -c release --product sluice || fail "the program does not build"
begin=$SECONDS
.build/release/sluice demo "$@" || fail "a step did not do what it says; exit code $?"
echo "demo: every step did what it says, in $((SECONDS - begin)) s"
