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
MAKERS = ("socket", "accept", "accept4", "epoll_create1", "eventfd2", "inotify_init1", "timerfd_create", "memfd_create", "pidfd_open")
CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)(.*)$")


class Inheritance:
    """What a program would get, as far as the window changed it. A number never touched is not in the table."""

    def __init__(self):
        self.descriptors, self.made_here = {}, set()
        self.closed = set()
        self.default, self.ignored = set(), set()
        self.began = {}   # how signals were handled before their first change, where that was asked
        self.directory, self.session, self.group = None, False, None
        self.marked = set()      # close-on-exec
        self.uncertain = set()   # taken by dup2(2), and closed: it may have been open before, or not

    def open(self, fd, what, marked=False):
        self.descriptors[fd] = what
        self.made_here.add(fd)
        self.mark(fd, marked)

    def dup(self, old, new, marked=False):
        if old != new:
            known = new in self.descriptors
            self.open(new, self.descriptors.get(old, f"inherited {old}"), marked)
            self.made_here.discard(new)   # closing it leaves the number closed, whatever it was before
            if not known:
                self.uncertain.add(new)

    def mark(self, fd, marked=True):
        (self.marked.add if marked else self.marked.discard)(fd)

    def close(self, fd):
        self.marked.discard(fd)
        if fd in self.made_here and fd not in self.closed:
            self.descriptors.pop(fd)
        else:
            self.descriptors[fd] = None
            self.closed.add(fd)
        self.made_here.discard(fd)

    def exec(self):
        for fd in [fd for fd in self.marked if self.descriptors.get(fd) is not None]:
            self.close(fd)

    def close_range(self, first, last):
        for fd in range(first, min(last, 1023) + 1):   # of what is higher nothing is open here
            self.close(fd)

    def signal(self, name, ignored):
        self.default.discard(name)
        self.ignored.discard(name)
        (self.ignored if ignored else self.default).add(name)

    def seen(self):
        """Of the high numbers that were closed and never open, nobody need speak."""
        return {"descriptors": {fd: what for fd, what in self.descriptors.items() if what is not None or fd < 64},
                "directory": self.directory, "session": self.session, "group": self.group}


def play_signal(state, args):
    name, given = args.split(", ")[:2]
    name = "SIGRT_0" if name == "SIGRTMIN" else name
    handlers = re.findall(r"sa_handler=(\w+)", args)
    sets = not given.startswith("NULL")
    if len(handlers) > sets and name not in state.default | state.ignored:
        state.began[name] = handlers[-1]
    if sets:
        state.signal(name, handlers[0] == "SIG_IGN")


def play_call(state, name, args, result, pid):
    words = args.split(", ")
    marked = "CLOEXEC" in args
    if name in ("open", "openat", "creat"):
        state.open(result, re.search(r'"((?:[^"\\]|\\.)*)"', args).group(1), marked)
    elif name in ("pipe", "pipe2", "socketpair"):
        for end in re.search(r"\[(\d+), (\d+)\]", args).groups():
            state.open(int(end), "pipe", marked)
    elif name in MAKERS:
        state.open(result, "", marked or name == "pidfd_open")
    elif name in ("dup", "dup2", "dup3") or (name == "fcntl" and words[1].startswith("F_DUPFD")):
        state.dup(int(words[0]), result, marked)
    elif name == "fcntl" and words[1] == "F_SETFD":
        state.mark(int(words[0]), marked)
    elif name == "ioctl" and words[1] in ("FIOCLEX", "FIONCLEX"):
        state.mark(int(words[0]), words[1] == "FIOCLEX")
    elif name == "close":
        state.close(int(words[0]))
    elif name == "close_range":
        if not marked:
            state.close_range(int(words[0]), int(words[1]))
        else:
            state.marked |= {fd for fd in state.descriptors if int(words[0]) <= fd <= int(words[1])}
    elif name == "rt_sigaction":
        play_signal(state, args)
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
    state.exec()
    return state, calls


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
        elif action in ("close_on_exec", "keep") and "fd" in step:
            state.mark(step["fd"], action == "close_on_exec")
        elif action == "close":
            for first, last in step["fds"]:
                state.close_range(first, last)
        elif action in ("default", "ignore"):
            for name in step["signals"]:
                state.signal(name, action == "ignore")
        elif action == "chdir":
            state.directory = step["path"]
        elif action == "setsid":
            state.session = True
        elif action == "setpgid":
            state.group = step["number"]
        state.marked |= set(step.get("cloexec", []))
    state.exec()
    return state


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
        # A program of many threads has not the same descriptors open in each run, and its child closes them all.
        check(abs(recipe["calls"] - calls) <= (8 if threads else 1), f"{recipe['calls']} calls, strace saw {calls}")
        have = play_recipe(recipe)
        compare_signals(have, want, set(recipe.get("ignored", [])))
        told = {fd for fd in want.uncertain if want.descriptors.get(fd, 0) is None and fd not in have.descriptors}
        check(not told & {one["fd"] for one in recipe["descriptors"]}, f"{told} are closed, and the program has them")
        for fd in told:
            want.descriptors.pop(fd)
        have, want = have.seen(), want.seen()
        if threads:
            have, want = without_numbers(have), without_numbers(want)
        equal(have, want, "what the window comes to")


def compare_signals(have, want, got):
    """Told is what changes for the program, which gets `got` ignored. A handler comes to the default."""
    check(have.default <= want.default and have.ignored <= want.ignored, f"signals never set so: {have.default} {have.ignored}")
    check(want.ignored <= got and not want.default & got, f"the program gets {got} ignored")
    began_ignored = {name for name, handler in want.began.items() if handler == "SIG_IGN"}
    for told, came, began in ((have.default, want.default, began_ignored), (have.ignored, want.ignored, want.began.keys() - began_ignored)):
        equal(told & want.began.keys(), came & began, "signals that change")


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
