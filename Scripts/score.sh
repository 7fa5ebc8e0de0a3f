#!/usr/bin/env bash
# Measures the diagnosis on labelled captures, whole and with evidence withheld, as Markdown.
# Usage: Scripts/score.sh BINARY CASES   (CASES holds the cases, with score.py in it or beside it)
set -euo pipefail
binary=$1
cases=${2%/}
scorer="$cases/score.py"
[ -f "$scorer" ] || scorer="$(dirname "$cases")/lab/score.py"

row() {
  local name=$1; shift
  local line
  line=$(python3 "$scorer" "$binary" "$cases" "$@" | tail -n 1)
  field() { sed -E "s/(^|.* )$1=([^ ]+).*/\2/" <<<"$line"; }
  echo "| $name | $(field n) | $(field top1) | $(field family) | $(field top3) | $(field macroF1) |" \
    "$(field culprit) | $(field healthy-called-sick) | $(field wrong-at-0.8) | $(field ECE) |" \
    "$(field unknown) | $(field median) |"
}

echo "| evidence | cases | right first | right family | in first three | macro-F1 | culprit | healthy called sick | wrong at ≥ 0.8 | ECE | unknown | median |"
echo "|---|---|---|---|---|---|---|---|---|---|---|---|"
row "everything"
row "heap profiles only" --only heap
row "goroutines only" --only goroutine
row "samples only" --only samples
row "/proc, cgroup, kernel log only" --only system
