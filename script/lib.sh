# What the scripts beside this file share: where things are, and how a missing system package is mended.
# Use: . "$(dirname "$0")/lib.sh"   (it changes to the repository's root)
# shellcheck shell=bash disable=SC2034

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
DATA_DIR=$(mkdir -p "${OS2PORTAL_DATA_DIR:-var}" && cd "${OS2PORTAL_DATA_DIR:-var}" && pwd)
export OS2PORTAL_DATA_DIR=$DATA_DIR

say() { printf '%s\n' "$@"; }
warn() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() {
  warn "$@"
  exit 1
}

# Checksum of the files given, names included.
fingerprint() { sha256sum -- "$@" | sha256sum | cut -c1-64; }

# Prints a Python that is new enough. A name on PATH may be a shim for a version that is not there, so each is asked.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return 0
    fi
  done
  die "Python 3.11 or newer is missing; install it (Debian: apt-get install python3 python3-venv)"
}

# Runs a command as root: directly, or through sudo where that asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# Installs Debian packages quietly; fails where there is no apt-get or no way to be root. The package list is only
# fetched anew when the one at hand does not do.
install_packages() {
  command -v apt-get >/dev/null || return 1
  as_root true || return 1
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
    -o DPkg::Lock::Timeout=300 "$@")
  say "Installing $* ..."
  as_root "${install[@]}" >/dev/null 2>&1 && return 0
  as_root apt-get update -qq -o DPkg::Lock::Timeout=300 >/dev/null 2>&1 || return 1
  as_root "${install[@]}" >/dev/null
}

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" && return 0
  done
  return 1
}
