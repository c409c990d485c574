"""What the integration tests share: running ptrace-fork, reading its log, checking."""
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

FAMILY = ("fork", "vfork", "clone")


class Failure(Exception):
    pass


class Skip(Exception):
    """What a case needs is not on this machine; the text says what."""


def check(condition, text):
    if not condition:
        raise Failure(text)


def equal(have, want, what):
    check(have == want, f"{what}: have {have!r}, want {want!r}")


def wait_until(condition, what, seconds=20):
    """Polls a condition that another process brings about; the deadline only ends a test that fails."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise Failure(f"waited {seconds} s in vain: {what}")


def status_field(pid, key):
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as status:
        for line in status:
            if line.startswith(key + ":"):
                return line.split(":", 1)[1].strip()
    return None


def process_state(pid):
    return status_field(pid, "State")[0]


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
        return [int(word) for word in children.read().split()]


def tasks_of(pids):
    for pid in pids:
        try:
            yield from (f"/proc/{pid}/task/{tid}" for tid in os.listdir(f"/proc/{pid}/task"))
        except (FileNotFoundError, ProcessLookupError):
            pass


def descendants(root):
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                    parents[int(name)] = int(stat.read().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                pass
    inside = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in inside} | inside
        if more == inside:
            return inside
        inside = more


def not_free(root):
    """The tasks of the tree that are stopped or traced."""
    held = []
    for path in tasks_of(descendants(root)):
        try:
            with open(f"{path}/status", encoding="utf-8", errors="replace") as status:
                fields = dict(line.split(":", 1) for line in status.read().splitlines() if ":" in line)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields["State"].strip()[0] in "tT" or fields["TracerPid"].strip() != "0":
            held.append((path, fields["State"].strip(), fields["TracerPid"].strip()))
    return held


def skip_if_sanitized(program, reason):
    with open(program, "rb") as file:
        if b"__ubsan_" in file.read():
            raise Skip(f"the sanitizer {reason}")


def read_events(path):
    with open(path, encoding="utf-8") as log:
        text = log.read()
    check(text.endswith("\n"), "the log ends in the middle of a line")
    return [json.loads(line) for line in text.splitlines()]


@contextlib.contextmanager
def child(function):
    """A process that runs function(ready) and then waits until it is killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            function(lambda text=b"x": os.write(writer, text + b"\n"))
            signal.pause()
        finally:
            os._exit(9)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as ready:
            yield pid, ready.readline().strip().decode()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


class Traced:
    """One finished run of ptrace-fork with a JSON log."""

    def __init__(self, tracer, options, command, **kwargs):
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, "log.jsonl")
            self.done = subprocess.run([tracer, "--json", "-o", log, *options, *command], check=False, timeout=120,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kwargs)
            self.events = read_events(log) if os.path.exists(log) and os.path.getsize(log) else []

    def of(self, kind):
        return [event for event in self.events if event["type"] == kind]


def run_cases(cases):
    """Runs every function, says what failed, returns the exit status."""
    failed = skipped = 0
    for case in cases:
        name = case.__name__.replace("_", " ")
        try:
            case()
        except Skip as reason:
            skipped += 1
            print(f"skipped {name}: {reason}")
        except (Failure, subprocess.SubprocessError, OSError, KeyError, IndexError) as failure:
            failed += 1
            print(f"FAILED  {name}: {type(failure).__name__}: {failure}")
        else:
            print(f"ok      {name}")
    print(f"{len(cases) - failed - skipped} passed, {skipped} skipped, {failed} failed")
    return 1 if failed else 0


def exit_with(cases):
    # In the background of a shell without job control, or under nohup, they are ignored, and that is inherited.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    sys.exit(run_cases(cases))
