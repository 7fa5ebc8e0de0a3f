#!/usr/bin/env python3
"""Measures search and similar on a base of make-base.py through a server; needs numpy.

search.py LEAKBOOK DATABASE [--questions 300] [--peer 20]

Each question is asked once, by HTTP on one connection, for the best 20 with snippets. Beside them, in
turns and in this process, plain FTS5 on the same base: the same words, its own ranking, its own
snippets; compared by processor time, which other work on the machine disturbs little. Exact: the score of
every incident that has the words, by its word list; how many of the 20 are among the best 20 of
these, ties counted as equal.
"""
import argparse
import collections
import http.client
import json
import os
import random
import sqlite3
import statistics
import subprocess
import time
import urllib.parse

import numpy

RANK = "bm25(incidentSearch, 4, 2, 2, 3, 4, 1, 1, 2)"


class Server:
    """A leakbook that serves a base, and one connection to it."""

    def __init__(self, leakbook, database):
        self.process = subprocess.Popen(
            [leakbook, "serve", "--db", database, "--port", "0", "--rate", "0/0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if "http://" in line:
                port = int(line.split("http://", 1)[1].split()[0].rstrip("/,;").rsplit(":", 1)[1])
                break
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def ask(self, path, **fields):
        """Milliseconds and the answer."""
        target = path + ("?" + urllib.parse.urlencode(fields) if fields else "")
        start = time.monotonic()
        self.connection.request("GET", target)
        body = self.connection.getresponse().read()
        taken = (time.monotonic() - start) * 1e3
        return taken, json.loads(body)

    def processor(self):
        """Milliseconds of processor time so far."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1e3 / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """The most that was resident, in MiB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def questions(db, count):
    """Words to ask for, by kind; common ones are in three of ten incidents or more."""
    chance = random.Random(5)
    every = db.execute("SELECT incidents FROM wordTotal").fetchone()[0]
    words = db.execute("SELECT text, incidents FROM word WHERE incidents >= 2").fetchall()
    # What every incident has, because the generator's functions have it, nobody asks for.
    plain = [(word, n) for word, n in words if word.isalpha() and n < 0.9 * every]
    common = [word for word, n in plain if n >= 0.3 * every and word.isascii()]
    chinese = [word for word, n in plain if n >= every / 40 and not word.isascii() and len(word) == 2]
    middle = [word for word, n in plain if every / 1000 < n < every / 20 and word.isascii()]
    rare = [word for word, n in words if n < 50 and word.startswith("k9")]
    runs = ["内存泄漏", "协程泄漏", "内存上涨", "容器重启", "连接未关闭", "超过限制", "流量高峰", "垃圾回收"]

    # Functions of the programs, of which each is on few stacks, and of libraries.
    functions = [
        db.execute(f"SELECT {('min', 'max')[place % 2]}(function) FROM frame WHERE incident = ?",
                   (2 + place * (every // count),)).fetchone()[0].split("/")[-1]
        for place in range(count)]

    def some(*groups):
        asked = {" ".join(chance.choice(group) for group in groups) for _ in range(4 * count)}
        asked = [text for text in sorted(asked) if len(set(text.split())) == len(groups)]
        chance.shuffle(asked)
        return asked[:count]

    return {
        "two common words": some(common, common),
        "one common word": some(common),
        "four common words": some(common, common, common, common),
        "a common and a middling word": some(common, middle),
        "a common and a rare word": some(common, rare),
        "a rare word": some(rare),
        "two common Chinese words": some(chinese, chinese),
        "a Chinese phrase and a common word": some(runs, chinese + common),
        "a common word of one service": [
            f"{text} service:{name}" for text, name in zip(
                some(common) * count, (row[0] for row in db.execute(
                    "SELECT name FROM service ORDER BY name LIMIT ?", (count,))))],
        "a common word of one status and month": [
            f"{text} status:open since:2024-0{1 + place % 6}-01 until:2024-0{2 + place % 6}-01"
            for place, text in enumerate(some(common, common))],
        "a common word of one version": [
            f"{text} label:version=v{chance.randrange(every // 1000)}"
            for text in (some(common) * count)[:count]],
        "one version": [f"label:version=v{chance.randrange(every // 1000)}" for _ in range(count)],
        "a common word and a function": [
            f"{text} frame:{name}" for text, name in zip(some(common) * count, functions)],
        "a function": [f"frame:{name}" for name in functions],
    }


def quantile(times, part):
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def fts(db, text):
    """Milliseconds of processor time that plain FTS5 takes for the same words."""
    pattern = " AND ".join(f'"{word}"' for word in text.split())
    start = time.process_time()
    db.execute(f"SELECT rowid, snippet(incidentSearch, -1, '*', '*', '…', 16) FROM incidentSearch"
               f" WHERE incidentSearch MATCH ? ORDER BY {RANK} LIMIT 20", (pattern,)).fetchall()
    return (time.process_time() - start) * 1e3


class Exact:
    """The score of every incident, for some words."""

    def __init__(self, db, asked):
        self.all = db.execute("SELECT incidents FROM wordTotal").fetchone()[0]
        self.ids = {word: row[0] for word in {word for text in asked for word in text.split()}
                    if (row := db.execute("SELECT id FROM word WHERE text = ?", (word,)).fetchone())}
        self.incidents = {word: db.execute("SELECT incidents FROM word WHERE text = ?",
                                           (word,)).fetchone()[0] for word in self.ids}
        wanted = numpy.array(sorted(self.ids.values()))
        found = collections.defaultdict(list)
        rows = db.execute("SELECT incident, length, words FROM wordList")
        while batch := rows.fetchmany(20_000):
            sizes = numpy.array([len(row[2]) for row in batch])
            raw = numpy.frombuffer(b"".join(row[2] for row in batch), dtype=numpy.uint8)
            ends = numpy.flatnonzero(raw < 128)
            begins = numpy.concatenate(([0], ends[:-1] + 1))
            values = numpy.zeros(len(ends), dtype=numpy.int64)
            for byte in range(5):
                has = begins + byte <= ends
                values[has] |= (raw[begins[has] + byte].astype(numpy.int64) & 0x7F) << 7 * byte
            step, weight = values[0::2], values[1::2]
            owner = numpy.searchsorted(numpy.cumsum(sizes), begins[0::2], side="right")
            total = numpy.cumsum(step)
            first = numpy.flatnonzero(numpy.diff(owner, prepend=-1))
            before = (total - step)[first]
            word = total - before[numpy.searchsorted(first, numpy.arange(len(owner)), side="right") - 1]
            keep = numpy.isin(word, wanted)
            incident = numpy.array([row[0] for row in batch])
            length = numpy.array([row[1] for row in batch])
            found["incident"].append(incident[owner[keep]])
            found["length"].append(length[owner[keep]])
            found["word"].append(word[keep])
            found["weight"].append(weight[keep] >> 1)
        columns = {name: numpy.concatenate(parts) for name, parts in found.items()}
        order = numpy.argsort(columns["word"], kind="stable")
        self.columns = {name: column[order] for name, column in columns.items()}

    def scores(self, text):
        """The scores of the incidents that have all words."""
        sums, counts = None, None
        for word in text.split():
            low, high = numpy.searchsorted(self.columns["word"],
                                           [self.ids[word], self.ids[word] + 1])
            weight, length, incident = (self.columns[name][low:high]
                                        for name in ("weight", "length", "incident"))
            n = self.incidents[word]
            rarity = 2.2 * numpy.log(1 + (self.all - n + 0.5) / (n + 0.5))
            part = rarity * weight / (weight + 1.2 * (0.25 + 0.75 * length / 120))
            if sums is None:
                sums = numpy.zeros(self.columns["incident"].max() + 1)
                counts = numpy.zeros(len(sums), dtype=int)
            sums[incident] += part
            counts[incident] += 1
        return numpy.where(counts == len(text.split()), sums, 0)

    def overlap(self, text, hits):
        """The part of the hits that are among the best 20; None where not twenty have the words."""
        scores = self.scores(text)
        best = numpy.partition(scores, -20)[-20]
        if best <= 0:
            return None
        return sum(scores[hit] >= best - 1e-9 for hit in hits) / 20


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("leakbook")
    parser.add_argument("database")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--peer", type=int, default=20)
    options = parser.parse_args()
    db = sqlite3.connect(f"file:{options.database}?mode=ro", uri=True)
    asked = questions(db, options.questions)
    exact = Exact(db, [text for name in list(asked)[:7] for text in asked[name]])
    server = Server(os.path.abspath(options.leakbook), options.database)
    incidents = db.execute("SELECT max(id) FROM incident").fetchone()[0]
    print(f"{incidents:,} incidents, {options.questions} questions a row\n\n"
          "| question | median ms | p99 ms | processor ms | FTS5 processor ms | ratio | best 20 |\n"
          "|---|---|---|---|---|---|---|")
    server.ask("/api/v1/search", q="warm up")
    for place, (name, texts) in enumerate(asked.items()):
        times, peer, overlaps, spent = [], [], [], 0
        for number, text in enumerate(texts):
            before = server.processor()
            taken, answer = server.ask("/api/v1/search", q=text, limit=20)
            spent += server.processor() - before
            times.append(taken)
            if place < 7:
                hits = [int(hit["incident"].removeprefix("INC-")) for hit in answer["hits"]]
                overlaps.append(exact.overlap(text, hits))
                if number < options.peer:
                    peer.append(fts(db, text))
        overlaps = [part for part in overlaps if part is not None]
        mine = spent / len(times)
        against = statistics.mean(peer) if peer else None
        print(f"| {name} | {statistics.median(times):.1f} | {quantile(times, 0.99):.1f} | {mine:.1f} | "
              + (f"{against:.1f} | {against / mine:.1f} | " if peer else "– | – | ")
              + (f"{100 * statistics.mean(overlaps):.1f} % |" if overlaps else "– |"), flush=True)
    chance = random.Random(6)
    before = server.processor()
    times = [server.ask(f"/api/v1/incidents/INC-{chance.randrange(2, incidents)}/similar")[0]
             for _ in range(options.questions)]
    print(f"| similar to an incident | {statistics.median(times):.1f} | {quantile(times, 0.99):.1f} | "
          f"{(server.processor() - before) / len(times):.1f} | – | – | – |\n\nserver: {server.memory():.0f} MiB at most")
    server.stop()


main()
