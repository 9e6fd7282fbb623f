#!/usr/bin/env bash
# Everything that the project checks: format and lint, import rules, types, build, all tests, and the short form of the USB rig. Ends with a line
# 'N passed, N failed, N skipped'. With arguments: only the tests that vitest picks by them, and no rig.
set -uo pipefail
cd "$(dirname "$0")/.."
. test/install-packages.sh
install_packages chromium dosfstools mtools exfatprogs e2fsprogs p7zip-full xorriso genisoimage ntfs-3g desktop-file-utils appstream libglib2.0-bin

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
status=$?
# Not beside vitest: two processor cores are enough for one of them.
usb=()
if [ $# -eq 0 ]; then
  echo '== USB rig, short form'
  usb=(dist/test/usb.log)
  mkdir -p dist/test
  bash test/usb/short.sh 2>&1 | tee "${usb[0]}"
fi
node test/closing-line.mjs dist/test-results.json "$failed" "$status" "${usb[@]}"
