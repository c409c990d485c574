#!/usr/bin/env python3
"""ptrace-fork on real programs: what their events say.

usage: test_ptrace_fork.py TRACER
"""
import json
import os
import subprocess
import sys
import tempfile

from support import FAMILY, Skip, Traced, check, equal, read_events
from tracer import TRACER, exit_with_own_cases, orphan_script, run


def a_pipeline_an_orphan_and_an_exit_status():
    with orphan_script("cat <&8") as orphan:
        log = Traced(TRACER, [], ["sh", "-c", f"ls | wc -l; {orphan}; exit 3"])
    equal(log.done.returncode, 3, "exit status")
    argvs = [e["argv"] for e in log.of("exec")]
    for argv in (["ls"], ["wc", "-l"], ["cat"]):
        check(argv in argvs, f"no exec of {argv} in {argvs}")
    reader = next(e["pid"] for e in log.of("exec") if e["argv"] == ["cat"])
    adoption = next(e for e in log.of("reparent") if e["pid"] == reader)
    check(adoption["to_comm"], "the adopter has no name")
    born = {e["child"]: e["seq"] for kind in FAMILY for e in log.of(kind)}
    for event in log.of("exec") + log.of("exit"):
        check(event["pid"] not in born or born[event["pid"]] < event["seq"], f"before its birth: {event}")
    equal(log.events[-1]["code"], 3, "status in the end record")


def a_child_of_clone_parent_stands_beside_its_maker():
    makes = "import ctypes, os; os._exit(0 if ctypes.CDLL(None).syscall(56, 0x8000 | 17, 0, 0, 0, 0) == 0 else 1)"
    done = run("sh", "-c", f"{sys.executable} -S -c '{makes}'; true")
    ends = [line.split(maxsplit=1)[1] for line in done.stderr.splitlines() if " exit " in line]
    depths = sorted(line.count("│") for line in ends)
    equal(depths, [0, 1, 1], f"depths in\n{done.stderr}")


def the_start_of_each_process_is_what_it_says_of_itself():
    """With a file for the log it is told from the clock where that leaves one answer; short and long gaps between births."""
    script = "for i in $(seq 60); do cat /proc/self/stat; [ $((i % 4)) = 0 ] && sleep 0.01; done; (cat /proc/self/stat)"
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        done = run("--json", "-o", log.name, "sh", "-c", script)
        events = [json.loads(line) for line in log]
    own = {int(line.split()[0]): int(line.split()[21]) for line in done.stdout.splitlines()}
    told = {e["child"]: e["child_start"] for e in events if e["type"] in FAMILY and not e["thread"]}
    equal(len(own), 61, "processes")
    equal({pid: told[pid] for pid in own}, own, "starts")


def the_peak_of_memory_is_the_programs_own():
    """Its process was a copy of the tracer before, which has more than `true` ever gets."""
    def peak(*command):
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
            run("--json", "-o", log.name, *command)
            events = [json.loads(line) for line in log]
        true = [event["pid"] for event in events if event["type"] == "exec" and event["argv"] == ["/bin/true"]]
        return next(event["max_rss"] for event in events if event["type"] == "exit" and event["pid"] == true[0])
    alone, child = peak("/bin/true"), peak("sh", "-c", "/bin/true; :")
    check(alone < 1.4 * child, f"{alone} bytes started by the tracer, {child} by a shell")


def a_preparation_that_takes_long_is_told_in_part():
    """Without a call the loop needs no time of the tracer."""
    script = "import os, time\nif os.fork() == 0:\n    try: os.execv('/nosuch/x', ['x'])\n    except OSError: os.chdir('/usr')\n" \
             "    end = time.monotonic() + 2.1\n    while time.monotonic() < end: pass\n" \
             "    os.chdir('/')\n    os.execv('/bin/true', ['true'])\nos.wait()"
    log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
    recipe, = log.of("recipe")
    equal((recipe["execed"], recipe["partial"]), (True, True), "how it ended")
    equal([step["path"] for step in recipe["steps"]], ["/usr"], "its steps")
    check(recipe["descriptors"], "what the program gets is known all the same")
    equal([e["path"] for e in log.of("exec_failed")], ["/nosuch/x"], "failed execs")


def a_recipe_tells_how_a_program_was_prepared():
    script = "import os, subprocess; subprocess.run(['cat'], stdin=subprocess.PIPE, cwd='/', start_new_session=True)"
    log = Traced(TRACER, ["--recipe"], [sys.executable, "-c", script])
    recipe = next(e for e in log.of("recipe") if e["execed"])
    actions = {step["action"]: step for step in recipe["steps"]}
    equal(actions["chdir"]["path"], "/", "directory")
    check("setsid" in actions and recipe["new_session"], "no new session")
    dup = next(step for step in recipe["steps"] if step["action"] == "dup")
    equal(dup["to"], 0, "standard input")
    stdin = next(fd["target"] for fd in recipe["descriptors"] if fd["fd"] == 0)
    check(stdin.startswith("pipe:"), stdin)
    check(recipe["seq"] < next(e["seq"] for e in log.of("exec") if e["pid"] == recipe["pid"]), "told after its exec")


def zombies_are_told_without_descriptors_to_spare():
    program = ("import os; pids = [os.fork() or os._exit(0) for _ in range(40)]; "
               "[os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT) for pid in pids]; [os.waitpid(pid, 0) for pid in pids]")
    limit = ["prlimit", "--nofile=24", TRACER, "--json", "-o"]
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        subprocess.run([*limit, log.name, sys.executable, "-S", "-c", program], check=True, timeout=60)
        events = read_events(log.name)
    root = events[1]["pid"]
    reaped = [(e["how"], e["by"]) for e in events if e["type"] == "reaped"]
    equal(reaped, [("waited", root)] * 40, "who collected the zombies")


def a_daemon_is_recognised():
    with orphan_script("sh -c 'read line <&8' </dev/null >/dev/null 2>&1") as orphan:
        log = Traced(TRACER, [], ["setsid", "sh", "-c", f"cd /; {orphan}"])
    adoption = next(e for e in log.of("reparent"))
    check({"new_session", "no_terminal"} <= set(adoption.get("daemon_signs", [])), str(adoption))
    check("root_directory" in adoption["daemon_signs"], str(adoption))


def system_calls_as_strace_shows_them():
    if not any(os.access(os.path.join(d, "strace"), os.X_OK) for d in os.environ["PATH"].split(":")):
        raise Skip("no strace")
    calls = ["-e", "trace=openat,read,close"]
    with tempfile.TemporaryDirectory() as folder:
        theirs = os.path.join(folder, "strace")
        subprocess.run(["strace", *calls, "-o", theirs, "cat", "/etc/hostname"], check=True, stdout=subprocess.PIPE)
        ours = run(*calls, "cat", "/etc/hostname")
        with open(theirs, encoding="utf-8") as log:
            want = [line.rstrip() for line in log if not line.startswith("+++")]
    have = [line.split(maxsplit=2)[2] for line in ours.stderr.splitlines() if "(" in line and ") " in line and "=" in line]
    have = [" ".join(line.split()) for line in have if line.split("(")[0] in ("openat", "read", "close")]
    equal(have, [" ".join(line.split()) for line in want], "calls")


if __name__ == "__main__":
    exit_with_own_cases(globals())
