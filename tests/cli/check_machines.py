#!/usr/bin/python3
"""Other systems' /proc, from tests/fixtures/proc: what ptop says of each equals tests/golden/machine-NAME.txt, its JSON
is valid, and what a kernel lacks is unsupported, what was denied is denied, nothing is an error. With
PTOP_UPDATE_GOLDEN=1 the golden files are written instead.

usage: check_machines.py PTOP SOURCE_DIR
"""
import difflib
import json
import os
import pathlib
import subprocess
import sys

PTOP, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
FIXTURES, GOLDEN = SOURCE / "tests/fixtures/proc", SOURCE / "tests/golden"
PLACES = "pid,unit,slice,container_runtime,container_id,pod_uid,nspid,class"
GROUPS = "pid,cgroup_memory,cgroup_memory_max,cgroup_cpu_max,cgroup_pids,cgroup_io_read,cgroup_memory_pressure"

# Each with the process whose page is shown.
SHOWN = {"linux_3_16": 998, "linux_4_4": 1401, "linux_5_4": 802, "linux_5_10": 510, "containers_host": 2201,
         "docker_inside": 1, "alpine": 2220, "hidepid_1": 11, "hidepid_2": 10}

NO = "unsupported"
# What the kernel of that machine has not, or its administrator keeps: fixture, process, column, reason.
REASONS = [
    *(("linux_3_16", 998, key, NO) for key in ("nspid", "umask", "cap_amb", "no_new_privs", "seccomp_filters", "rss_anon",
                                               "rss_file", "rss_shmem", "pss", "uss", "cgroupns", "timens",
                                               "cgroup_memory", "cgroup_pids", "cgroup_memory_pressure")),
    *(("linux_4_4", 1401, key, NO) for key in ("umask", "no_new_privs", "seccomp_filters", "rss_anon", "pss", "cgroupns",
                                               "timens", "cgroup_memory_pressure", "cgroup_memory_high")),
    *(("linux_5_4", 802, key, NO) for key in ("seccomp_filters", "timens", "cgroup_memory_high")),
    *(("linux_5_10", 900, key, NO) for key in ("cgroup_cpu_max", "cgroup_cpu_weight", "cgroup_io_read")),
    *(("linux_5_10", 2, key, NO) for key in ("cgroup_memory", "cgroup_pids", "cgroup_freezer", "pss")),
    *(("docker_inside", 28, key, NO) for key in ("cgroup_memory", "cgroup_pids", "cgroup_memory_pressure")),
    *(("alpine", 2100, key, NO) for key in ("autogroup", "cgroup_memory_pressure", "cgroup_pids", "cgroup_freezer")),
]
# What there is, and must not be lost because of what there is not.
VALUES = [
    ("linux_3_16", 998, "tty", "pts/0"), ("linux_3_16", 998, "unit", "session-1.scope"), ("linux_3_16", 1033, "state", "R"),
    ("linux_3_16", 612, "cgroup_cpu_ns", 9120331120), ("linux_3_16", 998, "user", "ada"),
    ("linux_4_4", 1401, "cgroup_memory_max", 536870912), ("linux_4_4", 1140, "cgroup_cpu_max", 50.0),
    ("linux_4_4", 1140, "cgroup_cpu_throttled_ns", 150331120), ("linux_4_4", 1140, "cgroup_memory_max", None),
    ("linux_4_4", 1533, "exit_code", 2), ("linux_4_4", 1, "cap_amb", []), ("linux_4_4", 1401, "nspid", [1401]),
    ("linux_5_4", 802, "no_new_privs", True), ("linux_5_4", 802, "seccomp", "filter"),
    ("linux_5_4", 802, "cgroup_memory", 9912320), ("linux_5_4", 802, "cgroup_cpu_pressure", 0.0),
    ("linux_5_10", 500, "cgroup_memory_max", 1073741824), ("linux_5_10", 510, "exe_deleted", True),
    ("linux_5_10", 900, "user_unit", "build.service"), ("linux_5_10", 500, "cgroup_memory_pressure", 1.5),
    ("linux_5_10", 2, "cgroup_io_read", 81920000),
    ("docker_inside", 1, "cgroup_memory_max", 536870912), ("docker_inside", 1, "cgroup_pids_max", 2341),
    ("docker_inside", 21, "ppid", 0), ("docker_inside", 28, "cgroup", "/../../system.slice/sneaked.scope"),
    ("alpine", 30, "comm", "kworker/u4:1-events_unbound"), ("alpine", 2200, "tty", "tty1"), ("alpine", 2100, "unit", ""),
    ("alpine", 2100, "cgroup_memory", 91912320),
    ("containers_host", 2001, "container_name", "front"), ("containers_host", 2001, "pod_name", ""),
    ("containers_host", 2101, "container_name", "cache"), ("containers_host", 2201, "container_name", "coredns"),
    ("containers_host", 2201, "pod_name", "coredns-5d78c9869d-x2x4q"), ("containers_host", 2301, "container_name", "metrics"),
    ("containers_host", 2301, "pod_name", "metrics-0"), ("containers_host", 2401, "container_name", "web"),
    ("containers_host", 2501, "container_name", "build"), ("containers_host", 2601, "container_name", ""),
    ("hidepid_1", 11, "ppid", 9), ("hidepid_2", 10, "nspid", [10]),
]

