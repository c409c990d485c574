#!/usr/bin/env python3
"""Pids of a program in a pid namespace of its own, with those of the tracer's and with command names, as strace prints them.

usage: test_pid_namespaces.py TRACER
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

CALLS = "kill,getpid,gettid,getppid,getpgrp,getpgid,getsid,setsid,setpgid,wait4,waitid,getpriority,prlimit64,sched_getscheduler,tgkill,fcntl,getsockopt,ioprio_get"
PROGRAM = r"""
import ctypes, fcntl, os, resource, signal, socket, struct, sys, threading
call, me = ctypes.CDLL(None).syscall, os.getpid()
signal.signal(signal.SIGUSR1, lambda *_: None)
os.setpgid(0, 0), os.getpgrp(), os.getpgid(me), os.getsid(0), os.getppid(), os.kill(me, signal.SIGUSR1), os.kill(-me, 0)
os.getpriority(os.PRIO_PROCESS, me), os.getpriority(os.PRIO_PGRP, me), os.getpriority(os.PRIO_USER, 0)
call(252, 1, me), call(252, 2, me), resource.prlimit(me, resource.RLIMIT_NOFILE), os.sched_getscheduler(me)
end, _ = os.pipe()
fcntl.fcntl(end, fcntl.F_SETOWN, -me), fcntl.fcntl(end, fcntl.F_SETOWN, me), fcntl.fcntl(end, fcntl.F_GETOWN)
[fcntl.fcntl(end, 15, struct.pack("ii", kind, me)) for kind in (0, 1, 2)], fcntl.fcntl(end, 16, bytes(8))
one, other = socket.socketpair()
one.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
thread = threading.Thread(target=lambda: call(234, me, threading.get_native_id(), 0))
thread.start(), thread.join()
child = os.fork()
if child == 0:
    os.getppid(), os.setsid(), os._exit(3)
os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT), os.waitpid(child, 0)
for ask in (lambda: os.kill(child, 0), lambda: os.waitid(os.P_PGID, me, os.WEXITED), lambda: os.waitpid(-me, 0)):
    try:
        ask()
    except OSError:
        pass
"""
INSIDE = "echo 54320 >/proc/sys/kernel/ns_last_pid; \"$@\"; exit $?"


def namespaces():
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *user, "--pid", "--fork", "--mount-proc", "--kill-child"]


def lines_of(tracer, options, folder):
    """Pids of the tracer's namespace by the order in which they appear."""
    log, program = os.path.join(folder, "log"), os.path.join(folder, "program.py")
    with open(program, "w", encoding="utf-8") as out:
        out.write(PROGRAM)
    command = [*tracer, "-f", "-e", "trace=" + CALLS, *options, "-o", log, *namespaces(), "sh", "-c", INSIDE, "sh", sys.executable, "-S", "-E", program]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=60)
    with open(log, encoding="utf-8") as text:
        lines = text.read().split("\n")
    labels = {}
    for line in lines:
        if line:
            labels.setdefault(re.split("[ <]", line)[0], f"P{len(labels)}")
    pids = re.compile(r"\b(" + "|".join(labels) + r")\b")
    by_task = {}
    for line in lines:
        task, _, rest = pids.sub(lambda pid: labels[pid.group(1)], line).partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            by_task[task, "open"] = [rest[:-len("<unfinished ...>")].rstrip()]
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>", rest)
        if resumed:
            rest = " ".join([*by_task.pop((task, "open")), rest[resumed.end():].lstrip()])
        rest = re.sub(r"\) +=", ") =", rest.replace("( ", "("))
        rest = re.sub(r"^(wait4\(P\d+)<[^>]*>", r"\1<>", rest)   # the child may have execed by then, or not
        rest = re.sub(r"0x[0-9a-f]{6,}", "ADDRESS", re.sub(r"(si_[us]time=)\d+(?: /\* [\d.]+ s \*/)?", r"\1N", rest))
        by_task.setdefault(task, []).append(rest)
    return [f"{task} {line}" for task, lines in sorted(by_task.items(), key=str) for line in lines if "getppid() = 0" not in line]


def main():
    tracer = sys.argv[1]
    if not shutil.which("strace") or subprocess.run([*namespaces(), "true"], check=False, stderr=subprocess.DEVNULL).returncode != 0:
        print("skipped: no strace, or no namespaces of one's own here")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        for options in (["--decode-pids=pidns"], ["-Y"], ["--decode-pids=comm,pidns"]):
            theirs = lines_of(["strace"], options, folder)
            ours = lines_of([tracer, "--strace"], options, folder)
            notes = sum("in strace's PID NS" in line for line in theirs)
            assert (notes > 20) == ("pidns" in options[0]), f"{options}: only {notes} lines of strace's have a note"
            differing = [(a, b) for a, b in zip(theirs, ours) if re.sub(r"<(?:strace|ptrace-fork)>", "", a) != re.sub(r"<(?:strace|ptrace-fork)>", "", b)]
            assert not differing and len(theirs) == len(ours), f"{options}: {len(theirs)} and {len(ours)} lines\n" + "\n".join(
                f"  strace {a}\n  ours   {b}" for a, b in differing[:8])
            print(f"{options[0]}: {len(ours)} lines, {notes} with a note, all the same")


if __name__ == "__main__":
    main()
