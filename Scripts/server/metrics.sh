#!/usr/bin/env bash
# Has Prometheus' own linter read the metrics of a server: metrics.sh BINARY
# promtool comes with Debian's package prometheus; without it the check is left out, aloud.
set -euo pipefail
if ! command -v promtool >/dev/null; then
  echo "SKIP promtool check metrics: install the package prometheus" >&2
  exit 0
fi
binary=$(realpath "$1")
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
export LEAKBOOK_DB="$folder/leakbook.db" SWIFT_BACKTRACE=enable=no
"$binary" serve --port 0 2>"$folder/log" &
server=$!
until grep -q Ctrl-C "$folder/log"; do sleep 0.05; done
url=$(grep -o 'http://127.0.0.1:[0-9]*' "$folder/log" | head -1)
curl -s "$url/api/v1/incidents" -H 'content-type: application/json' \
  -d '{"title": "a", "service": "b"}' >/dev/null
curl -s "$url/nowhere" >/dev/null
head -c 100 /dev/zero | curl -s "$url/api/v1/diagnose" --data-binary @- >/dev/null
curl -s "$url/metrics" >"$folder/metrics"
promtool check metrics <"$folder/metrics"
echo "ok   promtool check metrics: $(grep -vc '^#' "$folder/metrics") samples, nothing to complain of"
