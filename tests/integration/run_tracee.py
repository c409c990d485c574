#!/usr/bin/env python3
"""Runs a tracee under ptrace-fork and compares the log with what the tracee says must be in it.

usage: run_tracee.py [--times N] TRACER TRACEE

The lines of a tracee are described in tests/tracees/tracee.hpp. Among the lines of one pid order counts; besides, the
log must be in order by itself: no gap in seq, nobody acts before his birth or after his end.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

BIRTHS = ("fork", "vfork", "clone")


class Failure(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Failure(text)


def read_log(path):
    with open(path, encoding="utf-8") as log:
        text = log.read()
    check(text.endswith("\n"), "the log ends in the middle of a line")
    events = [json.loads(line) for line in text.splitlines()]
    check(events[0]["type"] == "header" and events[0]["schema"] == "ptop.events/1", "the log has no header")
    check(events[-1]["type"] == "end", "the log has no end record")
    return events[1:-1], events[-1]


def check_order(events):
    """What holds for every log."""
    born, ended = set(), set()
    last_time = 0
    for number, event in enumerate(events, 1):
        check(event["seq"] == number, f"seq {event['seq']} where {number} was due")
        check(event["t_ns"] >= last_time, f"time goes back at seq {number}")
        last_time = event["t_ns"]
        tid, pid = event["tid"], event["pid"]
        if event["type"] == "attach":
            born.add(pid)
        check(pid in born, f"pid {pid} acts before its birth: {event}")
        check(pid not in ended or event["type"] == "reaped", f"pid {pid} acts after its end: {event}")
        if event["type"] in BIRTHS:
            born.add(event["child"])
            ended.discard(event["child"])
        if event["type"] == "exit" and tid == pid:
            ended.add(pid)
    return born, ended


def as_line(event, wants):
    """The event in the words of a tracee, or None for what a tracee does not speak of."""
    kind, pid = event["type"], event["pid"]
    if kind in BIRTHS:
        thread = " thread" if event.get("thread") else ""
        return f"{pid} {kind} {event['child_tid']}{thread}"
    if kind == "exec":
        if "exec-size" in wants and len(event["argv"]) > 2:
            argv = event["argv"]
            return f"{pid} exec-size {len(argv)} {sum(len(a.encode()) + 1 for a in argv[1:])}"
        return f"{pid} exec {' '.join(event['argv'])}"
    if kind == "exit":
        if event.get("thread"):
            return f"{event['tid']} thread-exit {event['code']}" if event.get("code") is not None else None
        if event.get("code") is not None:
            return f"{pid} exit {event['code']}"
        return f"{pid} killed {event['signal']}"
    if kind == "reaped":
        return f"{pid} reaped {event['how']} {event['by'] or ''}".rstrip() if "reaped" in wants else None
    if kind == "reparent":
        return f"{pid} reparent {event['from']} {event['to']}"
    if kind == "signal":
        return None if event["signal"] == "SIGCHLD" else f"{pid} signal {event['signal']}"
    if kind == "stop":
        return f"{pid} stop {event['signal']}"
    if kind == "continue":
        return f"{pid} continue"
    return None


def by_pid(lines):
    stories = defaultdict(list)
    for line in lines:
        stories[line.split()[0]].append(line)
    return stories


def compare(expected, told):
    unordered = [line.removesuffix(" unordered") for line in expected if line.endswith(" unordered")]
    if unordered:
        missing = Counter(unordered) - Counter(told)
        check(not missing, f"not in the log: {sorted(missing)}")
        told = [line for line in told if line not in set(unordered)]
        expected = [line for line in expected if not line.endswith(" unordered")]
    want, have = by_pid(expected), by_pid(told)
    for pid in want.keys() | have.keys():
        check(want[pid] == have[pid],
              f"pid {pid}:\n  expected: " + "\n            ".join(want[pid]) +
              "\n  in the log: " + "\n              ".join(have[pid]))


def run_once(tracer, tracee):
    threads = os.path.basename(tracee) in ("clone_thread", "exit_after_leader")
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        command = [tracer, "--json", "-o", log] + (["--threads"] if threads else []) + [tracee]
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=False)
        lines = done.stdout.decode().splitlines()
        check("EXIT-SUCCESS" in lines, f"the tracee did not get to its end: status {done.returncode}, said {lines[-3:]}")
        lines.remove("EXIT-SUCCESS")
        events, end = read_log(log)
    born, ended = check_order(events)
    check(born - ended == set(), f"no end was told of {born - ended}")
    check(end["lost"] == 0, "events were lost")
    wants = {line.split()[1] for line in lines}
    root = events[0]["pid"]
    own_exit = [e for e in events if e["type"] == "exit" and e["pid"] == root and e["tid"] == root]
    check(own_exit[-1]["code"] == done.returncode, f"exit status {done.returncode}, the log says {own_exit[-1]}")
    told = [line for line in (as_line(e, wants) for e in events) if line]
    if not threads:
        told = [line for line in told if not line.endswith(" thread")]
    compare(lines, told)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("tracer")
    parser.add_argument("tracee")
    args = parser.parse_args()
    for turn in range(args.times):
        try:
            run_once(args.tracer, args.tracee)
        except Failure as failure:
            print(f"run {turn + 1} of {args.times}: {failure}")
            return 1
    print(f"{os.path.basename(args.tracee)}: {args.times} runs as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
