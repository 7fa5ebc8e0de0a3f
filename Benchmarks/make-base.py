#!/usr/bin/env python3
"""Makes a base of generated incidents, to measure search and similar on; needs numpy.

make-base.py LEAKBOOK DATABASE COUNT [--seed 7]

Adds COUNT incidents to DATABASE, which is made by LEAKBOOK when it is not there. The rows go past
leakbook, in bulk, into the tables that it fills itself, with the same words, places and traits; see
lexicon.py for what they tell. A quarter is Chinese, four fifths are repaired, every fourth has a
verdict on evidence.
"""
import argparse
import json
import os
import sqlite3
import subprocess

import numpy

from lexicon import STACKS, Lexicon, ROOT, open_word

AT_ONCE = 50_000
WEIGHTS = {"title": 4, "story": 2, "service": 2, "cause": 3, "culprit": 4, "frames": 1, "notes": 1,
           "fix": 2}
FIELDS = list(WEIGHTS)
# Where the numbers of the open vocabulary's words begin.
OPEN = 1 << 24
# As WordBlock: incidents in a row, and where the parts of a place and of a row's number begin.
BLOCK, STACK_BIT, INCIDENT_SHIFT, BLOCK_BITS = 1000, 1 << 21, 22, 24
FIRST_DAY = 1_704_067_200_000
SPEED = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -600000;"


def numbered(db, table, texts):
    """The numbers of words or traits, new ones for those that have none."""
    known = dict(db.execute(f"SELECT text, id FROM {table} WHERE id < {OPEN}"))
    free = max(known.values(), default=0)
    for text in texts:
        if text not in known:
            free += 1
            known[text] = free
    return known


def varints(values):
    """Numbers as LEB128: the bytes of all, and where each begins."""
    sizes = 1 + sum((values >= 1 << shift).astype(numpy.int64) for shift in (7, 14, 21, 28))
    ends = numpy.cumsum(sizes)
    out = numpy.zeros(ends[-1], dtype=numpy.uint8)
    for byte in range(5):
        has = sizes > byte
        more = (sizes[has] > byte + 1).astype(numpy.int64) << 7
        out[(ends - sizes)[has] + byte] = (values[has] >> (7 * byte)) & 0x7F | more
    return out.tobytes(), ends


def some(pieces, has):
    """A field of one piece, for those incidents that have it."""
    return pieces[has], has.astype(int)


