#!/usr/bin/env python3
"""ptrace-fork on real programs: order, argv, statuses, signals, ways in and out.

usage: test_ptrace_fork.py TRACER
"""
import contextlib
import ctypes
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

from support import FAMILY, Skip, Traced, check, children_of, equal, exit_with, process_state, read_events, skip_if_sanitized, status_field, wait_until

TRACER = os.path.abspath(sys.argv[1])


def run(*command, **kwargs):
    return subprocess.run([TRACER, *command], check=False, timeout=60, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, **kwargs)


def one_line(done, status, *words):
    equal(done.returncode, status, "exit status")
    lines = done.stderr.splitlines()
    equal(len(lines), 1, f"lines on stderr {lines}")
    check(lines[0].startswith("ptrace-fork: "), lines[0])
    for word in words:
        check(word in lines[0], f"{word!r} is not in {lines[0]!r}")


@contextlib.contextmanager
def orphan_script(reader):
    """A part of a script that leaves an orphan, which runs `reader` on descriptor 8 until the shell is gone."""
    with tempfile.TemporaryDirectory() as folder:
        fifo = os.path.join(folder, "fifo")
        os.mkfifo(fifo)
        os.chmod(folder, 0o755)
        yield f"exec 9<>{fifo}; (exec 8<{fifo} 9>&-; {reader} &)"


@contextlib.contextmanager
def shells_and_sleeper():
    """A shell, its child and the sleeper that this one waits for. None outlives the block."""
    target = subprocess.Popen(["sh", "-c", "sh -c 'sleep 1000; :' & echo ready; wait"], stdout=subprocess.PIPE, process_group=0)
    try:
        equal(target.stdout.readline(), b"ready\n", "handshake")
        inner = wait_until(lambda: children_of(target.pid), "the inner shell")[0]
        sleeper = wait_until(lambda: children_of(inner), "the sleeper")[0]
        wait_until(lambda: status_field(sleeper, "Name") == "sleep", "the sleeper's exec")
        yield target, inner, sleeper
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(target.pid, signal.SIGKILL)
        target.communicate()


def a_pipeline_an_orphan_and_an_exit_status():
    with orphan_script("cat <&8") as orphan:
        log = Traced(TRACER, [], ["sh", "-c", f"ls | wc -l; {orphan}; exit 3"])
    equal(log.done.returncode, 3, "exit status")
    argvs = [e["argv"] for e in log.of("exec")]
    for argv in (["ls"], ["wc", "-l"], ["cat"]):
        check(argv in argvs, f"no exec of {argv} in {argvs}")
    reader = next(e["pid"] for e in log.of("exec") if e["argv"] == ["cat"])
    adoption = next(e for e in log.of("reparent") if e["pid"] == reader)
    check(adoption["to_comm"], "the adopter has no name")
    born = {e["child"]: e["seq"] for kind in FAMILY for e in log.of(kind)}
    for event in log.of("exec") + log.of("exit"):
        check(event["pid"] not in born or born[event["pid"]] < event["seq"], f"before its birth: {event}")
    equal(log.events[-1]["code"], 3, "status in the end record")


def text_log_names_everything():
    with orphan_script("cat <&8") as orphan:
        done = run("sh", "-c", f"ls | wc -l; {orphan}; exit 3")
    equal(done.returncode, 3, "exit status")
    for text in ("exec", "ls", "wc -l", "cat", "orphan", "exit   3", "fork"):
        check(text in done.stderr, f"{text!r} is not in the log:\n{done.stderr}")
    check("\x1b" not in done.stderr, "colour without a terminal")


def a_child_of_clone_parent_stands_beside_its_maker():
    makes = "import ctypes, os; os._exit(0 if ctypes.CDLL(None).syscall(56, 0x8000 | 17, 0, 0, 0, 0) == 0 else 1)"
    done = run("sh", "-c", f"{sys.executable} -S -c '{makes}'; true")
    ends = [line.split(maxsplit=1)[1] for line in done.stderr.splitlines() if " exit " in line]
    depths = sorted(line.count("│") for line in ends)
    equal(depths, [0, 1, 1], f"depths in\n{done.stderr}")


def the_start_of_each_process_is_what_it_says_of_itself():
    """With a file for the log it is told from the clock where that leaves one answer; short and long gaps between births."""
    script = "for i in $(seq 60); do cat /proc/self/stat; [ $((i % 4)) = 0 ] && sleep 0.01; done; (cat /proc/self/stat)"
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        done = run("--json", "-o", log.name, "sh", "-c", script)
        events = [json.loads(line) for line in log]
    own = {int(line.split()[0]): int(line.split()[21]) for line in done.stdout.splitlines()}
    told = {e["child"]: e["child_start"] for e in events if e["type"] in FAMILY and not e["thread"]}
    equal(len(own), 61, "processes")
    equal({pid: told[pid] for pid in own}, own, "starts")


def the_peak_of_memory_is_the_programs_own():
    """Its process was a copy of the tracer before, which has more than `true` ever gets."""
    def peak(*command):
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
            run("--json", "-o", log.name, *command)
            events = [json.loads(line) for line in log]
        true = [event["pid"] for event in events if event["type"] == "exec" and event["argv"] == ["/bin/true"]]
        return next(event["max_rss"] for event in events if event["type"] == "exit" and event["pid"] == true[0])
    alone, child = peak("/bin/true"), peak("sh", "-c", "/bin/true; :")
    check(alone < 1.4 * child, f"{alone} bytes started by the tracer, {child} by a shell")


def a_missing_program():
    one_line(run("no-such-program-anywhere"), 127, "no-such-program-anywhere", "not found")
    one_line(run("/nonexistent/program"), 127, "/nonexistent/program")


def a_preparation_that_takes_long_is_told_in_part():
    """Without a call the loop needs no time of the tracer."""
    script = "import os, time\nif os.fork() == 0:\n    try: os.execv('/nosuch/x', ['x'])\n    except OSError: os.chdir('/usr')\n" \
             "    end = time.monotonic() + 2.1\n    while time.monotonic() < end: pass\n" \
             "    os.chdir('/')\n    os.execv('/bin/true', ['true'])\nos.wait()"
    log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
    recipe, = log.of("recipe")
    equal((recipe["execed"], recipe["partial"]), (True, True), "how it ended")
    equal([step["path"] for step in recipe["steps"]], ["/usr"], "its steps")
    check(recipe["descriptors"], "what the program gets is known all the same")
    equal([e["path"] for e in log.of("exec_failed")], ["/nosuch/x"], "failed execs")


