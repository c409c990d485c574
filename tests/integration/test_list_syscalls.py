#!/usr/bin/env python3
"""ptrace-fork --list-syscalls and --explain: every call of the kernel is there, is decoded and is explained.

usage: test_list_syscalls.py PTRACE-FORK SCHEMA
"""
import json
import os
import re
import subprocess
import sys

from support import check, equal, exit_with

HEADERS = {"x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "i386": "/usr/include/x86_64-linux-gnu/asm/unistd_32.h",
           "x32": "/usr/include/x86_64-linux-gnu/asm/unistd_x32.h"}
NUMBER = r"#define __NR_(\w+) \(?(?:__X32_SYSCALL_BIT \+ )?(\d+)"
# The kernel has their numbers and answers ENOSYS: nobody knows their arguments. sys_ni.c
WITHOUT_CODE = {"_sysctl", "afs_syscall", "create_module", "epoll_ctl_old", "epoll_wait_old", "get_kernel_syms", "getpmsg",
                "lookup_dcookie", "nfsservctl", "putpmsg", "query_module", "security", "tuxcall", "uselib", "vserver",
                "get_thread_area", "set_thread_area",
                "gtty", "profil", "stty", "ulimit", "bdflush", "vm86", "vm86old"}


def ask(*words):
    done = subprocess.run([TRACER, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=20)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows(abi="x86_64"):
    status, out, _ = ask("--list-syscalls", "--json", "--abi", abi)
    equal(status, 0, "status")
    return json.loads(out)


def test_schema():
    import jsonschema
    with open(SCHEMA, encoding="utf-8") as text:
        schema = json.load(text)
    for abi in HEADERS:
        equal(rows(abi)["arch"], abi, "arch")
        jsonschema.validate(rows(abi), schema)


def test_every_call_of_the_headers():
    for abi, path in HEADERS.items():
        names = {row["name"]: row["number"] for row in rows(abi)["syscalls"]}
        if not os.path.exists(path):
            continue
        with open(path, encoding="ascii") as header:
            for name, number in re.findall(NUMBER, header.read()):
                equal(names.get(name), int(number), f"{name} of {abi}")


def test_a_part_of_the_table():
    status, out, _ = ask("--list-syscalls", "-e", "open,close")
    equal((status, [line.split("(")[0].split()[-1] for line in out.splitlines()[:-1]]), (0, ["open", "close"]), "lines")
    status, out, _ = ask("--list-syscalls", "-e", "open", "--json")
    equal((status, [row["name"] for row in json.loads(out)["syscalls"]]), (0, ["open"]), "JSON")
    status, out, _ = ask("--explain", "close", "--json")
    equal((status, json.loads(out)["schema"], [row["name"] for row in json.loads(out)["syscalls"]]), (0, "ptop.syscalls/1", ["close"]), "one call")


def test_none_in_hex_only():
    for abi in ("x86_64", "i386"):
        bare = [row["name"] for row in rows(abi)["syscalls"]
                if row["depth"] == "hex only" and row["name"] not in WITHOUT_CODE]
        equal(bare, [], f"calls of {abi} whose arguments are numbers only")


def test_abi():
    status, out, _ = ask("--explain", "socketcall", "--abi", "i386")
    equal(status, 0, "status")
    check(out.startswith("socketcall (number 102) makes one of the calls"), out)
    status, out, said = ask("--explain", "socketcall")
    equal((status, out), (2, ""), "status and output of a call that x86_64 has not")
    status, out, said = ask("--list-syscalls", "--abi", "i368")
    equal((status, out), (2, ""), "status and output of no convention")
    check("i386" in said, said)


def test_text_counts_as_json_does():
    status, out, _ = ask("--list-syscalls")
    equal(status, 0, "status")
    calls = rows()["syscalls"]
    depths = [sum(row["depth"] == depth for row in calls) for depth in ("full", "by type", "hex only")]
    equal(out.splitlines()[-1], f"{len(calls)} calls: {depths[0]} full, {depths[1]} by type, {depths[2]} hex only", "the last line")
    equal(len(out.splitlines()), len(calls) + 1, "lines")


def test_explain():
    status, out, _ = ask("--explain", "openat")
    equal(status, 0, "status")
    lines = out.splitlines()
    equal(len(lines), 3, "lines")
    check(lines[0].startswith("openat (number 257) opens a file"), lines[0])
    check("flags: flags O_*" in lines[1] and "dfd: directory fd" in lines[1], lines[1])
    check(lines[2].startswith("Result: fd"), lines[2])


def test_explain_what_is_none():
    status, out, said = ask("--explain", "opneat\n")
    equal((status, out), (2, ""), "status and output")
    check("did you mean 'openat'" in said and said.count("\n") == 1, said)


if __name__ == "__main__":
    TRACER, SCHEMA = sys.argv[1:]
    exit_with([case for name, case in list(globals().items()) if name.startswith("test_")])
