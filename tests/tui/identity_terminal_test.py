#!/usr/bin/env python3
"""Six pids for everybody: one is used again between a look at the screen and the key, and the wrong process gets nothing.

usage: identity_terminal_test.py PTOP   Exit status: 0 passed, 1 failed, 77 cannot run here.

In the terminal runs this file once more, as init of a pid namespace with a limit of its own (Linux 6.14), and ptop below
it. Orders come through one fifo, answers through another.
"""
import ctypes
import os
import re
import shutil
import signal
import sys
import tempfile

import terminal_test
from terminal_test import Failure, Terminal, expect

CLONE_NEWNS, CLONE_NEWPID = 0x00020000, 0x20000000
MS_REC_PRIVATE = 0x4000 | 1 << 18
FIRST_PID, LAST_PID = 300, 305   # include/linux/pid_namespace.h: RESERVED_PIDS is where counting starts again
POOL = range(FIRST_PID, LAST_PID + 1)
LIBC = ctypes.CDLL(None, use_errno=True)


# --- in the namespace -------------------------------------------------------------------------------------------

def call(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def fork():
    """Six pids are few, and the threads of ptop have some of them, but none for long."""
    while True:
        try:
            return os.fork()
        except BlockingIOError:
            pass


def born(name, wanted, argv=None):
    """A process of that name whose pid is one of these: the others on the way there end at once."""
    while True:
        pid = fork()
        if pid == 0:
            if os.getpid() in wanted:
                os.execv(f"{FOLDER}/{name}", argv or [name, "1000"])   # sleep, under another name
            os._exit(0)
        if pid in wanted:
            return pid
        end(pid)


def end(pid):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


class Init:
    """Does what it is told: each order is a method, its answer a line."""

    def __init__(self):
        self.pid = None

    def victim(self):
        self.pid = born("victim", POOL)
        return self.pid

    def replace(self):
        end(self.pid)
        return born("bystander", (self.pid,))

    def family(self):
        """A process that makes children when it is told so, and two of them."""
        (orders, to_top), (from_top, answers) = os.pipe(), os.pipe()
        for end_of_top in (orders, answers):
            os.set_inheritable(end_of_top, True)
        self.pid = born("top", POOL, [sys.executable, "-B", os.path.abspath(__file__), "--top", FOLDER, str(orders), str(answers)])
        os.close(orders)
        os.close(answers)
        self.to_top, self.from_top = os.fdopen(to_top, "w"), os.fdopen(from_top)
        self.children = [self.of_top("child"), self.of_top("child")]
        return " ".join(str(pid) for pid in (self.pid, *self.children))

    def of_top(self, order):
        print(order, file=self.to_top, flush=True)
        return int(self.from_top.readline())

    def replace_child(self):
        """One of them ends, a stranger gets its pid, and another one is born."""
        self.of_top(f"end {self.children[0]}")
        return f"{born('bystander', (self.children[0],))} {self.of_top('child')}"

    def ends(self, born_later):
        """How the family ended: the children are waited for by us since their parent ended."""
        family = (self.pid, self.children[1], int(born_later))
        return " ".join(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])) for pid in family)

    def lives(self, pid):
        return os.waitpid(int(pid), os.WNOHANG) == (0, 0)

    def state(self):
        alive = os.waitpid(self.pid, os.WNOHANG) == (0, 0)
        return f"{alive} {os.getpriority(os.PRIO_PROCESS, self.pid) if alive else None}"


def as_init(ptop, folder):
    global FOLDER
    FOLDER = folder
    for name in ("victim", "bystander"):
        os.symlink(shutil.which("sleep"), f"{folder}/{name}")
    os.symlink(sys.executable, f"{folder}/top")
    call(LIBC.mount(b"proc", b"/proc", b"proc", 0, None))
    with open("/proc/sys/kernel/pid_max", "w", encoding="ascii") as limit:
        limit.write(str(LAST_PID + 1))
    if os.fork() == 0:
        os.execv(ptop, [ptop, "-d", "0.3"])
    init = Init()
    with open(f"{folder}/orders", encoding="ascii") as orders, open(f"{folder}/answers", "w", encoding="ascii") as answers:
        for order in orders:
            name, *arguments = order.split()
            print(getattr(init, name)(*arguments), file=answers, flush=True)


def as_top(folder, orders, answers):
    global FOLDER
    FOLDER = folder
    with os.fdopen(int(orders)) as orders, os.fdopen(int(answers), "w") as answers:
        for order in orders:
            name, *pids = order.split()
            pid = born("victim", POOL) if name == "child" else int(pids[0])
            if name == "end":
                end(pid)
            print(pid, file=answers, flush=True)


def inside(ptop, folder):
    call(LIBC.unshare(CLONE_NEWNS | CLONE_NEWPID))
    call(LIBC.mount(b"none", b"/", None, MS_REC_PRIVATE, None))
    init = os.fork()
    if init == 0:
        as_init(ptop, folder)
        os._exit(0)
    os.waitpid(init, 0)


# --- outside ----------------------------------------------------------------------------------------------------

