#!/usr/bin/env python3
"""Names that are written to break a terminal, and a terminal that stops reading.

usage: hostile_terminal_test.py PTOP [TEST…]   Exit status: 0 passed, 1 failed, 77 cannot run here.
"""
import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios

import terminal_test as base
from terminal_test import expect, row_of, status_field, wait_until

# Each would show if it reached the terminal: a title, a bell, colours, a cleared screen, text at the top, another
# character set, a reply in the keyboard's place, text that runs backwards, a C1 control, half a character.
TITLE = "hijacked"
ATTACKS = (f"\x1b]0;{TITLE}\x07".encode(), b"\x1b[45mred", b"\x1b[2J\x1b[1;1HTOP", b"a\nb\rc\td\x08e", b"\x1b(0qqq", b"\x1b[6n\x1b[c\x05",
           "\u202egnol\u202c".encode(), b"\xc2\x9b45mC1", b"\x9b45m\xff\xc3", "世界e\u0301\u200b".encode())

# Takes its attack for a name, and has it in arguments, environment, working directory and the name of an open file.
VICTIM = r"""
import os, signal, sys
attack = os.fsencode(sys.argv[1])
with open("/proc/self/comm", "wb") as comm: comm.write(attack[:15])
os.chdir(os.environb[b"PLACE"])
opened = open(attack.replace(b"/", b""), "wb")
print("ready", flush=True)
signal.pause()
"""

# Asks for its parent's id in a loop, and forks as often as each line it reads says; answers with their pids.
FORKER = r"""
import os, select, sys
while True:
    os.getppid()
    if not select.select([0], [], [], 0)[0]: continue
    pids = [os.fork() or os._exit(0) for _ in range(int(os.read(0, 20)))]
    for pid in pids: os.waitpid(pid, 0)
    print(*pids, flush=True)
"""


@contextlib.contextmanager
def victims():
    with contextlib.ExitStack() as stack:
        processes = []
        for number, attack in enumerate(ATTACKS):
            place = os.fsencode(os.path.join(stack.enter_context(tempfile.TemporaryDirectory(dir=base.FOLDER)), str(number))) + attack
            os.mkdir(place.replace(b"\n", b""))
            process = stack.enter_context(subprocess.Popen(
                [sys.executable, "-c", VICTIM, os.fsdecode(attack)], stdout=subprocess.PIPE,
                env={"LC_ALL": "C.UTF-8", "PLACE": os.fsdecode(place.replace(b"\n", b"")), "HOSTILE": os.fsdecode(attack)}))
            stack.callback(process.kill)
            processes.append(process)
        for process in processes:
            expect(process.stdout.readline() == b"ready\n", "the victim has its name")
        yield [process.pid for process in processes]


def check_harmless(t, where):
    """No control of a stranger got out, whatever else is on the screen."""
    expect(t.flag("pane_title") != TITLE, f"{where}: the title is not theirs")
    expect(t.flag("window_bell_flag") == "0", f"{where}: no bell")
    coloured = t.tmux("capture-pane", "-p", "-e")
    expect(not re.search(r"\x1b\[[0-9;]*45m", coloured), f"{where}: no colour of theirs")
    screen = t.screen()
    expect(not screen.startswith("TOP"), f"{where}: nothing at a place of their choice")
    stray = [c for c in screen if (ord(c) < 0x20 and c != "\n") or 0x7f <= ord(c) < 0xa0 or c in "\u202e\u200b"]
    expect(not stray, f"{where}: controls {stray!r} on the screen")


def check_columns(screen, pids):
    """The state's letter is below its title in every victim's row."""
    lines = screen.split("\n")
    title = next(line for line in lines if re.match(r" +PID", line))
    place = title.index(" S ") + 1
    rows = [line for line in lines if re.match(rf" *({'|'.join(map(str, pids))}) ", line)]
    expect(len(rows) == len(pids), f"each victim has one row, not {len(rows)} for {len(pids)}")
    for row in rows:
        expect(row[place] in "SRD", f"the state is below its title: {row!r}")


