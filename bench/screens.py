"""Programs that fill a terminal: what one second of each costs once it is running. Each runs alone on a terminal of
its own, with nobody who types."""
import contextlib
import dataclasses
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

ROWS, COLUMNS = 50, 160
SETTLING_SECONDS = 3  # first frames are dearer: a program has everything to read, a screen everything to draw


@dataclasses.dataclass
class Screen:
    cpu: float   # seconds of CPU in a second
    memory: int  # bytes at most


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def most_memory(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as status:
        kib = next(line for line in status if line.startswith("VmHWM:")).split()[1]
    return int(kib) * 1024


def read_for(terminal, seconds):
    """A program whose terminal is full waits instead of drawing."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)


@contextlib.contextmanager
def on_a_terminal(command, environment):
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execvpe(command[0], command, os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | environment)
    try:
        yield pid, terminal
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def measure(command, environment, seconds):
    with on_a_terminal(command, environment) as (pid, terminal):
        read_for(terminal, SETTLING_SECONDS)
        before, began = cpu_seconds(pid), time.monotonic()
        read_for(terminal, seconds)
        return Screen((cpu_seconds(pid) - before) / (time.monotonic() - began), most_memory(pid))
