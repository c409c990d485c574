#!/usr/bin/env python3
"""ptop dump beside ps: every process alive during both, every field both have.

usage: test_dump_against_ps.py PTOP
"""
import json
import os
import subprocess
import sys

from support import check, equal, exit_with, wait_until
from zoo import zoo

PTOP = os.path.abspath(sys.argv[1])
ps_columns = ["pid", "ppid", "pgid", "sid", "uid", "stat", "nice", "nlwp", "comm"]


def take_dump(*options):
    done = subprocess.run([PTOP, "dump", *options], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    equal(done.stderr, b"", "stderr")
    return json.loads(done.stdout)


def take_ps():
    spec = ",".join(f"{column}=" if column != "comm" else "comm=" for column in ps_columns)
    text = subprocess.run(["ps", "-eo", spec], check=True, stdout=subprocess.PIPE, text=True, errors="replace").stdout
    rows = {}
    for line in text.splitlines():
        words = line.split(None, len(ps_columns) - 1)
        rows[int(words[0])] = dict(zip(ps_columns, words))
    return rows


def lasting(before, after):
    """The processes that ps saw unchanged on both sides of the dump."""
    return {pid: row for pid, row in before.items() if after.get(pid) == row}


def every_process_and_every_common_field():
    for _ in range(20):
        before = take_ps()
        dump = take_dump()
        rows = lasting(before, take_ps())
        ours = {p["pid"]: p for p in dump["processes"]}
        missing = rows.keys() - ours.keys()
        equal(missing, set(), "not in the dump")
        wrong = [f"{pid} {key}: {have!r} for {want!r}" for pid, row in rows.items() for key, have, want in compare(ours[pid], row)]
        if not wrong:
            check(len(rows) > 3, "ps saw nobody")
            return
    check(False, "; ".join(wrong))   # a state may change and change back between two looks; not twenty times


def compare(ours, row):
    for key in ("ppid", "pgid", "sid", "uid"):
        if ours[key] != int(row[key]):
            yield key, ours[key], row[key]
    if ours["state"] != row["stat"][0]:
        yield "state", ours["state"], row["stat"]
    if ours["threads"] != int(row["nlwp"]):
        yield "threads", ours["threads"], row["nlwp"]
    comm = row["comm"].removesuffix(" <defunct>")
    if ours["comm"] != comm and "?" not in comm:
        yield "comm", ours["comm"], comm


def it_is_sorted_and_its_children_are_its_children():
    dump = take_dump()
    pids = [p["pid"] for p in dump["processes"]]
    equal(pids, sorted(set(pids)), "order")
    by_pid = {p["pid"]: p for p in dump["processes"]}
    for process in dump["processes"]:
        for child in process["children"]:
            equal(by_pid[child]["ppid"], process["pid"], f"parent of {child}")


def a_zombie_and_an_orphan_are_named():
    holder = subprocess.Popen(["sh", "-c", "sleep 0 & exec sleep 1000"])
    orphan_shell = subprocess.Popen(["setsid", "sh", "-c", "sleep 1000 & echo $!"], stdout=subprocess.PIPE, text=True)
    orphan = int(orphan_shell.stdout.readline())
    orphan_shell.wait(20)
    try:
        def zombies():
            return [p for p in take_dump()["processes"] if p["ppid"] == holder.pid and p["state"] == "Z"]
        zombie = wait_until(zombies, "a zombie")[0]
        check("zombie" in zombie["class"], zombie["class"])
        equal(zombie["zombie"]["parent"], holder.pid, "parent of the zombie")
        found = next(p for p in take_dump()["processes"] if p["pid"] == orphan)
        check("orphan" in found["class"], f"class {found['class']}")
        equal(found["orphan"]["adopter"], found["ppid"], "adopter")
        tree = subprocess.run([PTOP, "tree"], check=True, stdout=subprocess.PIPE, text=True).stdout
        line = line_of(tree, zombie["pid"])
        check("zombie" in line, line)
        line = line_of(tree, orphan)
        check("orphan" in line, line)
    finally:
        holder.kill()
        holder.wait()
        os.kill(orphan, 9)


def line_of(tree, pid):
    """A process's line is the first with its pid as a word: those of its children come later."""
    return next(line for line in tree.splitlines() if str(pid) in line.split())


def a_column_list_narrows_it():
    dump = take_dump("-o", "pid,comm")
    check(dump["processes"], "nobody")
    for process in dump["processes"]:
        check(set(process) <= {"pid", "comm", "comm_base64", "unavailable"}, f"keys {sorted(process)}")


if __name__ == "__main__":
    with zoo():
        exit_with([every_process_and_every_common_field, it_is_sorted_and_its_children_are_its_children,
                   a_zombie_and_an_orphan_are_named, a_column_list_narrows_it])
