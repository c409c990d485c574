#!/usr/bin/env python3
"""Real programs, each three times: alone, under ptrace-fork, under strace. What they make must be the same, and the
programs that ptrace-fork saw must be those that strace saw.

usage: test_real_programs.py TRACER [--all] [--source DIR] [NAME…]

Without --all only what takes seconds, and what `./dev setup` installs. What is not installed is skipped, with a word
on why. Each run gets an empty folder of the same name, so that nothing differs but who watches.
"""
import argparse
import ast
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter

from support import Failure, Skip, check, equal, read_events, run_cases

HERE = os.path.dirname(os.path.abspath(__file__))
SPAWNERS = os.path.join(HERE, "spawners")
PATIENCE = 1200


class Program:
    """`make` writes its files into the empty folder and returns the command; `result` says what it came to."""

    def __init__(self, name, make, needs=(), names=(), results=(), ignore=(), always=False, environment=None):
        self.name, self.make, self.needs, self.always = name, make, needs, always
        self.names = [(re.compile(pattern), put) for pattern, put in names]   # what differs between two runs: (pattern, instead)
        self.results = results      # globs of files that must be the same bytes
        self.ignore = ignore        # patterns of commands that come and go from one run to the next, with the reason beside
        self.environment = environment or {}

    def normal(self, text):
        for pattern, put in self.names:
            text = pattern.sub(put, text)
        return text


def text_of(hexed):
    return ast.literal_eval("b" + hexed).decode("utf-8", "replace")


class Execs:
    """(path, argv) as the callers gave them, each with how often. Of a script the kernel puts away argv[0]."""

    def __init__(self, program):
        self.program, self.sure, self.perhaps, self.unread = program, Counter(), Counter(), 0

    def add(self, path, argv, script=False, sure=True):
        path, argv = self.program.normal(path), [self.program.normal(word) for word in argv]
        told = " ".join(argv)
        if not any(re.search(pattern, told) for pattern in self.program.ignore):
            (self.sure if sure else self.perhaps)[path, tuple(argv[1:] if script else argv)] += 1


def execs_of_strace(program, logs, scripts):
    """Who is killed inside execve(2) has no result there: the program may have been started or not."""
    found = Execs(program)
    for name in glob.glob(f"{logs}/strace.*"):
        with open(name, encoding="ascii") as log:
            for line in log:
                match = re.match(r'execve(?:at)?\((?:\w+, )?("[^"]*"), \[(.*?)\], .* = (0$|\?)', line)
                if match:
                    path, words = text_of(match.group(1)), re.findall(r'"[^"]*"', match.group(2))
                    found.add(path, [text_of(word) for word in words], program.normal(path) in scripts, match.group(3) == "0")
    return found


def execs_of_ours(program, log):
    events = read_events(log)
    equal([event["seq"] for event in events[1:-1]], list(range(1, len(events) - 1)), "seq")
    check(events[-1]["type"] == "end" and events[-1]["lost"] == 0, f"the last line is {events[-1]}")
    found, scripts = Execs(program), set()
    for event in events:
        if event["type"] != "exec":
            continue
        path, argv = event["filename"], event["argv"]
        if argv is None:   # killed at its exec
            found.unread += 1
            continue
        if event["interpreter"]:
            scripts.add(program.normal(path))
            argv = argv[argv.index(path, 1):]
        found.add(path, argv, bool(event["interpreter"]))
    return found, scripts


def digest(path):
    if os.path.islink(path):
        return os.readlink(path)
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def outcome(program, folder, command, environment):
    """All that somebody without a tracer could see: status, both outputs, files."""
    with open(f"{folder}.out", "wb") as out, open(f"{folder}.err", "wb") as err:
        status = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment,
                                check=False, timeout=PATIENCE).returncode
    said = {}
    for stream in ("out", "err"):
        with open(f"{folder}.{stream}", encoding="utf-8", errors="replace") as text:
            said[stream] = sorted(program.normal(line) for line in text.read().splitlines())
    files = {}
    for pattern in program.results:
        for path in glob.glob(os.path.join(folder, pattern), recursive=True):
            if os.path.isfile(path):
                files[program.normal(os.path.relpath(path, folder))] = digest(path)
    return {"status": status, **said, "files": files}


def difference(have, want):
    """The first of what differs, short enough to read."""
    for key in want:
        if have[key] == want[key]:
            continue
        if key == "files":
            names = sorted(name for name in have[key].keys() | want[key].keys() if have[key].get(name) != want[key].get(name))
            return f"{len(names)} files: {names[:5]}"
        if key == "status":
            return f"status {have[key]}, not {want[key]}"
        more, less = Counter(have[key]) - Counter(want[key]), Counter(want[key]) - Counter(have[key])
        return f"{key}: more {list(more)[:6]}, less {list(less)[:6]}"
    return ""


