# shellcheck shell=bash
# Read by scripts/test: brings the two programs that tests need and that are no Python packages. Where they cannot be brought it says
# what is missing; the tests that need them are then skipped, or fail where CI is set.

brought_list=no

apt_install() { # PACKAGE…: through Debian's packages, where this machine has them and we may; 1 where not
  local as=()
  command -v apt-get >/dev/null 2>&1 || return 1
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true >/dev/null 2>&1 || return 1
    as=(sudo -n)
  fi
  say "installing $* from Debian's packages"
  local log
  log=$(mktemp)
  if [ "$brought_list" = no ]; then
    ${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 || cat "$log" >&2
    brought_list=yes
  fi
  if ! ${as[@]+"${as[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

first_of() { # NAME…: the path of the first of these programs that is there
  local name
  for name in "$@"; do command -v "$name" 2>/dev/null && return 0; done
  return 1
}

find_chromium() { first_of chromium chromium-browser google-chrome; }

bring_chromium() { # leaves its path in KBGEN_CHROMIUM
  if [ -n "${KBGEN_CHROMIUM:-}" ]; then
    [ -x "$KBGEN_CHROMIUM" ] || say "KBGEN_CHROMIUM names $KBGEN_CHROMIUM, which is no program"
    return 0
  fi
  local path
  path=$(find_chromium) || { apt_install chromium && path=$(find_chromium); } || {
    say "Chromium is missing, so the browser tests cannot run. Install it (Debian: apt-get install chromium), or name it in KBGEN_CHROMIUM."
    return 0
  }
  export KBGEN_CHROMIUM=$path
}

bring_node() {
  command -v node >/dev/null 2>&1 || apt_install nodejs ||
    say "Node.js is missing, so the tests of the search script cannot run. Install it (Debian: apt-get install nodejs)."
}
