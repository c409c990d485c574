#!/usr/bin/env python3
"""Children and threads whose maker's event comes late: each is told once, with its end.

usage: test_late_makers.py TRACER LATE_MAKERS_LIBRARY PROGRAM_WITH_A_THREAD
"""
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

from support import check, equal, exit_with

tracer, library, threaded = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3]
LONGER_THAN_A_CHILD_IS_HELD = 350   # ms
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


def a_tracer_that_was_kept_from_running_asks_before_it_tells():
    status, events = log_of(CHILDREN, LATE_MAKERS_ASLEEP="1")
    births = births_in(events)
    check_children(births, status, events)
    equal([birth["type"] for birth in births if "kind_known" not in birth], ["fork"] * 3, "kinds of their births")


if __name__ == "__main__":
    exit_with([who_is_told_ahead_of_its_maker_is_told_once, a_thread_that_is_told_ahead_is_told_once,
               a_tracer_that_was_kept_from_running_asks_before_it_tells])
