#!/usr/bin/env python3
"""Attacks a server of its own and prints what became of it: attacks.py BINARY [NAME…]

Every attack runs against a fresh server with the settings that it is shipped with, on loopback, by
one process; figures are those of this machine as it is.
"""

import asyncio
import gzip
import io
import socket
import sys
import threading
import time

from served import Server, Verdict, quantile, raise_file_limit

verdict = Verdict()


class Probe(threading.Thread):
    """A client that behaves: asks ten times a second, on a connection of its own each time."""

    def __init__(self, server, path="/api/v1/causes", port=None, pause=0.1):
        super().__init__(daemon=True)
        self.server, self.path, self.port, self.pause = server, path, port, pause
        self.times, self.errors, self.ended = [], 0, threading.Event()
        self.start()

    def run(self):
        while not self.ended.is_set():
            try:
                status, _, seconds = self.server.ask("GET", self.path, port=self.port, timeout=5)
                self.times.append(seconds)
                self.errors += status != 200
            except OSError:
                self.errors += 1
            self.ended.wait(self.pause)

    def stop(self):
        self.ended.set()
        self.join()
        return quantile(self.times, 0.5) * 1000, quantile(self.times, 0.99) * 1000


def quiet(server):
    """The p99 of three seconds without an attack, of as many answers as an attack has."""
    probe = Probe(server, pause=0.01)
    time.sleep(3)
    return probe.stop()[1]


async def drip(port, first, more, count, seconds):
    """Opens connections that send a piece a second; returns when each was cut, in seconds."""
    began = time.monotonic()

    async def one():
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(first)
            closed = asyncio.create_task(reader.read())
            while time.monotonic() - began < seconds:
                done, _ = await asyncio.wait([closed], timeout=1)
                if done:
                    closed.exception()  # a reset is an end as good as any
                    break
                writer.write(more)
            cut = time.monotonic() - began
            writer.close()
            return cut
        except OSError:
            return time.monotonic() - began

    return await asyncio.gather(*(one() for _ in range(count)))


def dripping(name, first, more, limit):
    with Server(sys.argv[1]) as server:
        before = quiet(server)
        probe = Probe(server)
        cut = asyncio.run(drip(server.port, first, more, 1000, limit + 3))
        p50, p99 = probe.stop()
        # What else the machine does may have begun or ended meanwhile.
        allowed = max(50, 3 * before, 3 * quiet(server))
        verdict.check(f"{name}: the last of 1,000 is cut after", f"{max(cut):.1f} s", f"{limit} s",
                      max(cut) <= limit)
        verdict.check(f"{name}: errors of a client that behaves", probe.errors, 0,
                      probe.errors == 0)
        verdict.check(f"{name}: its p99", f"{p99:.0f} ms, p50 {p50:.0f} ms",
                      f"{allowed:.0f} ms, three times the quiet p99", p99 <= allowed)


