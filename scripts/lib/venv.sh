# shellcheck shell=bash
# Read by scripts/build, scripts/test and scripts/bench: finds Python and keeps .venv in step with the requirements files.
# Silent, but for a line when it has to install; when it fails it says what is missing and how to get it.
# The script that reads it has set root, the project's folder.
: "${root:=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}"

say() { printf 'kbgen: %s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 2
}

# A name may stand for a shim that cannot run (pyenv), so each candidate is tried, not only looked up.
find_python() {
  local candidate
  for candidate in "${KBGEN_PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python3.14; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return 0
    fi
  done
  return 1
}

# What the installed set depends on: the pins, the package's own description, and the folder (a moved .venv has wrong paths inside).
venv_digest() {
  "$1" - "$root" "${@:2}" <<'PY'
import hashlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
digest = hashlib.sha256(str(root).encode())
for name in ("pyproject.toml", *sys.argv[2:]):
    digest.update(name.encode() + b"\0" + (root / name).read_bytes())
print(digest.hexdigest())
PY
}

quietly() { # WHAT COMMAND…: runs it without a word, or shows all it said and stops
  local what=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "$what failed; what it said stands above. The network and the package registry have to be within reach for this step."
  fi
  rm -f "$log"
}

make_venv() {
  local python
  python=$(find_python) || fail "Python 3.11 or newer is missing. Install it (Debian: apt-get install python3 python3-venv), or name it in KBGEN_PYTHON."
  "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
    fail "$python cannot make virtual environments. Install that part of it (Debian: apt-get install python3-venv)."
  quietly "making .venv" "$python" -m venv --clear "$root/.venv"
}

# ensure_venv NAME FILE…: a .venv that holds everything of these requirements files, and kbgen itself. NAME tells the sets apart.
ensure_venv() {
  local name=$1 python="$root/.venv/bin/python" stamp digest file arguments=()
  stamp="$root/.venv/.kbgen-$name"
  shift
  if ! "$python" -c 'import pip' >/dev/null 2>&1 || { [ -f "$root/.venv/.kbgen-root" ] && [ "$(cat "$root/.venv/.kbgen-root")" != "$root" ]; }; then
    say "making .venv"
    make_venv
  fi
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail ".venv holds a Python older than 3.11. Remove the folder .venv and run this again."
  digest=$(venv_digest "$python" "$@")
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ]; then return 0; fi
  say "installing pinned packages into .venv (about a minute)"
  rm -f "$stamp"
  for file in "$@"; do arguments+=(-r "$root/$file"); done
  export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
  quietly "installing the pinned packages" "$python" -m pip install --quiet --require-hashes "${arguments[@]}"
  quietly "installing kbgen itself" "$python" -m pip install --quiet --no-deps --no-build-isolation -e "$root"
  printf '%s\n' "$root" >"$root/.venv/.kbgen-root"
  printf '%s\n' "$digest" >"$stamp"
}
