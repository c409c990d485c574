#!/usr/bin/env python3
"""What ptop says of each animal of the zoo, and of its nested pid namespaces beside ps, from outside and from inside.

usage: test_zoo.py PTOP SNAPSHOT_SCHEMA FDS_SCHEMA VALIDATE_JSON
"""
import json
import os
import re
import shutil
import subprocess
import sys

from lsof import compare_with_lsof, lsof_view
from support import Failure, Skip, check, equal, exit_with
from zoo import zoo

PTOP, SNAPSHOT, FDS, VALIDATE = map(os.path.abspath, sys.argv[1:5])
ANIMALS = {}
ROOT = os.geteuid() == 0


def run(*words):
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    equal((done.returncode, done.stderr), (0, b""), " ".join(words[:6]))
    return done.stdout.decode("utf-8")


def dump(*options, inside=()):
    return {row["pid"]: row for row in json.loads(run(*inside, PTOP, "dump", *options))["processes"]}


def animal(name):
    return ANIMALS.get(name)


def each(name):
    """The animal and its row, or nothing when the zoo could not have it."""
    found = animal(name)
    if found:
        yield found, json.loads(run(PTOP, "dump", "--full", f"pid={found['pid']}"))["processes"][0]


def same(row, found, *keys):
    for key in keys:
        equal(row[key], found[key], f"{key} of {row['comm']}")


def each_class_with_its_evidence():
    for found, row in each("zombie"):
        equal((row["state"], row["state_name"]), ("Z", "zombie"), "state")
        check("zombie" in row["class"], row["class"])
        equal(row["zombie"]["parent"], found["parent"], "parent")
        equal(row["exit_code"], 7, "exit code")
        check("zombie's parent"[:15] in run(PTOP, "tree", str(found["parent"])), "the parent's tree")
    for found, row in each("orphan"):
        check("orphan" in row["class"] and "daemon" not in row["class"], row["class"])
        equal(row["orphan"]["adopter"], found["adopter"], "adopter")
    for _, row in each("daemon"):
        check({"daemon", "orphan"} <= set(row["class"]) and row["tty"] in (None, ""), f"{row['class']} {row['tty']}")
        equal((row["cwd"], row["umask"]), ("/", "0022"), "of a daemon")
    for _, row in each("nohup"):
        check("nohup" in row["class"] and "SIGHUP" in row["sig_ignored"], row["class"])
    for _, row in each("stopped"):
        check(row["state"] == "T" and "stopped" in row["class"], f"{row['state']} {row['class']}")
    for found, row in each("traced"):
        check(row["state"] == "t" and "traced" in row["class"] and row["tracer"] == found["tracer"], f"{row['state']} {row['class']} {row['tracer']}")
    for found, row in each("session"):
        check("session_leader" in row["class"] and row["sid"] == row["pgid"] == found["pid"], row["class"])


def schedules_and_credentials():
    for name in ("nice", "favoured"):
        for found, row in each(name):
            same(row, found, "nice")
    for name in ("batch", "idle"):
        for found, row in each(name):
            same(row, found, "policy")
    for name in ("fifo", "round_robin"):
        for found, row in each(name):
            same(row, found, "policy", "rt_priority")
    for _, row in each("one_processor"):
        check(re.fullmatch(r"\d+", row["cpus_allowed"]), row["cpus_allowed"])
    for found, row in each("credentials"):
        same(row, found, "uid", "ruid", "suid", "gid", "rgid", "sgid")
        check("CAP_KILL" in str(row["cap_prm"]).upper() or row["cap_eff"] == [], f"{row['cap_prm']} {row['cap_eff']}")
    for found, row in each("groups"):
        same(row, found, "groups")
    for _, row in each("no_new_privs"):
        equal(row["no_new_privs"], True, "no_new_privs")
    for _, row in each("limits"):
        equal(row["limits"]["nofile"], {"soft": 55, "hard": 66}, "limit")
    for _, row in each("signals"):
        equal((row["sig_blocked"], row["sig_group_pending"]), (["SIGUSR1", "SIGRT_5"], ["SIGUSR1"]), "signals")
        check("SIGUSR2" in row["sig_caught"] and "SIGPIPE" in row["sig_ignored"], row["sig_caught"])


def places_and_memory():
    for found, row in each("deleted_exe"):
        equal((row["exe"].removesuffix(" (deleted)"), row["exe_deleted"]), (found["exe"], True), "exe")
    for found, row in each("chroot"):
        equal((row["root"], row["cwd"]), (found["root"], found["root"] + "/etc"), "root and cwd")
    for found, row in each("locked_pages"):
        same(row, found, "locked")
    for found, row in each("cgroup_v1"):
        check(f"{found['controller']}:{found['path']}" in row["cgroups"], row["cgroups"])
    for found, row in each("cgroup_v2"):
        check(any(group.endswith(":" + found["path"]) for group in row["cgroups"]), row["cgroups"])
    for _, row in each("user_namespace"):
        check(row["userns"] not in (None, os.stat("/proc/self/ns/user").st_ino), row["userns"])
    for _, row in each("undumpable"):
        if not ROOT:
            equal((row["exe"], row["unavailable"]["exe"], row["environ"], row["unavailable"]["environ"]), (None, "denied", None, "denied"), "of an undumpable process")