faults = []


def fault(text):
    faults.append(text)
    print(text)


def run(fixture, *arguments, status=0):
    done = subprocess.run([PTOP, *map(str, arguments), "--proc", str(FIXTURES / fixture)], stdin=subprocess.DEVNULL,
                          capture_output=True, check=False, timeout=60,
                          env={**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "COLUMNS": "120"})
    # Of what cannot be shown there is a word, once for each scan of processes.
    left_out = (b"ptop: 2 processes are left out: nothing of them may be read (/proc is mounted with hidepid)\n"
                if fixture == "hidepid_1" and arguments[0] in ("ps", "tree", "dump") else b"")
    if done.returncode != status or done.stderr != left_out:
        fault(f"{fixture}: ptop {arguments}: status {done.returncode}, {done.stderr.decode()}")
    return done.stdout.decode()


def page(fixture, shown):
    commands = [["ps", "-o", "pid,ppid,user,state,tty,rss,age_ns,command"], ["tree"], ["ps", "-o", PLACES],
                ["ps", "-o", GROUPS], ["show", shown], ["fds"],
                ["fds", "-o", "pid,comm,fd,type,access,size,inode,other_end,locks", "--sort", "-size"]]
    return "\n".join(f"$ ptop {' '.join(map(str, command))}\n{run(fixture, *command)}" for command in commands)


def compare(name, text):
    path = GOLDEN / name
    if os.environ.get("PTOP_UPDATE_GOLDEN") == "1":
        path.write_text(text)
        return
    expected = path.read_text() if path.exists() else ""
    if text != expected:
        fault(f"{name} is not what it was")
        sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), text.splitlines(True), str(path), "now"))


def validate(fixture, schema, text):
    done = subprocess.run([sys.executable, str(SOURCE / "tests/cli/validate_json.py"), str(SOURCE / "schemas" / schema),
                           "-"], input=text.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        fault(f"{fixture}: {schema}: {done.stderr.decode()}")


def snapshot(fixture):
    text = run(fixture, "dump", "--full")
    validate(fixture, "ptop.snapshot-1.schema.json", text)
    validate(fixture, "ptop.fds-1.schema.json", run(fixture, "fds", "--json"))
    dump = json.loads(text)
    if dump["denied_processes"] != (2 if fixture == "hidepid_1" else 0):
        fault(f"{fixture}: {dump['denied_processes']} denied processes")
    if dump["errors"]:
        fault(f"{fixture}: errors {dump['errors']}")
    return {process["pid"]: process for process in dump["processes"]}


snapshots = {fixture: snapshot(fixture) for fixture in SHOWN}
for fixture, shown in SHOWN.items():
    compare(f"machine-{fixture}.txt", page(fixture, shown))
for fixture, pid, key, reason in REASONS:
    process = snapshots[fixture][pid]
    if process[key] is not None or process["unavailable"].get(key) != reason:
        fault(f"{fixture}: {pid}: {key}: {process[key]!r}, {process['unavailable'].get(key)}, want {reason}")
for fixture, pid, key, value in VALUES:
    process = snapshots[fixture][pid]
    if process[key] != value or key in process["unavailable"]:
        fault(f"{fixture}: {pid}: {key}: {process[key]!r}, want {value!r}")
# hidepid=1: nothing of a stranger can be read; it is said so, and no page is made of nothing.
done = subprocess.run([PTOP, "show", "1", "--proc", str(FIXTURES / "hidepid_1")], capture_output=True, check=False)
if done.returncode != 3:
    fault(f"hidepid_1: ptop show 1: status {done.returncode}")
if faults:
    print("\nif this is how it should be: tools/update-golden")
sys.exit(1 if faults else 0)
