#!/usr/bin/env python3
"""Runs a tracee under ptrace-fork and compares the log with what the tracee says must be in it.

usage: run_tracee.py [--times N] [--threads] [--recipe] [--fd-audit] [--subreaper] [--filtered] TRACER TRACEE

The lines of a tracee are described in tests/tracees/tracee.hpp. Among the lines of one pid order counts; besides, the
log must be in order by itself: no gap in seq, nobody acts before his birth or after his end.
"""
import argparse
import base64
import ctypes
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

from support import FAMILY, Failure, Skip, check

BOUNDS = ("zombie-ns", "lifetime-ns", "cpu-ns")
PR_SET_CHILD_SUBREAPER = 36


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
    born, ended, parents = set(), set(), set()
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
        if event["type"] in FAMILY:
            parents.add(pid)
            born.add(event["child"])
            ended.discard(event["child"])
        if event["type"] == "exit" and tid == pid:
            check(pid in parents or event["utime_ns"] is not None, f"no bill: {event}")
            ended.add(pid)
    return born, ended


def words(values):
    return " ".join(str(value) for value in values)


def commas(values):
    return ",".join(str(value) for value in values)


def in_hex(event, key):
    """The strings of a list member, as exact bytes."""
    exact = event.get(key + "_base64") or [None] * len(event[key])
    strings = [text.encode() if code is None else base64.b64decode(code) for text, code in zip(event[key], exact)]
    return words(string.hex() or "-" for string in strings)


def birth_lines(event):
    child = event["child_tid"]
    yield event["type"], words([child] + (["thread"] if event["thread"] else []))
    names = event["flags"]["names"] if event["flags"] else ["unknown"]
    yield "flags", f"{child} {commas(sorted(names))} {event['exit_signal'] or 'none'}"
    if event.get("namespace_pids"):
        yield "namespace-pids", f"{child} {commas(event['namespace_pids'])}"
    if event.get("set_tid"):
        yield "set-tid", f"{child} {commas(event['set_tid'])}"
    if "cgroup" in event:
        yield "cgroup", f"{child} {event['cgroup']}"
    if "pidfd" in event:
        yield "pidfd", f"{child} {event['pidfd']}"


def exec_lines(event, wants):
    argv = event["argv"]
    if argv is None:   # killed in the moment of its exec
        check(event["unavailable"]["argv"] == "gone", f"argv is null, and unavailable says {event['unavailable']}")
        yield "exec", ""
        return
    if "exec-size" in wants and len(argv) > 2:
        yield "exec-size", f"{len(argv)} {sum(len(a.encode()) + 1 for a in argv[1:])}"
    elif "exec-hex" in wants and not all(a.isprintable() for a in argv):
        yield "exec-hex", in_hex(event, "argv")
    else:
        yield "exec", words(argv)
    yield "path", event["path"]
    yield "cwd", event["cwd"]
    if "interpreters" in event:
        yield "interpreters", words(event["interpreters"])
    if event["credentials"]:
        yield "credentials", words(int(event["credentials"][key]) for key in ("uid", "euid", "gid", "egid", "secure"))
    for kind in ("capabilities_gained", "capabilities_ignored"):
        if kind in event:
            yield kind.replace("_", "-"), words(event[kind])
    if event.get("set_id_ignored"):
        yield "set-id-ignored", ""
    if "former_tid" in event:
        yield "former-tid", event["former_tid"]
    for kind in ("added", "removed", "changed"):
        holder = event["env"] or {kind: []}
        if holder[kind]:
            yield "env-" + kind, in_hex(holder, kind)


def exit_lines(event):
    if event.get("code") is not None:
        yield "exit", event["code"]
    else:
        yield "killed", event["signal"]
        if event["core"]:
            yield "core", event["signal"]
    yield "lifetime-ns", event["lifetime_ns"]
    yield "cpu-ns", (event["utime_ns"] or 0) + (event["stime_ns"] or 0)


