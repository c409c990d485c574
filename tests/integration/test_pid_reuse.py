#!/usr/bin/env python3
"""Six pids for everybody: numbers are used again while a scan reads, and no row tells half of one process and half of
the next.

usage: test_pid_reuse.py PTOP BREEDER

PTOP_REUSE_SCANS: how many dumps are taken (400).
"""
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

from support import Skip, check, equal, exit_with, wait_until

PTOP, BREEDER = (os.path.abspath(argument) for argument in sys.argv[1:3])
CLONE_NEWNS, CLONE_NEWPID = 0x00020000, 0x20000000
MS_REC_PRIVATE = 0x4000 | 1 << 18
FIRST_PID, LAST_PID = 300, 305   # include/linux/pid_namespace.h: RESERVED_PIDS is where counting starts again
SCANS = int(os.environ.get("PTOP_REUSE_SCANS", "400"))
# Each breed differs from the other in all that is inherited at birth, and its processes do nothing but live: what
# is read of one of them is the same from its first moment to its last.
BREEDS = {"alpha": 2001, "beta": 2002}


def call(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def enter_narrow_namespace():
    """A pid namespace of its own, with a limit of its own (Linux 6.14). What runs in it dies with its init."""
    libc = ctypes.CDLL(None, use_errno=True)
    call(libc.unshare(CLONE_NEWNS | CLONE_NEWPID))
    call(libc.mount(b"none", b"/", None, MS_REC_PRIVATE, None))


def mount_proc():
    libc = ctypes.CDLL(None, use_errno=True)
    call(libc.mount(b"proc", b"/proc", b"proc", 0, None))
    with open("/proc/sys/kernel/pid_max", "w", encoding="ascii") as limit:
        limit.write(str(LAST_PID + 1))


def dump():
    while True:
        try:
            done = subprocess.run([PTOP, "dump", "-o", "pid,comm,argv,uid,cwd,start_ticks"], stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=60, check=False)
            break
        except BlockingIOError:   # no number is free
            pass
    equal((done.returncode, done.stderr), (0, b""), "ptop dump")
    return json.loads(done.stdout)


def breed_of(row, folder):
    """All names of a breed that a row has; a fact that went with its process tells nothing."""
    found = {row["comm"]}
    if row["argv"]:
        found.add(row["argv"][1])
    if row["uid"] is not None:
        found |= {name for name, uid in BREEDS.items() if uid == row["uid"]}
    if row["cwd"]:
        found.add(os.path.relpath(row["cwd"].removesuffix(" (deleted)"), folder))
    return found


def watch(folder):
    """In the narrow namespace. Exit status 0: every row was of one process."""
    mount_proc()
    breeders = []
    for name, uid in BREEDS.items():
        os.mkdir(f"{folder}/{name}")
        breeders.append(subprocess.Popen([BREEDER, name, str(uid), f"{folder}/{name}"]))
    wait_until(lambda: any(row["comm"] in BREEDS and row["pid"] >= FIRST_PID for row in dump()["processes"]), "children")
    starts = {pid: set() for pid in range(FIRST_PID, LAST_PID + 1)}
    rows = 0
    for _ in range(SCANS):
        document = dump()
        equal(document["errors"], [], "errors")
        for row in document["processes"]:
            if row["comm"] not in BREEDS or row["pid"] < FIRST_PID:   # the breeders are not born as they are
                continue
            equal(breed_of(row, folder), {row["comm"]}, f"one process: {row}")
            starts.get(row["pid"], set()).add(row["start_ticks"])
            rows += 1
    reused = sum(len(found) - 1 for found in starts.values() if found)
    check(reused > SCANS / 10, f"only {reused} numbers were used again in {rows} rows")
    for breeder in breeders:
        breeder.kill()
    print(f"        {rows} rows, at least {reused} numbers used again")


def namespaces_have_limits_of_their_own():
    """Since Linux 6.14. Before, the limit written here would be the whole machine's."""
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    return release and (int(release[1]), int(release[2])) >= (6, 14)


def rows_are_of_one_process():
    if os.geteuid() != 0:
        raise Skip("a pid namespace needs root")
    if not namespaces_have_limits_of_their_own():
        raise Skip("the kernel is older than 6.14")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        inside = os.fork()
        if inside == 0:
            os._exit(in_namespace(folder))
        status = os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1])
    if status == 77:
        raise Skip("no pid namespace to be had")
    equal(status, 0, "the watch inside")


def in_namespace(folder):
    try:
        enter_narrow_namespace()
    except OSError:
        return 77
    init = os.fork()
    if init == 0:
        os._exit(as_init(folder))
    return os.waitstatus_to_exitcode(os.waitpid(init, 0)[1])


def as_init(folder):
    """Its death ends everybody in the namespace."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        watch(folder)
    except OSError as error:
        print(error, file=sys.stderr)
        return 77
    except Exception as error:   # told to whoever waits
        print(error, file=sys.stderr)
        return 1
    return 0


exit_with([rows_are_of_one_process])