def compare_execs(ours, theirs):
    total = sum(theirs.sure.values())
    check(total > 0, "strace saw no program")
    more, less = ours.sure - theirs.sure - theirs.perhaps, theirs.sure - ours.sure
    check(not more and sum(less.values()) <= ours.unread, f"of {total} execs only we saw {list(more.items())[:4]}, only strace saw {list(less.items())[:4]}")
    return total


class Place:
    """An empty folder that has the same name each time, and one for the logs."""

    def __init__(self, program):
        self.program, self.top = program, tempfile.mkdtemp(prefix="real-")
        self.folder, self.logs = os.path.join(self.top, "work"), os.path.join(self.top, "logs")
        os.mkdir(self.logs)

    def run(self, before):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        home = os.path.join(self.top, "home")
        shutil.rmtree(home, ignore_errors=True)
        os.mkdir(home)
        environment = {**os.environ, "HOME": home, "LC_ALL": "C.UTF-8", "CCACHE_DISABLE": "1", **self.program.environment}
        command = self.program.make(self.folder)
        begin = time.monotonic()
        seen = outcome(self.program, self.folder, [*before, *command], environment)
        return seen, time.monotonic() - begin

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.top, ignore_errors=True)


def verify(program, tracer):
    for need in program.needs:
        if not (os.path.exists(need) if need.startswith("/") else shutil.which(need)):
            raise Skip(f"{need} is not there")
    with Place(program) as place:
        alone, seconds = place.run([])
        check(alone["status"] == 0, f"alone it ends with {alone['status']} and says {alone['err'][-3:]}")
        log = os.path.join(place.logs, "ours.jsonl")
        ours, ours_seconds = place.run([tracer, "--json", "-o", log])
        check(ours == alone, "under ptrace-fork " + difference(ours, alone))
        strace = ["strace", "-A", "-ff", "-o", f"{place.logs}/strace", "-e", "trace=execve,execveat", "-e", "status=!failed",
                  "--seccomp-bpf", "-v", "-xx", "-s", "200000"]
        theirs, their_seconds = place.run(strace)
        mine, scripts = execs_of_ours(program, log)
        count = compare_execs(mine, execs_of_strace(program, place.logs, scripts))
        told = difference(theirs, alone)
        print(f"        {count} execs; {seconds:.1f} s alone, {ours_seconds:.1f} s under ptrace-fork, {their_seconds:.1f} s under strace"
              + (f" (which changed {told})" if told else ""), flush=True)


# --- the programs ----------------------------------------------------------------------------------------------

def kept():
    """What takes long to make, and is the same for every run."""
    folder = os.path.join(tempfile.gettempdir(), f"ptop-real-programs-{os.getuid()}")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return folder


def spawner(source, before, after=()):
    def make(folder):
        shutil.copy(os.path.join(SPAWNERS, source), folder)
        return [*before, source, "many", "60", *after]
    return make


def built(source, build, command):
    """A spawner that is compiled first, unwatched."""
    def make(folder):
        shutil.copy(os.path.join(SPAWNERS, source), folder)
        environment = {**os.environ, "HOME": folder, "GOCACHE": os.path.join(kept(), "go"), "GOFLAGS": "-trimpath"}
        subprocess.run(build, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=environment)
        return command
    return make


def own_build(*targets):
    def make(folder):
        build = os.path.join(folder, "build")
        script = f"cmake -S {options.source} -B {build} -G Ninja -DCMAKE_BUILD_TYPE=Debug && ninja -C {build} {' '.join(targets)}"
        return ["sh", "-c", script]
    return make


def configure(checks):
    def make(folder):
        shutil.copytree(os.path.join(options.source, "bench", "configure"), folder, dirs_exist_ok=True)
        subprocess.run(["autoconf"], cwd=folder, check=True)
        return ["env", f"CHECKS={checks}", "./configure", "--quiet"]
    return make


def rebase(commits):
    def make(folder):
        with open(os.path.join(folder, "make.sh"), "w", encoding="ascii") as script:
            script.write(f"""set -e
git init -q -b main . && git config user.name A && git config user.email a@b && git config gc.auto 0
date=1600000000; export GIT_AUTHOR_DATE="$date +0000" GIT_COMMITTER_DATE="$date +0000"
echo base >base; git add base; git commit -q -m base; git checkout -q -b side
for i in $(seq {commits}); do echo $i >>file; echo $i >file.$i; git add file file.$i; git commit -q -m "commit $i"; done
git checkout -q main; echo more >more; git add more; git commit -q -m more; git checkout -q side
""")
        subprocess.run(["sh", "make.sh"], cwd=folder, check=True)
        return ["sh", "-c", "export GIT_COMMITTER_DATE='1600000000 +0000' GIT_SEQUENCE_EDITOR='sed -i s/^pick.*commit.3$/drop/'; "
                            "git rebase -q main && git rebase -q --exec 'test -f base' -i HEAD~5 && git log --format=%H,%s && git status"]
    return make


