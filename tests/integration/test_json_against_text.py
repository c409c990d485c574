#!/usr/bin/env python3
"""One tree, two renderers: from the JSON of a call a pattern is made that its line of text must match.

usage: test_json_against_text.py PTRACE-FORK LEFT-OUT PROGRAM…

Both come from the same run: --strace -o LINES --json-file EVENTS. PROGRAM has cases, as in tests/calls. LEFT-OUT names
calls for which more than json_pattern.py says is missing in JSON: `CALL: reason`.
"""
import collections
import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile

from json_pattern import pattern_of_call

# What of an event a line is made of.
SHOWN = ("name", "args", "ret", "errno", "ret_decoded", "restarts")


def same_addresses():
    """In all runs: what each program does before its case begins is then the same, and is compared once. Expressions cost
    more than all the rest."""
    addr_no_randomize = 0x0040000
    ctypes.CDLL(None).personality(addr_no_randomize)


def calls_of(lines):
    """The calls of the one process, without those that were broken off (there is nobody else to come between)."""
    for line in lines:
        line = re.sub(r"^\d+ +", "", line.rstrip("\n"))
        if re.match(r"\w+\(", line):
            yield line


def main():
    tracer, left_out, *programs = map(os.path.abspath, sys.argv[1:])
    known = {}
    with open(left_out, encoding="utf-8") as text:
        known.update(line.rstrip("\n").split(": ", 1) for line in text if line.strip() and not line.startswith("#"))
    count, failures, seen, equal = collections.Counter(), [], set(), set()
    same_addresses()
    with tempfile.TemporaryDirectory() as folder:
        for program in programs:
            for case in subprocess.run([program, "--list"], check=True, stdout=subprocess.PIPE).stdout.decode().split():
                lines, events, work = (os.path.join(folder, name) for name in ("lines", "events", f"{os.path.basename(program)}.{case}"))
                os.mkdir(work)
                subprocess.run([tracer, "--strace", "-v", "-yy", "-s", "200", "-o", lines, "--json-file", events, program, case], cwd=work, check=False,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20, env={"PATH": os.environ["PATH"]})
                with open(lines, encoding="utf-8", errors="surrogateescape") as text:
                    texts = list(calls_of(text))
                with open(events, encoding="utf-8") as text:
                    all_events = [json.loads(line) for line in text]
                main_pid = next(event["pid"] for event in all_events if event.get("type") == "syscall")
                calls = [event for event in all_events if event.get("type") == "syscall" and event["tid"] == main_pid]
                if len(calls) != len(texts):
                    failures.append(f"{case}: {len(calls)} calls in JSON, {len(texts)} in text")
                for event, line in zip(calls, texts):
                    told = line + json.dumps([event.get(key) for key in SHOWN])
                    if told in equal or re.fullmatch(pattern_of_call(event), line, re.DOTALL):
                        count["equal"] += 1
                        equal.add(told)
                    elif event["name"] in known:
                        count["left out"] += 1
                        seen.add(event["name"])
                    else:
                        count["different"] += 1
                        failures.append(f"{case}: {line}\n  JSON: {json.dumps(event['args'])[:600]} ret {event['ret']} {json.dumps(event.get('ret_decoded'))}")
    failures += [f"{name} is named in {left_out} and does not differ" for name in known if name not in seen]
    print("\n".join(f"FAILED  {failure}" for failure in failures))
    print(f"{sum(count.values())} calls: {count['equal']} the same in text and JSON, {count['left out']} with more in text, {count['different']} different")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
