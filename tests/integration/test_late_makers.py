#!/usr/bin/env python3
"""Reports that come late, or early: each child, thread, end and stop is told once.

usage: test_late_makers.py TRACER LATE_MAKERS_LIBRARY PROGRAM_WITH_A_THREAD
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter

from support import Skip, check, children_of, equal, exit_with, process_state, wait_until

tracer, library, threaded = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3]
LONGER_THAN_A_CHILD_IS_HELD = 350   # ms
SHORTER_THAN_A_CHILD_IS_HELD = 100
CHILDREN = ["/bin/sh", "-c", "(exit 3); (exit 4); (exit 5); exit 6"]


def log_of(program, **how):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        environment = dict(os.environ, LD_PRELOAD=library, LATE_MAKERS_MS=str(LONGER_THAN_A_CHILD_IS_HELD), **how)
        done = subprocess.run([tracer, "--json", "--threads", "-o", log, *program], env=environment,
                              stdout=subprocess.DEVNULL, timeout=100, check=False)
        with open(log, encoding="utf-8") as lines:
            events = [json.loads(line) for line in lines]
    equal(events[-1]["lost"], 0, "lost")
    return done.returncode, events[1:-1]


def births_in(events):
    births = [e for e in events if e["type"] in ("fork", "vfork", "clone")]
    told = Counter((e["child_tid"], e["child_start"]) for e in births)
    equal([birth for birth, times in told.items() if times > 1], [], "told twice")
    return births


def check_children(births, status, events):
    equal(status, 6, "exit status")
    equal(len(births), 3, "births")
    ends = [(e["pid"], e["code"]) for e in events if e["type"] == "exit" and not e["thread"]]
    equal(ends[:3], [(birth["child"], code) for birth, code in zip(births, (3, 4, 5))], "their ends")
    reaped = [e["pid"] for e in events if e["type"] == "reaped"]
    equal(reaped[:3], [birth["child"] for birth in births], "collected")


def who_is_told_ahead_of_its_maker_is_told_once():
    status, events = log_of(CHILDREN)
    births = births_in(events)
    check_children(births, status, events)
    check(all(birth.get("kind_known") is False for birth in births), f"their makers were not late: {births}")


def a_thread_that_is_told_ahead_is_told_once():
    status, events = log_of([threaded])
    equal(status, 0, "exit status")
    births = births_in(events)
    equal([(birth["thread"], birth.get("kind_known")) for birth in births], [(True, False)], "threads")
    ends = [e["tid"] for e in events if e["type"] == "exit" and e["thread"]]
    equal(ends, [births[0]["child_tid"]], "their ends")


# Its child makes one itself; both are killed as soon as that one stands in its first stop.
KILLED_TOGETHER = """
import ctypes, os, signal
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
maker = os.fork()
if maker == 0:
    os.setpgid(0, 0)
    os.fork()
    while True: signal.pause()
child = ""
while not child:
    with open(f"/proc/{maker}/task/{maker}/children") as children: child = children.read().strip()
while True:
    with open(f"/proc/{child}/stat") as stat:
        if stat.read().rsplit(")", 1)[1].split()[0] == "t": break
for _ in range(2000): os.sched_yield()
os.killpg(maker, signal.SIGKILL)
for _ in range(2): print(*os.wait())
"""


def who_is_killed_with_its_maker_has_an_end():
    for _ in range(4):
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "log.jsonl")
            environment = dict(os.environ, LD_PRELOAD=library, LATE_MAKERS_MS=str(SHORTER_THAN_A_CHILD_IS_HELD))
            done = subprocess.run([tracer, "--json", "-o", log, "/usr/bin/python3", "-c", KILLED_TOGETHER],
                                  env=environment, stdout=subprocess.PIPE, timeout=100, check=True, text=True)
            with open(log, encoding="utf-8") as lines:
                events = [json.loads(line) for line in lines]
        equal(events[-1]["lost"], 0, "lost")
        births = births_in(events[1:-1])
        check(all(birth["child_start"] for birth in births), f"a birth without its time: {births}")
        collected = sorted(tuple(map(int, line.split())) for line in done.stdout.splitlines())
        ends = [(e["pid"], e["signal_number"]) for e in events if e["type"] == "exit" and e.get("signal_number")]
        equal(sorted(ends), collected, "who was killed")


# Its argument is the number of a child of the tracer that nobody follows. That one ends, and a child of this
# one gets its number.
NUMBER_OF_A_STRANGER = """
import os, sys
stranger = int(sys.argv[1])
with open(sys.argv[2], "w") as fifo: fifo.write("end")
while os.path.exists(f"/proc/{stranger}"): os.sched_yield()
for _ in range(50):
    with open("/proc/sys/kernel/ns_last_pid", "w") as last: last.write(str(stranger - 1))
    child = os.fork()
    if child == 0: os._exit(7)
    os.waitpid(child, 0)
    if child == stranger: break
