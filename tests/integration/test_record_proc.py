#!/usr/bin/env python3
"""tools/record-proc against what ptop says of the living machine: a source that is read and not recorded is a
difference. The program recorded is stopped, so that what is told of it stays.

usage: test_record_proc.py PTOP RECORD_PROC DESCRIPTOR_FACTORY
"""
import json
import os
import signal
import subprocess
import sys
import tempfile

from support import check, equal, exit_with, process_state, wait_until

PTOP, RECORD, FACTORY = (os.path.abspath(argument) for argument in sys.argv[1:])

# The kernel is asked for these, no file has them: what has the program's name now, who owns a namespace, what time
# it is on the scheduler's clock.
ASKED = {"exe_file", "userns_owner", "state_age_ns",
         *(f"{what}_delay_ns" for what in ("swapin", "reclaim", "thrashing", "compaction"))}
# What goes on though the process is stopped; and what depends on who else is recorded.
MOVING = {"age_ns", "cpu", "tree_cpu", "oom_score", "run_delay_ns", "mem", "pss", "swap_pss", "uss", "depth",
          "private_clean", "private_dirty", "shared_clean", "shared_dirty", "sig_queued"}


def ptop(*arguments):
    done = subprocess.run([PTOP, *map(str, arguments)], check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=120)
    equal((done.returncode, done.stderr), (0, b""), f"ptop {arguments}")
    return json.loads(done.stdout)


def record(folder, *arguments):
    subprocess.run([RECORD, folder, *map(str, arguments)], check=True, timeout=300)


class Recorded:
    """A program with every kind of descriptor: what ptop says of it, and of its recording."""

    def __init__(self):
        with tempfile.TemporaryDirectory() as folder:
            tree = os.path.join(folder, "tree")
            with subprocess.Popen([FACTORY], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
                program.stdout.read()
                self.pid = program.pid
                os.kill(self.pid, signal.SIGSTOP)
                wait_until(lambda: process_state(self.pid) == "T", "the program stops")
                try:
                    self.live = ptop("dump", "--full", f"pid={self.pid}")
                    self.live_fds = ptop("fds", "--json", self.pid)["descriptors"]
                    record(tree, "--with-environ", self.pid, os.getpid())
                finally:
                    os.kill(self.pid, signal.SIGKILL)
            self.dump = ptop("dump", "--full", f"pid={self.pid}", "--proc", tree)
            self.fds = ptop("fds", "--json", self.pid, "--proc", tree)["descriptors"]


RECORDED = Recorded()


def every_source_is_recorded():
    live, recorded = (dump["processes"][0] for dump in (RECORDED.live, RECORDED.dump))
    missing = {key: why for key, why in recorded["unavailable"].items()
               if key not in live["unavailable"] and key not in ASKED}
    equal(missing, {}, "what a recording lacks")


def without_owners(row):
    """Whom namespaces belong to has to be asked of the kernel."""
    return {**row, "namespaces": [{key: ns[key] for key in ("name", "type", "inode")} for ns in row["namespaces"] or []]}


def every_value_is_recorded():
    live, recorded = (without_owners(dump["processes"][0]) for dump in (RECORDED.live, RECORDED.dump))
    apart = ASKED | MOVING | {"unavailable", "fds", "maps"}
    different = {key: (value, recorded.get(key)) for key, value in live.items()
                 if key not in apart and not key.startswith("cgroup_") and recorded.get(key) != value}
    equal(different, {}, "what a recording tells otherwise: live, recorded")
    groups = {key for key, value in live.items() if key.startswith("cgroup_") and value is not None}
    equal({key for key in groups if recorded[key] is None}, set(), "what it does not tell of control groups")


def every_fact_of_the_system_is_recorded():
    live, recorded = RECORDED.live["host"], RECORDED.dump["host"]
    equal(recorded, live, "the host")


def told_of(row):
    """A descriptor without what needs the kernel, or the processes that are not in the recording."""
    row = {key: value for key, value in row.items() if key not in ("shared_with", "timerfd")}
    if row["fd"] <= 2 or row["path"].startswith("socket:"):
        del row["other_end"]
    if row["path"].startswith("/ptop-descriptor-factory-"):  # on a mount of the kernel's own: only it tells of which type
        row = {key: value for key, value in row.items() if key not in ("type", "mqueue", "other_end")}
    if "socket" in row and row["socket"]["family"] in ("unix", None):
        row["socket"] = {key: value for key, value in row["socket"].items() if key not in ("peer_inode", "protocol")}
    for kind in ("inotify", "fanotify"):
        for watch in row.get(kind, {}).get("watches", []):
            watch["path"] = None
    return row


def every_descriptor_is_recorded():
    live, recorded = RECORDED.live_fds, RECORDED.fds
    equal([row["fd"] for row in recorded], [row["fd"] for row in live], "which descriptors")
    check(len(live) > 30, f"few descriptors: {len(live)}")
    for row, there in zip(live, recorded):
        equal(told_of(there), told_of(row), f"descriptor {row['fd']}")


AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


def unavailable(command):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=120)
    return json.loads(done.stdout)["processes"][0]["unavailable"]


def denied_is_recorded():
    """Whoever reads the recording: what its maker was denied is denied."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        tree = os.path.join(folder, "tree")
        subprocess.run([*AS_NOBODY, RECORD, tree, "1"], check=True, timeout=300)
        dump = [PTOP, "dump", "--full", "pid=1"]
        live, recorded = unavailable([*AS_NOBODY, *dump]), unavailable([*dump, "--proc", tree])
    for key in sorted(live):
        if live[key] == "denied" and key not in ASKED:
            equal(recorded.get(key), "denied", key)
    check(os.geteuid() != 0 or "exe" in live, "nobody may see what init runs")


def environments_are_left_out_unless_asked_for():
    with tempfile.TemporaryDirectory() as folder:
        record(folder, os.getpid())
        with open(f"{folder}/{os.getpid()}/environ", "rb") as environ:
            equal(environ.read(), b"", "environment")


if __name__ == "__main__":
    exit_with([every_source_is_recorded, every_value_is_recorded, every_fact_of_the_system_is_recorded,
               every_descriptor_is_recorded, denied_is_recorded, environments_are_left_out_unless_asked_for])
