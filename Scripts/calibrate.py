#!/usr/bin/env python3
"""Show how well the confidence of `leakbook diagnose` keeps its word, and which sharpness fits best.

calibrate.py BIN FOLDER...

Each FOLDER holds cases (case.json with the known cause, beside the captures). Prints the reliability
diagram as a table (of the verdicts with a confidence from a to b, how many were right) and, for
factors on the present sharpness, the mean negative log-likelihood of the true cause. A factor's
probabilities are p^factor, normalised: what VerdictMaker.sharpness times the factor would give.
"""
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

UNSHOWN = {"README.md", "case.json"}


def diagnose(binary, case):
    """Returns the verdicts on a case as (cause, confidence), without its truth in sight."""
    with tempfile.TemporaryDirectory() as folder:
        evidence = pathlib.Path(folder, "evidence")
        evidence.mkdir()
        for item in case.iterdir():
            if item.name not in UNSHOWN:
                (shutil.copytree if item.is_dir() else shutil.copy)(item, evidence / item.name)
        run = subprocess.run(
            [binary, "diagnose", "--json", str(evidence)], capture_output=True, text=True, timeout=60
        )
    return [(verdict["cause"], verdict["confidence"]) for verdict in json.loads(run.stdout)["verdicts"]]


def judged(binary, folders):
    """Returns (true causes, verdicts) of each case that carries evidence."""
    cases = []
    for folder in folders:
        for path in sorted(pathlib.Path(folder).glob("*/case.json")):
            truth = json.loads(path.read_text())
            has_evidence = any(item.name not in UNSHOWN for item in path.parent.iterdir())
            if has_evidence and truth["cause"] != "other":
                wanted = {truth["cause"], *truth.get("also", [])}
                cases.append((wanted, diagnose(binary, path.parent)))
    return cases


def sharpened(verdicts, factor):
    rest = max(1e-3, 1 - sum(confidence for _, confidence in verdicts))
    raised = [max(confidence, 1e-4) ** factor for _, confidence in verdicts]
    total = sum(raised) + rest**factor
    return [value / total for value in raised]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    cases = judged(sys.argv[1], sys.argv[2:])
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
