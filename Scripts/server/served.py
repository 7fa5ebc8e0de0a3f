"""A leakbook server of its own for a script: a fresh database, a port, its memory."""

import contextlib
import http.client
import json
import os
import re
import resource
import subprocess
import tempfile
import time


class Server:
    """Runs `leakbook serve` on a database in a folder that goes with it."""

    def __init__(self, binary, *options, files=None):
        self.binary = binary
        self.options = options
        self.files = files
        self.folder = tempfile.TemporaryDirectory(prefix="leakbook-")
        self.database = os.path.join(self.folder.name, "leakbook.db")
        self.log = os.path.join(self.folder.name, "log")
        self.environment = dict(
            os.environ, LEAKBOOK_DB=self.database, SWIFT_BACKTRACE="enable=no", LANG="C"
        )

    def run(self, *arguments):
        """What a command of the same database prints."""
        command = [self.binary, *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def start(self, port=0):
        """Starts serving; returns the seconds until it answered."""

        def limit():
            if self.files:
                resource.setrlimit(resource.RLIMIT_NOFILE, (self.files, self.files))

        began = time.monotonic()
        with open(self.log, "ab") as log:
            start = log.tell()
            self.process = subprocess.Popen(
                [self.binary, "serve", "--port", str(port), *self.options],
                env=self.environment,
                stderr=log,
                preexec_fn=limit,
            )
        while True:
            with open(self.log, "rb") as log:
                log.seek(start)
                text = log.read().decode()
            ports = re.findall(r"http://[\d.]+:(\d+)", text)
            if "Ctrl-C" in text and len(ports) == 2:
                break
            if self.process.poll() is not None or time.monotonic() - began > 30:
                raise RuntimeError("the server does not start: " + text)
            time.sleep(0.005)
        self.port, self.health_port = map(int, ports)
        return time.monotonic() - began

    def stop(self):
        """Stops serving; returns the seconds that it took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait()
        return time.monotonic() - began

    def memory(self, field="VmRSS"):
        """Resident memory in MiB; `VmHWM` for the most there ever was."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(field + r":\s+(\d+)", status.read())[1]) / 1024

    def ask(self, method, path, body=None, headers=None, port=None, timeout=10):
        """One request; returns status, body and seconds."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            data = response.read()
        return response.status, data, time.monotonic() - began

    def send(self, method, path, value):
        """One request with JSON; returns what is answered, which must be a success."""
        status, data, _ = self.ask(
            method, path, json.dumps(value), {"content-type": "application/json"}
        )
        if status // 100 != 2:
            raise RuntimeError(f"{method} {path}: {status} {data[:300]}")
        return json.loads(data)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()


def quantile(values, part):
    """The value below which a part of them lies; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0


def raise_file_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Verdict:
    """Prints figures beside what is demanded of them, and remembers whether all hold."""

    def __init__(self):
        self.holds = True

    def check(self, name, value, demand, holds):
        self.holds &= bool(holds)
        print(f"{'ok  ' if holds else 'FAIL'} {name}: {value} (demanded: {demand})", flush=True)
