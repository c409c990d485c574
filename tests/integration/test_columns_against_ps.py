#!/usr/bin/env python3
"""The columns of ptop beside those of ps: every process of the zoo and of the machine that
is alive around our scan, every field both have; and the formats for scripts beside each other.

usage: test_columns_against_ps.py PTOP SNAPSHOT_SCHEMA VALIDATE_JSON
"""
import csv
import io
import json
import mmap
import os
import re
import resource
import shutil
import signal
import subprocess
import sys

from support import check, equal, exit_with, wait_until
from zoo import zoo

PTOP, SCHEMA, VALIDATE = map(os.path.abspath, sys.argv[1:4])

# stat's rss, unlike the status that ps reads, leaves out what each CPU has not yet handed in (kernel: lib/percpu_counter.c).
RSS_SLACK_KIB = 1024 * os.cpu_count()

CLASSES = {"SCHED_OTHER": "TS", "SCHED_FIFO": "FF", "SCHED_RR": "RR", "SCHED_BATCH": "B", "SCHED_IDLE": "IDL",
           "SCHED_DEADLINE": "DLN", "SCHED_EXT": "EXT"}


def signal_number(name):
    return 32 + int(name[6:]) if name.startswith("SIGRT_") else int(signal.Signals[name])


def mask(names):
    return format(sum(1 << (signal_number(name) - 1) for name in names), "016x")


