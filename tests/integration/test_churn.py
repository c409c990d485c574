#!/usr/bin/env python3
"""200 processes a second are born and die while everybody looks at them: no line on standard error, no crash, no half
row, nothing that is not JSON.

usage: test_churn.py PTOP CHURN SNAPSHOT_SCHEMA FDS_SCHEMA VALIDATE_JSON [--dumps N]
"""
import argparse
import contextlib
import csv
import io
import json
import os
import re
import subprocess
import sys

from support import Failure, check, equal, exit_with

parser = argparse.ArgumentParser()
parser.add_argument("programs", nargs=5)
parser.add_argument("--dumps", type=int, default=int(os.environ.get("PTOP_CHURN_DUMPS", 100)), help="./dev soak takes a thousand")
parser.add_argument("--rate", type=int, default=200)
options = parser.parse_args()
PTOP, CHURN, SNAPSHOT, FDS, VALIDATE = map(os.path.abspath, options.programs)

VALIDATED_OF = 25   # one document in so many goes through the schema; each through the JSON parser
SOMETIMES = {"unavailable", "zombie", "orphan", "daemon"}


@contextlib.contextmanager
def churn():
    """Checks at the end that there was what the test's name says."""
    program = subprocess.Popen([CHURN, str(options.rate)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    try:
        yield program.pid
    finally:
        program.stdin.close()
        born, took = program.stdout.read().split()
        equal(program.wait(60), 0, "exit status of churn")
    # On a busy machine they are fewer than asked for: said, not judged.
    print(f"        {int(born) / max(float(took), 0.001):.0f} births a second")
    check(int(born) > 0, "nobody was born")


def ptop(*arguments, statuses=(0,)):
    done = subprocess.run([PTOP, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    if done.returncode not in statuses or (done.returncode == 0 and done.stderr):
        raise Failure(f"{arguments}: exit status {done.returncode}, stderr {done.stderr[:300]!r}")
    return done.stdout.decode("utf-8")


def keys(row):
    return {key for key in row if key not in SOMETIMES and not key.endswith("_base64")}


def whole(rows, wanted):
    """Every row has every member, each missing value its reason, and a pid is there once."""
    for row in rows:
        missing = keys(row) ^ (wanted if row["tid"] == row["pid"] else wanted - {"fds", "maps"})   # a thread has its process's
        if missing:
            raise Failure(f"half a row: {sorted(missing)} of {row['pid']} {row['comm']!r}")
        for key, reason in row.get("unavailable", {}).items():
            if row[key] is not None or reason == "malformed":
                raise Failure(f"{key} is {row[key]!r} and {reason}")
    ids = [(row["pid"], row["tid"]) for row in rows]
    equal(len(ids), len(set(ids)), "rows and tasks")


def family_holds(rows):
    """What is said of relatives is true within one document."""
    by_pid = {row["pid"]: row for row in rows}
    for row in rows:
        for child in row["children"]:
            equal(by_pid[child]["ppid"], row["pid"], f"parent of {child}")
        if "zombie" in row:
            equal((row["state"] in "ZX", row["zombie"]["parent"]), (True, row["ppid"]), f"zombie {row['pid']}")


def valid(text, schema):
    done = subprocess.run([sys.executable, VALIDATE, schema, "-"], input=text.encode(), stderr=subprocess.PIPE, check=False)
    if b"No module named" not in done.stderr:
        equal((done.returncode, done.stderr), (0, b""), schema)


def dumps(times, *arguments):
    seen = set()
    wanted = keys(next(row for row in json.loads(ptop("dump", *arguments))["processes"] if row["pid"] == os.getpid()))
    for number in range(times):
        text = ptop("dump", *arguments)
        document = json.loads(text)
        whole(document["processes"], wanted)
        equal(document["errors"], [], "errors")
        if "--threads" not in arguments:
            family_holds(document["processes"])
        if number % VALIDATED_OF == 0:
            valid(text, SNAPSHOT)
        seen |= {row["pid"] for row in document["processes"]}
    return seen


def a_hundred_dumps():
    with churn():
        before = dumps(1)
        seen = dumps(options.dumps)
    check(len(seen - before) > options.dumps, f"saw {len(seen - before)} of those that were born")


def full_dumps_with_threads():
    with churn():
        dumps(options.dumps // 10, "--full", "--threads")
        dumps(options.dumps // 10, "--full")


def tables():
    with churn() as pid:
        for _ in range(options.dumps // 10):
            lines = ptop("ps").rstrip("\n").split("\n")
            check(all(re.match(r" *\d+ ", line) for line in lines[1:]), "a line without a pid")
            lines = ptop("ps", "--threads", "-o", "tid,pid,state,comm").rstrip("\n").split("\n")
            check(all(re.match(r" *\d+ +\d+ [RSDTtZXIPKW] ", line) for line in lines[1:]), "half a line")
            columns = "pid,tid,ppid,state,comm,exe,argv,cwd,cgroups,sig_caught,netns,io_read,uss"
            header, *rows = csv.reader(io.StringIO(ptop("ps", "--csv", "--threads", "-o", columns), newline=""), strict=True)
            equal({len(row) for row in rows}, {len(header)}, "fields")
            check(all(row[0] and row[1] and row[2] and row[3] for row in rows), "a row of nobody")
            for line in ptop("dump", "--jsonl", "--full").splitlines():
                json.loads(line)
            check(str(pid) in ptop("tree"), "churn in the tree")
            ptop("ps", "--tree", f"tree={pid}")


def descriptors():
    with churn() as pid:
        for number in range(options.dumps // 10):
            text = ptop("fds", "--json")
            rows = json.loads(text)["descriptors"]
            check((pid, 0) in {(row["pid"], row["fd"]) for row in rows}, "churn's input")
            equal(len({frozenset(keys(row)) for row in rows if row["type"] == "pipe"}), 1, "sets of keys of a pipe")
            if number == 0:
                valid(text, FDS)
            ptop("fds")
            ptop("fds", "--path", "/dev/null", statuses=(0, 1))


def those_that_die_while_they_are_asked_for():
    """A pid that exists, or existed a moment ago: an answer or exit status 3, never half of one; 1 is a zombie's, which
    has no descriptors."""
    with churn() as pid:
        asked = 0
        while asked < options.dumps:
            with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                children = file.read().split()
            for child in children[:2]:
                asked += 1
                ptop("fds", child, statuses=(0, 1, 3))
                ptop("tree", child, statuses=(0, 1, 3))
                for line in ptop("dump", "--jsonl", "--full", f"pid={child}", statuses=(0, 1)).splitlines():
                    json.loads(line)


if __name__ == "__main__":
    exit_with([a_hundred_dumps, full_dumps_with_threads, tables, descriptors, those_that_die_while_they_are_asked_for])
