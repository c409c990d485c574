#!/usr/bin/env python3
"""ptop among processes that are born and die, under random keys, clicks and resizes: it neither ends nor stands still,
and its memory stays what it was.

usage: soak.py PTOP CHURN [--seconds N] [--seed N] [--rate N]

As root all of it is in a pid namespace of its own, where ptop may follow whom it likes, and below a read-only root;
otherwise ptop gets --readonly. The seed is printed: the same one is the same sequence of keys. Exit status: 0 passed,
1 failed, 77 cannot run here.
"""
import argparse
import ctypes
import fcntl
import os
import pty
import random
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

CLONE_NEWNS, CLONE_NEWPID = 0x00020000, 0x20000000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC_PRIVATE = 1, 0x20, 0x1000, 0x4000 | 1 << 18
ANSWER_SECONDS = 60   # for something to be drawn: a loaded machine is slow, not wrong
MEBIBYTE = 1 << 20
# From the first quarter after the warm-up to the last. In a long run one with ASan grows by a hundredth, one without it
# by nothing; a short run is over before everything was on the screen once.
LONG_SECONDS, GROWTH_IN_LONG, GROWTH_IN_SHORT = 300, 1.03, 1.25

# What AddressSanitizer holds back of freed memory, and for how long, hides how much the program has: next to nothing.
LITTLE_MEMORY = ["detect_leaks=0", "quarantine_size_mb=1", "thread_local_quarantine_size_kb=16",
                 "allocator_release_to_os_interval_ms=500", "malloc_context_size=2"]

ESCAPE = b"\x1b"
ENTER = b"\r"
SPECIAL = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1bOP", b"\x1bOQ",
           b"\x1bOR", b"\x1bOS", b"\x1b[15~", b"\x1b[17~", b"\x1b[18~", b"\x1b[19~", b"\x1b[24~", b"\t", b"\x1b[Z", ENTER,
           ENTER, b" ", b" ", b"\x01", b"\x05", b"\x0c", b"\x04", b"\x15", b"\x7f", b"\x17"]
# Not k, q: signals to itself, and the end. Not Ctrl-C, Ctrl-Z.
LETTERS = b"h?SC/\\t<>.,][}{cUslwxeiI+-*=uNMPTFKpmZ#0123456789fonDz^$ayg"
TEXTS = [b"churn", b"state=Z", b"cpu>1 or", b"name~'^c", b"trace=%file", "weit \u5bbd\u0301".encode(), b"\xff\x1b[200"]


class Failure(Exception):
    pass