class Batch:
    """Some incidents on their way into the base: for each field its pieces, and how many each has."""

    def __init__(self, lexicon, first, count, random):
        self.lexicon, self.count, self.random = lexicon, count, random
        self.known = len(lexicon.texts)
        # The vocabulary grows with the base; the first of its words are in many incidents.
        self.open_words = max(1000, (first + count) // 2)
        self.ids = numpy.arange(first, first + count)
        self.cause = (len(lexicon.causes) * random.random(count) ** 1.6).astype(int)
        self.service = (len(lexicon.services) * random.random(count) ** 2).astype(int)
        self.place = (40 * random.random(count) ** 2).astype(int)
        self.is_chinese = random.random(count) < 0.25
        self.is_judged = self.ids % 4 == 0
        self.is_open = random.random(count) >= 0.8
        self.own = own = numpy.array(lexicon.own)[self.service, self.place]
        self.status = ["open" if is_open else ("resolved", "resolved", "verified")[number % 3]
                       for number, is_open in zip(self.ids.tolist(), self.is_open)]
        self.severity = [("P1", "P2", "P2", "P3")[number % 4] for number in self.ids.tolist()]
        self.labels = [{"go": f"1.{20 + number % 6}.{number % 9}", "version": f"v{number // 1000}"}
                       for number in self.ids.tolist()]
        stacks = [lexicon.library[number % len(STACKS)] for number in self.cause]
        self.fields = {
            "title": self.draw(random.integers(4, 10, count)),
            "story": self.draw(numpy.clip(random.lognormal(3.4, 0.5, count), 8, 160).astype(int)),
            "service": some(numpy.array(lexicon.services)[self.service], self.ids > 0),
            "cause": some(numpy.array(lexicon.cause_pieces)[self.cause],
                          ~self.is_open | self.is_judged),
            "culprit": some(own, self.is_judged),
            "frames": (numpy.array([piece for mine, stack in zip(own, stacks)
                                    for piece in (mine, *stack)]),
                       numpy.array([1 + len(stack) for stack in stacks])),
            "notes": self.draw(random.integers(5, 20, count) * (random.random(count) < 0.3)),
            "fix": self.draw(random.integers(6, 16, count) * ~self.is_open),
        }

    def draw(self, lengths):
        """Pieces for texts of some lengths; a number beyond the known pieces is an open word."""
        # A Chinese piece is half a sentence.
        lengths = numpy.where(self.is_chinese, (lengths + 2) // 3, lengths)
        owner = numpy.repeat(numpy.arange(self.count), lengths)
        drawn = numpy.empty(len(owner), dtype=numpy.int64)
        kind = self.cause[owner] * 2 + self.is_chinese[owner]
        chance = self.random.random(len(owner))
        for value in numpy.unique(kind):
            pieces, curve = self.lexicon.curves[("en", "zh")[value % 2], value // 2]
            here = kind == value
            found = numpy.searchsorted(curve, chance[here] * curve[-1], side="right")
            drawn[here] = pieces[numpy.minimum(found, len(pieces) - 1)]
        opened = self.known + (self.open_words * self.random.random(len(owner)) ** 3).astype(int)
        return numpy.where(self.random.random(len(owner)) < 0.125, opened, drawn), lengths

    def texts(self, field):
        """The text of a field as told and as FTS5 is given it, for each incident."""
        lexicon, known = self.lexicon, self.known
        pieces, lengths = self.fields[field]
        pieces, at = pieces.tolist(), 0
        for length in lengths.tolist():
            mine = pieces[at:at + length]
            at += length
            told = [lexicon.texts[one] if one < known else open_word(one - known) for one in mine]
            words = [lexicon.words[one] if one < known else told[place]
                     for place, one in enumerate(mine)]
            words += [lexicon.parts[one] for one in mine if one < known and lexicon.parts[one]]
            yield " ".join(told), " ".join(words)

    def marks(self):
        """What filters find each incident by, as FilterMark."""
        texts, causes = self.lexicon.texts, iter(self.fields["cause"][0].tolist())
        services = iter(self.fields["service"][0].tolist())
        for status, severity, labels, has_cause in zip(
                self.status, self.severity, self.labels, self.fields["cause"][1].tolist()):
            yield [f":service {texts[next(services)]}", f":status {status}",
                   f":severity {severity}", *(f":label {key}={value}" for key, value in labels.items()),
                   *([f":cause {texts[next(causes)]}"] if has_cause else [])]

    def words(self):
        """Incident, word and weight of all words, ascending, which of them are on stacks, and how
        long each incident is.

        Words are counted as the lexicon counts them, open ones from OPEN on.
        """
        keys, weights, stacks = [], [], []
        length = numpy.zeros(self.count, dtype=int)
        for field, (pieces, lengths) in self.fields.items():
            owner = numpy.repeat(numpy.arange(self.count), lengths)
            is_open = pieces >= self.known
            safe = numpy.where(is_open, 0, pieces)
            first = self.lexicon.first[safe]
            sizes = numpy.where(is_open, 1, self.lexicon.first[safe + 1] - first)
            ends = numpy.cumsum(sizes)
            step = numpy.arange(ends[-1]) - numpy.repeat(ends - sizes, sizes)
            word = self.lexicon.flat[numpy.where(numpy.repeat(is_open, sizes), 0,
                                                 numpy.repeat(first, sizes) + step)]
            word = numpy.where(numpy.repeat(is_open, sizes),
                               numpy.repeat(OPEN + pieces - self.known, sizes), word)
            owner = numpy.repeat(owner, sizes)
            length += numpy.bincount(owner, minlength=self.count)
            keys.append(owner << 32 | word)
            weights.append(numpy.full(len(word), WEIGHTS[field]))
            stacks.append(numpy.full(len(word), field == "frames"))
        keys, weights, stacks = (numpy.concatenate(parts) for parts in (keys, weights, stacks))
        order = numpy.argsort(keys)
        keys = keys[order]
        starts = numpy.flatnonzero(numpy.diff(keys, prepend=-1))
        keys = keys[starts]
        return (keys >> 32, keys & 0xFFFFFFFF, numpy.add.reduceat(weights[order], starts),
                numpy.logical_or.reduceat(stacks[order], starts), length)


class Base:
    """A base that incidents are put into."""

    def __init__(self, path, lexicon):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(SPEED)
        self.lexicon = lexicon
        self.next = self.db.execute("SELECT max(id) + 1 FROM incident").fetchone()[0]
        self.verdict = self.db.execute("SELECT rules, json, evidence FROM verdict").fetchone()
        self.known = numbered(self.db, "word", lexicon.all_words)
        self.word_numbers = numpy.array([self.known[word] for word in lexicon.all_words])
        self.db.executemany("INSERT OR IGNORE INTO service VALUES (?, NULL, 0, 0)",
                            ((lexicon.texts[piece],) for piece in lexicon.services))

    def add(self, batch):
        self.db.execute("BEGIN")
        self._incidents(batch)
        self._words(batch)
        self._likeness(batch)
        self.db.execute("UPDATE counter SET last = ?", (int(batch.ids[-1]),))
        self.db.execute("COMMIT")
        self.next += batch.count

    def _put(self, table, rows, columns):
        self.db.executemany(f"INSERT INTO {table} VALUES (?{', ?' * (columns - 1)})", rows)

    def _incidents(self, batch):
        ids = batch.ids.tolist()
        texts = {field: list(batch.texts(field)) for field in FIELDS}
        told = {field: [text for text, _ in both] for field, both in texts.items()}
        at = [FIRST_DAY + number * 60_000 for number in ids]
        labels = [json.dumps(one, separators=(",", ":")) for one in batch.labels]
        cause = [None if left else one for left, one in zip(batch.is_open, told["cause"])]
        fix = [one or None for one in told["fix"]]
        self._put("incident", zip(ids, told["title"], told["service"], batch.status, batch.severity,
                                  told["story"], at, at, cause, fix, [None] * batch.count,
                                  [None] * batch.count, labels), 13)
        self.db.executemany("INSERT INTO identity VALUES (?, ?)",
                            ((number, f"{number:032x}") for number in ids))
        self.db.executemany("INSERT INTO incidentSearch (rowid, " + ", ".join(FIELDS)
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            zip(ids, *([index for _, index in texts[field]] for field in FIELDS)))
        events = [(number, when, "ana", "opened", title)
                  for number, when, title in zip(ids, at, told["title"])]
        events += [(number, when, "ana", "note", note)
                   for number, when, note in zip(ids, at, told["notes"]) if note]
        repaired = [row for row in zip(ids, at, cause, fix) if row[2]]
        events += [(number, when, "bo", "resolved", text) for number, when, text, _ in repaired]
        self.db.executemany(
            "INSERT INTO event (incident, at, author, kind, detail) VALUES (?, ?, ?, ?, ?)", events)
        self.db.executemany(
            "INSERT INTO repair (incident, at, author, cause, fix) VALUES (?, ?, 'bo', ?, ?)",
            repaired)
        self.db.executemany(
            "INSERT INTO verdict (incident, at, cause, confidence, culprit, rules, json, evidence)"
            " VALUES (?, ?, ?, 0.8, ?, ?, ?, ?)",
            [(number, when, one, own, *self.verdict)
             for number, when, one, own in zip(ids, at, told["cause"], told["culprit"])
             if number % 4 == 0])
        self._put("frame", [(number, name) for number, names in zip(ids, told["frames"])
                            for name in sorted(set(names.split()))], 2)

    def _words(self, batch):
        owner, word, weight, stack, length = batch.words()
        is_open = word >= OPEN
        number = numpy.where(is_open, word, self.word_numbers[numpy.where(is_open, 0, word)])
        marks = list(batch.marks())
        for mark in sorted({mark for mine in marks for mark in mine} - self.known.keys()):
            self.known[mark] = len(self.known) + 1
        counts = [len(mine) for mine in marks]
        marks = numpy.array([self.known[mark] for mine in marks for mark in mine])
        owner = numpy.concatenate((owner, numpy.repeat(numpy.arange(batch.count), counts)))
        number = numpy.concatenate((number, marks))
        weight = numpy.concatenate((weight, numpy.ones(len(marks), dtype=int)))
        stack = numpy.concatenate((stack, numpy.zeros(len(marks), dtype=bool)))
        order = numpy.lexsort((number, owner))
        owner, number, weight, stack = (part[order] for part in (owner, number, weight, stack))
        first = numpy.flatnonzero(numpy.diff(owner, prepend=-1))
        step = numpy.diff(number, prepend=0)
        step[first] = number[first]
        pairs = numpy.empty(2 * len(step), dtype=numpy.int64)
        pairs[0::2], pairs[1::2] = step, weight << 1 | stack
        packed, ends = varints(pairs)
        begins = numpy.concatenate(([0], ends))[2 * first].tolist() + [len(packed)]
        self._put("wordList", ((number_, length_, packed[begin:end]) for number_, length_, begin, end
                               in zip(batch.ids.tolist(), length.tolist(), begins, begins[1:])), 3)
        saturation = weight / (weight + 1.2 * (0.25 + 0.75 * length[owner] / 120))
        worth = numpy.floor(saturation * (STACK_BIT - 1) + 0.5).astype(int)
        incident = batch.ids[owner]
        place = (incident % BLOCK << INCIDENT_SHIFT | stack * STACK_BIT | worth).astype("<u4")
        row = number << BLOCK_BITS | incident // BLOCK
        order = numpy.lexsort((incident, row))
        row, packed = row[order], place[order].tobytes()
        first = numpy.flatnonzero(numpy.diff(row, prepend=-1))
        ends = 4 * numpy.append(first[1:], len(row))
        # A block that the batch before began goes on.
        self.db.executemany(
            "INSERT INTO wordBlock VALUES (?, ?) ON CONFLICT (id)"
            " DO UPDATE SET places = CAST(places || excluded.places AS BLOB)",
            ((row_, packed[4 * begin:end]) for row_, begin, end
             in zip(row[first].tolist(), first.tolist(), ends.tolist())))
        found, counts = numpy.unique(number, return_counts=True)
        known = {number: word for word, number in self.known.items()}
        self.db.executemany(
            "INSERT INTO word VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET incidents = incidents + excluded.incidents",
            ((one, known.get(one) or open_word(one - OPEN), count)
             for one, count in zip(found.tolist(), counts.tolist())))
        self.db.execute("UPDATE wordTotal SET incidents = incidents + ?, length = length + ?",
                        (batch.count, int(length.sum())))

    def _likeness(self, batch):
        lexicon, rows, traits = self.lexicon, [], []
        own = batch.own.tolist()
        share = batch.random.integers(300, 1000, batch.count).tolist()
        for number, cause, function, sure in zip(batch.ids.tolist(), batch.cause.tolist(), own, share):
            kind, state, calls = STACKS[cause % len(STACKS)]
            playbook = lexicon.playbooks[cause]
            symptoms = [one for place, one in enumerate(playbook.symptoms)
                        if (number >> place) % 4]
            other = lexicon.causes[(cause * 7 + number) % len(lexicon.causes)]
            lines = [f"stack\t{kind}\t{state}\t{sure}\t"
                     + "\t".join([*("-" + name for name in calls.split()),
                                  "+" + lexicon.texts[function]])]
            lines += [f"symptom\t{one}" for one in sorted(symptoms)]
            lines.append(f"cause\t{playbook.cause}\t{sure - 100}")
            lines.append(f"hint\t{playbook.cause}\t{sure // 2}")
            lines.append(f"hint\t{other}\t{sure // 8}")
            rows.append((number, 1, "\n".join(lines)))
            found = {f"own {lexicon.texts[function]}", f"cause {playbook.cause}"}
            found.update(f"library {name}" for name in calls.split())
            found.update(f"symptom {one}" for one in symptoms)
            traits += [(text, number) for text in found]
        self._put("likeness", rows, 3)
        known = numbered(self.db, "trait", sorted({text for text, _ in traits}))
        self.db.executemany(
            "INSERT INTO trait VALUES (?, ?, 1)"
            " ON CONFLICT (id) DO UPDATE SET incidents = incidents + 1",
            ((known[text], text) for text, _ in traits))
        self._put("traitPlace", sorted((known[text], number) for text, number in traits), 2)

    def close(self):
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("leakbook")
    parser.add_argument("database")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if not os.path.exists(options.database):
        case = ROOT / "Tests/Fixtures/case-channel-send-blocked"
        subprocess.run([os.path.abspath(options.leakbook), "log", "The relay grows", "--service",
                        "relay-store", "--db", options.database, str(case)],
                       check=True, stdout=subprocess.DEVNULL)
    lexicon = Lexicon()
    base = Base(options.database, lexicon)
    rest = options.count
    while rest:
        count = min(rest, AT_ONCE)
        base.add(Batch(lexicon, base.next, count, numpy.random.default_rng(options.seed + base.next)))
        rest -= count
    base.close()


main()
