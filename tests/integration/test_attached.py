#!/usr/bin/env python3
"""Attaching to processes, and who is refused.

usage: test_attached.py TRACER
"""
import contextlib
import os
import signal
import subprocess
import sys
import tempfile

from support import check, equal, process_state, read_events, status_field, wait_until
from tracer import TRACER, exit_with_own_cases, one_line, run, shells_and_sleeper


def attach_and_interrupt_leaves_it_running():
    target = subprocess.Popen(["sh", "-c", "echo ready; read line; exit 7"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    tracer = subprocess.Popen([TRACER, "-p", str(target.pid)], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: status_field(target.pid, "TracerPid") == str(tracer.pid), "attached")
    check(f"{target.pid}" in tracer.stderr.readline(), "the attach line names it")
    tracer.send_signal(signal.SIGINT)
    equal(tracer.wait(20), -signal.SIGINT, "status of the tracer")
    equal(status_field(target.pid, "TracerPid"), "0", "TracerPid")
    check(process_state(target.pid) in "SR", "the target is not stopped")
    target.communicate(b"\n")
    equal(target.returncode, 7, "status of the target")
    tracer.stderr.close()


TELLS_ITSELF = """
import os, select, signal
got = 0
def handler(*_):
    global got
    got += 1
signal.signal(signal.SIGRTMIN, handler)
print("ready", flush=True)
sent = 0
while not select.select([0], [], [], 0)[0]:
    for _ in range(50):
        os.kill(os.getpid(), signal.SIGRTMIN)
        sent += 1
print(sent, got, flush=True)
"""


def no_signal_dies_with_the_tracer():
    """Of one that is killed at any moment, while signals are being delivered."""
    target = subprocess.Popen([sys.executable, "-S", "-c", TELLS_ITSELF], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    with tempfile.NamedTemporaryFile() as log:
        for _ in range(40):
            log.truncate(0)
            tracer = subprocess.Popen([TRACER, "-o", log.name, "-p", str(target.pid)])
            wait_until(lambda: os.path.getsize(log.name) > 20000, "signals in the log")
            tracer.kill()
            tracer.wait(20)
    sent, got = map(int, target.communicate(b"\n", timeout=20)[0].split())
    equal(got, sent, "signals that the program got")


def one_request_by_two_ways_is_one():
    """timeout(1) sends its signal to its child and to the group of both."""
    target = subprocess.Popen(["sh", "-c", "echo ready; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        for _ in range(20):
            tracer = subprocess.Popen([TRACER, "--json", "-o", log.name, "-p", str(target.pid)], start_new_session=True)
            wait_until(lambda: status_field(target.pid, "TracerPid") == str(tracer.pid) and "attach" in open(log.name, encoding="utf-8").read(), "attached")
            tracer.terminate()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(tracer.pid, signal.SIGTERM)
            equal(tracer.wait(20), -signal.SIGTERM, "status of the tracer")
            equal([e["type"] for e in read_events(log.name)][-2:], ["detach", "end"], "the end of the log")
    target.communicate(b"\n")


def attach_to_a_tree_takes_the_descendants():
    with shells_and_sleeper() as (target, inner, sleeper):
        tracer = subprocess.Popen([TRACER, "--tree", "-p", str(target.pid), "-o", "/dev/null"])
        for pid in (target.pid, inner, sleeper):
            wait_until(lambda pid=pid: status_field(pid, "TracerPid") == str(tracer.pid), f"{pid} attached")
        tracer.kill()   # even then nobody stays stopped
        tracer.wait(20)
        for pid in (target.pid, inner, sleeper):
            equal(status_field(pid, "TracerPid"), "0", "TracerPid")
            check(process_state(pid) in "SR", f"{pid} is stopped")


def attach_to_nobody():
    one_line(run("-p", "999999999"), 125, "999999999")


def attach_to_several_names_whom_it_failed_for():
    target = subprocess.Popen(["sh", "-c", "echo ready; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        for look in (["--json"], [], ["--summary"]):
            one_line(run(*look, "-o", log.name, "-p", f"{target.pid},999999999"), 125, "to 999999999: no such process")
            equal(log.read(), "", f"the log with {look}")
    equal(status_field(target.pid, "TracerPid"), "0", "TracerPid")
    first = subprocess.Popen([TRACER, "-o", "/dev/null", "sh", "-c", "echo $$; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    traced = first.stdout.readline().decode().strip()
    one_line(run("-p", f"{target.pid},{traced}"), 125, f"to {traced}: it is traced already, by {first.pid}")
    first.communicate(b"\n")
    target.communicate(b"\n")


def a_zombie_is_told_from_one_that_may_not_be_traced():
    zombie = subprocess.Popen(["true"])
    wait_until(lambda: process_state(zombie.pid) == "Z", "a zombie")
    one_line(run("-p", str(zombie.pid)), 125, str(zombie.pid), "ended already", "zombie")
    zombie.wait()


def ancestors_and_ourselves_are_refused():
    one_line(run("-p", str(os.getpid())), 125, str(os.getpid()), "ancestor")
    one_line(run("-p", str(os.getppid())), 125, "ancestor")
    equal(status_field(os.getpid(), "TracerPid"), status_field(os.getppid(), "TracerPid"), "TracerPid")


def a_process_that_is_traced_already_says_by_whom():
    first = subprocess.Popen([TRACER, "-o", "/dev/null", "sh", "-c", "echo $$; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pid = first.stdout.readline().decode().strip()
    one_line(run("-p", pid), 125, pid, "traced already", f"{first.pid} (ptrace-fork)")
    first.communicate(b"\n")


if __name__ == "__main__":
    exit_with_own_cases(globals())
