"""What the gates share: a folder of its own, commands, a server, and a look into the file."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

ENVIRONMENT = {**os.environ, "LEAKBOOK_USER": "tester", "LANG": "C", "SWIFT_BACKTRACE": "enable=no"}


class Failed(Exception):
    """A gate's promise does not hold."""


class Skipped(Exception):
    """The machine does not let the gate run."""


def check(holds, message):
    if not holds:
        raise Failed(message)


class Place:
    """A folder with a database, and the program to use on it."""

    def __init__(self, binary, folder=None):
        self.binary = binary
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="leakbook-durability-"))
        self.path = self.folder / "leakbook.db"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words, db=None):
        return [self.binary, *words, "--db", str(db or self.path)]

    def run(self, *words, db=None, prefix=(), timeout=60, **options):
        """Runs a command to its end; a hang is a failure."""
        command = [*prefix, *self.command(*words, db=db)]
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=timeout,
                                  env=ENVIRONMENT, check=False, **options)
        except subprocess.TimeoutExpired as error:
            raise Failed(f"hangs: {' '.join(words)}") from error

    def do(self, *words, **options):
        """Runs a command that must succeed; answers its output."""
        result = self.run(*words, **options)
        check(result.returncode == 0, f"{' '.join(words)}: exit {result.returncode}: {result.stderr}")
        return result.stdout

    def cases(self, name, count):
        """Makes case folders for `import`, a writer that acknowledges each with a line."""
        root = self.folder / name
        for number in range(count):
            folder = root / f"{name}-{number:04}"
            folder.mkdir(parents=True)
            (folder / "case.json").write_text(json.dumps({
                "id": folder.name, "cause": "timer-leak", "service": "relay",
                "story": f"Timers pile up in {folder.name}.", "fix": "stop them"}))
        return root

    def rows(self, sql, db=None):
        """Asks the file itself, with another library."""
        with contextlib.closing(sqlite3.connect(db or self.path)) as connection:
            return connection.execute(sql).fetchall()

    def check_sound(self, db=None):
        check(self.rows("PRAGMA quick_check", db) == [("ok",)], "the file is damaged")


class Server:
    """`leakbook serve` on a port of its own."""

    def __init__(self, place, prefix=()):
        self.log = open(place.folder / "server.log", "w+b")  # pylint: disable=consider-using-with
        start = time.monotonic()
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [*prefix, *place.command("serve", "--port", "0")],
            stdout=subprocess.DEVNULL, stderr=self.log, env=ENVIRONMENT, start_new_session=True)
        self.port = self._wait_for_port()
        self.ready_after = time.monotonic() - start

    def _wait_for_port(self):
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            self.log.seek(0)
            found = re.search(rb"http://127\.0\.0\.1:(\d+)", self.log.read())
            if found:
                return int(found[1])
            time.sleep(0.01)
        raise Failed("the server does not start")

    def client(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def end(self, number=signal.SIGTERM):
        """Sends a signal to the server and whatever traces it, and waits."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(timeout=30)
        self.log.close()


def ask(client, method, path, body=None, headers=None):
    """One request; answers status and JSON."""
    text = None if body is None else json.dumps(body)
    client.request(method, path, text, {"Content-Type": "application/json", **(headers or {})})
    answer = client.getresponse()
    content = answer.read()
    return answer.status, json.loads(content) if content else None


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
