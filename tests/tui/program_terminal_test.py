#!/usr/bin/env python3
"""ptop -- PROG in a real terminal (tmux): programs in the pane, keys, sizes, and every way out.

usage: program_terminal_test.py PTOP [TEST…]   Exit status: 0 passed, 1 failed, 77 cannot run here.
"""
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import terminal_test as base
from terminal_test import expect, ptop_pid, status_field, wait_until

# Says what its terminal is, then a line for each line it reads, and each new size. Ends with 3 on "end".
PROGRAM = r"""
import os, signal, sys
def tell_size(*_):
    size = os.get_terminal_size(0)
    print(f"size {size.lines}x{size.columns}", flush=True)
signal.signal(signal.SIGWINCH, tell_size)
own = os.getsid(0) == os.getpid() == os.tcgetpgrp(0)
print(f"pid {os.getpid()} TERM={os.environ['TERM']} leader={own} tty={os.ttyname(0) == os.ttyname(1) == os.ttyname(2)}")
tell_size()
for line in sys.stdin:
    if line.strip() == "end":
        sys.exit(3)
    print("read <" + line.strip() + ">", flush=True)
"""


@contextlib.contextmanager
def program_in(terminal_at, ptop, columns, rows, text=PROGRAM, options="-d 0.3"):
    with terminal_at(columns, rows) as t:
        path = os.path.join(base.FOLDER, f"{t.socket}.py")
        with open(path, "w") as file:
            file.write(text)
        t.line(f"clear; stty -a > {t.modes('before')}; {ptop} {options} -- {sys.executable} {path}; "
               f"echo status=$?; stty -a > {t.modes('after')}; echo rea''dy")
        t.wait(r"F12Keys for ptop")
        yield t


def pid_of_program(t):
    return int(t.wait(r"^pid (\d+) ").group(1))


def quit_ptop(t):
    t.keys("q")
    t.wait("it gets SIGHUP")
    t.keys("Down", "Enter")
    t.check_restored(0)


