#!/usr/bin/env python3
"""Every line of real programs, as strace and as ptrace-fork --strace print it: a table of what is equal and what is not.

usage: diff_against_strace.py TRACER [--explained FILE] [--most PERCENT] [--examples N] [--keep DIR] [NAME…]

Each program runs three times: twice under strace, once under ptrace-fork. What differs between the two runs of strace
differs in any two runs, and is masked; the rest is compared to the letter. The lines of a process are aligned with
those of the same process of the other run: the n-th child of the same parent. FILE lists differences that are known,
each line `REGEX: reason`; the expression is searched in "strace's line => our line".
"""
import argparse
import collections
import difflib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

OPTIONS = ["-f", "-v", "-s", "200", "-yy", "-a40"]
PATIENCE = 120

RESUMED = re.compile(r"<\.\.\. (\S+) resumed>")
BIRTH = re.compile(r"^(?:clone|clone3|fork|vfork)\(.*\) += (\d+)")
# Numbers that are new in every run, put in words. Everything else that differs is found by the second run of strace.
NEW_EACH_RUN = [
    (re.compile(r"(\[[a-zA-Z_]*|[A-Z]:\[|->|\w:\[)\d{5,}\b"), r"\1N"),
    (re.compile(r"(st_ino=|stx_ino=|d_ino=|d_off=|st_dev=|stx_mnt_id=)[^,}]+"), r"\1N"),
    (re.compile(r"(st_[amc]time(?:_nsec)?=)-?\d+"), r"\1N"),
    (re.compile(r"(tv_n?u?sec=)-?\d+"), r"\1N"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d{4}"), "DATE"),
    (re.compile(r"\b0x[0-9a-f]{8,16}\b"), "ADDRESS"),
    (re.compile(r"(si_utime=|si_stime=|si_timerid=)[^,}]+"), r"\1N"),
]


class Run:
    """The lines of each process, in the order of the process; a call broken off is one line again."""

    def __init__(self, path):
        self.lines, open_calls, self.label, self.births = {}, {}, {}, collections.Counter()
        with open(path, encoding="utf-8", errors="surrogateescape") as log:
            for raw in log:
                pid, _, line = raw.rstrip("\n").partition(" ")
                self.add(pid, line.strip(), open_calls)
        for pid, rest in open_calls.items():
            self.keep(pid, rest)

    def name_of(self, pid):
        if pid not in self.label:
            self.label[pid] = "P" if not self.label else f"P?{len(self.label)}"
        return self.label[pid]

    def add(self, pid, line, open_calls):
        self.name_of(pid)
        if line.endswith(" <unfinished ...>") and not line.startswith("<..."):
            open_calls[pid] = line[:-len(" <unfinished ...>")]
            return
        resumed = RESUMED.match(line)
        if resumed:
            line = open_calls.pop(pid, resumed.group(1) + "(") + line[resumed.end():]
        # The tracer may see the child's first line before the parent's result: its label is made by the clone.
        self.keep(pid, line)

    def keep(self, pid, line):
        self.lines.setdefault(pid, []).append(line)

    def settle(self):
        """Labels by birth, not by number: the second child of the first child is P.1.2 in every run."""
        self.label = {}
        waiting = [(next(iter(self.lines), ""), "P")]
        while waiting:
            pid, label = waiting.pop(0)
            if pid in self.label:
                continue
            self.label[pid] = label
            number = 0
            for line in self.lines.get(pid, ()):
                birth = BIRTH.match(line)
                if birth:
                    number += 1
                    waiting.append((birth.group(1), f"{label}.{number}"))
        for pid in self.lines:
            self.label.setdefault(pid, f"P?{pid}")
        pids = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, sorted(self.label, key=len, reverse=True))) + r")(?![\w.])")
        named = {}
        for pid, lines in self.lines.items():
            named[self.label[pid]] = [normal(pids.sub(lambda found: self.label[found.group(1)], line)) for line in lines]
        return named


