#!/usr/bin/env python3
"""What ptop says of shared memory, control groups, the age of a state, zombies' parents and daemons, against who knows.

usage: test_facts.py PTOP
"""
import contextlib
import ctypes
import json
import mmap
import os
import signal
import subprocess
import sys
import tempfile
import time

from support import Skip, check, child, equal, exit_with, process_state, wait_until

PTOP = os.path.abspath(sys.argv[1])
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.shmat.restype = ctypes.c_void_p
LIBRT = ctypes.CDLL("librt.so.1", use_errno=True)
IPC_CREAT, IPC_RMID = 0o1000, 0
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWUSER = 0x20000, 0x4000000, 0x10000000
SEGMENT = 3 * mmap.PAGESIZE


def run(*arguments):
    done = subprocess.run([PTOP, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                          check=False)
    equal((done.returncode, done.stderr.decode()), (0, ""), f"{arguments}")
    return done.stdout.decode()


def full(pid):
    return json.loads(run("dump", "--full", "--jsonl", f"pid={pid}"))


def ipcs_segment(shmid):
    """(key, bytes, number of attachments) as ipcs says."""
    for line in subprocess.run(["ipcs", "-m"], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines():
        words = line.split()
        if len(words) >= 6 and words[1] == str(shmid):
            return int(words[0], 16), int(words[4]), int(words[5])
    return None


def a_system_v_segment_is_as_ipcs_says():
    shmid = LIBC.shmget(os.getpid(), SEGMENT, IPC_CREAT | 0o600)
    check(shmid >= 0, "shmget")
    try:
        def attach(ready):
            LIBC.shmat(shmid, None, 0)
            ready()

        with child(attach) as (pid, _):
            key, size, _ = ipcs_segment(shmid)
            text = run("show", "-s", "ipc", pid)
            check(f"System V segment {shmid} of key {key:#010x}, {size // 1024}K, attached 1 time" in text, text)
            equal(ipcs_segment(shmid), (key, SEGMENT, 1), "ptop leaves it as it was")
            mapped = [m for m in full(pid)["maps"] if m["role"] == "sysv_shm"]
            equal([(m["inode"], m["size"], m["path"]) for m in mapped], [(shmid, size, f"/SYSV{key:08x}")], "maps")
            LIBC.shmctl(shmid, IPC_RMID, None)
            check("removed" in run("show", "-s", "ipc", pid), "a removed segment is said to be")
    finally:
        LIBC.shmctl(shmid, IPC_RMID, None)


def posix_shared_memory_is_named():
    if not os.access("/dev/shm", os.W_OK):
        raise Skip("/dev/shm cannot be written to")
    with tempfile.NamedTemporaryFile(dir="/dev/shm") as file:
        file.truncate(SEGMENT)
        kept = []

        def attach(ready):
            kept.append(mmap.mmap(file.fileno(), SEGMENT))
            ready()

        with child(attach) as (pid, _):
            check(f"{file.name}, {SEGMENT // 1024}K" in run("show", "-s", "ipc", pid), run("show", "-s", "ipc", pid))
            mapped = [m for m in full(pid)["maps"] if m.get("path") == file.name]
            equal([(m["role"], m["size"], m["permissions"]) for m in mapped], [("shared_memory", SEGMENT, "rw-s")], "maps")
            equal(mapped[0]["inode"], os.stat(file.name).st_ino, "inode")


def message_queues_are_named_and_say_who_else_has_them():
    name = f"/ptop-test-{os.getpid()}"
    queue = LIBRT.mq_open(name.encode(), os.O_CREAT | os.O_WRONLY, 0o600, None)
    if queue < 0:
        raise Skip(f"mq_open: {os.strerror(ctypes.get_errno())}")

    def receive(ready):
        os.close(queue)
        ready(b"%d" % LIBRT.mq_open(name.encode(), os.O_RDONLY, 0, None))

    try:
        with child(receive) as (pid, descriptor):
            lines = {" ".join(line.split()) for line in run("show", "-s", "ipc", "--color=never", pid).splitlines()}
            check(any(line.startswith(f"message queue {name}, fd {descriptor} ") and f"writer {os.getpid()} " in line
                      for line in lines), f"{lines}")
            row = next(row for row in full(pid)["fds"] if row["fd"] == int(descriptor))
            equal((row["type"], row["mqueue"], row["access"]), ("mqueue", {"name": name}, "r"), "descriptor")
            equal([(end["pid"], end["fd"]) for end in row["other_end"]], [(os.getpid(), queue)], "other end")
            LIBRT.mq_unlink(name.encode())
            check(f"{name}, fd {descriptor}, removed" in run("show", "-s", "ipc", pid), "it is removed")
            row = next(row for row in full(pid)["fds"] if row["fd"] == int(descriptor))
            equal((row["deleted"], row.get("unavailable")), (True, None), "and nothing about it is unknown")
    finally:
        LIBRT.mq_unlink(name.encode())
        os.close(queue)


def a_queue_of_a_mounted_file_system_is_one_too():
    if LIBC.unshare(CLONE_NEWNS) != 0:
        raise Skip("no mount namespace of our own")
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "mqueue", "none", folder], stderr=subprocess.DEVNULL, check=False).returncode != 0:
            raise Skip("mqueue cannot be mounted")
        path = f"{folder}/ptop-test-{os.getpid()}"
        try:
            kept = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            plain = os.open(f"{folder}/../ptop-80-{os.getpid()}", os.O_RDWR | os.O_CREAT, 0o600)
            os.unlink(f"{folder}/../ptop-80-{os.getpid()}")
            os.write(plain, bytes(80))
            rows = {row["fd"]: row for row in full(os.getpid())["fds"]}
            equal((rows[kept]["type"], rows[kept]["mqueue"]["name"], rows[kept]["path"]),
                  ("mqueue", "/" + os.path.basename(path), path), "queue")
            equal(rows[plain]["type"], "regular", "a file of the same size")
            os.close(kept)
            os.close(plain)
            os.unlink(path)
        finally:
            subprocess.run(["umount", folder], check=False)


