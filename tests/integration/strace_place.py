"""Where real programs are run under a tracer: alone on a processor, with a directory and namespaces of their own."""
import os
import shutil
import signal
import subprocess
import tempfile

from strace_programs import NETWORK, PROGRAMS, SEARCH, as_owner

PATIENCE = 120


def on_one_processor():
    return ["taskset", "-c", str(min(os.sched_getaffinity(0))), "setarch", "-R"]


def in_own_namespaces():
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *user, "--pid", "--net", "--mount", "--fork", "--mount-proc", "--kill-child"]


class Place:
    """A directory that all runs of all programs share, and one that is new in each run."""

    def __init__(self, keep):
        self.top = keep or tempfile.mkdtemp(prefix="diff-")
        os.makedirs(self.top, exist_ok=True)
        os.chmod(self.top, 0o755)
        self.kept = keep is not None
        self.folder = os.path.join(self.top, "work")
        # A shell without job control starts its background jobs deaf to SIGINT, by which servers are ended here.
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def wrapped(self, program, traced):
        if program.unprivileged:
            return [*as_owner(self.folder), *on_one_processor(), *traced]
        alone = [*in_own_namespaces(), "sh", "-c", NETWORK, "sh"] if program.alone else []
        return [*alone, *on_one_processor(), *traced]

    def run(self, tracer, program, log):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        stop = program.beside(self.folder) if program.beside else None
        command = program.command if isinstance(program.command, list) else program.command(self.folder)
        environment = {"USER": "somebody", "TERM": "dumb", "HOME": self.top, "LC_ALL": "C.UTF-8", "PATH": SEARCH}
        output = os.path.join(self.folder, "log")
        child = subprocess.Popen(self.wrapped(program, [*tracer, "-o", output, *command]), cwd=self.folder, env=environment,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            if program.drive:
                program.drive(self.folder)
            child.wait(PATIENCE)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            if stop:
                stop()
        shutil.move(output, log)
        return log

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.kept:
            shutil.rmtree(self.top, ignore_errors=True)


def can_be_alone():
    return subprocess.run([*in_own_namespaces(), "true"], check=False, stderr=subprocess.DEVNULL).returncode == 0


def wanted(names, quick):
    """Those of PROGRAMS that can be run here; those that cannot are told."""
    names = names or [name for name, program in PROGRAMS.items() if program.quick or not quick]
    alone = can_be_alone()
    for name in names:
        missing = PROGRAMS[name].missing()
        if missing:
            print(f"skipped: {name}: {', '.join(missing)} not installed")
        elif PROGRAMS[name].alone and not alone:
            print(f"skipped: {name}: no namespaces of its own here")
        else:
            yield name
