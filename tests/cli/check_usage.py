"""Bad command lines: exit status 2, exactly one line on stderr that begins with the program's name, nothing on
stdout, and the words that say what would be right."""
import os
import re
import signal
import subprocess
import sys

PTOP, FORK = sys.argv[1:3]

# arguments, what the line must contain
BAD_PTOP = [
    (["--colour"], r"unknown option '--colour'; did you mean '--color'\?"),
    (["--no-header"], r"'--no-headers'"),
    (["--frobnicate"], r"'ptop --help' lists the options"),
    (["-x"], r"unknown option '-x'"),
    (["pss"], r"unknown command 'pss'; did you mean 'ps'\?"),
    (["frobnicate"], r"the commands are: ps, tree, show, fds, dump"),
    (["ps", "--frobnicate"], r"'ptop ps --help'"),
    (["ps", "--sort"], r"'--sort' needs \[-\]COL"),
    (["ps", "--sort="], r"'--sort' needs \[-\]COL"),
    (["ps", "--ascii=yes"], r"'--ascii' takes no value"),
    (["ps", "--color=red"], r"'red' is none of auto, always, never"),
    (["ps", "-o", "pid,comn"], r"comm"),
    (["ps", "-o", ""], r"the list is empty"),
    (["ps", "--sort", "-comn"], r"comm"),
    (["dump", "-o", "pid,nonsense"], r"nonsense"),
    (["dump", "--sort", "pid"], r"unknown option '--sort'"),
    (["--sort", "pid", "dump"], r"'ptop dump' takes no option '--sort'"),
    (["tree", "12x"], r"'12x' is not a pid"),
    (["tree", "-3"], r"'-3'"),
    (["tree", "0"], r"'0' is not a pid"),
    (["tree", "99999999999999999999"], r"is not a pid"),
    (["tree", "1", "2"], r"'ptop tree' takes no argument '2'"),
    (["show"], r"which process\? As in: ptop show 4711"),
    (["show", "12x"], r"'12x' is not a pid"),
    (["show", "-s", "", "1"], r"the list is empty"),
    (["show", "-s", "filse", "1"], r"unknown section 'filse': did you mean 'files'\?"),
    (["show", "-s", "everything", "1"], r"the sections are: family, program"),
    (["show", "--csv", "1"], r"unknown option '--csv'"),
    (["show", "--json", "--jsonl", "1"], r"give one of them"),
    (["fds", "12x"], r"'12x' is not a pid"),
    (["fds", "--port", "0"], r"'0' is not a port from 1 to 65535"),
    (["fds", "--port", "http"], r"'http' is not a port"),
    (["fds", "--path", ""], r"the path is empty"),
    (["fds", "--tree"], r"unknown option '--tree'"),
    (["-d", "0"], r"from 0.1 to 3600"),
    (["-d", "nan"], r"from 0.1 to 3600"),
    (["--delay=soon"], r"'soon' is not a number"),
    (["ps", "foo", "bar"], r"takes no argument 'bar'"),
    (["ps", "--json", "--csv"], r"--json, --jsonl and --csv: give one of them"),
    (["--\x1b[31m"], r"\\x1b"),
]
BAD_FORK = [
    ([], r"give a program to run, or -p PID"),
    (["--"], r"give a program to run, or -p PID"),
    (["--jsn", "true"], r"did you mean '--json'\?"),
    (["-Q", "true"], r"unknown option '-Q'"),
    (["-p"], r"option '-p' needs PID"),
    (["--attach"], r"option '--attach' needs PID"),
    (["-e"], r"option '-e' needs SET"),
    (["-vo"], r"option '-o' needs FILE"),
    (["-o", "x", "-E"], r"option '-E' needs NAME"),
    (["-u"], r"option '-u' needs USER"),
    (["--output"], r"option '--output' needs FILE"),
    (["-t=3", "true"], r"option '-t' takes no value"),
    (["-qt=3", "true"], r"option '-t' takes no value"),
    (["-u", "4123456789", "true"], r"-u: there is no user 4123456789: a number needs an entry in passwd"),
    (["-u", "no-such-user", "true"], r"-u: there is no user 'no-such-user'$"),
    (["--max-events", "0", "true"], r"'0' is not a number from 1 to"),
    (["-e", "signal=SIGTURM", "true"], r"unknown signal 'SIGTURM', did you mean 'SIGTERM'\?"),
    (["-e", "signal=SIGFOO", "true"], r"unknown signal 'SIGFOO'; use names such as TERM"),
    (["-p", "0"], r"'0' is not a pid: that is a number above 0, for example 1234"),
    (["-p", "x"], r"'x' is not a pid: that is a number above 0"),
    (["-p", "1,2x"], r"'2x' is not a pid"),
    (["-p", ""], r"a pid is missing"),
    (["-p", "-1"], r"'-1' is not a pid"),
    (["-p", "1", "true"], r"not both"),
    (["--tree", "true"], r"--tree needs -p"),
    (["-e", "trace=opnat", "true"], r"openat"),
    (["-e", "opnat", "true"], r"openat"),
    (["-e", "trace=%fiel", "true"], r"'%fiel'"),
    (["-e", "trace=", "true"], r"set is empty"),
    (["-e", "inject=all", "true"], r"there are trace="),
    (["-s", "many", "true"], r"'many' is not a number"),
    (["-s", "-1", "true"], r"'-1' is not a number"),
    (["--json=yes", "true"], r"takes no value"),
    (["--output=", "true"], r"needs FILE"),
    (["--only", "nofield=1", "true"], r"--only: there is no field 'nofield', at 'nofield=1'"),
    (["--only", "name=a and cgrop=1\nx", "true"], r"at 'cgrop=1\\nx'"),
    (["-o", "", "true"], r"-o: the name of the file is empty"),
    (["--json-file", "", "true"], r"--json-file: the name of the file is empty"),
    (["--color=red", "true"], r"none of auto, always, never"),
    (["--only", " ", "true"], r"--only: the query is empty"),
    (["-o", "| ", "true"], r"-o: the command behind '\|' is empty"),
    (["--strace", "-o", "|", "true"], r"-o: the command behind '\|' is empty"),
    (["--events", "recipe", "true"], r"--events recipe: .* without --recipe"),
    (["--events", "exec_failed,recipe", "true"], r"without -e or --recipe"),
    (["--events", "inherited,fd_audit", "true"], r"without --fd-audit"),
    (["--events", "syscall", "true"], r"without -e$"),
    (["--events", "", "true"], r"--events: the set is empty; .*exec,exit"),
    (["--events", "!", "true"], r"the set is empty"),
    (["--events", "bogus", "true"], r"unknown event 'bogus'; there are .*attach, fork"),
    (["-e", "bogus", "true"], r"unknown system call 'bogus'; use names such as openat.*%file"),
    (["-e", "status=zzz", "true"], r"there are .*successful, failed, unfinished"),
    (["--max-events", "-1", "true"], r"'-1' is not a number from 1 to 18446744073709551615"),
    (["--max-events", "99999999999999999999", "true"], r"not a number from 1 to 18446744073709551615"),
    (["--depth", "99999999999", "true"], r"not a number from 0 to 4294967295"),
    (["-c", "--recipe", "true"], r"-c leaves no log for --recipe: use -C"),
    (["-y", "true"], r"-y is about system calls: say which, with -e trace=SET"),
    (["-T", "-c", "true"], r"-c leaves no log for -T: use -C"),
    (["-c", "-t", "true"], r"-c leaves no log for -t: use -C"),
    (["-c", "-y", "-e", "openat", "true"], r"-c leaves no log for -y: use -C"),
    (["--json", "-r", "true"], r"-r is about the text: --json has the time"),
    (["--json", "-tt", "true"], r"-t is about the text: --json has the time"),
    (["-e", "status=failed", "true"], r"-e status= is about system calls"),
    (["--only", "killed_by=TURM", "true"], r"'TURM' is no signal, .*SIGTERM, term or 15"),
    (["--only", "user=no-such-user", "true"], r"there is no user 'no-such-user'"),
    (["--timeout", "1h30", "true"], r"'1h30' is no duration; use for example .*1h30m"),
    (["--timeout", "m", "true"], r"'m' is no duration"),
    (["--abi", "foo", "--list-syscalls"], r"--abi: 'foo' is none of x86_64"),
    (["--abi", "i386", "true"], r"--abi is about --list-syscalls and --explain"),
    (["--list-syscalls", "true"], r"--list-syscalls follows nothing: leave out PROG"),
    (["--list-syscalls", "-e", "opnat"], r"openat"),
    (["--explain", "open", "--list-syscalls"], r"give one of them"),
    (["--explain", "open", "-e", "open"], r"leave out -e"),
    (["--list-syscalls", "-o", "/dev/null"], r"--list-syscalls writes to standard output: leave out -o"),
    (["--explain", "open", "-o", "/dev/null"], r"--explain writes to standard output: leave out -o"),
    (["--explain", "open", "--json-file", "/dev/null"], r"--explain writes to standard output: leave out --json-file"),
    (["-p", "1", "--explain", "open"], r"--explain follows nothing"),
    (["--explain", "zzzzzz"], r"'zzzzzz'; --list-syscalls has all"),
]


