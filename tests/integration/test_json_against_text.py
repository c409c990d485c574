#!/usr/bin/env python3
"""One tree, two renderers: from the JSON of a call a pattern is made that its line of text must match.

usage: test_json_against_text.py PTRACE-FORK LEFT-OUT PROGRAM…

Both come from the same run: --strace -f -o LINES --json-file EVENTS. PROGRAM has cases, as in tests/calls, and runs all of
them in children: one run for each program. LEFT-OUT names calls for which more than json_pattern.py says is missing in
JSON: `CALL: reason`.
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

UNFINISHED = " <unfinished ...>"


def same_addresses():
    """In all runs: what each program does before its case begins is then the same, and is compared once. Expressions cost
    more than all the rest."""
    addr_no_randomize = 0x0040000
    ctypes.CDLL(None).personality(addr_no_randomize)


def texts_of_tasks(path):
    """The lines of each task that are calls. One that was broken off for another's line is whole again; one that never
    came back has no line."""
    tasks, begun = collections.defaultdict(list), {}
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            pid, _, text = line.rstrip("\n").partition(" ")
            text = text.lstrip(" ")
            superseded = re.match(r"\+\+\+ superseded by execve in pid (\d+) ", text)
            if superseded:   # the call of that thread goes on under the number of this one
                begun[pid] = begun.pop(superseded.group(1))
            resumed = re.match(r"<\.\.\. \S+ resumed>", text)
            if resumed and pid in begun:
                text = begun.pop(pid) + text[resumed.end():]
            if text.endswith(UNFINISHED):
                begun[pid] = text[:-len(UNFINISHED)]
            elif re.match(r"\w+\(", text):
                tasks[int(pid)].append(text)
    return tasks


def events_of_tasks(path):
    tasks = collections.defaultdict(list)
    with open(path, encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            if event.get("type") == "syscall":
                tasks[event["tid"]].append(event)
    return tasks


class Comparison:
    def __init__(self, left_out):
        with open(left_out, encoding="utf-8") as text:
            self.known = dict(line.rstrip("\n").split(": ", 1) for line in text if line.strip() and not line.startswith("#"))
        self.count, self.failures, self.seen, self.equal = collections.Counter(), [], set(), set()

    def compare(self, name, events, texts):
        if len(events) != len(texts):
            self.failures.append(f"{name}: {len(events)} calls in JSON, {len(texts)} in text: {texts[-1:]}")
        for event, line in zip(events, texts):
            told = line + json.dumps([event.get(key) for key in SHOWN])
            if told in self.equal or re.fullmatch(pattern_of_call(event), line, re.DOTALL):
                self.count["equal"] += 1
                self.equal.add(told)
            elif event["name"] in self.known:
                self.count["left out"] += 1
                self.seen.add(event["name"])
            else:
                self.count["different"] += 1
                self.failures.append(f"{name}: {line}\n  JSON: {json.dumps(event['args'])[:600]} ret {event['ret']} {json.dumps(event.get('ret_decoded'))}")


def main():
    tracer, left_out, *programs = map(os.path.abspath, sys.argv[1:])
    comparison = Comparison(left_out)
    same_addresses()
    with tempfile.TemporaryDirectory() as folder:
        for program in programs:
            name = os.path.basename(program)
            lines, events, work = (os.path.join(folder, kind) for kind in ("lines", "events", name))
            os.mkdir(work)
            done = subprocess.run([tracer, "--strace", "-f", "-v", "-yy", "-s", "200", "-o", lines, "--json-file", events, program, "--all"], cwd=work,
                                  check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300,
                                  env={"PATH": os.environ["PATH"]})
            if done.returncode != 0:
                comparison.failures.append(f"{name} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
            texts, calls = texts_of_tasks(lines), events_of_tasks(events)
            for task in sorted(texts.keys() | calls.keys()):
                comparison.compare(f"{name}, task {task}", calls[task], texts[task])
    count, known = comparison.count, comparison.known
    failures = comparison.failures + [f"{name} is named in {left_out} and does not differ" for name in known if name not in comparison.seen]
    print("\n".join(f"FAILED  {failure}" for failure in failures))
    print(f"{sum(count.values())} calls: {count['equal']} the same in text and JSON, {count['left out']} with more in text, {count['different']} different")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
