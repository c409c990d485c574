#!/usr/bin/env python3
"""Targets whose memory lock is held for ever, and open files of a server that answers nothing: every command ends soon,
says timeout for what could not be read, and tells everything else.

usage: test_stuck_target.py PTOP STUCK_TARGET
"""
import contextlib
import json
import os
import subprocess
import sys
import time

from support import check, equal, exit_with

PTOP, STUCK_TARGET = (os.path.abspath(argument) for argument in sys.argv[1:3])
MORE_SECONDS = 5  # a bound, not a measure: without deadlines it would be for ever, and sanitizers take their time
COMMANDS = (["ps", "-o", "pid,comm,argv"], ["dump"], ["dump", "--full"], ["fds"], ["tree"])
NEEDS_MEMORY = {"argv", "environ", "pss", "uss", "swap_pss", "private_clean", "private_dirty", "shared_clean",
                "shared_dirty", "command", "adopter", "adopter_evidence"}


@contextlib.contextmanager
def stuck_targets(what, count=None):
    count = count or what
    program = subprocess.Popen([STUCK_TARGET, str(what)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        pids = [int(line) for line in program.stdout.read().split()]
        equal(len(pids), count, "targets")
        yield pids
    finally:
        program.stdin.close()
        equal(program.wait(20), 0, "the program with the targets")


def machine_allows_it():
    program = subprocess.run([STUCK_TARGET, "1"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if program.returncode == 77:
        print(f"skipped: {program.stderr.strip()}")
    return program.returncode != 77


def run(*arguments, status=0):
    begin = time.monotonic()
    done = subprocess.run([PTOP, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    equal((done.returncode, done.stderr), (status, b""), f"ptop {arguments}")
    return done.stdout.decode(), time.monotonic() - begin


def processes(*arguments):
    return json.loads(run("dump", *arguments)[0])["processes"]


def check_soon(command, alone, took):
    # Twice as long: other programs may have started, or run, meanwhile.
    check(took < 2 * alone + MORE_SECONDS, f"{command}: {alone} s without stuck targets, {took} s with them")


def every_command_ends_soon():
    alone = {tuple(command): run(*command)[1] for command in COMMANDS}
    with stuck_targets(1):
        for command in COMMANDS:
            took = run(*command)[1]
            check_soon(command, alone[tuple(command)], took)


def a_hundred_targets_are_no_worse():
    alone = {tuple(command): run(*command)[1] for command in COMMANDS}
    with stuck_targets(100) as pids:
        for command in COMMANDS:
            took = run(*command)[1]
            check_soon(command, alone[tuple(command)], took)
        rows = {row["pid"]: row for row in processes()}
        equal([rows[pid]["unavailable"]["argv"] for pid in pids], ["timeout"] * 100, "argv of each")


def only_what_needs_its_memory_is_missing():
    with stuck_targets(1) as (pid,):
        (row,) = processes(f"pid={pid}")
        equal(row["unavailable"].get("argv"), "timeout", "argv")
        (full,) = processes("--full", f"pid={pid}")
        timeouts = {key for key, reason in full["unavailable"].items() if reason == "timeout"}
        check({"argv", "environ"} <= timeouts <= NEEDS_MEMORY, f"timeouts: {timeouts}")
        equal((full["argv"], full["comm"], full["ppid"] > 1), (None, "stuck_target", True), "the rest")
        check(full["exe"].endswith("/stuck_target"), full["exe"])
        equal((full["state"], full["threads"]), ("D", 1), "state")


def all_other_processes_are_complete():
    with stuck_targets(1) as (pid,):
        rows = processes()
        equal(rows, sorted(rows, key=lambda row: row["pid"]), "order")
        for row in rows:
            reasons = row.get("unavailable", {}).values()
            check(row["pid"] == pid or "timeout" not in reasons, f"{row['pid']}: {row.get('unavailable')}")
        own = {row["pid"]: row for row in rows}[os.getpid()]
        equal([os.fsencode(word) for word in own["argv"]], own_argv(), "our own argv")


def own_argv():
    with open("/proc/self/cmdline", "rb") as cmdline:
        return cmdline.read().rstrip(b"\0").split(b"\0")


def the_table_says_timeout():
    with stuck_targets(1) as (pid,):
        (line,) = [line for line in run("ps", "-o", "pid,comm,argv")[0].splitlines() if line.split()[0] == str(pid)]
        equal(line.split(), [str(pid), "stuck_target", "timeout"], "the row")


def threads_of_a_stuck_process_are_listed():
    with stuck_targets(1) as (pid,):
        rows = processes("--threads", f"pid={pid}")
        equal([row["unavailable"].get("argv") for row in rows], ["timeout"], "tasks of the target")


def files_of_a_dead_server_are_listed():
    alone = run("fds")[1]
    with stuck_targets("files", count=1) as (pid,):
        out, took = run("fds")
        check_soon(["fds"], alone, took)
        check(any(line.split()[:1] == [str(pid)] and line.endswith("/file") for line in out.splitlines()), out)
        out, took = run("fds", "--json", pid)
        check_soon(["fds", pid], alone, took)
        rows = {row["fd"]: row for row in json.loads(out)["descriptors"]}
        equal((rows[10]["type"], rows[10]["deleted"], "unavailable" in rows[10]), ("regular", False, False), "there")
        equal((rows[11]["type"], rows[11]["unavailable"]), ("regular", {"deleted": "timeout"}), "deleted")
        check(rows[0]["type"] != "unknown" and rows[10]["flags"] is not None, "the other descriptors")
        check_soon(["show", pid], alone, run("show", pid)[1])


def a_path_on_a_dead_server_is_not_looked_up():
    alone = run("fds", "--path", "/nowhere", status=1)[1]
    with stuck_targets("files", count=1) as (pid,):
        folder = os.path.dirname(os.readlink(f"/proc/{pid}/fd/10"))
        for name in ("other", "file"):
            took = run("fds", "--path", f"/proc/{pid}/root{folder}/{name}", status=1)[1]
            check_soon(["fds", "--path", name], alone, took)
        check(f" {folder}/file" in run("fds", "--path", f"{folder}/file")[0], "by its name in the mount namespace of the holder")


if not machine_allows_it():
    sys.exit(77)
exit_with([every_command_ends_soon, a_hundred_targets_are_no_worse, only_what_needs_its_memory_is_missing,
           all_other_processes_are_complete, the_table_says_timeout, threads_of_a_stuck_process_are_listed,
           files_of_a_dead_server_are_listed, a_path_on_a_dead_server_is_not_looked_up])