def families():
    for found, row in each("pipeline"):
        equal((row["children"], row["child_count"], row["tree_count"]), (sorted(found["children"]), 4, 5), "pipeline")
        pipes = [r for r in descriptors(*found["children"]) if r["type"] == "pipe"]
        ends = {(r["pid"], r["fd"]): {(e["pid"], e["fd"]) for e in r["other_end"]} for r in pipes}
        for left, right in zip(found["children"], found["children"][1:]):
            check((right, 0) in ends[left, 1] and (left, 1) in ends[right, 0], f"{left} | {right}: {ends}")
    for found, row in each("server"):
        equal(row["threads"], found["threads"], "threads")
        sockets = {(r["pid"], r["fd"]): r for r in descriptors(found["pid"], found["client"]) if r["type"] == "socket"}
        connected = [key for key, r in sockets.items() if r["socket"]["state"] in ("ESTABLISHED", "CONNECTED") and r["socket"].get("protocol") != "udp"]
        of_clients = [key for key in connected if key[0] == found["client"]]
        equal(len(of_clients), 3, "two TCP connections and a unix one")
        for key in of_clients:
            ends = {(e["pid"], e["fd"]) for e in sockets[key]["other_end"]}
            check(all(pid == found["pid"] for pid, _ in ends) and (ends or not accepted(sockets[key])), f"{key}: {ends}")
        rows = json.loads(run(PTOP, "fds", "--port", str(found["tcp"]), "--json"))["descriptors"]
        equal({r["pid"] for r in rows} - {found["pid"], found["client"]}, set(), "who has the port")
        rows = json.loads(run(PTOP, "ps", "--json", "--threads", "-o", "pid,tid,comm", f"pid={found['pid']}"))["processes"]
        equal(sorted(r["comm"] for r in rows), ["server", *(f"worker {n}" for n in range(4))], "threads by name")


def accepted(row):
    """Not all connections are: the server's threads take one each."""
    return row["other_end"]


def descriptors(*pids):
    return json.loads(run(PTOP, "fds", "--json", *map(str, pids)))["descriptors"]


def nested_pid_namespaces_from_outside():
    found = animal("nest")
    if not found:
        raise Skip("no namespaces can be made")
    rows = dump("--full")
    outer, inner = rows[found["outer"]], rows[found["inner"]]
    equal((outer["nspid"][-1], len(outer["nspid"])), (1, 2), "init of the outer one")
    equal((inner["nspid"][-1], len(inner["nspid"])), (1, 3), "init of the inner one")
    equal(len({outer["pidns"], inner["pidns"], rows[os.getpid()]["pidns"]}), 3, "pid namespaces")
    for pid in found["members"]:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            equal(rows[pid]["nspid"], next([int(n) for n in line.split()[1:]] for line in status if line.startswith("NSpid:")), f"NSpid of {pid}")
    tree = run(PTOP, "tree", str(found["pid"]))
    check(all(str(pid) in tree for pid in found["members"]), tree)


def enter(pid):
    user = [] if ROOT else ["-U", "--preserve-credentials"]
    return ["nsenter", "-t", str(pid), *user, "-p", "-m", "--"]


def seen_by_ps(inside):
    text = run(*inside, "ps", "-eLo", "pid=,lwp=,ppid=,pgid=,sid=,stat=,nlwp=,nice=,comm=")
    rows = [line.split(None, 8) for line in text.splitlines()]
    return {(int(words[0]), int(words[1])): words for words in rows if words[8].rstrip() not in ("ps", "nsenter")}


def nested_pid_namespaces_from_inside():
    found = animal("nest")
    if not found:
        raise Skip("no namespaces can be made")
    if not shutil.which("nsenter"):
        raise Skip("no nsenter")
    # The outer init made one more mount namespace, for the inner one's /proc; its other child has the one of its own.
    for member, inits in ((found["in_outer"], "unshare"), (found["inner"], "sleep")):
        inside = enter(member)
        want = seen_by_ps(inside)
        document = run(*inside, PTOP, "dump", "--threads", "--full")
        validated = subprocess.run([sys.executable, VALIDATE, SNAPSHOT, "-"], input=document.encode(), stderr=subprocess.PIPE, check=False)
        check(validated.returncode == 0 or b"No module" in validated.stderr, validated.stderr)
        have = {(row["pid"], row["tid"]): row for row in json.loads(document)["processes"] if row["comm"] not in ("ptop", "nsenter")}
        equal(have.keys(), want.keys(), "tasks")
        for key, words in want.items():
            row = have[key]
            equal([str(row[k]) for k in ("ppid", "pgid", "sid", "threads", "nice", "comm")], [*words[2:5], words[6], words[7], words[8]], f"of {key}")
            equal(row["state"], words[5][0], "state")
            equal(row["nspid"][0], row["pid"], "pids are those of this namespace")
        equal(have[1, 1]["comm"], inits, "init")
        rows = json.loads(run(*inside, PTOP, "fds", "--json"))["descriptors"]
        check({row["pid"] for row in rows} <= {pid for pid, _ in want} | set(range(1, 1000)), "descriptors of others")
        check(run(*inside, PTOP, "tree").split("\n")[0], "a tree")
    return None


