"""Ratios measured side by side: ours, the usual tool, and the floor take turns, so that what else the machine does
hits all of them alike. The median of the rounds is printed. Absolute times mean little on shared machines."""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--build", required=True, help="build folder with the programs and the floors")
arguments.add_argument("--rounds", type=int, default=11)
arguments.add_argument("--execs", type=int, default=500, help="fork and exec this often under the tracers")
arguments.add_argument("--processes", type=int, default=1000, help="sleeping processes to add before reading /proc")
options = arguments.parse_args()

ptop, fork = f"{options.build}/src/ptop/ptop", f"{options.build}/src/ptrace-fork/ptrace-fork"
floor = f"{options.build}/bench/floor_"
loop = [floor + "fork_exec_loop", str(options.execs)]
PS_COLUMNS = "pid,ppid,pgid,sid,tty,uid,user,gid,state,comm,args,pcpu,cputime,rss,vsz,nlwp,nice,pri,cgroup"

TABLES = [
    ("a process table", "processes", [
        ("floor: stat of each", [floor + "read_stat"]),
        ("ptop ps", [ptop, "ps"]),
        ("ps -e", ["ps", "-e"]),
        ("ps aux", ["ps", "aux"]),
    ]),
    ("a full snapshot", "processes", [
        ("floor: stat of each", [floor + "read_stat"]),
        ("ptop dump", [ptop, "dump"]),
        ("ps -eo, same columns", ["ps", "-eo", PS_COLUMNS]),
    ]),
    (f"tracing {options.execs} forks and execs", None, [
        ("untraced", loop),
        ("floor: events only", [floor + "follow_events", *loop]),
        ("ptrace-fork", [fork, "-o", "/dev/null", *loop]),
        ("ptrace-fork --json", [fork, "--json", "-o", "/dev/null", *loop]),
        ("strace %process", ["strace", "-f", "--seccomp-bpf", "-e", "trace=%process", "-o", "/dev/null", *loop]),
    ]),
    (f"tracing every system call of {options.execs} forks and execs", None, [
        ("untraced", loop),
        ("ptrace-fork -e all", [fork, "-e", "trace=all", "-o", "/dev/null", *loop]),
        ("strace -f", ["strace", "-f", "-o", "/dev/null", *loop]),
    ]),
]


def seconds(command):
    begin = time.perf_counter()
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took = time.perf_counter() - begin
    if status.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {status.returncode}")
    return took


def measure(title, contestants):
    contestants = [(name, command) for name, command in contestants if shutil.which(command[0])]
    times = {name: [] for name, _ in contestants}
    for _, command in contestants:
        seconds(command)
    for _ in range(options.rounds):
        for name, command in contestants:
            times[name].append(seconds(command))
    median = {name: statistics.median(values) for name, values in times.items()}
    first = median[contestants[0][0]]
    print(f"\n{title}")
    for name, value in median.items():
        spread = (max(times[name]) - min(times[name])) / value
        print(f"  {name:26} {value * 1000:9.1f} ms   {value / first:6.2f} x   (spread {spread:.0%})")


def processes():
    return sum(name.isdigit() for name in os.listdir("/proc"))


def main():
    sleepers = [subprocess.Popen(["sleep", "infinity"]) for _ in range(options.processes)]
    try:
        print(f"{processes()} processes, {os.cpu_count()} CPUs, Linux {os.uname().release}, "
              f"median of {options.rounds} rounds; ratios to the first line of each table")
        for title, kind, contestants in TABLES:
            if kind == "processes":
                measure(f"{title} ({processes()} processes)", contestants)
    finally:
        for sleeper in sleepers:
            sleeper.kill()
        for sleeper in sleepers:
            sleeper.wait()
    for title, kind, contestants in TABLES:
        if kind is None:
            measure(title, contestants)


main()
