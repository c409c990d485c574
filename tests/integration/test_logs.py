#!/usr/bin/env python3
"""The log as text, its tables, and what becomes of it when nobody can have it.

usage: test_logs.py TRACER
"""
import os
import re
import subprocess
import tempfile

from support import Traced, check, equal, wait_until
from tracer import TRACER, exit_with_own_cases, finished_log, one_line, orphan_script, run


def text_log_names_everything():
    with orphan_script("cat <&8") as orphan:
        done = run("sh", "-c", f"ls | wc -l; {orphan}; exit 3")
    equal(done.returncode, 3, "exit status")
    for text in ("exec", "ls", "wc -l", "cat", "orphan", "exit   3", "fork"):
        check(text in done.stderr, f"{text!r} is not in the log:\n{done.stderr}")
    check("\x1b" not in done.stderr, "colour without a terminal")


def time_and_events_end_the_log_and_not_the_program():
    until_untraced = 'while :; do while read key value; do [ "$key$value" = TracerPid:0 ] && break 2; done </proc/$$/status; done'
    for options, reason in ((["--timeout", "50ms"], "time is up"), (["--max-events", "2"], "enough events")):
        log = Traced(TRACER, options, ["sh", "-c", f"{until_untraced}; (exit 1); exit 5"])
        equal(log.done.returncode, 5, "exit status")
        equal(log.events[-1]["reason"], reason, "reason")
    equal(log.events[-1]["events"], 2, "events")


def a_summary_ends_the_log():
    done = run("-q", "--events=none", "--summary", "sh", "-c", "ls >/dev/null; (exit 4); exit 3")
    lines = done.stderr.splitlines()
    check(lines[0].split() == ["PROCESS", "STATUS", "TIME", "CPU", "RSS"], lines[0])
    check(lines[1].startswith("sh -c") and lines[-1].startswith("3 processes, 2 execs, 2 failed"), done.stderr)
    check("◀" in lines[1] and lines[-2].startswith("◀ the slowest branch"), f"the mark is not explained: {lines}")


def a_summary_of_who_lives_on():
    done = run("--events=exec", "--max-events=2", "--summary", "sh", "-c", "exec sleep 3")
    row = next(line for line in done.stderr.splitlines() if line.startswith("sleep ")).split()
    equal(row[:3], ["sleep", "3", "runs"], "row")
    check("0" not in row[-2:] and "-" not in row[-1:], f"costs {row}")
    done = run("-q", "--events=none", "--only", "name=nosuch", "--summary", "true")
    check("0 processes, 0 execs;" in done.stderr, done.stderr)


def calls_are_counted():
    done = run("-c", "-e", "trace=openat,getpid", "sh", "-c", "cat /none/at/all 2>/dev/null; exit 3")
    equal(done.returncode, 3, "exit status")
    lines = done.stderr.splitlines()
    equal(lines[0].split()[-3:], ["calls", "errors", "syscall"], "heading")
    rows = {line.split()[-1]: line.split() for line in lines[1:]}
    check(int(rows["openat"][4]) >= 1 and int(rows["openat"][-2]) >= 1, done.stderr)
    equal(set(rows) - {"getpid"}, {"openat", "total"}, "calls")
    check("exec" not in done.stderr, "a log before the table")