def a_recipe_tells_how_a_program_was_prepared():
    script = "import os, subprocess; subprocess.run(['cat'], stdin=subprocess.PIPE, cwd='/', start_new_session=True)"
    log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
    recipe = next(e for e in log.of("recipe") if e["execed"])
    actions = {step["action"]: step for step in recipe["steps"]}
    equal(actions["chdir"]["path"], "/", "directory")
    check("setsid" in actions and recipe["new_session"], "no new session")
    dup = next(step for step in recipe["steps"] if step["action"] == "dup")
    equal(dup["to"], 0, "standard input")
    stdin = next(fd["target"] for fd in recipe["descriptors"] if fd["fd"] == 0)
    check(stdin.startswith("pipe:"), stdin)
    check(recipe["seq"] < next(e["seq"] for e in log.of("exec") if e["pid"] == recipe["pid"]), "told after its exec")


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


def only_of_processes_attached_to_in_any_order():
    with tempfile.TemporaryDirectory() as folder, shells_and_sleeper() as (target, inner, sleeper):
        there = os.path.join(folder, "log")
        tracer = subprocess.Popen([TRACER, "--json", "-o", there, "--only", f"pid={sleeper}", "-p", f"{sleeper},{inner},{target.pid}"])
        wait_until(lambda: status_field(target.pid, "TracerPid") == str(tracer.pid), "attached")
        for pid in (target.pid, sleeper):
            os.kill(pid, signal.SIGKILL)
        equal(tracer.wait(20), 0, "status")
        with open(there, encoding="utf-8") as log:
            events = [json.loads(line) for line in log]
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
    with tempfile.TemporaryDirectory() as folder, shells_and_sleeper() as (target, inner, sleeper):
        there = os.path.join(folder, "log")
        tracer = subprocess.Popen([TRACER, "--json", "-o", there, "--tree", "--only", f"name=sleep and tree={inner}", "-p", str(target.pid)])
        wait_until(lambda: status_field(sleeper, "TracerPid") == str(tracer.pid), "attached")
        for pid in (target.pid, sleeper):
            os.kill(pid, signal.SIGKILL)
        equal(tracer.wait(20), 0, "status")
        with open(there, encoding="utf-8") as log:
            events = [json.loads(line) for line in log]
    equal({e["pid"] for e in events if e["type"] == "attach"}, {target.pid, inner, sleeper}, "attached")
    equal({e["pid"]: e.get("signal") for e in events if e["type"] == "exit"},
          {target.pid: "SIGKILL", inner: None, sleeper: "SIGKILL"}, "ends")
    check(not any(e.get("pid") == inner and e["type"] == "signal" for e in events), "a signal of an ancestor")


def a_query_that_cannot_be_answered_is_refused():
    for query, words in (("cpu>3", ["'cpu' cannot be asked"]), ("nme=3", ["no field 'nme'", "did you mean 'name'?"]),
                         ("name=ls or orphan", ["'orphan' cannot be asked"]), ("name=(", ["must be quoted"])):
        one_line(run("--only", query, "true"), 2, *words)


SEEN_FROM_INSIDE = """import ctypes, os, re
death = ctypes.c_int()
ctypes.CDLL(None).prctl(2, ctypes.byref(death))
with open('/proc/self/status') as status:
    masks = re.findall('(?:Sig[PBIC]|ShdP|PPid).*', status.read())
print(os.getppid(), os.getpgrp(), os.getsid(0), death.value, os.listdir('/proc/self/fd'), masks, os.environ.get('A'))
with open(f'/proc/self/task/{os.getpid()}/children') as children:
    print('children:', children.read())"""


def asked_to_die_with_its_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGUSR1)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})


def a_detached_tracer_leaves_the_program_to_its_caller():
    inside = [sys.executable, "-c", SEEN_FROM_INSIDE]
    with tempfile.TemporaryDirectory() as folder:
        there = os.path.join(folder, "log")
        options = {"check": True, "stdout": subprocess.PIPE, "preexec_fn": asked_to_die_with_its_parent, "env": {**os.environ, "A": "b"}}
        plain = subprocess.run(inside, **options)
        traced = subprocess.run([TRACER, "-D", "--json", "-o", there, *inside], **options)
        equal(traced.stdout, plain.stdout, "what the program sees")
        check(traced.stdout.startswith(f"{os.getpid()} ".encode()), "its parent")
        events = wait_until(lambda: finished_log(there), "the end of the log")
        equal(events[1]["ppid"], os.getpid(), "parent in the log")
        equal(events[-1]["code"], 0, "status in the log")


def finished_log(path):
    with open(path, encoding="utf-8") as log:
        lines = log.read().splitlines()
    return [json.loads(line) for line in lines] if lines and lines[-1].startswith('{"type":"end"') else None


def a_detached_tracer_hands_on_every_status():
    for command, status in (("exit 7", 7), ("kill -KILL $$", -signal.SIGKILL), ("kill -TERM $$", -signal.SIGTERM)):
        equal(run("-D", "-o", "/dev/null", "sh", "-c", command).returncode, status, command)
    one_line(run("-D", "no-such-program-anywhere"), 127, "not found")
    one_line(run("-D", "-o", "/nonexistent/log", "true"), 125, "/nonexistent/log")
    one_line(run("-D", "-p", "1"), 2, "-D")


def a_detached_tracer_does_not_hold_the_output_open():
    with tempfile.TemporaryDirectory() as folder:
        hold = os.path.join(folder, "hold")
        os.mkfifo(hold)
        there = os.path.join(folder, "log")
        script = f"(read line <{hold}) >/dev/null 2>&1 & exit 0"
        done = subprocess.run([TRACER, "-D", "--json", "-o", there, "sh", "-c", script], check=True, stdout=subprocess.PIPE, timeout=20)
        equal(done.stdout, b"", "the end of its output, while its child lives")
        equal(finished_log(there), None, "the log goes on")
        with open(hold, "w", encoding="ascii") as fifo:
            fifo.write("\n")
        events = wait_until(lambda: finished_log(there), "the end of the log")
        equal(len([e for e in events if e["type"] == "exit"]), 2, "ends")


