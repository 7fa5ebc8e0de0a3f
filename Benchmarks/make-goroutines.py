#!/usr/bin/env python3
"""Writes a debug=2 dump of N goroutines, the same bytes every time: make-goroutines.py N OUT

Forty distinct stacks of three to six frames, states and waits as a busy service has them, arguments and
addresses that differ from goroutine to goroutine."""
import sys

count, path = int(sys.argv[1]), sys.argv[2]
states = ["chan receive", "chan send", "select", "IO wait", "sync.Mutex.Lock", "sleep", "semacquire"]
with open(path, "w") as out:
    for n in range(count):
        kind = (n * 2654435761) % 40
        wait = n % 97
        state = states[kind % len(states)] + (f", {wait} minutes" if wait else "")
        out.write(f"goroutine {n + 1} [{state}]:\n")
        for depth in range(3 + kind % 4):
            out.write(f"main.(*worker{kind}).step{depth}(0xc{n:09x}, {{0xc{n * 8:09x}, 0x{depth}}})\n"
                      f"\t/srv/app/worker{kind}.go:{100 + depth} +0x{0x1d + depth:x}\n")
        out.write(f"created by main.(*pool).start in goroutine 1\n\t/srv/app/pool.go:{40 + kind} +0x85\n\n")
