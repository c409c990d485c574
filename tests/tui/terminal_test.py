#!/usr/bin/env python3
"""ptop in a real terminal (tmux with a socket of its own): screens, sizes, following, and the way out.

usage: terminal_test.py PTOP [TEST…]   Exit status: 0 passed, 1 failed, 77 cannot run here.
"""
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

DEADLINE = float(os.environ.get("PTOP_TEST_DEADLINE", "30"))  # seconds for anything to happen: a loaded machine is slow, not wrong

# A parent with a zombie (exit 3), an orphan adopted from its dead child, a stopped child, and a fork each
# time it gets SIGUSR1. Prints its pid and those of the others, then waits.
FAMILY = r"""
import os, signal, subprocess, sys
def child(run):
    pid = os.fork()
    if pid == 0:
        run()
        os._exit(0)
    return pid
read_end, write_end = os.pipe()
def wait_for_ever():
    while True: signal.pause()
def leave_an_orphan():
    orphan = child(wait_for_ever)
    os.write(write_end, b"%d" % orphan)
middle = child(leave_an_orphan)
orphan = int(os.read(read_end, 20))
os.waitpid(middle, 0)
stopped = child(lambda: os.kill(os.getpid(), signal.SIGSTOP))
os.waitpid(stopped, os.WUNTRACED)
zombie = child(lambda: os._exit(3))
os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
signal.signal(signal.SIGUSR1, lambda *_: subprocess.run(["sh", "-c", "/bin/true followed-by-ptop; exit 7"]))
print(os.getpid(), zombie, orphan, stopped, flush=True)
while True: signal.pause()
"""


class Failure(Exception):
    pass


class Terminal:
    """One tmux server with one window that runs a shell."""

    def __init__(self, columns, rows, term=None):
        self.socket = f"ptop-test-{os.getpid()}-{time.monotonic_ns()}"
        env = dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8", PS1="$ ", ENV="",
                   XDG_CONFIG_HOME=os.path.join(FOLDER, self.socket + ".config"))  # settings of its own
        env["TMUX_TMPDIR"] = FOLDER  # goes away with its sockets
        for name in ("TMUX", "NO_COLOR", "TERM"):
            env.pop(name, None)
        env["TERM"] = "xterm-256color"
        self.env = env
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "sh")
        if term:
            self.line(f"TERM={term}")
        self.wait(r"^[#$]")

    def tmux(self, *arguments):
        command = ["tmux", "-u", "-L", self.socket, "-f", "/dev/null", *arguments]
        return subprocess.run(command, env=self.env, check=True, capture_output=True, text=True).stdout

    def close(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            self.tmux("kill-server")

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def line(self, text):
        self.type(text)
        self.keys("Enter")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))
        # tmux tells the terminal of a second size only a while after the first.
        path = self.tmux("display-message", "-p", "#{pane_tty}").strip()
        terminal = os.open(path, os.O_RDONLY | os.O_NOCTTY)
        try:
            wait_until("the terminal has its size", lambda: os.get_terminal_size(terminal) == (columns, rows))
        finally:
            os.close(terminal)

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def flag(self, name):
        return self.tmux("display-message", "-p", "#{" + name + "}").strip()

    def until(self, what, condition):
        end = time.monotonic() + DEADLINE
        while True:
            screen = self.screen()
            result = condition(screen)
            if result:
                return result
            if time.monotonic() > end:
                raise Failure(f"waited in vain for {what}; the screen:\n{screen}")
            time.sleep(0.05)

    def wait(self, pattern):
        return self.until(pattern, lambda screen: re.search(pattern, screen, re.MULTILINE))

    def start(self, ptop, options="-d 0.3"):
        """Runs ptop between two looks at the terminal's modes; afterwards the shell prints its exit status."""
        self.line(f"clear; stty -a > {self.modes('before')}; {ptop} {options}; "
                  f"echo status=$?; stty -a > {self.modes('after')}; echo rea''dy")
        self.wait(r"F1Help|F10Quit")

    def modes(self, when):
        return os.path.join(FOLDER, f"{self.socket}.{when}")

    def check_restored(self, status):
        self.wait(r"^ready")
        self.wait(rf"status={status}\b")
        with open(self.modes("before")) as before, open(self.modes("after")) as after:
            expect(before.read() == after.read(), "stty -a is the same before and after")
        expect(self.flag("alternate_on") == "0", "the main screen is back")
        expect(self.flag("cursor_flag") == "1", "the cursor is visible")
        expect("F10Quit" not in self.screen(), "nothing of ptop is left on the screen")


