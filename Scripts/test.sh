#!/usr/bin/env bash
# Runs the suites of tests one after the other on the release build that is already there.
#
#   Scripts/test.sh [SUITE...]   every folder of Tests, or only those named
#
# Each suite has a line with its seconds. What a suite printed is kept in .build/tests/SUITE.log,
# and shown when something failed. The last line sums up: N passed, N failed, N skipped. Ends with
# 1 if a test failed, or a suite had no tests or broke off.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Where tests find what they start and what they read; a setting from outside wins.
export SLUICE_BINARY="${SLUICE_BINARY:-$PWD/.build/release/sluice}"
export SLUICE_PYTHON="${SLUICE_PYTHON:-$PWD/.cache/python/bin/python}"
export SLUICE_MINILM="${SLUICE_MINILM:-$PWD/.cache/minilm/model}"

logs=.build/tests
# A suite that hangs is ended after as many seconds, and the tests are named that had not ended.
readonly limit=900
passed=0 failed=0 skipped=0
broken=()

# What a failed suite's reader wants: the faults with the lines below them, not the rest, and of a line
# that shows whole values its beginning.
show_faults() {
  awk '/^(◇|✔|➜)/ { shows = 0 } /^(✘|━)/ { shows = 1 } shows' "$1" | cut -c1-600
}

run_suite() {
  local suite=$1 log=$logs/$1.log status=0 counts begin tenths
  begin=$(date +%s%N)
  timeout --kill-after=10 "$limit" \
    swift test -c release --skip-build --disable-xctest --filter "^$suite\\." \
    >"$log" 2>&1 || status=$?
  counts=$(awk -f Scripts/sum-tests.awk "$log")
  local suite_passed=0 suite_failed=0 suite_skipped=0 result
  read -r suite_passed suite_failed suite_skipped <<<"${counts:-0 0 0}"
  if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
    result="HUNG for $limit s"
  elif [ -z "$counts" ]; then
    result="BROKE OFF with exit code $status"
  elif [ $((suite_passed + suite_failed + suite_skipped)) -eq 0 ]; then
    result="HAS NO TESTS"
  elif [ "$suite_failed" -gt 0 ]; then
    result=FAILED
  elif [ "$status" -ne 0 ]; then
    result="FAILED outside of a test, with exit code $status"
  else
    result=ok
  fi
  # A suite that went wrong without a failed test still shows in the sum.
  if [ "$result" != ok ] && [ "$suite_failed" -eq 0 ]; then suite_failed=1; fi
  passed=$((passed + suite_passed))
  failed=$((failed + suite_failed))
  skipped=$((skipped + suite_skipped))
  tenths=$((($(date +%s%N) - begin) / 100000000))
  printf '%-16s %4d passed %3d failed %3d skipped %6d.%d s  %s\n' "$suite" "$suite_passed" \
    "$suite_failed" "$suite_skipped" \
    $((tenths / 10)) $((tenths % 10)) "$result"
  grep -E '^➜ Test .* (skipped|was cancelled after )' "$log" | sed 's/^/    /' || true
  if [ "$result" != ok ]; then
    broken+=("$suite")
    if [[ $result == HUNG* ]]; then
      awk -f Scripts/unended-tests.awk "$log" | sed 's/^/    /'
    fi
    show_faults "$log" | sed 's/^/    /' || true
  fi
}

if [ $# -eq 0 ]; then
  for folder in Tests/*Tests; do set -- "$@" "$(basename "$folder")"; done
fi
mkdir -p "$logs"
for suite in "$@"; do run_suite "$suite"; done

if [ ${#broken[@]} -gt 0 ]; then echo "went wrong: ${broken[*]}; see $logs"; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
