#!/usr/bin/env python3
"""A terminal that takes nothing: keys act and signals end ptop all the same, and what it followed runs on.

usage: stopped_terminal_test.py PTOP   Exit status: 0 passed, 1 failed, 77 cannot run here.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios

from terminal_test import Failure, status_field, wait_until, waits_for_its_terminal


class Program:
    def __init__(self, ptop, folder):
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", XDG_CONFIG_HOME=folder)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(ptop, [ptop, "-d", "0.2"], environment)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read_until(self, what, condition):
        def read_more():
            if select.select([self.terminal], [], [], 0)[0]:
                os.read(self.terminal, 65536)
            return condition()
        wait_until(what, read_more)

    def is_stuck(self):
        return waits_for_its_terminal(self.pid)

    def get_stuck(self):
        """Each key draws all of it anew, and nobody reads."""
        def press():
            if not self.is_stuck():
                os.write(self.terminal, b"\x0c")
            return self.is_stuck()
        wait_until("ptop waits for its terminal", press)

    def close(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def wait_for_end(self):
        ended = []
        def look():
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                ended.append(os.waitstatus_to_exitcode(status))
            return pid != 0
        wait_until("ptop ended", look)
        self.pid = None
        return ended[0]


def check(ptop, folder, expected, ask):
    followed = subprocess.Popen(["sleep", "1000"])
    program = Program(ptop, folder)
    try:
        pid = followed.pid
        program.read_until("the first screen", lambda: select.select([program.terminal], [], [], 0)[0])
        os.write(program.terminal, f"{pid}s".encode())
        program.read_until("ptop follows it", lambda: status_field(pid, "TracerPid") != "0")
        program.get_stuck()
        ask(program, pid)
        status = program.wait_for_end()
        if status != expected:
            raise Failure(f"it ended with {status}, not {expected}")
        if status_field(pid, "TracerPid") != "0" or not status_field(pid, "State").startswith("S"):
            raise Failure("what was followed does not run on")
    finally:
        program.close()
        followed.kill()
        followed.wait()


def press_keys(program, followed):
    """What a key does cannot show on the screen: the same one that followed the process lets it go."""
    os.write(program.terminal, b"s")
    wait_until("the key let it go", lambda: status_field(followed, "TracerPid") == "0")
    if not program.is_stuck():
        raise Failure("the terminal took something")
    os.write(program.terminal, b"q")


ENDS = {"keys": (0, press_keys)} | {
    number.name: (-number, lambda program, _, number=number: os.kill(program.pid, number))
    for number in (signal.SIGTERM, signal.SIGHUP)}


def main():
    ptop = os.path.abspath(sys.argv[1])
    if not os.path.exists("/proc/self/syscall"):
        print("skipped: this kernel does not tell what a task waits for")
        return 77
    failed = False
    for name, (expected, ask) in ENDS.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(ptop, folder, expected, ask)
                print(f"passed  {name}", flush=True)
            except Failure as failure:
                failed = True
                print(f"FAILED  {name}: {failure}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
