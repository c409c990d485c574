#!/usr/bin/env python3
"""Signals to the tracer, to the program and to both, and the status of either.

usage: test_signals.py TRACER
"""
import contextlib
import os
import signal
import subprocess
import sys
import tempfile

from support import equal, read_events, wait_until
from tracer import TRACER, exit_with_own_cases, run


def death_by_signal_is_ours_too():
    equal(run("-o", "/dev/null", "sh", "-c", "kill -TERM $$").returncode, -signal.SIGTERM, "status")
    equal(run("-o", "/dev/null", "sh", "-c", "kill -KILL $$").returncode, -signal.SIGKILL, "status")


def exit_statuses_pass_through():
    for status in (0, 1, 42, 255):
        equal(run("-o", "/dev/null", "sh", "-c", f"exit {status}").returncode, status, "status")


def an_ignored_signal_stays_ignored():
    plain = subprocess.run(["sh", "-c", "trap '' HUP PIPE TERM; grep SigIgn /proc/self/status"], check=True,
                           stdout=subprocess.PIPE, text=True)
    traced = subprocess.run(["sh", "-c", f"trap '' HUP PIPE TERM; exec {TRACER} -o /dev/null grep SigIgn /proc/self/status"],
                            check=True, stdout=subprocess.PIPE, text=True)
    equal(traced.stdout, plain.stdout, "SigIgn")

SAYS_WHAT_IT_BLOCKS = """
import signal, sys
print(*sorted(str(int(number)) for number in signal.pthread_sigmask(signal.SIG_BLOCK, [])), flush=True)
sys.stdin.readline()
sys.exit(7)
"""


def signals_blocked_by_the_caller_are_the_programs_matter():
    """The tracer's own are heard: the time is up long before the program is asked to end."""
    blocked = {signal.SIGALRM, signal.SIGTERM, signal.SIGINT}
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        tracer = subprocess.Popen([TRACER, "--timeout", "100ms", "--json", "-o", log, sys.executable, "-c", SAYS_WHAT_IT_BLOCKS],
                                  preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, blocked),
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        equal(tracer.stdout.readline().split(), sorted(b"%d" % number for number in blocked), "blocked in the program")
        try:
            wait_until(lambda: os.path.exists(log) and '"reason":"time is up"' in open(log, encoding="utf-8").read(), "the end of the log")
        finally:
            tracer.communicate(b"\n")
        equal(tracer.returncode, 7, "status")


def sigterm_goes_to_the_program():
    tracer = subprocess.Popen([TRACER, "-o", "/dev/null", "sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done"],
                              stdout=subprocess.PIPE)
    equal(tracer.stdout.readline(), b"ready\n", "handshake")
    tracer.terminate()
    equal(tracer.wait(20), 9, "status")
    tracer.stdout.close()

TELLS_ITS_SIGNALS = """
import os, signal, sys
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda number, _: os.write(1, b"%d\\n" % number))
os.write(1, b"ready\\n")
for line in sys.stdin:
    os.kill(0, signal.SIGTERM) if "group" in line else os.write(1, b"here\\n")
sys.exit(5)
"""
TERM, HUP = b"%d\n" % signal.SIGTERM, b"%d\n" % signal.SIGHUP


@contextlib.contextmanager
def job_that_tells_its_signals(*tracer_options):
    """In a process group of its own, with the tracer."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        job = subprocess.Popen([TRACER, "--json", "-o", log, *tracer_options, sys.executable, "-c", TELLS_ITS_SIGNALS],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True)
        equal(job.stdout.readline(), b"ready\n", "handshake")
        try:
            yield job, log
        finally:
            if job.poll() is None:
                os.killpg(job.pid, signal.SIGKILL)
            job.communicate()


def heard(job, *words):
    for word in words:
        equal(job.stdout.readline(), word, "what the program tells")


def ends_as_the_program(job):
    """And with nothing more in it: each signal was told."""
    equal((job.communicate(timeout=20)[0], job.returncode), (b"", 5), "the rest and the status")


def last_event(log):
    with open(log, encoding="utf-8") as lines:
        return lines.read().rstrip().rpartition("\n")[2]


def a_program_that_signals_its_group_hears_it_once():
    for options in ([], ["-D"], ["--max-events", "1"]):
        with job_that_tells_its_signals(*options) as (job, _):
            for _ in range(3):
                job.stdin.write(b"group\n")
                heard(job, TERM)
                job.stdin.write(b"\n")
                heard(job, b"here\n")
            ends_as_the_program(job)


def a_signal_to_the_whole_group_is_no_request_to_the_tracer():
    """As timeout(1) does it: to the one it started, and to the group."""
    with job_that_tells_its_signals() as (job, log):
        job.send_signal(signal.SIGTERM)
        heard(job, TERM)
        for _ in range(3):
            os.killpg(job.pid, signal.SIGTERM)
            heard(job, TERM)
        os.killpg(job.pid, signal.SIGHUP)
        heard(job, HUP)
        job.stdin.write(b"\n")
        heard(job, b"here\n")
        ends_as_the_program(job)
        equal(read_events(log)[-1]["reason"], "exited", "reason")


def timeout_waits_for_a_program_that_tidies_up():
    script = "trap 'echo asked; read line; echo tidied up; exit 5' TERM; echo ready; while :; do sleep 0.05; done"
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        job = subprocess.Popen(["timeout", "3", TRACER, "--json", "-o", log, "sh", "-c", script],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        equal((job.stdout.readline(), job.stdout.readline()), (b"ready\n", b"asked\n"), "handshakes")
        equal((job.communicate(b"\n", timeout=20)[0], job.returncode), (b"tidied up\n", 124), "the rest and the status")
        equal([read_events(log)[-1][key] for key in ("reason", "code")], ["exited", 5], "the end of the log")


def asked_twice(job, log):
    job.send_signal(signal.SIGTERM)
    heard(job, TERM)
    job.send_signal(signal.SIGTERM)
    wait_until(lambda: '"reason":"interrupted"' in last_event(log), "the end of the log")


def a_signal_sent_twice_detaches_and_the_program_is_waited_for():
    with job_that_tells_its_signals() as (job, log):
        asked_twice(job, log)
        job.stdin.write(b"\n")
        heard(job, b"here\n")
        ends_as_the_program(job)


def a_signal_sent_three_times_ends_the_tracer():
    with job_that_tells_its_signals() as (job, log):
        asked_twice(job, log)
        job.send_signal(signal.SIGTERM)
        equal(job.wait(20), -signal.SIGTERM, "status of the tracer")
        job.stdin.write(b"\n")
        heard(job, b"here\n")


if __name__ == "__main__":
    exit_with_own_cases(globals(), [asked_twice, heard, job_that_tells_its_signals, ends_as_the_program, last_event])