def normal(line):
    line = re.sub(r"\) +=", ") =", line)   # the column hangs on how long numbers are; it has a test of its own
    for pattern, put in NEW_EACH_RUN:
        line = pattern.sub(put, line)
    return line


WORDS = re.compile(r"\\\w+|\w+|\s+|[^\w\s]")


def mask(first, second):
    """What matches the first line, whatever stands where the second one differs from it."""
    a, b = WORDS.findall(first), WORDS.findall(second)
    parts = []
    for kind, i, j, _, _ in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        parts.append(re.escape("".join(a[i:j])) if kind == "equal" else ".*?")
    return re.compile("".join(parts), re.DOTALL)


def head(line):
    return re.match(r"\w*", line).group() or line[:3]


def pairs(ours, theirs):
    """(strace's line or None, ours or None, index of strace's) in order; in a block that differs, by call."""
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from ((theirs[i], ours[j1 + i - i1], i) for i in range(i1, i2))
            continue
        heads = difflib.SequenceMatcher(None, list(map(head, theirs[i1:i2])), list(map(head, ours[j1:j2])), autojunk=False)
        for inner, a1, a2, b1, b2 in heads.get_opcodes():
            if inner == "equal":
                yield from ((theirs[i1 + a], ours[j1 + b1 + a - a1], i1 + a) for a in range(a1, a2))
            else:
                yield from ((theirs[i1 + a], None, i1 + a) for a in range(a1, a2))
                yield from ((None, ours[j1 + b], None) for b in range(b1, b2))


def kind_of_difference(theirs, ours):
    """A short name: the call, and the first piece that differs, numbers left out."""
    if theirs is None or ours is None:
        return head(ours or theirs), "only ours" if theirs is None else "only strace's"
    a, b = WORDS.findall(theirs), WORDS.findall(ours)
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            before = "".join(a[max(0, i1 - 4):i1])
            said = f"{before}[{''.join(a[i1:i2])} | {''.join(b[j1:j2])}]"
            return head(theirs), re.sub(r"\d+", "9", said)[:110]
    return head(theirs), "?"


class Count:
    def __init__(self):
        self.lines = self.equal = self.varies = 0
        self.explained = collections.Counter()
        self.unexplained = collections.defaultdict(list)

    def judge(self, theirs, ours, again, known):
        self.lines += 1
        if theirs == ours:
            self.equal += 1
            return
        if theirs is not None and again is not None and theirs != again:
            if ours is not None and mask(theirs, again).fullmatch(ours):
                self.varies += 1
                return
        if (theirs is None) != (ours is None) and again == "?":
            self.varies += 1
            return
        both = f"{theirs} => {ours}"
        for pattern, reason in known:
            if pattern.search(both):
                self.explained[reason] += 1
                return
        self.unexplained[kind_of_difference(theirs, ours)].append((theirs, ours))


def compare(ours, theirs, again, known):
    count = Count()
    for label in sorted(set(ours) | set(theirs)):
        if label not in theirs or label not in again or label not in ours:
            for line in theirs.get(label, []) or ours.get(label, []):
                if label in theirs and label in again:
                    count.judge(line, None, None, known)
                else:
                    count.judge(None, line, "?", known)
            continue
        other = {i: line for _, line, i in pairs(again[label], theirs[label]) if i is not None}
        spare = collections.Counter(line for _, line, i in pairs(again[label], theirs[label]) if i is None)
        for line, mine, i in pairs(ours[label], theirs[label]):
            beside = other.get(i) if i is not None else None
            if line is not None and mine is None and other.get(i) is None:
                beside = "?"   # the second run of strace lacks it too
            if line is None and spare.get(mine):
                beside = "?"   # and has this one
            count.judge(line, mine, beside, known)
    return count


# --- programs ---------------------------------------------------------------------------------------------------

def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, command, port):
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)   # until it listens: nothing tells

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()


def plain(*command):
    return lambda folder: (list(command), None)