def call(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def enter_namespace(folder):
    """What is in it dies with its init, and writes nowhere but in the folder."""
    libc = ctypes.CDLL(None, use_errno=True)
    call(libc.unshare(CLONE_NEWNS | CLONE_NEWPID))
    call(libc.mount(b"none", b"/", None, MS_REC_PRIVATE, None))
    call(libc.mount(b"soak", folder.encode(), b"tmpfs", 0, b"mode=755"))
    call(libc.mount(b"none", b"/", None, MS_REMOUNT | MS_BIND | MS_RDONLY, None))


class Program:
    """One ptop behind a terminal of its own, whose output is read as fast as it comes."""

    def __init__(self, ptop, folder, options):
        self.log = os.path.join(folder, "sanitizer")
        sanitizer = f":log_path={self.log}:abort_on_error=1"
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8", XDG_CONFIG_HOME=os.path.join(folder, "config"),
                           ASAN_OPTIONS=":".join(LITTLE_MEMORY) + sanitizer,
                           UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1" + sanitizer)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(ptop, [ptop, "-d", "0.2", *options], environment)
        self.drawn, self.last_words = 0, b""
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.resize(80, 24)

    def read(self):
        while True:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:   # the other side is closed
                return
            if not data:
                return
            self.drawn += len(data)
            self.last_words = (self.last_words + data)[-2000:]

    def resize(self, columns, rows):
        self.columns = columns
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        """False: it is gone. Nobody reads keys for long only where it hangs."""
        if not select.select([], [self.terminal], [], ANSWER_SECONDS)[1]:
            raise Failure(f"no key was read for {ANSWER_SECONDS} s")
        try:
            os.write(self.terminal, keys)
        except OSError:
            return False
        return True

    def check_answers(self):
        """Another size draws all of it anew, wherever one is."""
        before = self.drawn
        self.resize(82 if self.columns == 81 else 81, 25)
        self.press(b"\x0c")
        end = time.monotonic() + ANSWER_SECONDS
        while self.drawn == before and self.ended() is None:
            if time.monotonic() > end:
                raise Failure(f"nothing was drawn for {ANSWER_SECONDS} s")
            time.sleep(0.01)

    def ended(self):
        """Its exit status, negative for a signal; None while it runs."""
        if self.pid is None:
            return self.status
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid == 0:
            return None
        self.pid, self.status = None, os.waitstatus_to_exitcode(status)
        return self.status

    def memory(self):
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def findings(self):
        """Said by the sanitizers."""
        folder = os.path.dirname(self.log)
        text = ""
        for name in sorted(os.listdir(folder)):
            if name.startswith("sanitizer."):
                with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as log:
                    text += log.read()
        return text

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        end = time.monotonic() + ANSWER_SECONDS
        while self.ended() is None:
            if time.monotonic() > end:
                raise Failure(f"SIGTERM did not end it within {ANSWER_SECONDS} s")
            time.sleep(0.01)
        if self.status != -signal.SIGTERM:
            raise Failure(f"SIGTERM ended it with {self.status}")


def next_act(choice, program):
    """One thing that a user might do. False: it is gone."""
    what = choice.random()
    if what < 0.05:
        program.resize(choice.choice([20, 21, 40, 80, 81, 132, 200, 300]), choice.choice([5, 6, 12, 24, 25, 50, 80]))
        return True
    if what < 0.10:
        button, column, row = choice.choice([0, 2, 64, 65]), choice.randrange(1, 120), choice.randrange(1, 40)
        return program.press(b"\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm" % (button, column, row, button, column, row))
    if what < 0.13:
        return program.press(choice.choice(TEXTS))
    if what < 0.40:
        return program.press(choice.choice(SPECIAL))
    if what < 0.50:
        return program.press(ESCAPE)
    return program.press(bytes([choice.choice(LETTERS)]))


def tell_memory(samples, warm_up):
    """How flat it is: the medians of the quarters after the warm-up."""
    warm = [size for when, size in samples if when >= warm_up]
    if len(warm) < 8:
        return None
    quarter = len(warm) // 4
    medians = [statistics.median(warm[i * quarter:(i + 1) * quarter]) / MEBIBYTE for i in range(4)]
    print("memory: medians of the quarters after {:.0f} s: {} MiB; least {:.1f}, most {:.1f}".format(
        warm_up, ", ".join(f"{m:.1f}" for m in medians), min(warm) / MEBIBYTE, max(warm) / MEBIBYTE), flush=True)
    return medians


def check_end(program, choice_count):
    findings = program.findings()
    if findings:
        raise Failure(f"after {choice_count} acts:\n{findings}")
    if program.status not in (0, None):
        raise Failure(f"it ended with {program.status} after {choice_count} acts; last on its terminal: {program.last_words!r}")


def soak(wanted, folder, options):
    choice = random.Random(wanted.seed)
    begin = time.monotonic()
    warm_up = wanted.seconds / 4
    program = Program(wanted.ptop, folder, options)
    samples, acts, restarts, next_sample = [], 0, 0, 0.0
    while (now := time.monotonic() - begin) < wanted.seconds:
        lives = next_act(choice, program)
        acts += 1
        if not lives or program.ended() is not None:
            while program.ended() is None:
                time.sleep(0.01)
            check_end(program, acts)
            program, samples, restarts = Program(wanted.ptop, folder, options), [], restarts + 1   # a key was made that quits
            continue
        if now >= next_sample:
            samples.append((now, program.memory()))
            next_sample = now + 0.5
        if acts % 200 == 0:
            program.check_answers()
        time.sleep(0.02)
    program.check_answers()
    medians = tell_memory(samples, warm_up)
    program.end()
    if program.findings():
        raise Failure(program.findings())
    print(f"{acts} keys, clicks and sizes in {wanted.seconds:.0f} s, {program.drawn / MEBIBYTE:.1f} MiB drawn, "
          f"{restarts} times begun anew", flush=True)
    allowed = GROWTH_IN_LONG if wanted.seconds >= LONG_SECONDS else GROWTH_IN_SHORT
    if medians and medians[3] > medians[0] * allowed:
        raise Failure(f"memory grows: {medians}")


def with_churn(wanted, folder, options):
    churn = subprocess.Popen([wanted.churn, str(wanted.rate)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        soak(wanted, folder, options)
    finally:
        if churn.poll() is None:
            born = churn.communicate("")[0].split()
            if len(born) == 2:
                print(f"{born[0]} processes were born, {float(born[0]) / float(born[1]):.0f} a second")


def as_init(wanted, folder):
    libc = ctypes.CDLL(None, use_errno=True)
    call(libc.mount(b"proc", b"/proc", b"proc", 0, None))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with_churn(wanted, folder, [])


def told(function, *arguments):
    try:
        function(*arguments)
    except Failure as failure:
        print(f"FAILED (seed {SEED}): {failure}", flush=True)
        return 1
    return 0


def in_namespace(wanted, folder):
    """In a child: whoever asks keeps its own root. 77: there is no namespace to be had."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = below_own_root(wanted, folder)
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def below_own_root(wanted, folder):
    try:
        enter_namespace(folder)
    except OSError as error:
        print(f"skipped: {error}")
        return 77
    init = os.fork()
    if init == 0:
        status = 1
        try:
            status = told(as_init, wanted, folder)
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(init, 0)[1])


def main():
    global SEED
    parser = argparse.ArgumentParser()
    parser.add_argument("ptop", type=os.path.abspath)
    parser.add_argument("churn", type=os.path.abspath)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--rate", type=int, default=500)
    wanted = parser.parse_args()
    SEED = wanted.seed
    print(f"seed {SEED}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() == 0:
            return in_namespace(wanted, folder)
        return told(with_churn, wanted, folder, ["--readonly"])


if __name__ == "__main__":
    sys.exit(main())
