# Sourced: `install_packages PACKAGE…` installs the Debian packages that are missing where that is allowed (root on a Debian system), else names them: the
# tests that need them are then skipped and counted. A mirror that does not answer is given up after some minutes.
install_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed: ${missing[*]}; 'apt-get install ${missing[*]}' brings them; tests that need them are skipped and counted"
    return 0
  fi
  echo "== installing ${missing[*]}"
  local apt=(timeout 300 apt-get -qq -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2 -o Acquire::http::Timeout=30)
  export DEBIAN_FRONTEND=noninteractive
  if "${apt[@]}" update >/dev/null && "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null; then return 0; fi
  echo "could not install: ${missing[*]}; tests that need them are skipped and counted"
}
