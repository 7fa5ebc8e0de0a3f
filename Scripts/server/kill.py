#!/usr/bin/env python3
"""Kills a server under load and counts what was lost: kill.py BINARY [ROUNDS]

Eight clients open incidents; the server dies by SIGKILL at a moment of its own each round, starts
again on the same database, and every incident that was acknowledged must be there.
"""

import random
import signal
import sys
import threading
import time

from served import Server, Verdict

rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
random.seed(7)
verdict = Verdict()
acknowledged, slowest = {}, 0.0
server = Server(sys.argv[1], "--rate", "0/0")
server.start()
for number in range(rounds):
    ended = threading.Event()

    def write(client):
        count = 0
        while not ended.is_set():
            title = f"round {number} client {client} number {count}"
            try:
                answer = server.send("POST", "/api/v1/incidents", {"title": title, "service": "s"})
                acknowledged[answer["id"]] = title
            except (OSError, RuntimeError, ValueError):
                time.sleep(0.005)
            except Exception:  # the connection broke in the middle of an answer
                time.sleep(0.005)
            count += 1

    clients = [threading.Thread(target=write, args=(client,)) for client in range(8)]
    for client in clients:
        client.start()
    time.sleep(random.uniform(0.15, 1.0))
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    ended.set()
    for client in clients:
        client.join()
    slowest = max(slowest, server.start())
    while server.ask("GET", "/readyz", port=server.health_port)[0] != 200:
        time.sleep(0.01)
kept, after = {}, None
while True:
    path = "/api/v1/incidents?fields=id,title&limit=200" + (f"&after={after}" if after else "")
    page = server.send("GET", path, None)
    kept.update((item["id"], item["title"]) for item in page["items"])
    after = page["next"]
    if not after:
        break
lost = [name for name, title in acknowledged.items() if kept.get(name) != title]
server.stop()
sound = server.run("db", "check")
audit = server.run("audit", "verify")
verdict.check(f"{rounds} rounds, {len(acknowledged)} acknowledged: lost", len(lost), 0, not lost)
verdict.check("ready again after at most", f"{slowest:.2f} s", "2 s", slowest <= 2)
verdict.check("db check", sound.strip(), "sound", sound.startswith("sound"))
verdict.check("audit verify", audit.strip(), "whole", audit.startswith("whole"))
server.folder.cleanup()
sys.exit(not verdict.holds)
