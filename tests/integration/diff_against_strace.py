#!/usr/bin/env python3
"""Every line of real programs, as strace and as ptrace-fork --strace print it: a table of what is equal and what is not.

usage: diff_against_strace.py TRACER [--explained FILE] [--most PERCENT] [--plain | --both] [--quick] [--keep DIR] [NAME…]

Each program runs twice under strace and once under ptrace-fork, on one processor. The lines of a process are aligned with
those of the same process of the other run: the n-th child of the same parent. Where lines differ, what differs between
the runs of strace may differ; lines that one run has and the other has not must have the form of lines that the other
tracer prints, in up to ROUNDS more runs. FILE lists differences that are known, each line `REGEX: reason`: searched
in each piece that differs, `what stands before[strace's | ours]`, or in a line that only one has.
"""
import argparse
import collections
import os
import re
import shutil
import sys

from strace_lines import Comparison, Run
from strace_place import Place, wanted
from strace_programs import PROGRAMS

PASSES = {"-v": ["-f", "-v", "-s", "200", "-yy", "-a40"], "plain": ["-f"]}
ROUNDS = 4


def read_known(path):
    known = []
    if path:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    pattern, reason = line.rstrip("\n").rsplit(": ", 1)
                    known.append((re.compile(pattern), reason))
    return known


def compare(place, tracer, name, options, known):
    """More runs only where one of each leaves something open."""
    comparison, program = Comparison(known), PROGRAMS[name]
    base = os.path.join(place.top, name + ("" if "-v" in options else ".plain"))
    for n in range(ROUNDS + 1):
        theirs = Run(place.run(["strace", *options], program, f"{base}.strace{n}"))
        ours = Run(place.run([tracer, "--strace", *options], program, f"{base}.ours{n}")) if n != 1 else None
        comparison.add(theirs, ours)
        if n >= 1 and not comparison.judge().bad:
            break
    return comparison.judge()


def table(rows):
    print(f"{'program':18} {'lines':>7} {'equal':>7} {'varies':>7} {'moved':>6} {'chance':>6} {'explained':>9} {'unexplained':>11}")
    for name, count in rows.items():
        print(f"{name:18} {count.lines:7} {count.equal:7} {count.varies:7} {count.moved:6} {count.chance:6} {count.explained_lines:9} "
              f"{count.bad:11}  {100 * count.bad / max(count.lines, 1):.2f} %")


def details(rows, examples):
    explained, kinds = collections.Counter(), collections.defaultdict(list)
    for count in rows.values():
        explained.update(count.explained)
        for kind, found in count.unexplained.items():
            kinds[kind].extend(found)
    for reason, number in explained.most_common():
        print(f"  explained {number:6}  {reason}")
    if kinds:
        print("\nUnexplained, by call and kind of difference ([strace's | ours]):")
    for (call, kind), found in sorted(kinds.items(), key=lambda entry: -len(entry[1])):
        print(f"\n{len(found):6}  {call}: {kind}")
        for pieces in found[:examples]:
            print("        " + pieces.replace("\n", "\n        "))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tracer")
    parser.add_argument("--explained")
    parser.add_argument("--most", type=float, help="fail when more than this share of any program's lines is unexplained, in percent")
    parser.add_argument("--examples", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="only -f, without -v and -yy")
    parser.add_argument("--both", action="store_true", help="one after the other")
    parser.add_argument("--quick", action="store_true", help="only programs that take little time")
    parser.add_argument("--keep", help="leave the logs in this directory")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(PROGRAMS))
    options = parser.parse_intermixed_args()
    if not shutil.which("strace"):
        print("skipped: no strace")
        sys.exit(77)
    tracer, known, rows = os.path.abspath(options.tracer), read_known(options.explained), {}
    passes = ["-v", "plain"] if options.both else ["plain"] if options.plain else ["-v"]
    with Place(options.keep and os.path.abspath(options.keep)) as place:
        for name in wanted(options.names, options.quick):
            for which in passes:
                rows[name + (" plain" if which == "plain" else "")] = compare(place, tracer, name, PASSES[which], known)
    table(rows)
    details(rows, options.examples)
    lines, bad = (sum(numbers) for numbers in zip(*((count.lines, count.bad) for count in rows.values())))
    print(f"\n{lines} lines, {bad} unexplained: {100 * bad / max(lines, 1):.2f} %")
    too_many = options.most is not None and any(100 * count.bad > options.most * count.lines for count in rows.values())
    sys.exit(1 if too_many else 0)


if __name__ == "__main__":
    main()
