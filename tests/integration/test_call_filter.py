#!/usr/bin/env python3
"""ptrace-fork --seccomp-bpf: the same log as without, what the program sees, and every way out.

usage: test_call_filter.py TRACER
"""
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile

from support import Traced, check, equal, exit_with, read_events, status_field, wait_until

TRACER = os.path.abspath(sys.argv[1])
FILTER = ["--seccomp-bpf", "-e"]
SCRIPT = "cat /etc/hostname | tr a-z A-Z; (ls /nonexistent); ls / >/dev/null & wait; exec env printf done"


def story_of(log):
    """The calls and the life of each process, in the order of births, without what differs in every run."""
    processes = {}
    for event in log.events[1:-1]:
        if event["type"] == "syscall":
            what = (event["name"], event.get("errno"))
        elif event["type"] in ("exec", "fork", "vfork", "clone"):
            what = (event["type"], tuple(event.get("argv") or ()))
        elif event["type"] in ("exit", "recipe"):
            what = (event["type"], event.get("code"), tuple(step["action"] for step in event.get("steps", ())))
        else:
            continue
        processes.setdefault(event["pid"], []).append(what)
    return sorted(map(tuple, processes.values()), key=repr)


def same_with_and_without(selection, *more):
    def case():
        log, filtered = (Traced(TRACER, [*options, "-e", selection, *more], ["sh", "-c", SCRIPT]) for options in ([], ["--seccomp-bpf"]))
        equal(filtered.done.stdout, log.done.stdout, "output")
        equal(filtered.done.returncode, log.done.returncode, "status")
        check(log.of("syscall") or selection == "sched_yield", "no call was logged")
        equal(story_of(filtered), story_of(log), "the story")
    case.__name__ = "_".join(["the_same_log_with", selection, *more])
    return case


def far_fewer_stops():
    """As the kernel counts them: each stop is a voluntary switch of the program."""
    look = "read -r _ < /dev/null; i=0; while [ $i -lt 300 ]; do : < /dev/null; i=$((i+1)); done; grep ^voluntary /proc/$$/status"

    def stops(options):
        done = subprocess.run([TRACER, *options, "-o", "/dev/null", "sh", "-c", look], check=True, stdout=subprocess.PIPE, text=True, timeout=60)
        return int(done.stdout.split()[1])
    # Each turn of the loop makes about five calls of two stops each: without a filter hundreds of them.
    free, filtered, all_stops = stops([]), stops([*FILTER, "sync"]), stops(["-e", "sync"])
    check(filtered < free + 50, f"{filtered} stops with a filter, {free} without system calls")
    check(all_stops > filtered + 500, f"{all_stops} stops without a filter, {filtered} with one")


def the_program_can_see_it():
    look = "grep -E '^(Seccomp|NoNewPrivs):' /proc/self/status"
    done = Traced(TRACER, [*FILTER, "openat"], ["sh", "-c", look]).done
    seen = dict(line.split(":\t") for line in done.stdout.decode().splitlines())
    equal(seen, {"Seccomp": "2", "NoNewPrivs": "0" if os.geteuid() == 0 else "1"}, "status")


TURNS = "echo $$; while read -r _; do if (exec 3</etc/hostname) 2>/dev/null; then echo opened; else echo failed; fi; done; exit 7"


