#!/usr/bin/env python3
"""The same parallel build under ptrace-fork and under strace: both must have seen the same programs.

usage: test_execs_against_strace.py TRACER
"""
import ast
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

from support import FAMILY, check, equal, exit_with, read_events

TRACER = os.path.abspath(sys.argv[1])
FILES = 8


def write_project(folder):
    for number in range(FILES):
        with open(os.path.join(folder, f"part{number}.c"), "w", encoding="ascii") as source:
            source.write(f"int part{number}(int x) {{ return x + {number}; }}\n")
    with open(os.path.join(folder, "main.c"), "w", encoding="ascii") as source:
        source.write("int part0(int);\nint main(void) { return part0(0); }\n")
    with open(os.path.join(folder, "build.sh"), "w", encoding="ascii") as script:
        script.write("set -e\nfor f in part*.c main.c; do cc -c $f -o ${f%.c}.o & done\nwait\ncc *.o -o program\n./program\n")


def normal(argv):
    """Temporary names of the compiler differ from run to run."""
    return tuple(re.sub(r"/tmp/cc\w+|cc\w{6}", "TEMP", word) for word in argv)


def argvs_of_strace(pattern):
    found = Counter()
    for name in glob.glob(pattern):
        with open(name, encoding="utf-8", errors="replace") as log:
            for line in log:
                match = re.match(r'execve\("(?:[^"\\]|\\.)*", (\[.*?\]), \[', line)
                if match:
                    found[normal(ast.literal_eval(match.group(1)))] += 1
    return found


def the_same_programs_were_run():
    if not shutil.which("strace") or not shutil.which("cc"):
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as logs:
        write_project(folder)
        command = ["sh", "build.sh"]
        subprocess.run(["strace", "-A", "-ff", "-o", f"{logs}/strace", "-e", "trace=execve,execveat", "-e", "status=successful",
                        "-v", "-s", "100000", *command], cwd=folder, check=True)
        want = argvs_of_strace(f"{logs}/strace.*")
        subprocess.run([TRACER, "--json", "-o", f"{logs}/log.jsonl", *command], cwd=folder, check=True)
        events = read_events(f"{logs}/log.jsonl")
    execs = [event for event in events if event["type"] == "exec"]
    have = Counter(normal(event["argv"]) for event in execs)
    check(len(want) > FILES, f"strace saw only {len(want)}")
    equal(have - want, Counter(), "seen by us only")
    equal(want - have, Counter(), "seen by strace only")
    equal([e["seq"] for e in events[1:-1]], list(range(1, len(events) - 1)), "seq")
    known = {events[1]["pid"]} | {e["child"] for e in events if e["type"] in FAMILY}
    equal({e["pid"] for e in execs} - known, set(), "exec'd, but never forked")


if __name__ == "__main__":
    exit_with([the_same_programs_were_run])
