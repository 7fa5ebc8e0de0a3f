#!/usr/bin/env python3
"""Scores `leakbook similar` by leave-one-out on folders of settled cases.

usage: score-similar.py BIN FIELD [LAB]

Each case of the folders is imported as a resolved incident; each is then asked for, itself left out:
is an incident of the same cause at rank 1, within five, and what is the mean reciprocal rank?
By evidence alone, by story alone, by both; beside them, in the same run, BM25 of plain FTS5 on the
stories and TF-IDF over the functions on the stacks. Rejection: a whole cause is left out; AUC of the
best score, known causes against absent ones.
"""
import collections
import json
import math
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

LIMIT = 50


def run(binary, database, *arguments):
    """The hits of one question, as (case, cause, score), the best first."""
    command = [binary, "similar", "--json", "--limit", str(LIMIT), "--db", database, *arguments]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        return []
    return [(hit["case"], hit["cause"], hit["score"]) for hit in json.loads(answer.stdout)["hits"]]


def load(folders):
    cases = {}
    for folder in folders:
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name, "case.json")
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    case = json.load(file)
                cases[case["id"]] = {
                    "cause": case["cause"],
                    "story": case.get("story", ""),
                    "folder": os.path.dirname(path),
                }
    return cases


def peers_bm25(cases):
    """Plain FTS5 on the stories: any of the words, the engine's own ranking."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE story USING fts5 (name UNINDEXED, text)")
    db.executemany("INSERT INTO story VALUES (?, ?)", [(n, c["story"]) for n, c in cases.items()])

    def ask(name):
        words = sorted(set(re.findall(r"\w+", cases[name]["story"].lower())))
        if not words:
            return []
        pattern = " OR ".join(f'"{word}"' for word in words)
        rows = db.execute(
            "SELECT name, -bm25(story) FROM story WHERE story MATCH ? ORDER BY bm25(story) LIMIT 60",
            (pattern,),
        )
        return [(other, cases[other]["cause"], score) for other, score in rows if other != name]

    return ask


def peers_tfidf(cases, database):
    """TF-IDF over the functions on the stacks that leakbook keeps with the incidents, cosine."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    functions = collections.defaultdict(set)
    query = (
        "SELECT importedCase, function FROM frame JOIN incident ON incident.id = frame.incident"
    )
    for name, function in db.execute(query):
        functions[name].add(function)
    frequency = collections.Counter(f for names in functions.values() for f in names)
    rarity = {f: math.log(len(functions) / count) for f, count in frequency.items()}

    def norm(names):
        return math.sqrt(sum(rarity[f] ** 2 for f in names)) or 1

    def ask(name):
        here = functions[name]
        hits = []
        for other, there in functions.items():
            shared = sum(rarity[f] ** 2 for f in here & there)
            if other != name and shared > 0:
                hits.append((other, cases[other]["cause"], shared / norm(here) / norm(there)))
        return sorted(hits, key=lambda hit: -hit[2])

    return ask


def measure(cases, ask):
    """Rank 1, within five, MRR over the cases whose cause another has; then the AUC of rejection."""
    count = collections.Counter(case["cause"] for case in cases.values())
    ranks, known, absent = [], [], []
    for name, case in cases.items():
        cause = case["cause"]
        if cause == "other":
            continue
        hits = [hit for hit in ask(name) if hit[0] != name]
        absent.append(next((score for _, other, score in hits if other != cause), 0))
        if count[cause] < 2:
            continue
        known.append(hits[0][2] if hits else 0)
        ranks.append(next((i for i, hit in enumerate(hits, 1) if hit[1] == cause), None))
    pairs = [(k, a) for k in known for a in absent]
    auc = sum((k > a) + 0.5 * (k == a) for k, a in pairs) / len(pairs)
    total = len(ranks)
    return (
        total,
        sum(r == 1 for r in ranks) / total,
        sum(r is not None and r <= 5 for r in ranks) / total,
        sum(1 / r for r in ranks if r) / total,
        auc,
    )


def score(binary, folders, title):
    cases = load(folders)
    with tempfile.TemporaryDirectory() as scratch:
        database = os.path.join(scratch, "score.db")
        subprocess.run(
            [binary, "import", *folders, "--db", database, "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        listed = subprocess.run(
            [binary, "list", "--jsonl", "--limit", "1000", "--db", database],
            check=True,
            capture_output=True,
            text=True,
        )
        numbers = {
            row["case"]: row["id"] for row in map(json.loads, listed.stdout.splitlines())
        }
        ways = {
            "both": lambda name: run(binary, database, numbers[name]),
            "evidence alone": lambda name: run(
                binary, database, cases[name]["folder"], "--except", numbers[name]
            ),
            "story alone": lambda name: run(
                binary, database, "--text", cases[name]["story"], "--except", numbers[name]
            ),
            "peer: BM25 on the story (FTS5)": peers_bm25(cases),
            "peer: TF-IDF over functions": peers_tfidf(cases, database),
        }
        print(f"\n{title}: {len(cases)} incidents\n")
        print("| by | asked | rank 1 | within 5 | MRR | rejection AUC |")
        print("|---|---|---|---|---|---|")
        for way, ask in ways.items():
            total, first, five, mrr, auc = measure(cases, ask)
            print(f"| {way} | {total} | {first:.2f} | {five:.2f} | {mrr:.3f} | {auc:.2f} |")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    binary, folders = os.path.abspath(sys.argv[1]), sys.argv[2:]
    score(binary, folders[:1], "Field alone")
    if len(folders) > 1:
        score(binary, folders, "Field and lab together")


main()
