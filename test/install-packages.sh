# Sourced: the Debian packages that the tests use. Installed where that is allowed (root on a Debian system), else named.
packages=(chromium dosfstools mtools exfatprogs e2fsprogs p7zip-full xorriso genisoimage ntfs-3g)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "== installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      echo "could not install: ${missing[*]}; tests that need them are skipped and counted"
  else
    echo "not installed: ${missing[*]}; 'apt-get install ${missing[*]}' brings them; tests that need them are skipped and counted"
  fi
fi