class Family:
    """The processes of FAMILY, outside of any terminal."""

    def __enter__(self):
        self.process = subprocess.Popen([sys.executable, "-c", FAMILY], stdout=subprocess.PIPE, text=True,
                                        start_new_session=True)
        self.pid, self.zombie, self.orphan, self.stopped = map(int, self.process.stdout.readline().split())
        return self

    def __exit__(self, *_):
        for pid in (self.orphan, self.stopped, self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def fork(self):
        os.kill(self.pid, signal.SIGUSR1)


def expect(condition, what):
    if not condition:
        raise Failure(f"not true: {what}")


WRITES = ("1", "64", "4")   # write(2) of x86-64, arm64 and 32-bit ones


def waits_for_its_terminal(pid):
    """A thread of it is in a write to a terminal that takes nothing."""
    return any(task_writes_in_vain(pid, task) for task in os.listdir(f"/proc/{pid}/task"))


def task_writes_in_vain(pid, task):
    """Where it runs, the file has one word."""
    try:
        with open(f"/proc/{pid}/task/{task}/syscall", encoding="ascii") as call:
            words = call.read().split()
        return words[0] in WRITES and os.readlink(f"/proc/{pid}/fd/{int(words[1], 16)}").startswith("/dev/pts/")
    except OSError:   # it ended
        return False


def status_field(pid, name):
    with open(f"/proc/{pid}/status") as status:
        return next(line.split(":", 1)[1].strip() for line in status if line.startswith(name + ":"))


def wait_until(what, condition):
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            raise Failure(f"waited in vain until {what}")
        time.sleep(0.05)


def row_of(terminal, pid):
    """Moves to `pid` by typing it and returns its line."""
    terminal.type(str(pid))
    return terminal.wait(rf"^ *{pid} .*$").group(0)


def ptop_pid(terminal):
    shell = int(terminal.flag("pane_pid"))
    def child():
        with open(f"/proc/{shell}/task/{shell}/children") as children:
            return [int(pid) for pid in children.read().split()]
    wait_until("the shell has a child", child)
    return child()[0]


def test_tree_at_common_sizes(terminal_at, ptop):
    for columns, rows in ((120, 40), (80, 24)):
        with terminal_at(columns, rows) as t:
            t.start(ptop)
            t.wait(r"^ +PID.*USER.*COMMAND")
            t.wait(r"^ +1 \w+ ")
            t.wait(r"[├└]─ ")
            t.wait(r"Mem\[")
            t.wait(r"Load: \d")
            t.wait(r"\d\.\d%\]")  # rates appear with the second scan
            lines = t.screen().rstrip("\n").split("\n")
            expect(len(lines) == rows, "the screen is used to its last line")
            t.keys("q")
            t.check_restored(0)


def test_scrolls_and_sorts(terminal_at, ptop):
    with terminal_at(80, 24) as t, contextlib.ExitStack() as stack:
        for _ in range(40):
            sleeper = subprocess.Popen(["sleep", "1000"])
            stack.callback(sleeper.wait)
            stack.callback(sleeper.kill)
        t.start(ptop)
        first = r"^ +1 \w+ "
        t.wait(first)
        t.keys("End")
        t.until("the list scrolled", lambda s: not re.search(first, s, re.MULTILINE))
        t.keys("Home")
        t.wait(first)
        t.keys("NPage")
        t.keys("NPage")
        t.until("the list scrolled by pages", lambda s: not re.search(first, s, re.MULTILINE))
        t.keys("F5")
        t.until("the flat list", lambda s: not re.search(r"[├└]─ ", s))
        t.keys("F6")
        t.wait("Sort by")
        t.keys("Escape")
        t.keys("F1")
        t.wait("ptop: keys")
        t.keys("Escape")
        t.wait("COMMAND")
        t.keys("F10")
        t.check_restored(0)


THREADED = """
import threading, time
def work():
    open("/proc/thread-self/comm", "w").write("a-worker")
    threading.Event().wait()
threads = [threading.Thread(target=work, daemon=True) for _ in range(3)]
for thread in threads: thread.start()
threading.Event().wait()
"""


def older_than_a_tick(pid):
    """All its threads: ptop acts on nobody who was born in the clock tick of its scan."""
    starts = []
    for tid in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{tid}/stat", encoding="utf-8", errors="replace") as stat:
            starts.append(int(stat.read().rpartition(")")[2].split()[19]))
    now = time.clock_gettime(time.CLOCK_BOOTTIME) * os.sysconf("SC_CLK_TCK")
    return len(starts) == 4 and now > max(starts) + 1


def test_threads_and_groups(terminal_at, ptop):
    with terminal_at(120, 40) as t, contextlib.ExitStack() as stack:
        process = subprocess.Popen([sys.executable, "-c", THREADED])
        stack.callback(process.wait)
        stack.callback(process.kill)
        wait_until("the threads run", lambda: older_than_a_tick(process.pid))
        own = os.getpriority(os.PRIO_PROCESS, process.pid)
        t.start(ptop)
        t.keys("F4", f"pid={process.pid}", "Enter", "H")
        t.until("three threads", lambda s: len(re.findall(r"[├└]─ {a-worker}", s)) == 3)
        t.keys("Down", "F8")
        t.wait(rf"nice is {own + 1} of thread \d+ a-worker of {process.pid} ")
        nice = [os.getpriority(os.PRIO_PROCESS, int(tid)) for tid in os.listdir(f"/proc/{process.pid}/task")]
        expect(sorted(nice) == [own, own, own, own + 1], "one thread alone is nicer")
        t.keys("H", "b", "Home", "Down", "Down", "Down", "Down", "Enter")
        t.wait(r"\w+  1 process\b")
        t.keys("Q", "Home")
        t.wait(r"ptop \d+\.\dms/s \d")
        t.keys("q")
        t.check_restored(0)


def test_resize_down_and_back(terminal_at, ptop):
    with terminal_at(120, 40) as t:
        t.start(ptop)
        t.wait(r"[├└]─ ")
        t.resize(20, 5)
        t.wait(r"\A *PID.*S COMMAND?")
        t.wait(r"F10Quit")
        t.resize(5, 2)
        t.wait("too s")
        t.resize(120, 40)
        t.wait(r"Tasks: \d+")
        t.wait(r"COMMAND")
        t.keys("q")
        t.check_restored(0)


def test_ctrl_c(terminal_at, ptop):
    with terminal_at(80, 24) as t:
        t.start(ptop)
        t.wait("COMMAND")
        t.keys("C-c")
        t.check_restored(0)


def test_signals_that_end_it(terminal_at, ptop):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        with terminal_at(80, 24) as t:
            t.line("ulimit -c 0")
            t.start(ptop)
            t.wait("COMMAND")
            os.kill(ptop_pid(t), number)
            t.check_restored(128 + number)


def test_quitting_while_a_read_is_stuck(terminal_at, ptop):
    recorded = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fixtures/proc/threads")
    for end in ("q", "C-c"):
        with terminal_at(80, 24) as t:
            proc = tempfile.mkdtemp(dir=FOLDER)
            shutil.copytree(recorded, proc, symlinks=True, dirs_exist_ok=True)
            os.unlink(f"{proc}/meminfo")
            os.mkfifo(f"{proc}/meminfo")  # nobody ever writes to it
            t.start(ptop, f"--proc {proc}")
            t.wait("reading /proc")
            t.keys(end)
            t.check_restored(0)


def test_suspend_and_resume(terminal_at, ptop):
    with terminal_at(80, 24) as t:
        t.line("set -m")
        t.line(f"{ptop} -d 0.3; echo once-stopped")
        t.wait("COMMAND")
        t.keys("C-z")
        t.wait(r"Stopped|Suspended")
        expect(t.flag("alternate_on") == "0", "the main screen is back while suspended")
        expect(t.flag("cursor_flag") == "1", "the cursor is visible while suspended")
        t.line("fg")
        t.wait("COMMAND")
        t.wait("F10Quit")
        t.keys("q")
        t.until("the shell", lambda s: "COMMAND" not in s)
        expect(t.flag("alternate_on") == "0", "the main screen is back")


def test_suspending_lets_the_followed_go(terminal_at, ptop):
    with terminal_at(80, 24) as t, Family() as family:
        t.line("set -m")
        t.line(f"{ptop} -d 0.3")
        t.wait("COMMAND")
        follow_family(t, family, "s")
        t.keys("C-z")
        t.wait(r"Stopped|Suspended")
        expect(status_field(family.pid, "TracerPid") == "0", "nobody traces it while ptop is stopped")
        t.line("fg")
        t.wait(rf"Followed {family.pid} .*ptop was suspended")
        t.keys("q")


def test_following_the_shell_with_ptop_among_its_children(terminal_at, ptop):
    with terminal_at(100, 24) as t:
        t.start(ptop)
        shell = int(t.flag("pane_pid"))
        row_of(t, shell)
        t.keys("D")
        t.wait(rf"Following {shell} ")
        expect(status_field(shell, "TracerPid") in os.listdir(f"/proc/{ptop_pid(t)}/task"), "a thread of ptop traces the shell")
        t.keys("q")
        t.check_restored(0)
        expect(status_field(shell, "TracerPid") == "0", "nobody traces the shell")


def test_zombie_orphan_and_stopped_are_named(terminal_at, ptop):
    with terminal_at(120, 40) as t, Family() as family:
        t.start(ptop)
        row = row_of(t, family.zombie)
        expect(" Z " in row and f"zombie of {family.pid}" in row, f"the zombie is named: {row}")
        row = row_of(t, family.orphan)
        expect("orphan" in row, f"the orphan is named: {row}")
        row = row_of(t, family.stopped)
        expect(" T " in row and "stopped" in row, f"the stopped process is named: {row}")
        t.wait(r"\d+ zombie")
        t.keys("q")
        t.check_restored(0)


def follow_family(t, family, key):
    row_of(t, family.pid)
    t.keys(key)
    # The kernel says so to whoever is root or its owner.
    wait_until("it is traced", lambda: status_field(family.pid, "TracerPid") != "0")
    family.fork()


def test_following_a_process_that_forks(terminal_at, ptop):
    for key in ("s", "D"):
        with terminal_at(120, 40) as t, Family() as family:
            t.start(ptop)
            follow_family(t, family, key)
            t.wait(rf"Following {family.pid} ")
            t.wait(rf"{family.pid} +v?(fork|clone).*→ *\d+")
            t.wait(r"exec +\S*/\S+ .*followed-by-ptop")
            t.wait(r"exit +7\b")
            t.keys(key)
            t.wait(rf"Followed {family.pid} ")
            wait_until("it is let go", lambda: status_field(family.pid, "TracerPid") == "0")
            t.keys("q")
            t.check_restored(0)
            expect(status_field(family.pid, "State")[0] == "S", "the process sleeps on")
            expect(status_field(family.stopped, "State")[0] == "T", "the stopped one is still stopped")


def test_pages_about_a_process(terminal_at, ptop):
    with terminal_at(100, 30) as t, Family() as family:
        t.start(ptop)
        row_of(t, family.pid)
        t.keys("Enter")
        t.wait(rf"^ *{family.pid} ")
        t.wait(r"Family")
        t.wait(rf"children +.*{family.zombie}")
        t.keys("l")  # no key here: the page stays
        t.keys("Tab")
        t.wait(r"FD +MODE +TYPE +NAME")
        t.type("/pipe")
        t.wait(r"Search: pipe_")
        t.keys("Enter")
        t.type("u")
        t.wait(r"\+0x[0-9a-f]|not taken: ")
        wait_until("it sleeps on", lambda: status_field(family.pid, "State")[0] == "S")
        t.keys("Escape")
        t.wait(r"COMMAND")
        t.keys("q")
        t.check_restored(0)


def test_signals_from_the_menu(terminal_at, ptop):
    with terminal_at(80, 30) as t, Family() as family:
        t.start(ptop)
        row_of(t, family.stopped)
        t.type("k")
        t.wait(rf"Send a signal to {family.stopped} ")
        t.keys("Down", "Enter")
        t.wait(rf"sent SIGKILL to {family.stopped} ")
        # It stays as a zombie: its parent does not wait.
        wait_until("the stopped child is dead", lambda: status_field(family.stopped, "State").startswith("Z"))
        t.keys("q")
        t.check_restored(0)


def test_screens_and_clicks(terminal_at, ptop):
    with terminal_at(110, 30) as t:
        t.start(ptop)
        t.wait(r"PRI")
        t.keys("Tab")
        t.wait(r"PPID +PGID")
        # The first button at column 18 of row 5, where the third screen is named; each number plus 32, as TERM=screen
        # has it.
        t.type("\x1b[M 2%")
        t.wait(r"ANON +FILE")
        t.keys("BTab", "BTab")
        t.wait(r"PRI")
        t.keys("q")
        t.check_restored(0)


def test_every_key_is_survived(terminal_at, ptop):
    """Each key of htop's, in a real terminal, with Esc behind it; the table of what they do is a unit test's."""
    named = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F12", "Tab", "BTab", "Up", "Down", "Left", "Right",
             "PPage", "NPage", "Home", "End", "Enter", "Space", "C-a", "C-e", "C-l", "C-d", "C-u", "M-j", "M-k", "M-h",
             "M-l", "S-F3", "S-F7", "S-F8"]
    letters = list("h?SC/\\t<>.,][}{kcUslwxeiI+-*=uNMPTFFKKppmmZZ##0123456789fonD")
    with terminal_at(100, 34) as t:
        t.start(ptop, "-d 0.3 --readonly")
        for key in named:
            t.keys(key)
            t.keys("Escape")
        for letter in letters:
            t.type(letter)
            t.keys("Escape")
        t.wait("COMMAND")
        t.keys("Escape", "Escape")
        t.wait("F10Quit|F10")
        t.keys("C-c")
        t.check_restored(0)


