#!/bin/sh
# Makes sample-stick.img.gz out of the folder sample-stick, with mkfs.fat (dosfstools) and mtools. The result is the same each time.
set -eu
cd "$(dirname "$0")"
image=$(mktemp)
trap 'rm -f "$image"' EXIT
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1562000000 MTOOLS_SKIP_CHECK=1
truncate -s 4M "$image"
mkfs.fat --invariant -i 41495231 -n SAMPLE -F 12 -s 4 "$image" >/dev/null
find sample-stick -exec touch -d '2019-07-01 18:30:00 UTC' {} +
mcopy -i "$image" -s -m -Q sample-stick/* ::/
# A hidden file, as a computer leaves them behind.
printf 'left behind by a computer' | mcopy -i "$image" - ::/.DS_Store
mattrib -i "$image" +h ::/.DS_Store
gzip -9nc "$image" > sample-stick.img.gz