@contextlib.contextmanager
def running(options, program=("sh", "-c", TURNS), **kwargs):
    """A followed program that opens a file at our command: a line in, what became of it out."""
    process = subprocess.Popen([TRACER, *options, *program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **kwargs)
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def opens(process):
    process.stdin.write("\n")
    process.stdin.flush()
    equal(process.stdout.readline(), "opened\n", "an open of the program")


def is_gone(pid):
    return not os.path.exists(f"/proc/{pid}") or status_field(pid, "State")[0] == "Z"


def a_killed_tracer_takes_the_program_along():
    with running([*FILTER, "openat", "-o", "/dev/null"]) as (process, pid):
        opens(process)
        process.kill()
        process.wait(20)
        wait_until(lambda: is_gone(pid), "the program's end")


def has_ended(log):
    with open(log, encoding="utf-8") as lines:
        return '"type":"end"' in lines.read()


def goes_on_after_the_log(options, reason):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        with running([*FILTER, "openat", "--json", "-o", log, *options]) as (process, _):
            opens(process)
            wait_until(lambda: has_ended(log), "the end of the log")
            opens(process)
            opens(process)
            process.stdin.close()
            equal(process.wait(20), 7, "status")
        events = read_events(log)
        equal((events[-1]["type"], events[-1]["reason"]), ("end", reason), "the last line")
        equal(events[-1]["events"], len(events) - 2, "events counted")


def enough_events_and_the_program_goes_on():
    goes_on_after_the_log(["--max-events", "10"], "enough events")


def the_time_is_up_and_the_program_goes_on():
    goes_on_after_the_log(["--timeout", "200ms"], "time is up")


TAKES_TERM = """
import os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: os.write(1, b"asked\\n"))
print(os.getpid(), flush=True)
for _ in sys.stdin:
    os.close(os.open("/etc/hostname", os.O_RDONLY))
    print("opened", flush=True)
sys.exit(7)
"""


def two_requests_to_end_and_the_program_goes_on():
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        with running([*FILTER, "openat", "--json", "-o", log], [sys.executable, "-c", TAKES_TERM]) as (process, _):
            process.send_signal(signal.SIGTERM)
            equal(process.stdout.readline(), "asked\n", "the first signal, of the program")
            opens(process)
            check(not has_ended(log), "the log ended with the first signal")
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: has_ended(log), "the end of the log")
            opens(process)
            process.stdin.close()
            equal(process.wait(20), 7, "status")
        equal(read_events(log)[-1]["reason"], "interrupted", "reason")


def a_reader_that_leaves_and_the_program_goes_on():
    reader, writer = os.pipe()
    with running([*FILTER, "openat", "-o", f"/dev/fd/{writer}"], pass_fds=[writer]) as (process, _):
        os.close(writer)
        os.close(reader)
        for _ in range(5):
            opens(process)
        process.stdin.close()
        equal(process.wait(20), 7, "status")


def detached_tracer():
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        done = subprocess.run([TRACER, "-D", *FILTER, "openat", "--json", "-o", log, "cat", "/etc/hostname"], check=True, timeout=60,
                              stdout=subprocess.PIPE)
        check(done.stdout, "no output")
        wait_until(lambda: os.path.exists(log) and has_ended(log), "the end of the log")
        opened = [e["args"]["filename"] for e in read_events(log) if e["type"] == "syscall"]
        check("/etc/hostname" in opened, opened)


def in_the_dialect():
    def lines(options):
        with tempfile.NamedTemporaryFile("r") as log:
            subprocess.run([TRACER, "--strace", *options, "-f", "-e", "trace=openat,execve", "-o", log.name, "sh", "-c", "true; ls /"],
                           check=True, stdout=subprocess.DEVNULL, timeout=60)
            return [re.sub(r"0x[0-9a-f]+|^\d+ +|si_pid=\d+|si_[us]time=\d+( /\* [\d.]+ s \*/)?", "", line) for line in log]
    equal(lines(["--seccomp-bpf"]), lines([]), "lines")


def refused(words, *options):
    done = subprocess.run([TRACER, *options], check=False, stderr=subprocess.PIPE, text=True, timeout=60)
    equal(done.returncode, 2, "status")
    check(words in done.stderr and done.stderr.count("\n") == 1, done.stderr)


def what_has_no_sense_is_refused():
    refused("running one takes no filter", "--seccomp-bpf", "-e", "openat", "-p", "1")
    refused("-e trace=SET", "--seccomp-bpf", "true")


if __name__ == "__main__":
    exit_with([same_with_and_without("openat"), same_with_and_without("%process"), same_with_and_without("!read,write,%process,%signal"),
               same_with_and_without("sched_yield"), same_with_and_without("%file", "--recipe"), far_fewer_stops,
               the_program_can_see_it, a_killed_tracer_takes_the_program_along, enough_events_and_the_program_goes_on,
               the_time_is_up_and_the_program_goes_on, two_requests_to_end_and_the_program_goes_on,
               a_reader_that_leaves_and_the_program_goes_on, detached_tracer, in_the_dialect, what_has_no_sense_is_refused])