def namespaces_say_whom_they_belong_to():
    def inode(kind):
        return os.stat(f"/proc/self/ns/{kind}").st_ino

    def move(ready):
        if LIBC.unshare(CLONE_NEWUSER | CLONE_NEWUTS) != 0:
            ready(b"refused")
        ready(b"%d" % inode("user"))

    with child(move) as (pid, own_user):
        if own_user == b"refused":
            raise Skip("no user namespace of our own")
        rows = {row["name"]: row for row in full(pid)["namespaces"]}
    uid = os.getuid()
    equal((rows["uts"]["owner"], rows["uts"]["owner_uid"]), (int(own_user), uid), "a namespace made in it")
    equal({key: rows["user"][key] for key in ("inode", "owner", "owner_uid", "parent")},
          {"inode": int(own_user), "owner": inode("user"), "owner_uid": uid, "parent": inode("user")}, "itself")
    net = next(row for row in full(os.getpid())["namespaces"] if row["name"] == "net")
    equal(rows["net"], net, "the one it stayed in")
    check("parent" not in net and "parent" in rows["pid"], "parents are of pid and user namespaces")


def mounts(kind):
    """{controller or "": where}, of hierarchies that are mounted."""
    found = {}
    with open("/proc/mounts", encoding="utf-8") as text:
        for line in text:
            _, point, kind_here, options, *_ = line.split()
            if kind_here == kind:
                for option in options.split(",") if kind == "cgroup" else [""]:
                    found.setdefault(option, point)
    return found


@contextlib.contextmanager
def cgroup(hierarchy):
    """A group made for the test."""
    path = os.path.join(hierarchy, f"ptop-test-{os.getpid()}")
    try:
        os.mkdir(path)
    except OSError as error:
        raise Skip(f"no group can be made: {error}") from error
    try:
        yield path
    finally:
        os.rmdir(path)


@contextlib.contextmanager
def member(kind, controller):
    """(its directory, pid) of a process in a group of its own."""
    hierarchy = mounts(kind).get(controller)
    if hierarchy is None:
        raise Skip(f"no hierarchy of {kind} {controller}".rstrip())
    with cgroup(hierarchy) as path, child(lambda ready: ready()) as (pid, _):
        write(pid, path, "cgroup.procs")
        try:
            yield path, pid
        finally:
            write(pid, hierarchy, "cgroup.procs")


