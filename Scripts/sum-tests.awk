# Reads what Swift Testing printed and prints one line: PASSED FAILED SKIPPED, or nothing if the
# run did not come to its closing line. That line counts every test, skipped ones included; a test
# that was cancelled counts as skipped. "Test case" lines are the arguments of one test.
/^[^ ]+ Test run with [0-9]+ tests? / { total = $5; ended = 1; next }
/^[^ ]+ Test case / { next }
/^✘ Test .* failed after [0-9.]+ seconds/ { failed++ }
/^➜ Test .* (skipped|was cancelled after )/ { skipped++ }
END { if (ended) print total - failed - skipped, failed + 0, skipped + 0 }
