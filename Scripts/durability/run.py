#!/usr/bin/env python3
"""Runs the gates and prints the figure of each. Usage: run.py LEAKBOOK [GATE...]"""

import os
import sys
import time
import traceback

import copies
import damage
import faults
import flushes
import kills
import rules
from harness import Failed, Skipped

GATES = {**kills.GATES, **flushes.GATES, **faults.GATES, **copies.GATES, **damage.GATES,
         **rules.GATES}


def main():
    binary, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:] or list(GATES)
    failed = 0
    for name in wanted:
        start = time.monotonic()
        try:
            state, figure = "ok", GATES[name](binary)
        except Skipped as reason:
            state, figure = "SKIPPED", reason
        except Failed as reason:
            state, figure, failed = "FAILED", reason, failed + 1
        except Exception:  # pylint: disable=broad-except
            state, figure, failed = "FAILED", traceback.format_exc(), failed + 1
        print(f"{state:8}{name:18}{time.monotonic() - start:6.1f} s  {figure}", flush=True)
    sys.exit(1 if failed else 0)


main()