def test_setup_changes_what_is_seen_and_is_kept(terminal_at, ptop):
    with terminal_at(100, 34) as t:
        t.start(ptop)
        t.keys("F2")
        t.wait(r"^ Setup +Display")
        t.keys("Right", "Space")  # the first option: the meters
        t.until("the meters are hidden", lambda s: "Mem[" not in s)
        t.keys("Escape")
        t.wait("F10Quit")
        t.keys("q")
        t.check_restored(0)
        t.start(ptop)
        t.wait("COMMAND")
        expect("Mem[" not in t.screen(), "the meters are hidden the next time too")
        t.keys("q")
        t.check_restored(0)


def test_settings_that_are_wrong_are_told_and_left_alone(terminal_at, ptop):
    path = os.path.join(FOLDER, "wrong.toml")
    with open(path, "w") as file:
        file.write("[options]\nthem = 1\n")
    with terminal_at(120, 24) as t:
        t.line(f"{ptop} -d 0.3 --config {path}; echo status=$?")
        t.wait(r"wrong.toml:2:1: there is no setting 'them'; did you mean theme\?")
        t.keys("p")
        t.wait("F10Quit|programs without")
        t.keys("q")
        t.wait("status=0")
    with open(path) as file:
        expect(file.read() == "[options]\nthem = 1\n", "the file is as it was")