def step_words(step):
    ranges = [f"{first}-{last}" for first, last in step.get("fds", [])]
    return words([step["action"], *(step[name] for name in ("fd", "to", "path") if name in step), *ranges, *step.get("signals", []),
                  *(f"cloexec:{fd}" for fd in step.get("cloexec", [])), *([step["errno"]] if "errno" in step else []),
                  *(["unfinished"] if "unfinished" in step else [])])


def purpose_of(descriptor):
    return "before" if descriptor["before"] else descriptor["purpose"] or "leak"


def audit_lines(event):
    """In the names of those who opened or got it, not of whoever had it last."""
    verdict = "before" if event["before"] else "leaked" if event["leaked"] else "given"
    yield f"{event['opener']} fd_audit {event['fd']} {verdict} {event['execs']} {event['at_exit']}"
    for holder in event["holders"]:
        yield f"{holder['pid']} fd-use {holder['fd']} {holder['use']}"


def kinds_and_words(event, wants):
    kind = event["type"]
    if kind in FAMILY:
        yield from birth_lines(event)
    elif kind == "exec":
        yield from exec_lines(event, wants)
    elif kind == "exit" and not event["thread"]:
        yield from exit_lines(event)
    elif kind == "exec_failed":
        yield kind, f"{event['path']} {event['errno']}"
    elif kind == "recipe":
        yield kind, words(step["action"] for step in event["steps"])
        yield from (("step", step_words(step)) for step in event["steps"])
    elif kind == "inherited":
        for descriptor in event["descriptors"]:
            yield kind, words([descriptor["fd"], purpose_of(descriptor), descriptor["opener"], descriptor["execs"]])
    elif kind == "reaped":
        yield kind, f"{event['how']} {event['by'] or ''}"
        yield "zombie-ns", event["zombie_ns"]
    elif kind == "reparent":
        yield kind, f"{event['from']} {event['to']}"
    elif kind == "signal" and event["signal"] != "SIGCHLD":
        yield kind, event["signal"]
        yield "sender", f"{event['signal']} {event.get('code_name', event['code'])} {event['sender'] or 'none'}"
    elif kind == "stop":
        yield kind, event["signal"]
    elif kind == "continue":
        yield kind, ""


ALWAYS = {"fork", "vfork", "clone", "exec", "exec-size", "exec-hex", "exit", "killed", "reparent", "signal", "stop", "continue"}


def as_lines(event, wants):
    """The event in the words of a tracee: of what every tracee tells, and of what this one speaks of."""
    if event["type"] == "exit" and event["thread"] and event["code"] is not None:
        yield f"{event['tid']} thread-exit {event['code']}"
    if event["type"] == "fd_audit":
        yield from (line for line in audit_lines(event) if line.split()[1] in wants)
    for kind, text in kinds_and_words(event, wants):
        if kind in ALWAYS or kind in wants:
            yield f"{event['pid']} {kind} {text}".rstrip()


def by_pid(lines):
    stories = defaultdict(list)
    for line in lines:
        stories[line.split()[0]].append(line)
    return stories


def is_told(want, have):
    kind = want.split()[1]
    if kind == "exec-killed":   # its arguments may be gone
        return have.split() in (want.replace("exec-killed", "exec").split(), [want.split()[0], "exec"])
    if want.split()[1:3] == ["reaped", "by-adopter"]:   # who adopted it cannot be told where that one was quick
        nobody = [[want.split()[0], "reaped", how] for how in ("adopted", "waited")]
        return have.split() in (want.replace("by-adopter", "waited").split(), *nobody)
    if kind not in BOUNDS or have.split()[:2] != want.split()[:2]:
        return want == have
    low, high = (int(word) for word in want.split()[2:])
    return low <= int(have.split()[2]) <= high


