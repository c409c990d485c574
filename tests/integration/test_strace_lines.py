#!/usr/bin/env python3
"""How lines of two runs are aligned and judged, on made-up runs: chance is excused, what a tracer does wrong is not."""
import os
import tempfile

from strace_lines import Comparison, Run

THREAD = "clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0} => {parent_tid=[%d]}, 88) = %d"
WORK = ["futex(0x1230, FUTEX_WAIT_PRIVATE, 2, NULL) = -1 EAGAIN (Resource temporarily unavailable)", 'read(3, "work", 9) = 4']
REST = ['write(4, "rest", 4) = 4', "futex(0x1230, FUTEX_WAKE_PRIVATE, 1) = 0"]
LAST = ["exit_group(0) = ?", "+++ exited with 0 +++"]


def run(folder, first=100, **tasks):
    """Two threads of one process; `main`, `one` and `two` are lines of theirs."""
    numbers = {"main": first, "one": first + 1, "two": first + 2}
    mains = [THREAD % (n, n) for n in (first + 1, first + 2)] + tasks.get("main", []) + LAST
    lines = [(name, line) for name, texts in {"main": mains, **{k: v for k, v in tasks.items() if k != "main"}}.items() for line in texts]
    path = os.path.join(folder, "log")
    with open(path, "w", encoding="utf-8") as log:
        log.write("".join(f"{numbers[name]} {line}\n" for name, line in lines))
    return Run(path)


def judged(folder, theirs, ours):
    comparison = Comparison([])
    for n in range(3):
        comparison.add(run(folder, 100 + 10 * n, **theirs), run(folder, 200 + 10 * n, **ours) if n != 1 else None)
    return comparison.judge()


def waits(result):
    return f"futex(0x1230, FUTEX_WAIT_PRIVATE, 2, NULL) = {result}"


def events(*which):
    items = ", ".join(f"{{events={events}, data={{u32={n}, u64={n}}}}}" for n, events in enumerate(which, 7))
    return f"epoll_wait(5, [{items}], 64, -1) = {len(which)}"


ENDED = "+++ exited with 0 +++"
AGAIN = "-1 EAGAIN (Resource temporarily unavailable)"
# What, theirs, ours, how many lines are unexplained.
CASES = [
    ("threads that changed places", {"one": WORK, "two": REST}, {"one": REST, "two": WORK}, 0),
    ("a thread of its own kind", {"one": WORK, "two": REST}, {"one": WORK, "two": ["close(5) = 0"]}, 3),
    ("one waits, the other only wakes", {"one": WORK + REST}, {"one": WORK + REST[:1], "two": REST[1:]}, 0),
    ("a lock that was free again", {"one": [waits(AGAIN)], "two": [waits("0")]}, {"one": [waits("0")], "two": [waits("0"), waits(AGAIN)]}, 0),
    ("a result that nobody else prints", {"one": [waits("0")]}, {"one": [waits("-1 ENOSYS (Function not implemented)")]}, 1),
    ("more events at once", {"one": [events("EPOLLIN"), events("EPOLLOUT")]}, {"one": [events("EPOLLIN", "EPOLLOUT")]}, 0),
    ("an event that nobody else prints", {"one": [events("EPOLLIN")]}, {"one": [events("EPOLLIN", "0x40")]}, 1),
    ("a call cut off by the end", {"one": ["getuid() = 7", ENDED], "two": ["getuid() = 7"]}, {"one": ["getuid() = ?", ENDED], "two": ["getuid() = 7"]}, 0),
    ("a lost result", {"one": ["getuid() = 7", ENDED]}, {"one": ["getuid() = ?", "close(5) = 0", ENDED]}, 2),
    ("a lost argument", {"one": ["read(3, NULL, 9) = 0"]}, {"one": ["read(3, NULL) = 0"]}, 1),
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        for what, theirs, ours, wanted in CASES:
            count = judged(folder, theirs, ours)
            assert count.bad == wanted, f"{what}: {count.bad} lines, not {wanted}: {dict(count.unexplained)}"
    print(f"{len(CASES)} cases")


if __name__ == "__main__":
    main()
