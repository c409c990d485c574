#!/usr/bin/env python3
"""How programs are started by posix_spawn(3), Go, Python, Java, node and shells: the recipe that ptrace-fork tells,
against the system calls that strace shows in the same window. Both are played from the same beginning, and must come
to the same descriptors, signals, directory and session.

usage: test_recipes.py TRACER [NAME…]
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

from support import Skip, check, equal, exit_with, read_events

TRACER = os.path.abspath(sys.argv[1])
SPAWNERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "spawners")
CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)(.*)$")


class Inheritance:
    """What a program would get, as far as the window changed it. A number never touched is not in the table."""

    def __init__(self):
        self.descriptors, self.made_here = {}, set()
        self.default, self.ignored = set(), set()
        self.directory, self.session, self.group = None, False, None
        self.marked = set()

    def open(self, fd, what):
        self.descriptors[fd] = what
        self.made_here.add(fd)
        self.marked.discard(fd)

    def dup(self, old, new):
        if old != new:
            self.open(new, self.descriptors.get(old, f"inherited {old}"))
            self.made_here.discard(new)   # closing it leaves the number closed, whatever it was before

    def close(self, fd):
        self.marked.discard(fd)
        if fd in self.made_here:
            self.made_here.discard(fd)
            self.descriptors.pop(fd)
        else:
            self.descriptors[fd] = None

    def close_range(self, first, last):
        for fd in range(first, min(last, 1023) + 1):   # of what is higher nothing is open here
            self.close(fd)

    def signal(self, name, handler):
        name = "SIGRT_0" if name == "SIGRTMIN" else name
        self.default.discard(name)
        self.ignored.discard(name)
        if handler in ("default", "SIG_DFL"):
            self.default.add(name)
        if handler in ("ignore", "SIG_IGN"):
            self.ignored.add(name)

    def seen(self):
        """Of the high numbers that were closed and never open, nobody need speak."""
        return {"descriptors": {fd: what for fd, what in self.descriptors.items() if what is not None or fd < 64},
                "default": self.default, "ignored": self.ignored, "directory": self.directory, "session": self.session,
                "group": self.group}


def play_call(state, name, args, result, pid):
    words = args.split(", ")
    if name in ("open", "openat", "creat"):
        state.open(result, re.search(r'"((?:[^"\\]|\\.)*)"', args).group(1))
    elif name in ("pipe", "pipe2"):
        for end in re.match(r"\[(\d+), (\d+)\]", args).groups():
            state.open(int(end), "pipe")
    elif name in ("dup", "dup2", "dup3") or (name == "fcntl" and words[1].startswith("F_DUPFD")):
        state.dup(int(words[0]), result)
    elif name == "close":
        state.close(int(words[0]))
    elif name == "close_range":
        if "CLOEXEC" not in words[2]:
            state.close_range(int(words[0]), int(words[1]))
    elif name == "rt_sigaction" and not words[1].startswith("NULL"):
        state.signal(words[0], re.search(r"sa_handler=(\w+)", args).group(1))
    elif name == "chdir":
        state.directory = args.strip('"')
    elif name == "setsid":
        state.session = True
    elif name == "setpgid":
        state.group = 0 if int(words[1]) in (0, pid) else int(words[1])


def play_strace(lines, pid):
    state, calls = Inheritance(), 0
    for line in lines:
        match = CALL.match(line)
        if not match:
            continue
        calls += 1
        name, args, result, _ = match.groups()
        if result != "?" and int(result) >= 0:
            play_call(state, name, args, int(result), pid)
    return state.seen(), calls


def play_recipe(recipe):
    state = Inheritance()
    for step in recipe["steps"]:
        action = step["action"]
        if "errno" in step and step["errno"]:
            continue
        if action == "open":
            state.open(step["fd"], step.get("path", ""))
        elif action == "pipe":
            state.open(step["fd"], "pipe")
            state.open(step["to"], "pipe")
        elif action == "dup":
            state.dup(step["fd"], step["to"])
        elif action == "close":
            for first, last in step["fds"]:
                state.close_range(first, last)
        elif action in ("default", "ignore"):
            for name in step["signals"]:
                state.signal(name, action)
        elif action == "chdir":
            state.directory = step["path"]
        elif action == "setsid":
            state.session = True
        elif action == "setpgid":
            state.group = step["number"]
    return state.seen()


def windows_of_strace(folder, program):
    """Of the process that became `program`: the lines before each of its execs."""
    for name in glob.glob(f"{folder}/strace.*"):
        with open(name, encoding="utf-8", errors="replace") as log:
            lines = log.read().splitlines()
        execs = [number for number, line in enumerate(lines) if re.match(r'execve\(.* = 0$', line)]
        if not any(line.startswith(f'execve("{program}"') for line in lines):
            continue
        begins = [0] + [number + 1 for number in execs]
        return [lines[begin:end] for begin, end in zip(begins, execs)], int(name.rpartition(".")[2])
    return [], 0


def recipes_of(log):
    """Of the process that became cat, with its execs."""
    events = read_events(log)
    pid = next(e["pid"] for e in events if e["type"] == "exec" and e["path"] in ("/usr/bin/cat", "/bin/cat"))
    mine = [e for e in events if e.get("pid") == pid and e["type"] in ("recipe", "exec")]
    return [e for e in mine if e["type"] == "recipe"], [e for e in mine if e["type"] == "exec"]


def in_folder(prepare, command, session, environment, threads):
    def run(before, folder):
        with open(f"{folder}/in", "w", encoding="ascii") as given:
            given.write("from the file\n")
        done = subprocess.run([*before, *command], cwd=folder, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120)
        with open(f"{folder}/out", encoding="ascii") as taken:
            equal((done.returncode, taken.read()), (0, "from the file\n"), f"it said {done.stdout!r}")

    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "work")
        os.mkdir(folder)
        prepare(folder)
        run([TRACER, "--json", "--recipe", "-o", f"{top}/log"], folder)
        run(["strace", "-ff", "-v", "-s", "4096", "-o", f"{top}/strace"], folder)
        recipes, execs = recipes_of(f"{top}/log")
        windows, pid = windows_of_strace(top, "/bin/cat")
        compare(recipes, windows, pid, threads)
        check_facts(recipes[-1], execs[-1], folder, session, environment)


def without_numbers(seen):
    """A program of many threads gets other numbers for its descriptors in every run: which of its own are set, stays."""
    kept = {fd: re.sub(r"^inherited \d+$", "inherited", what) for fd, what in seen["descriptors"].items() if what is not None}
    return {**seen, "descriptors": kept}


def compare(recipes, windows, pid, threads):
    equal(len(recipes), len(windows), "windows")
    for recipe, lines in zip(recipes, windows):
        want, calls = play_strace(lines, pid)
        # A call that a signal or the stop of a vfork'd parent restarts may be seen twice by one of the two.
        check(abs(recipe["calls"] - calls) <= 1, f"{recipe['calls']} calls, strace saw {calls}")
        have = play_recipe(recipe)
        if threads:
            have, want = without_numbers(have), without_numbers(want)
        equal(have, want, "what the window comes to")


def check_facts(recipe, execed, folder, session, environment):
    check(recipe["execed"], "it did exec")
    opened = {one["fd"]: one["target"] for one in recipe["descriptors"]}
    equal((opened[0], opened[1]), (f"{folder}/in", f"{folder}/out"), "its descriptors")
    equal(execed["cwd"], "/", "its directory")
    equal(recipe["new_session"], session, "a session of its own")
    if environment:
        equal(execed["env"]["added"], ["A=b"], "added to its environment")


def script(source, *before):
    return (lambda folder: shutil.copy(os.path.join(SPAWNERS, source), folder)), [*before, source, "one"]


def compiled(source, build, *command):
    def prepare(folder):
        shutil.copy(os.path.join(SPAWNERS, source), folder)
        environment = {**os.environ, "HOME": folder, "GOCACHE": f"{folder}/../cache"}
        subprocess.run(build, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=environment)
    return prepare, list(command)


def java(mechanism):
    return compiled("Spawn.java", ["javac", "Spawn.java"], "java", f"-Djdk.lang.Process.launchMechanism={mechanism}", "Spawn", "one")


# name, what it needs, (how it is made, its command), whether it makes a session, whether it gives an environment
SPAWNS = [
    ("posix_spawn", "cc", compiled("spawn.c", ["cc", "-o", "spawn", "spawn.c"], "./spawn", "one"), True, True),
    ("python", "python3", script("spawn.py", "/usr/bin/python3"), True, True),
    ("dash", "dash", script("spawn.sh", "dash"), False, False),
    ("bash", "bash", script("spawn.sh", "bash"), False, False),
    ("go", "go", compiled("spawn.go", ["go", "build", "-o", "spawn", "spawn.go"], "./spawn", "one"), True, True),
    ("node", "node", script("spawn.js", "node"), True, True),
    ("java by jspawnhelper", "javac", java("POSIX_SPAWN"), False, True),
    ("java by vfork", "javac", java("VFORK"), False, True),
    ("java by fork", "javac", java("FORK"), False, True),
]


def case_of(name, need, made, session, environment):
    def case():
        for program in ("strace", need):
            if not shutil.which(program):
                raise Skip(f"{program} is not installed")
        in_folder(*made, session, environment, threads=need == "javac")
    case.__name__ = name
    return case


if __name__ == "__main__":
    exit_with([case_of(*spawn) for spawn in SPAWNS if not sys.argv[2:] or spawn[0] in sys.argv[2:]])
