#!/usr/bin/env python3
"""Measure `leakbook forecast` on the benchmark series and print the tables of FORECAST.md.

usage: forecast.py LEAKBOOK BENCHMARKS [--seeds 1,2,3] [--only forecast,changepoint,machine]

BENCHMARKS is the folder with forecast/, changepoint/ and machine-metrics/; their own scorers count.
--seeds makes further forecast sets with the generator there and scores them as well.
Standard library only.
"""
import argparse
import csv
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time


def load(path):
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3] + "_" + str(abs(hash(path))), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(x, digits=2):
    return "–" if x is None else "%.*f" % (digits, x)


def slash(values, digits=2):
    return " / ".join(text(v, digits) for v in values)


def online(program, bench, data):
    """One row of the forecast table."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([sys.executable, os.path.join(bench, "forecast", "online.py"), data, out.name,
                        "--cmd", "%s forecast --stream" % program], check=True, stderr=subprocess.DEVNULL)
        result = json.load(open(out.name))
    s = load(os.path.join(bench, "forecast", "score.py")).score(data, result)
    c, q, f, t = s["changes"], s["quiet"], s["forecast"], s["ttl"]
    kinds = c["by_kind"]
    steep = kinds.get("growth_steep", {})
    others = [k for k in kinds if k in ("step", "restart")]
    total = sum(kinds[k]["n"] for k in others)
    found = sum(round(kinds[k]["n"] * kinds[k]["recall"]) for k in others)
    h = ("6", "24", "72")
    calls = sum(r["calls"] for r in result.values())
    return [
        ("growth changes found", "%d of %d" % (round((c["growth_recall"] or 0) * c["growth_n"]), c["growth_n"])),
        ("false alarms a day, healthy series with any", "%s, %d of %d" % (text(q["false_per_day"]), q["with_false_alarm"], q["series"])),
        ("alarm delay ÷ ideal, all and steep", slash([c["growth_delay_over_ideal"], steep.get("delay_over_ideal")])),
        ("location error on steep leaks, min", text(steep.get("location_min"))),
        ("steps and restarts found", "%d of %d" % (found, total)),
        ("time-to-limit error at 25/50/75 %", slash([t[k]["median_rel_err"] for k in ("25", "50", "75")], 3)),
        ("80 % interval of the time to the limit holds", text(s["ttl80_coverage"])),
        ("told \"within 72 h\" wrongly", text(s["never_crossing_false_72h"], 3)),
        ("80 % interval holds at 6/24/72 h", slash([f[k]["coverage80"] for k in h])),
        ("95 % interval holds at 6/24/72 h", slash([f[k]["coverage95"] for k in h])),
        ("pinball, % of limit, at 6/24/72 h", slash([f[k]["pinball_pct"] for k in h])),
        ("leak or not, F1 half way / end", slash([s["verdict_way50"]["f1"], s["verdict_final"]["f1"]], 3)),
        ("healthy called leak, half way / end", slash([s["verdict_way50"]["false_rate"], s["verdict_final"]["false_rate"]])),
        ("wall ms a query; ms a call with its samples", "%s; %s" % (text(1000 * s["time"]["query_s"]), text(1000 * sum(r["seconds_online"] for r in result.values()) / calls, 3))),
    ]


def changepoint(program, bench):
    folder = os.path.join(bench, "changepoint")
    score = load(os.path.join(folder, "score.py"))
    data = json.load(open(os.path.join(folder, "series.json")))
    rows, slowest = [], 0.0
    for name in sorted(data):
        d = data[name]
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
            f.write("".join("%s\n" % ("NaN" if v is None else v) for v in d["values"]))
            f.flush()
            start = time.perf_counter()
            answer = subprocess.run([program, "forecast", "--json", f.name], check=True, capture_output=True)
            slowest = max(slowest, time.perf_counter() - start)
        found = [c["index"] for c in json.loads(answer.stdout)["change_points"]]
        annotators = list(d["annotations"].values())
        rows.append((name, score.f1(annotators, found)[0], score.cover(annotators, found, d["n_obs"])))
    return rows, slowest


def machine(program, bench):
    folder = os.path.join(bench, "machine-metrics")
    labels = json.load(open(os.path.join(folder, "nab", "labels.json")))
    flags = {}
    process = subprocess.Popen([program, "forecast", "--stream"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    for name in sorted(labels):
        with open(os.path.join(folder, "nab", name)) as f:
            values = [float(r[1]) for r in list(csv.reader(f))[1:]]
        process.stdin.write(json.dumps({"op": "start", "series": name, "interval_s": 300}) + "\n")
        flags[name] = []
        for i, v in enumerate(values):
            process.stdin.write(json.dumps({"op": "samples", "t": [300 * i], "v": [v]}) + "\n")
            process.stdin.flush()
            if json.loads(process.stdout.readline())["alarms"]:
                flags[name].append(i)
    process.stdin.close()
    process.wait()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
        json.dump(flags, f)
        f.flush()
        answer = subprocess.run([sys.executable, os.path.join(folder, "score.py"), f.name, "--json"], check=True, capture_output=True)
    return json.loads(answer.stdout)["total"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("benchmarks")
    parser.add_argument("--seeds", default="")
    parser.add_argument("--only", default="forecast,changepoint,machine")
    o = parser.parse_args()
    parts = o.only.split(",")
    if "forecast" in parts:
        columns = [("given set", online(o.program, o.benchmarks, os.path.join(o.benchmarks, "forecast")))]
        for seed in [s for s in o.seeds.split(",") if s]:
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, os.path.join(o.benchmarks, "forecast", "gen.py"), folder, "--seed", seed], check=True)
                columns.append(("seed " + seed, online(o.program, o.benchmarks, folder)))
        print("| | " + " | ".join(n for n, _ in columns) + " |\n|---|" + "---|" * len(columns))
        for i, (label, _) in enumerate(columns[0][1]):
            print("| %s | %s |" % (label, " | ".join(rows[i][1] for _, rows in columns)))
        print()
    if "changepoint" in parts:
        rows, slowest = changepoint(o.program, o.benchmarks)
        print("| change points | F1 | covering |\n|---|---|---|")
        for name, f1, cover in rows:
            print("| %s | %.3f | %.3f |" % (name, f1, cover))
        print("| **mean of %d** | **%.3f** | **%.3f** |" % (len(rows), sum(r[1] for r in rows) / len(rows), sum(r[2] for r in rows) / len(rows)))
        print("\nSlowest series, the whole process: %.0f ms\n" % (1000 * slowest))
    if "machine" in parts:
        t = machine(o.program, o.benchmarks)
        print("NAB standard %.1f, windows %d/%d, false flags %d (%.2f per 1000 rows)"
              % (t["nab_standard"], t["found"], t["windows"], t["false_flags"], 1000.0 * t["false_flags"] / t["rows"]))


if __name__ == "__main__":
    main()
