"""Damaged files and files of a newer leakbook."""

import contextlib
import hashlib
import os
import random
import sqlite3

from harness import Place, check


def damaged(binary):
    """Cut, overwritten, swapped and foreign files: no crash, no hang, no damage called sound."""
    chance, harmless, found, count = random.Random(5), 0, 0, 0
    with Place(binary) as place:
        whole = casebook(place)
        content = dump(place.path)
        bad = place.folder / "bad.db"
        for name, data in variants(whole, chance):
            count += 1
            bad.write_bytes(data)
            result = place.run("db", "check", db=bad, timeout=20)
            check(result.returncode in (0, 65, 78), f"{name}: exit {result.returncode}: {result.stderr}")
            if result.returncode != 0:
                found += 1
                check(result.stderr.startswith("leakbook: "), f"{name}: {result.stderr}")
            else:
                check(dump(bad) == content, f"{name}: called sound, and the content differs")
                harmless += 1
            for suffix in ("", "-wal", "-shm"):
                (place.folder / f"bad.db{suffix}").unlink(missing_ok=True)
        os.mkfifo(bad)
        check(place.run("db", "check", db=bad).returncode == 77, "a named pipe")
        check(place.run("db", "check", db=place.folder).returncode == 66, "a folder")
    return (f"{count + 2} files: 0 crashes, 0 hangs, 0 damage called sound ({found} found, "
            f"{harmless} with all content intact)")


def casebook(place):
    """A file with a bit of everything; answers its bytes."""
    capture = os.path.join(os.path.dirname(__file__), "../../Examples/capture")
    place.do("import", os.path.join(capture, "../incidents"))
    place.do("log", "relay eats memory", "--service", "relay", capture)
    for number in range(20):
        place.do("note", "INC-1", f"remark {number} on the relay's memory")
    return place.path.read_bytes()


def variants(whole, chance):
    pages = len(whole) // 4_096
    for _ in range(80):
        page = chance.randrange(pages)
        yield f"cut at page {page}", whole[:page * 4_096]
    for number in range(80):
        start = chance.randrange(len(whole) - 64)
        yield (f"64 random bytes at {start}",
               whole[:start] + chance.randbytes(64) + whole[start + 64:])
    for _ in range(30):
        one, other = sorted(chance.sample(range(1, pages), 2))
        pieces = [whole[n * 4_096:(n + 1) * 4_096] for n in range(pages)]
        pieces[one], pieces[other] = pieces[other], pieces[one]
        yield f"pages {one} and {other} swapped", b"".join(pieces)
    yield "empty", b""
    yield "text", b"these are notes and no database\n" * 500
    yield "one byte", b"S"


def dump(path):
    """All that the tables hold, as text; an error is no content."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as file:
            names = [row[0] for row in file.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
            digest = hashlib.sha256()
            for name in names:
                for row in file.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2'):
                    digest.update(repr(row).encode())
            return digest.hexdigest()
    except sqlite3.Error as error:
        return f"{error}"


def flipped(binary):
    """A flipped bit in a stored capture is always found; 25 captures are damaged at a time."""
    rounds, at_once, chance = 40, 25, random.Random(6)
    with Place(binary) as place:
        casebook(place)
        keys = place.rows("SELECT sha256, size FROM capture WHERE size > 0")
        at_once = min(at_once, len(keys))
        for _ in range(rounds):
            chosen = chance.sample(keys, at_once)
            with contextlib.closing(sqlite3.connect(place.path)) as file:
                whole = {key: file.execute("SELECT bytes FROM capture WHERE sha256 = ?",
                                           (key,)).fetchone()[0] for key, _ in chosen}
                for key, size in chosen:
                    damaged = bytearray(whole[key])
                    damaged[chance.randrange(size)] ^= 1 << chance.randrange(8)
                    keep(file, key, bytes(damaged))
            result = place.run("db", "check", "--json")
            check(result.returncode == 65, f"exit {result.returncode}")
            missed = [key for key, _ in chosen if key[:12] not in result.stdout]
            check(not missed, f"not found: {missed}")
            with contextlib.closing(sqlite3.connect(place.path)) as file:
                for key, before in whole.items():
                    keep(file, key, before)
        place.do("db", "check")
    return f"{rounds * at_once:,} flipped bits of captures: {rounds * at_once:,} found"


def keep(file, key, content):
    file.execute("UPDATE capture SET bytes = ? WHERE sha256 = ?", (content, key))
    file.commit()


def newer(binary):
    """A file of a newer leakbook: exit 78, and not a byte of it changes."""
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        with contextlib.closing(sqlite3.connect(place.path)) as file:
            file.execute("INSERT INTO grdb_migrations VALUES ('9999-add-weather')")
            file.commit()
        before = hashlib.sha256(place.path.read_bytes()).hexdigest()
        commands = (("list",), ("log", "x", "--service", "s"), ("show", "INC-1"), ("db", "check"),
                    ("note", "INC-1", "x"), ("db", "backup", str(place.folder / "copy")),
                    ("db", "prune"), ("db", "vacuum"), ("serve", "--port", "0"))
        for words in commands:
            result = place.run(*words)
            check(result.returncode == 78, f"{words}: exit {result.returncode}: {result.stderr}")
            check("9999-add-weather" in result.stderr, f"{words}: {result.stderr}")
        check(hashlib.sha256(place.path.read_bytes()).hexdigest() == before, "the file was changed")
        names = sorted(file.name for file in place.folder.iterdir())
        check(names == ["leakbook.db"], f"left behind: {names}")
    return f"{len(commands)} commands refused with exit 78, the file byte for byte as before"


GATES = {"damaged": damaged, "flipped-bits": flipped, "downgrade": newer}
