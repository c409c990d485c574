#!/usr/bin/env python3
"""ptop fds: every kind of descriptor, both ends of every pair, locks, --path and --port, and lsof beside it.

usage: test_fds.py PTOP DESCRIPTOR_FACTORY [SCHEMA]
"""
import contextlib
import csv
import ctypes
import fcntl
import io
import json
import mmap
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

from lsof import compare_with_lsof, lsof_view
from support import Failure, check, equal, exit_with, wait_until

PTOP, FACTORY = (os.path.abspath(argument) for argument in sys.argv[1:3])
SCHEMA = os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 and os.path.exists(sys.argv[3]) else None
SPECIAL = {"what", "fd", "type", "peer", "flag", "watches", "inotify_mask"}
MOST_KINDS = 30


def fds(*options, status=0):
    done = subprocess.run([PTOP, "fds", *map(str, options)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    equal((done.returncode, done.stderr.decode()), (status, ""), f"fds {options}")
    return done.stdout.decode()


def fds_json(*options):
    return json.loads(fds("--json", *options))["descriptors"]


@contextlib.contextmanager
def factory():
    with tempfile.TemporaryDirectory() as folder:
        program = subprocess.Popen([FACTORY], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            made = json.loads(program.stdout.read())
            yield program.pid, made, folder
        finally:
            program.stdin.close()
            program.wait(20)


def is_part_of(wanted, have):
    if isinstance(wanted, dict):
        return isinstance(have, dict) and all(key in have and is_part_of(wanted[key], have[key]) for key in wanted)
    return wanted == have


def every_kind_is_named_with_its_particulars():
    with factory() as (pid, made, folder):
        have = {row["fd"]: row for row in fds_json(pid)}
        wrong = []
        for want in made:
            row = have[want["fd"]]
            particulars = {key: value for key, value in want.items() if key not in SPECIAL}
            if row["type"] != want["type"] or not is_part_of(particulars, row):
                wrong.append(f"{want}: {row}")
            if "flag" in want and want["flag"] not in row["flags"]["names"]:
                wrong.append(f"{want}: {row['flags']}")
            if "watches" in want:
                equal([(t["fd"], t["type"]) for t in row["epoll"]["targets"]], [(want["watches"], "eventfd")], "epoll")
            if "inotify_mask" in want:
                equal(row["inotify"]["watches"][0]["mask"]["names"], [want["inotify_mask"]], "inotify")
                watched = row["inotify"]["watches"][0]["path"]
                check(watched == os.path.realpath(folder) or (watched is None and os.geteuid() != 0), f"watches {watched}")
        equal(wrong, [], "kinds")
        kinds = {want["what"] for want in made}
        check(os.geteuid() != 0 or len(kinds) >= MOST_KINDS, f"only {len(kinds)} kinds")


def both_ends_name_each_other():
    with factory() as (pid, made, _):
        have = {row["fd"]: row for row in fds_json(pid)}
        pairs = [want for want in made if "peer" in want]
        check(len(pairs) >= 16, f"only {len(pairs)} ends")
        for want in pairs:
            ends = [(end["pid"], end["fd"]) for end in have[want["fd"]]["other_end"]]
            equal(ends, [(pid, want["peer"])], f"other end of {want}")
        table = fds(pid)
        check(f"({want['what']}" not in table and f"→ {pid} " in table, "the table has no ends")


def ends_in_other_processes_are_found():
    reader, writer = os.pipe()
    child = subprocess.Popen(["cat"], stdin=reader, stdout=subprocess.DEVNULL)
    os.close(reader)
    try:
        rows = {row["fd"]: row for row in fds_json(child.pid)}
        ends = [(end["pid"], end["fd"]) for end in rows[0]["other_end"]]
        equal(ends, [(os.getpid(), writer)], "writer of cat's input")
        text = next(line for line in fds(child.pid).splitlines() if "pipe:" in line)
        check(f"writer {os.getpid()} " in text, text)
        everybody = {(row["pid"], row["fd"]): row for row in fds_json()}
        ends = [(end["pid"], end["fd"]) for end in everybody[os.getpid(), writer]["other_end"]]
        check((child.pid, 0) in ends, f"readers of our pipe: {ends}")
    finally:
        os.close(writer)
        child.wait(20)


def a_mapped_file_is_held_without_a_descriptor():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype, libc.mmap.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    with tempfile.TemporaryDirectory(dir=os.getcwd() if os.access(".", os.W_OK) else None) as folder:
        path = os.path.join(os.path.realpath(folder), "mapped")
        with open(path, "wb+") as file:
            file.write(b"x" * 4096)
            file.flush()
            start = libc.mmap(None, 4096, mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_SHARED, file.fileno(), 0)
            ours = [row for row in fds_json("--path", path) if row["pid"] == os.getpid()]
            equal([row["as"] for row in ours], ["fd"], "open as well: the descriptor is enough")
        os.link(path, path + " too")
        row, = (row for row in fds_json("--path", path + " too") if row["pid"] == os.getpid())
        equal((row["as"], row["fd"], row["access"], row["path"]), ("mapping", None, "rw", path), "mapped")
        os.unlink(path + " too")
        os.unlink(path)
        row, = (row for row in fds_json("--path", path) if row["pid"] == os.getpid())
        equal((row["as"], row["deleted"]), ("mapping", True), "mapped and deleted")
        libc.munmap(start, 4096)
        fds("--path", path, status=1)


def csv_tells_what_json_tells():
    with factory() as (pid, made, _):
        rows = list(csv.DictReader(io.StringIO(fds("--csv", pid), newline="")))
        have = fds_json(pid)
        equal([(row["fd"], row["type"], row["access"]) for row in rows],
              [(str(row["fd"]), row["type"], row["access"]) for row in have], "rows")
        equal([row["inode"] for row in rows], ["" if row["inode"] is None else str(row["inode"]) for row in have], "inodes")
        peers = {want["fd"]: want["peer"] for want in made if "peer" in want}
        for row in rows:
            if int(row["fd"]) in peers:
                check(f"{pid} " in row["other_end"] and f"(fd {peers[int(row['fd'])]})" in row["other_end"], row)


def an_inherited_file_is_shared_and_a_reopened_one_is_not():
    with tempfile.NamedTemporaryFile() as file, open(file.name, "rb") as again:
        child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=[file.fileno()])
        try:
            rows = {row["fd"]: row for row in fds_json(child.pid)}
            shared = rows[file.fileno()]["shared_with"]
            if shared is not None:
                equal([(who["pid"], who["fd"]) for who in shared], [(os.getpid(), file.fileno())], f"not {again.fileno()}")
        finally:
            child.stdin.close()
            child.wait(20)


HOLDER = r"""
import fcntl, os, struct, sys
path, kind, blocking = sys.argv[1:]
fd = os.open(path, os.O_RDWR)
area = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 10, 5, 0)
wait = blocking == "wait"
if wait: print("waiting", flush=True)
if kind == "FLOCK": fcntl.flock(fd, fcntl.LOCK_EX)
if kind == "POSIX": fcntl.fcntl(fd, fcntl.F_SETLKW, area)
if kind == "OFDLCK": fcntl.fcntl(fd, 38, area)
if not wait: print("locked", flush=True)
sys.stdin.read()
"""


def lock_process(path, kind, mode, inside=()):
    program = subprocess.Popen([*inside, sys.executable, "-c", HOLDER, path, kind, mode], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
    program.stdout.readline()
    return program


def check_lock(kind, path):
    holder = lock_process(path, kind, "hold")
    waiters = [lock_process(path, kind, "wait") for _ in range(2)]
    try:
        def lock_rows(pid):
            return [(row, lock) for row in fds_json(pid) for lock in row["locks"] if lock["kind"] == kind]

        def all_wait():
            rows = lock_rows(holder.pid)
            waiting = sum(len(lock["awaited_by"]) for _, lock in rows)
            return rows if waiting == len(waiters) else None
        (row, lock), = wait_until(all_wait, f"everybody waits for the {kind} lock")
        equal((row["path"], lock["state"], lock["access"]), (path, "held", "WRITE"), kind)
        equal(sorted(who["pid"] for who in lock["awaited_by"]), sorted(w.pid for w in waiters), f"who waits for {kind}")
        if kind != "FLOCK":
            equal((lock["start"], lock["end"]), (10, 14), f"range of {kind}")
        for waiter in waiters:
            (row, lock), = lock_rows(waiter.pid)
            equal((row["path"], lock["state"]), (path, "waiting"), kind)
            equal([who["pid"] for who in lock["held_by"]], [holder.pid], f"who holds {kind}")
            check(f"waits for {kind} WRITE" in fds(waiter.pid), "the table does not say it waits")
            check(f"held by {holder.pid} " in fds(waiter.pid), "the table does not say who holds it")
        check(f"holds {kind} WRITE" in fds(), "the overview does not say who holds it")
    finally:
        for program in waiters + [holder]:
            program.kill()
            program.communicate()


def locks_say_who_holds_and_who_waits():
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("FLOCK", "POSIX", "OFDLCK"):
            path = os.path.join(os.path.realpath(folder), kind)
            with open(path, "w", encoding="ascii") as file:
                file.write("x" * 100)
            check_lock(kind, path)


def a_chain_of_waiters_waits_for_the_one_holder():
    # Who comes third waits behind the second, whose lock it could not have either.
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(os.path.realpath(folder), "chain")
        with open(path, "w", encoding="ascii") as file:
            file.write("x" * 100)
        holder = lock_process(path, "POSIX", "hold")
        waiters = []
        try:
            for _ in range(3):
                waiters.append(lock_process(path, "POSIX", "wait"))
                wait_until(lambda: len(waiting_for(holder.pid)) == len(waiters), "it waits")
            check(waiting_for(holder.pid) == sorted(w.pid for w in waiters), "who waits")
            for waiter in waiters:
                rows = [lock for row in fds_json(waiter.pid) for lock in row["locks"]]
                equal([(lock["state"], [who["pid"] for who in lock["held_by"]]) for lock in rows],
                      [("waiting", [holder.pid])], "a waiter")
            holder.kill()
            holder.communicate()
            first = wait_until(lambda: next((w for w in waiters if waiting_for(w.pid)), None), "the next one holds it")
            equal(waiting_for(first.pid), sorted(w.pid for w in waiters if w is not first), "who waits now")
        finally:
            for program in waiters + [holder]:
                program.kill()
                program.communicate()


def waiting_for(pid):
    return sorted(who["pid"] for row in fds_json(pid) for lock in row["locks"] if lock["state"] == "held"
                  for who in lock["awaited_by"])


def a_lease_is_told_and_left_alone():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(os.path.realpath(folder), "leased")
        with open(path, "wb"):
            pass
        held = os.open(path, os.O_RDONLY)
        before = signal.signal(signal.SIGIO, signal.SIG_IGN)
        try:
            fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_RDLCK)

            def lease():
                row = next(row for row in fds_json(os.getpid()) if row["fd"] == held)
                return [(lock["kind"], lock["mode"], lock["access"], lock["state"]) for lock in row["locks"]]

            equal(lease(), [("LEASE", "ACTIVE", "READ", "held")], "lease")
            fds("--json", "--path", path)
            fds()
            equal(lease(), [("LEASE", "ACTIVE", "READ", "held")], "ptop breaks no lease")
            check("holds LEASE READ" in fds(os.getpid()), "the table says it")
            breaker = subprocess.Popen([sys.executable, "-c", "import os, sys; os.open(sys.argv[1], os.O_WRONLY)", path])
            wait_until(lambda: lease() == [("LEASE", "BREAKING", "UNLCK", "held")], "somebody wants it back")
            fcntl.fcntl(held, fcntl.F_SETLEASE, fcntl.F_UNLCK)
            breaker.wait(20)
            equal(lease(), [], "given up")
        finally:
            os.close(held)
            signal.signal(signal.SIGIO, before)


def a_holder_in_a_pid_namespace_of_its_own_is_named():
    unshare = ["unshare", "-p", "-f", "--kill-child"] + ([] if os.geteuid() == 0 else ["-U", "-r"])
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        return print("        no pid namespaces to be had: not tested")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(os.path.realpath(folder), "elsewhere")
        with open(path, "w", encoding="ascii") as file:
            file.write("x" * 100)
        for kind in ("FLOCK", "POSIX", "OFDLCK"):
            outer = lock_process(path, kind, "hold", unshare)
            waiter = lock_process(path, kind, "wait")
            try:
                with open(f"/proc/{outer.pid}/task/{outer.pid}/children", encoding="ascii") as children:
                    holder = int(children.read())
                wait_until(lambda: waiting_for(holder) == [waiter.pid], f"the waiter for {kind} is told")
                lock, = [lock for row in fds_json(waiter.pid) for lock in row["locks"]]
                equal((lock["state"], [who["pid"] for who in lock["held_by"]]), ("waiting", [holder]), kind)
            finally:
                for program in (waiter, outer):
                    program.kill()
                    program.communicate()


def a_path_is_found_by_any_name_deleted_and_as_a_directory():
    with tempfile.TemporaryDirectory() as folder:
        path, other = os.path.join(folder, "a file"), os.path.join(folder, "other")
        with open(path, "wb") as file:
            os.link(path, other)
            for name in (path, other):
                rows = fds_json("--path", name)
                equal([(row["pid"], row["fd"]) for row in rows], [(os.getpid(), file.fileno())], name)
            os.unlink(path)
            os.unlink(other)
            rows = fds_json("--path", path)
            check((os.getpid(), file.fileno()) in [(row["pid"], row["fd"]) for row in rows], "deleted")
        child = subprocess.Popen(["cat"], stdin=subprocess.PIPE, cwd=folder)
        try:
            rows = fds_json("--path", folder)
            equal([(row["pid"], row["as"]) for row in rows], [(child.pid, "cwd")], "cwd")
        finally:
            child.stdin.close()
            child.wait(20)
        equal(fds("--path", os.path.join(folder, "nobody"), status=1), "", "nobody")


def a_port_is_found_from_both_sides():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, _ = server.accept()
            with accepted:
                rows = fds_json("--port", port)
                want = {server.fileno(), client.fileno(), accepted.fileno()}
                equal({row["fd"] for row in rows if row["pid"] == os.getpid()}, want, "descriptors")
                check("LISTEN" in fds("--port", port), "no listener in the table")


def statuses_say_what_happened():
    gone = subprocess.Popen(["true"])
    gone.wait()
    done = subprocess.run([PTOP, "fds", str(gone.pid)], stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    equal((done.returncode, done.stdout), (3, b""), "a pid that is not there")
    check(b"no process has pid" in done.stderr, done.stderr)
    if os.geteuid() != 0:
        done = subprocess.run([PTOP, "fds", "1"], stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        equal(done.returncode, 3, "somebody else's process")
        document = json.loads(fds("--json"))
        check(document["denied_processes"] > 0, "nobody denied")


def no_byte_of_a_stranger_reaches_the_terminal():
    name = b"esc\x1b]52;c;eA==\x07\n\xff"
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(os.fsencode(folder), name), "wb"):
            done = subprocess.run([PTOP, "fds", str(os.getpid())], stdout=subprocess.PIPE, check=True).stdout
            check(b"\x1b" not in done and b"\xff" not in done and rb"esc\x1b]52" in done, done)
            row = next(row for row in fds_json(os.getpid()) if "path_base64" in row)
            import base64
            check(base64.b64decode(row["path_base64"]).endswith(name), "bytes lost")


def lines_are_the_documents_rows():
    with factory() as (pid, _, _folder):
        lines = [json.loads(line) for line in fds("--jsonl", pid).splitlines()]
        rows = fds_json(pid)
        equal([row["fd"] for row in lines], [row["fd"] for row in rows], "rows")


def the_schema_holds():
    try:
        import jsonschema
    except ImportError:
        return print("        no jsonschema here: not validated")
    if SCHEMA is None:
        return print("        no schema given: not validated")
    with open(SCHEMA, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    with factory() as (pid, _, _folder):
        for options in ((), (pid,)):
            faults = [f"{list(f.absolute_path)}: {f.message[:200]}" for f in validator.iter_errors(json.loads(fds("--json", *options)))]
            equal(faults[:5], [], "faults")


MEMBERS = {"name": {"path", "deleted", "rdev", "socket", "tty_index", "mqueue", "eventfd", "signalfd", "epoll", "inotify",
                    "fanotify", "timerfd", "pidfd", "bpf_map", "bpf_prog", "bpf_link", "io_uring", "userfaultfd", "dmabuf",
                    "tun"},
           "path": {"path", "deleted"}, "other_end": {"other_end", "other_end_more"}}


def columns_narrow_json_too():
    with factory() as (pid, _, _folder):
        whole = {row["fd"]: row for row in fds_json(pid)}
        always = {"pid", "start_ticks", "comm", "as", "fd", "type", "access", "flags", "position", "path", "deleted",
                  "device", "inode", "size", "mount_id", "other_end", "shared_with", "locks"}
        check(all(always <= row.keys() for row in whole.values()), "a member is missing")
        for columns in ("fd,type", "fd,name,size", "fd,path,flags,position,inode,device", "fd,other_end,locks,access"):
            asked = columns.split(",")
            members = set().union(*(MEMBERS.get(column, {column}) for column in asked))
            want = {fd: {key: row[key] for key in row if key in members} for fd, row in whole.items()}
            have = {row["fd"]: row for row in fds_json("-o", columns, pid)}
            lines = [json.loads(line) for line in fds("--jsonl", "-o", columns, pid).splitlines()]
            for row in (*have.values(), *lines):
                for mutable in ("timerfd", "unavailable"):
                    row.pop(mutable, None)
            for row in want.values():
                row.pop("timerfd", None)
            equal(have, want, columns)
            equal({row["fd"]: row for row in lines}, want, f"{columns}, in lines")


def the_same_as_lsof():
    if not shutil.which("lsof"):
        return print("        no lsof here: not compared")
    with factory() as (pid, _, _folder):
        for _ in range(10):
            before = lsof_view()
            ours = {(row["pid"], row["fd"]): row for row in fds_json()}
            after = lsof_view()
            lasting = {key: row for key, row in before.items() if after.get(key) == row}
            missing = lasting.keys() - ours.keys()
            wrong = [f"{key}: {fault}" for key, row in lasting.items() if key in ours
                     for fault in compare_with_lsof(ours[key], row)]
            check(sum(key[0] == pid for key in lasting) > 30, "lsof did not see the factory")
            if not missing and not wrong:
                return None
        raise Failure(f"not in ours: {sorted(missing)[:5]}; {wrong[:5]}")


if __name__ == "__main__":
    exit_with([every_kind_is_named_with_its_particulars, both_ends_name_each_other, ends_in_other_processes_are_found,
               a_mapped_file_is_held_without_a_descriptor, csv_tells_what_json_tells,
               an_inherited_file_is_shared_and_a_reopened_one_is_not, locks_say_who_holds_and_who_waits,
               a_chain_of_waiters_waits_for_the_one_holder, a_lease_is_told_and_left_alone,
               a_holder_in_a_pid_namespace_of_its_own_is_named, columns_narrow_json_too,
               a_path_is_found_by_any_name_deleted_and_as_a_directory, a_port_is_found_from_both_sides,
               statuses_say_what_happened, no_byte_of_a_stranger_reaches_the_terminal, lines_are_the_documents_rows,
               the_schema_holds, the_same_as_lsof])
