#!/usr/bin/env python3
"""Write a goroutine dump (debug=2), the same bytes for the same number.

make-dump.py COUNT OUT

Two to four calls a goroutine, 200 distinct stacks of which some are far more frequent, as in a
server; about 410 bytes a goroutine. Arguments and waits differ from goroutine to goroutine.
"""
import random
import sys

STATES = ["chan receive", "select", "IO wait", "chan send", "semacquire", "sleep", "sync.Mutex.Lock"]


def make_stack(r):
    """The calls of one stack: function and place."""
    return [
        (
            f"example.com/svc/pkg{r.randrange(30)}.(*Type{r.randrange(50)}).Method{r.randrange(200)}",
            f"/srv/app/pkg{r.randrange(30)}/file{r.randrange(40)}.go:{r.randrange(1, 900)}"
            f" +0x{r.randrange(1, 4000):x}",
        )
        for _ in range(r.randint(2, 4))
    ]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    count, r = int(sys.argv[1]), random.Random(1)
    stacks = [make_stack(r) for _ in range(200)]
    with open(sys.argv[2], "w") as out:
        for number in range(1, count + 1):
            minutes = r.randrange(300)
            wait = f", {minutes} minutes" if minutes else ""
            out.write(f"goroutine {number} [{STATES[number % 7]}{wait}]:\n")
            for function, place in stacks[int(r.random() ** 2 * 200)]:
                out.write(f"{function}(0xc{r.getrandbits(36):09x})\n\t{place}\n")
            out.write(
                f"created by example.com/svc/server.(*Server).Serve in goroutine {r.randrange(1, 9999)}\n"
                "\t/srv/app/server/server.go:3285 +0x4b4\n\n"
            )


if __name__ == "__main__":
    main()
