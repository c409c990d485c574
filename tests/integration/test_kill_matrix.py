#!/usr/bin/env python3
"""However the tracer ends, and whenever: nobody of a busy tree is left stopped or traced, and the log is whole lines.

usage: test_kill_matrix.py TRACER FORKING_TREE [--moments N] [--seed N]

The tree forks, vforks and has threads all the time; some of its processes are stopped when the tracer's end comes.
"""
import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import tempfile
import time

from support import Skip, check, children_of, equal, exit_with, not_free, wait_until

parser = argparse.ArgumentParser()
parser.add_argument("tracer")
parser.add_argument("tree")
parser.add_argument("--moments", type=int, default=3)
parser.add_argument("--seed", type=int, default=int(time.time()))
options = parser.parse_args()
dice = random.Random(options.seed)
WORKERS, THREADS = "6", "3"
OWN_FAILURE = 125


class Tree:
    """Followed or not: it ends when its standard input does, if all of its processes can run."""

    def __init__(self, before=()):
        self.process = subprocess.Popen([*before, options.tree, WORKERS, THREADS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        self.process.stdin.close()
        if failure:   # whom it left stopped would never see that end
            with contextlib.suppress(OSError):   # gone already
                for pid in children_of(self.pid):
                    os.kill(pid, signal.SIGCONT)
        self.process.stdout.read()
        self.process.stdout.close()
        self.process.wait(30)


def whole_lines(log):
    """What a reader of the log has; the last line may lack its end, the others must be JSON."""
    if not os.path.exists(log):
        return []
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.endswith("\n")]


def check_ends_whole(log):
    with open(log, "rb") as lines:
        check(lines.read().endswith(b"\n"), "the last line is cut off")


def check_numbers(events):
    numbers = [event["seq"] for event in events if "seq" in event]
    equal(numbers, list(range(1, len(numbers) + 1)), "seq")


def attach(tree, log, **kwargs):
    return subprocess.Popen([options.tracer, "--json", "-o", log, "--tree", "-p", str(tree.pid)], stderr=subprocess.PIPE, text=True, **kwargs)


def at_some_moment():
    time.sleep(dice.random() ** 2 * 0.3)   # more often early: while it attaches


def check_tree_is_free(tree, stopped):
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    wait_until(lambda: not not_free(tree.pid), f"nobody stopped or traced: {not_free(tree.pid)}", 20)


def stop_some(tree):
    """They are their own masters: only what we stopped is stopped afterwards."""
    stopped = dice.sample(children_of(tree.pid)[:int(WORKERS)], 2)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    return stopped


def ends_by_signal(number, folder):
    with Tree() as tree:
        for moment in range(options.moments):
            log = os.path.join(folder, f"{number}-{moment}.jsonl")
            tracer = attach(tree, log)
            at_some_moment()
            stopped = stop_some(tree)
            at_some_moment()
            tracer.send_signal(number)
            complaint = tracer.communicate(timeout=60)[1]
            equal(tracer.returncode, -number, f"status at moment {moment}, it said {complaint!r}")
            check_tree_is_free(tree, stopped)
            events = whole_lines(log)
            check_numbers(events)
            if events and number != signal.SIGKILL:
                equal((events[-1]["type"], events[-1].get("reason")), ("end", "interrupted"), "the end of the log")
                equal(events[-1]["events"], len(events) - 2, "events counted")


def signal_case(name):
    def case():
        with tempfile.TemporaryDirectory() as folder:
            ends_by_signal(getattr(signal, name), folder)
    case.__name__ = f"{name}_at_any_moment"
    return case


def a_killed_tracer_of_a_program_it_started():
    with tempfile.TemporaryDirectory() as folder:
        for moment in range(options.moments):
            log = os.path.join(folder, f"{moment}.jsonl")
            with Tree([options.tracer, "--json", "-o", log]) as tree:
                at_some_moment()
                tree.process.kill()
                tree.process.wait(20)
                check_tree_is_free(tree, [])
            check_numbers(whole_lines(log))


def a_reader_that_leaves():
    with Tree() as tree:
        for moment in range(options.moments):
            reader, writer = os.pipe()
            tracer = attach(tree, f"/dev/fd/{writer}", pass_fds=[writer])
            os.close(writer)
            at_some_moment()
            os.read(reader, dice.randrange(1, 20000))
            os.close(reader)
            complaint = tracer.communicate(timeout=60)[1]
            equal((tracer.returncode, complaint), (OWN_FAILURE, ""), f"status and complaint at moment {moment}")
            check_tree_is_free(tree, [])


def output_that_fills_up(folder, complaint, **kwargs):
    with Tree() as tree:
        for moment in range(options.moments):
            log = os.path.join(folder, f"{moment}.jsonl")
            tracer = attach(tree, log, **kwargs)
            said = tracer.communicate(timeout=60)[1]
            equal(tracer.returncode, OWN_FAILURE, f"status at moment {moment}, it said {said!r}")
            check(complaint in said and said.count("\n") == 1, said)
            check_tree_is_free(tree, [])
            check_numbers(whole_lines(log))
            check_ends_whole(log)
            os.unlink(log)


def a_file_that_may_not_grow():
    with tempfile.TemporaryDirectory() as folder:
        size = dice.randrange(20_000, 60_000)
        output_that_fills_up(folder, "File too large",
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))


def a_full_disk():
    if os.geteuid() != 0 or not shutil.which("mount"):
        raise Skip("only root can mount a small file system")
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", folder], check=False).returncode != 0:
            raise Skip("a small file system cannot be mounted here")
        try:
            output_that_fills_up(folder, "No space left")
        finally:
            subprocess.run(["umount", folder], check=True)


if __name__ == "__main__":
    print(f"seed {options.seed}")
    signals = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT")
    exit_with([signal_case(name) for name in signals] +
              [a_killed_tracer_of_a_program_it_started, a_reader_that_leaves, a_file_that_may_not_grow, a_full_disk])