def read(*path):
    with open(os.path.join(*path), encoding="ascii") as file:
        return file.read().strip()


def write(text, *path):
    with open(os.path.join(*path), "w", encoding="ascii") as file:
        file.write(str(text))


def number(text):
    return None if text == "max" else int(text)


def pids_of_a_group_are_as_its_files_say():
    with member("cgroup", "pids") as (path, pid):
        write(17, path, "pids.max")
        row = full(pid)
        equal((row["cgroup_pids"], row["cgroup_pids_max"]), (int(read(path, "pids.current")), 17), "pids")
        check("1 of at most 17" in run("show", "-s", "cgroup", pid), "show")


def a_frozen_group_is_said_to_be_frozen():
    with member("cgroup", "freezer") as (path, pid):
        try:
            equal(full(pid)["cgroup_freezer"], "thawed", "before")
            write("FROZEN", path, "freezer.state")
            wait_until(lambda: read(path, "freezer.state") == "FROZEN", "it is frozen")
            equal(full(pid)["cgroup_freezer"], "frozen", "JSON")
            check("frozen" in run("show", "-s", "cgroup", pid), "show")
        finally:
            write("THAWED", path, "freezer.state")


def memory_of_a_group_of_version_1_is_as_its_files_say():
    with member("cgroup", "memory") as (path, pid):
        write(64 << 20, path, "memory.limit_in_bytes")
        row = full(pid)
        equal(row["cgroup_memory_max"], int(read(path, "memory.limit_in_bytes")), "limit")
        equal(row["cgroup_memory"], int(read(path, "memory.usage_in_bytes")), "a process at rest uses no more")


def a_group_of_version_2_is_as_its_files_say():
    with member("cgroup2", "") as (path, pid):
        in_version_1 = mounts("cgroup")
        row = full(pid)
        if "freezer" not in in_version_1 and os.path.exists(os.path.join(path, "cgroup.freeze")):
            write(1, path, "cgroup.freeze")
            wait_until(lambda: "frozen 1" in read(path, "cgroup.events"), "it is frozen")
            equal(full(pid)["cgroup_freezer"], "frozen", "freezer")
            write(0, path, "cgroup.freeze")
        if "cpu" not in in_version_1:
            check(row["cgroup_cpu_ns"] <= 1000 * int(read(path, "cpu.stat").split()[1]), "CPU time")
        if "pids" not in in_version_1 and os.path.exists(os.path.join(path, "pids.max")):
            equal((row["cgroup_pids"], row["cgroup_pids_max"]),
                  (int(read(path, "pids.current")), number(read(path, "pids.max"))), "pids")
        check(f"/ptop-test-{os.getpid()}" in run("show", "-s", "cgroup", pid), "its path")


def a_state_is_as_old_as_it_is_on_every_processor():
    for cpu in sorted(os.sched_getaffinity(0))[:4]:
        a_state_is_as_old_as_it_is(cpu)


def a_state_is_as_old_as_it_is(cpu):
    # Where a hypervisor takes time away, the clocks of processors drift apart by seconds. A quarter of a second is for a
    # busy machine.
    def sleep_there(ready):
        os.sched_setaffinity(0, {cpu})
        ready()

    slack = 0.25
    before = time.monotonic()
    with child(sleep_there) as (pid, _):
        wait_until(lambda: process_state(pid) == "S", "it sleeps")
        slept_since = time.monotonic()
        wait_until(lambda: time.monotonic() > slept_since + 1, "it slept for a second")
        asked = time.monotonic()
        age = full(pid)["state_age_ns"]
        answered = time.monotonic()
        if age is None:
            return  # a kernel without CONFIG_SCHED_DEBUG
        check(asked - slept_since - slack <= age / 1e9 <= answered - before + slack,
              f"processor {cpu}: {age / 1e9} s, not {asked - slept_since} to {answered - before}")


