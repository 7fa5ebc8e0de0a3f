#!/usr/bin/env python3
"""Compares what leakbook recognises with Documentation/Recognition.tsv.

Usage: check-formats.py LEAKBOOK FOLDER...

Every file below the folders is given to `LEAKBOOK inspect --json`. The table names a pattern of its
path (folder name first), the formats expected, `-` for none, and the reason where none are. The
first pattern that fits counts; a file that none fits is a failure.
"""

import fnmatch
import json
import os
import subprocess
import sys


def read_table(path):
    with open(path, encoding="utf-8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table if line.strip() and line[0] != "#"]
    return [(row[0], row[1]) for row in rows[1:]]


def files_below(folder):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield os.path.join(parent, name)


def inspected(binary, paths):
    formats = {}
    for start in range(0, len(paths), 200):
        part = paths[start:start + 200]
        run = subprocess.run(
            [binary, "inspect", "--json", *part], capture_output=True, text=True, check=False)
        # One object a file, in the order of the files.
        for path, line in zip(part, run.stdout.splitlines(), strict=True):
            formats[path] = [one["format"] for one in json.loads(line)["captures"]]
    return formats


def main():
    binary, folders = sys.argv[1], sys.argv[2:]
    here = os.path.dirname(os.path.abspath(__file__))
    table = read_table(os.path.join(here, "..", "Documentation", "Recognition.tsv"))
    wrong = 0
    checked = 0
    for folder in folders:
        base = os.path.dirname(os.path.abspath(folder.rstrip("/")))
        paths = [os.path.abspath(path) for path in files_below(folder)]
        found = inspected(binary, paths)
        for path in paths:
            name = os.path.relpath(path, base)
            expected = next((formats for pattern, formats in table
                             if fnmatch.fnmatch(name, pattern)), None)
            actual = "+".join(found.get(path, [])) or "-"
            checked += 1
            if actual != expected:
                wrong += 1
                print(f"{name}: expected {expected}, found {actual}")
    print(f"{checked} files, {wrong} not as the table says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