class Stage:
    """ptop in a terminal, and its init."""

    def __init__(self, ptop, folder):
        os.mkfifo(f"{folder}/orders")
        os.mkfifo(f"{folder}/answers")
        self.terminal = Terminal(100, 30)
        self.terminal.line(f"clear; exec {sys.executable} -B {os.path.abspath(__file__)} --inside {ptop} {folder}")
        self.terminal.wait("F10Quit")
        self.orders = open(f"{folder}/orders", "w", encoding="ascii")
        self.answers = open(f"{folder}/answers", encoding="ascii")

    def order(self, what):
        print(what, file=self.orders, flush=True)
        return self.answers.readline().strip()

    def select_victim(self):
        pid = self.order("victim")
        self.terminal.wait(rf"^ *{pid} .*victim")
        self.terminal.type(pid)
        self.terminal.wait(rf"pid {pid}")
        return pid

    def check_bystander(self):
        expect(self.order("state") == f"True {os.getpriority(os.PRIO_PROCESS, 0)}", "the bystander lives and is as nice as before")


def replaced_while_the_menu_is_open(stage):
    pid = stage.select_victim()
    stage.terminal.type("k")
    stage.terminal.wait(rf"Send a signal to {pid} victim")
    stage.order("replace")
    stage.terminal.keys("Enter")
    stage.terminal.wait(rf"^ {pid} (victim: it )?has ended")
    stage.check_bystander()


def replace_unseen(stage):
    """Paused: the screen shows whom the key means, and the pid is another's."""
    pid = stage.select_victim()
    stage.terminal.type("Z")
    stage.terminal.wait("paused")
    stage.order("replace")
    return pid


def replaced_under_the_cursor_nice(stage):
    pid = replace_unseen(stage)
    stage.terminal.keys("F8")
    stage.terminal.wait(rf"^ {pid} (victim: it )?has ended")
    stage.check_bystander()


def replaced_under_the_cursor_signal(stage):
    pid = replace_unseen(stage)
    stage.terminal.keys("F9")
    stage.terminal.wait(rf"Send a signal to {pid} victim")
    stage.terminal.keys("Enter")
    stage.terminal.wait(rf"^ {pid} (victim: it )?has ended")
    stage.check_bystander()


def replaced_and_seen(stage):
    """The cursor was on the one that ended: nobody is selected."""
    pid = stage.select_victim()
    stage.order("replace")
    stage.terminal.wait(rf"^ *{pid} .*bystander")
    stage.terminal.keys("F8")
    stage.terminal.wait("it has ended")
    stage.check_bystander()


def tagged_and_replaced(stage):
    pid = stage.select_victim()
    stage.terminal.keys("Space")
    stage.terminal.wait("1 tagged")
    stage.order("replace")
    stage.terminal.wait(rf"^ *{pid} .*bystander")
    stage.terminal.until("the tag went with the victim", lambda screen: "1 tagged" not in screen)
    stage.terminal.keys("F8")
    stage.terminal.wait("whoever was tagged has ended")
    stage.check_bystander()


def subtree_forks_while_the_menu_is_open(stage):
    """Those that were tagged and who was born to them meanwhile get the signal, a stranger with the pid of one does not."""
    top, child, other = stage.order("family").split()
    stage.terminal.wait(rf"^ *{other} .*victim")
    stage.terminal.type(top)
    stage.terminal.wait(rf"pid {top}")
    stage.terminal.type("c")
    stage.terminal.wait("3 tagged")
    stage.terminal.keys("F9")
    stage.terminal.wait("Send a signal to 3 tagged processes and children born meanwhile")
    stranger, born_later = stage.order("replace_child").split()
    expect(stranger == child, "the stranger has the pid of the child")
    stage.terminal.keys("Enter")
    stage.terminal.wait(rf"^ 1 of 3 failed; {child} victim: it has ended; also to 1 born meanwhile")
    expect(stage.order(f"ends {born_later}") == " ".join([str(-signal.SIGTERM)] * 3), "the family got the signal")
    expect(stage.order(f"lives {stranger}") == "True", "the stranger lives")


CASES = (subtree_forks_while_the_menu_is_open, replaced_while_the_menu_is_open, replaced_under_the_cursor_nice, replaced_under_the_cursor_signal, replaced_and_seen,
         tagged_and_replaced)


def why_not():
    if os.geteuid() != 0:
        return "a pid namespace needs root"
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if not release or (int(release[1]), int(release[2])) < (6, 14):
        return "the kernel is older than 6.14"
    return terminal_test.why_not()


def run_cases(ptop, folder):
    failures = 0
    for case in CASES:
        with tempfile.TemporaryDirectory(dir=folder) as own:
            stage = Stage(ptop, own)
            try:
                case(stage)
                print(f"passed  {case.__name__}", flush=True)
            except Failure as failure:
                failures += 1
                print(f"FAILED  {case.__name__}: {failure}", flush=True)
            finally:
                stage.terminal.close()
    return 1 if failures else 0


def main():
    if sys.argv[1] == "--inside":
        return inside(*sys.argv[2:])
    if sys.argv[1] == "--top":
        return as_top(*sys.argv[2:])
    if reason := why_not():
        print(f"skipped: {reason}")
        return 77
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as terminal_test.FOLDER:
        return run_cases(os.path.abspath(sys.argv[1]), terminal_test.FOLDER)


if __name__ == "__main__":
    sys.exit(main())