def delays_are_told_or_why_they_are_not():
    keys = [f"{what}_delay_ns" for what in ("swapin", "reclaim", "thrashing", "compaction")]
    row = json.loads(run("dump", "--jsonl", "-o", ",".join(["pid", *keys]), f"pid={os.getpid()}"))
    reasons = {row.get("unavailable", {}).get(key) for key in keys if row[key] is None}
    try:
        with open("/proc/sys/kernel/task_delayacct", encoding="ascii") as switch:
            counted = switch.read().strip() != "0"
    except OSError:
        counted = True  # a kernel before 5.14 counts unless told not to
    if os.geteuid() != 0:
        check(reasons <= {"denied", "unsupported"} and len(reasons) == 1, f"{row}")
    elif counted:
        check(reasons <= {"unsupported"}, f"{row}")  # without CONFIG_TASKSTATS, or an account younger than the kernel
    else:
        equal(reasons, {"unsupported"}, "nothing is counted")


def the_parent_of_a_zombie_is_told_with_what_it_does():
    def be_a_bad_parent(ready):
        signal.signal(signal.SIGUSR1, lambda *_: None)
        zombie = os.fork()
        if zombie == 0:
            os._exit(3)
        ready(b"%d" % zombie)

    with child(be_a_bad_parent) as (parent, zombie):
        wait_until(lambda: process_state(zombie) == "Z" and process_state(parent) == "S", "a zombie whose parent sleeps")
        text = run("show", zombie)
        trouble = next(line for line in text.split("\n") if line.startswith("!"))
        check(f"its parent {parent} python3" in trouble, trouble)
        check("is sleeping in pause" in trouble, trouble)


def a_daemon_says_by_which_signs():
    def become_parent_of_daemon(ready):
        if os.fork() != 0:
            os._exit(0)
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        os.chdir("/")
        os.umask(0)
        null = os.open("/dev/null", os.O_RDWR)
        for fd in range(3):
            os.dup2(null, fd)
        ready(b"%d" % os.getpid())
        signal.pause()

    reader, writer = os.pipe()
    first = os.fork()
    if first == 0:
        become_parent_of_daemon(lambda text: os.write(writer, text + b"\n"))
    os.close(writer)
    os.waitpid(first, 0)
    with os.fdopen(reader, "rb") as ready:
        daemon = int(ready.readline())
    try:
        # Both of its creators are gone when it has their adopter for a parent.
        wait_until(lambda: not os.path.exists(f"/proc/{os.getsid(daemon)}"), "the leader of its session is gone")
        row = full(daemon)
        check("daemon" in row["class"], row["class"])
        text = run("show", "-s", "family", daemon)
        line = " ".join(text.split())
        for sign in ("has no terminal", "was adopted", "is in /", "has umask 0", "has no standard input and output"):
            check(sign in line, f"no {sign!r} in {text}")
        check("leads its" not in line, "it leads neither group nor session")
    finally:
        os.kill(daemon, signal.SIGKILL)


def a_daemon_stays_one_while_its_session_leader_is_a_zombie():
    def leave_a_zombie_behind(ready):
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.setsid()
            daemon = os.fork()
            if daemon == 0:
                os.write(writer, b"%d\n" % os.getpid())
                signal.pause()
            os._exit(0)
        ready(os.read(reader, 32).strip())  # and nobody waits for the first child

    with child(leave_a_zombie_behind) as (_, daemon):
        daemon = int(daemon)
        try:
            wait_until(lambda: process_state(os.getsid(daemon)) == "Z", "the leader of its session is a zombie")
            check({"daemon", "orphan"} <= set(full(daemon)["class"]), full(daemon)["class"])
        finally:
            os.kill(daemon, signal.SIGKILL)


if __name__ == "__main__":
    exit_with([a_system_v_segment_is_as_ipcs_says, posix_shared_memory_is_named,
               message_queues_are_named_and_say_who_else_has_them, a_queue_of_a_mounted_file_system_is_one_too,
               namespaces_say_whom_they_belong_to, pids_of_a_group_are_as_its_files_say,
               a_frozen_group_is_said_to_be_frozen, memory_of_a_group_of_version_1_is_as_its_files_say,
               a_group_of_version_2_is_as_its_files_say, a_state_is_as_old_as_it_is_on_every_processor,
               delays_are_told_or_why_they_are_not,
               the_parent_of_a_zombie_is_told_with_what_it_does, a_daemon_says_by_which_signs,
               a_daemon_stays_one_while_its_session_leader_is_a_zombie])