def without_ignored(told, expected, ignored):
    """Of the kinds that a tracee does not answer for, only what it spoke of; bounds only where it gave some."""
    spoken = Counter(expected)
    bounded = {tuple(line.split()[:2]) for line in expected}
    kept = []
    for line in told:
        if line.split()[1] in BOUNDS:
            if tuple(line.split()[:2]) not in bounded:
                continue
        elif line.split()[1] in ignored:
            if spoken[line] == 0:
                continue
            spoken[line] -= 1
        kept.append(line)
    return kept


def take_unordered(expected, told):
    unordered = Counter(line.removesuffix(" unordered") for line in expected if line.endswith(" unordered"))
    rest = []
    for line in told:
        if unordered[line] > 0:
            unordered[line] -= 1
        else:
            rest.append(line)
    missing = +unordered
    check(not missing, f"not in the log: {sorted(missing)}")
    return [line for line in expected if not line.endswith(" unordered")], rest


def compare(expected, told):
    ignored = {kind for line in expected if line.startswith("ignore ") for kind in line.split()[1:]}
    expected = [line.rstrip() for line in expected if not line.startswith("ignore ")]
    told = without_ignored(told, [line.removesuffix(" unordered") for line in expected], ignored)
    want, have = (by_pid(lines) for lines in take_unordered(expected, told))
    for pid in want.keys() | have.keys():
        same = len(want[pid]) == len(have[pid]) and all(map(is_told, want[pid], have[pid]))
        check(same, f"pid {pid}:\n  expected: " + "\n            ".join(want[pid]) +
              "\n  in the log: " + "\n              ".join(have[pid]))


def run_once(tracer, tracee, options):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        done = subprocess.run([tracer, "--json", "-o", log, *options, tracee], stdout=subprocess.PIPE, timeout=60, check=False)
        lines = done.stdout.decode().splitlines()
        for line in lines:
            if line.startswith("SKIP "):
                raise Skip(line.removeprefix("SKIP "))
        check("EXIT-SUCCESS" in lines, f"the tracee did not get to its end: status {done.returncode}, said {lines[-3:]}")
        lines.remove("EXIT-SUCCESS")
        events, end = read_log(log)
    born, ended = check_order(events)
    check(born - ended == set(), f"no end was told of {born - ended}")
    check(end["lost"] == 0, "events were lost")
    wants = {line.split()[1] for line in lines if not line.startswith("ignore ")}
    root = events[0]["pid"]
    own_exit = [e for e in events if e["type"] == "exit" and e["pid"] == root and e["tid"] == root]
    check(own_exit[-1]["code"] == done.returncode, f"exit status {done.returncode}, the log says {own_exit[-1]}")
    told = [line for event in events for line in as_lines(event, wants)]
    if "--threads" not in options:
        told = [line for line in told if not line.endswith(" thread")]
    compare(lines, told)


def collect_the_rest():
    """Whoever was left to us as their subreaper."""
    try:
        while os.waitpid(-1, 0):
            pass
    except ChildProcessError:
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--threads", dest="options", action="append_const", const="--threads")
    parser.add_argument("--recipe", dest="options", action="append_const", const="--recipe")
    parser.add_argument("--fd-audit", dest="options", action="append_const", const="--fd-audit")
    parser.add_argument("--filtered", action="store_true", help="stop at some system calls, by a filter")
    parser.add_argument("--subreaper", action="store_true")
    parser.add_argument("tracer")
    parser.add_argument("tracee")
    args = parser.parse_args()
    options = (args.options or []) + (["--seccomp-bpf", "-e", "%process,openat"] if args.filtered else [])
    if args.subreaper:
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    for turn in range(args.times):
        try:
            run_once(args.tracer, args.tracee, options)
        except Skip as reason:
            print(f"skipped: {reason}")
            return 77
        except (Failure, subprocess.TimeoutExpired) as failure:
            print(f"run {turn + 1} of {args.times}: {failure}")
            return 1
        finally:
            collect_the_rest()
    print(f"{os.path.basename(args.tracee)}: {args.times} runs as expected")
    return 0


if __name__ == "__main__":
    sys.exit(main())
