# What the scripts of this folder share. Each imposes a machine that nobody develops on, runs a stated part of
# the project there, and exits with 0 only if all of it went well. They run as root on Debian, and leave nothing.
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
machine=$(mktemp -d "${MACHINES:-${TMPDIR:-/tmp}}/poolproof-machine-XXXXXX")
failed=0

leave() {
  local code=$?
  rm -rf "$machine"
  if [ "$code" -eq 0 ] && [ "$failed" -eq 0 ]; then echo "=== all went well"; else exit 1; fi
}
trap leave EXIT

# step NAME COMMAND...: one step, timed; what fails is counted, and the rest still runs.
step() {
  local name=$1 started=$SECONDS code=0
  shift
  printf '=== %s\n' "$name"
  "$@" </dev/null || code=$?
  printf '=== %s: %s in %d s\n' "$name" "$([ "$code" -eq 0 ] && echo ok || echo "FAILED ($code)")" $((SECONDS - started))
  [ "$code" -eq 0 ] || failed=$((failed + 1))
}

# fails_with TEXT COMMAND...: whether a command exits with 2 and says so, which is what is expected of bad input.
fails_with() {
  local text=$1 code=0 said
  shift
  said=$("$@" 2>&1) || code=$?
  if [ "$code" -eq 2 ] && grep -qF -- "$text" <<<"$said"; then return 0; fi
  printf 'expected exit code 2 and "%s", got %s:\n%s\n' "$text" "$code" "$said"
  return 1
}

# says TEXT COMMAND...: whether a command says so, however it ends.
says() {
  local text=$1 said
  shift
  said=$("$@" 2>&1) || true
  if grep -qF -- "$text" <<<"$said"; then return 0; fi
  printf 'expected "%s", got:\n%s\n' "$text" "$said"
  return 1
}

# clone FOLDER: the commit that is checked out, in a clone of its own.
clone() {
  git clone --quiet --no-hardlinks "file://$project" "$1"
}

# What npm and pip need to reach their registries, wherever these are: taken over from the caller.
registries() {
  env | grep -E '^(npm_config_|NPM_CONFIG_|PIP_|UV_|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY)' || true
}
