#!/usr/bin/env python3
"""Every option of strace --help: it does what strace's does, or is refused by its name with exit status 2.

usage: test_strace_options.py PTRACE-FORK
"""
import difflib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Each option as strace --help writes it (6.1), and a value to try it with. REFUSED: not there yet.
REFUSED = object()
OPTIONS = {
    "-a": "20", "--columns": "20", "-A": "", "--output-append-mode": "", "-b": "execve", "--detach-on": "execve",
    "-c": "", "--summary-only": "", "-C": "", "--summary": "", "-d": REFUSED, "--debug": REFUSED, "-D": "", "-DD": "",
    "-DDD": "", "--daemonize": "grandchild", "-E": "A=b", "--env": "A=b", "-e": "close", "-f": "", "-ff": "",
    "--follow-forks": "", "--output-separately": "", "-h": "", "--help": "", "-i": "", "--instruction-pointer": "",
    "-I": "3", "--interruptible": "never", "-k": "", "--stack-traces": "", "-n": "", "--syscall-number": "",
    "-o": "log", "--output": "log", "-O": "5us", "--summary-syscall-overhead": "5us", "-p": None, "--attach": None,
    "-P": "/etc", "--trace-path": "/etc", "-q": "", "-qq": "", "-qqq": "", "--quiet": "exit", "-r": "",
    "--relative-timestamps": "ns", "-s": "9", "--string-limit": "9", "-S": "calls", "--summary-sort-by": "calls", "-t": "",
    "-tt": "", "-ttt": "", "--absolute-timestamps": "unix,ms", "-T": "", "--syscall-times": "ms", "-u": "root",
    "--user": "root", "-U": "name,calls", "--summary-columns": "name,calls", "-v": "", "--no-abbrev": "", "-V": "",
    "--version": "", "-w": "", "--summary-wall-clock": "", "-x": "", "-xx": "", "--strings-in-hex": "all", "-X": "raw",
    "--const-print-style": "raw", "-y": "", "-yy": "", "--decode-fds": "all", "-Y": "", "--decode-pids": "comm,pidns",
    "-z": "", "--successful-only": "", "-Z": "", "--failed-only": "", "--trace": "close", "--signal": "INT",
    "--status": "failed", "--abbrev": "none", "--verbose": "none", "--raw": "close", "--read": "3", "--write": "!1,2",
    "--kvm": REFUSED, "--inject": REFUSED, "--fault": REFUSED, "--seccomp-bpf": "", "--tips": REFUSED,
}
QUALIFIERS = {"trace": "close", "abbrev": "none", "verbose": "none", "raw": "close", "signal": "INT", "read": "all",
              "write": "1,2", "fault": REFUSED, "inject": REFUSED, "status": "failed", "quiet": "exit", "kvm": REFUSED,
              "decode-fds": "all"}
NEEDS_COUNTS = ("-w", "--summary-wall-clock")
OF_ROOT = ("-u", "--user")

# Whole runs whose lines must be strace's. Without times, addresses and pids.
RUNS = r"""
-e trace=write,execve -x -- printf 'a\1\200b"\n'
-e trace=write,execve -xx -- printf 'a\1\200b"\n'
-e trace=write --strings-in-hex=non-ascii-chars -- printf 'a\1\200b"\n'
-X raw -e trace=openat,mmap,rt_sigaction,kill,arch_prctl,lseek,fcntl,close -- dash -c 'kill -0 $$; echo a >/dev/null'
-X verbose -e trace=openat,mmap,rt_sigaction,kill,arch_prctl,lseek,fcntl,close -- dash -c 'kill -0 $$; echo a >/dev/null'
-i -e trace=close -- true
-n -e trace=close,exit_group -- true
-tt -r -e trace=close -- true
-ttt -e trace=close -- true
-t -e trace=close -- true
--absolute-timestamps=ns -e trace=close -- true
--absolute-timestamps=format:unix,precision:ms -e trace=close -- true
--syscall-times=ms -e trace=close -- true
-T -e trace=close -- true
--relative-timestamps=s -e trace=close -- true
-e raw=close,openat -e trace=close,openat -- true
-e verbose=none -e trace=newfstatat,prlimit64 -- ls /
-P /etc/passwd -- cat /etc/passwd
-P /etc/passwd -P /etc/ld.so.cache -q -- cat /etc/passwd
-e status=failed -- cat /etc/passwd
-e status=!failed -e trace=access,openat,exit_group -- true
-e status=unfinished -- true
-z -e trace=access,openat -- true
-Z -e trace=access,openat -- true
-z -Z -e trace=access,openat -- true
-e trace=openat@64,close -- true
-e trace=/^op,?nothing,3 -- true
-e quiet=exit -e trace=close -- true
-e quiet=!exit -e trace=close -- true
-qq -e trace=close -- true
-yy -e trace=write,read,close,socket,connect -- ls -la /etc/passwd
-e decode-fds=dev -e trace=write,close -- true
-e decode-fds=path,dev -e trace=write,close -- true
-c -S name -U name,calls,errors -- true
-c -S name -U calls -- true
-C -w -U name,calls -e trace=close -- true
-c -S name -U name,calls -- dash -c '/bin/true; exec true'
-c -S name -U name,calls -f -- dash -c '/bin/true; exec true'
-c -S name -U name,calls -qq -f -- dash -c '/bin/true; exec true'
-c -S name -U name,calls -D -f -e trace=close -- dash -c '/bin/true; exec true'
-c -S name -U name,calls -f -b execve -- dash -c '/bin/true; exec true'
-c -S name -U name,calls -b execve -- dash -c '/bin/true; exec true'
-A -e trace=close -- true
-D -e trace=close -- true
-f -o log -e trace=none -- dash -c '/bin/true; exit 0'
-b execve -f -e trace=execve -- dash -c '/bin/true; exec true'
-b execve -e trace=execve -q -- dash -c 'exec true'
-b execve -e status=detached -- dash -c 'exec true'
-b execve -e status=detached -- true
-b execve -e status=!detached -e trace=execve -- dash -c 'exec true'
-e status=unavailable -- true
"""