def python_tests(*names):
    def make(_):
        return ["/usr/bin/python3.11", "-m", "test", "-v", *names]
    return make


def install_in_chroot(packages):
    """The minimal system is made once."""
    system = os.path.join(kept(), "system.tar")

    def make(folder):
        if os.geteuid() != 0:
            raise Skip("only root can change its root directory")
        if not os.path.exists(system):
            made = subprocess.run(["mmdebstrap", "--quiet", "--format=tar", "--variant=apt", "bookworm", system + ".part"], check=False,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=PATIENCE)
            if made.returncode != 0:
                raise Skip(f"mmdebstrap cannot make a system here: {made.stderr.strip().splitlines()[-1:]}")
            os.rename(system + ".part", system)
        subprocess.run(["tar", "-xf", system, "-C", folder], check=True)
        shutil.copy("/etc/resolv.conf", os.path.join(folder, "etc", "resolv.conf"))
        install = f"apt-get update -qq && apt-get install -qq -y --no-install-recommends {packages}"
        return ["chroot", folder, "env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", install]
    return make


def java(mechanism):
    command = ["java", f"-Djdk.lang.Process.launchMechanism={mechanism}", "-cp", ".", "Spawn", "many", "60"]
    return built("Spawn.java", ["javac", "Spawn.java"], command)


COMPILER = [(r"/tmp/cc\w{6}|\bcc\w{6}\b", "TEMP"), (r"TryCompile-\w{6}|cmTC_\w{5}|CompilerId\w+/tmp", "TRY")]
CONFIGURE = COMPILER + [(r"\bconf(stat)?(\w{6}\b|\d+)|\b\d+\b", "N")]
SECONDS = [(r"\(?\b\d+\.\d+ ?(s|sec|seconds|ms)\b\)?", "TIME")]
PROGRAMS = [
    Program("posix_spawn", built("spawn.c", ["cc", "-o", "spawn", "spawn.c"], ["./spawn", "many", "60"]), ["cc"], always=True),
    Program("shell", spawner("spawn.sh", ["sh"]), always=True),
    Program("python subprocess", spawner("spawn.py", [sys.executable]), always=True),
    Program("git rebase", rebase(25), ["git"], results=[".git/refs/**", "file*"], always=True),
    Program("configure", configure(12), ["autoconf", "cc"], CONFIGURE, ["found", "config.status"], always=True),
    Program("own build", own_build("ptop_base"), ["cmake", "ninja", "c++"], COMPILER + SECONDS + [(r"^\[\d+/", "[N/")], ["build/**/*.o", "build/**/*.a"]),
    Program("whole configure", configure(1000), ["autoconf", "cc"], CONFIGURE, ["found", "config.status"]),
    Program("go os/exec", built("spawn.go", ["go", "build", "-o", "spawn", "spawn.go"], ["./spawn", "many", "60"]), ["go"]),
    Program("node child_process", spawner("spawn.js", ["node"]), ["node"]),
    Program("java ProcessBuilder", java("POSIX_SPAWN"), ["javac"], [(r"\d+:\d+:\d+$", "FDS")]),
    Program("java ProcessBuilder, vfork", java("VFORK"), ["javac"]),
    Program("java ProcessBuilder, fork", java("FORK"), ["javac"]),
    Program("python's own tests", python_tests("test_subprocess", "test_popen"), ["/usr/lib/python3.11/test/test_subprocess.py"],
            SECONDS + [(r"^0:\d\d:\d\d load avg: \d+\.\d+", "LOAD"), (r"test_python_\d+|/tmp/tmp\w{8}", "PLACE")]),
    Program("apt-get install in a chroot", install_in_chroot("hello ca-certificates"), ["mmdebstrap", "chroot"],
            [(r"(/tmp/[\w.-]+\.)\w{6,10}\b", r"\1TEMP")],
            results=["var/lib/dpkg/info/**", "var/lib/dpkg/status", "usr/bin/**", "etc/**"]),
]


def run_all(programs):
    def case_of(program):
        def case():
            begin = time.monotonic()
            try:
                verify(program, os.path.abspath(options.tracer))
            except subprocess.TimeoutExpired as slow:
                raise Failure(f"not done after {time.monotonic() - begin:.0f} s: {slow.cmd[:3]}") from slow
        case.__name__ = program.name
        return case
    return run_cases([case_of(program) for program in programs])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("tracer")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--source", default=os.path.dirname(os.path.dirname(HERE)))
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if not shutil.which("strace"):
        print("skipped: strace is not installed")
        sys.exit(77)
    sys.exit(run_all([p for p in PROGRAMS if p.name in options.names or not options.names and (options.all or p.always)]))