def a_table_behind_the_log_counts_all_calls():
    """Without -e, which says what the log has of them."""
    done = run("-C", "true")
    check("execve" in done.stderr and "exit   0" in done.stderr and "mmap(" not in done.stderr, done.stderr)
    check("mmap(" in run("-C", "-e", "mmap", "true").stderr, "no calls in the log with -e")
    if os.geteuid() != 0:
        own = subprocess.run(["id", "-un"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        done = run("-u", own, "true")
        check(done.returncode == 0 or (done.returncode == 2 and "only root" in done.stderr), f"-u of oneself: {done}")


def the_log_goes_to_a_command():
    with tempfile.TemporaryDirectory() as folder:
        there = os.path.join(folder, "there")
        equal(run("-o", f"|cat >{there}", "sh", "-c", "exit 4").returncode, 4, "exit status")
        with open(there, encoding="utf-8") as log:
            check(log.read().rstrip().splitlines()[-1].split()[2:4] == ["exit", "4"], "the whole log is there")


def a_reader_that_leaves_does_not_hurt_the_program():
    with tempfile.TemporaryDirectory() as folder:
        mark = os.path.join(folder, "mark")
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = subprocess.run([TRACER, "-o", f"/dev/fd/{write_end}", "sh", "-c", f"ls >/dev/null; ls >/dev/null; echo done >{mark}; exit 5"],
                              check=False, pass_fds=[write_end], stderr=subprocess.PIPE, timeout=60)
        os.close(write_end)
        equal(done.returncode, 5, f"status, stderr {done.stderr}")
        check(os.path.exists(mark), "the program did not get to its end")


def a_full_disk_is_said_and_does_not_hurt_the_program():
    done = run("-o", "/dev/full", "sh", "-c", "ls >/dev/null; exit 5")
    equal(done.returncode, 5, "status")
    check("No space left" in done.stderr, done.stderr)


def a_file_beside_the_log_is_minded_as_the_log_is():
    done = run("-o", "/dev/null", "--json-file", "/dev/full", "sh", "-c", "ls >/dev/null; exit 5")
    one_line(done, 5, "/dev/full: No space left")
    for how in ([], ["-D"]):
        one_line(run(*how, "--json-file", "/nonexistent/log", "true"), 125, "/nonexistent/log")
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        equal(run("-D", "-o", "/dev/null", "--json-file", log.name, "true").returncode, 0, "status")
        wait_until(lambda: finished_log(log.name), "the log beside")
    target = subprocess.Popen(["sh", "-c", "echo ready; read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    equal(target.stdout.readline(), b"ready\n", "handshake")
    one_line(run("-o", "/dev/null", "--json-file", "/dev/full", "-p", str(target.pid)), 125, "/dev/full")
    target.communicate(b"\n")


def one_file_for_the_log_and_json_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        there, absent, link = (os.path.join(folder, name) for name in ("there", "absent", "link"))
        with open(there, "w", encoding="ascii") as file:
            file.write("kept\n")
        os.symlink(there, link)
        for log, json_file in ((there, there), (there, link), (absent, absent), (absent, f"{folder}/./absent")):
            one_line(run("-o", log, "--json-file", json_file, "true"), 2, "--json-file", os.path.basename(json_file))
        done = run("--strace", "-o", there, "--json-file", link, "true")
        equal((done.returncode, len(done.stderr.splitlines())), (2, 1), "in strace's dialect")
        with open(there, "r+", encoding="ascii") as stderr:
            equal(subprocess.run([TRACER, "--json-file", there, "true"], stderr=stderr, check=False, timeout=60).returncode, 2, "of standard error")
        check(not os.path.exists(absent), "it was made")
        for log, json_file in ((there, absent), ("/dev/null", "/dev/null"), ("|cat >/dev/null", there)):
            equal(run("-o", log, "--json-file", json_file, "true").returncode, 0, f"{log} and {json_file}")


def status_unheard(*command):
    """With a full standard error, with one that nobody reads, and without any."""
    reader, writer = os.pipe()
    os.close(reader)
    with open("/dev/full", "wb") as full, open(writer, "wb") as unread:
        have = [subprocess.run([TRACER, *command], check=False, timeout=60, stderr=place).returncode for place in (full, unread)]
    return have + [subprocess.run([TRACER, *command], check=False, timeout=60, preexec_fn=lambda: os.close(2)).returncode]


def messages_that_cannot_be_written_do_not_hurt():
    for status, command in ((3, ["sh", "-c", "ls >/dev/null; exit 3"]), (3, ["-o", "/dev/full", "sh", "-c", "exit 3"]),
                            (127, ["nonexistent-program"]), (127, ["-D", "nonexistent-program"]), (125, ["-p", "999999999"]),
                            (125, ["-o", "/nonexistent/log", "true"]), (2, ["-e", "trace=opnat", "true"])):
        equal(status_unheard(*command), [status] * 3, f"statuses of {command}")


def without_utf8_it_draws_with_ascii():
    command = ["--summary", "sh", "-c", "ls / >/dev/null; exit 0"]
    for locale, ascii_only in (("C", True), ("en_US.ISO-8859-1", True), ("C.UTF-8", False)):
        said = run(*command, env={**os.environ, "LC_ALL": locale}).stderr
        equal(said.isascii(), ascii_only, f"only ASCII with {locale}: {said}")


def times_since_the_line_before_stand_behind_the_clock():
    for options, pattern in ((["-r"], r" +\d\.\d{6} +\d+ "), (["-r", "-t"], r"\d\d:\d\d:\d\d +\d\.\d{6} +\d+ "),
                             (["-ttr"], r"\d\d:\d\d:\d\d\.\d{6} +\d\.\d{6} +\d+ ")):
        lines = run(*options, "true").stderr.splitlines()
        check(len(lines) >= 2 and all(re.match(pattern, line) for line in lines), f"{options}: {lines}")


def verbose_tells_the_whole_environment():
    assignments = [f"V{i}={'v' * 60}{i}" for i in range(12)]
    for more in ([], ["-v"]):
        said = run(*more, "sh", "-c", " ".join(assignments) + " env true").stderr
        equal([f"+{a}" in said for a in assignments], [bool(more)] * 12, f"whole variables with {more}")


if __name__ == "__main__":
    exit_with_own_cases(globals(), [status_unheard])