# The bytes of each form of call: of one buffer, of vectors and messages; digits of the offset as the size wants them.
MOVES = r"""
import array, ctypes, os, socket
libc = ctypes.CDLL(None)
fd = os.memfd_create("m")
os.write(fd, b"hello world, longer\n\t\x80\xff than sixteen")
os.pwrite(fd, b"", 3)
os.pwrite(fd, bytes(range(256)), 3)
os.pread(fd, 33, 0)
os.pread(fd, 9, 1 << 20)
os.pwritev(fd, [b"abc", b"0123456789abcdef0123"], 1)
os.preadv(fd, [bytearray(3), bytearray(4), bytearray(5000)], 2)
os.writev(fd, [b"\x7f~ ", b"x"])
os.write(fd, bytes(0x100001))
os.ftruncate(fd, 0)
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.send(b"send"), b.recv(64)
a.sendmsg([b"first", b"second"]), b.recvmsg_into([bytearray(7), bytearray(50)])
read, write = os.pipe()
text = ctypes.create_string_buffer(b"spliced", 7)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(text), 7)
libc.vmsplice(write, vector, 1, 0)
os.read(read, 100)
head = (ctypes.c_void_p * 16)(0, 0, ctypes.addressof(vector), 1, 0, 0, 0, 0, 0, 0, ctypes.addressof(vector), 1, 0, 0, 0, 0)
libc.sendmmsg(a.fileno(), head, 2, 0)
libc.recvmmsg(b.fileno(), head, 2, socket.MSG_DONTWAIT, None)
try:
    os.read(99, 5)
except OSError:
    pass
"""
# strace ends a vector at its first empty buffer.
EMPTY_BUFFER = "import os; os.writev(1, [b'', b'a', b'', b'bc'])"
BEHIND_EMPTY_BUFFER = [" * 1 bytes in buffer 1", " | 00000  61" + 48 * " " + "a                |", " * 2 bytes in buffer 3",
                       " | 00000  62 63" + 45 * " " + "bc               |"]


def options_of(help_text):
    """What --help names at the begin of a line, and what it lists as qualifiers of -e."""
    found = set()
    for line in help_text.splitlines():
        begin = re.match(r"  ((?:-|--)\w[^ ]*(?: [A-Z][^ ,]*)?(?:, -[^ ]+)*)", line)
        if begin and not line.startswith("  -e "):
            found.update(re.findall(r"(?<!\w)(--?[A-Za-z][\w-]*)", line[:60].split("   ")[0]))
        found.update(re.findall(r"^   (--[\w-]+)=", line))
    listed = re.search(r"options: +(.*?)\n\n", help_text, re.DOTALL).group(1)
    return found, set(re.findall(r"[\w-]+", listed))


def run(command, folder):
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                          timeout=60, env={"PATH": "/usr/bin:/bin", "HOME": "/"})
    return done.returncode, done.stderr.decode("utf-8", "surrogateescape")