def every_thread_beside_ps():
    """ps -eLo: what both looks of ps agree on."""
    for _ in range(20):
        before = seen_by_ps(())
        ours = {(row["pid"], row["tid"]): row for row in json.loads(run(PTOP, "dump", "--threads"))["processes"]}
        after = seen_by_ps(())
        lasting = {key: words for key, words in before.items() if after.get(key) == words and key[0] != os.getpid()}
        wrong = [key for key in lasting if key not in ours]
        for key, words in lasting.items():
            row = ours.get(key)
            have = row and [str(row[k]) for k in ("ppid", "pgid", "sid")] + [row["state"], str(row["threads"])]
            if have != [*words[2:5], words[5][0], words[6]] or row["comm"] != words[8].removesuffix(" <defunct>"):
                wrong.append((key, have, words))
        if not wrong:
            return check(len(lasting) > 20, "ps saw nobody")
    raise Failure(f"{wrong[:5]}")


# lsfd's words for types and ours.
LSFD_TYPES = {"REG": {"regular", "memfd"}, "DIR": {"directory"}, "CHR": {"char", "pty_master", "pty_slave"}, "BLK": {"block"},
              "FIFO": {"fifo", "pipe"}, "SOCK": {"socket"}}


def lsfd_rows(pids):
    text = run("lsfd", "--json", "-p", ",".join(map(str, pids)), "-o", "PID,FD,MODE,TYPE,INODE,POS,MNTID")
    return {(row["pid"], row["fd"]): row for row in json.loads(text)["lsfd"] if row["fd"] is not None}


def the_same_as_lsfd():
    if not shutil.which("lsfd"):
        raise Skip("no lsfd")
    pids = [found["pid"] for name, found in ANIMALS.items() if name not in ("zombie", "undumpable", "busy")]
    pids += [ANIMALS["server"]["client"], *ANIMALS["pipeline"]["children"]]
    want = lsfd_rows(pids)
    ours = {(row["pid"], row["fd"]): row for row in descriptors(*pids) if row["as"] == "fd"}
    equal(sorted(ours.keys() ^ want.keys()), [], "descriptors")
    for key, row in want.items():
        have = ours[key]
        kind = row["type"]
        if kind in LSFD_TYPES:
            check(have["type"] in LSFD_TYPES[kind], f"{key}: {have['type']} for {kind}")
        if have["inode"] is not None and kind in ("REG", "DIR", "CHR", "FIFO"):
            equal(have["inode"], int(row["inode"]), f"inode of {key}")
        equal(have["access"], {"r--": "r", "-w-": "w", "rw-": "rw"}.get(row["mode"], have["access"]), f"mode of {key}")
        equal(have["position"], int(row["pos"]), f"position of {key}")
        equal(have["mount_id"], int(row["mntid"]), f"mount of {key}")
    check(len(want) > 40, f"lsfd saw {len(want)}")


def the_same_as_lsof():
    """Of every process there is: what both looks of lsof agree on."""
    if not shutil.which("lsof"):
        raise Skip("no lsof")
    for _ in range(10):
        before = lsof_view()
        ours = {(row["pid"], row["fd"]): row for row in json.loads(run(PTOP, "fds", "--json"))["descriptors"] if row["as"] == "fd"}
        after = lsof_view()
        lasting = {key: row for key, row in before.items() if after.get(key) == row}
        wrong = [f"{key}: not in ours" for key in lasting if key not in ours]
        wrong += [f"{key}: {fault}" for key, row in lasting.items() if key in ours for fault in compare_with_lsof(ours[key], row)]
        # And the other way round, of animals that sit still.
        still = {found["pid"] for name, found in ANIMALS.items() if name != "busy"} & {pid for pid, _ in lasting}
        wrong += [f"{key}: only in ours" for key in ours if key[0] in still and key not in before]
        if not wrong:
            return check(len(still) > 15 and animal("server")["pid"] in still, f"lsof saw {len(lasting)}")
    raise Failure(f"{wrong[:5]}")


def everything_is_what_the_schemas_promise():
    for schema, command in ((SNAPSHOT, ("dump", "--full", "--threads")), (FDS, ("fds", "--json"))):
        done = subprocess.run([sys.executable, VALIDATE, schema, "-"], input=run(PTOP, *command).encode(), stderr=subprocess.PIPE, check=False)
        if b"No module named" in done.stderr:
            raise Skip("no jsonschema for this Python")
        check(done.returncode == 0, done.stderr.decode())


if __name__ == "__main__":
    with zoo() as animals:
        ANIMALS.update(animals)
        exit_with([each_class_with_its_evidence, schedules_and_credentials, places_and_memory, families,
                   nested_pid_namespaces_from_outside, nested_pid_namespaces_from_inside, every_thread_beside_ps,
                   the_same_as_lsfd, the_same_as_lsof, everything_is_what_the_schemas_promise])
