#!/usr/bin/env bash
# Kills, starves, damages and copies databases under leakbook, and checks that nothing it
# acknowledged is ever lost. Usage: test-durability.sh LEAKBOOK [GATE...]
set -euo pipefail
gates="$(dirname "$0")/durability/run.py"
export SWIFT_BACKTRACE=enable=no PYTHONDONTWRITEBYTECODE=1

missing=()
command -v python3 >/dev/null || missing+=(python3)
command -v strace >/dev/null || missing+=(strace)
if [ ${#missing[@]} -ne 0 ]; then
  sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  install=("${sudo[@]}" apt-get install -y --no-install-recommends -qq "${missing[@]}")
  "${install[@]}" >/dev/null 2>&1 || { "${sudo[@]}" apt-get update -qq && "${install[@]}" >/dev/null; } ||
    { echo "leakbook: please install ${missing[*]} to test durability" >&2; exit 69; }
fi
exec python3 "$gates" "$@"