def git_clone(folder):
    source = os.path.join(os.path.dirname(folder), "source")
    if not os.path.isdir(source):
        git = ["git", "-C", source, "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
        os.mkdir(source)
        subprocess.run([*git, "init", "-q"], check=True)
        for n in range(5):
            with open(os.path.join(source, f"file{n}"), "w", encoding="ascii") as out:
                out.write("line\n" * n)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "all"], check=True)
    return ["git", "clone", "-q", source, "copy"], None


def gcc(folder):
    with open(os.path.join(folder, "a.c"), "w", encoding="ascii") as out:
        out.write("#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }\n")
    return ["gcc", "-O1", "-o", "a", "a.c"], None


def curl(folder):
    with open(os.path.join(folder, "page"), "w", encoding="ascii") as out:
        out.write("content\n")
    port = free_port()
    server = Server([sys.executable, "-m", "http.server", "-b", "127.0.0.1", "-d", folder, str(port)], port)
    return ["curl", "-s", "-o", "got", f"http://127.0.0.1:{port}/page"], server


def python_server(folder):
    """Both ends on loopback in one process: accept, send, receive, with addresses."""
    code = ("import socket,select\ns=socket.socket();s.bind(('127.0.0.1',0));s.listen()\n"
            "c=socket.create_connection(s.getsockname());a,_=s.accept()\nc.sendall(b'x'*300);select.select([a],[],[],1)\n"
            "a.recv(400);c.sendmsg([b'a',b'b']);a.recvmsg(10,100);p,q=socket.socketpair();p.send(b'hi');q.recv(9)\n"
            "u=socket.socket(socket.AF_UNIX);u.bind('sock');u.listen();v=socket.socket(socket.AF_UNIX);v.connect('sock')\n"
            "w,_=u.accept();v.sendall(b'z');w.recv(5);d=socket.socket(type=socket.SOCK_DGRAM);d.sendto(b'q',s.getsockname())")
    return ["python3", "-c", code], None


def go_hello(folder):
    cache = os.path.join(os.path.dirname(folder), "go-hello")
    if not os.path.exists(cache):
        with open(os.path.join(folder, "a.go"), "w", encoding="ascii") as out:
            out.write('package main\nimport "fmt"\nfunc main() { fmt.Println("hello") }\n')
        subprocess.run(["go", "build", "-o", cache, "a.go"], cwd=folder, check=True,
                       env={**os.environ, "GOCACHE": os.path.join(os.path.dirname(folder), "gocache"), "GOFLAGS": "-mod=mod", "GO111MODULE": "off"})
    return [cache], None


def java_hello(folder):
    classes = os.path.join(os.path.dirname(folder), "classes")
    if not os.path.exists(classes):
        source = os.path.join(folder, "A.java")
        with open(source, "w", encoding="ascii") as out:
            out.write('public class A { public static void main(String[] a) { System.out.println("hello"); } }\n')
        subprocess.run(["javac", "-d", classes, source], check=True)
    return ["java", "-Xshare:auto", "-XX:+UseSerialGC", "-cp", classes, "A"], None


SHELL = "for i in 1 2 3; do echo $i | cat; done; (exit 3); ls / >/dev/null; sleep 0.01 & wait; kill -USR1 $$ 2>/dev/null"

PROGRAMS = {
    "ls": plain("ls", "-la", "/"),
    "bash": plain("bash", "-c", SHELL),
    "dash": plain("dash", "-c", "echo a | tr a b; test -e /etc && cat /etc/hostname"),
    "python": plain("python3", "-c", "import json,os,threading,subprocess;t=threading.Thread(target=print);t.start();t.join();subprocess.run(['true'])"),
    "sockets": python_server,
    "git": git_clone,
    "gcc": gcc,
    "ip": plain("ip", "addr"),
    "ss": plain("ss", "-anp"),
    "curl": curl,
    "find": plain("find", "/etc", "-name", "host*"),
    "tar": plain("tar", "cf", "etc.tar", "/etc/apt", "/etc/default"),
    "ps": plain("ps", "--no-headers", "-o", "pid,comm", "-p", "1"),
    "sort": plain("sort", "-o", "out", "/etc/services"),
    "node": plain("node", "-e", "console.log(1)"),
    "go": go_hello,
    "java": java_hello,
}


