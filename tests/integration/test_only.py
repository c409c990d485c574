#!/usr/bin/env python3
"""What is in the log with --only, --depth and --events, and what is not.

usage: test_only.py TRACER
"""
import os
import signal
import subprocess
import sys
import tempfile

from support import FAMILY, Skip, Traced, check, equal, read_events, status_field, wait_until
from tracer import TRACER, exit_with_own_cases, one_line, run, shells_and_sleeper


def only_what_matches_and_its_ancestors():
    log = Traced(TRACER, ["--only", "name=ls"], ["sh", "-c", "true; (ls >/dev/null; cat </dev/null; exit 4); cat </dev/null; exit 3"])
    equal(log.done.returncode, 3, "exit status")
    equal([e["seq"] for e in log.events[1:-1]], list(range(1, len(log.events) - 1)), "numbers")
    equal(log.events[-1]["events"], len(log.events) - 2, "count at the end")
    argvs = [e["argv"][0] for e in log.of("exec")]
    equal(argvs, ["sh", "ls"], "programs")
    births = [e for kind in FAMILY for e in log.of(kind)]
    equal(len(births), 2, "births, of the subshell and of ls")
    equal([log.events[-1][what] for what in ("processes", "execs", "exits")], [3, 2, 3], "totals")
    equal([e.get("code") for e in log.of("exit")], [0, 4, 3], "ends")
    whole = {log.of("attach")[0]["pid"]} | {e["child"] for e in births}
    equal({e["pid"] for e in log.events[1:-1]}, whole, "processes")


def only_by_how_it_ended():
    log = Traced(TRACER, ["--only", "exit_code=4 or killed_by~TERM"],
                 ["sh", "-c", "(cat </dev/null; exit 4); sh -c 'kill -TERM $$'; true; ls >/dev/null; exit 0"])
    equal([(e["code"], e.get("signal")) for e in log.of("exit")], [(0, None), (4, None), (None, "SIGTERM"), (0, None)],
          "ends, of a child of the first as well")
    equal([e["signal"] for e in log.of("signal") if e["signal"] != "SIGCHLD"], ["SIGTERM"], "a signal that was held back")


def only_holds_what_came_before():
    script = "trap : USR1; kill -USR1 $$; exec env true"
    log = Traced(TRACER, ["--only", "name=true"], ["sh", "-c", script])
    kinds = [(e["type"], e.get("signal") or e.get("argv", [""])[0]) for e in log.events[1:-1]]
    equal(kinds, [("attach", ""), ("exec", "sh"), ("signal", "SIGUSR1"), ("exec", "env"), ("exec", "true"), ("exit", "")], "events")

CHANGED_CHILD = """import ctypes, os, signal
def named(name):
    ctypes.CDLL(None).prctl(15, name, 0, 0, 0)
def stop():
    os.kill(os.getpid(), signal.SIGSTOP)
child = os.fork()
if child == 0:
    stop()
    named(b'stopper')
    stop()
    named(b'renamed')
    os.setuid(65534)
    os._exit(7)
for again in range(2):
    os.waitpid(child, os.WUNTRACED)
    os.kill(child, signal.SIGCONT)
os.waitpid(child, 0)
"""


def only_asks_with_the_facts_of_that_moment():
    """Of a child that changes after it was asked first."""
    if os.getuid() != 0:
        raise Skip("only root may change its user")
    for query in ("name=stopper", "name=stopper and stopped", "name=renamed", "uid=65534", "user=nobody and zombie"):
        log = Traced(TRACER, ["--only", query], [sys.executable, "-c", CHANGED_CHILD])
        equal([e["code"] for e in log.of("exit")], [7, 0], f"ends with {query}")


def only_is_asked_of_the_program_and_not_of_the_fork_before_it():
    log = Traced(TRACER, ["--only", "name=sh and depth=1"], ["sh", "-c", "ls >/dev/null; (cat </dev/null; exit 4); exit 0"])
    equal([e["code"] for e in log.of("exit")], [0, 4, 0], "ends: of a child of the subshell, of it and of its parent")


def only_keeps_the_tree_whole_when_parents_end_first():
    """A child is told to be born before its parent is told to end, and whoever is told to be born is told to end."""
    script = """import os
told, tell = os.pipe()
if os.fork() == 0:
    os.close(tell)
    if os.fork() == 0:
        if os.fork() == 0:
            os.read(told, 1)  # until the others have ended
            if os.fork() == 0:
                os._exit(0)
            os.wait()
            os.execlp('true', 'true')
        os._exit(2)
    os.wait()
    os._exit(1)
os.wait()
os.close(tell)
"""
    log = Traced(TRACER, ["--only", "name=true"], [sys.executable, "-c", script])
    events = log.events[1:-1]
    born = {e["child"]: e for e in events if e["type"] in FAMILY}
    ends = {e["pid"]: e for e in events if e["type"] == "exit"}
    equal(len(born), 4, "births")
    equal(sorted(e["code"] for e in ends.values()), [0, 0, 0, 1, 2], "ends")
    for birth in born.values():
        check(birth["seq"] < ends[birth["pid"]]["seq"], f"its maker had ended: {birth}")
    for event in events:
        check(event["pid"] not in born or born[event["pid"]]["seq"] < event["seq"], f"before its birth: {event}")


