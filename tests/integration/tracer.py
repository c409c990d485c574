"""The ptrace-fork under test, which is the first argument, and what the tests of its ways share."""
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile

from support import check, children_of, equal, exit_with, status_field, wait_until

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


def finished_log(path):
    with open(path, encoding="utf-8") as log:
        lines = log.read().splitlines()
    return [json.loads(line) for line in lines] if lines and lines[-1].startswith('{"type":"end"') else None


def script_file(text):
    descriptor, name = tempfile.mkstemp()
    os.write(descriptor, text)
    os.fchmod(descriptor, 0o755)
    os.close(descriptor)
    return name


def exit_with_own_cases(module, helpers=()):
    """Runs the functions that the module defines: each is a case but for its `helpers`."""
    exit_with([value for name, value in list(module.items())
               if callable(value) and getattr(value, "__module__", "") == "__main__" and value not in helpers])
