#!/usr/bin/env python3
"""--fd-audit: which descriptors leaked, and whose they are.

usage: test_fd_audit.py TRACER
"""
import sys
import tempfile

from support import Traced, check, equal
from tracer import TRACER, exit_with_own_cases, run


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


if __name__ == "__main__":
    exit_with_own_cases(globals())
