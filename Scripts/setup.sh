#!/usr/bin/env bash
# Installs the Debian packages that Sluice needs and that this machine lacks.
#
#   Scripts/setup.sh           what building and the demo need
#   Scripts/setup.sh --tests   also what the tests need
#
# A package is asked for only where what it brings is not there, however it came to be there, so a
# second run does nothing. Ends with 0 when everything is there, else with 1 and the list of what
# is missing. Swift itself is not installed: it says where to get it.
set -euo pipefail

readonly swift_major=6 swift_minor=2
missing=()

say() { printf 'setup: %s\n' "$*"; }

# need PACKAGE PROBE...: PACKAGE is missing unless the probe succeeds.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

header() { [ -e "/usr/include/$1" ] || compgen -G "/usr/include/*/$1"; }

library() { /sbin/ldconfig -p | grep -qF "$1 "; }

python_with_venv() { python3 -c 'import ensurepip, venv'; }

find_missing() {
  missing=()
  # What the Swift toolchain links and runs with.
  need binutils command -v ld.gold
  need libc6-dev header stdio.h
  need libstdc++-12-dev compgen -G '/usr/include/c++/*/vector'
  need libgcc-12-dev compgen -G '/usr/lib/gcc/*/*/crtbeginS.o'
  need libcurl4 library libcurl.so.4
  need libncurses6 library libncurses.so.6
  need libxml2 library libxml2.so.2
  need git command -v git
  need ca-certificates test -e /etc/ssl/certs/ca-certificates.crt
  need tzdata test -e /usr/share/zoneinfo/UTC
  # What Sluice's dependencies link: the ledger, and the HTTP client.
  need libsqlite3-dev header sqlite3.h
  need zlib1g-dev header zlib.h
  # Signing is ssh-keygen's.
  need openssh-client command -v ssh-keygen
  if [ "$for_tests" = yes ]; then
    # The clients that are tested against, and what sees which files a command waits for.
    need python3-venv python_with_venv
    need strace command -v strace
    need curl command -v curl
  fi
}

# Runs apt-get as root. `sudo` asks for a password only where somebody is there to type it.
apt() { "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet "$@"; }

become_root() {
  root=()
  if [ "$(id -u)" -eq 0 ]; then return 0; fi
  command -v sudo >/dev/null || return 1
  if ! [ -t 0 ]; then sudo -n true 2>/dev/null || return 1; fi
  root=(sudo)
}

install_missing() {
  if ! command -v apt-get >/dev/null; then
    say "missing: ${missing[*]} (names of Debian 12; this system has no apt-get, so install its own)"
    return 1
  fi
  if ! become_root; then
    say "missing: ${missing[*]}"
    say "as root, run: apt-get install ${missing[*]}"
    return 1
  fi
  say "installing ${missing[*]}"
  if ! apt install --no-install-recommends "${missing[@]}"; then
    say "trying again with fresh lists of packages"
    apt update && apt install --no-install-recommends "${missing[@]}"
  fi
}

check_swift() {
  local advice="get one for Debian 12 from https://www.swift.org/install/linux and put its usr/bin on the PATH"
  if ! command -v swift >/dev/null; then
    say "missing: swift $swift_major.$swift_minor or newer is not on the PATH; $advice"
    return 1
  fi
  local output
  if ! output=$(swift --version 2>&1); then
    printf '%s\n' "$output"
    say "swift is on the PATH ($(command -v swift)) but does not run"
    return 1
  fi
  if ! [[ $output =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]]; then
    say "swift --version does not say which version it is: $output"
    return 1
  fi
  local major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]}
  if ((major < swift_major || (major == swift_major && minor < swift_minor))); then
    say "swift is $major.$minor, but $swift_major.$swift_minor or newer is needed; $advice"
    return 1
  fi
  found_swift=$major.$minor
}

case "${1-}" in
  "") for_tests=no ;;
  --tests) for_tests=yes ;;
  *)
    say "unknown argument $1; the only one is --tests"
    exit 2
    ;;
esac

status=0
find_missing
if [ ${#missing[@]} -gt 0 ]; then
  install_missing || status=1
  find_missing
  if [ ${#missing[@]} -gt 0 ]; then
    [ "$status" -ne 0 ] || say "still missing after installing: ${missing[*]}"
    status=1
  fi
fi
check_swift || status=1
if [ "$status" -eq 0 ]; then say "everything is there (Swift $found_swift)"; fi
exit "$status"
