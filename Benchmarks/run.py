#!/usr/bin/env python3
"""Measure the parsers beside google/pprof and print a Markdown table.

run.py --go GO [--runs 9] [--leakbook BIN] [--small PROFILE] PROFILE...

GO is a Go toolchain's command; its own vendored copy of google/pprof is what we are measured
against, so nothing is fetched. Each PROFILE is parsed and added up, flat and cumulative for every
function, by both; their sums must be equal. With --leakbook and --small, the whole commands
`leakbook top` and `go tool pprof -top` are compared on a small profile.

Every run is a process of its own, and the programs take turns, so that a machine whose speed drifts
favours none. Wall is what a user waits for; CPU is user and system time, which other work on the
machine changes less.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DUMP_SIZES = (100_000, 1_000_000)


def build_ours():
    """Builds the benchmark as releases are built; returns its path."""
    command = ["swift", "build", "--package-path", str(HERE), "-c", "release", "--static-swift-stdlib"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return subprocess.check_output(command + ["--show-bin-path"], text=True).strip() + "/benchmark"


def build_reference(go, folder):
    """Builds reference/main.go with the toolchain's copy of google/pprof; returns its path."""
    root = pathlib.Path(subprocess.check_output([go, "env", "GOROOT"], text=True).strip())
    shutil.copy(HERE / "reference" / "main.go", folder)
    shutil.copytree(root / "src/cmd/vendor/github.com/google/pprof/profile", folder / "pprof/profile")
    (folder / "pprof/go.mod").write_text("module github.com/google/pprof\n\ngo 1.22\n")
    (folder / "go.mod").write_text(
        "module reference\n\ngo 1.22\n\nrequire github.com/google/pprof v0.0.0\n\n"
        "replace github.com/google/pprof => ./pprof\n"
    )
    subprocess.run([go, "build", "-o", "reference", "."], cwd=folder, check=True)
    return str(folder / "reference")


def run(command, environment=None):
    """Runs a command; returns wall seconds, CPU seconds, peak MB and what it printed."""
    with tempfile.TemporaryFile() as out:
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdout=out, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"exit {process.returncode}: {' '.join(command)}")
        out.seek(0)
        text = out.read().decode()
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6, text


def compare(name, runs, contestants):
    """Runs the contestants in turn; prints a row for each, with its ratio to the first."""
    results = {label: [] for label, _, _ in contestants}
    for index in range(runs + 1):
        for label, command, environment in contestants:
            result = run(command, environment)
            if index > 0:  # the first round warms the file cache
                results[label].append(result)
    first = None
    for label, _, _ in contestants:
        walls, cpus, peaks, texts = zip(*results[label])
        wall, cpu = statistics.median(walls), statistics.median(cpus)
        first = first or (wall, cpu)
        print(
            f"| {name} | {label} | {min(walls):.3f} | {wall:.3f} | {cpu:.3f} | {max(peaks):.0f} "
            f"| {wall / first[0]:.1f} | {cpu / first[1]:.1f} |",
            flush=True,
        )
    return {label: rows[0][3] for label, rows in results.items()}


def compare_profiles(profiles, runs, ours, reference):
    for profile in profiles:
        texts = compare(
            f"parse and top, {pathlib.Path(profile).name}",
            runs,
            [
                ("leakbook", [ours, "top", profile], None),
                ("google/pprof, one thread", [reference, profile], {"GOMAXPROCS": "1"}),
                ("google/pprof, all threads", [reference, profile], None),
            ],
        )
        sums = {tuple(text.strip().split("\t")[3:]) for text in texts.values()}
        if len(sums) != 1:
            sys.exit(f"{profile}: the sums differ")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--go", required=True)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--leakbook")
    parser.add_argument("--small")
    parser.add_argument("profiles", nargs="+")
    options = parser.parse_args()
    ours = build_ours()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        reference = build_reference(options.go, folder)
        load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
        print(f"{options.runs} runs each, {os.cpu_count()} processors, load before {load}\n")
        print("| what | program | wall min s | wall median s | CPU median s | peak MB | wall × | CPU × |")
        print("|---|---|---|---|---|---|---|---|")
        compare_profiles(options.profiles, options.runs, ours, reference)
        for size in DUMP_SIZES:
            dump = str(folder / "dump.txt")
            subprocess.run([str(HERE / "make-dump.py"), str(size), dump], check=True)
            megabytes = os.path.getsize(dump) / 1e6
            name = f"goroutine dump, {size:,} goroutines, {megabytes:.0f} MB"
            compare(name, options.runs, [("leakbook", [ours, "goroutines", dump], None)])
        if options.leakbook and options.small:
            compare(
                f"whole command, {pathlib.Path(options.small).name}",
                options.runs,
                [
                    ("leakbook top", [options.leakbook, "top", options.small], None),
                    ("go tool pprof -top", [options.go, "tool", "pprof", "-top", options.small], None),
                ],
            )


if __name__ == "__main__":
    main()
