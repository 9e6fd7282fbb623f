#!/usr/bin/env bash
# The short form of the USB tests for `npm test`, over what is built in dist/. Prints 'N passed, N failed, N skipped' as its last line.
set -uo pipefail
cd "$(dirname "$0")/../.."
. test/usb/install-packages.sh
. test/usb/bundle.sh
exec node dist/test/usb-rig.js "${1:-short}"
