#!/usr/bin/env python3
"""Queries on the real command line: what they find beside ps, and what is said about wrong ones.

usage: test_queries.py PTOP
"""
import json
import os
import signal
import subprocess
import sys

from support import check, equal, exit_with, process_state, wait_until

PTOP = os.path.abspath(sys.argv[1])

# query, column of the caret, length of the mark, words of the hint
WRONG = [
    ("cgrup~nginx", 0, 5, "did you mean 'cgroup'?"),
    ("pid=1 and usr=root", 10, 3, "did you mean 'user'?"),
    ("state=zombi", 6, 5, "did you mean 'zombie'?"),
    ("class=orphn", 6, 5, "did you mean 'orphan'?"),
    ("rss>", 3, 1, "rss takes a size"),
    ("rss>1X", 4, 2, "as in 512M"),
    ("age<10x", 4, 3, "as in 90s, 10m or 1h30m"),
    ("cpu>lots", 4, 4, "cpu takes a percentage"),
    ("pid=abc", 4, 3, "pid takes a number"),
    ("pid~1", 3, 1, "use = != < <= > >="),
    ("comm<b", 4, 1, "use = != ~ !~"),
    ("tree=init", 5, 4, "tree=1234"),
    ("pid==1", 3, 2, "write ="),
    ("comm=~x", 4, 2, "write ~"),
    ("comm='bash", 5, 1, "end it with '"),
    ("(pid=1", 0, 1, "close it with )"),
    ("pid=1)", 5, 1, "remove it"),
    ("pid=1 and", 6, 3, "for example state=Z"),
    ("pid=1 pid=2", 6, 3, "write 'and'"),
    ("=5", 0, 1, "as in state=Z"),
    ("nginx | bash", 6, 1, "write 'or'"),
    ("name~^(a|b)$", 6, 1, "name~'^(a|b)$'"),
    ("name~[a", 5, 2, "compare with ="),
    ("'日本' or x=1 and '\x1b]52;c;x\x07", None, 1, "end it with '"),
    ("(" * 10000, None, 1, ""),
]


def ptop(*arguments):
    return subprocess.run([PTOP, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60)


def every_wrong_query_is_explained():
    for query, column, length, hint in WRONG:
        for command in ("ps", "dump"):
            done = ptop(command, query)
            equal(done.returncode, 2, f"exit status of {query[:40]!r}")
            equal(done.stdout, b"", f"stdout of {query[:40]!r}")
            explained(done.stderr.decode(), query, column, length, hint)


def explained(text, query, column, length, hint):
    lines = text.split("\n")
    equal(len(lines), 4, f"lines of {text!r}")
    check(lines[0].startswith("ptop: ") and len(lines[0]) > len("ptop: "), f"message: {lines[0]!r}")
    mark = lines[2].strip().split(" ")[0]
    equal(mark, "^" + "~" * (length - 1), f"mark of {query[:40]!r}")
    check(all(line.isprintable() for line in lines), f"control characters in {text!r}")
    check(hint in lines[2], f"{hint!r} in {lines[2]!r}")
    if column is not None:
        equal(lines[1], "  " + query, "the query")
        equal(lines[2].index("^"), column + 2, f"caret of {query!r}")


def pids(*arguments):
    done = ptop("ps", "--no-headers", "-o", "pid", *arguments)
    equal(done.stderr, b"", f"stderr of {arguments!r}")
    found = {int(word) for word in done.stdout.split()}
    equal(done.returncode, 0 if found else 1, f"exit status of {arguments!r}")
    return found


def ps(*arguments):
    done = subprocess.run(["ps", "-o", "pid=", *arguments], stdout=subprocess.PIPE, check=False)
    return {int(word) for word in done.stdout.split()}


class Family:
    """A shell with two sleepers below, one of them stopped, and a zombie."""

    def __enter__(self):
        script = "sleep 4711 & kill -STOP $!; echo $!; sleep 4712 & echo $!; sleep 4714 & echo $!; exec sleep 4713"
        self.shell = subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, start_new_session=True)
        self.pid = self.shell.pid
        self.stopped, self.sleeping, self.zombie = (int(self.shell.stdout.readline()) for _ in range(3))
        self.all = {self.pid, self.stopped, self.sleeping, self.zombie}
        try:
            wait_until(lambda: os.readlink(f"/proc/{self.pid}/exe").endswith(("sleep", "busybox", "coreutils")), "the last exec")
            os.kill(self.zombie, signal.SIGKILL)   # now that nobody waits for it any more
            wait_until(lambda: process_state(self.zombie) == "Z", "the zombie")
            wait_until(lambda: process_state(self.stopped) == "T", "the stopped one")
            wait_until(lambda: process_state(self.sleeping) == "S", "the sleeping one")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        os.killpg(self.pid, signal.SIGKILL)
        self.shell.wait()
        self.shell.stdout.close()


