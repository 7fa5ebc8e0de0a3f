#!/usr/bin/env bash
# Has Prometheus' own linter read the metrics of a server: metrics.sh BINARY
# promtool comes with Debian's package prometheus; Scripts/setup.sh --tests installs it.
set -euo pipefail
command -v promtool >/dev/null || { echo "promtool is missing: Scripts/setup.sh --tests" >&2; exit 69; }
. "$(dirname "$0")/serving.sh"
serve "$(realpath "$1")"
curl -s "$url/api/v1/incidents" -H 'content-type: application/json' \
  -d '{"title": "a", "service": "b"}' >/dev/null
curl -s "$url/nowhere" >/dev/null
head -c 100 /dev/zero | curl -s "$url/api/v1/diagnose" --data-binary @- >/dev/null
curl -s "$url/metrics" >"$folder/metrics"
promtool check metrics <"$folder/metrics"
echo "ok   promtool check metrics: $(grep -vc '^#' "$folder/metrics") samples, nothing to complain of"
