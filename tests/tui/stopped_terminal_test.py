#!/usr/bin/env python3
"""A terminal that takes nothing: signals end ptop all the same, and what it followed runs on.

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

from terminal_test import Failure, status_field, wait_until

WRITES = ("1", "64", "4")   # write(2) of x86-64, arm64 and 32-bit ones


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
        """Waits in a write to its terminal. Where somebody runs, the file has one word."""
        with open(f"/proc/{self.pid}/syscall", encoding="ascii") as call:
            words = call.read().split()
        return words[0] in WRITES and words[1] == "0x1"

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


def check(ptop, folder, number):
    followed = subprocess.Popen(["sleep", "1000"])
    program = Program(ptop, folder)
    try:
        pid = followed.pid
        program.read_until("the first screen", lambda: select.select([program.terminal], [], [], 0)[0])
        os.write(program.terminal, f"{pid}s".encode())
        program.read_until("ptop follows it", lambda: status_field(pid, "TracerPid") != "0")
        program.get_stuck()
        os.kill(program.pid, number)
        status = program.wait_for_end()
        if status != -number:
            raise Failure(f"signal {number} ended it with {status}")
        if status_field(pid, "TracerPid") != "0" or not status_field(pid, "State").startswith("S"):
            raise Failure("what was followed does not run on")
    finally:
        program.close()
        followed.kill()
        followed.wait()


def main():
    ptop = os.path.abspath(sys.argv[1])
    if not os.path.exists("/proc/self/syscall"):
        print("skipped: this kernel does not tell what a task waits for")
        return 77
    failed = False
    for number in (signal.SIGTERM, signal.SIGHUP):
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(ptop, folder, number)
                print(f"passed  {number.name}", flush=True)
            except Failure as failure:
                failed = True
                print(f"FAILED  {number.name}: {failure}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