def test_names_on_the_lists(terminal_at, ptop):
    for columns, rows in ((80, 40), (160, 60)):
        with terminal_at(columns, rows) as t, victims() as pids:
            t.start(ptop)
            t.type("\\")
            t.line(" or ".join(f"pid={pid}" for pid in pids))
            screen = t.until("all of them", lambda s: all(re.search(rf"^ *{pid} ", s, re.M) for pid in pids) and s)
            check_columns(screen, pids)
            check_harmless(t, f"the list at {columns}")
            for tab in ("Family", "Memory", "I/O", "Cgroups", "Namespaces", "Waiting"):
                t.keys("Tab")
                t.until(tab, lambda s: all(re.search(rf"^ *{pid} ", s, re.M) for pid in pids))
                check_harmless(t, tab)
            t.keys("q")
            t.check_restored(0)


def test_names_on_the_pages(terminal_at, ptop):
    with terminal_at(100, 40) as t, victims() as pids:
        t.start(ptop)
        for pid in pids:
            row_of(t, pid)
            for key, sign in (("Enter", rf"^ *{pid} "), ("l", r"FD +MODE"), ("e", r"HOSTILE="), ("F9", rf"Send a signal to {pid} ")):
                t.keys(key)
                t.wait(sign)
                check_harmless(t, f"{key} of {pid}")
                t.keys("Escape")
                t.wait("COMMAND")
        t.keys("q")
        t.check_restored(0)


class Screen:
    """ptop on a terminal that is read when we want it."""

    def __init__(self, command):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
            os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8", XDG_CONFIG_HOME=base.FOLDER)
            os.execv(command[0], command)
        self.seen = b""

    def read(self, seconds):
        if not select.select([self.terminal], [], [], seconds)[0]:
            return
        with contextlib.suppress(OSError):   # EIO: it has ended
            self.seen += os.read(self.terminal, 65536)

    def type(self, keys):
        os.write(self.terminal, keys)

    def until(self, what, condition):
        """Reading all the while."""
        def look():
            self.read(0.02)
            return condition()
        wait_until(what, look)

    def writes_in_vain(self):
        return base.waits_for_its_terminal(self.pid)

    def ended(self):
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        self.status = status
        return pid != 0


@contextlib.contextmanager
def screen_following(ptop, log):
    with subprocess.Popen([sys.executable, "-c", FORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as forker:
        screen = Screen([ptop, "-d", "0.3"])
        try:
            screen.until("a frame", lambda: b"Quit" in screen.seen)
            screen.type(f"{forker.pid}D".encode())
            screen.until("it is traced", lambda: status_field(forker.pid, "TracerPid") != "0")
            screen.type(b"o")
            screen.type(f"w{log}\r".encode())
            screen.until("the log is begun", lambda: os.path.exists(log) and os.path.getsize(log) > 0)
            yield screen, forker
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(screen.pid, signal.SIGKILL)
            forker.kill()


def fork(forker, times):
    os.write(forker.stdin.fileno(), b"%d\n" % times)
    ready = select.select([forker.stdout], [], [], base.DEADLINE)[0]
    expect(ready, "the followed process goes on")
    return [int(pid) for pid in forker.stdout.readline().split()]


def stop_reading(screen):
    """Whole screens are drawn until none fits into the terminal any more."""
    def full():
        screen.type(b"\x0c")
        return screen.writes_in_vain()
    wait_until("the terminal is full", full)


def test_a_terminal_that_stops_reading(_, ptop):
    log = os.path.join(base.FOLDER, "slow.jsonl")
    with screen_following(ptop, log) as (screen, forker):
        stop_reading(screen)
        pids = fork(forker, 50)
        expect(screen.writes_in_vain(), "the terminal is still full")
        pids += fork(forker, 50)
        screen.seen = b""
        screen.until("it draws again", lambda: len(screen.seen) > 0 and not screen.writes_in_vain())
        screen.type(b"q")
        screen.until("it ends", screen.ended)
        expect(screen.status == 0, f"it ends as ever, not with {screen.status}")
        with open(log, encoding="utf-8") as file:
            events = [json.loads(line) for line in file]
        ended = {event.get("pid") for event in events if event["type"] == "exit"}
        expect(events[-1]["type"] == "end", "the log has its end")
        expect(ended.issuperset(pids), f"every process is in the log, not {len(ended & set(pids))} of {len(pids)}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as base.FOLDER:
        STATUS = base.main(globals())
    sys.exit(STATUS)
