#!/usr/bin/env python3
"""Single system calls, as ptrace-fork --strace and strace show them: equal to the letter, or known to differ and why.

usage: test_calls_against_strace.py PTRACE-FORK DIFFERENCES PROGRAM…

A line of DIFFERENCES is `PROGRAM CASE: reason`. A case that is named there and does not differ is a failure as well. What
is said of calls_NAME is true of calls32_NAME, the same cases as a 32-bit program, too, whether they differ there or not.
"""
import collections
import os
import re
import shutil
import subprocess
import sys
import tempfile

OPTIONS = ("-f", "-v", "-s", "200", "-yy", "-a40")


def known_differences(path):
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                name, reason = line.rstrip("\n").split(": ", 1)
                found[name] = reason
    return found


def without_numbers(line):
    """Inode numbers and pids are new in every run, and the column of the result hangs on the width of the pid."""
    line = re.sub(r"((?:pipe|socket|[A-Z0-9]+(?:-STREAM|v6)?):\[(?=\d+(?:\]|->|,))|->(?=\d+[\],])|#|si_pid=|st_ino=|d_ino=|d_off=)\d+", r"\1N", line)
    line = re.sub(r"((?:\d+\.){3}\d+:|\]:)\d+(?=[\]>-])", r"\1PORT", line)   # of sockets, with -yy
    line = re.sub(r'(\bgetrandom\()"[^"]*"', r"\1N", line)   # of the C library, when it begins
    line = re.sub(r"(\bclone3?\(.*= )\d+$", r"\1N", line)
    line = re.sub(r"((?:shm|sem|msg)(?:get\(.*= |ctl\())\d+", r"\1N", line)
    # The CPU time that it took so far; from a clock tick on it is explained.
    line = re.sub(r"(\btms_[a-z]*time=)\d+(?: /\* [^*]* \*/)?", r"\1N", line)
    line = re.sub(r"(\btype=BPF_\w+, id=)\d+", r"\1N", line)
    line = re.sub(r"(\bload_time=)\d+ /\* [^*]* \*/", r"\1N", line)
    line = re.sub(r"\bleft \{[^}]*\}", "left {N}", line)
    line = re.sub(r"^((?:time|times)\(.*\) *= )\d+.*$", r"\1N", line)
    return re.sub(r"\) +=", ") =", line)


def by_task(lines):
    """Of several tasks, whose order is chance: one task after the other, calls that were broken off whole again."""
    tasks, begun = {}, {}
    for line in lines:
        pid, _, text = line.partition(" ")
        text, resumed = text.strip(), re.match(r"<\.\.\. \S+ resumed>", text.strip())
        if resumed and pid in begun:
            text = begun.pop(pid) + text[resumed.end():]
        elif text.endswith(" <unfinished ...>"):
            begun[pid] = text[:-len(" <unfinished ...>")]
            continue
        tasks.setdefault(pid, []).append(text)
    return [f"{pid} {text}" for pid, texts in tasks.items() for text in texts]


def lines_of(tracer, folder, program, case):
    """What stands between the two marks, without the pid before each line; the pid in it is called PID."""
    work, log = os.path.join(folder, "work"), os.path.join(folder, "log")
    shutil.rmtree(work, ignore_errors=True)
    os.mkdir(work)
    subprocess.run([*tracer, *OPTIONS, "-o", log, program, case], cwd=work, stdin=subprocess.DEVNULL, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20)
    with open(log, encoding="utf-8", errors="surrogateescape") as text:
        lines = text.read().split("\n")
    marks = [n for n, line in enumerate(lines) if 'chdir("::' in line]
    inside = lines[marks[0] + 1:marks[1] if len(marks) > 1 else None]
    pid = re.match(r"\d+", lines[0]).group()
    # So are the pids of its children.
    children = {found.group(1) for line in inside if (found := re.search(r"\bclone3?\(.*= (\d+)$", line))}
    children |= {found.group() for line in inside if (found := re.match(r"\d+", line))} - {pid}
    if children:
        inside = by_task([line for line in inside if line])
    # The pid is as long as it happens to be, and the column counts it.
    bare = [re.sub(r"^\d+ +", "", line) for line in inside if line]
    for child in children:
        bare = [re.sub(rf"\b{child}\b", "CHILD", line) for line in bare]
    return [without_numbers(re.sub(rf"\b{pid}\b", "PID", line)) for line in bare]


def main():
    tracer, differences, *programs = map(os.path.abspath, sys.argv[1:])
    strace = shutil.which("strace")
    if not strace:
        print("skipped: no strace")
        sys.exit(77)
    known, count, failures = known_differences(differences), collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        for program in programs:
            cases = subprocess.run([program, "--list"], check=True, stdout=subprocess.PIPE).stdout.decode().split()
            for case in cases:
                name = f"{os.path.basename(program)} {case}"
                want = lines_of([strace], folder, program, case)
                have = lines_of([tracer, "--strace"], folder, program, case)
                same = name.replace("calls32_", "calls_")
                kind = ("explained" if {name, same} & known.keys() else "unexplained") if want != have else "equal"
                count[kind] += 1
                if kind == "unexplained":
                    failures.append("\n".join([f"FAILED  {name}", *(f"  strace: {line}" for line in want if line not in have),
                                               *(f"  ours:   {line}" for line in have if line not in want)]))
                if kind == "equal" and name in known:
                    failures.append(f"FAILED  {name}: no longer differs; it is still named in {differences}")
    print("\n".join(failures))
    print(f"{sum(count.values())} cases: {count['equal']} equal, {count['explained']} known to differ, {count['unexplained']} unexplained")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