def slowloris():
    dripping("slow headers", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: b\r\n", 35)


def slow_body():
    head = (b"POST /api/v1/incidents HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    dripping("slow body", head, b" ", 33)


def slow_reader():
    with Server(sys.argv[1]) as server:
        lines = "".join(
            '{"service":"big","t":%d,%s}\n' % (
                1_795_000_000 + index,
                ",".join(f'"{name}":{index}123456789' for name in
                         ("HeapAlloc", "HeapSys", "HeapInuse", "HeapIdle", "HeapReleased", "Sys",
                          "NextGC", "VmRSS", "VmSize", "VmHWM", "RssAnon", "RssFile", "Alloc",
                          "TotalAlloc", "Mallocs", "Frees", "StackInuse", "OtherSys")))
            for index in range(10_000))
        for start in range(0, 10_000, 2_000):
            part = "".join(lines.splitlines(True)[start:start + 2_000])
            server.ask("POST", "/api/v1/snapshots", part,
                       {"content-type": "application/x-ndjson"}, timeout=60)
        path = "/api/v1/services/big/series?limit=10000"
        _, answer, _ = server.ask("GET", path, timeout=60)
        before, sockets = server.memory(), []
        began = time.monotonic()
        for _ in range(200):
            client = socket.socket()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", server.port))
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            sockets.append(client)
        most = before
        # A minute each, and on a busy machine the last answer begins some seconds after the first.
        while time.monotonic() - began < 70:
            most = max(most, server.memory())
            time.sleep(0.5)
        open_still, served = 0, 0
        for client in sockets:
            client.setblocking(False)
            served += began_with(client, b"HTTP/1.1 200")
            open_still += is_open(client)
            client.close()
        verdict.check(f"slow readers: 200 of {len(answer) / 1e6:.1f} MB, memory grows by",
                      f"{most - before:.0f} MiB", "100 MiB", most - before <= 100)
        verdict.check("slow readers: given an answer and not told to come back", served, 200,
                      served == 200)
        verdict.check("slow readers: still being served after 70 s", open_still, 0, open_still == 0)


def began_with(client, text):
    """Whether an answer in the buffers begins with this."""
    try:
        return client.recv(len(text), socket.MSG_PEEK) == text
    except OSError:
        return False


def is_open(client):
    """Whether more than an answer in the buffers comes before the end."""
    total = 0
    try:
        while data := client.recv(1 << 20):
            total += len(data)
        return False
    except BlockingIOError:
        return total > 1 << 16
    except OSError:
        return False


def pipelining():
    with Server(sys.argv[1]) as server:
        request = b"GET /api/v1/causes HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2000
        probe = Probe(server, "/healthz", server.health_port)
        ended = time.monotonic() + 10

        def flood():
            while time.monotonic() < ended:
                with socket.socket() as client:
                    client.settimeout(5)
                    try:
                        client.connect(("127.0.0.1", server.port))
                        client.sendall(request)
                        client.recv(1)
                    except OSError:
                        pass

        threads = [threading.Thread(target=flood, daemon=True) for _ in range(100)]
        for thread in threads:
            thread.start()
        time.sleep(10)
        began = time.monotonic()
        server.ask("GET", "/api/v1/causes", timeout=30)
        back = time.monotonic() - began
        _, p99 = probe.stop()
        verdict.check("pipelining: health's p99 meanwhile", f"{p99:.0f} ms", "100 ms", p99 <= 100)
        verdict.check("pipelining: errors of health", probe.errors, 0, probe.errors == 0)
        verdict.check("pipelining: the API answers again after", f"{back:.2f} s", "2 s", back <= 2)
        for thread in threads:
            thread.join()


def connections():
    with Server(sys.argv[1], files=200) as server:
        held = []
        for _ in range(600):
            client = socket.socket()
            client.settimeout(2)
            try:
                client.connect(("127.0.0.1", server.port))
                held.append(client)
            except OSError:
                client.close()
        status, _, _ = server.ask("GET", "/healthz", port=server.health_port)
        for client in held:
            client.close()
        began = time.monotonic()
        while True:
            try:
                if server.ask("GET", "/api/v1/causes", timeout=1)[0] == 200:
                    break
            except OSError:
                pass
            if time.monotonic() - began > 10:
                break
        back = time.monotonic() - began
        with open(server.log) as log:
            lines = sum("too many connections" in line for line in log)
        verdict.check("600 connections, 200 files: health answers meanwhile", status, 200,
                      status == 200)
        verdict.check("600 connections: serves again after", f"{back:.2f} s", "1 s", back <= 1)
        verdict.check("600 connections: lines in the log", lines, 1, lines == 1)


def uploads():
    with Server(sys.argv[1]) as server:
        body = (b"\x00\x01nothing that anybody knows\xff" * 2_500_000)[:64 << 20]
        statuses = []

        def upload():
            try:
                status, _, _ = server.ask(
                    "POST", "/api/v1/diagnose", body,
                    {"content-type": "application/octet-stream"}, timeout=120)
            except OSError:
                status = 0
            statuses.append(status)

        threads = [threading.Thread(target=upload) for _ in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        counts = {status: statuses.count(status) for status in sorted(set(statuses))}
        most = server.memory("VmHWM")
        verdict.check("100 uploads of 64 MiB at once: most memory", f"{most:.0f} MiB", "700 MiB",
                      most <= 700)
        alive = server.ask("GET", "/healthz")[0] == 200
        verdict.check("100 uploads: answers (0: hung up on while sending)", counts,
                      "none but 422, 503, 0; the server lives", alive and set(counts) <= {422, 503, 0})


def bomb():
    with Server(sys.argv[1]) as server:
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
            for _ in range(2048):
                file.write(bytes(1 << 20))
        body = packed.getvalue()
        status, _, seconds = server.ask("POST", "/api/v1/diagnose", body, timeout=60)
        most = server.memory("VmHWM")
        verdict.check(f"bomb of {(2 << 30) // len(body)}:1: answer", status, "413 or 422",
                      status in (413, 422))
        verdict.check("bomb: stopped after", f"{seconds:.2f} s", "1.5 s", seconds <= 1.5)
        verdict.check("bomb: most memory", f"{most:.0f} MiB", "100 MiB", most <= 100)


def stopping():
    with Server(sys.argv[1]) as server:
        head = (b"POST /api/v1/incidents HTTP/1.1\r\nHost: localhost\r\n"
                b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        threading.Thread(
            target=lambda: asyncio.run(drip(server.port, head, b" ", 20, 15)), daemon=True).start()
        time.sleep(1)
        seconds = server.stop()
        verdict.check("SIGTERM while 20 clients drip: ended after", f"{seconds:.1f} s", "11 s",
                      seconds <= 11)


ATTACKS = {attack.__name__: attack for attack in (
    bomb, connections, pipelining, stopping, uploads, slowloris, slow_body, slow_reader)}

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    raise_file_limit()
    failed = []
    for chosen in sys.argv[2:] or ATTACKS:
        ATTACKS[chosen]()
        if not verdict.holds:
            print(f"{chosen} again, for the machine may have been busy with something else")
            verdict.holds = True
            ATTACKS[chosen]()
        failed += [] if verdict.holds else [chosen]
        verdict.holds = True
    sys.exit(f"failed twice: {', '.join(failed)}" if failed else 0)