def gone(pid):
    try:
        return status_field(pid, "State")[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_program_has_a_terminal_of_its_own(terminal_at, ptop):
    with program_in(terminal_at, ptop, 80, 24) as t:
        t.wait(r"TERM=xterm-256color leader=True tty=True")
        t.wait(r"^size 11x80")
        pid = pid_of_program(t)
        expect(status_field(pid, "TracerPid") != "0", "it is followed")
        t.wait(r"exec +\S*python")  # from its first exec on
        t.line("hello")
        t.wait(r"read <hello>")
        t.resize(120, 40)
        t.wait(r"^size 19x120")
        t.keys("F12")
        t.wait("F1Help")
        t.type("V")
        t.wait(r"^size 38x120")
        t.keys("F12")
        t.line("end")
        t.wait(r" exit 3: V")
        t.wait(r"read <hello>")
        t.resize(80, 24)
        t.keys("q")
        t.check_restored(0)


def test_keys_go_to_the_program(terminal_at, ptop):
    with program_in(terminal_at, ptop, 80, 24, "import os\nos.execvp('cat', ['cat', '-v'])") as t:
        t.wait(r"exec +\S*cat ")
        t.keys("C-v", "C-c", "C-v", "C-z", "C-v", "F5", "C-v", "Left", "C-v", "M-x", "C-v", "C-Left", "Enter")
        t.wait(r"\^C\^Z\^\[\[15~\^\[\[D\^\[x")
        t.keys("C-c")
        t.wait(r"killed by SIGINT")
        t.keys("q")
        t.check_restored(0)


def test_a_shell_with_jobs(terminal_at, ptop):
    with program_in(terminal_at, ptop, 100, 30, "import os\nos.execvp('bash', ['bash', '--norc', '-i'])") as t:
        t.line("PS1='prompt> '; echo rea''dy-now")
        t.wait("^ready-now")
        t.line("sleep 1000")
        t.wait(r"exec .*sleep 1000")
        t.keys("C-z")
        t.wait(r"\[1\]\+ +Stopped +sleep 1000")
        t.line("fg")
        t.wait(r"^sleep 1000")
        t.keys("C-c")
        t.line("echo sta''tus $?")
        t.wait(r"^status 130")
        t.line("exit 5")
        t.wait(r" exit 5: V")
        t.keys("q")
        t.check_restored(0)


def test_full_screen_programs(terminal_at, ptop):
    for name, arguments, shown, leave in (("less", ["README"], r"line 15", ["q"]),
                                          ("vim", ["-u", "NONE", "README"], r"line 15", ["Escape", ":q!", "Enter"])):
        if shutil.which(name) is None:
            continue
        path = os.path.join(base.FOLDER, "lines")
        with open(path, "w") as file:
            file.write("".join(f"line {i}\n" for i in range(1, 101)))
        command = [name, *arguments[:-1], path]
        text = f"import os\nos.execvp({name!r}, {command!r})"
        with program_in(terminal_at, ptop, 100, 40, text) as t:
            t.wait(shown)
            t.keys("G" if name == "less" else "G")
            t.wait(r"^line 100")
            t.keys(*leave)
            t.wait(r" exit 0: V")
            t.until("the main screen of the pane", lambda s: not re.search(r"^line 100", s, re.MULTILINE))
            t.keys("q")
            t.check_restored(0)


def test_a_flood_leaves_keys_alone(terminal_at, ptop):
    with program_in(terminal_at, ptop, 80, 24, "import os\nos.execvp('yes', ['yes', 'flood'])") as t:
        t.wait(r"^flood")
        t.keys("F12")
        t.wait("F1Help")
        t.keys("F1")
        t.wait("ptop: keys")
        t.keys("Escape")
        quit_ptop(t)


def test_calls_as_fast_as_it_can(terminal_at, ptop):
    text = "import os\nprint('pid', os.getpid(), '.', flush=True)\nwhile True: os.getppid()"
    with program_in(terminal_at, ptop, 80, 24, text) as t:
        pid = pid_of_program(t)
        t.keys("F12", "o", "t")
        t.wait("too fast to be shown|oldest dropped")
        t.keys("F12", "C-c")
        wait_until("the program is gone", lambda: gone(pid))
        t.wait("killed by SIGINT|exit 130")
        t.keys("q")
        t.check_restored(0)


def test_quitting_hangs_up(terminal_at, ptop):
    with program_in(terminal_at, ptop, 80, 24) as t:
        pid = pid_of_program(t)
        t.keys("F12", "q")
        t.wait("it gets SIGHUP")
        t.keys("Escape", "F12")
        t.line("still here")
        t.wait("read <still here>")
        t.keys("F12")
        quit_ptop(t)
        wait_until("the program is gone", lambda: gone(pid))


# Takes no notice of its terminal's end.
STAYS = "import signal, os\nfor s in (signal.SIGHUP, signal.SIGTERM): signal.signal(s, lambda *_: None)\n" \
        "print('pid', os.getpid(), '.', flush=True)\nwhile True: signal.pause()"


def test_however_ptop_ends_nothing_stays_stopped(terminal_at, ptop):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        with program_in(terminal_at, ptop, 80, 24, STAYS) as t:
            pid = pid_of_program(t)
            try:
                os.kill(ptop_pid(t), number)
                if number == signal.SIGKILL:
                    t.line("")
                    t.line("stty sane; tput rmcup")
                else:
                    t.check_restored(128 + number)
                wait_until("nobody traces it", lambda: status_field(pid, "TracerPid") == "0")
                expect(status_field(pid, "State")[0] in "SR", "it runs on")
            finally:
                os.kill(pid, signal.SIGKILL)


def test_without_a_terminal_and_with_nothing_to_start(terminal_at, ptop):
    def run(*arguments):
        done = subprocess.run([ptop, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.returncode, done.stderr
    expect(run("--", "true") == (2, "ptop: the screen that a program is started in needs a terminal; "
                                    "ptrace-fork logs one without\n"), "no terminal")
    expect(run("--")[0] == 2, "no program")
    expect(run("--readonly", "--", "true")[0] == 2, "readonly")
    expect(run("--json", "--", "true")[0] == 2, "a table")
    with terminal_at(100, 24) as t:
        t.line(f"clear; {ptop} -- no-such-program; echo status=$?")
        t.wait(r"^ptop: cannot start no-such-program: there is no such program")
        t.wait(r"^status=127")
        t.line(f"clear; {ptop} -- /; echo status=$?")
        t.wait(r"^status=126")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as base.FOLDER:
        STATUS = base.main(globals())
    sys.exit(STATUS)
