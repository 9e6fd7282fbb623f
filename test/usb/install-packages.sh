# Sourced: the Debian packages that boot the guest. Installed where that is allowed (root on a Debian system), else named; the rig then says what is missing.
packages=(qemu-system-x86 busybox-static kmod xz-utils dosfstools mtools)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "== installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      echo "could not install: ${missing[*]}"
  else
    echo "not installed: ${missing[*]}; 'apt-get install ${missing[*]}' brings them"
  fi
fi
