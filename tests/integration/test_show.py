#!/usr/bin/env python3
"""ptop show: the page about a process that misbehaves says what is wrong, and with whom.

usage: test_show.py PTOP VALIDATE_JSON SNAPSHOT_SCHEMA FDS_SCHEMA
"""
import contextlib
import ctypes
import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import threading

from support import Skip, check, child, equal, exit_with, process_state, wait_until

PTOP, VALIDATE, SCHEMA = (os.path.abspath(argument) for argument in sys.argv[1:4])
PR_SET_NAME, PR_SET_CHILD_SUBREAPER = 15, 36
ROOT = os.geteuid() == 0


def run(*arguments, status=0, **kwargs):
    done = subprocess.run([PTOP, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                          check=False, **kwargs)
    equal((done.returncode, done.stderr.decode()), (status, ""), f"{arguments}")
    return done.stdout


def show(*arguments, **kwargs):
    text = run("show", *arguments, **kwargs).decode("utf-8", "strict")
    for line in text.split("\n"):
        check(not any(ord(c) < 32 or ord(c) == 127 for c in line), f"a control character in {line!r}")
        check(line == line.rstrip(), f"blanks at the end of {line!r}")
    return text


def section(text, title):
    """The lines of one section as one text."""
    lines = text.split("\n")
    check(title in lines, f"no section {title} in {text}")
    start = lines.index(title) + 1
    end = lines.index("", start)
    return "\n".join(lines[start:end])


def headline(text):
    return text.split("\n", 1)[0]


def troubles(text):
    return "\n".join(line for line in text.split("\n\n", 1)[0].split("\n")[1:])


def a_zombie_names_its_parent_and_what_that_does():
    """A parent that does nothing else: one that runs ptop has its signals blocked while that starts (vfork)."""
    def leave_a_zombie(ready):
        dead = os.fork()
        if dead == 0:
            os._exit(7)
        ready(b"%d" % dead)
        signal.pause()

    with child(leave_a_zombie) as (parent, dead):
        pid = int(dead)
        wait_until(lambda: process_state(pid) == "Z" and process_state(parent) == "S", "the child is a zombie")
        text = show(pid)
        check(" · a zombie · " in headline(text), headline(text))
        wrong = troubles(text)
        check("exited with status 7" in wrong, wrong)
        check(f"its parent {parent} python3 has not waited for it" in wrong, wrong)
        check("it has no handler for SIGCHLD" in wrong, wrong)
        check("Memory" not in text and "Files" not in text, "a zombie has neither memory nor files")
        check(f"{pid} python3 (zombie)" in section(show(parent), "Family"), "the parent knows")


def an_orphan_names_who_adopted_it():
    def make_orphan(ready):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        middle = os.fork()
        if middle == 0:
            os.setsid()
            orphan = os.fork()
            if orphan == 0:
                ready(b"%d" % os.getpid())
                signal.pause()
            os._exit(0)
        os.waitpid(middle, 0)

    with child(make_orphan) as (adopter, orphan):
        try:
            wait_until(lambda: f"\nPPid:\t{adopter}\n" in open(f"/proc/{orphan}/status").read(), "adopted")
            text = show(orphan)
            family = section(text, "Family")
            check("adopted by" in family and f"{adopter} python3, a subreaper: it is in a session" in family, family)
        finally:
            os.kill(int(orphan), signal.SIGKILL)


def a_stopped_one_says_how_to_go_on():
    with child(lambda ready: ready()) as (pid, _):
        os.kill(pid, signal.SIGSTOP)
        wait_until(lambda: process_state(pid) == "T", "it is stopped")
        text = show(pid)
        check(f"Stopped by a signal: it goes on with kill -CONT {pid}." in troubles(text), text)
        os.kill(pid, signal.SIGTERM)
        check("SIGTERM was sent to it and has not arrived yet." in troubles(show(pid)), "SIGTERM is pending")


def lock_area(kind=fcntl.F_WRLCK):
    return struct.pack("hhqqi4x", kind, 0, 0, 0, 0)


LOCKS = {
    "flock": lambda fd: fcntl.flock(fd, fcntl.LOCK_EX),
    "fcntl": lambda fd: fcntl.fcntl(fd, fcntl.F_SETLKW, lock_area()),
    "OFD": lambda fd: fcntl.fcntl(fd, 38, lock_area()),  # F_OFD_SETLKW
}


def one_that_waits_for_a_lock_names_who_holds_it():
    with tempfile.TemporaryDirectory() as folder:
        for kind, take in LOCKS.items():
            path = os.path.join(folder, f"{kind} file")

            def hold(ready, path=path, take=take):
                fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
                take(fd)
                ready(b"%d" % fd)

            def wait_for_it(ready, path=path, take=take):
                fd = os.open(path, os.O_RDWR)
                ready(b"%d" % fd)
                take(fd)

            with child(hold) as (holder, fd), child(wait_for_it) as (waiter, waiting_fd):
                wait_until(lambda w=waiter: " -> " in open("/proc/locks").read() and process_state(w) == "S", "it waits")
                wait_until(lambda w=waiter: "Waits for a lock" in show(w), f"{kind}: show says that it waits")
                wrong = troubles(show(waiter))
                check(f"on {path} ({kind} WRITE), held by {holder} python3 (fd {fd})." in wrong, wrong)
                check("waits for" in section(show(waiter), "Files"), "the file says so too")
                held = section(show(holder), "Files")
                check(f"awaited by {waiter} python3 (fd {waiting_fd})" in held, held)


def threads_are_listed_and_a_tid_names_its_process():
    def make_threads(ready):
        tids = []
        for name in (b"worker one", b"worker two"):
            started = threading.Event()

            def work(name=name, started=started):
                ctypes.CDLL(None).prctl(PR_SET_NAME, name, 0, 0, 0)
                tids.append(threading.get_native_id())
                started.set()
                signal.pause()

            threading.Thread(target=work, daemon=True).start()
            started.wait()
        ready(" ".join(map(str, tids)).encode())

    with child(make_threads) as (pid, line):
        tids = line.split()
        text = show(pid)
        check("· 3 threads" in headline(text), headline(text))
        listed = section(text + "\n", "Threads")
        for tid, name in zip(tids, ("worker one", "worker two")):
            check(any(row.split()[0] == tid and name in row for row in listed.split("\n")), listed)
        check(headline(show(tids[1])).startswith(f"worker two {tids[1]} · thread of {pid} python3 · "), "of a thread")
        row = json.loads(run("show", "--jsonl", tids[1]))
        equal((row["pid"], row["tid"], row["comm"]), (pid, int(tids[1]), "worker two"), "JSON of a thread")


def strange_names_stay_on_the_page_as_text():
    comm, arguments = b"a)\n\x1b[2J\xe2\x80\xae", [b"sh\x1b]52;c;x\x07", b"-c", b": $'\\n' \xff; exec sleep 1000"]

    def become_strange(ready):
        libc = ctypes.CDLL(None)
        libc.prctl(PR_SET_NAME, comm, 0, 0, 0)
        ready()

    with child(become_strange) as (pid, _):
        check(headline(show(pid)).startswith("a)\\n\\x1b[2J\\u202e "), headline(show(pid)))
    process = subprocess.Popen([b"/bin/sh", *arguments[1:], b"\x1b[31m" * 10, b"x" * 5000], env={"A\x1bB": "c\nd", "PATH": "/\x1b:/bin"})
    try:
        wait_until(lambda: b"sleep" in open(f"/proc/{process.pid}/comm", "rb").read(), "it runs sleep")
        text = show(process.pid)
        check("PATH=/\\x1b:/bin" in section(text, "Program"), section(text, "Program"))
    finally:
        process.kill()
        process.wait()


def a_kernel_thread_has_a_short_page():
    pid = next((int(p) for p in os.listdir("/proc") if p.isdigit() and
                int(open(f"/proc/{p}/stat", "rb").read().rsplit(b")", 1)[1].split()[6]) & 0x200000), None)
    if pid is None:
        return  # a container has none
    text = show(pid)
    check(" · kernel thread · " in headline(text), headline(text))
    for title in ("Program", "User", "Memory", "Files", "Signals", "Limits", "Namespaces", "Threads"):
        check(title not in text.split("\n"), f"{title} of a kernel thread")


def what_belongs_to_somebody_else_is_said_to_be_denied():
    if ROOT:
        raise Skip("nothing is denied to root")
    text = show(1)
    check("not readable: permission denied" in section(text, "Files"), text)
    check("not readable: permission denied" in section(text, "Program"), text)
    row = json.loads(run("show", "--json", 1))["processes"][0]
    equal((row["fds"], row["unavailable"]["fds"], row["unavailable"]["exe"]), (None, "denied", "denied"), "JSON")


def a_pid_that_is_not_there_is_3_and_the_others_are_shown():
    child_pid = os.fork()
    if child_pid == 0:
        os._exit(0)
    os.waitpid(child_pid, 0)
    done = subprocess.run([PTOP, "show", str(child_pid), str(os.getpid())], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    equal((done.returncode, done.stderr.decode()), (3, f"ptop: no process has pid {child_pid}\n"), "what is said")
    check(done.stdout.decode().startswith(f"python3 {os.getpid()} "), done.stdout)


def only_the_sections_that_were_asked_for():
    text = show("-s", "files,limits", os.getpid())
    equal([line for line in text.split("\n")[1:] if line and not line.startswith((" ", "!"))], ["Files", "Limits"], text)


def json_is_what_the_schema_promises():
    document = run("show", "--json", os.getpid(), os.getppid())
    done = subprocess.run([sys.executable, VALIDATE, SCHEMA, "-"], input=document, stderr=subprocess.PIPE, check=False)
    equal((done.returncode, done.stderr.decode()), (0, ""), "validation")
    one = json.loads(document)["processes"]
    equal([row["pid"] for row in one], [os.getpid(), os.getppid()], "in the order they were asked for")
    check(any(fd["fd"] == 1 for fd in one[0]["fds"]), "its open files")
    full = json.loads(run("dump", "--full", "--jsonl", f"pid={os.getpid()}"))
    equal(set(one[0]), set(full), "the members of dump --full")


def on_a_terminal_no_line_is_wider():
    for columns, rows in ((20, 5), (40, 24), (80, 24), (120, 40)):
        master, slave = os.openpty()
        fcntl.ioctl(slave, 0x5414, struct.pack("hhhh", rows, columns, 0, 0))  # TIOCSWINSZ
        process = subprocess.Popen([PTOP, "show", "--color=never", str(os.getpid())], stdin=slave, stdout=slave,
                                   env=dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8"))
        os.close(slave)
        text = b""
        with contextlib.suppress(OSError):  # EIO: everybody closed the other side
            while part := os.read(master, 65536):
                text += part
        os.close(master)
        equal(process.wait(20), 0, "status")
        lines = text.decode().replace("\r\n", "\n").split("\n")
        check(len(lines) > 20, f"only {len(lines)} lines")
        for line in lines:
            check(len(line) <= columns, f"{len(line)} > {columns}: {line!r}")


def ascii_is_ascii():
    text = run("show", "--ascii", os.getpid())
    check(text.isascii() and b" - " in text.split(b"\n")[0], "only ASCII")


if __name__ == "__main__":
    exit_with([a_zombie_names_its_parent_and_what_that_does, an_orphan_names_who_adopted_it,
               a_stopped_one_says_how_to_go_on, one_that_waits_for_a_lock_names_who_holds_it,
               threads_are_listed_and_a_tid_names_its_process, strange_names_stay_on_the_page_as_text,
               a_kernel_thread_has_a_short_page, what_belongs_to_somebody_else_is_said_to_be_denied,
               a_pid_that_is_not_there_is_3_and_the_others_are_shown, only_the_sections_that_were_asked_for,
               json_is_what_the_schema_promises, on_a_terminal_no_line_is_wider, ascii_is_ascii])
