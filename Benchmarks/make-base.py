#!/usr/bin/env python3
"""Makes a base of generated incidents, to measure search and similar on.

usage: make-base.py DATABASE COUNT [SEED]

DATABASE must be an empty base (`leakbook list --db FILE` after any `log`, or a copy of one); the rows
go past leakbook, in bulk, into the same tables that it fills itself. Titles, stories and fixes are
made of words with Zipf's frequencies, as tickets are: a few in every second incident, most in a few.
A quarter is Chinese.
"""
import collections
import math
import random
import sqlite3
import sys

COMMON = (
    "memory leak goroutine heap service grows restart pod limit deploy traffic connection request "
    "steady profile gc latency node kill oom"
).split()
CHINESE = ["内存", "泄漏", "协程", "容器", "重启", "上涨", "连接", "缓存", "限制", "流量", "堆栈", "回收"]
CAUSES = ["http-body-unclosed", "unbounded-cache", "lock-blocked", "timer-leak", "cgo-leak"]
WEIGHTS = {"title": 4, "story": 2, "service": 2, "cause": 3, "frames": 1, "fix": 2}
FIELDS = ["title", "story", "service", "cause", "culprit", "frames", "notes", "fix"]
TYPICAL = 120.0


def words_of(random_, rare, count):
    """Common words with Zipf's frequencies, and some rare ones."""
    ranks = [1 / (rank + 2) for rank in range(len(COMMON))]
    picked = random_.choices(COMMON, ranks, k=count - count // 3)
    picked += [f"w{int(rare * random_.random() ** 3)}x" for _ in range(count // 3)]
    random_.shuffle(picked)
    return picked


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def place(incident, weight, length):
    """As WordPlace.number: the most telling place sorts first."""
    saturation = weight / (weight + 1.2 * (0.25 + 0.75 * length / TYPICAL))
    return (4095 - math.floor(saturation * 4095 + 0.5)) << 40 | incident


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    path, count = sys.argv[1], int(sys.argv[2])
    random_ = random.Random(int(sys.argv[3]) if len(sys.argv) == 4 else 7)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")
    first = db.execute("SELECT ifnull(max(id), 0) + 1 FROM incident").fetchone()[0]
    ids = {text: (number, n) for number, text, n in db.execute("SELECT id, text, incidents FROM word")}
    known = collections.Counter({text: n for text, (_, n) in ids.items()})
    numbers = {text: number for text, (number, _) in ids.items()}
    traits, trait_counts = {}, collections.Counter()
    places, total = [], 0
    for service in range(200):
        db.execute("INSERT OR IGNORE INTO service VALUES (?, NULL, 0, 0)", (f"svc{service}",))
    for incident in range(first, first + count):
        is_chinese = random_.random() < 0.25
        title = words_of(random_, count / 5, 6)
        story = words_of(random_, count / 5, random_.randint(15, 60))
        if is_chinese:
            story += random_.choices(CHINESE, k=random_.randint(10, 40))
        service = f"svc{int(200 * random_.random() ** 2)}"
        cause = random_.choice(CAUSES)
        frames = [f"f{int(5000 * random_.random() ** 2)}y" for _ in range(8)]
        texts = {
            "title": title, "story": story, "service": [service], "cause": cause.split("-"),
            "frames": ["lib"] + frames, "fix": words_of(random_, count / 5, 8),
        }
        weights, length = collections.Counter(), 0
        for field, words in texts.items():
            length += len(words)
            for word in words:
                weights[word] += WEIGHTS[field]
        db.execute(
            "INSERT INTO incident (id, title, service, status, severity, story, openedAt, updatedAt,"
            " cause, fix, labels) VALUES (?, ?, ?, 'resolved', 'P2', ?, ?, ?, ?, ?, '{}')",
            (incident, " ".join(title), service, " ".join(story), incident * 60_000,
             incident * 60_000, cause, " ".join(texts["fix"])),
        )
        db.execute(
            f"INSERT INTO incidentSearch (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * 8})",
            (incident, *(" ".join(texts.get(field, [])) for field in FIELDS)),
        )
        row = []
        for word, weight in weights.items():
            number = numbers.setdefault(word, len(numbers) + 1)
            known[word] += 1
            places.append((number, place(incident, weight, length)))
            row.append((number, weight))
        packed, last = bytearray(), 0
        for number, weight in sorted(row):
            packed += varint(number - last) + varint(weight)
            last = number
        db.execute("INSERT INTO wordList VALUES (?, ?, ?)", (incident, length, bytes(packed)))
        calls = "\t".join(f"-lib.{name}" for name in frames)
        db.execute(
            "INSERT INTO likeness VALUES (?, 1, ?)",
            (incident, f"stack\tgoroutine\tselect\t800\t{calls}\ncause\t{cause}\t700"),
        )
        for text in [f"library lib.{name}" for name in frames] + [f"cause {cause}"]:
            number = traits.setdefault(text, len(traits) + 1)
            if db.execute(
                "INSERT OR IGNORE INTO traitPlace VALUES (?, ?)", (number, incident)
            ).rowcount:
                trait_counts[text] += 1
        total += length
    db.executemany(
        "INSERT OR REPLACE INTO word VALUES (?, ?, ?)", ((numbers[w], w, n) for w, n in known.items())
    )
    db.executemany("INSERT INTO wordPlace VALUES (?, ?)", sorted(places))
    db.executemany(
        "INSERT INTO trait VALUES (?, ?, ?)", ((traits[t], t, n) for t, n in trait_counts.items())
    )
    db.execute(
        "UPDATE wordTotal SET incidents = incidents + ?, length = length + ?", (count, total)
    )
    db.execute("UPDATE counter SET last = ?", (first + count,))
    db.execute("ANALYZE")
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


main()
