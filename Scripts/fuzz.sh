#!/usr/bin/env bash
# Runs every fuzz target for some seconds (default 60) from the seeds in Tests/Fixtures, and prints inputs per second.
# A finding ends the run with the input's path: put it into Tests/Fixtures/crashes, mend, commit both.
set -euo pipefail
cd "$(dirname "$0")/../Fuzz"
seconds=${1:-60}
export SWIFT_BACKTRACE=enable=no
swift build -c release --sanitize=fuzzer --sanitize=address --scratch-path .build-fuzz -Xswiftc -parse-as-library --quiet
binaries=$(swift build -c release --sanitize=fuzzer --sanitize=address --scratch-path .build-fuzz --show-bin-path)
seeds=../Tests/Fixtures
for target in Profile GzipProfile Goroutines System GCTrace Exposition Report; do
  corpus=.build-fuzz/corpus/$target
  mkdir -p "$corpus"
  log=.build-fuzz/$target.log
  if ! "$binaries/Fuzz$target" "$corpus" "$seeds" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
    -rss_limit_mb=2048 -malloc_limit_mb=512 -print_final_stats=1 -artifact_prefix=.build-fuzz/finding- >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "$target: a finding; see Fuzz/$log" >&2
    exit 1
  fi
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  echo "$target: $runs inputs in $seconds s, $((runs / seconds)) a second, no finding"
done