def normal(text):
    for pattern, put in ((r"\b0x[0-9a-f]{6,}", "A"), (r"\[0000[0-9a-f]{12}\]", "[IP]"), (r"\d+\.\d+", "F"), (r"\b\d{4,10}\b", "N"),
                         (r"\d\d:\d\d:\d\d", "C"), (r" +", " "), (r" /\* \d{4}-\S+ \*/", ""), (r" ?\d+ \*/", "*/")):
        text = re.sub(pattern, put, text)
    return text.splitlines()


def test_option(tracer, folder, name, value):
    option = name.startswith("--")
    if value is None:
        return
    words = [name]
    if value is REFUSED:
        words += [] if name in ("-d", "--debug", "--tips") else ["close"]
    elif value:
        words = [f"{name}={value}"] if option else [name, value]
    if name in NEEDS_COUNTS:
        words.append("-c")
    status, said = run([tracer, "--strace", *words, "true"], folder)
    if value is REFUSED:
        assert status == 2 and name.lstrip("-") in said and said.count("\n") <= 2, f"{words}: status {status}, says {said!r}"
    else:
        assert status == 0, f"{words}: status {status}, says {said!r}"


def test_run(tracer, folder, line):
    options, _, program = line.partition(" -- ")
    words = [*shlex.split(options), *shlex.split(program)]
    want, have = run(["strace", *words], folder), run([tracer, "--strace", *words], folder)
    different = [d for d in difflib.unified_diff(normal(want[1]), normal(have[1]), "strace", "ours", lineterm="", n=0)]
    assert want[0] == have[0] and not different, f"{line}: status {have[0]}, not {want[0]}\n" + "\n".join(different[:12])


def dumped(command, folder):
    """The lines of data, with the calls that they are of."""
    lines = run(command, folder)[1].splitlines()
    return [line for line, after in zip(lines, lines[1:] + [""]) if line.startswith(" ") or after.startswith(" ")]


def test_data(tracer, folder, sets):
    words = [*shlex.split(sets), "-s", "8", "-X", "raw", "-e", "trace=%desc,%net", "/usr/bin/python3", "-ISc", MOVES]
    want, have = dumped(["strace", *words], folder), dumped([tracer, "--strace", *words], folder)
    addresses = re.compile(r"0x[0-9a-f]{6,}|^(read|pread64)\(.*")   # what python reads of its own differs by its cache
    different = [d for d in difflib.unified_diff([addresses.sub("A", x) for x in want], [addresses.sub("A", x) for x in have],
                                                 "strace", "ours", lineterm="", n=0)]
    assert want and not different, f"{sets}: {len(want)} lines\n" + "\n".join(different[:12])


def test_empty_buffer(tracer, folder):
    have = dumped([tracer, "--strace", "-e", "write=1", "-e", "trace=writev", "/usr/bin/python3", "-ISc", EMPTY_BUFFER], folder)
    assert have[1:] == BEHIND_EMPTY_BUFFER, "\n".join(have)


def test_let_go(tracer, folder):
    """What was attached to is told as let go, and the call that it is in stays open."""
    restart_syscall = "219 "
    def one(words):
        with subprocess.Popen(["sleep", "1000"]) as sleeper:
            try:
                in_sleep(sleeper.pid, "230 ")
                with subprocess.Popen([*words, "-e", "trace=restart_syscall", "-p", str(sleeper.pid)], cwd=folder, stderr=subprocess.PIPE) as tracing:
                    in_sleep(sleeper.pid, restart_syscall)   # stopped once, and seen going on
                    tracing.send_signal(signal.SIGINT)
                    return normal(tracing.communicate(timeout=60)[1].decode().replace("interrupted read", "interrupted system call"))
            finally:
                sleeper.kill()
    # After a start in the middle of a call strace takes it for call number 0.
    want, have = one(["strace"]), one([tracer, "--strace"])
    assert want == have, f"let go: {have}, not {want}"


# Exit status 0 where the child could be traced, 1 where it is traced already.
CHILD_TRACEABLE = """
import ctypes, os, sys, threading
libc = ctypes.CDLL(None)
child = os.fork()
if child == 0:
    os._exit(0 if libc.ptrace(0, 0, 0, 0) == 0 else 1)
asked = []
thread = threading.Thread(target=lambda: asked.append([x for x in open("/proc/thread-self/status") if x.startswith("TracerPid")][0].split()[1]))
thread.start()
thread.join()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) + (0 if asked == ["0"] else 2))
"""


def test_newborns(tracer, folder):
    """Without -f nobody but the program's first thread is traced."""
    for options in ([], ["-f"]):
        words = [*options, "-o", "/dev/null", "/usr/bin/python3", "-ISc", CHILD_TRACEABLE]
        want, have = run(["strace", *words], folder), run([tracer, "--strace", *words], folder)
        assert want == have == (3 if options else 0, ""), f"newborns with {options}: {have}, not {want}"


