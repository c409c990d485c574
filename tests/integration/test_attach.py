#!/usr/bin/env python3
"""Attaching to a tree that keeps forking: everybody is caught, and afterwards everybody runs.

usage: test_attach.py TRACER FORKING_TREE LEADERLESS [--workers N] [--threads N] [--cycles N]
"""
import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from support import FAMILY as FAMILY_CALLS, Skip, Traced, check, children_of, equal, exit_with, not_free, skip_if_sanitized, status_field, wait_until

parser = argparse.ArgumentParser()
parser.add_argument("tracer")
parser.add_argument("tree")
parser.add_argument("leaderless")
parser.add_argument("--workers", type=int, default=40)
parser.add_argument("--threads", type=int, default=5)
parser.add_argument("--cycles", type=int, default=8)
options = parser.parse_args()


class Tree:
    def __enter__(self):
        self.process = subprocess.Popen([options.tree, str(options.workers), str(options.threads)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.pid = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.last_words = self.process.stdout.read()
        self.process.wait(30)


def attach(tree, log):
    return subprocess.Popen([options.tracer, "--json", "-o", log, "--tree", "-p", str(tree.pid)])


def read(log):
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_attached(tree, log):
    """The tracer tells of everybody once all are seized."""
    with open(log, encoding="utf-8") as lines:
        return sum('"attach"' in line for line in lines) > options.workers


def whoever_is_born_later_is_traced_and_told():
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        with Tree() as tree:
            tracer = attach(tree, log)
            wait_until(lambda: os.path.exists(log) and is_attached(tree, log), "everybody attached", 60)
            before = births_in(log)
            os.kill(tree.pid, signal.SIGUSR1)
            wait_until(lambda: births_in(log) > before + 6 * options.workers, "births", 60)
        equal(tracer.wait(60), 0, "exit status of the tracer")
        events = read(log)
    words = tree.last_words.split()
    born, untraced = int(words[1]), int(words[3])
    check(born > options.workers, f"only {born} were born")
    equal(untraced, 0, f"untraced of {born}")
    told = sum(e["type"] in ("fork", "vfork", "clone") and not e["thread"] for e in events[1:-1])
    check(told >= born, f"{told} births told of {born}")
    equal(events[-1]["lost"], 0, "lost")
    ends = {(e["pid"], e["start"]) for e in events if e["type"] == "exit"}
    births = {(e["child"], e["child_start"]) for e in events if e["type"] == "fork"}
    equal(births - ends, set(), "born and never ended")


def births_in(log):
    with open(log, encoding="utf-8") as lines:
        return sum('"type":"fork"' in line for line in lines)


def read_whole_lines(log):
    with open(log, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.endswith("\n")]


def after_every_detach_all_run_untraced():
    with tempfile.TemporaryDirectory() as folder, Tree() as tree:
        for cycle in range(options.cycles):
            log = os.path.join(folder, f"{cycle}.jsonl")
            tracer = attach(tree, log)
            wait_until(lambda log=log: os.path.exists(log) and is_attached(tree, log), "everybody attached", 60)
            tracer.send_signal((signal.SIGINT, signal.SIGTERM)[cycle % 2])
            tracer.wait(60)
            equal(read(log)[-1]["type"], "end", "last record")
            wait_until(lambda: not not_free(tree.pid), "nobody stopped or traced", 20)
            equal(status_field(tree.pid, "TracerPid"), "0", "tracer of the root")


def a_killed_tracer_leaves_everybody_running():
    with tempfile.TemporaryDirectory() as folder, Tree() as tree:
        for cycle in range(max(2, options.cycles // 4)):
            log = os.path.join(folder, f"{cycle}.jsonl")
            tracer = attach(tree, log)
            wait_until(lambda log=log: os.path.exists(log) and is_attached(tree, log), "everybody attached", 60)
            tracer.kill()
            tracer.wait(60)
            wait_until(lambda: not not_free(tree.pid), "nobody stopped or traced", 20)
            read_whole_lines(log)


def a_process_whose_leader_has_ended_is_told():
    """That leader cannot be seized; after an exec by another thread its number is in use again."""
    for more in ([], ["--threads"]):
        for program, code in (("/bin/true", 0), (None, 6)):
            with tempfile.TemporaryDirectory() as folder:
                log = os.path.join(folder, "log.jsonl")
                command = [options.leaderless] + ([program] if program else [])
                with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as target:
                    equal(target.stdout.readline(), "ready\n", "the program")
                    tracer = subprocess.Popen([options.tracer, "--json", *more, "-o", log, "-p", str(target.pid)])
                    wait_until(lambda log=log: os.path.exists(log) and '"attach"' in read_text(log), "attached", 20)
                    target.stdin.close()
                    equal(tracer.wait(20), 0, "exit status of the tracer")
                events = read(log)
            own = [e for e in events if e.get("tid") == target.pid]
            equal([e["type"] for e in own], ["attach"] + (["exec"] if program else []) + ["exit", "reaped"], "told")
            equal([e["code"] for e in own if e["type"] == "exit"], [code], "exit status")
            equal(events[-1]["lost"], 0, "lost")


@contextlib.contextmanager
def target(*command, **kwargs):
    """A program that says who is who in its first line and goes on when its standard input ends."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **kwargs) as process:
        try:
            yield process, [int(word) for word in process.stdout.readline().split() if word.isdigit()]
        finally:
            process.stdin.close()


def events_of_attached(process, *how, meanwhile=lambda: None, json_log="-o"):
    """The log of one run of the tracer, which is there before the target goes on."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.jsonl")
        dialect = ["--json", "-o", log] if json_log == "-o" else ["--strace", "-o", "/dev/null", json_log, log]
        with subprocess.Popen([options.tracer, *dialect, *how], stderr=subprocess.PIPE, text=True) as tracer:
            try:
                wait_until(lambda: tracer.poll() is not None or (os.path.exists(log) and '"attach"' in read_text(log)), "attached", 20)
                equal(tracer.poll(), None, "an early end of the tracer")
                meanwhile()
            finally:
                process.stdin.close()
            equal(tracer.wait(20), 0, f"exit status of the tracer with {how}")
        return read(log)


FAMILY = """
import ctypes, os, sys, time
def fork(lower):
    if not lower:
        return os.fork()
    for number in range(os.getppid() - 1, 300, -1):   # clone3(2), set_tid
        want = (ctypes.c_int * 1)(number)
        given = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17, 0, 0, 0, ctypes.addressof(want), 1, 0)
        child = libc.syscall(435, given, 88)
        if child >= 0:
            return child
        if ctypes.get_errno() != 17:   # EEXIST
            break
    print("no", flush=True)
    os._exit(1)
libc, lower = ctypes.CDLL(None, use_errno=True), len(sys.argv) > 1
libc.prctl(36, 1, 0, 0, 0)   # PR_SET_CHILD_SUBREAPER
if os.fork() == 0:
    end, kept = os.pipe()
    middle, child = os.getpid(), fork(lower)
    if child == 0:
        os.close(kept)
        os.read(end, 1)
        while os.getppid() == middle:
            time.sleep(0.001)
        os._exit(9)
    print(os.getppid(), os.getpid(), child, flush=True)
    sys.stdin.read()
    os._exit(1)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
"""


def families_are_whole_whatever_the_order():
    """A middle one ends before its child, which the first one adopts."""
    story = [("attach", 0), ("attach", 1), ("attach", 2), ("exit", 0), ("exit", 1), ("exit", 2), ("reparent", 2)]
    for how, more in ((["-p", "{0},{1},{2}"], []), (["-p", "{2},{0},{1}"], []), (["--tree", "-p", "{1}", "-p", "{0}"], []),
                      (["-p", "{2},{1}"], []), (["-p", "{2}"], []), (["--tree", "-p", "{0}"], ["lower"])):
        with target(sys.executable, "-c", FAMILY, *more) as (process, family):
            if more and not family:
                print("        left out: numbers cannot be chosen here (clone3)")
                continue
            for_this = [word.format(*family) for word in how]
            check(not more or family[2] < family[1], f"the child's number is not lower: {family}")
            events = events_of_attached(process, *for_this)
        wanted = [(kind, family[who]) for kind, who in story if "--tree" in how or f"{{{who}}}" in str(how)]
        told = [(e["type"], e["pid"]) for e in events[1:-1] if e["type"] not in ("reaped", "signal")]
        attached = sum(kind == "attach" for kind, _ in told)
        equal(told[:attached] + sorted(told[attached:], key=lambda e: (e[0], family.index(e[1]))), wanted, f"told with {how}")
        equal({(e["from"], e["to"]) for e in events if e["type"] == "reparent"}, {(family[1], family[0])}, f"adoption with {how}")
        waited = {e["by"] for e in events if e["type"] == "reaped" and e["pid"] in family[1:]}
        if "{0}" in str(how):
            equal(waited, {family[0]}, f"who waited with {how}")
        else:   # it is not followed, and may end before anybody looks
            check(waited and waited <= {family[0], None}, f"who waited with {how}: {waited}, and it was {family[0]}")
    for depth in range(3):
        with target(sys.executable, "-c", FAMILY) as (process, family):
            events = events_of_attached(process, "--depth", str(depth), "--tree", "-p", str(family[2]), "-p", str(family[0]))
        equal([e["pid"] for e in events if e["type"] == "attach"], family[:depth + 1], f"attached and told with --depth {depth}")


def an_orphan_whose_leader_has_ended_is_told():
    end, kept = os.pipe()
    with target("sh", "-c", f'"$0" </dev/fd/{end} & read line; exit 1', options.leaderless, pass_fds=[end]) as (process, _):
        os.close(end)
        child, = children_of(process.pid)

        def end_both():
            process.stdin.close()
            wait_until(lambda: status_field(child, "PPid") != str(process.pid), "the adoption")
            os.close(kept)
        events = events_of_attached(process, "--tree", "-p", str(process.pid), meanwhile=end_both)
    equal([(e["pid"], e["from"]) for e in events if e["type"] == "reparent"], [(child, process.pid)], "adoptions")


SIGNALS_INSIDE = """
import ctypes, os, signal, sys
signal.signal(signal.SIGUSR1, lambda *_: None)
if len(sys.argv) > 1:
    ctypes.CDLL(None).unshare(0x20000000)   # CLONE_NEWPID
child = os.fork()
if child == 0:
    sys.stdin.read()
    if len(sys.argv) == 1:
        os.kill(1, signal.SIGUSR1)
    os._exit(4)
print("ready", flush=True)
os.waitpid(child, 0)
"""


def in_pid_namespace(*how):
    command = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "-pf", "--kill-child", *how]
    if not shutil.which("unshare") or subprocess.run([*command, "true"], check=False, stderr=subprocess.DEVNULL).returncode != 0:
        raise Skip("no namespaces of one's own here")
    return command


def a_proc_of_another_pid_namespace_is_refused():
    for how in (["-p", "2"], ["--tree", "-p", "2"], ["true"], ["-D", "true"], ["--strace", "true"]):
        done = subprocess.run([*in_pid_namespace(), options.tracer, *how], check=False, timeout=20, stderr=subprocess.PIPE, text=True)
        want = "ptrace-fork: /proc is that of another pid namespace: mount one, e.g. unshare --mount-proc\n"
        equal((done.returncode, done.stderr), (125, want), f"status and message with {how}")


def without_proc_nothing_is_followed():
    skip_if_sanitized(options.tracer, "reads /proc itself")
    for how in (["-p", "1"], ["true"], ["--strace", "true"]):
        command = [*in_pid_namespace(), "--mount", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh", options.tracer, *how]
        done = subprocess.run(command, check=False, timeout=20, stderr=subprocess.PIPE, text=True)
        want = "ptrace-fork: proc(5) is not mounted on /proc: mount -t proc proc /proc\n"
        equal((done.returncode, done.stderr), (125, want), f"status and message with {how}")


def senders_in_another_pid_namespace_have_our_numbers():
    namespace = in_pid_namespace("--mount-proc")
    for nested, signals in (([], ["SIGUSR1", "SIGCHLD"]), (["nested"], ["SIGCHLD"])):
        command = [*namespace, sys.executable, "-c", SIGNALS_INSIDE, *nested]
        with target(*command) as (process, _):
            inner, = children_of(process.pid)
            child, = children_of(inner)
            events = events_of_attached(process, "--tree", "-p", str(process.pid))
        told = [(e["signal"], e["sender"], e["sender_namespace_pid"]) for e in events if e["type"] == "signal" and e["pid"] == inner]
        equal(told, [(name, child, 2) for name in signals], f"signals {nested}")
        born = Traced(options.tracer, [], command, input=b"")
        (inner, child), = [(e["pid"], e["child"]) for kind in FAMILY_CALLS for e in born.of(kind) if len(e["namespace_pids"]) == 1 + len(nested) and e["namespace_pids"][0] == 2]
        told = [(e["signal"], e["sender"], e["sender_namespace_pid"]) for e in born.of("signal") if e["pid"] == inner]
        equal(told, [(name, child, 2) for name in signals], f"signals, born under trace {nested}")


THREADED = """
import os, sys, threading
def run():
    print(os.getpid(), threading.get_native_id(), flush=True)
    sys.stdin.read()
    if len(sys.argv) > 1:
        os.execv("/bin/sh", ["sh", "-c", "exit 3"])
thread = threading.Thread(target=run)
thread.start(), thread.join()
os._exit(5)
"""


def a_thread_stands_for_its_process():
    for more, kinds, code in ((["exec"], ["attach", "exec", "exit", "reaped"], 3), ([], ["attach", "exit", "reaped"], 5)):
        for names in ("{1}", "{1},{0}", "{0},{1}"):
            for tree in ([], ["--tree"]):
                with target(sys.executable, "-c", THREADED, *more) as (process, (pid, tid)):
                    events = events_of_attached(process, *tree, "-p", names.format(pid, tid))
                what = f"of -p {names} {more} {tree}"
                equal(events[0]["attached"], [pid], f"attached {what}")
                equal([(e["type"], e["pid"], e["tid"]) for e in events[1:-1]], [(kind, pid, pid) for kind in kinds], f"told {what}")
                equal([e["former_tid"] for e in events if e["type"] == "exec"], [tid] * len(more), f"who execed {what}")
                equal([e["code"] for e in events if e["type"] == "exit"], [code], f"exit status {what}")
    with target(sys.executable, "-c", THREADED) as (process, (pid, tid)):
        events = events_of_attached(process, "--threads", "-p", str(tid))
    equal({(e["tid"], e["thread"]) for e in events if e["type"] == "exit"}, {(pid, False), (tid, True)}, "ends")
    equal(events[-1]["processes"], 1, "processes")


def strace_takes_a_thread_alone():
    """Unless it has -f."""
    for more in ([], ["exec"]):
        with target(sys.executable, "-c", THREADED, *more) as (process, (pid, tid)):
            seen = []
            events = events_of_attached(process, "-p", str(tid), json_log="--json-file", meanwhile=lambda p=pid, t=tid, out=seen: out.extend(
                [status_field(p, "TracerPid"), status_field(t, "TracerPid")]))
        check(seen[0] == "0" and seen[1] != "0", f"tracers of both: {seen}")
        ends = [(e["tid"], e["thread"]) for e in events if e["type"] == "exit"]
        equal(ends, [(pid, False)] if more else [(tid, True)], "ends")


def a_tree_has_processes_whose_leader_has_ended():
    with target("sh", "-c", '"$0"; exit 4', options.leaderless) as (process, _):
        child, = children_of(process.pid)
        events = events_of_attached(process, "--tree", "-p", str(process.pid))
    equal([e["pid"] for e in events if e["type"] == "attach"], [process.pid, child], "attached")
    equal([(e["pid"], e["code"]) for e in events if e["type"] == "exit"], [(child, 6), (process.pid, 4)], "ends")


def who_cannot_be_attached_to_is_named():
    """A child, or a single thread, that has another tracer; all others are followed."""
    with target("sh", "-c", 'exec 3<&0; sh -c "read line; exit 4" <&3 & echo ready; wait $!') as (process, _):
        child, = children_of(process.pid)
        with subprocess.Popen([options.tracer, "-o", "/dev/null", "-p", str(child)]) as first:
            wait_until(lambda: status_field(child, "TracerPid") == str(first.pid), "the first tracer")
            name = f"{first.pid} ({status_field(first.pid, 'Name')})"
            events = events_of_attached(process, "--tree", "-p", str(process.pid))
        told = [(e["pid"], e["ppid"], e["text"]) for e in events if e["type"] == "note"]
        equal(told, [(child, process.pid, f"cannot attach to {child} (sh): it is traced already, by {name}")], "note")
        equal([(e["type"], e["pid"]) for e in events if e["type"] in ("attach", "exit")], [(kind, process.pid) for kind in ("attach", "exit")], "followed")
    with target(sys.executable, "-c", THREADED) as (process, (pid, tid)):
        with subprocess.Popen([options.tracer, "--strace", "-o", "/dev/null", "-p", str(tid)], stderr=subprocess.DEVNULL) as first:
            wait_until(lambda: status_field(tid, "TracerPid") == str(first.pid), "the first tracer")
            name = f"{first.pid} ({status_field(first.pid, 'Name')})"
            events = events_of_attached(process, "-p", str(pid))
        texts = [e["text"] for e in events if e["type"] == "note"]
        equal(texts, [f"cannot attach to its thread {tid}: it is traced already, by {name}"], "note")
        equal([e["code"] for e in events if e["type"] == "exit"], [5], "its end")


def a_thread_of_an_ancestor_is_refused():
    answers = []
    thread = threading.Thread(target=lambda: answers.append(subprocess.run(
        [options.tracer, "-p", str(threading.get_native_id())], check=False, timeout=20, stderr=subprocess.PIPE, text=True)))
    thread.start(), thread.join()
    equal(answers[0].returncode, 125, "exit status")
    check("ancestor" in answers[0].stderr, answers[0].stderr)


def read_text(path):
    with open(path, encoding="utf-8") as text:
        return text.read()


if __name__ == "__main__":
    exit_with([a_thread_stands_for_its_process, strace_takes_a_thread_alone, a_thread_of_an_ancestor_is_refused,
               a_tree_has_processes_whose_leader_has_ended, families_are_whole_whatever_the_order, an_orphan_whose_leader_has_ended_is_told,
               senders_in_another_pid_namespace_have_our_numbers, a_proc_of_another_pid_namespace_is_refused, without_proc_nothing_is_followed,
               who_cannot_be_attached_to_is_named, a_process_whose_leader_has_ended_is_told, whoever_is_born_later_is_traced_and_told,
               after_every_detach_all_run_untraced, a_killed_tracer_leaves_everybody_running])
