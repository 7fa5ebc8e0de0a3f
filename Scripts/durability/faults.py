"""The disk fails, fills up, or the process dies within a flush."""

import contextlib
import subprocess

from harness import Place, Server, Skipped, ask, check

STRACE = ("strace", "-f", "-qq", "-o", "/dev/null")


def inject(call, what):
    return (*STRACE, "-e", f"trace={call}", "-e", f"inject={call}:{what}")


def io_errors(binary):
    """The n-th write or flush of a command fails: exit 74, and at most one case more is kept."""
    rounds, failures = 0, 0
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        for call, numbers in (("fdatasync", (1, 2, 5, 9, 14, 20)), ("pwrite64", (3, 8, 20, 45, 90))):
            for number in numbers:
                rounds += 1
                name = f"{call}{number}"
                cases = place.cases(name, 20)
                result = place.run("import", str(cases),
                                   prefix=inject(call, f"error=EIO:when={number}+"))
                if result.returncode != 0:
                    failures += 1
                    check(result.returncode == 74, f"{name}: exit {result.returncode}: {result.stderr}")
                    check(result.stderr.startswith("leakbook: "), f"{name}: {result.stderr}")
                acks = sum(line.startswith("INC-") for line in result.stdout.splitlines())
                kept = len(place.rows(f"SELECT 1 FROM incident WHERE importedCase GLOB '{name}-*'"))
                check(acks <= kept <= acks + 1, f"{name}: {acks} acknowledged, {kept} kept")
                place.check_sound()
        place.do("db", "check")
    check(failures >= 6, f"only {failures} of {rounds} met the error")
    return f"{rounds} rounds, {failures} met the error: each exit 74, acknowledged ≤ kept ≤ +1, sound"


def failing_server(binary):
    """After a failed flush the server reads, refuses to write, and says that it is not ready."""
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        running = Server(place, prefix=inject("fdatasync", "error=EIO:when=8+"))
        client, acks, notes = running.client(), 0, "/api/v1/incidents/INC-1/notes"
        status = 201
        while status == 201 and acks < 500:
            status, _ = ask(client, "POST", notes, {"text": f"n{acks}"})
            acks += status == 201
        check(status == 503, f"a failed flush is answered by {status}")
        check(ask(client, "POST", notes, {"text": "more"})[0] == 503, "it writes on")
        check(ask(client, "GET", "/api/v1/incidents/INC-1")[0] == 200, "it does not read any more")
        check(ask(client, "GET", "/readyz")[0] == 503, "it says that it is ready")
        running.end()
        kept = place.rows("SELECT count(*) FROM event WHERE kind = 'note'")[0][0]
        check(acks <= kept <= acks + 1, f"{acks} acknowledged, {kept} kept")
        again = Server(place)
        check(ask(again.client(), "POST", notes, {"text": "after"})[0] == 201, "a restart does not help")
        again.end()
        place.do("db", "check")
    return f"{acks} acknowledged, {kept} kept; 503, not ready, reads go on, a restart writes again"


def killed_in_flush(binary):
    """kill -9 inside the n-th flush."""
    acknowledged = kept = 0
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        for number in (1, 2, 3, 5, 8, 13, 21, 30, 40, 50):
            cases = place.cases(f"k{number}", 60)
            result = place.run("import", str(cases),
                               prefix=inject("fdatasync", f"signal=KILL:when={number}"))
            acks = sum(line.startswith("INC-") for line in result.stdout.splitlines())
            mine = len(place.rows(f"SELECT 1 FROM incident WHERE importedCase GLOB 'k{number}-*'"))
            check(acks <= mine <= acks + 1, f"flush {number}: {acks} acknowledged, {mine} kept")
            acknowledged, kept = acknowledged + acks, kept + mine
            place.check_sound()
        place.do("db", "check")
    return f"10 rounds: {acknowledged} acknowledged, {kept} kept, 0 lost, sound"


@contextlib.contextmanager
def small_disk(folder, size):
    result = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder],
                            capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Skipped(f"no file system can be mounted here: {result.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def full_disk(binary):
    """The disk is full: 507 and exit 74; reads go on; with space the same process writes again."""
    with Place(binary) as outer:
        folder = outer.folder / "disk"
        folder.mkdir()
        with small_disk(folder, "3m"):
            place = Place(binary, folder)
            place.do("log", "first", "--service", "relay")
            running = Server(outer_place(outer, place))
            client, told, notes = running.client(), [], "/api/v1/incidents/INC-1/notes"
            status = 201
            while status == 201 and len(told) < 5_000:
                text = f"note {len(told)} " + "x" * 2_000
                status, _ = ask(client, "POST", notes, {"text": text})
                if status == 201:
                    told.append(text)
            check(status == 507, f"a full disk is answered by {status}")
            check(ask(client, "GET", "/api/v1/incidents")[0] == 200, "it does not read any more")
            command = place.run("note", "INC-1", "y" * 100_000)
            check(command.returncode == 74, f"exit {command.returncode}: {command.stderr}")
            subprocess.run(["mount", "-o", "remount,size=30m", folder], check=True)
            more = 0
            for number in range(50):
                more += ask(client, "POST", notes, {"text": f"more {number}"})[0] == 201
            check(more == 50, f"with space only {more} of 50 are written")
            running.end()
            kept = {row[0] for row in place.rows("SELECT detail FROM event WHERE kind = 'note'")}
            lost = [text for text in told if text not in kept]
            check(not lost, f"{len(lost)} of {len(told)} are lost")
            place.check_sound()
            place.do("db", "check")
    return (f"{len(told)} acknowledged before, 0 lost; 507 and exit 74, reads go on; with space the "
            f"same process wrote {more} more")


def outer_place(outer, place):
    """The database of one place, the server's log in another: the disk is to be full, not the log."""
    both = Place(place.binary, outer.folder)
    both.path = place.path
    return both


GATES = {"io-error": io_errors, "io-error-server": failing_server, "kill-in-flush": killed_in_flush,
         "disk-full": full_disk}
