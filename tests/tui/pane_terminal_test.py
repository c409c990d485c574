#!/usr/bin/env python3
"""The pane of what is followed, in a real terminal (tmux): its keys, and ptop's end while it follows and saves.

usage: pane_terminal_test.py PTOP [TEST…]   Exit status: 0 passed, 1 failed, 77 cannot run here.
"""
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

import terminal_test as base
from terminal_test import Family, expect, follow_family, ptop_pid, row_of, status_field, wait_until

# Asks for its parent's id and sleeps a little, for ever.
BUSY = "import os, time\nwhile True:\n    os.getppid(); time.sleep(0.01)"


@contextlib.contextmanager
def busy():
    process = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def save_to(t, name):
    t.type("w")
    t.wait("Save to:")
    t.line(name)
    t.wait("saving to")


def test_calls_filter_search_and_counts(terminal_at, ptop):
    with terminal_at(100, 30) as t, busy() as pid:
        t.start(ptop)
        row_of(t, pid)
        t.type("s")
        t.wait(rf"Following {pid} ")
        t.type("o")
        t.wait(r"F5Calls|tCalls")
        t.type("t")
        t.wait("getppid")
        t.type("\\")
        t.line("trace=getppid")
        t.until("calls of one name only", lambda s: "getppid()" in s and "nanosleep" not in s)
        t.type(" ")
        t.wait("stands still")
        t.type("/")
        t.line("ppid")
        t.wait(r"^> *\d")
        t.type(" ")
        t.type("c")
        t.wait(r"CALL")
        t.wait(r"s getppid$")
        t.type("cz")
        t.until("the pane alone", lambda s: "COMMAND" not in s)
        t.type("z")
        t.wait("COMMAND")
        t.type("t")
        t.wait("no system call")
        t.keys("Escape")
        t.wait(rf"Followed {pid} ")
        wait_until("it is let go", lambda: status_field(pid, "TracerPid") == "0")
        t.keys("Escape")
        t.until("the pane is closed", lambda s: "Followed" not in s)
        t.keys("q")
        t.check_restored(0)


def test_several_branches(terminal_at, ptop):
    with terminal_at(120, 30) as t, busy() as one, busy() as two:
        t.start(ptop)
        for pid in (one, two):
            row_of(t, pid)
            t.type("s")
            wait_until("it is traced", lambda pid=pid: status_field(pid, "TracerPid") != "0")
        t.wait(rf"Following {one} .*, {two} ")
        row_of(t, one)
        t.type("s")
        wait_until("one is let go", lambda: status_field(one, "TracerPid") == "0")
        t.wait(rf"Following {two} ")
        expect(status_field(two, "TracerPid") != "0", "the other one is still followed")
        t.keys("q")
        t.check_restored(0)
        expect(status_field(two, "TracerPid") == "0", "both are let go")


def test_saving_twice(terminal_at, ptop):
    with terminal_at(100, 30) as t, Family() as family:
        folder = tempfile.mkdtemp(dir=base.FOLDER)
        t.start(ptop)
        follow_family(t, family, "D")
        t.type("o")
        for name in ("log.txt", "log.jsonl"):
            path = os.path.join(folder, name)
            save_to(t, path)
            family.fork()
            t.wait(rf"[1-9]\d* events saved to ")
            t.wait("exit +7")
            t.type("w")
            t.wait(rf"{name} has \d+ events")
            with open(path) as file:
                text = file.read()
            expect(text.endswith("\n") and "followed-by-ptop" in text, f"{name} is whole")
        with open(path) as file:
            lines = [json.loads(line) for line in file]
        expect(lines[0]["type"] == "header" and lines[-1]["type"] == "end", "JSON Lines begin and end")
        t.type("w")
        t.line(path)
        t.wait("is there already")
        t.keys("Escape", "Escape")
        t.keys("q")
        t.check_restored(0)


def test_however_ptop_ends_the_log_has_whole_lines_and_the_tracees_run(terminal_at, ptop):
    ways = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL, "hangup"]
    for way in ways:
        with terminal_at(100, 30) as t, busy() as pid:
            log = os.path.join(base.FOLDER, f"{t.socket}.jsonl")
            t.start(ptop)
            row_of(t, pid)
            t.type("s")
            t.wait(rf"Following {pid} ")
            t.type("ot")
            t.wait("getppid")
            save_to(t, log)
            wait_until("something is in the log", lambda: os.path.getsize(log) > 0)
            screen = ptop_pid(t)
            if way == "hangup":
                t.close()
            else:
                os.kill(screen, way)
            if way == signal.SIGKILL:
                t.line("")
                t.line("stty sane; tput rmcup; tput cnorm")
                t.wait("Killed")
            elif way != "hangup":
                t.check_restored(0 if way == signal.SIGINT else 128 + way)
            wait_until("ptop is gone", lambda: not os.path.exists(f"/proc/{screen}")
                       or status_field(screen, "State")[0] == "Z")
            wait_until("nobody traces it", lambda: status_field(pid, "TracerPid") == "0")
            expect(status_field(pid, "State")[0] in "SRD", "it runs on")
            with open(log) as file:
                text = file.read()
            expect(text.endswith("\n"), f"{way}: the log ends with a whole line")
            lines = [json.loads(line) for line in text.splitlines()]
            expect([e["seq"] for e in lines if "seq" in e] == list(range(1, sum("seq" in e for e in lines) + 1)),
                   f"{way}: no event is missing")
            expect((lines[-1]["type"] == "end") == (way != signal.SIGKILL), f"{way}: the log says that it ended")


def test_stopping_lets_go_and_the_terminal_comes_back(terminal_at, ptop):
    with terminal_at(80, 24) as t, busy() as pid:
        t.line("set -m")
        t.line(f"stty -a > {t.modes('before')}; {ptop} -d 0.3")
        t.wait("COMMAND")
        row_of(t, pid)
        t.type("sot")
        t.wait("getppid")
        t.keys("C-z")
        t.wait(r"Stopped|Suspended")
        t.line(f"clear; stty -a > {t.modes('while')}; echo wri''tten")
        t.wait("^written")
        with open(t.modes("before")) as before, open(t.modes("while")) as meanwhile:
            expect(before.read() == meanwhile.read(), "the terminal's modes are back while it is stopped")
        expect(status_field(pid, "TracerPid") == "0" and status_field(pid, "State")[0] in "SRD", "it runs on")
        t.line("fg")
        t.wait(rf"Followed {pid} ")
        t.type("os")
        t.wait(rf"Following {pid} ")
        t.keys("q")
        t.until("the shell", lambda s: "COMMAND" not in s)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as base.FOLDER:
        STATUS = base.main(globals())
    sys.exit(STATUS)
