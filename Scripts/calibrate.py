#!/usr/bin/env python3
"""Show what `leakbook diagnose` confuses, how well its confidence keeps its word, and which sharpness
fits best.

calibrate.py [--only heap|goroutine|samples|system] BIN FOLDER...

Each FOLDER holds cases (case.json with the known cause, beside the captures); --only withholds all
other captures. Prints which cause was taken for which, the reliability diagram as a table (of the
verdicts with a confidence from a to b, how many were right) and, for factors on the present sharpness, the mean negative log-likelihood of the true cause. A factor's
probabilities are p^factor, normalised: what VerdictMaker.sharpness times the factor would give.
"""
import collections
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

UNSHOWN = {"README.md", "case.json"}
KEPT = {
    "heap": ("heap.",),
    "goroutine": ("goroutine.",),
    "samples": ("samples.jsonl",),
    "system": ("proc.", "cgroup", "dmesg", "smaps"),
}


def captures(case, only):
    """Returns the captures of a case, or those of one kind."""
    items = [item for item in case.iterdir() if item.name not in UNSHOWN]
    return [item for item in items if not only or item.name.startswith(KEPT[only])]


def diagnose(binary, items):
    """Returns the verdicts on a case as (cause, confidence), without its truth in sight."""
    with tempfile.TemporaryDirectory() as folder:
        evidence = pathlib.Path(folder, "evidence")
        evidence.mkdir()
        for item in items:
            (shutil.copytree if item.is_dir() else shutil.copy)(item, evidence / item.name)
        run = subprocess.run(
            [binary, "diagnose", "--json", str(evidence)], capture_output=True, text=True, timeout=60
        )
    return [(verdict["cause"], verdict["confidence"]) for verdict in json.loads(run.stdout)["verdicts"]]


def judged(binary, folders, only):
    """Returns (true causes, the first of them first, and verdicts) of each case with evidence."""
    cases = []
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*/case.json")):
            truth = json.loads(path.read_text())
            items = captures(path.parent, only)
            if items and truth["cause"] != "other":
                wanted = [truth["cause"], *truth.get("also", [])]
                cases.append((wanted, diagnose(binary, items)))
    return cases


def sharpened(verdicts, factor):
    rest = max(1e-3, 1 - sum(confidence for _, confidence in verdicts))
    raised = [max(confidence, 1e-4) ** factor for _, confidence in verdicts]
    total = sum(raised) + rest**factor
    return [value / total for value in raised]


def main():
    arguments = sys.argv[1:]
    only = None
    if arguments[:1] == ["--only"] and len(arguments) > 1:
        only, arguments = arguments[1], arguments[2:]
    if len(arguments) < 2 or only not in {None, *KEPT}:
        sys.exit(__doc__)
    cases = judged(arguments[0], arguments[1:], only)
    confused = collections.Counter(
        (wanted[0], verdicts[0][0]) for wanted, verdicts in cases if verdicts[0][0] not in wanted
    )
    print("| cause | taken for | cases |\n|---|---|---|")
    for (cause, answer), count in sorted(confused.items()):
        print(f"| {cause} | {answer} | {count} |")
    print()
    print("| confidence | verdicts | right | share right |\n|---|---|---|---|")
    for low in range(10):
        rows = [
            verdicts[0][0] in wanted
            for wanted, verdicts in cases
            if verdicts[0][0] != "unknown" and min(9, int(verdicts[0][1] * 10)) == low
        ]
        if rows:
            share = sum(rows) / len(rows)
            print(f"| {low / 10:.1f} to {(low + 1) / 10:.1f} | {len(rows)} | {sum(rows)} | {share:.2f} |")
    print("\n| factor | negative log-likelihood |\n|---|---|")
    for factor in (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5):
        losses = [
            -math.log(
                max(1e-3, sum(p for (cause, _), p in zip(verdicts, sharpened(verdicts, factor)) if cause in wanted))
            )
            for wanted, verdicts in cases
        ]
        print(f"| {factor} | {sum(losses) / len(losses):.3f} |")


main()