def the_audit_tells_before_from_leaked():
    with tempfile.TemporaryFile() as lock:
        script = f"exec 9</dev/null; ls >/dev/null; true >/dev/fd/{lock.fileno()}; exit 0"
        done = run("--fd-audit", "sh", "-c", script, pass_fds=[lock.fileno()])
        log = Traced(TRACER, ["--fd-audit"], ["sh", "-c", script], pass_fds=[lock.fileno()])
        first, second = log.of("inherited")[:2]
        equal([(d["fd"], d["before"], d["leak"]) for d in first["descriptors"]], [(lock.fileno(), True, False)], "of sh")
        of_ls = {d["fd"]: d for d in second["descriptors"]}
        equal((of_ls[9]["leak"], of_ls[9]["target"], of_ls[9]["opener"]), (True, "/dev/null", first["pid"]), "of ls")
        equal(of_ls[lock.fileno()]["execs"], 2, "execs")
        stories = {story["fd"]: story for story in log.of("fd_audit")}
        equal((stories[9]["leaked"], stories[9]["execs"], stories[9]["at_exit"]), (True, 1, 1), "story of 9")
        equal([h["pid"] for h in stories[9]["holders"]], [second["pid"]], "who had 9")
        check(stories[lock.fileno()]["before"], "the story of what was open before")
        equal([e["seq"] for e in log.events[1:-1]], list(range(1, len(log.events) - 1)), "numbers")
        equal(log.events[-1]["events"], len(log.events) - 2, "count at the end")
    check("LEAKED" in done.stderr and "fd 9   /dev/null" in done.stderr and "OPEN FROM BEFORE" in done.stderr, done.stderr)


def the_audit_counts_open_files():
    """Not descriptors: a duplicate is no other open file, and one of the caller's standard output is the caller's."""
    script = "import os\nfd = os.open('/dev/null', os.O_RDONLY)\nfor to in (fd, os.dup(fd), os.dup(1)): os.set_inheritable(to, True)\n" \
             "pid = os.fork()\nif pid == 0: os.execlp('true', 'true')\nos.waitpid(pid, 0)"
    log = Traced(TRACER, ["--fd-audit"], [sys.executable, "-c", script])
    equal(len([d for d in log.of("inherited")[-1]["descriptors"] if d["leak"]]), 2, "descriptors that leaked")
    stories = [(e["target"], e["execs"], e["at_exit"], len(e["holders"])) for e in log.of("fd_audit") if not e["before"]]
    equal(stories, [("/dev/null", 1, 1, 1)], "stories")


def the_audit_folds_many_leaks_in_text():
    script = "import os\nfor i in range(30): os.set_inheritable(os.open('/dev/null', os.O_RDONLY), True)\n" \
             "pid = os.fork()\nif pid == 0: os.execlp('true', 'true')\nos.waitpid(pid, 0)"
    done = run("--fd-audit", sys.executable, "-c", script)
    folded = [line for line in done.stderr.splitlines() if "/dev/null (30 of them)" in line]
    equal(len(folded), 2, f"lines, at the exec and at the end, of {done.stderr}")
    check("each leaked to 1 exec" in folded[1], folded[1])
    log = Traced(TRACER, ["--fd-audit"], [sys.executable, "-c", script])
    equal(len([d for d in log.of("inherited")[-1]["descriptors"] if d["leak"]]), 30, "descriptors in JSON")


def the_audit_names_calls_that_receive():
    script = "import os, socket, subprocess\na, b = socket.socketpair()\nif os.fork() == 0:\n" \
             "    socket.send_fds(a, [b'x'], [os.open('/etc/passwd', os.O_RDONLY)]); os._exit(0)\n" \
             "fd = socket.recv_fds(b, 1, 1)[1][0]\nos.set_inheritable(fd, True)\nos.set_inheritable(a.fileno(), True)\n" \
             "subprocess.run(['true'], close_fds=False)"
    options = ["--fd-audit", "-e", "recvmsg,socketpair"]
    calls = {d["opened_by_call"] for e in Traced(TRACER, options, [sys.executable, "-c", script]).of("inherited") for d in e["descriptors"]}
    check({"recvmsg", "socketpair"} <= calls, f"calls {calls}")
    check(" received by " in run(*options, sys.executable, "-c", script).stderr, "not said to be received")


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


def the_audit_knows_the_call_where_calls_are_seen():
    log = Traced(TRACER, ["--fd-audit", "-e", "openat,dup2,fcntl"], [sys.executable, "-c", "import os, subprocess\n"
                 "os.set_inheritable(os.open('/dev/null', os.O_RDONLY), True)\nsubprocess.run(['true'], close_fds=False)"])
    leak = next(d for e in log.of("inherited") for d in e["descriptors"] if d["leak"])
    equal((leak["target"], leak["opened_by_call"]), ("/dev/null", "openat"), "leak")
    log = Traced(TRACER, ["--fd-audit", "-e", "openat"], [sys.executable, "-c", "import os, socket, subprocess\n"
                 "fd = os.open('/dev/null', os.O_RDONLY)\nos.close(fd)\ns = socket.socket()\nassert s.fileno() == fd\n"
                 "os.set_inheritable(fd, True)\nsubprocess.run(['true'], close_fds=False)"])
    leak = next(d for e in log.of("inherited") for d in e["descriptors"] if d["leak"])
    equal((leak["fd_type"], leak.get("opened_by_call")), ("socket", None), "a number that was used before")


def nothing_leaks_from_the_tracer():
    done = run("--fd-audit", "--events=none", "sh", "-c", "ls >/dev/null", close_fds=True)
    equal(done.stderr, "no descriptor but 0 to 2 crossed an exec\n", "table")


def a_search_in_path_is_one_failed_exec():
    script = "import os; os.fork() or os.execvpe('nowhere', ['nowhere'], {'PATH': '/aa:/bb:/cc'}); os.wait()"
    for options in (["--recipe"], ["-e", "trace=none,execve"]):
        log = Traced(TRACER, options, [sys.executable, "-c", script])
        failed = [e for e in log.of("exec_failed") if e["path"] == "/cc/nowhere"]
        equal(len(failed), 1, f"failed execs with {options}")
        equal(failed[0]["tried"], ["/aa/nowhere", "/bb/nowhere", "/cc/nowhere"], "tried")
        equal(failed[0]["errno"], "ENOENT", "errno")


