#!/usr/bin/env python3
"""The call that a program is in has its name and arguments in the table of the program: 64 bits or 32.

usage: test_show_calls.py PTOP RESTING [RESTING-OF-32-BITS]
"""
import contextlib
import os
import re
import subprocess
import sys

from support import Skip, check, exit_with, wait_until

PTOP, *RESTING = map(os.path.abspath, sys.argv[1:])
NUMBER_OF_READ = {"resting": "0 ", "resting32": "3 "}


def is_in_read(pid, program):
    with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
        return file.read().startswith(NUMBER_OF_READ[os.path.basename(program)])


@contextlib.contextmanager
def resting(program):
    with subprocess.Popen([program], stdin=subprocess.PIPE) as process:
        try:
            wait_until(lambda: is_in_read(process.pid, program), f"{program} in read(2)")
            yield process.pid
        finally:
            process.stdin.close()


def ptop(*arguments):
    return subprocess.run([PTOP, *map(str, arguments)], stdout=subprocess.PIPE, check=True, timeout=60).stdout.decode()


def names_the_call(program):
    with resting(program) as pid:
        shown = ptop("show", pid)
        line = re.search(r"^ *system call +(.*)", shown, re.MULTILINE)
        check(line is not None, f"no system call in {shown}")
        check(re.fullmatch(r"read\(0(<[^>]*>)?, 0x[0-9a-f]+, 1\)", line.group(1)), line.group(1))


def of_64_bits():
    names_the_call(RESTING[0])


def of_32_bits():
    if len(RESTING) < 2:
        raise Skip("no 32-bit programs can be made, or run")
    names_the_call(RESTING[1])


if __name__ == "__main__":
    exit_with([of_64_bits, of_32_bits])