else: sys.exit("the number was always somebody else's")
"""


def an_end_of_a_stranger_is_nobody_elses():
    if os.getuid() != 0:
        raise Skip("only root chooses a child's number")
    with tempfile.TemporaryDirectory() as folder:
        log, fifo = os.path.join(folder, "log.jsonl"), os.path.join(folder, "fifo")
        os.mkfifo(fifo)
        script = '(read line <"$1") & exec "$2" --json -o "$3" /usr/bin/python3 -c "$4" $! "$1"'
        subprocess.run(["sh", "-c", script, "sh", fifo, tracer, log, NUMBER_OF_A_STRANGER], timeout=100, check=True)
        with open(log, encoding="utf-8") as lines:
            events = [json.loads(line) for line in lines]
    births = [e for e in events if e["type"] == "fork"]
    check(all(birth.get("kind_known", True) for birth in births), f"told twice: {births}")
    ends = [(e["pid"], e["code"]) for e in events if e["type"] == "exit"]
    equal(ends[:-1], [(birth["child"], 7) for birth in births], "ends of its children")


THREADS = """
import threading
for _ in range(8): threading.Thread(target=threading.Event().wait).start()
print("ready", flush=True)
"""


def stops_and_continues_in(log):
    with open(log, encoding="utf-8") as lines:
        whole = [line for line in lines if line.endswith("\n")]
    return [e["type"] for e in map(json.loads, whole) if e["type"] in ("stop", "continue")]


def threads_that_stop_late_are_no_stop_of_their_own():
    """Each second stop begins in the moment in which the one before it ends."""
    sent = 0
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        with subprocess.Popen([tracer, "--json", "-o", log, "/usr/bin/python3", "-c", THREADS],
                              stdout=subprocess.PIPE) as tracing:
            equal(tracing.stdout.readline(), b"ready\n", "handshake")
            program = children_of(tracing.pid)[0]
            for again in (True, False) * 15:
                os.kill(program, signal.SIGSTOP)
                sent += 1
                wait_until(lambda: (stops_and_continues_in(log) or [""])[-1] == "stop", "a stop")
                wait_until(lambda: process_state(tracing.pid) == "S", "all its threads")
                os.kill(program, signal.SIGCONT)
                if not again:
                    wait_until(lambda: stops_and_continues_in(log)[-1] == "continue", "its end")
            os.kill(program, signal.SIGKILL)
        told = stops_and_continues_in(log)
    check(sent // 2 <= told.count("stop") <= sent, f"{told.count('stop')} stops of {sent}")
    equal(set(told[::2]), {"stop"}, "every other one")
    equal(set(told[1::2]), {"continue"}, "and between them")


def a_tracer_that_was_kept_from_running_asks_before_it_tells():
    status, events = log_of(CHILDREN, LATE_MAKERS_ASLEEP="1")
    births = births_in(events)
    check_children(births, status, events)
    equal([birth["type"] for birth in births if "kind_known" not in birth], ["fork"] * 3, "kinds of their births")


if __name__ == "__main__":
    exit_with([who_is_told_ahead_of_its_maker_is_told_once, a_thread_that_is_told_ahead_is_told_once,
               who_is_killed_with_its_maker_has_an_end, an_end_of_a_stranger_is_nobody_elses,
               threads_that_stop_late_are_no_stop_of_their_own,
               a_tracer_that_was_kept_from_running_asks_before_it_tells])
