#!/usr/bin/env python3
"""Every option of strace --help: it does what strace's does, or is refused by its name with exit status 2.

usage: test_strace_options.py PTRACE-FORK
"""
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

# Each option as strace --help writes it (6.1), and a value to try it with. REFUSED: not there yet.
REFUSED = object()
OPTIONS = {
    "-a": "20", "--columns": "20", "-A": "", "--output-append-mode": "", "-b": REFUSED, "--detach-on": REFUSED,
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
    "--const-print-style": "raw", "-y": "", "-yy": "", "--decode-fds": "all", "-Y": "", "--decode-pids": "comm",
    "-z": "", "--successful-only": "", "-Z": "", "--failed-only": "", "--trace": "close", "--signal": "INT",
    "--status": "failed", "--abbrev": "none", "--verbose": "none", "--raw": "close", "--read": REFUSED, "--write": REFUSED,
    "--kvm": REFUSED, "--inject": REFUSED, "--fault": REFUSED, "--seccomp-bpf": "", "--tips": REFUSED,
}
QUALIFIERS = {"trace": "close", "abbrev": "none", "verbose": "none", "raw": "close", "signal": "INT", "read": REFUSED,
              "write": REFUSED, "fault": REFUSED, "inject": REFUSED, "status": "failed", "quiet": "exit", "kvm": REFUSED,
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
-A -e trace=close -- true
-D -e trace=close -- true
"""


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
        given = "execve" if name in ("-b", "--detach-on") else "close"
        words += [] if name in ("-d", "--debug", "--tips") else [given]
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