def a_search_in_path_fails_as_the_program_is_told():
    """execvp(3) goes on after EACCES, and returns it when nothing was found."""
    with tempfile.TemporaryDirectory() as folder:
        denied = os.path.join(folder, "nowhere")
        os.close(os.open(denied, os.O_CREAT, 0o644))
        script = f"import os; os.fork() or os.execvpe('nowhere', ['nowhere'], {{'PATH': '/aa:{folder}:/bb'}}); os.wait()"
        log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
        failed = [e for e in log.of("exec_failed") if "nowhere" in e["path"]]
    equal([(e["path"], e["errno"]) for e in failed], [(denied, "EACCES")], "what is told")
    equal((failed[0]["tried"], failed[0]["tried_errno"]), (["/aa/nowhere", denied, "/bb/nowhere"], ["ENOENT", "EACCES", "ENOENT"]), "attempts")


def filters_leave_no_gap():
    log = Traced(TRACER, ["--events=exec,exit", "--depth=1"], ["sh", "-c", "(exec env true); ls >/dev/null; exit 3"])
    equal({e["type"] for e in log.events[1:-1]}, {"exec", "exit"}, "types")
    equal([e["seq"] for e in log.events[1:-1]], list(range(1, len(log.events) - 1)), "numbers")
    equal(log.events[-1]["events"], len(log.events) - 2, "count at the end")
    equal(log.done.returncode, 3, "exit status")


def time_and_events_end_the_log_and_not_the_program():
    until_untraced = 'while :; do while read key value; do [ "$key$value" = TracerPid:0 ] && break 2; done </proc/$$/status; done'
    for options, reason in ((["--timeout", "50ms"], "time is up"), (["--max-events", "2"], "enough events")):
        log = Traced(TRACER, options, ["sh", "-c", f"{until_untraced}; (exit 1); exit 5"])
        equal(log.done.returncode, 5, "exit status")
        equal(log.events[-1]["reason"], reason, "reason")
    equal(log.events[-1]["events"], 2, "events")


def the_program_gets_its_environment_name_and_user():
    log = Traced(TRACER, ["-E", "PTOP_A=a b", "-E", "HOME", "--argv0", "odd", *(["-u", "nobody"] if os.geteuid() == 0 else [])],
                 ["sh", "-c", 'echo "$0|$PTOP_A|$HOME|$(id -un)"'])
    words = log.done.stdout.decode().strip().split("|")
    equal(words[:3], ["odd", "a b", ""], "name and environment")
    check(os.geteuid() != 0 or words[3] == "nobody", f"user {words[3]}")


def a_summary_ends_the_log():
    done = run("-q", "--events=none", "--summary", "sh", "-c", "ls >/dev/null; (exit 4); exit 3")
    lines = done.stderr.splitlines()
    check(lines[0].split() == ["PROCESS", "STATUS", "TIME", "CPU", "RSS"], lines[0])
    check(lines[1].startswith("sh -c") and lines[-1].startswith("3 processes, 2 execs, 2 failed"), done.stderr)
    check("◀" in lines[1] and lines[-2].startswith("◀ the slowest branch"), f"the mark is not explained: {lines}")


def a_summary_of_who_lives_on():
    done = run("--events=exec", "--max-events=2", "--summary", "sh", "-c", "exec sleep 3")
    row = next(line for line in done.stderr.splitlines() if line.startswith("sleep ")).split()
    equal(row[:3], ["sleep", "3", "runs"], "row")
    check("0" not in row[-2:] and "-" not in row[-1:], f"costs {row}")
    done = run("-q", "--events=none", "--only", "name=nosuch", "--summary", "true")
    check("0 processes, 0 execs;" in done.stderr, done.stderr)


def a_table_has_the_calls_before_a_late_match():
    script = "i=0; while [ $i -lt 200 ]; do i=$((i+1)); cd /; done; exit 3"
    for option in ("-c", "-C"):
        done = run(option, "--only", "exit_code=3", "sh", "-c", script)
        row = next(line for line in done.stderr.splitlines() if line.endswith(" chdir")).split()
        equal(row[4], "200", f"{option}: calls")
        check("lost" not in done.stderr, f"{option}: something lost: {done.stderr}")


def a_tracer_without_descriptors_ends_with_125():
    skip_if_sanitized(TRACER, "needs descriptors of its own")
    limit = "ulimit -n 6; exec \"$0\" true"
    done = subprocess.run(["sh", "-c", limit, TRACER], capture_output=True, text=True, timeout=60)
    one_line(done, 125, "cannot start true", "Too many open files")
    one_line(run(""), 127, "'': command not found")


def a_summary_is_as_deep_as_the_log():
    done = run("--depth=0", "--events=none", "--summary", "sh", "-c", "/bin/true; exit 0")
    check("1 process, 1 exec;" in done.stderr and "/bin/true\n" not in done.stderr, done.stderr)


def what_makes_no_sense_is_refused():
    one_line(run("--summary", "--json", "true"), 2, "--summary", "--json")
    one_line(run("-E", "A=b", "-p", "1"), 2, "-E", "-p")
    one_line(run("--events", "exek", "true"), 2, "exek", "exec")
    one_line(run("-e", "signal=TURM", "true"), 2, "TURM", "TERM")
    one_line(run("-e", "status=bad", "true"), 2, "bad")
    one_line(run("--timeout", "5x", "true"), 2, "5x", "10s")
    one_line(run("--max-events", "-3", "true"), 2, "-3")
    one_line(run("-u", "no-such-user", "true"), 2, "no-such-user")


def zombies_are_told_without_descriptors_to_spare():
    program = ("import os; pids = [os.fork() or os._exit(0) for _ in range(40)]; "
               "[os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT) for pid in pids]; [os.waitpid(pid, 0) for pid in pids]")
    limit = ["prlimit", "--nofile=24", TRACER, "--json", "-o"]
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        subprocess.run([*limit, log.name, sys.executable, "-S", "-c", program], check=True, timeout=60)
        events = read_events(log.name)
    root = events[1]["pid"]
    reaped = [(e["how"], e["by"]) for e in events if e["type"] == "reaped"]
    equal(reaped, [("waited", root)] * 40, "who collected the zombies")


