#!/usr/bin/env python3
"""Tracer and program share a processor while that is faster. Whoever looks from outside can see that; the program cannot,
and however the tracer ends, nobody stays bound.

usage: test_shared_processor.py PTRACE-FORK BUSY_CALLER
"""
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile

from support import check, equal, exit_with, status_field, wait_until

PTRACE_FORK, CALLER = map(os.path.abspath, sys.argv[1:])
ALL = os.sched_getaffinity(0)
FILTERED = ("--seccomp-bpf", "-e", "trace=getppid,openat")   # what tells of the affinity stops, and is not logged


def tasks(pid):
    return [int(name) for name in os.listdir(f"/proc/{pid}/task")]


def affinities(pid):
    found = set()
    for tid in tasks(pid):
        with contextlib.suppress(ProcessLookupError):   # a thread that has ended since
            found.add(frozenset(os.sched_getaffinity(tid)))
    return found


def is_bound(pid):
    return any(len(one) == 1 for one in affinities(pid))


def has_own(pid):
    return affinities(pid) == {frozenset(ALL)}


class Traced:
    """The program under a tracer that is a file of its own, so that its processes can be told from others."""

    def __init__(self, folder, *options, dialect=()):
        self.tracer_file = os.path.join(folder, "ptrace-fork")
        shutil.copy(PTRACE_FORK, self.tracer_file)
        self.log = os.path.join(folder, "log")
        self.program = subprocess.Popen([self.tracer_file, *dialect, "-q", "-e", "trace=getppid,sched_getaffinity", "-o", self.log, *options, CALLER],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.pid = int(self.program.stdout.readline())

    def tracers(self):
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError), open(f"/proc/{name}/cmdline", "rb") as argv:   # exe is root's: not dumpable
                if argv.read().startswith(self.tracer_file.encode() + b"\0"):   # empty of a zombie
                    found.append(int(name))
        return found

    def ask(self, letter):
        self.program.stdin.write(letter)
        self.program.stdin.flush()

    def answer(self):
        return self.program.stdout.readline().decode().strip()

    def end(self):
        self.program.stdin.close()
        self.program.stdout.read()
        return self.program.wait(60)


@contextlib.contextmanager
def traced(*options, dialect=()):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        run = Traced(folder, *options, dialect=dialect)
        try:
            wait_until(lambda: is_bound(run.pid), "the program shares a processor")
            yield run
        finally:
            run.program.stdin.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(run.pid, signal.SIGKILL)
            run.program.wait(60)


def bits(processors):
    return "".join("1" if cpu in processors else "0" for cpu in range(max(processors) + 1))


def asks_for_its_affinity(*options, untraced=bits(ALL), dialect=()):
    with traced(*options, dialect=dialect) as run:
        for _ in range(3):
            run.ask(b"a")
            for whose, want in (("self", bits(ALL)), ("child", bits(ALL)), ("untraced", untraced), ("thread", bits(ALL))):
                equal(run.answer(), f"{whose} {want}".strip(), "affinity as the program sees it")
            wait_until(lambda: is_bound(run.pid), "it shares again")
        with open(run.log, encoding="utf-8") as log:
            return "sched_getaffinity(0, 128, [" in log.read()


def the_program_sees_its_own_affinity():
    check(asks_for_its_affinity(), "the question is in the log")


def nor_do_those_that_are_not_traced():
    check(asks_for_its_affinity(dialect=("--strace",)), "the question is in the log")


def as_it_does_with_a_filter():
    # Who is not traced gets no answer at all: a filter needs the tracer (ENOSYS).
    check(not asks_for_its_affinity(*FILTERED, untraced=""), "a question that was not wanted is in the log")


def nor_does_a_file_tell():
    for options in ((), FILTERED):
        with traced(*options) as run:
            own = status_field(os.getpid(), "Cpus_allowed_list")
            run.ask(b"s")
            equal(run.answer(), f"status {own}", "/proc/self/status as the program sees it")


def its_own_choice_stays():
    with traced() as run:
        run.ask(b"o")
        last = {max(ALL)}
        equal(run.answer(), f"own {bits(last)}", "the affinity it chose")
        run.program.send_signal(signal.SIGKILL)
        wait_until(lambda: len(run.tracers()) == 0, "the tracer and its guard are gone")
        equal(affinities(run.pid), {frozenset(last)}, "its choice, without the tracer")


def a_killed_tracer_leaves_nobody_bound():
    for _ in range(5):
        with traced("-e", "trace=getppid") as run:
            run.program.kill()
            wait_until(lambda: has_own(run.pid), "it has its affinity back")
            wait_until(lambda: len(run.tracers()) == 0, "nobody of the tracer's is left")
            equal(status_field(run.pid, "TracerPid"), "0", "TracerPid")


def one_that_lets_go_gives_it_back():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        program = subprocess.Popen([CALLER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        pid = int(program.stdout.readline())
        with contextlib.ExitStack() as stack:
            stack.callback(program.wait)
            stack.callback(program.stdin.close)
            for _ in range(3):
                tracer = subprocess.Popen([PTRACE_FORK, "-q", "-e", "trace=getppid", "-o", os.path.join(folder, "log"), "-p", str(pid)])
                wait_until(lambda: is_bound(pid), "it shares a processor")
                tracer.send_signal(signal.SIGINT)
                tracer.wait(60)
                check(has_own(pid), "it has its affinity at once")
                equal(status_field(pid, "TracerPid"), "0", "TracerPid")


def those_that_compute_are_not_held_together():
    for options in ((), FILTERED):
        with traced(*options) as run:
            run.ask(b"c")
            equal(run.answer(), "computing", "answer")
            wait_until(lambda: len(tasks(run.pid)) == 3 and has_own(run.pid), "all threads may run anywhere")  # pylint: disable=cell-var-from-loop


def not_where_it_is_not_wanted():
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        run = Traced(folder, "--no-share-cpu")
        with open(run.log, encoding="utf-8") as log:
            wait_until(lambda: len(log.readlines()) > 10, "calls are logged")
            for _ in range(20):
                log.read()
                check(not is_bound(run.pid), "bound")
        equal(len(run.tracers()), 1, "processes of the tracer")
        equal(run.end(), 0, "exit status")


if __name__ == "__main__":
    cases = [the_program_sees_its_own_affinity, nor_do_those_that_are_not_traced, as_it_does_with_a_filter,
             nor_does_a_file_tell, its_own_choice_stays, a_killed_tracer_leaves_nobody_bound, one_that_lets_go_gives_it_back, those_that_compute_are_not_held_together,
             not_where_it_is_not_wanted]
    if len(ALL) < 2:
        print("skipped: one processor only")
        sys.exit(77)
    exit_with(cases)
