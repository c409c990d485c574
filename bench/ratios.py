"""Ratios measured side by side: ours, the usual tool, and the floor take turns, so that what else the machine does
hits all of them alike. The best of the rounds is printed, wall clock and CPU time, with all descendants: what others do
only ever adds to it. The CPU time is the steadier one. Targets are those of the project: what must be reached, of which
contestant; one that is reached in one of the two times only is called so."""
import argparse
import atexit
import collections
import contextlib
import dataclasses
import functools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import latency
import screens

PS_COLUMNS = "pid,ppid,pgid,sid,tty,uid,user,gid,state,comm,args,pcpu,cputime,rss,vsz,nlwp,nice,pri,cgroup,lstart,exe"
NULL = dict(stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@dataclasses.dataclass
class Contestant:
    name: str
    command: list
    calls: bool = False  # count its system calls
    environment: dict = dataclasses.field(default_factory=dict)
    own_calls: bool = False  # of a tracer: count those of its own, without the traced program's
    folder: str = None   # where it runs


@dataclasses.dataclass
class Target:
    """`ours` takes at most `ratio` of the time of `beside`."""
    ours: str
    ratio: float
    beside: str
    word: str = "target"


@dataclasses.dataclass
class Table:
    name: str
    title: str
    contestants: list
    targets: list
    crowd: bool = False  # measured with many processes on the machine
    user: bool = False  # of the CPU time, only what is spent outside of the kernel
    screen: bool = False  # its contestants fill a terminal until they are stopped


@dataclasses.dataclass
class Script:
    command: list
    folder: str


@dataclasses.dataclass
class Run:
    wall: float
    cpu: float


def tables(build, execs):
    ptop, fork = f"{build}/src/ptop/ptop", f"{build}/src/ptrace-fork/ptrace-fork"
    floor = f"{build}/bench/floor_"
    read = floor + "read_files"
    stat = Contestant("floor: stat", [read, "stat"], True)
    # The same files as the program under it reads: @ is a link, @…/ a directory of links.
    of_ps = Contestant("floor: files of ps", [read, "stat", "status", "cmdline"], True)
    of_dump = Contestant("floor: files of dump", [read, "stat", "status", "cmdline", "cgroup", "@exe", "@cwd"], True)
    of_fds = Contestant("floor: links of fds", [read, "stat", "@fd/"], True)
    loop = [floor + "fork_exec_loop", str(execs)]
    mixed = [floor + "mixed_calls", "100000"]
    events = ["-e", "trace=%process"]
    return [
        Table("ps", "a process table", [
            stat, of_ps, Contestant("ptop ps", [ptop, "ps"], True), Contestant("ps -e", ["ps", "-e"], True),
            Contestant("ps aux", ["ps", "aux"], True),
        ], [Target("ptop ps", 0.5, "ps -e"), Target("ptop ps", 0.5, "ps aux"),
            Target("ptop ps", 1.3, of_ps.name, "aim")], crowd=True),
        Table("dump", "a full snapshot", [
            stat, of_dump, Contestant("ptop dump", [ptop, "dump"], True),
            Contestant("ps -eo, same columns", ["ps", "-eo", PS_COLUMNS], True),
        ], [Target("ptop dump", 1.0, "ps -eo, same columns"), Target("ptop dump", 0.5, "ps -eo, same columns", "aim")],
            crowd=True),
        Table("fds", "every open file", [
            stat, of_fds, Contestant("ptop fds", [ptop, "fds"], True), Contestant("lsof -n", ["lsof", "-n"], True),
        ], [Target("ptop fds", 1 / 3, "lsof -n"), Target("ptop fds", 0.1, "lsof -n", "aim")], crowd=True),
        Table("screen", "a full terminal, refreshed every second", [
            Contestant("ptop", [ptop, "--delay", "1"]), Contestant("top", ["top", "-d", "1"]),
            Contestant("htop", ["htop", "-d", "10"]),
            Contestant("btop", ["btop"], environment={"XDG_CONFIG_HOME": btop_configuration()}),
        ], [Target("ptop", 0.5, "top"), Target("ptop", 0.5, "htop"), Target("ptop", 0.5, "btop")],
            crowd=True, screen=True),
        Table("events", f"tracing {execs} forks and execs", [
            Contestant("untraced", loop), Contestant("floor: events only", [floor + "follow_events", *loop]),
            Contestant("ptrace-fork", [fork, "-o", "/dev/null", *loop]),
            Contestant("ptrace-fork --json", [fork, "--json", "-o", "/dev/null", *loop]),
            Contestant("strace %process", ["strace", "-f", "--seccomp-bpf", *events, "-o", "/dev/null", *loop]),
        ], []),
        Table("calls", f"tracing every system call of {execs} forks and execs", [
            Contestant("untraced", loop),
            Contestant("ptrace-fork -e all", [fork, "-e", "trace=all", "-o", "/dev/null", *loop]),
            Contestant("strace -f", ["strace", "-f", "-o", "/dev/null", *loop]),
        ], [Target("ptrace-fork -e all", 0.5, "strace -f"), Target("ptrace-fork -e all", 0.35, "strace -f", "aim")]),
        Table("decode", "user time of decoding and writing mixed calls; the program's own is the first line's", [
            Contestant("untraced", mixed),
            Contestant("ptrace-fork --strace", [fork, "--strace", "-f", "-o", "/dev/null", *mixed]),
            Contestant("ptrace-fork -e all", [fork, "-e", "trace=all", "-o", "/dev/null", *mixed]),
            Contestant("ptrace-fork --json", [fork, "--json", "-e", "trace=all", "-o", "/dev/null", *mixed]),
            Contestant("strace -f", ["strace", "-f", "-o", "/dev/null", *mixed]),
        ], [Target("ptrace-fork --strace", 1.0, "strace -f")], user=True),
    ]


@functools.cache
def btop_configuration():
    """btop refreshes every two seconds unless its configuration says otherwise."""
    directory = tempfile.mkdtemp(prefix="ptop-bench.")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    os.mkdir(f"{directory}/btop")
    with open(f"{directory}/btop/btop.conf", "w", encoding="utf-8") as file:
        file.write("update_ms = 1000\n")
    return directory


def configure_tables(build, script):
    """Of what each process does, and of system calls: those take ten times as long."""
    def of(name, *tracer, **more):
        return Contestant(name, [*tracer, *script.command], folder=script.folder, **more)

    fork = [f"{build}/src/ptrace-fork/ptrace-fork", "-o", "/dev/null"]
    strace = ["strace", "-f", "-o", "/dev/null"]
    openat, filtered = ["-e", "trace=openat"], "ptrace-fork --seccomp-bpf openat"
    yield Table("configure", "tracing a configure script", [
        of("untraced"), of("floor: events only", f"{build}/bench/floor_follow_events"),
        of("ptrace-fork", *fork, own_calls=True), of("ptrace-fork --fd-audit", *fork, "--fd-audit"),
        of("ptrace-fork --only name=sed", *fork, "--only", "name=sed"), of("ptrace-fork --recipe", *fork, "--recipe"),
        of("strace %process", *strace, "--seccomp-bpf", "-e", "trace=%process"),
    ], [Target("ptrace-fork", 1.15, "untraced"), Target("ptrace-fork", 1.06, "untraced", "aim")])
    yield Table("configure-calls", "tracing system calls of a configure script", [
        of("untraced"), of(filtered, *fork, "--seccomp-bpf", *openat), of("strace --seccomp-bpf openat", *strace, "--seccomp-bpf", *openat),
        of("ptrace-fork -e openat", *fork, *openat), of("ptrace-fork -e all", *fork, "-e", "trace=all"), of("strace -f", *strace),
    ], [Target(filtered, 1.2, "untraced"), Target(filtered, 1.1, "untraced", "aim"),
        Target("ptrace-fork -e all", 0.5, "strace -f"), Target("ptrace-fork -e all", 0.35, "strace -f", "aim")])


def run(command, folder=None, user=False):
    begin = time.perf_counter()
    program = subprocess.Popen(command, cwd=folder, **NULL)
    _, status, usage = os.wait4(program.pid, 0)
    took = time.perf_counter() - begin
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {program.returncode}")
    return Run(took, usage.ru_utime if user else usage.ru_utime + usage.ru_stime)


def system_calls(command, threads=("-f",), folder=None):
    """How many one run makes, of all its threads; None: strace is not there."""
    if not shutil.which("strace"):
        return None
    traced = subprocess.run(["strace", "-c", *threads, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True, cwd=folder)
    total = re.search(r"^\s*100\.00\s+\S+\s+\S+\s+(\d+).*total$", traced.stderr, re.MULTILINE)
    return int(total[1]) if total else None


@contextlib.contextmanager
def crowd_of(build, count):
    """`count` more processes on this machine."""
    crowd = subprocess.Popen([f"{build}/bench/crowd", str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        if crowd.stdout.readline() != b"ready\n":
            sys.exit(f"bench: {count} more processes are not to be had here")
        yield
    finally:
        crowd.stdin.close()
        crowd.wait()


def processes():
    return sum(name.isdigit() for name in os.listdir("/proc"))


def measure(table, rounds):
    """The best run and the spread by contestant; those not installed are left out."""
    present = [contestant for contestant in table.contestants if shutil.which(contestant.command[0])]
    runs = {contestant.name: [] for contestant in present}
    for contestant in present:
        run(contestant.command, contestant.folder, table.user)
    for _ in range(rounds):
        for contestant in present:
            runs[contestant.name].append(run(contestant.command, contestant.folder, table.user))
    return present, {name: best_of(all_runs) for name, all_runs in runs.items()}


def best_of(runs):
    walls = [one.wall for one in runs]
    return Run(min(walls), min(one.cpu for one in runs)), (max(walls) - min(walls)) / statistics.median(walls)


def print_table(table, rounds):
    count = processes()
    present, bests = measure(table, rounds)
    print(f"\n{table.name}: {table.title}" + (f" ({count} processes)" if table.crowd else ""))
    print(f"  {'':36}{'wall ms':>9}{'ratio':>8}{'CPU ms':>9}{'ratio':>8}{'spread':>8}"
          + (f"{'calls/process':>15}" if table.crowd else ""))
    first = bests[present[0].name][0]
    for contestant in present:
        one, spread = bests[contestant.name]
        line = (f"  {contestant.name:36}{one.wall * 1000:9.1f}{one.wall / first.wall:8.2f}{one.cpu * 1000:9.1f}"
                f"{one.cpu / max(first.cpu, 1e-4):8.2f}{spread:8.0%}")
        calls = system_calls(contestant.command) if contestant.calls else None
        print(line + (f"{calls / count:15.1f}" if calls else ""), flush=True)
    for contestant in present:
        if contestant.own_calls:
            print_tracer(contestant)
    for target in table.targets:
        if target.ours in bests and target.beside in bests:
            print_target(target, bests[target.ours][0], bests[target.beside][0])


def print_screens(table, seconds):
    present = [contestant for contestant in table.contestants if shutil.which(contestant.command[0])]
    print(f"\n{table.name}: {table.title} ({processes()} processes)")
    print(f"  {'':36}{'CPU ms/s':>9}{'ratio':>8}{'MB':>9}")
    found = {}
    for contestant in present:
        one = found[contestant.name] = screens.measure(contestant.command, contestant.environment, seconds)
        first = found[present[0].name]
        print(f"  {contestant.name:36}{one.cpu * 1000:9.1f}{one.cpu / max(first.cpu, 1e-4):8.2f}"
              f"{one.memory / 1e6:9.1f}", flush=True)
    for target in table.targets:
        if target.ours in found and target.beside in found:
            ratio = found[target.ours].cpu / max(found[target.beside].cpu, 1e-4)
            print(f"  {target.word + ':':7} {target.ours} at most {target.ratio:.2f} of {target.beside}: "
                  f"{ratio:.2f}, {verdict(target, cpu=ratio)}")


def print_latency(build):
    print(f"\nlatency: from a key to the screen ({processes()} processes); must be below 50 ms in 99 of 100")
    print(f"  {'':36}{'median ms':>11}{'99 %':>9}{'longest':>9}")
    for name, follow in (("ptop", False), ("ptop, following system calls", True)):
        figures = latency.measure(f"{build}/src/ptop/ptop", follow)
        print(f"  {name:36}{figures[0] * 1000:11.1f}{figures[1] * 1000:9.1f}{figures[2] * 1000:9.1f}", flush=True)


def verdict(target, **ratios):
    reached = [kind for kind, ratio in ratios.items() if ratio <= target.ratio]
    if len(reached) == len(ratios):
        return "reached"
    return f"reached in {reached[0]} time only" if reached else "not reached"


def print_tracer(contestant):
    """What a tracer does for each process that the traced program makes: its log counts those."""
    with tempfile.NamedTemporaryFile("r") as log:
        command = [log.name if word == "/dev/null" else word for word in contestant.command]
        calls = system_calls([command[0], "--json", *command[1:]], (), contestant.folder)
        last = collections.deque(log, 1)
    end = json.loads(last[0]) if last else {}
    if calls and end.get("processes"):
        print(f"  {contestant.name}: {end['processes']} processes, {end['execs']} execs, {end['events']} events; "
              f"{calls / end['processes']:.1f} calls of its own for each process")


def print_memory(build, processes):
    """The peak of the tracer's resident set, seen by the program that it traces: it must not grow with their number."""
    print("\nmemory: ptrace-fork and many short processes")
    for count in (1000, processes):
        look = f"{build}/bench/floor_fork_exec_loop {count} fork; grep VmHWM /proc/$PPID/status"
        told = subprocess.run([f"{build}/src/ptrace-fork/ptrace-fork", "-o", "/dev/null", "sh", "-c", look], check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True).stdout
        print(f"  {count:7} processes: {int(told.split()[1]) / 1024:.1f} MB", flush=True)


@contextlib.contextmanager
def configure_script(checks):
    """One that looks for so many functions: made where it is run. None: there is no autoconf."""
    if not shutil.which("autoconf"):
        print("no autoconf: no configure script to trace", file=sys.stderr)
        yield None
        return
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "configure")
        shutil.copytree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "configure"), folder)
        subprocess.run(["autoconf"], cwd=folder, check=True)
        yield Script(["env", f"CHECKS={checks}", "./configure", "--quiet"], folder)


def print_target(target, ours, beside):
    wall, cpu = ours.wall / beside.wall, ours.cpu / max(beside.cpu, 1e-4)
    print(f"  {target.word + ':':7} {target.ours} at most {target.ratio:.2f} of {target.beside}: "
          f"{wall:.2f} wall, {cpu:.2f} CPU: {verdict(target, wall=wall, CPU=cpu)}")


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--build", required=True, type=os.path.abspath, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=10, help="watch each program with a screen for so long")
    parser.add_argument("--processes", type=int, default=10000, help="processes to add before reading /proc")
    parser.add_argument("--execs", type=int, default=500, help="fork and exec this often under the tracers")
    parser.add_argument("tables", metavar="TABLE", nargs="*", 
                        help="ps, dump, fds, screen, latency, events, calls, decode, configure, configure-calls, memory; all by default")
    parser.add_argument("--checks", type=int, default=60, help="of the configure scripts; 1000: 7000 execs")
    parser.add_argument("--short-processes", type=int, default=100000, help="after which memory is measured")
    return parser, parser.parse_args()


def main():
    parser, options = arguments()
    known = tables(options.build, options.execs)
    wanted = [table for table in known if not options.tables or table.name in options.tables]
    unknown = set(options.tables) - {table.name for table in known} - {"configure", "configure-calls", "memory", "latency"}
    if unknown:
        parser.error(f"no such table: {', '.join(sorted(unknown))}")
    print(f"{os.cpu_count()} CPUs, Linux {os.uname().release}, best of {options.rounds} rounds in turns; "
          "ratios to the first line of each table")
    with_latency = not options.tables or "latency" in options.tables
    if with_latency or any(table.crowd for table in wanted):
        with crowd_of(options.build, options.processes):
            for table in wanted:
                if table.screen:
                    print_screens(table, options.seconds)
                elif table.crowd:
                    print_table(table, options.rounds)
            if with_latency:
                print_latency(options.build)
    for table in wanted:
        if not table.crowd:
            print_table(table, options.rounds)
    if not options.tables or {"configure", "configure-calls"} & set(options.tables):
        with configure_script(options.checks) as script:
            for table in configure_tables(options.build, script) if script else ():
                if not options.tables or table.name in options.tables:
                    print_table(table, options.rounds)
    if not options.tables or "memory" in options.tables:
        print_memory(options.build, options.short_processes)


main()
