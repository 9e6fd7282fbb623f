#!/usr/bin/env bash
# Everything that the project checks: format and lint, import rules, types, build, then all tests. Ends with a line 'N passed, N failed, N skipped'.
set -uo pipefail
cd "$(dirname "$0")/.."
. test/install-packages.sh

failed=0
step() {
  echo "== $1"
  shift
  if ! "$@"; then
    failed=$((failed + 1))
    echo "-- failed: $*"
  fi
}
step 'format, lint, import rules' npm run --silent lint
step 'types' npm run --silent types
step 'build' npm run --silent build
export AIRLOCK_BUILT=1
echo '== tests'
npx vitest run --reporter=default --reporter=json --outputFile.json=dist/test-results.json "$@"
node test/closing-line.mjs dist/test-results.json "$failed" "$?"
