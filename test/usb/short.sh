#!/usr/bin/env bash
# The USB tests over what is built in dist/: the short form, which is part of `npm test`, or the suite that is named. Prints 'N passed, N failed, N skipped'
# as its last line.
set -uo pipefail
cd "$(dirname "$0")/../.."
. test/install-packages.sh
install_packages qemu-system-x86 busybox-static kmod xz-utils dosfstools mtools
. test/usb/bundle.sh
exec node dist/test/usb-rig.js "${1:-short}"
