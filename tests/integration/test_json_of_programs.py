#!/usr/bin/env python3
"""JSON of real programs: it is what the schema promises, and says what the text of the same run says, call by call.

usage: test_json_of_programs.py TRACER SCHEMA [--quick] [--examples N] [NAME…]

A line of text is matched by the pattern that json_pattern.py makes of the event; calls are paired by task, in order.
"""
import argparse
import collections
import json
import os
import re
import sys

import jsonschema

from json_pattern import pattern_of_call
from strace_lines import RESUMED
from strace_place import Place, wanted
from strace_programs import PROGRAMS

OPTIONS = ["-f", "-v", "-s", "200", "-yy"]
BROKEN_OFF = " <unfinished ...>"


class Schema:
    """A validator for each type of event: what is wrong is told of that type alone."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as text:
            self.whole, self.validators = json.load(text), {}

    def faults(self, event):
        kind = event.get("type")
        if kind not in self.whole["$defs"]:
            return [f"there is no type {kind}"]
        if kind not in self.validators:
            self.validators[kind] = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": self.whole["$defs"]})
        return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}" for fault in self.validators[kind].iter_errors(event)]


def calls_in_text(path):
    """By task, in order; a call that was broken off is whole again."""
    calls, begun = collections.defaultdict(list), {}
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        for raw in lines:
            tid, _, line = raw.rstrip("\n").partition(" ")
            line, resumed = line.strip(), RESUMED.match(line.strip())
            if resumed:
                calls[tid].append(begun.pop(tid) + line[resumed.end():])
            elif line.endswith(BROKEN_OFF) and re.match(r"\w+\(", line):
                begun[tid] = line[:-len(BROKEN_OFF)]
            elif re.match(r"\w+\(", line):
                calls[tid].append(line)
    return calls


def events_in(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Count:
    def __init__(self):
        self.events = self.calls = 0
        self.invalid, self.different = [], []

    def validate(self, schema, events):
        self.events += len(events)
        for event in events:
            self.invalid.extend(f"{event.get('type')} {event.get('name', '')}: {fault}" for fault in schema.faults(event))

    def compare(self, events, texts):
        calls = collections.defaultdict(list)
        for event in events:
            if event.get("type") == "syscall":
                calls[str(event["tid"])].append(event)
        for tid in sorted(calls.keys() | texts.keys()):
            self.compare_task(calls[tid], texts[tid])

    def compare_task(self, calls, texts):
        if len(calls) != len(texts):
            self.different.append(f"{len(calls)} calls in JSON, {len(texts)} in text, the last ones: "
                                  f"{calls[-1]['name'] if calls else None}, {texts[-1] if texts else None}")
        for event, line in zip(calls, texts):
            self.calls += 1
            if not re.fullmatch(pattern_of_call(event), line, re.DOTALL):
                self.different.append(f"{line}\n    JSON: {json.dumps(event['args'])} ret {event['ret']} {json.dumps(event.get('ret_decoded'))}")


def judge(place, options, schema, name):
    events_path, count = os.path.join(place.top, "events"), Count()
    if os.path.exists(events_path):
        os.remove(events_path)
    log = place.run([options.tracer, "--strace", *OPTIONS, "--json-file", events_path], PROGRAMS[name], os.path.join(place.top, "lines"))
    events = events_in(events_path)
    count.validate(schema, events)
    count.compare(events, calls_in_text(log))
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tracer", type=os.path.abspath)
    parser.add_argument("schema")
    parser.add_argument("--quick", action="store_true", help="only programs that take little time")
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(PROGRAMS))
    options = parser.parse_intermixed_args()
    schema, good = Schema(options.schema), True
    print(f"{'program':18} {'events':>7} {'invalid':>7} {'calls':>7} {'different':>9}", flush=True)
    with Place(None) as place:
        os.chmod(place.top, 0o777)   # the log of a program that is another user's
        for name in wanted(options.names, options.quick):
            count = judge(place, options, schema, name)
            print(f"{name:18} {count.events:7} {len(count.invalid):7} {count.calls:7} {len(count.different):9}", flush=True)
            for text in (count.invalid + count.different)[:options.examples]:
                print(f"FAILED  {text}")
            good = good and not count.invalid and not count.different
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