def kib(value):
    return str(value // 1024)


# ps's field, ours, and how ps writes what we have
FIELDS = [
    ("ppid", "ppid", str), ("pgid", "pgid", str), ("sid", "sid", str), ("tpgid", "tpgid", str),
    ("tty", "tty", lambda name: name or "?"), ("nlwp", "threads", str),
    ("ni", "nice", str), ("pri", "priority", lambda n: str(39 - n)), ("psr", "processor", str),
    ("rtprio", "rt_priority", str), ("cls", "policy", CLASSES.get),
    ("min_flt", "minflt", str), ("maj_flt", "majflt", str), ("vsz", "vsz", kib), ("rss", "rss", kib),
    ("euid", "uid", str), ("ruid", "ruid", str), ("suid", "suid", str), ("fsuid", "fsuid", str),
    ("egid", "gid", str), ("rgid", "rgid", str), ("sgid", "sgid", str), ("fgid", "fsgid", str),
    ("wchan:60", "wchan", lambda name: name.lstrip("._") or "-"),
    ("blocked", "sig_blocked", mask), ("caught", "sig_caught", mask), ("ignored", "sig_ignored", mask),
    ("oom", "oom_score", str), ("oomadj", "oom_score_adj", str),
    ("pidns", "pidns", str), ("netns", "netns", str), ("mntns", "mntns", str), ("userns", "userns", str),
    ("utsns", "utsns", str), ("ipcns", "ipcns", str),
    ("euser:40", "user", str), ("ruser:40", "ruser", str), ("egroup:40", "group", str), ("rgroup:40", "rgroup", str),
    ("supgid:400", "groups", lambda gids: ",".join(map(str, gids))[:400] or "-"), ("pending", "pending", mask),
    ("uss", "uss", kib), ("rbytes", "io_read", str), ("wbytes", "io_write", str),
    ("ag_id", "autogroup", str), ("ag_nice", "autogroup_nice", str),
    ("rops", "io_syscr", str), ("wops", "io_syscw", str), ("rchars", "io_rchar", str), ("wchars", "io_wchar", str),
    ("wcbytes", "io_cancelled", str), ("cputimes", "time_ns", lambda ns: str(ns // 1_000_000_000)),
    ("luid", "loginuid", lambda uid: str(uid) if uid != -1 else "-"), ("cgroupns", "cgroupns", str), ("timens", "timens", str),
    ("sz", "vsz", lambda size: str(size // mmap.PAGESIZE)), ("s", "state", str), ("exe:200", "exe", str),
]
# Not compared: pss, which is another one while ps runs than while we do, since the reader shares pages with everybody.
# What only grows: ours, taken between two looks of ps, lies between theirs even in a process that runs.
GROWING = {"min_flt", "maj_flt", "rbytes", "wbytes", "rops", "wops", "rchars", "wchars", "cputimes"}
NICER = min(os.nice(0) + 5, 19)  # what nice(2) by 5 makes of ours
# ps writes 0, - or nothing where it may not look; we say so.
OPTIONAL = {"wchan", "pidns", "netns", "mntns", "userns", "utsns", "ipcns", "autogroup", "autogroup_nice",
            "cgroupns", "timens"}


def ps_rows(fields, *options):
    spec = ",".join(f"{field}=" for field in fields)
    text = subprocess.run(["ps", *options, "-eo", spec], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [line.split() for line in text.splitlines()]


def take_ps():
    """Of the processes alive all the time. ps 4.0.2 breaks down when it is asked for all of them at once."""
    half = len(FIELDS) // 2
    parts = [ps_part([field for field, _, _ in part]) for part in (FIELDS[:half], FIELDS[half:])]
    rows = {pid: {**row, **parts[1][pid]} for pid, row in parts[0].items() if pid in parts[1]}
    rows.pop(os.getpid(), None)   # we wait in different ways for ps and for ptop
    return rows


def ps_part(fields):
    """None has blanks but exe, where they make a row that is left out."""
    rows = {int(words[0]): words[1:] for words in ps_rows(["pid", *fields]) if len(words) == len(fields) + 1}
    return {pid: dict(zip(fields, words)) for pid, words in rows.items()}


def ptop(*arguments):
    done = subprocess.run([PTOP, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    equal(done.stderr, b"", "stderr")
    return done.stdout


def dump(*options):
    return json.loads(ptop("dump", *options))["processes"]


def strange():
    """A process that has something to tell in columns that are usually dull."""
    def prepare():
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        os.nice(5)
        os.umask(0o027)
        resource.setrlimit(resource.RLIMIT_NOFILE, (77, 88))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGRTMIN + 2])
    process = subprocess.Popen(["sleep", "1000"], preexec_fn=prepare, env={"STRANGE": "yes,\"quoted\"\n\x1b[31m"})
    os.kill(process.pid, signal.SIGUSR1)
    return process


def share_libraries():
    """Maps all that ps and ptop map. A page that only one process maps is private to it, so while one of them runs, what
    it has in common with a third process (libzstd with ccache, say) is not that process's own, which the uss of the
    third then tells."""
    kept = []
    for program in (shutil.which("ps"), PTOP):
        text = subprocess.run(["ldd", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, text=True).stdout
        for path in [program, *re.findall(r"(/\S+) \(", text)]:
            with open(path, "rb") as file:
                area = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
            for page in range(0, len(area), mmap.PAGESIZE):
                area[page]
            kept.append(area)
    return kept


def by_pid(processes):
    for process in processes:   # ps does not tell the thread's pending signals from the group's
        process["pending"] = set(process["sig_pending"] or []) | set(process["sig_group_pending"] or [])
    return {process["pid"]: process for process in processes}


def differences(before, ours, after):
    """What both looks of ps agree on and we do not."""
    for pid, row in before.items():
        for field, key, written in FIELDS:
            want = row[field]
            have = ours[pid][key]
            if have is None and (key in OPTIONAL or key in ours[pid].get("unavailable", {})):
                continue
            if field in GROWING and have is not None and want.isdigit() and after[pid][field].isdigit():
                if not int(want) <= int(written(have)) <= int(after[pid][field]):
                    yield pid, key, have, (want, after[pid][field])
                continue
            if after[pid][field] != want:
                continue
            if field == "rss" and abs(int(want) - have // 1024) <= RSS_SLACK_KIB:
                continue
            if (field, want) in (("ni", "-"), ("rtprio", "-")):   # of the other kind of policy
                continue
            if have is None or written(have) != want:
                yield pid, key, have, want


def every_process_and_every_common_column():
    process, libraries = strange(), share_libraries()
    try:
        seen = None
        for _ in range(20):   # a value may change and change back between two looks; not twenty times
            before, ours, after = take_ps(), by_pid(dump("--full")), take_ps()
            alive = {pid: row for pid, row in before.items() if pid in after}
            equal(alive.keys() - ours.keys(), set(), "not in the dump")
            wrong = set((pid, key) for pid, key, _, _ in differences(alive, ours, after))
            seen = wrong if seen is None else seen & wrong
            if not seen:
                check(len(alive) > 3, "ps saw nobody")
                return
        detail = [d for d in differences(alive, ours, after) if (d[0], d[1]) in seen]
        check(False, f"(pid, column, ours, of ps): {detail[:10]}")
    finally:
        for library in libraries:
            library.close()
        process.kill()
        process.wait()


def what_a_process_did_to_itself():
    process = strange()
    try:
        def settled():
            row = next(p for p in dump("--full", str(process.pid)))
            return row if row["comm"] == "sleep" and row["state"] == "S" else None
        row = wait_until(settled, "sleep sleeps")
        equal(row["policy"], "SCHED_BATCH", "policy")
        equal(row["nice"], NICER, "nice")
        equal(row["umask"], "0027", "umask")
        equal(row["limits"]["nofile"], {"soft": 77, "hard": 88}, "limit")
        equal(row["sig_ignored"][0], "SIGHUP", "ignored")
        equal(row["sig_blocked"], ["SIGUSR1", "SIGRT_4"], "blocked")
        equal(row["sig_group_pending"], ["SIGUSR1"], "pending")
        equal(row["environ"], ["STRANGE=yes,\"quoted\"\n\x1b[31m"], "environ")
        equal(row["netns"], os.stat("/proc/self/ns/net").st_ino, "netns")
        equal(row["tree_count"], 1, "tree_count")
        equal(row["exit_code"], None, "exit_code")
        check(row["pss"] >= row["uss"] > 0, f"pss {row['pss']} uss {row['uss']}")
    finally:
        process.kill()
        process.wait()


def threads_are_those_of_ps():
    code = "import threading, time\nfor i in range(3): threading.Thread(target=time.sleep, args=(1000,)).start()"
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        wait_until(lambda: len(os.listdir(f"/proc/{process.pid}/task")) == 4, "four threads")
        want = sorted(int(words[1]) for words in ps_rows(["pid", "lwp"], "-L") if int(words[0]) == process.pid)
        rows = [json.loads(line) for line in ptop("ps", "--threads", "--jsonl", "-o", "pid,tid,threads,comm", f"pid={process.pid}").splitlines()]
        equal([row["tid"] for row in rows], want, "tids")
        equal({row["pid"] for row in rows}, {process.pid}, "pid")
        ours = [p for p in dump("--threads") if p["pid"] == process.pid]
        equal([p["tid"] for p in ours], want, "tids of the dump")
        equal([p["tid"] for p in dump() if p["pid"] == process.pid], [process.pid], "without --threads")
    finally:
        process.kill()
        process.wait()


def rows(*options):
    return [json.loads(line) for line in ptop("ps", "--jsonl", *options).splitlines()]


def what_is_missing_comes_last_in_either_direction():
    for direction in ("", "-"):
        values = [row["vm_peak"] for row in rows("-o", "pid,vm_peak", "--sort", direction + "vm_peak")]
        present = [value for value in values if value is not None]
        check(0 < len(present), "nobody has memory")
        equal(values, sorted(present, reverse=direction == "-") + [None] * (len(values) - len(present)), "order")


def threads_stand_behind_their_process():
    for options in ((), ("--tree",), ("--tree", "--sort", "-pid")):
        seen = []
        for row in rows("--threads", "-o", "pid,tid", *options):
            if row["tid"] == row["pid"]:
                seen.append(row["pid"])
            equal(row["pid"], seen[-1], f"process before thread {row['tid']} with {options}")
        equal(len(seen), len(set(seen)), "a process twice")
    tids = [row["tid"] for row in rows("--threads", "-o", "tid", "--sort", "-tid")]
    equal(tids, sorted(tids, reverse=True), "sorted by tid")


def csv_and_json_lines_tell_what_json_tells():
    process = strange()
    columns = "pid,comm,nice,policy,sig_blocked,groups,no_new_privs,environ"
    try:
        query = f"pid={process.pid}"
        wanted = json.loads(ptop("ps", "--json", "-o", columns, query))["processes"]
        equal([json.loads(line) for line in ptop("ps", "--jsonl", "-o", columns, query).splitlines()], wanted, "lines")
        equal([json.loads(line) for line in ptop("dump", "--jsonl", "-o", columns, query).splitlines()], wanted, "lines of dump")
        text = ptop("ps", "--csv", "-o", columns, query).decode()
        check("\x1b" not in text, "an escape in CSV")
        check(text.endswith("\r\n") and text.count("\n") == 2, repr(text))
        header, row = list(csv.reader(io.StringIO(text, newline="")))
        equal(header, columns.split(","), "header")
        have = dict(zip(header, row))
        equal(have["pid"], str(process.pid), "pid")
        equal(have["nice"], str(NICER), "nice")
        equal(have["sig_blocked"], "SIGUSR1 SIGRT_4", "list")
        equal(have["groups"], " ".join(map(str, wanted[0]["groups"])), "groups")
        check('"quoted"' in have["environ"] and r"\x1b" in have["environ"], have["environ"])
        equal(ptop("ps", "--csv", "--no-headers", "-o", "pid", query), b"%d\r\n" % process.pid, "without header")
    finally:
        process.kill()
        process.wait()


def everything_is_what_the_schema_promises():
    document = ptop("dump", "--full", "--threads")
    done = subprocess.run([sys.executable, VALIDATE, SCHEMA, "-"], input=document, stderr=subprocess.PIPE, check=False)
    equal((done.returncode, done.stderr), (0, b""), "validation")
    row = json.loads(ptop("dump", "--full", "-o", "pid", "--jsonl", f"pid={os.getpid()}"))
    row.pop("unavailable", None)
    equal(set(row), {"pid", "limits", "namespaces", "maps", "fds"}, "--full with -o")
    check(any(fd["fd"] == 1 for fd in row["fds"]), "standard output is open")


def run_all():
    exit_with([every_process_and_every_common_column, what_a_process_did_to_itself, threads_are_those_of_ps,
               what_is_missing_comes_last_in_either_direction, threads_stand_behind_their_process,
               csv_and_json_lines_tell_what_json_tells, everything_is_what_the_schema_promises])


if __name__ == "__main__":
    with zoo():
        run_all()
