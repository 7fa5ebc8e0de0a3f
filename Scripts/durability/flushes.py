"""Nothing is acknowledged before the disk has it: the order of system calls tells."""

import re
import subprocess

from harness import ENVIRONMENT, Place, Server, ask, check

TRACE = ("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-s", "64", "-e", "trace=fdatasync,write,writev,sendto,sendmsg")


def order(trace, acknowledgement):
    """Counts acknowledgements, and those since whose predecessor the log was flushed."""
    flushed, acks, good, flushes, under_way = False, 0, 0, 0, set()
    with open(trace, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            thread = line.split(maxsplit=1)[0]
            if "fdatasync(" in line and "-wal>" in line and "unfinished" in line:
                under_way.add(thread)
            ended = "fdatasync resumed" in line and thread in under_way
            if ended or ("fdatasync(" in line and "-wal>" in line and line.rstrip().endswith("= 0")):
                under_way.discard(thread)
                flushed, flushes = True, flushes + 1
            elif re.search(acknowledgement, line):
                acks, good, flushed = acks + 1, good + flushed, False
    return acks, good, flushes


def command_line(binary):
    """Each line of `import` comes after a flush of the log."""
    count = 100
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        cases, trace = place.cases("c", count), place.folder / "trace"
        command = [*TRACE, "-o", str(trace), *place.command("import", str(cases))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       env=ENVIRONMENT, timeout=60)
        acks, good, flushes = order(trace, r'write\(1<.*"INC-')
    check(acks == good == count, f"{good} of {acks} lines came after a flush")
    return f"{good} of {acks} lines after a flush of the log, {flushes} flushes"


def server(binary):
    """Each 201 is sent after a flush of the log that began after the one before."""
    count = 200
    with Place(binary) as place:
        place.do("log", "first", "--service", "relay")
        trace = place.folder / "trace"
        running = Server(place, prefix=(*TRACE, "-o", str(trace)))
        client = running.client()
        for number in range(count):
            status, _ = ask(client, "POST", "/api/v1/incidents/INC-1/notes", {"text": f"n{number}"})
            check(status == 201, f"status {status}")
        running.end()
        acks, good, flushes = order(trace, r'"HTTP/1\.1 201')
    check(acks == good == count, f"{good} of {acks} answers came after a flush")
    return f"{good} of {acks} answers after a flush of the log, {flushes} flushes"


GATES = {"flush-command": command_line, "flush-server": server}