def test_quitting_while_following(terminal_at, ptop):
    ways = {"q": 0, "C-c": 0, signal.SIGTERM: 128 + signal.SIGTERM, signal.SIGHUP: 128 + signal.SIGHUP}
    for way, status in ways.items():
        with terminal_at(80, 24) as t, Family() as family:
            t.start(ptop)
            follow_family(t, family, "D")
            t.wait(r"exit +7\b")
            if isinstance(way, str):
                t.keys(way)
            else:
                os.kill(ptop_pid(t), way)
            t.check_restored(status)
            expect(status_field(family.pid, "TracerPid") == "0", "nobody traces it")
            expect(status_field(family.pid, "State")[0] == "S", "it runs on")
            expect(status_field(family.orphan, "TracerPid") == "0", "nobody traces the orphan")


def test_losing_the_terminal(terminal_at, ptop):
    with terminal_at(80, 24) as t, Family() as family:
        t.start(ptop)
        follow_family(t, family, "s")
        t.wait(r"exit +7\b")
        pid = ptop_pid(t)
        t.close()
        wait_until("ptop ended", lambda: not os.path.exists(f"/proc/{pid}") or status_field(pid, "State")[0] == "Z")
        expect(status_field(family.pid, "TracerPid") == "0", "nobody traces it")
        expect(status_field(family.pid, "State")[0] == "S", "it runs on")


