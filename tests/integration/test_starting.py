#!/usr/bin/env python3
"""How ptrace-fork starts a program: what it finds, refuses and hands on, also with -D.

usage: test_starting.py TRACER
"""
import ctypes
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

from support import Traced, check, equal, skip_if_sanitized, wait_until
from tracer import TRACER, exit_with_own_cases, finished_log, one_line, run, script_file


def a_missing_program():
    one_line(run("no-such-program-anywhere"), 127, "no-such-program-anywhere", "not found")
    one_line(run("/nonexistent/program"), 127, "/nonexistent/program")

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


def a_search_in_path_is_one_failed_exec():
    script = "import os; os.fork() or os.execvpe('nowhere', ['nowhere'], {'PATH': '/aa:/bb:/cc'}); os.wait()"
    for options in (["--recipe"], ["-e", "trace=none,execve"]):
        log = Traced(TRACER, options, [sys.executable, "-c", script])
        failed = [e for e in log.of("exec_failed") if e["path"] == "/cc/nowhere"]
        equal(len(failed), 1, f"failed execs with {options}")
        equal(failed[0]["tried"], ["/aa/nowhere", "/bb/nowhere", "/cc/nowhere"], "tried")
        equal(failed[0]["errno"], "ENOENT", "errno")


def paths_that_are_none_are_no_search():
    script = "import ctypes, os\nif os.fork() == 0:\n    c = ctypes.CDLL(None); c.execve(b'', None, None); c.execve(ctypes.c_void_p(8), None, None)\n" \
             "    os.execv('/bin/true', ['true'])\nos.wait()"
    log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
    equal([(e["path"], e["errno"], "tried" in e) for e in log.of("exec_failed")], [("", "ENOENT", False), ("", "EFAULT", False)], "failed execs")


def a_recipe_counts_execs_that_fail():
    def calls(attempts):
        script = f"import os\nif os.fork() == 0:\n    for i in range({attempts}):\n        try: os.execv('/nosuch/x', ['x'])\n" \
                 "        except OSError: pass\n    os.execv('/bin/true', ['true'])\nos.wait()"
        log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
        return next(e["calls"] for e in log.of("recipe") if e["execed"])
    more = calls(120) - calls(20)
    check(100 <= more <= 110, f"calls for 100 attempts: {more}")


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


def the_program_gets_its_environment_name_and_user():
    log = Traced(TRACER, ["-E", "PTOP_A=a b", "-E", "HOME", "--argv0", "odd", *(["-u", "nobody"] if os.geteuid() == 0 else [])],
                 ["sh", "-c", 'echo "$0|$PTOP_A|$HOME|$(id -un)"'])
    words = log.done.stdout.decode().strip().split("|")
    equal(words[:3], ["odd", "a b", ""], "name and environment")
    check(os.geteuid() != 0 or words[3] == "nobody", f"user {words[3]}")


def a_tracer_without_descriptors_ends_with_125():
    skip_if_sanitized(TRACER, "needs descriptors of its own")
    for most, words in ((6, "cannot start true"), (4, "cannot read /proc")):
        limit = f"ulimit -n {most}; exec \"$0\" true"
        done = subprocess.run(["sh", "-c", limit, TRACER], capture_output=True, text=True, timeout=60)
        one_line(done, 125, words, "Too many open files")
    one_line(run(""), 127, "'': command not found")


def what_makes_no_sense_is_refused():
    one_line(run("--summary", "--json", "true"), 2, "--summary", "--json")
    one_line(run("-E", "A=b", "-p", "1"), 2, "-E", "-p")
    one_line(run("--events", "exek", "true"), 2, "exek", "exec")
    one_line(run("-e", "signal=TURM", "true"), 2, "TURM", "TERM")
    one_line(run("-e", "status=bad", "true"), 2, "bad")
    one_line(run("--timeout", "5x", "true"), 2, "5x", "10s")
    one_line(run("--max-events", "-3", "true"), 2, "-3")
    one_line(run("-u", "no-such-user", "true"), 2, "no-such-user")


def a_directory():
    one_line(run("/tmp"), 126, "/tmp", "directory")


def a_file_without_permission():
    with tempfile.NamedTemporaryFile() as file:
        os.chmod(file.name, stat.S_IRUSR | stat.S_IWUSR)
        one_line(run(file.name), 126, file.name)


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


def the_program_sees_its_own_descriptors_and_signals():
    inside = "ls /proc/self/fd; grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status"
    plain = subprocess.run(["sh", "-c", inside], check=True, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    traced = run("-o", "/dev/null", "sh", "-c", inside, stdin=subprocess.DEVNULL)
    equal(traced.stdout, plain.stdout, "descriptors and signals inside")


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


def wrong_sets_are_refused():
    one_line(run("-e", "trace=opnat", "true"), 2, "opnat", "openat")


if __name__ == "__main__":
    exit_with_own_cases(globals(), [asked_to_die_with_its_parent])
