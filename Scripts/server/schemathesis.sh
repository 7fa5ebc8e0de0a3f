#!/usr/bin/env bash
# Tests a server against the description of its API: schemathesis.sh BINARY [EXAMPLES]
# Needs Python; installs schemathesis into .build/schemathesis (or $SCHEMATHESIS) when it is not there.
set -euo pipefail
cd "$(dirname "$0")/../.."
binary=$(realpath "$1")
examples=${2:-25}
tools=${SCHEMATHESIS:-.build/schemathesis}
[ -x "$tools/bin/schemathesis" ] || {
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet 'schemathesis==4.32.5'
}
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
export LEAKBOOK_DB="$folder/leakbook.db" SWIFT_BACKTRACE=enable=no
token=$("$binary" token create schemathesis --scope admin 2>/dev/null)
"$binary" import Examples/incidents >/dev/null 2>&1
"$binary" serve --port 0 --rate 0/0 2>"$folder/log" &
server=$!
until grep -q Ctrl-C "$folder/log"; do sleep 0.05; done
url=$(grep -o 'http://127.0.0.1:[0-9]*' "$folder/log" | head -1)
PYTHONPATH=Scripts/server SCHEMATHESIS_HOOKS=schemathesis_hooks "$tools/bin/schemathesis" \
  --config-file Scripts/server/schemathesis.toml run Documentation/openapi.json --url "$url" \
  -H "Authorization: Bearer $token" --checks all --max-examples "$examples" --continue-on-failure