def test_terminals_without_colour_and_utf8(terminal_at, ptop):
    # vt100 has no colours; on a C locale our own characters are ASCII.
    for prefix, glyph in (("TERM=vt100", "[├└]─ "), ("NO_COLOR=1", "[├└]─ "), ("LC_ALL=C", "[|`]- ")):
        with terminal_at(80, 24) as t:
            t.start(f"{prefix} {ptop}")
            t.wait(glyph)
            escapes = t.tmux("capture-pane", "-p", "-e")
            coloured = re.search(r"\x1b\[[0-9;]*\b(3[0-7]|38|4[0-7]|48)\b", escapes)
            expect((coloured is None) == (prefix != "LC_ALL=C"), f"{prefix}: colours only where they may be")
            t.keys("q")
            t.check_restored(0)


def test_terminals_that_cannot_be_used(terminal_at, ptop):
    for term, words in (("''", "TERM is not set"), ("no-such-terminal", "TERM=no-such-terminal"), ("dumb", "TERM=dumb")):
        with terminal_at(100, 24) as t:
            t.line(f"clear; TERM={term} {ptop}; echo status=$?")
            t.wait(rf"^ptop: cannot use this terminal \({re.escape(words)}\): .+")
            t.wait(r"^status=2\b")


def why_not():
    if shutil.which("tmux") is None:
        return "tmux is not installed"
    with open("/proc/self/status") as status:
        traced = next(line for line in status if line.startswith("TracerPid:"))
    return "this test is being traced" if traced.split()[1] != "0" else None


def main(tests):
    """Runs those of `tests` (names to values) that are tests, in order."""
    ptop, *wanted = sys.argv[1:]
    reason = why_not()
    if reason:
        print(f"skipped: {reason}")
        return 77

    @contextlib.contextmanager
    def terminal_at(columns, rows):
        terminal = Terminal(columns, rows)
        try:
            yield terminal
        finally:
            terminal.close()

    # Stopped by a time limit: the terminals must go all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    failures = 0
    for name, test in list(tests.items()):
        if not name.startswith("test_") or (wanted and name not in wanted):
            continue
        try:
            test(terminal_at, os.path.abspath(ptop))
            print(f"passed  {name}", flush=True)
        except Failure as failure:
            failures += 1
            print(f"FAILED  {name}: {failure}", flush=True)
    print(f"{failures} failed" if failures else "all passed")
    return 1 if failures else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as FOLDER:
        STATUS = main(globals())
    sys.exit(STATUS)
