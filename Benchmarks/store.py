#!/usr/bin/env python3
"""Measure the store: snapshots in bulk, and single commands on a large base, each a cold process.

store.py LEAKBOOK [DATABASE ...] [--rows 200000] [--runs 30]

Bulk: the same samples go through the store and, a row a sample, through SQLite's C API, both as
durable as the store is (WAL, synchronous=FULL, 10,000 samples a transaction), in turns in one
process. Commands: on each base of make-base.py, `show` and `log` with a profile of 200 KB run again
and again, each in a new process on a warm page cache; what is logged stays in the base.
"""
import argparse
import gzip
import json
import os
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def bulk(folder, rows):
    """Runs the benchmark program, with ten and with all metrics."""
    command = ["swift", "build", "--package-path", str(HERE / "Store"), "-c", "release"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    program = subprocess.check_output([*command, "--show-bin-path"], text=True).strip()
    for metrics in (10, 45):
        place = folder / f"bulk-{metrics}"
        place.mkdir()
        text = subprocess.check_output(
            [program + "/store-benchmark", str(place), str(rows), str(metrics), "3"], text=True)
        one = json.loads(text)
        print(f"| {rows:,} samples of {metrics} metrics | {one['storeRowsPerSecond']:,.0f} a second | "
              f"{one['sqliteRowsPerSecond']:,.0f} a second | {100 * one['ratio']:.0f} % | "
              f"{one['storeBytes'] / rows:.0f} and {one['sqliteBytes'] / rows:.0f} bytes a sample |")


def profile(path, size):
    """Writes a heap profile of about so many bytes, gzipped, whose stacks are all different."""
    chance, strings, body = random.Random(2), {"": 0}, bytearray()

    def varint(value):
        out = bytearray()
        while value >= 0x80:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        out.append(value)
        return bytes(out)

    def field(number, value):
        if isinstance(value, int):
            return varint(number << 3) + varint(value)
        return varint(number << 3 | 2) + varint(len(value)) + value

    def text(value):
        return strings.setdefault(value, len(strings))

    for name, unit in (("alloc_objects", "count"), ("alloc_space", "bytes"),
                       ("inuse_objects", "count"), ("inuse_space", "bytes")):
        body += field(1, field(1, text(name)) + field(2, text(unit)))
    functions = 3_000
    for number in range(1, functions + 1):
        name = f"example.com/relay/internal/p{number % 97}.(*worker{number}).handle{chance.randrange(1000)}"
        body += field(5, field(1, number) + field(2, text(name)) + field(4, text(f"/src/p{number}.go")))
        body += field(4, field(1, number) + field(3, 0x400000 + number * 64)
                      + field(4, field(1, number) + field(2, chance.randrange(1, 900))))
    while len(gzip.compress(bytes(body), 1)) < size:
        for _ in range(500):
            stack = b"".join(varint(chance.randrange(1, functions)) for _ in range(24))
            values = b"".join(varint(chance.randrange(1 << 20)) for _ in range(4))
            body += field(2, field(1, stack) + field(2, values))
    for value in strings:
        body += field(6, value.encode())
    pathlib.Path(path).write_bytes(gzip.compress(bytes(body)))
    return os.path.getsize(path)


def cold(command, runs):
    """Runs a command again and again; answers milliseconds: median and 95th percentile."""
    times = []
    for number in range(runs):
        line = [word.replace("NUMBER", str(number)) for word in command]
        start = time.monotonic()
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
        times.append((time.monotonic() - start) * 1e3)
    times.sort()
    return statistics.median(times), times[int(0.95 * len(times))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("leakbook")
    parser.add_argument("databases", nargs="*")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    leakbook = os.path.abspath(options.leakbook)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        print("| snapshots in bulk | leakbook | C API | ratio | size |\n|---|---|---|---|---|")
        bulk(folder, options.rows)
        evidence = str(folder / "heap.pb.gz")
        size = profile(evidence, 200_000)
        print("\n| command, a new process | median | 95 % |\n|---|---|---|")
        print("| version (no database) | {:.0f} ms | {:.0f} ms |".format(
            *cold([leakbook, "version"], options.runs)))
        for path in options.databases:
            base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            (last,) = base.execute("SELECT max(id) FROM incident").fetchone()
            base.close()
            for title, command in (
                    ("show one", ["show", f"INC-{last // 2}", "--db", path]),
                    (f"log one with a profile of {size // 1000} KB",
                     ["log", "relay NUMBER grows", "--service", "relay", "--db", path, evidence])):
                middle, late = cold([leakbook, *command], options.runs)
                print(f"| {title}, of {last:,} incidents | {middle:.0f} ms | {late:.0f} ms |",
                      flush=True)


main()
