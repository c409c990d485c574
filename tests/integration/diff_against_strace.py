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
import subprocess
import sys
import tempfile

from strace_lines import Comparison, Run
from strace_programs import NETWORK, PROGRAMS, SEARCH, as_owner

PASSES = {"-v": ["-f", "-v", "-s", "200", "-yy", "-a40"], "plain": ["-f"]}
ROUNDS = 4
PATIENCE = 120


def on_one_processor():
    return ["taskset", "-c", str(min(os.sched_getaffinity(0))), "setarch", "-R"]


def in_own_namespaces():
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *user, "--pid", "--net", "--mount", "--fork", "--mount-proc", "--kill-child"]


class Place:
    """A directory that all runs of all programs share, and one that is new in each run."""

    def __init__(self, keep):
        self.top = keep or tempfile.mkdtemp(prefix="diff-")
        os.makedirs(self.top, exist_ok=True)
        os.chmod(self.top, 0o755)
        self.kept = keep is not None
        self.folder = os.path.join(self.top, "work")

    def wrapped(self, program, traced):
        if program.unprivileged:
            return [*as_owner(self.folder), *on_one_processor(), *traced]
        alone = [*in_own_namespaces(), "sh", "-c", NETWORK, "sh"] if program.alone else []
        return [*alone, *on_one_processor(), *traced]

    def run(self, tracer, program, log):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        stop = program.beside(self.folder) if program.beside else None
        command = program.command if isinstance(program.command, list) else program.command(self.folder)
        environment = {"USER": "somebody", "TERM": "dumb", "HOME": self.top, "LC_ALL": "C.UTF-8", "PATH": SEARCH}
        output = os.path.join(self.folder, "log")
        child = subprocess.Popen(self.wrapped(program, [*tracer, "-o", output, *command]), cwd=self.folder, env=environment,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if program.drive:
                program.drive(self.folder)
            child.wait(PATIENCE)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            if stop:
                stop()
        shutil.move(output, log)
        return Run(log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.kept:
            shutil.rmtree(self.top, ignore_errors=True)


def can_be_alone():
    return subprocess.run([*in_own_namespaces(), "true"], check=False, stderr=subprocess.DEVNULL).returncode == 0


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
        theirs = place.run(["strace", *options], program, f"{base}.strace{n}")
        ours = place.run([tracer, "--strace", *options], program, f"{base}.ours{n}") if n != 1 else None
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


def wanted(options):
    names = options.names or [name for name, program in PROGRAMS.items() if program.quick or not options.quick]
    alone = can_be_alone()
    for name in names:
        missing = PROGRAMS[name].missing()
        if missing:
            print(f"skipped: {name}: {', '.join(missing)} not installed")
        elif PROGRAMS[name].alone and not alone:
            print(f"skipped: {name}: no namespaces of its own here")
        else:
            yield name


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
        for name in wanted(options):
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
