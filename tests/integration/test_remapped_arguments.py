#!/usr/bin/env python3
"""A program whose arguments are unmapped, mapped anew and changed while they are read: each line is whole, in text and JSON.

usage: test_remapped_arguments.py PTRACE-FORK REMAPPING
"""
import json
import os
import re
import subprocess
import sys
import tempfile

CALLS = 300
# `PID call(…) = result`, or a half of it.
WHOLE = re.compile(r"\d+ +(?:\w+\(.*\) *= (?:-?\d+|0x[0-9a-f]+|\?).*|\w+\(.* <unfinished \.\.\.>|<\.\.\. \w+ resumed>.*\) *= .*"
                   r"|\+\+\+ exited with \d+ \+\+\+|--- .* ---)")


def main():
    tracer, program = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        lines, events = os.path.join(folder, "lines"), os.path.join(folder, "events")
        done = subprocess.run([tracer, "--strace", "-f", "-v", "-yy", "-s", "100", "-o", lines, "--json-file", events, program, str(CALLS)],
                              check=False, timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        with open(lines, encoding="latin-1", newline="\n") as text:
            rows = text.read().split("\n")
        with open(events, encoding="utf-8") as text:
            objects = [json.loads(row) for row in text]
    assert done.returncode == 0, f"status {done.returncode}: {done.stdout.decode(errors='replace')}"
    assert rows.pop() == "", "the last line is cut off"
    broken = [row for row in rows if not WHOLE.fullmatch(row)]
    assert not broken, "no whole lines:\n" + "\n".join(broken[:5])
    assert objects[0]["type"] == "header" and objects[-1]["type"] == "end", "the JSON is cut off"
    calls = [event["name"] for event in objects if event["type"] == "syscall"]
    for name in ("openat", "writev", "sendmsg", "execve", "bpf", "readlink", "poll", "clone3"):
        assert calls.count(name) >= CALLS, f"{name}: only {calls.count(name)} calls"
    # Else nothing was raced with.
    paths = [event["args"]["filename"] for event in objects if event["type"] == "syscall" and event["name"] == "openat"]
    unread = sum(isinstance(path, dict) for path in paths)
    assert 0 < unread < len(paths), f"{unread} of {len(paths)} paths could not be read"
    print(f"{unread} of {len(paths)} paths could not be read")
    print(f"{len(rows)} lines, {len(objects)} events, all whole")


if __name__ == "__main__":
    main()