def a_daemon_is_recognised():
    with orphan_script("sh -c 'read line <&8' </dev/null >/dev/null 2>&1") as orphan:
        log = Traced(TRACER, [], ["setsid", "sh", "-c", f"cd /; {orphan}"])
    adoption = next(e for e in log.of("reparent"))
    check({"new_session", "no_terminal"} <= set(adoption.get("daemon_signs", [])), str(adoption))
    check("root_directory" in adoption["daemon_signs"], str(adoption))


def calls_are_counted():
    done = run("-c", "-e", "trace=openat,getpid", "sh", "-c", "cat /none/at/all 2>/dev/null; exit 3")
    equal(done.returncode, 3, "exit status")
    lines = done.stderr.splitlines()
    equal(lines[0].split()[-3:], ["calls", "errors", "syscall"], "heading")
    rows = {line.split()[-1]: line.split() for line in lines[1:]}
    check(int(rows["openat"][4]) >= 1 and int(rows["openat"][-2]) >= 1, done.stderr)
    equal(set(rows) - {"getpid"}, {"openat", "total"}, "calls")
    check("exec" not in done.stderr, "a log before the table")


def a_table_behind_the_log_counts_all_calls():
    """Without -e, which says what the log has of them."""
    done = run("-C", "true")
    check("execve" in done.stderr and "exit   0" in done.stderr and "mmap(" not in done.stderr, done.stderr)
    check("mmap(" in run("-C", "-e", "mmap", "true").stderr, "no calls in the log with -e")
    if os.geteuid() != 0:
        own = subprocess.run(["id", "-un"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        done = run("-u", own, "true")
        check(done.returncode == 0 or (done.returncode == 2 and "only root" in done.stderr), f"-u of oneself: {done}")


def the_log_goes_to_a_command():
    with tempfile.TemporaryDirectory() as folder:
        there = os.path.join(folder, "there")
        equal(run("-o", f"|cat >{there}", "sh", "-c", "exit 4").returncode, 4, "exit status")
        with open(there, encoding="utf-8") as log:
            check(log.read().rstrip().splitlines()[-1].split()[2:4] == ["exit", "4"], "the whole log is there")


def a_directory():
    one_line(run("/tmp"), 126, "/tmp", "directory")


def a_file_without_permission():
    with tempfile.NamedTemporaryFile() as file:
        os.chmod(file.name, stat.S_IRUSR | stat.S_IWUSR)
        one_line(run(file.name), 126, file.name)


def script_file(text):
    descriptor, name = tempfile.mkstemp()
    os.write(descriptor, text)
    os.fchmod(descriptor, 0o755)
    os.close(descriptor)
    return name


def a_program_of_another_machine():
    """A shell would take its bytes for commands."""
    with tempfile.TemporaryDirectory() as folder:
        made = os.path.join(folder, "made")
        name = script_file(b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\xf3\x00\n>" + made.encode() + b"\n")
        try:
            one_line(run(name), 126, name, "Exec format error")
            check(not os.path.exists(made), "a shell ran it")
        finally:
            os.unlink(name)


def a_script_without_its_first_line():
    name = script_file(b"exit 6\n")
    try:
        log = Traced(TRACER, [], [name])
        equal(log.done.returncode, 6, "status of the shell")
        equal(log.of("exec")[0]["argv"], ["/bin/sh", name], "argv")
    finally:
        os.unlink(name)


def a_script_with_a_missing_interpreter():
    name = script_file(b"#!/nonexistent/interpreter\n")
    try:
        one_line(run(name), 127, name, "interpreter")
    finally:
        os.unlink(name)


def a_missing_interpreter_is_passed_over_in_path():
    """As execvp(3) does; a file without `#!` is given to a shell under its own name."""
    with tempfile.TemporaryDirectory() as folder:
        def put(place, text):
            os.makedirs(os.path.join(folder, place), exist_ok=True)
            path = os.path.join(folder, place, "xx")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(path, 0o755)
            return path
        first = put("first", "#!/nonexistent/interpreter\n")
        path = ":".join(os.path.join(folder, place) for place in ("first", "second")) + ":" + os.environ["PATH"]
        for how in ([], ["-D"]):
            one_line(run(*how, "xx", env={**os.environ, "PATH": path}), 127, first, "interpreter")
        for text in ("#!/bin/sh\necho $0; exit 3\n", "echo $0; exit 3\n"):
            second = put("second", text)
            for how in (["-o", "/dev/null"], ["-D", "-o", "/dev/null"], ["-e", "execve", "-o", "/dev/null"]):
                done = run(*how, "xx", env={**os.environ, "PATH": path})
                equal((done.returncode, done.stdout, done.stderr), (3, second + "\n", ""), f"status and output with {how}")


def a_script_names_its_interpreter():
    name = script_file(b"#!/bin/sh\nexit 0\n")
    try:
        event = Traced(TRACER, [], [name, "word"]).of("exec")[0]
        equal(event["argv"], ["/bin/sh", name, "word"], "argv")
        check(event["interpreter"].startswith("/"), f"interpreter {event['interpreter']}")
    finally:
        os.unlink(name)


def no_arguments():
    one_line(run(), 2)


def options_of_the_program_are_its_own():
    done = run("-o", "/dev/null", "echo", "--help", "-p", "1")
    equal(done.stdout, "--help -p 1\n", "stdout")


def death_by_signal_is_ours_too():
    equal(run("-o", "/dev/null", "sh", "-c", "kill -TERM $$").returncode, -signal.SIGTERM, "status")
    equal(run("-o", "/dev/null", "sh", "-c", "kill -KILL $$").returncode, -signal.SIGKILL, "status")


def exit_statuses_pass_through():
    for status in (0, 1, 42, 255):
        equal(run("-o", "/dev/null", "sh", "-c", f"exit {status}").returncode, status, "status")


def the_program_sees_its_own_descriptors_and_signals():
    inside = "ls /proc/self/fd; grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status"
    plain = subprocess.run(["sh", "-c", inside], check=True, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    traced = run("-o", "/dev/null", "sh", "-c", inside, stdin=subprocess.DEVNULL)
    equal(traced.stdout, plain.stdout, "descriptors and signals inside")


def an_ignored_signal_stays_ignored():
    plain = subprocess.run(["sh", "-c", "trap '' HUP PIPE TERM; grep SigIgn /proc/self/status"], check=True,
                           stdout=subprocess.PIPE, text=True)
    traced = subprocess.run(["sh", "-c", f"trap '' HUP PIPE TERM; exec {TRACER} -o /dev/null grep SigIgn /proc/self/status"],
                            check=True, stdout=subprocess.PIPE, text=True)
    equal(traced.stdout, plain.stdout, "SigIgn")


SAYS_WHAT_IT_BLOCKS = """
import signal, sys
print(*sorted(str(int(number)) for number in signal.pthread_sigmask(signal.SIG_BLOCK, [])), flush=True)
sys.stdin.readline()
sys.exit(7)
"""


def signals_blocked_by_the_caller_are_the_programs_matter():
    """The tracer's own are heard: the time is up long before the program is asked to end."""
    blocked = {signal.SIGALRM, signal.SIGTERM, signal.SIGINT}
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        tracer = subprocess.Popen([TRACER, "--timeout", "100ms", "--json", "-o", log, sys.executable, "-c", SAYS_WHAT_IT_BLOCKS],
                                  preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, blocked),
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        equal(tracer.stdout.readline().split(), sorted(b"%d" % number for number in blocked), "blocked in the program")
        try:
            wait_until(lambda: os.path.exists(log) and '"reason":"time is up"' in open(log, encoding="utf-8").read(), "the end of the log")
        finally:
            tracer.communicate(b"\n")
        equal(tracer.returncode, 7, "status")


def sigterm_goes_to_the_program():
    tracer = subprocess.Popen([TRACER, "-o", "/dev/null", "sh", "-c", "trap 'exit 9' TERM; echo ready; while :; do sleep 0.05; done"],
                              stdout=subprocess.PIPE)
    equal(tracer.stdout.readline(), b"ready\n", "handshake")
    tracer.terminate()
    equal(tracer.wait(20), 9, "status")
    tracer.stdout.close()


TELLS_ITS_SIGNALS = """
import os, signal, sys
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda number, _: os.write(1, b"%d\\n" % number))
os.write(1, b"ready\\n")
for line in sys.stdin:
    os.kill(0, signal.SIGTERM) if "group" in line else os.write(1, b"here\\n")
sys.exit(5)
"""
TERM, HUP = b"%d\n" % signal.SIGTERM, b"%d\n" % signal.SIGHUP


@contextlib.contextmanager
def job_that_tells_its_signals(*tracer_options):
    """In a process group of its own, with the tracer."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        job = subprocess.Popen([TRACER, "--json", "-o", log, *tracer_options, sys.executable, "-c", TELLS_ITS_SIGNALS],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, start_new_session=True)
        equal(job.stdout.readline(), b"ready\n", "handshake")
        try:
            yield job, log
        finally:
            if job.poll() is None:
                os.killpg(job.pid, signal.SIGKILL)
            job.communicate()


def heard(job, *words):
    for word in words:
        equal(job.stdout.readline(), word, "what the program tells")


def ends_as_the_program(job):
    """And with nothing more in it: each signal was told."""
    equal((job.communicate(timeout=20)[0], job.returncode), (b"", 5), "the rest and the status")


def last_event(log):
    with open(log, encoding="utf-8") as lines:
        return lines.read().rstrip().rpartition("\n")[2]


def a_program_that_signals_its_group_hears_it_once():
    for options in ([], ["-D"], ["--max-events", "1"]):
        with job_that_tells_its_signals(*options) as (job, _):
            for _ in range(3):
                job.stdin.write(b"group\n")
                heard(job, TERM)
                job.stdin.write(b"\n")
                heard(job, b"here\n")
            ends_as_the_program(job)


def a_signal_to_the_whole_group_is_no_request_to_the_tracer():
    """As timeout(1) does it: to the one it started, and to the group."""
    with job_that_tells_its_signals() as (job, log):
        job.send_signal(signal.SIGTERM)
        heard(job, TERM)
        for _ in range(3):
            os.killpg(job.pid, signal.SIGTERM)
            heard(job, TERM)
        os.killpg(job.pid, signal.SIGHUP)
        heard(job, HUP)
        job.stdin.write(b"\n")
        heard(job, b"here\n")
        ends_as_the_program(job)
        equal(read_events(log)[-1]["reason"], "exited", "reason")


def timeout_waits_for_a_program_that_tidies_up():
    script = "trap 'echo asked; read line; echo tidied up; exit 5' TERM; echo ready; while :; do sleep 0.05; done"
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        job = subprocess.Popen(["timeout", "3", TRACER, "--json", "-o", log, "sh", "-c", script],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        equal((job.stdout.readline(), job.stdout.readline()), (b"ready\n", b"asked\n"), "handshakes")
        equal((job.communicate(b"\n", timeout=20)[0], job.returncode), (b"tidied up\n", 124), "the rest and the status")
        equal([read_events(log)[-1][key] for key in ("reason", "code")], ["exited", 5], "the end of the log")


def a_signal_sent_twice_detaches_and_the_program_is_waited_for():
    with job_that_tells_its_signals() as (job, log):
        job.send_signal(signal.SIGTERM)
        heard(job, TERM)
        job.send_signal(signal.SIGTERM)
        wait_until(lambda: '"reason":"interrupted"' in last_event(log), "the end of the log")
        job.stdin.write(b"\n")
        heard(job, b"here\n")
        ends_as_the_program(job)


def a_signal_sent_three_times_ends_the_tracer():
    with job_that_tells_its_signals() as (job, log):
        job.send_signal(signal.SIGTERM)
        heard(job, TERM)
        job.send_signal(signal.SIGTERM)
        wait_until(lambda: '"reason":"interrupted"' in last_event(log), "the end of the log")
        job.send_signal(signal.SIGTERM)
        equal(job.wait(20), -signal.SIGTERM, "status of the tracer")
        job.stdin.write(b"\n")
        heard(job, b"here\n")


def attach_and_interrupt_leaves_it_running():
    target = subprocess.Popen(["sh", "-c", "echo ready; read line; exit 7"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    tracer = subprocess.Popen([TRACER, "-p", str(target.pid)], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: status_field(target.pid, "TracerPid") == str(tracer.pid), "attached")
    check(f"{target.pid}" in tracer.stderr.readline(), "the attach line names it")
    tracer.send_signal(signal.SIGINT)
    equal(tracer.wait(20), -signal.SIGINT, "status of the tracer")
    equal(status_field(target.pid, "TracerPid"), "0", "TracerPid")
    check(process_state(target.pid) in "SR", "the target is not stopped")
    target.communicate(b"\n")
    equal(target.returncode, 7, "status of the target")
    tracer.stderr.close()


def attach_to_a_tree_takes_the_descendants():
    with shells_and_sleeper() as (target, inner, sleeper):
        tracer = subprocess.Popen([TRACER, "--tree", "-p", str(target.pid), "-o", "/dev/null"])
        for pid in (target.pid, inner, sleeper):
            wait_until(lambda pid=pid: status_field(pid, "TracerPid") == str(tracer.pid), f"{pid} attached")
        tracer.kill()   # even then nobody stays stopped
        tracer.wait(20)
        for pid in (target.pid, inner, sleeper):
            equal(status_field(pid, "TracerPid"), "0", "TracerPid")
            check(process_state(pid) in "SR", f"{pid} is stopped")


def attach_to_nobody():
    one_line(run("-p", "999999999"), 125, "999999999")


def attach_to_several_names_whom_it_failed_for():
    target = subprocess.Popen(["sh", "-c", "echo ready; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        for look in (["--json"], [], ["--summary"]):
            one_line(run(*look, "-o", log.name, "-p", f"{target.pid},999999999"), 125, "to 999999999: no such process")
            equal(log.read(), "", f"the log with {look}")
    equal(status_field(target.pid, "TracerPid"), "0", "TracerPid")
    first = subprocess.Popen([TRACER, "-o", "/dev/null", "sh", "-c", "echo $$; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    traced = first.stdout.readline().decode().strip()
    one_line(run("-p", f"{target.pid},{traced}"), 125, f"to {traced}: it is traced already, by {first.pid}")
    first.communicate(b"\n")
    target.communicate(b"\n")


def a_zombie_is_told_from_one_that_may_not_be_traced():
    zombie = subprocess.Popen(["true"])
    wait_until(lambda: process_state(zombie.pid) == "Z", "a zombie")
    one_line(run("-p", str(zombie.pid)), 125, str(zombie.pid), "ended already", "zombie")
    zombie.wait()


def ancestors_and_ourselves_are_refused():
    one_line(run("-p", str(os.getpid())), 125, str(os.getpid()), "ancestor")
    one_line(run("-p", str(os.getppid())), 125, "ancestor")
    equal(status_field(os.getpid(), "TracerPid"), status_field(os.getppid(), "TracerPid"), "TracerPid")


def a_process_that_is_traced_already_says_by_whom():
    first = subprocess.Popen([TRACER, "-o", "/dev/null", "sh", "-c", "echo $$; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    pid = first.stdout.readline().decode().strip()
    one_line(run("-p", pid), 125, pid, "traced already", f"{first.pid} (ptrace-fork)")
    first.communicate(b"\n")


def a_reader_that_leaves_does_not_hurt_the_program():
    with tempfile.TemporaryDirectory() as folder:
        mark = os.path.join(folder, "mark")
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = subprocess.run([TRACER, "-o", f"/dev/fd/{write_end}", "sh", "-c", f"ls >/dev/null; ls >/dev/null; echo done >{mark}; exit 5"],
                              check=False, pass_fds=[write_end], stderr=subprocess.PIPE, timeout=60)
        os.close(write_end)
        equal(done.returncode, 5, f"status, stderr {done.stderr}")
        check(os.path.exists(mark), "the program did not get to its end")


def a_full_disk_is_said_and_does_not_hurt_the_program():
    done = run("-o", "/dev/full", "sh", "-c", "ls >/dev/null; exit 5")
    equal(done.returncode, 5, "status")
    check("No space left" in done.stderr, done.stderr)


def a_file_beside_the_log_is_minded_as_the_log_is():
    done = run("-o", "/dev/null", "--json-file", "/dev/full", "sh", "-c", "ls >/dev/null; exit 5")
    one_line(done, 5, "/dev/full: No space left")
    for how in ([], ["-D"]):
        one_line(run(*how, "--json-file", "/nonexistent/log", "true"), 125, "/nonexistent/log")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        equal(run("-D", "-o", "/dev/null", "--json-file", log.name, "true").returncode, 0, "status")
        wait_until(lambda: finished_log(log.name), "the log beside")
    target = subprocess.Popen(["sh", "-c", "echo ready; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    one_line(run("-o", "/dev/null", "--json-file", "/dev/full", "-p", str(target.pid)), 125, "/dev/full")
    target.communicate(b"\n")


def one_file_for_the_log_and_json_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        there, absent, link = (os.path.join(folder, name) for name in ("there", "absent", "link"))
        with open(there, "w", encoding="ascii") as file:
            file.write("kept\n")
        os.symlink(there, link)
        for log, json_file in ((there, there), (there, link), (absent, absent), (absent, f"{folder}/./absent")):
            one_line(run("-o", log, "--json-file", json_file, "true"), 2, "--json-file", os.path.basename(json_file))
        done = run("--strace", "-o", there, "--json-file", link, "true")
        equal((done.returncode, len(done.stderr.splitlines())), (2, 1), "in strace's dialect")
        with open(there, "r+", encoding="ascii") as stderr:
            equal(subprocess.run([TRACER, "--json-file", there, "true"], stderr=stderr, check=False, timeout=60).returncode, 2, "of standard error")
        check(not os.path.exists(absent), "it was made")
        for log, json_file in ((there, absent), ("/dev/null", "/dev/null"), ("|cat >/dev/null", there)):
            equal(run("-o", log, "--json-file", json_file, "true").returncode, 0, f"{log} and {json_file}")


def status_unheard(*command):
    """With a full standard error, with one that nobody reads, and without any."""
    reader, writer = os.pipe()
    os.close(reader)
    with open("/dev/full", "wb") as full, open(writer, "wb") as unread:
        have = [subprocess.run([TRACER, *command], check=False, timeout=60, stderr=place).returncode for place in (full, unread)]
    return have + [subprocess.run([TRACER, *command], check=False, timeout=60, preexec_fn=lambda: os.close(2)).returncode]


def messages_that_cannot_be_written_do_not_hurt():
    for status, command in ((3, ["sh", "-c", "ls >/dev/null; exit 3"]), (3, ["-o", "/dev/full", "sh", "-c", "exit 3"]),
                            (127, ["nonexistent-program"]), (127, ["-D", "nonexistent-program"]), (125, ["-p", "999999999"]),
                            (125, ["-o", "/nonexistent/log", "true"]), (2, ["-e", "trace=opnat", "true"])):
        equal(status_unheard(*command), [status] * 3, f"statuses of {command}")


def closed_standard_descriptors_stay_closed():
    """And the tracer's own do not get their numbers: its messages would go into its log."""
    with tempfile.TemporaryDirectory() as folder:
        def seen(missing, *before):
            out, log = os.path.join(folder, "out"), os.path.join(folder, "log")
            script = f"for fd in 0 1 2; do [ -e /proc/self/fd/$fd ] && echo $fd >>{out}; done; exit 4"
            open(out, "w", encoding="utf-8").close()
            done = subprocess.run([*before, "sh", "-c", script], check=False, timeout=60, stdin=subprocess.DEVNULL,
                                  preexec_fn=lambda: [os.close(fd) for fd in missing])
            equal(done.returncode, 4, f"status of {before} without {missing}")
            if before:
                wait_until(lambda: finished_log(log), f"the log of {before} without {missing}")
                os.unlink(log)
            with open(out, encoding="utf-8") as lines:
                return lines.read().split()
        for missing in ((0,), (1,), (2,), (0, 1), (0, 1, 2)):
            plain = seen(missing)
            for how in ([], ["-D"]):
                equal(seen(missing, TRACER, *how, "--json", "-o", os.path.join(folder, "log")), plain, f"open with {how} without {missing}")


def system_calls_as_strace_shows_them():
    if not any(os.access(os.path.join(d, "strace"), os.X_OK) for d in os.environ["PATH"].split(":")):
        raise Skip("no strace")
    calls = ["-e", "trace=openat,read,close"]
    with tempfile.TemporaryDirectory() as folder:
        theirs = os.path.join(folder, "strace")
        subprocess.run(["strace", *calls, "-o", theirs, "cat", "/etc/hostname"], check=True, stdout=subprocess.PIPE)
        ours = run(*calls, "cat", "/etc/hostname")
        with open(theirs, encoding="utf-8") as log:
            want = [line.rstrip() for line in log if not line.startswith("+++")]
    have = [line.split(maxsplit=2)[2] for line in ours.stderr.splitlines() if "(" in line and ") " in line and "=" in line]
    have = [" ".join(line.split()) for line in have if line.split("(")[0] in ("openat", "read", "close")]
    equal(have, [" ".join(line.split()) for line in want], "calls")


def a_program_whose_file_may_not_be_read():
    """Nobody but root may look into it (execve(2), would_dump): it is not dead, and it has a name."""
    as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        program = os.path.join(folder, "unreadable")
        with open(shutil.which("true"), "rb") as file, open(program, "wb") as copy:
            copy.write(file.read())
        os.chmod(program, 0o111)
        script = f"{program} a b; env A=b true"
        for more in ([], ["--summary"]):
            done = subprocess.run([*as_nobody, TRACER, *more, "sh", "-c", script], check=False, stderr=subprocess.PIPE, text=True, timeout=60)
            equal(done.returncode, 0, f"status, stderr {done.stderr}")
            check("unreadable (a file that may not be read" in done.stderr and "killed" not in done.stderr, done.stderr)
        check(any(line.lstrip("├─└ ").startswith("unreadable ") for line in done.stderr.splitlines()), f"no row: {done.stderr}")
        done = subprocess.run([*as_nobody, TRACER, "--json", "-o", os.path.join(folder, "log"), "sh", "-c", script], check=True, timeout=60)
        with open(os.path.join(folder, "log"), encoding="utf-8") as log:
            execs = [event for event in map(json.loads, log) if event.get("type") == "exec"]
        equal([event["argv"] is None for event in execs], [False, True, False, False], "execs without arguments")
        equal((execs[1]["unavailable"], execs[1]["comm"]), ({"argv": "denied", "cwd": "denied"}, "unreadable"), "why, and its name")


def a_script_by_its_descriptor():
    """execveat(2) with AT_EMPTY_PATH: the kernel calls it /dev/fd/N, which for us would be our own."""
    program = "import os, sys; fd = os.open(sys.argv[1], os.O_RDONLY); os.set_inheritable(fd, True); os.execve(fd, ['a'], os.environ)"
    script = script_file(b"#!/bin/sh\nexit 3\n")
    log = Traced(TRACER, [], [sys.executable, "-c", program, script])
    os.unlink(script)
    equal(log.done.returncode, 3, "status")
    told = log.of("exec")[-1]
    check(told["filename"].startswith("/dev/fd/"), told)
    equal(told["interpreter"], os.path.realpath("/bin/sh"), "its interpreter")


def traced_itself_it_says_by_whom():
    done = run("-o", "/dev/null", TRACER, "true")
    equal(done.returncode, 125, "status")
    check("ptrace-fork is traced itself, by " in done.stderr, done.stderr)


def without_utf8_it_draws_with_ascii():
    command = ["--summary", "sh", "-c", "ls / >/dev/null; exit 0"]
    for locale, ascii_only in (("C", True), ("en_US.ISO-8859-1", True), ("C.UTF-8", False)):
        said = run(*command, env={**os.environ, "LC_ALL": locale}).stderr
        equal(said.isascii(), ascii_only, f"only ASCII with {locale}: {said}")


def verbose_tells_the_whole_environment():
    assignments = [f"V{i}={'v' * 60}{i}" for i in range(12)]
    for more in ([], ["-v"]):
        said = run(*more, "sh", "-c", " ".join(assignments) + " env true").stderr
        equal([f"+{a}" in said for a in assignments], [bool(more)] * 12, f"whole variables with {more}")


def wrong_sets_are_refused():
    one_line(run("-e", "trace=opnat", "true"), 2, "opnat", "openat")


if __name__ == "__main__":
    exit_with([case for name, case in list(globals().items())
               if callable(case) and getattr(case, "__module__", "") == "__main__" and not name.startswith("_")
               and name not in ("asked_to_die_with_its_parent", "ends_as_the_program", "finished_log", "heard", "job_that_tells_its_signals", "last_event",
                                "orphan_script", "run", "one_line", "script_file", "shells_and_sleeper", "status_unheard")])
