#!/usr/bin/env python3
"""System calls of other conventions: int 0x80 in a 64-bit program, x32, 32-bit programs where one could be built.

usage: test_i386.py PTRACE-FORK I386-CALLS SCHEMA [PROGRAM-OF-32-BITS [PROGRAM-OF-64-BITS]]

The lines are strace's to the letter; of all numbers only those may differ whose constants strace 6.1 does not know.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from support import Skip, check, equal, exit_with

# What differs from strace 6.1: it does not know the newest constants of most of them. Of the first two it does not show what
# they tell, of ipc it has the version apart, it shows what _sysctl once took, and it knows commands for quotas of the oldest format.
NEWER = {"oldolduname", "olduname", "ipc", "_sysctl", "quotactl", "rseq", "quotactl_fd", "mmap2", "remap_file_pages", "kexec_load", "memfd_create", "preadv2", "pwritev2", "pidfd_send_signal", "io_uring_enter",
         "pidfd_open", "landlock_create_ruleset", "landlock_restrict_self", "membarrier", "pkey_alloc"}


def lines_of(tracer, options, *program):
    done = subprocess.run([*tracer, *options, *program], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          check=False, timeout=20)
    if done.returncode == 77:
        raise Skip("the kernel has no int 0x80, or no filters")
    return done.stderr.decode(errors="surrogateescape").splitlines()


def without_numbers(line):
    line = re.sub(r"PID=\d+|ppid\(\) += \d+|getpid\(\) += \d+|0x7f[0-9a-f]{10}|0x5[0-9a-f]{11}", "N", line)
    line = re.sub(r"(tv_u?n?sec|ru_\w+|f_\w+|st_\w+|rlim_\w+)=\d+(\*1024)?( /\* [^*]* \*/)?", r"\1=N", line)
    line = re.sub(r"(left|in) (\{|\[)[^)]*", r"\1 N", line)
    line = re.sub(r"0xf7[0-9a-f]{6}", "N", line)
    return re.sub(r"\bNULL\b", "0", re.sub(r"\) += ", ") = ", line))   # of numbers that are addresses, strace shows a few bare


def from_the_switch(lines):
    """From the first call of another convention on."""
    first = next((n for n, line in enumerate(lines) if " runs in " in line), None)
    check(first is not None, "no line tells that the convention changed: " + "\n".join(lines[-5:]))
    return [without_numbers(line) for line in lines[first:]]


def compare(options, *program):
    if not shutil.which("strace"):
        raise Skip("no strace")
    want = from_the_switch(lines_of(["strace"], options, *program))
    have = from_the_switch(lines_of([TRACER, "--strace"], options, *program))
    for one, other in zip(have, want):
        if one.split("(")[0] not in NEWER:
            equal(one, other, "line")
    equal(len(have), len(want), "lines")
    return have


def test_modes_are_told_where_they_change():
    have = compare([], CALLS, "mixed")
    equal(sum(" runs in " in line for line in have), 2, "changes")


def test_cases():
    for case in ("structures", "times", "halves", "many_in_one", "x32"):
        compare(["-v", "-s", "200"], CALLS, case)
    compare(["-n"], CALLS, "many_in_one")


def test_every_number():
    # Not with every bit set: of flags that are younger than it strace knows no names.
    for arguments in ([f"{0xf0 + i:#x}" for i in range(6)], ["0"] * 6):
        compare([], CALLS, "numbers", *arguments)


def test_sets_of_calls():
    for chosen in ("socket,select", "socketcall", "ipc,mmap", "%network", "%desc", "/^m", "!%memory", "82@32,getppid@64", "%ipc@32"):
        compare(["-e", "trace=" + chosen], CALLS, "many_in_one")


def test_quiet():
    for options in (["-q"], ["-e", "quiet=personality"], ["-o", "/dev/stderr"]):
        have = lines_of([TRACER, "--strace"], options, CALLS, "mixed")
        check(not any(" runs in " in line for line in have), f"{options}: {have}")
        check(any("getppid()" in line for line in have), "no call")


def test_counts_are_kept_apart():
    def last_words(*tracer):
        return sorted(line.split()[-1] for line in lines_of(tracer, ["-f", "-c", "-q"], CALLS, "many_in_one"))
    equal(last_words(TRACER, "--strace"), last_words("strace"), "the tables")


def events_of(*command):
    with tempfile.NamedTemporaryFile() as log:
        done = subprocess.run([TRACER, "--json", "-o", log.name, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, check=False, timeout=60)
        if done.returncode == 77:
            raise Skip("the kernel has no int 0x80")
        return [json.loads(line) for line in log.read().decode().splitlines()]


def test_json():
    events = events_of("-e", "trace=all", "--", CALLS, "many_in_one")
    calls = [event for event in events if event["type"] == "syscall"]
    socket = next(event for event in calls if event["name"] == "socket")
    equal((socket["nr"], socket["abi"]), (102, "i386"), "number and convention of socketcall(SYS_SOCKET)")
    equal(list(socket["args"]), ["family", "type", "protocol"], "arguments")
    check(all("abi" not in event for event in calls if event["name"] == "execve"), "the machine's own has no abi")
    import jsonschema
    with open(SCHEMA, encoding="utf-8") as text:
        validator = jsonschema.Draft202012Validator(json.load(text))
    for event in events:
        validator.validate(event)


def exec_of(program):
    """The exec of `program` as its event tells it, without what two programs differ in."""
    events = events_of("-E", "WORD=of the tracer", "--", "/usr/bin/env", "-u", "WORD", "ADDED=1", program, "--list", "a b", "")
    execs = [event for event in events if event["type"] == "exec" and event["path"] == os.path.realpath(program)]
    equal(len(execs), 1, "execs")
    return execs[0]


def test_exec_event_of_32_bits():
    """argc, pointers and auxiliary vector have four bytes each there."""
    narrow, wide = exec_of(program_of_32_bits()), exec_of(WIDE)
    equal(narrow["argv"][1:], ["--list", "a b", ""], "argv")
    for key in ("cwd", "env", "credentials"):
        equal(narrow.get(key), wide.get(key), key)
    equal(narrow["env"]["added"], ["ADDED=1"], "what env added")


def program_of_32_bits():
    if not NARROW:
        raise Skip("no 32-bit programs can be made (Debian: g++-multilib), or run")
    return NARROW


def test_birth_and_recipe_of_32_bits():
    """fork(2) by a 32-bit C library is clone(2) with its arguments in another order."""
    events = events_of("--recipe", "--", program_of_32_bits(), "fork_and_exec")
    births = [event for event in events if event["type"] in ("fork", "clone")]
    equal(len(births), 1, "births")
    equal(births[0].get("exit_signal"), "SIGCHLD", "exit signal")
    recipe = next(event for event in events if event["type"] == "recipe")
    equal([step["action"] for step in recipe["steps"]], ["dup", "umask"], "steps")


def test_stacks_of_32_bits_do_no_harm():
    done = subprocess.run([TRACER, "--strace", "-k", "-e", "trace=getppid,wait4,waitpid", program_of_32_bits(), "fork_and_exec"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, timeout=60)
    equal(done.returncode, 0, "status")


if __name__ == "__main__":
    TRACER, CALLS, SCHEMA = sys.argv[1:4]
    NARROW, WIDE = (sys.argv[4:] + [None, None])[:2]
    exit_with([case for name, case in list(globals().items()) if name.startswith("test_")])
