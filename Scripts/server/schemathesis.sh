#!/usr/bin/env bash
# Tests a server against the description of its API: schemathesis.sh BINARY [EXAMPLES [SEED]]
# Needs Python; installs schemathesis into .build/schemathesis (or $SCHEMATHESIS) when it is not there.
# The same seed asks the same; without one every run asks for something else.
set -euo pipefail
cd "$(dirname "$0")/../.."
binary=$(realpath "$1")
examples=${2:-25}
tools=${SCHEMATHESIS:-.build/schemathesis}
# Only a finished installation has the command.
[ -x "$tools/bin/schemathesis" ] || {
  python3 -m venv --clear "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check 'schemathesis==4.32.5'
}
. Scripts/server/serving.sh
token=$("$binary" token create schemathesis --scope admin 2>/dev/null)
"$binary" import Examples/incidents >/dev/null 2>&1
serve "$binary" --rate 0/0
PYTHONPATH=Scripts/server SCHEMATHESIS_HOOKS=schemathesis_hooks "$tools/bin/schemathesis" \
  --config-file Scripts/server/schemathesis.toml run Documentation/openapi.json --url "$url" \
  -H "Authorization: Bearer $token" --checks all --max-examples "$examples" --continue-on-failure \
  --generation-database none ${3:+--seed "$3"}
