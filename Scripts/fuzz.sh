#!/bin/sh
# Fuzz each parser for some seconds: Scripts/fuzz.sh SECONDS [TARGET...]
#
# Starts from Tests/Fixtures (also inflated) and Fuzz/Corpus. A finding stops the script and is left
# in Fuzz/.build/findings: name it for what it shows and put it under Fuzz/Corpus/TARGET, where the
# tests replay it. Prints the inputs per second of each target.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: Scripts/fuzz.sh SECONDS [TARGET...]}
shift
[ $# -gt 0 ] || set -- profile gzip-profile goroutines system gctrace exposition profile-text paste

# The crash backtracer may hang in a trapped fuzzer and hold the pipe.
export SWIFT_BACKTRACE=enable=no
# --sanitize=fuzzer links libFuzzer's main; of two such options the compiler follows only the last,
# so the instrumentation is asked for in one.
build="swift build --package-path Fuzz -c release --sanitize=fuzzer
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library"
$build >&2
fuzz=$($build --show-bin-path)/fuzz

seeds=Fuzz/.build/seeds
mkdir -p "$seeds" Fuzz/.build/findings
cp Tests/Fixtures/*.* "$seeds"
for file in Tests/Fixtures/*.gz; do gzip -dc "$file" >"$seeds/$(basename "$file" .gz)"; done

for target in "$@"; do
  found=Fuzz/.build/corpus/$target
  log=Fuzz/.build/$target.log
  mkdir -p "$found" "Fuzz/Corpus/$target"
  FUZZ_TARGET=$target "$fuzz" -max_total_time="$seconds" -timeout=5 -max_len=65536 \
    -rss_limit_mb=2048 -malloc_limit_mb=512 -artifact_prefix="Fuzz/.build/findings/$target-" \
    -print_final_stats=1 "$found" "$seeds" "Fuzz/Corpus/$target" 2>"$log" || {
    tail -40 "$log" >&2
    echo "$target: a finding, see Fuzz/.build/findings" >&2
    exit 1
  }
  if grep -q "no interesting inputs were found" "$log"; then
    echo "$target: nothing was fuzzed, the parsers are built without coverage counters" >&2
    exit 1
  fi
  awk -v target="$target" '
    /^stat::number_of_executed_units/ { inputs = $2 }
    /^stat::average_exec_per_sec/ { speed = $2 }
    /^stat::new_units_added/ { added = $2 }
    /^stat::peak_rss_mb/ { memory = $2 }
    END {
      printf "%s: %d inputs, %d a second, %d of them reached new code, peak %d MB, no finding\n",
        target, inputs, speed, added, memory
    }
  ' "$log"
done
