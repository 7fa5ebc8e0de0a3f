#!/usr/bin/env python3
"""Compare `leakbook top --json` with what a reference parser read from a folder of profiles.

check-profiles.py BIN FOLDER

FOLDER holds expected.json (file name -> fields, or "error") and the profiles in files/. Every field of
expected.json must be equal, lists in their order; a file with "error" must be refused with exit 65.
The last line says how many files agree; the exit code is 1 when any does not.
"""
import json
import pathlib
import subprocess
import sys


def disagreement(binary, path, expected):
    """Says how the program's answer on one file departs from what is expected; None when it agrees."""
    run = subprocess.run(
        [binary, "top", "--json", "--count", "10", str(path)], capture_output=True, text=True, timeout=60
    )
    if "error" in expected:
        return None if run.returncode == 65 else f"exit {run.returncode} where 65 is due"
    if run.returncode != 0:
        return f"exit {run.returncode}: {run.stderr.strip()}"
    answer = json.loads(run.stdout)
    for field, value in expected.items():
        if answer.get(field) != value:
            return f"{field}: {str(answer.get(field))[:200]} where {str(value)[:200]} is due"
    return None


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    expectations = json.loads((folder / "expected.json").read_text())
    failures = 0
    for name, expected in sorted(expectations.items()):
        reason = disagreement(binary, folder / "files" / name, expected)
        if reason:
            failures += 1
            print(f"{name}: {reason}")
    print(f"{len(expectations) - failures} of {len(expectations)} agree")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