class Place:
    def __init__(self, keep):
        self.top = keep or tempfile.mkdtemp(prefix="diff-")
        os.makedirs(self.top, exist_ok=True)
        self.kept = keep is not None
        self.folder = os.path.join(self.top, "work")

    def run(self, tracer, make, log):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        command, server = make(self.folder)
        environment = {k: v for k, v in os.environ.items() if k in ("USER", "TERM")}
        environment.update(HOME=self.top, LC_ALL="C.UTF-8", PATH="/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
        try:
            subprocess.run(["setarch", "-R", *tracer, *OPTIONS, "-o", log, *command], cwd=self.folder, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False, timeout=PATIENCE)
        finally:
            if server:
                server.stop()
        return Run(log).settle()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.kept:
            shutil.rmtree(self.top, ignore_errors=True)


def read_known(path):
    known = []
    if path:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    pattern, reason = line.rstrip("\n").rsplit(": ", 1)
                    known.append((re.compile(pattern), reason))
    return known


def table(rows, all_kinds, examples, explained):
    print(f"{'program':10} {'lines':>7} {'equal':>7} {'varies':>7} {'explained':>9} {'unexplained':>11}")
    for name, count in rows.items():
        bad = sum(map(len, count.unexplained.values()))
        share = 100 * bad / count.lines if count.lines else 0
        print(f"{name:10} {count.lines:7} {count.equal:7} {count.varies:7} {sum(count.explained.values()):9} {bad:11}  {share:.2f} %")
    for reason, number in explained.most_common():
        print(f"  explained {number:6}  {reason}")
    print("\nUnexplained, by call and kind of difference ([strace's | ours]):")
    for (call, kind), found in sorted(all_kinds.items(), key=lambda entry: -len(entry[1])):
        print(f"\n{len(found):6}  {call}: {kind}")
        for theirs, ours in found[:examples]:
            print(f"        strace: {(theirs or '-')[:600]}\n        ours:   {(ours or '-')[:600]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tracer")
    parser.add_argument("--explained")
    parser.add_argument("--most", type=float, help="fail when more than this share of the lines is unexplained, in percent")
    parser.add_argument("--examples", type=int, default=1)
    parser.add_argument("--keep", help="leave the logs in this directory")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if not shutil.which("strace"):
        print("skipped: no strace")
        sys.exit(77)
    tracer, known = os.path.abspath(options.tracer), read_known(options.explained)
    rows, kinds, explained = {}, collections.defaultdict(list), collections.Counter()
    with Place(options.keep) as place:
        for name in options.names or PROGRAMS:
            word = PROGRAMS[name].__closure__[0].cell_contents[0] if PROGRAMS[name].__closure__ else name.replace("sockets", "python3")
            if not shutil.which(word):
                print(f"skipped: {name} is not installed")
                continue
            log = lambda kind, name=name: os.path.join(place.top, f"{name}.{kind}")   # noqa: E731
            theirs = place.run(["strace"], PROGRAMS[name], log("strace"))
            again = place.run(["strace"], PROGRAMS[name], log("again"))
            ours = place.run([tracer, "--strace"], PROGRAMS[name], log("ours"))
            rows[name] = compare(ours, theirs, again, known)
            explained.update(rows[name].explained)
            for kind, found in rows[name].unexplained.items():
                kinds[kind].extend(found)
    table(rows, kinds, options.examples, explained)
    lines = sum(count.lines for count in rows.values())
    bad = sum(map(len, kinds.values()))
    print(f"\n{lines} lines, {bad} unexplained: {100 * bad / max(lines, 1):.2f} %")
    sys.exit(1 if options.most is not None and 100 * bad > options.most * lines else 0)


if __name__ == "__main__":
    main()
