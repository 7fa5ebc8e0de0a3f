"""Backups while others write; restores beside the log of another file."""

import random
import shutil
import threading
import time

from harness import Failed, Place, Server, ask, check, percentile

NOTES = "/api/v1/incidents/INC-1/notes"


class Writers:
    """Clients that write remarks until they are told to stop."""

    def __init__(self, running, clients, name="note"):
        self.name = name
        self.told, self.times, self.refused, self.stopping = [], [], [], False
        self.threads = [threading.Thread(target=self._write, args=(running, number))
                        for number in range(clients)]
        for thread in self.threads:
            thread.start()

    def _write(self, running, name):
        client, count, notes = running.client(), 0, NOTES
        while not self.stopping:
            text = f"{self.name} {name}-{count}"
            # A new incident now and then: an answer tells the whole story of its incident.
            if count % 20 == 0:
                status, opened = ask(client, "POST", "/api/v1/incidents",
                                     {"title": f"incident of {text}", "service": "relay"})
                check(status == 201, f"status {status}: {opened}")
                notes = f"/api/v1/incidents/{opened['id']}/notes"
            start = time.monotonic()
            status, _ = ask(client, "POST", notes, {"text": text})
            self.times.append(time.monotonic() - start)
            (self.told if status == 201 else self.refused).append(text)
            count += 1

    def stop(self):
        self.stopping = True
        for thread in self.threads:
            thread.join()
        check(not self.refused, f"{len(self.refused)} writes were refused")


def backups(binary):
    """Each backup opens, is sound, and holds every write acknowledged before it began."""
    count = 20
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        running = Server(place)
        quiet = Writers(running, 4, "quiet")
        time.sleep(3)
        quiet.stop()
        busy = Writers(running, 4, "busy")
        copies = []
        for number in range(count):
            before = len(busy.told)
            copy = place.folder / f"copy-{number}.db"
            place.do("db", "backup", str(copy))
            copies.append((copy, busy.told[:before]))
        busy.stop()
        running.end()
        for copy, told in copies:
            kept = {row[0] for row in place.rows(
                "SELECT detail FROM event WHERE kind = 'note'", db=copy)}
            lost = set(told) - kept
            check(not lost, f"{copy.name} lacks {len(lost)} of {len(told)}")
        for copy, _ in copies[::5]:
            place.do("db", "check", db=copy)
        beside = [file.name for file in place.folder.iterdir() if ".partial-" in file.name]
        check(not beside, f"left behind: {beside}")
    slow, fast = percentile(busy.times, 0.99), percentile(quiet.times, 0.99)
    return (f"{count} backups during {len(busy.told):,} writes: all sound and complete; writers' p99 "
            f"{slow * 1e3:.0f} ms, {fast * 1e3:.0f} ms without backups ({slow / fast:.1f} times)")


def restores(binary):
    """A restore over a file whose log is that of a process that died."""
    rounds, chance = 100, random.Random(4)
    with Place(binary) as place:
        place.do("log", "kept", "--service", "relay")
        copy = place.folder / "copy.backup"
        place.do("db", "backup", str(copy))
        dead = log_of_a_dead_process(place)
        for number in range(rounds):
            target = place.folder / f"t{number}.db"
            shutil.copy(dead, target)
            wal = (dead.parent / (dead.name + "-wal")).read_bytes()
            cut = len(wal) if number % 2 else chance.randrange(1, len(wal))
            target.with_name(target.name + "-wal").write_bytes(wal[:cut])
            if number % 3 == 0:
                target.write_bytes(b"rubbish" * 999)
            place.do("db", "restore", str(copy), db=target)
            titles = [row[0] for row in place.rows("SELECT title FROM incident", db=target)]
            check(titles == ["kept"], f"round {number}: {titles}")
            place.check_sound(db=target)
            if number == 1:
                aside = next(place.folder.glob("t1.db.before-restore-*[0-9]Z"))
                check(len(place.rows("SELECT 1 FROM incident", db=aside)) == 2,
                      "what was there before is not whole")
        running = Server(place)
        refused = place.run("db", "restore", str(copy))
        check(refused.returncode == 75, f"beside a server: exit {refused.returncode}")
        check(ask(running.client(), "POST", NOTES, {"text": "still"})[0] == 201, "the server broke")
        running.end()
    return f"{rounds} rounds beside a stale or cut log: {rounds} good; refused while a server runs"


def log_of_a_dead_process(place):
    """A file of two incidents, the second in the log alone."""
    dead = place.folder / "dead.db"
    place.do("log", "kept", "--service", "relay", db=dead)
    running = Place(place.binary, place.folder)
    running.path = dead
    server = Server(running)
    status, _ = ask(server.client(), "POST", "/api/v1/incidents", {"title": "lost", "service": "s"})
    if status != 201:
        raise Failed(f"status {status}")
    server.end(9)
    return dead


GATES = {"backup": backups, "restore": restores}
