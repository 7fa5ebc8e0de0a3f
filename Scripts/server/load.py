#!/usr/bin/env python3
"""Measures a server on a base of many incidents: load.py BINARY [BARE] [INCIDENTS]

BARE is a program that answers every request with the bytes of a file: `BARE PORT FILE`. Both are
asked by wrk (Debian's package) with 64 connections, in turns; what counts is the ratio.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from served import Server, Verdict, quantile

verdict = Verdict()
bare = sys.argv[2] if len(sys.argv) > 2 else None
incidents = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000


def fill(server):
    """Makes the base: one incident over HTTP, the others as copies of its row with other words."""
    server.start()
    server.send("POST", "/api/v1/incidents", {"title": "relay 1 eats memory", "service": "relay"})
    server.stop()
    base = sqlite3.connect(server.database)
    with base:
        base.execute("INSERT OR IGNORE INTO service SELECT 'relay', NULL, 0, 0")
        base.executemany(
            "INSERT INTO incident SELECT ?, ?, service, status, severity, story, openedAt + ?,"
            " updatedAt, cause, fix, fixCommit, importedCase, labels FROM incident WHERE id = 1",
            ((n, f"relay {n} eats memory", n) for n in range(2, incidents + 1)))
        base.executemany(
            "INSERT INTO event (incident, at, author, kind, detail)"
            " VALUES (?, 1, 'load', 'opened', '')", ((n,) for n in range(2, incidents + 1)))
        base.executemany(
            "INSERT INTO incidentSearch (rowid, title, story, service, cause, culprit, frames,"
            " notes, fix) VALUES (?, ?, '', 'relay', '', '', '', '', '')",
            ((n, f"relay {n} eats memory w{n % 1000}") for n in range(2, incidents + 1)))
        base.execute("UPDATE counter SET last = ? WHERE name = 'incident'", (incidents,))
    base.close()
    server.start()


def wrk(url, seconds=8, script=None):
    command = ["wrk", "-t", "2", "-c", "64", "-d", str(seconds), "--latency"]
    text = subprocess.run(command + (["-s", script] if script else []) + [url], check=True,
                          capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    failed = re.search(r"Non-2xx[^\n]*", text)
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], failed and failed[0]


def compare(server, name, path, least):
    _, body, _ = server.ask("GET", path)
    rates, bare_rates, late, failures = [], [], 0, []
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        process = subprocess.Popen([bare, "18999", file.name]) if bare else None
        time.sleep(1)
        for _ in range(2):
            rate, p99, failed = wrk(f"http://127.0.0.1:{server.port}{path}")
            rates.append(rate)
            late = max(late, p99)
            if failed:
                failures.append(failed)
            if bare:
                bare_rates.append(wrk("http://127.0.0.1:18999/")[0])
        if process:
            process.kill()
            process.wait()
    rate = sum(rates) / len(rates)
    if bare:
        part = rate / (sum(bare_rates) / len(bare_rates))
        verdict.check(f"{name}: {rate:.0f} requests/s of {len(body)} bytes, of a bare route's",
                      f"{part:.0%}", f"{least:.0%}", part >= least)
    verdict.check(f"{name}: p99 of 64 connections", f"{late:.1f} ms", "20 ms", late <= 20)
    verdict.check(f"{name}: failures", failures or 0, 0, not failures)


def diagnose(server):
    folder = os.path.join(os.path.dirname(__file__), "../../Examples/capture")
    names = [n for n in sorted(os.listdir(folder)) if n != "case.json"]
    boundary, body = "x" * 30, b""
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
                     f'filename="{name}"\r\n\r\n').encode() + file.read() + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    kind = {"content-type": f"multipart/form-data; boundary={boundary}"}

    def ask():
        status, _, seconds = server.ask("POST", "/api/v1/diagnose", body, kind, timeout=60)
        return status, seconds * 1000

    times = [ask()[1] for _ in range(21)]
    verdict.check(f"diagnose {len(names)} captures, {len(body) / 1024:.0f} KiB: p50",
                  f"{quantile(times, 0.5):.0f} ms", "60 ms", quantile(times, 0.5) <= 60)
    parallel = []
    threads = [threading.Thread(target=lambda: parallel.append(ask())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = [time for status, time in parallel if status == 200]
    told = [status for status, _ in parallel]
    verdict.check("diagnose, 8 at once: slowest to fastest",
                  f"{max(done) / min(done):.1f}, {told.count(503)} told to come back",
                  "4 times", max(done) / min(done) <= 4)


with Server(sys.argv[1], "--rate", "0/0") as server:
    server.stop()
    fill(server)
    compare(server, "an incident", f"/api/v1/incidents/INC-{incidents // 2}", 0.5)
    compare(server, "a search", "/api/v1/search?q=w77", 0.2)
    diagnose(server)
sys.exit(not verdict.holds)
