#!/usr/bin/env python3
"""Measures a server on a base of many incidents.

usage: load.py BINARY BASE [--bare PROGRAM] [--datasette PROGRAM] [--case FOLDER] [PART...]

BASE is a database as Benchmarks/make-base.py fills it; a copy is served. Parts: incident, search,
diagnose, alerts; all without any. BARE answers every request with the bytes of a file (`BareServer
PORT FILE`), DATASETTE is the command of that name; both are asked for the same by wrk (Debian's
package) with 64 connections, in turns with the server. What counts is the ratio.
"""

import argparse
import concurrent.futures
import contextlib
import http.client
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from served import Server, Verdict, quantile

verdict = Verdict()

# Asks for another incident, or another two words, each time; the same ones in every run.
SCRIPTS = {
    "incident": """
math.randomseed(7)
request = function()
  return wrk.format("GET", "/api/v1/incidents/INC-" .. math.random(1, %d))
end
""",
    "search": """
math.randomseed(7)
request = function()
  return wrk.format("GET", "/api/v1/search?q=w" .. math.random(0, 400) .. "x%%20memory")
end
""",
}


def wrk(url, seconds=6, script=None):
    """Requests a second, the time that 99 % of the answers stay below in ms, and failures."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script or "")
        file.flush()
        command = ["wrk", "-t", "2", "-c", "64", "-d", str(seconds), "--latency"]
        command += ["-s", file.name] if script else []
        text = subprocess.run(command + [url], check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    failed = re.search(r"Non-2xx[^\n]*", text)
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], failed and failed[0]


@contextlib.contextmanager
def program(command, port):
    """Runs a program until it listens, and ends it afterwards."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            try:
                connection.request("GET", "/")
                connection.getresponse()
                break
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        try:
            yield
        finally:
            process.kill()


def compare(server, options, part, path, script, least):
    """Asks server and bare route in turns, for the same again and again and then for others."""
    _, body, _ = server.ask("GET", path)
    url = f"http://127.0.0.1:{server.port}"
    with tempfile.NamedTemporaryFile() as file, contextlib.ExitStack() as stack:
        file.write(body)
        file.flush()
        if options.bare:
            stack.enter_context(program([options.bare, "18999", file.name], 18999))
        for name, address, lua in ((part, url + path, None), (part + ", another each time", url, script)):
            rates, bare, late = [], [], []
            for _ in range(2):
                rate, p99, failed = wrk(address, script=lua)
                rates.append(rate)
                late.append(p99)
                verdict.check(f"{name}: failures", failed or 0, 0, not failed)
                if options.bare:
                    bare.append(wrk("http://127.0.0.1:18999/")[0])
            rate = sum(rates) / len(rates)
            if bare:
                share = rate / (sum(bare) / len(bare))
                # Different bytes each time are no comparison with a route that returns the same.
                verdict.check(f"{name}: {rate:.0f} requests/s of {len(body)} bytes, of a bare route's",
                              f"{share:.0%}", f"{least:.0%}" if lua is None else "–",
                              lua is not None or share >= least)
            # Nor can 64 searches at once be faster than two processors make them one by one.
            is_bound = lua is not None and part == "search"
            verdict.check(f"{name}: p99 of 64 connections", f"{min(late):.1f} ms",
                          f"– (64 at this rate take {64e3 / rate:.0f} ms)" if is_bound else "20 ms",
                          is_bound or min(late) <= 20)
            yield name, rate


