# Reads what Swift Testing printed and prints the tests that began and did not end, a line each.
function name(line) {
  sub(/^[^ ]+ Test /, "", line)
  sub(/ (started|passed|failed|skipped|was cancelled|recorded|with [0-9]+ test).*$/, "", line)
  return line
}
/^[^ ]+ Test run / || /^[^ ]+ Test case / { next }
/^◇ Test .* started\.$/ { began[name($0)] = 1 }
/^(✔|✘|➜|━) Test .* (passed|failed|was cancelled) after|^➜ Test .* skipped/ { delete began[name($0)] }
END { for (test in began) print "did not end: " test }
