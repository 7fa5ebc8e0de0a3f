#!/usr/bin/env bash
# The main job on shipped captures: import past incidents, diagnose a new capture, log it, serve.
# LEAKBOOK: the binary. LEAKBOOK_DEMO_SECONDS: stop serving after so long (default: until Ctrl-C).
set -euo pipefail
cd "$(dirname "$0")/.."
export LEAKBOOK_DB="$PWD/.demo/leakbook.db"
mkdir -p .demo

step() { printf '\n$ leakbook %s\n' "$*"; }

step "import Examples/incidents"
"$LEAKBOOK" import Examples/incidents

step "diagnose Examples/capture"
"$LEAKBOOK" diagnose Examples/capture

if ! "$LEAKBOOK" list --json service:geo-enricher | grep -q '"INC-'; then
  step "log 'geocoder connections climb' --service geo-enricher Examples/capture"
  "$LEAKBOOK" log "geocoder connections climb" --service geo-enricher \
    --story "Established connections to the geocoder keep climbing, and goroutines with them." \
    Examples/capture
fi

port="${LEAKBOOK_PORT:-8080}"
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then port=0; fi
step "serve --port $port"
if [ -n "${LEAKBOOK_DEMO_SECONDS:-}" ]; then
  timeout --signal=TERM "$LEAKBOOK_DEMO_SECONDS" "$LEAKBOOK" serve --port "$port" || [ $? -eq 124 ]
else
  exec "$LEAKBOOK" serve --port "$port"
fi
