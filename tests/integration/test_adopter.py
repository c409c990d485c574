#!/usr/bin/env python3
"""Where the tracer itself adopts orphans, as process 1 of a container or as a subreaper, it collects them.

usage: test_adopter.py TRACER
"""
import ctypes
import json
import os
import subprocess
import sys
import tempfile

from support import check, equal, exit_with

tracer = sys.argv[1]
LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_CHILD_SUBREAPER = 36

# A child that leaves a zombie and a living orphan, which ends afterwards.
LEAVES_BOTH = """
import os
end, hold = os.pipe()
parent = os.fork()
if parent == 0:
    orphan = os.fork()
    if orphan == 0:
        os.close(hold)
        os.read(end, 1)
        os._exit(2)
    zombie = os.fork()
    if zombie == 0:
        os._exit(1)
    os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
    os._exit(0)
os.waitpid(parent, 0)
"""

# Whom the kernel collects, as sigaction(2) of SA_NOCLDWAIT asks for. Each has ended when the next is made.
NOBODY_WAITS = """
import ctypes
class Action(ctypes.Structure):
    _fields_ = [("handler", ctypes.c_void_p), ("mask", ctypes.c_ubyte * 128), ("flags", ctypes.c_int), ("restorer", ctypes.c_void_p)]
SIGCHLD, SA_NOCLDWAIT = 17, 2
assert ctypes.CDLL(None).sigaction(SIGCHLD, ctypes.byref(Action(None, flags=SA_NOCLDWAIT)), None) == 0
for _ in range(6):
    end, hold = os.pipe()
    if os.fork() == 0:
        os._exit(3)
    os.close(hold)
    os.read(end, 1)
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        pass
"""


def events_of(program):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        with subprocess.Popen([tracer, "--json", "-o", log, sys.executable, "-c", program],
                              preexec_fn=lambda: LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)) as tracing:
            equal(tracing.wait(60), 0, "exit status")
        with open(log, encoding="utf-8") as lines:
            return tracing.pid, [json.loads(line) for line in lines]


def who_is_adopted_by_us_is_collected_by_us():
    ourselves, events = events_of(LEAVES_BOTH)
    ends = {e["code"]: e["pid"] for e in events if e["type"] == "exit" and e["code"]}
    equal(sorted(ends), [1, 2], "exit statuses")
    reaped = {e["pid"]: (e["how"], e["by"]) for e in events if e["type"] == "reaped"}
    for code, pid in ends.items():
        equal(reaped.get(pid), ("waited", ourselves), f"who collected the one with status {code}")
    order = [(e["type"], e["pid"]) for e in events if e["type"] in ("exit", "reaped")]
    parent = next(e["ppid"] for e in events if e["type"] == "exit" and e["code"] == 1)
    check(order.index(("exit", parent)) < order.index(("reaped", ends[1])), f"{ends[1]} was adopted before {parent} had ended")


def who_was_adopted_by_us_does_not_hide_whom_the_kernel_collects():
    _, events = events_of(LEAVES_BOTH + NOBODY_WAITS)
    unwaited = {e["pid"] for e in events if e["type"] == "exit" and e["code"] == 3}
    equal(len(unwaited), 6, "children that nobody waits for")
    told = [e["how"] for e in events if e["type"] == "reaped" and e["pid"] in unwaited]
    equal(told[1:], ["ignored"] * 5, f"how they were collected {told}")


if __name__ == "__main__":
    exit_with([who_is_adopted_by_us_is_collected_by_us, who_was_adopted_by_us_does_not_hide_whom_the_kernel_collects])