def test_files_of_tasks(tracer, folder):
    """They have what has happened already, whatever becomes of the tracer."""
    words = [tracer, "--strace", "-ff", "-o", "of_a_task", "sh", "-c", "echo ready; read line"]
    with subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tracing:
        assert tracing.stdout.readline() == b"ready\n"
        deadline = time.monotonic() + 60
        while not any('write(1, "ready\\n", 6) = 6' in normal(text) for text in contents(folder, "of_a_task.")):
            assert time.monotonic() < deadline, "the file of a task that waits lacks what it did before"
            os.sched_yield()
        tracing.communicate(b"\n")


def test_whole_files_of_tasks(tracer, folder):
    """Each has the first and the last of its task, also after somebody has waited for it."""
    script = "/bin/true; (exit 3); /bin/true & wait"
    for options, prefix in (([], "whole."), (["-D"], "aside.")):
        subprocess.run([tracer, "--strace", *options, "-ff", "-o", prefix[:-1], "sh", "-c", script], cwd=folder,
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True, timeout=120)
        files = list(contents(folder, prefix))
        ends = sorted(text.splitlines()[-1] for text in files)
        assert ends == ["+++ exited with 0 +++"] * 3 + ["+++ exited with 3 +++"], f"files of tasks with {options}: {ends}"
        assert sum("execve(" in text for text in files) == 3, f"files of tasks with {options}: an exec is missing"


def test_full_files_of_tasks(tracer, folder):
    """As with one file: said once, and the program goes on."""
    with tempfile.TemporaryDirectory(dir=folder) as full:
        os.chmod(full, 0o777)
        with open("/proc/loadavg", encoding="ascii") as file:
            last = int(file.read().split()[-1])
        for pid in range(last, last + 1000):
            os.symlink("/dev/full", f"{full}/log.{pid}")
        done = subprocess.run([tracer, "--strace", "-ff", "-o", f"{full}/log", "sh", "-c", "ls >/dev/null; exit 5"], cwd=folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
        assert done.returncode == 5, f"full files of tasks: status {done.returncode}"
        assert re.fullmatch(r"strace: Can't write \S*log\.\d+: No space left on device\n", done.stderr), done.stderr


def contents(folder, prefix):
    for name in os.listdir(folder):
        if name.startswith(prefix):
            with open(f"{folder}/{name}", encoding="utf-8") as file:
                yield file.read()


def in_sleep(pid, call):
    deadline = time.monotonic() + 60
    while True:
        with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
            if file.read().startswith(call):
                return
        assert time.monotonic() < deadline, f"{pid} is not in call {call}"
        os.sched_yield()


def main():
    tracer, failures, count = os.path.abspath(sys.argv[1]), [], 0
    if not shutil.which("strace"):
        print("skipped: no strace")
        sys.exit(77)
    help_text = subprocess.run(["strace", "--help"], stdout=subprocess.PIPE, check=True).stdout.decode()
    version = subprocess.run(["strace", "-V"], stdout=subprocess.PIPE, check=True).stdout.decode()
    cases = [(test_option, name, value) for name, value in OPTIONS.items() if os.getuid() == 0 or name not in OF_ROOT]
    cases += [(test_option, "-e", f"{name}={'close' if value is REFUSED else value}") for name, value in QUALIFIERS.items() if value is not REFUSED]
    if "version 6.1" in version:
        options, qualifiers = options_of(help_text)
        missing = (options - set(OPTIONS)) | (qualifiers - set(QUALIFIERS))
        if missing:
            failures.append(f"strace --help has {sorted(missing)}, which this test does not know")
        cases += [(test_data, sets) for sets in ("-e read=all -e write=all", "-e write=all", "--read=!3", "-e read=3 --write=none")]
        cases += [(test_empty_buffer,), (test_let_go,), (test_newborns,), (test_files_of_tasks,), (test_whole_files_of_tasks,),
                  (test_full_files_of_tasks,)]
        cases += [(test_run, line) for line in RUNS.strip().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for case, *arguments in cases:
            count += 1
            try:
                case(tracer, folder, *arguments)
            except AssertionError as error:
                failures.append(str(error))
        for name, value in QUALIFIERS.items():
            if value is REFUSED:
                status, said = run([tracer, "--strace", "-e", f"{name}=close", "true"], folder)
                count += 1
                if status != 2 or name not in said:
                    failures.append(f"-e {name}=: status {status}, says {said!r}")
    print("\n".join(f"FAILED  {failure}" for failure in failures))
    print(f"{count} cases, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