def a_family_is_found_by_its_traits():
    with Family() as family:
        everybody = f"tree={family.pid}"
        equal(pids(everybody), family.all, "the tree")
        equal(pids(f"sid={family.pid}"), ps("-s", str(family.pid)), "the session")
        equal(pids(f"ppid={family.pid}"), ps("--ppid", str(family.pid)), "the children")
        equal(pids(f"{everybody} and zombie"), {family.zombie}, "the zombie")
        equal(pids(f"{everybody} and state=Z"), {family.zombie}, "the zombie by state")
        equal(pids(f"{everybody} and state=stopped"), {family.stopped}, "the stopped one")
        equal(pids(f"{everybody} and not (zombie or stopped)"), {family.pid, family.sleeping}, "the others")
        equal(pids(f"{everybody} and argv=4712"), {family.sleeping}, "by argument")
        equal(pids(f"{everybody} and age<1h and not kthread"), family.all, "by age")
        equal(pids(f"{everybody} and children={family.zombie}"), {family.pid}, "by child")
        equal(pids(str(family.sleeping)), {family.sleeping}, "by pid")
        equal(pids(f"{everybody} and exe=?") - {family.zombie}, set(), "without exe")
        equal(pids(f"{everybody} and age>1h"), set(), "nobody")


def users_and_states_as_ps_has_them():
    own = f"uid={os.geteuid()}"
    for query, arguments in ((own, ["-u", str(os.geteuid())]), ("pid=1", ["-p", "1"]), (f"pid={os.getpid()}", ["-p", str(os.getpid())]),
                             (f"ppid={os.getppid()}", ["--ppid", str(os.getppid())]), ("comm=kthreadd", ["-C", "kthreadd"]),
                             ("ppid=2", ["--ppid", "2"])):
        for _ in range(20):
            before, ours, after = ps(*arguments), pids(query), ps(*arguments)
            # What lives through all three must be there; what is only ours was born or died meanwhile.
            if (before & after) <= ours:
                extra = {pid for pid in ours - before - after if os.path.exists(f"/proc/{pid}")}
                if not extra:
                    break
        check((before & after) <= ours, f"{query}: {sorted(before & after - ours)} missing")
        equal(extra, set(), f"{query}: too many")


def dump_holds_the_same_processes():
    with Family() as family:
        query = f"tree={family.pid} and not zombie"
        done = ptop("dump", query, "-o", "pid,comm")
        equal(done.returncode, 0, "exit status")
        equal({p["pid"] for p in json.loads(done.stdout)["processes"]}, pids(query), "pids")
        none = ptop("dump", f"tree={family.pid} and comm=nobody")
        equal(none.returncode, 1, "exit status of nothing")
        equal(json.loads(none.stdout)["processes"], [], "nothing")


def columns_that_are_not_shown_are_read_all_the_same():
    with Family() as family:
        shown = ptop("ps", f"argv=4712 and tree={family.pid}", "-o", "comm", "--no-headers")
        equal(shown.stdout, b"sleep\n", "the row")
        equal(pids(f"tree={family.pid} and uid={os.geteuid()}"), family.all, "by a file that no shown column needs")


def the_order_stays():
    with Family() as family:
        done = ptop("ps", f"tree={family.pid}", "--sort", "-pid", "-o", "pid", "--no-headers")
        equal([int(word) for word in done.stdout.split()], sorted(family.all, reverse=True), "order")


exit_with([
    every_wrong_query_is_explained, a_family_is_found_by_its_traits, users_and_states_as_ps_has_them,
    dump_holds_the_same_processes, columns_that_are_not_shown_are_read_all_the_same, the_order_stays,
])
