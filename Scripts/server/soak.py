#!/usr/bin/env python3
"""Keeps a server busy with everything at once and has leakbook judge its memory.

usage: soak.py BINARY [SECONDS] [KEEP]

For SECONDS (300 without) clients read, search, page through a series, ask in the chat, have captures
diagnosed, open incidents with evidence, note and resolve, hand in snapshots and alerts, send what is
refused, and hang up in the middle of answers. Meanwhile the server's memory, threads and files are
sampled each second into samples.jsonl (kept in the folder KEEP), which `leakbook diagnose` and
`leakbook forecast` are asked about.
"""

import contextlib
import http.client
import json
import os
import random
import re
import socket
import sys
import tempfile
import threading
import time

from served import Server, Verdict, quantile, raise_file_limit

EXAMPLES = os.path.join(os.path.dirname(__file__), "../../Examples/capture")
# What grows while the caches of the server and of SQLite fill is no leak.
WARM_UP = 0.4
# What is asked for stays the same, or answers would grow with the base: a series of an hour.
SERIES_BEGINS, SERIES = 1_795_000_000, 3_600


def capture(name):
    with open(os.path.join(EXAMPLES, name), "rb") as file:
        return file.read()


class Client(threading.Thread):
    """One of those who ask: does a thing by chance, again and again."""

    JSON = {"content-type": "application/json"}
    BYTES = {"content-type": "application/octet-stream"}

    def __init__(self, server, number, ended):
        super().__init__(daemon=True)
        self.server, self.ended = server, ended
        self.chance = random.Random(number)
        self.number, self.opened = number, []
        self.statuses, self.times = {}, []

    def run(self):
        work = [self.read] * 6 + [self.find] * 4 + [self.page] * 2 + [self.ask] * 2 + [
            self.snapshots, self.alert, self.open, self.note, self.resolve, self.diagnose,
            self.refused, self.hang_up]
        while not self.ended.is_set():
            try:
                self.chance.choice(work)()
            except (OSError, http.client.HTTPException):
                self.count(0)
            self.ended.wait(0.02)

    def count(self, status):
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def send(self, method, path, body=None, headers=None):
        if isinstance(body, (dict, list)):
            body, headers = json.dumps(body), self.JSON
        status, data, seconds = self.server.ask(method, path, body, headers, timeout=30)
        self.count(status)
        self.times.append(seconds)
        return status, data

    def incident(self):
        return self.chance.choice(self.opened) if self.opened else "INC-1"

    def read(self):
        self.send("GET", f"/api/v1/incidents/{self.incident()}", headers={"accept-encoding": "gzip"})

    def find(self):
        self.send("GET", self.chance.choice([
            "/api/v1/search?q=memory%20leak", "/api/v1/incidents?limit=20", "/api/v1/playbooks",
            "/api/v1/similar?text=goroutines%20grow", f"/api/v1/incidents/{self.incident()}/similar",
            "/api/v1/services/soak/forecast?instance=1", "/metrics"]))

    def page(self):
        self.send("GET", "/api/v1/services/soak/series?limit=5000",
                  headers={"accept": self.chance.choice(["text/csv", "application/x-ndjson"])})

    def ask(self):
        self.send("POST", "/api/v1/chat/generic", {"text": self.chance.choice([
            "search memory", "help", "similar relay OOMKilled", "手册 http-body-unclosed"])})

    def snapshots(self):
        begin = SERIES_BEGINS + self.chance.randrange(SERIES // 10) * 10
        self.send("POST", f"/api/v1/snapshots?service=soak&instance={self.number}", "".join(
            json.dumps({"t": begin + step, "VmRSS": 1e8 + self.chance.random() * 1e6,
                        "NumGoroutine": 40}) + "\n" for step in range(10)),
            {"content-type": "application/x-ndjson"})

    def alert(self):
        self.send("POST", "/api/v1/hooks/alertmanager", {
            "version": "4", "status": "firing", "groupKey": "g", "alerts": [{
                "status": "firing", "startsAt": "2026-11-20T03:00:00Z", "annotations": {},
                "labels": {"alertname": "HighMemory", "service": "soak"},
                "fingerprint": f"{self.number:016x}"}]})

    def open(self):
        if len(self.opened) >= 50:
            return
        status, data = self.send("POST", "/api/v1/incidents", {
            "title": f"soak {self.chance.random()}", "service": "soak", "story": "grows " * 50})
        if status == 201:
            self.opened.append(json.loads(data)["id"])
            self.send("POST", f"/api/v1/incidents/{self.opened[-1]}/evidence?name=h.pb.gz",
                      capture("heap.2.pb.gz"), self.BYTES)

    def note(self):
        # Of an incident of which nobody asks: an answer that grows with every note is no leak.
        self.send("POST", f"/api/v1/incidents/INC-{1 + self.chance.randrange(5)}/notes",
                  {"text": "seen again"})

    def resolve(self):
        path = f"/api/v1/incidents/{self.incident()}"
        self.send("PATCH", path, {"status": "resolved", "cause": "timer-leak", "fix": "stopped"})
        self.send("PATCH", path, {"status": "reopened"})

    def diagnose(self):
        self.send("POST", "/api/v1/diagnose?name=goroutine.pb.gz", capture("goroutine.2.pb.gz"),
                  self.BYTES)

    def refused(self):
        self.send("POST", "/api/v1/incidents", "{" * self.chance.randrange(1, 200), self.JSON)
        self.send("GET", f"/nowhere/{self.chance.random()}")
        self.send("POST", "/api/v1/diagnose", os.urandom(2_000), self.BYTES)

    def hang_up(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as connection:
            connection.sendall(b"GET /api/v1/services/soak/series?limit=10000 HTTP/1.1\r\n"
                               b"Host: localhost\r\n\r\n")
            connection.recv(100)


def sample(server):
    """A line of a samples file, with the names that procfs has."""
    with open(f"/proc/{server.process.pid}/status") as status:
        text = status.read()
    line = {"t": time.time()}
    for name in ("VmSize", "VmHWM", "VmRSS", "RssAnon", "RssFile", "RssShmem", "VmData", "VmSwap"):
        line[name] = int(re.search(name + r":\s+(\d+)", text)[1]) * 1024
    line["Threads"] = int(re.search(r"Threads:\s+(\d+)", text)[1])
    line["FDs"] = len(os.listdir(f"/proc/{server.process.pid}/fd"))
    return line


def slope(samples, name):
    """Of a straight line through the samples (Theil and Sen), in units an hour."""
    points = [(one["t"], one[name]) for one in samples[::max(1, len(samples) // 200)]]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for i, a in enumerate(points) for b in points[i + 1:]]
    return quantile(slopes, 0.5) * 3600


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    binary, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    raise_file_limit()
    verdict = Verdict()
    with contextlib.ExitStack() as stack:
        folder = sys.argv[3] if len(sys.argv) > 3 else stack.enter_context(
            tempfile.TemporaryDirectory())
        os.makedirs(folder, exist_ok=True)
        server = stack.enter_context(Server(binary, "--rate", "0/0"))
        for number in range(5):
            server.send("POST", "/api/v1/incidents", {"title": f"first {number}", "service": "soak"})
        ended = threading.Event()
        clients = [Client(server, number, ended) for number in range(8)]
        for client in clients:
            client.start()
        samples, began = [], time.monotonic()
        while time.monotonic() - began < seconds:
            samples.append(sample(server))
            time.sleep(max(0, began + len(samples) - time.monotonic()))
        ended.set()
        for client in clients:
            client.join()

        statuses, times = {}, [time for client in clients for time in client.times]
        for client in clients:
            for status, count in client.statuses.items():
                statuses[status] = statuses.get(status, 0) + count
        wrong = sum(count for status, count in statuses.items() if status in (0, 500, 503, 507))
        verdict.check(f"{len(times)} requests in {seconds} s, p99 "
                      f"{quantile(times, 0.99) * 1000:.0f} ms: faults, or told to come back", wrong,
                      "0.1 %", wrong <= len(times) / 1000)

        settled = samples[int(len(samples) * WARM_UP):]
        path = os.path.join(folder, "samples.jsonl")
        with open(path, "w") as file:
            file.writelines(json.dumps(one) + "\n" for one in settled)
        level = quantile([one["VmRSS"] for one in settled], 0.5)
        drift = slope(settled, "VmRSS") * (settled[-1]["t"] - settled[0]["t"]) / 3600
        verdict.check(f"memory after the warm-up, {level / 1e6:.0f} MB: trend over "
                      f"{len(settled)} s", f"{drift / 1e6:+.1f} MB", "3 % of it",
                      drift <= 0.03 * level)
        files = max(one["FDs"] for one in settled[-10:]) - max(one["FDs"] for one in settled[:10])
        verdict.check("files open at the end more than after the warm-up", files, 8, files <= 8)
        # Resident memory alone, without a Go runtime's figures, never singles a cause out.
        verdicts = json.loads(server.run("diagnose", "--json", folder))["verdicts"]
        named = [one for one in verdicts if one["cause"] != "unknown"]
        told = [f"{one['cause']}: {one['for'][0]['statement']}" for one in named if one["for"]]
        verdict.check("leakbook's own diagnosis of it, the first cause named",
                      told[0] if told else "none", "healthy",
                      bool(named) and named[0]["cause"] == "healthy")
        forecast = json.loads(server.run("forecast", "--json", "--column", "VmRSS", path))
        verdict.check("leakbook's own forecast of it", forecast["verdict"], "no leak",
                      forecast["verdict"] != "leak")
    sys.exit(not verdict.holds)


main()