def run(program, arguments):
    return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=30)


def check_bad(program, name, arguments, expected):
    result = run(program, arguments)
    lines = result.stderr.decode(errors="replace").splitlines()
    problems = []
    if result.returncode != 2:
        problems.append(f"exit status {result.returncode}, not 2")
    if len(lines) != 1:
        problems.append(f"{len(lines)} lines on stderr, not 1")
    elif not lines[0].startswith(("strace" if "--strace" in arguments else name) + ": "):
        problems.append("the line does not begin with the program's name")
    elif not re.search(expected, lines[0]):
        problems.append(f"the line does not say /{expected}/")
    if result.stdout:
        problems.append("something on stdout")
    return [f"{name} {arguments}: {'; '.join(problems)}\n    {lines}"] if problems else []


def check_good():
    problems = []
    for program, name in ((PTOP, "ptop"), (FORK, "ptrace-fork")):
        for arguments, expected in ((["--version"], rf"^{name} \d+\.\d+\.\d+\n$"), (["-V"], rf"^{name} "),
                                    (["--help"], rf"^Usage: {name} "), (["-h"], r"^Usage: ")):
            result = run(program, arguments)
            if result.returncode != 0 or result.stderr or not re.search(expected, result.stdout.decode()):
                problems.append(f"{name} {arguments}: {result}")
    # Everything behind the program's name is the program's.
    result = run(FORK, ["-o", "/dev/null", "echo", "--help", "--", "-p", "1"])
    if (result.returncode, result.stdout) != (0, b"--help -- -p 1\n"):
        problems.append(f"ptrace-fork echo --help -- -p 1: {result}")
    result = run(FORK, ["-o", "/dev/null", "--", "echo", "-x"])
    if (result.returncode, result.stdout) != (0, b"-x\n"):
        problems.append(f"ptrace-fork -- echo -x: {result}")
    return problems