def of_attached(options, killed):
    """What is told of processes until the last has ended; `killed` are killed when the first of them is attached to."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        tracer = subprocess.Popen([TRACER, "--json", "-o", log.name, *options])
        wait_until(lambda: status_field(killed[0], "TracerPid") == str(tracer.pid), "attached")
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        equal(tracer.wait(20), 0, "status")
        return read_events(log.name)


def only_of_processes_attached_to_in_any_order():
    with shells_and_sleeper() as (target, inner, sleeper):
        events = of_attached(["--only", f"pid={sleeper}", "-p", f"{sleeper},{inner},{target.pid}"], [target.pid, sleeper])
    equal({e["pid"] for e in events if e["type"] == "attach"}, {target.pid, inner, sleeper}, "attached")


def only_down_to_a_depth():
    for depth, programs in ((0, []), (1, ["sh", "env"])):
        log = Traced(TRACER, ["--only", "name=env", "--depth", str(depth)], ["sh", "-c", "sh -c 'env >/dev/null; :'; env >/dev/null; :"])
        equal([e["argv"][0] for e in log.of("exec")], programs, f"programs to depth {depth}")


def a_signal_of_a_child_without_an_end_is_shown():
    """The end of a child that was born before and is not followed, or is filtered out, is known by its signal only."""
    script = "import os; child = os.fork(); print(child, flush=True) if child else input(); child and os.wait()"
    with tempfile.TemporaryDirectory() as folder:
        there = os.path.join(folder, "log")
        parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        child = parent.stdout.readline().strip()
        tracer = subprocess.Popen([TRACER, "-o", there, "-p", str(parent.pid)])
        wait_until(lambda: status_field(parent.pid, "TracerPid") == str(tracer.pid), "attached")
        parent.communicate("\n", timeout=20)
        equal(tracer.wait(20), 0, "status")
        with open(there, encoding="utf-8") as log:
            check(f"SIGCHLD from {child}" in log.read(), "no signal of a child that is not followed")
    for options, shown in (([], 0), (["--depth", "0"], 1), (["--events", "signal"], 1), (["--events", "signal,exit"], 0)):
        equal(run(*options, "sh", "-c", "cat </dev/null; :").stderr.count("SIGCHLD"), shown, f"signals with {options}")


def only_tells_recipes_of_what_matches():
    script = "import subprocess; subprocess.run(['true'], cwd='/'); subprocess.run(['env'], stdout=subprocess.DEVNULL)"
    log = Traced(TRACER, ["--recipe", "--only", "name=true"], [sys.executable, "-c", script])
    equal(len(log.of("recipe")), 1, "recipes")
    check(any(step["action"] == "chdir" and step["path"] == "/" for step in log.of("recipe")[0]["steps"]), "its steps")


def only_of_a_tree_attached_to():
    with shells_and_sleeper() as (target, inner, sleeper):
        events = of_attached(["--tree", "--only", f"name=sleep and tree={inner}", "-p", str(target.pid)], [sleeper, target.pid])
    equal({e["pid"] for e in events if e["type"] == "attach"}, {target.pid, inner, sleeper}, "attached")
    equal({e["pid"]: e.get("signal") for e in events if e["type"] == "exit"},
          {target.pid: "SIGKILL", inner: None, sleeper: "SIGKILL"}, "ends")
    check(not any(e.get("pid") == inner and e["type"] == "signal" for e in events), "a signal of an ancestor")


def a_query_that_cannot_be_answered_is_refused():
    for query, words in (("cpu>3", ["'cpu' cannot be asked"]), ("nme=3", ["no field 'nme'", "did you mean 'name'?"]),
                         ("name=ls or orphan", ["'orphan' cannot be asked"]), ("name=(", ["must be quoted"])):
        one_line(run("--only", query, "true"), 2, *words)


def the_audit_of_what_matches():
    """A story is told by whoever had the file last: here the shell that opened it, which does not match."""
    script = "exec 9</dev/null; ls >/dev/null; env true; exit 0"
    for query in ("name=ls", "exit_code=0 and argv~ls and depth=1"):
        log = Traced(TRACER, ["--fd-audit", "--only", query], ["sh", "-c", script])
        equal([(e["fd"], e["leaked"], e["execs"]) for e in log.of("fd_audit")], [(9, True, 3)], f"stories with {query}")
        equal([e["seq"] for e in log.events[1:-1]], list(range(1, len(log.events) - 1)), "numbers")
    check("fd 9   /dev/null" in run("--fd-audit", "--only", "name=ls", "sh", "-c", script).stderr, "no story in the table")
    done = run("--fd-audit", "--events=none", "--only", "name=nosuch", "sh", "-c", script)
    equal(done.stderr, "no descriptor but 0 to 2 crossed an exec of a process that matches\n", "table")


def filters_leave_no_gap():
    log = Traced(TRACER, ["--events=exec,exit", "--depth=1"], ["sh", "-c", "(exec env true); ls >/dev/null; exit 3"])
    equal({e["type"] for e in log.events[1:-1]}, {"exec", "exit"}, "types")
    equal([e["seq"] for e in log.events[1:-1]], list(range(1, len(log.events) - 1)), "numbers")
    equal(log.events[-1]["events"], len(log.events) - 2, "count at the end")
    equal(log.done.returncode, 3, "exit status")


def a_table_has_the_calls_before_a_late_match():
    script = "i=0; while [ $i -lt 200 ]; do i=$((i+1)); cd /; done; exit 3"
    for option in ("-c", "-C"):
        done = run(option, "--only", "exit_code=3", "sh", "-c", script)
        row = next(line for line in done.stderr.splitlines() if line.endswith(" chdir")).split()
        equal(row[4], "200", f"{option}: calls")
        check("lost" not in done.stderr, f"{option}: something lost: {done.stderr}")


def a_summary_is_as_deep_as_the_log():
    done = run("--depth=0", "--events=none", "--summary", "sh", "-c", "/bin/true; exit 0")
    check("1 process, 1 exec;" in done.stderr and "/bin/true\n" not in done.stderr, done.stderr)


if __name__ == "__main__":
    exit_with_own_cases(globals(), [of_attached])
