"""A writer dies at any moment: what it acknowledged is there, and the file is sound."""

import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import threading
import time

from harness import ENVIRONMENT, Place, Server, ask, check


def command_line(binary):
    """kill -9 of a command that writes; only complete lines count as acknowledged."""
    rounds, acknowledged, beyond, chance = 50, 0, 0, random.Random(1)
    for number in range(rounds):
        with Place(binary) as place:
            place.do("log", "first", "--service", "relay")
            cases = place.cases("c", 45)
            writer = subprocess.Popen(place.command("import", str(cases)), stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, env=ENVIRONMENT)
            # Some rounds die while they start, the others some way after an acknowledgement.
            head = b"".join(writer.stdout.readline() for _ in range(chance.randrange(30)))
            time.sleep(chance.uniform(0, 0.03))
            writer.kill()
            output = (head + writer.communicate()[0]).decode()
            acks = [line.split() for line in output.splitlines(keepends=True) if line.endswith("\n")]
            place.check_sound()
            kept = dict(place.rows("SELECT importedCase, 'INC-' || id FROM incident WHERE id > 1"))
            for incident, case in acks:
                check(kept.get(case) == incident, f"{case}: told {incident}, kept {kept.get(case)}")
            check(len(kept) - len(acks) <= 1, "more than one case was kept without being told")
            numbers = [row[0] for row in place.rows("SELECT id FROM incident ORDER BY id")]
            check(numbers == list(range(1, len(numbers) + 1)), "the numbers have gaps")
            if number % 10 == 0:
                place.do("db", "check")
            acknowledged, beyond = acknowledged + len(acks), beyond + len(kept) - len(acks)
    check(acknowledged >= 300, f"only {acknowledged} were acknowledged: too few to tell")
    return (f"{rounds} rounds: {acknowledged:,} acknowledged, 0 lost, 0 corrupt, no gap in the "
            f"numbers, {beyond} kept and not told")


def server(binary):
    """kill -9 of the server under load; every 2xx is read back from the next one."""
    rounds, told, slowest, chance = 20, {}, 0.0, random.Random(2)
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        for number in range(rounds):
            running = Server(place)
            slowest = max(slowest, running.ready_after)
            if number > 0:
                read_back(running, told, sample=40)
            acks = [load(running, f"{number}-{client}", told) for client in range(8)]
            enough, end = len(told) + chance.randrange(700, 1_000), time.monotonic() + 4
            while len(told) < enough and time.monotonic() < end:
                time.sleep(0.005)
            running.end(signal.SIGKILL)
            for thread in acks:
                thread.join()
            place.check_sound()
        running = Server(place)
        running.end()
        kept = {text: f"INC-{row}" for row, text in place.rows("SELECT incident, detail FROM event")}
        lost = [text for text, incident in told.items() if kept.get(text) != incident]
        check(not lost, f"{len(lost)} of {len(told)} acknowledged writes are gone: {lost[:3]}")
        place.do("db", "check")
    check(len(told) >= 1_000, f"only {len(told)} were acknowledged: too few to tell")
    check(slowest <= 2, f"ready only after {slowest:.1f} s")
    return (f"{rounds} rounds, 8 clients: {len(told):,} acknowledged, 0 lost, 0 corrupt, ready "
            f"again after at most {slowest:.2f} s")


def load(running, name, told):
    """Writes incidents with remarks until the server dies, in a thread; notes what was told."""
    def write():
        client, count = running.client(), 0
        try:
            while True:
                title = f"incident {name}-{count}"
                status, opened = ask(client, "POST", "/api/v1/incidents",
                                     {"title": title, "service": "relay"})
                check(status == 201, f"status {status}: {opened}")
                told[title] = incident = opened["id"]
                for number in range(20):
                    text = f"note {name}-{count}-{number}"
                    status, _ = ask(client, "POST", f"/api/v1/incidents/{incident}/notes",
                                    {"text": text})
                    if status == 201:
                        told[text] = incident
                count += 1
        except (OSError, ValueError, http.client.HTTPException):
            return

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def read_back(running, told, sample):
    for text in random.Random(3).sample(sorted(told), min(sample, len(told))):
        _, incident = ask(running.client(), "GET", f"/api/v1/incidents/{told[text]}")
        there = {event.get("detail") for event in incident["timeline"]}
        check(text in there, f"the server has lost {text}")


def migration(binary):
    """kill -9 at the n-th write while a file of an older schema is brought up to date."""
    rounds, deaths, between = 30, 0, 0
    migrations = sorted(os.listdir(os.path.join(os.path.dirname(__file__), "../../Migrations")))
    names = [name.removesuffix(".sql") for name in migrations]
    with Place(binary) as place:
        writes = writes_of_upgrade(place, migrations)
        for number in range(1, writes, max(1, writes // rounds)):
            older(place, migrations[:2])
            result = place.run(
                "log", "second", "--service", "relay",
                prefix=("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64",
                        "-e", f"inject=pwrite64:signal=KILL:when={number}"))
            deaths += result.returncode != 0
            place.check_sound()
            applied = [row[0] for row in place.rows("SELECT identifier FROM grdb_migrations")]
            check(sorted(applied) == names[:len(applied)], f"write {number}: {sorted(applied)}")
            between += 2 < len(applied) < len(names)
            place.do("log", "third", "--service", "relay")
            titles = {row[0] for row in place.rows("SELECT title FROM incident")}
            check({"first", "third"} <= titles, f"write {number}: only {titles}")
            applied = [row[0] for row in place.rows("SELECT identifier FROM grdb_migrations")]
            check(sorted(applied) == names, f"write {number}: the schema is not the newest")
            place.do("db", "check", "--rebuild-search")
            for file in place.folder.iterdir():
                file.unlink()
    check(deaths >= 20, f"only {deaths} writers were killed")
    return (f"{deaths} killed at a write out of {writes}, {between} of them between two migrations: "
            "0 half-migrated, 0 lost")


def writes_of_upgrade(place, migrations):
    """Counts the writes of the thread that writes most while a file is brought up to date."""
    older(place, migrations[:2])
    trace = place.folder / "trace"
    place.do("log", "second", "--service", "relay",
             prefix=("strace", "-f", "-qq", "-o", str(trace), "-e", "trace=pwrite64"))
    threads = [line.split()[0] for line in trace.read_text().splitlines() if "pwrite64(" in line]
    for file in place.folder.iterdir():
        file.unlink()
    return max(threads.count(thread) for thread in set(threads))


def older(place, migrations):
    """Makes a file as an older leakbook leaves it, with one incident."""
    folder = os.path.join(os.path.dirname(__file__), "../../Migrations")
    script = "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);"
    for name in migrations:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            identifier = re.sub(r"\.sql$", "", name)
            script += file.read() + f"\nINSERT INTO grdb_migrations VALUES ('{identifier}');"
    script += """
        INSERT INTO service VALUES ('relay', NULL, 1, 1);
        INSERT INTO incident VALUES
          (1, 'first', 'relay', 'open', 'P2', '', 1, 1, NULL, NULL, NULL, NULL, '{}');
        UPDATE counter SET last = 1 WHERE name = 'incident';"""
    connection = sqlite3.connect(place.path)
    connection.executescript("PRAGMA journal_mode = WAL;" + script)
    connection.close()


GATES = {"kill-command": command_line, "kill-server": server, "kill-migration": migration}