def status_unheard(program, arguments, stream):
    """Of a program whose messages, or whose output, nobody can get."""
    reader, writer = os.pipe()
    os.close(reader)
    with open("/dev/full", "wb") as full, open(writer, "wb") as unread:
        return [subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, timeout=30,
                               **{"stdout": subprocess.DEVNULL, stream: place}).returncode for place in (full, unread)]


def check_unheard():
    """The exit status says it all the same. Output that does not fit is a failure; a reader who left had enough."""
    problems = []
    for program, arguments, status in ((PTOP, ["--help"], 4), (PTOP, ["--version"], 4), (PTOP, ["ps", "--help"], 4), (FORK, ["--help"], 125),
                                       (FORK, ["--version"], 125), (FORK, ["--strace", "--help"], 125), (FORK, ["--list-syscalls"], 125),
                                       (FORK, ["--list-syscalls", "--json"], 125), (FORK, ["--explain", "open"], 125)):
        have = status_unheard(program, arguments, "stdout")
        if have not in ([status, 0], [status, -signal.SIGPIPE]):
            problems.append(f"{program} {arguments}, stdout full and without a reader: statuses {have}, not {status} and 0 or SIGPIPE")
        with open("/dev/full", "wb") as full:
            said = subprocess.run([program, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=30, check=False).stderr.decode()
        if "standard output: No space left on device" not in said:
            problems.append(f"{program} {arguments} on a full disk said {said!r}")
    for program, arguments, stream, status in ((PTOP, ["nosuch"], "stderr", 2), (FORK, ["--frobnicate"], "stderr", 2),
                                               (FORK, ["--strace", "-Q"], "stderr", 2), (PTOP, ["show", "999999999"], "stderr", 3)):
        have = status_unheard(program, arguments, stream)
        if have != [status, status]:
            problems.append(f"{program} {arguments}, {stream} full and without a reader: statuses {have}, not {status}")
    return problems


problems = check_good() + check_unheard()
for arguments, expected in BAD_PTOP:
    problems += check_bad(PTOP, "ptop", arguments, expected)
for arguments, expected in BAD_FORK:
    problems += check_bad(FORK, "ptrace-fork", arguments, expected)
print("\n".join(problems) or f"{len(BAD_PTOP) + len(BAD_FORK)} bad command lines, each answered with one line")
sys.exit(1 if problems else 0)
