"""Several processes at once, locks, permissions, time zones."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading
import time

from copies import Writers
from harness import Place, Server, Skipped, check, percentile


def together(binary):
    """A server with four clients and four shells that write one file."""
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        running, shells, errors = Server(place), [], []
        before = commits(place)

        def shell(name):
            for number in range(15):
                result = place.run("note", "INC-1", f"shell {name}-{number}")
                if result.returncode != 0:
                    errors.append(result.stderr)

        clients = Writers(running, 4)
        for name in range(4):
            shells.append(threading.Thread(target=shell, args=(name,)))
            shells[-1].start()
        for thread in shells:
            thread.join()
        time.sleep(2)
        clients.stop()
        running.end()
        written = commits(place) - before
        check(not errors, f"{len(errors)} commands failed: {errors[:1]}")
        check(written == len(clients.told) + 60, f"{written} kept of {len(clients.told) + 60}")
        place.do("db", "check")
    slow = percentile(clients.times, 0.99)
    check(slow <= 1, f"p99 of the server's commits is {slow:.1f} s")
    return (f"{written:,} commits of five processes: 0 lost, 0 refused; p99 of the server's "
            f"{slow * 1e3:.0f} ms")


def commits(place):
    return place.rows("SELECT count(*) FROM event WHERE kind = 'note'")[0][0]


def locked(binary):
    """Somebody holds the file: exit 75 after ten seconds and not before."""
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        with contextlib.closing(sqlite3.connect(place.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            start = time.monotonic()
            result = place.run("note", "INC-1", "late")
            waited = time.monotonic() - start
            reads = place.run("list")
            other.rollback()
        check(result.returncode == 75, f"exit {result.returncode}: {result.stderr}")
        check(9.5 <= waited <= 15, f"after {waited:.1f} s")
        check("locked by another process" in result.stderr, result.stderr)
        check(reads.returncode == 0, "reading waits, too")
        place.do("note", "INC-1", "in time")
    return f"exit 75 after {waited:.1f} s; reading went on"


def forbidden(binary):
    """A file that may not be written, and one that may not be read: exit 77."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        raise Skipped("only root can become somebody else")
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        program = place.folder / "leakbook"
        shutil.copy(binary, program)
        place.folder.chmod(0o755)
        place.binary = str(program)
        place.path.chmod(0o644)
        write = place.run("note", "INC-1", "x", prefix=nobody)
        check(write.returncode == 77, f"writing: exit {write.returncode}: {write.stderr}")
        place.path.chmod(0o600)
        read = place.run("list", prefix=nobody)
        check(read.returncode == 77, f"reading: exit {read.returncode}: {read.stderr}")
        below = place.run("log", "x", "--service", "s", prefix=nobody, db=place.folder / "new/l.db")
        check(below.returncode == 73, f"creating: exit {below.returncode}: {below.stderr}")
        place.do("db", "check")
    return "writing and reading without permission: exit 77; creating: 73"


def zones(binary):
    """The same JSON, byte for byte, in four zones; a bare local time is read as no other."""
    names = ("UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia")
    with Place(binary) as place:
        capture = os.path.join(os.path.dirname(__file__), "../../Examples/capture")
        place.do("log", "first", "--service", "relay", "--at", "2026-03-29T01:30:00Z", capture)
        answers = {}
        for name in names:
            environment = {**os.environ, "TZ": name, "LEAKBOOK_USER": "tester"}
            text = ""
            for words in (("show", "INC-1", "--json"), ("list", "--json"), ("list", "--json",
                          "since:2026-03-29"), ("search", "first", "--json"),
                          ("diagnose", capture, "--json")):
                command = place.command(*words) if words[0] != "diagnose" else [binary, *words]
                run = subprocess.run(command, capture_output=True, text=True, env=environment,
                                     check=False, timeout=60)
                check(run.returncode == 0, f"{words} in {name}: {run.stderr}")
                text += run.stdout
            answers[name] = text
        check(len(set(answers.values())) == 1, "the answers differ")
    return f"{len(names)} zones: byte-identical JSON of show, list, search and diagnose"


GATES = {"processes": together, "locked": locked, "permissions": forbidden, "time-zones": zones}