def datasette(options, rates):
    """The same from Datasette: the row, and its search with SQLite's FTS5 over the same columns."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "base.db")
        shutil.copy(options.base, path)
        base = sqlite3.connect(path)
        base.executescript("""
            CREATE VIRTUAL TABLE incident_fts USING fts5 (title, story, content=incident);
            INSERT INTO incident_fts (rowid, title, story) SELECT id, title, story FROM incident;
        """)
        base.close()
        with program([options.datasette, "serve", path, "-p", "18998"], 18998):
            for name, rate in rates.items():
                path = ("base/incident/5.json" if name.startswith("incident")
                        else "base/incident.json?_search=memory+w7x&_size=20&_nocount=1")
                peer, p99, failed = wrk(f"http://127.0.0.1:18998/{path}", 6)
                verdict.check(f"{name}: of Datasette's {peer:.1f} requests/s (p99 {p99:.0f} ms)",
                              f"{rate / max(peer, 0.1):.0f} times", "10 times",
                              rate >= 10 * peer and not failed)


def form(folder):
    """The captures of a folder as a browser sends them."""
    boundary, body = "x" * 30, b""
    names = [name for name in sorted(os.listdir(folder)) if name != "case.json"]
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
                     f'filename="{name}"\r\n\r\n').encode() + file.read() + b"\r\n"
    kind = {"content-type": f"multipart/form-data; boundary={boundary}"}
    return len(names), body + f"--{boundary}--\r\n".encode(), kind


def diagnose(server, folder):
    count, body, kind = form(folder)

    def ask(_=None):
        status, _, seconds = server.ask("POST", "/api/v1/diagnose", body, kind, timeout=60)
        return status, seconds * 1000

    times = [ask()[1] for _ in range(21)]
    verdict.check(f"diagnose {count} captures, {len(body) / 1024:.0f} KiB: p50",
                  f"{quantile(times, 0.5):.0f} ms", "60 ms", quantile(times, 0.5) <= 60)
    worst, refused = 0, 0
    for _ in range(5):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(8)))
        done = [time for status, time in answers if status == 200]
        refused += 8 - len(done)
        worst = max(worst, max(done))
    fair = 3 * 8 / (os.cpu_count() or 1) * quantile(times, 0.5)
    verdict.check("diagnose, 8 at once: the slowest of five rounds", f"{worst:.0f} ms",
                  f"{fair:.0f} ms, three times an even share", worst <= fair)
    verdict.check("diagnose, 8 at once: told to come back", refused, 0, refused == 0)


def incidents_of(server):
    """How many incidents there are, which are numbered from 1."""
    with contextlib.closing(sqlite3.connect(server.database)) as base:
        return base.execute("SELECT count(*) FROM incident").fetchone()[0]


def alerts(server):
    """500 alerts, each in a request of its own, from as many connections as Alertmanager keeps."""
    def alert(number):
        labels = {"alertname": "HighMemory", "service": f"alerting-{number % 20}",
                  "instance": f"pod-{number}", "severity": "critical"}
        return json.dumps({
            "version": "4", "groupKey": "{}:{alertname=\"HighMemory\"}", "status": "firing",
            "receiver": "leakbook", "groupLabels": {"alertname": "HighMemory"},
            "commonLabels": {}, "commonAnnotations": {}, "externalURL": "",
            "alerts": [{"status": "firing", "labels": labels, "annotations": {"summary": "memory"},
                        "startsAt": "2026-11-20T03:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
                        "generatorURL": "", "fingerprint": f"{number:016x}"}]})

    def send(numbers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        with contextlib.closing(connection):
            for number in numbers:
                connection.request("POST", "/api/v1/hooks/alertmanager", alert(number),
                                   {"content-type": "application/json"})
                response = connection.getresponse()
                response.read()
                yield response.status

    before = incidents_of(server)
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        answers = pool.map(lambda first: list(send(range(first, 500, 32))), range(32))
        statuses = [status for part in answers for status in part]
    seconds = time.monotonic() - began
    opened = incidents_of(server) - before
    verdict.check("500 alerts in 500 requests", f"{seconds:.2f} s", "1 s", seconds <= 1)
    verdict.check("500 alerts: all taken in", statuses.count(200), 500, statuses.count(200) == 500)
    verdict.check("500 alerts of 20 services: incidents", opened, 20, opened == 20)


def main():
    reader = argparse.ArgumentParser(usage=__doc__)
    reader.add_argument("binary")
    reader.add_argument("base")
    reader.add_argument("parts", nargs="*")
    reader.add_argument("--bare")
    reader.add_argument("--datasette")
    reader.add_argument("--case", default=os.path.join(
        os.path.dirname(__file__), "../../Examples/capture"))
    options = reader.parse_intermixed_args()
    parts = options.parts or ["incident", "search", "diagnose", "alerts"]
    with Server(options.binary, "--rate", "0/0") as server:
        server.stop()
        shutil.copy(options.base, server.database)
        server.start()
        rates = {}
        if "incident" in parts:
            script = SCRIPTS["incident"] % incidents_of(server)
            rates.update(compare(server, options, "incident", "/api/v1/incidents/INC-5", script, 0.5))
        if "search" in parts:
            script = SCRIPTS["search"].replace("%%", "%")
            rates.update(compare(
                server, options, "search", "/api/v1/search?q=w7x%20memory", script, 0.2))
        if "diagnose" in parts:
            diagnose(server, options.case)
        if "alerts" in parts:
            alerts(server)
    if options.datasette and rates:
        datasette(options, rates)
    sys.exit(not verdict.holds)


main()
