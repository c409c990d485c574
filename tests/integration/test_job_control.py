#!/usr/bin/env python3
"""Ctrl-Z, fg, bg and Ctrl-C in a real terminal, for a traced program and for a whole traced shell: as untraced.

usage: test_job_control.py TRACER
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from support import Skip, check, children_of, equal, exit_with, process_state, status_field, wait_until

TRACER = os.path.abspath(sys.argv[1])
PROMPT = "ready> "


class Terminal:
    """A shell in tmux, on a server of its own."""

    def __init__(self, shell, prompt="$ "):
        self.folder = tempfile.TemporaryDirectory()
        self.socket = os.path.join(self.folder.name, "socket")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", f"PS1='{prompt}' exec {shell}")
        self.shell = int(self.tmux("display-message", "-p", "#{pane_pid}"))
        wait_until(lambda: self.screen().rstrip().endswith(prompt.rstrip()), "a prompt")

    def tmux(self, *words):
        return subprocess.run(["tmux", "-S", self.socket, *words], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def wait_for(self, text):
        return wait_until(lambda: text in self.screen(), f"{text!r} on the screen:\n{self.screen()}")

    def tracer(self):
        return wait_until(lambda: children_of(self.shell), "the tracer")[0]

    def close(self):
        self.tmux("kill-server")
        self.folder.cleanup()


def with_terminal(shell):
    def decorate(function):
        def case():
            if not shutil.which(shell.split()[0]):
                raise Skip(f"no {shell}")
            terminal = Terminal(shell)
            try:
                function(terminal)
            finally:
                terminal.close()
        case.__name__ = f"{function.__name__}_in_{shell.split()[0]}"
        return case
    return decorate


def wait_until_suspended(terminal):
    """In the words of bash, dash and zsh; zsh says "suspended (signal)" of what was not stopped by Ctrl-Z."""
    wait_until(lambda: re.search(r"Stopped|suspended  ", terminal.screen()), f"a stop on the screen:\n{terminal.screen()}")


def stop_and_go(terminal):
    terminal.type(f"{TRACER} -o /dev/null cat; echo status=$?", "Enter")
    tracer = terminal.tracer()
    program = wait_until(lambda: children_of(tracer), "the program")[0]
    wait_until(lambda: process_state(program) == "S", "the program waits for input")
    terminal.type("hello", "Enter")
    wait_until(lambda: terminal.screen().count("hello") == 2, "the echo of cat")
    terminal.type("C-z")
    wait_until_suspended(terminal)
    equal(process_state(tracer), "T", "state of the tracer")
    terminal.type("fg", "Enter")
    wait_until(lambda: process_state(program) == "S", "the program goes on")
    terminal.type("again", "Enter")
    wait_until(lambda: terminal.screen().count("again") == 2, "the echo of cat")
    terminal.type("C-d")
    wait_until(lambda: not os.path.exists(f"/proc/{tracer}"), "the end of the tracer")


def interrupt(terminal):
    terminal.type(f"{TRACER} -o /dev/null sleep 1000", "Enter")
    tracer = terminal.tracer()
    program = wait_until(lambda: children_of(tracer), "the program")[0]
    wait_until(lambda: "sleep" in open(f"/proc/{program}/comm", encoding="ascii").read(), "the exec")
    terminal.type("C-c")
    wait_until(lambda: not os.path.exists(f"/proc/{tracer}"), "the end of the tracer")
    terminal.type("echo status=$?", "Enter")
    terminal.wait_for("status=130")


def background_and_foreground(terminal):
    terminal.type(f"{TRACER} -o /dev/null sh -c 'read word; echo got:$word'", "Enter")
    tracer = terminal.tracer()
    program = wait_until(lambda: children_of(tracer), "the program")[0]
    wait_until(lambda: process_state(program) == "S", "the program reads")
    terminal.type("C-z")
    wait_until_suspended(terminal)
    terminal.type("bg", "Enter")   # it reads from the terminal in the background: SIGTTIN stops it again
    wait_until(lambda: process_state(program) in "tT" and process_state(tracer) == "T", "stopped by SIGTTIN")
    terminal.type("fg", "Enter")
    wait_until(lambda: process_state(program) == "S", "the program reads")
    terminal.type("word", "Enter")
    terminal.wait_for("got:word")


def is_untraced(pid):
    return status_field(pid, "TracerPid") == "0"


def stop_and_go_after_the_log(terminal):
    terminal.type(f"{TRACER} --max-events 1 -o /dev/null sh -c 'read word; echo got:$word'", "Enter")
    tracer = terminal.tracer()
    program = wait_until(lambda: children_of(tracer), "the program")[0]
    wait_until(lambda: is_untraced(program) and process_state(program) == "S", "the program reads, untraced")
    terminal.type("C-z")
    wait_until_suspended(terminal)
    equal((process_state(tracer), process_state(program)), ("T", "T"), "states")
    terminal.type("fg", "Enter")
    wait_until(lambda: process_state(program) == "S", "the program reads")
    terminal.type("word", "Enter")
    terminal.wait_for("got:word")


def out_of_the_reach_of_the_terminal(terminal):
    """The program left the group that Ctrl-Z and Ctrl-C go to: the tracer stops alone, and passes the other on."""
    terminal.type(f"{TRACER} -o /dev/null setsid sleep 1000; echo status=$?", "Enter")
    tracer = terminal.tracer()
    program = wait_until(lambda: children_of(tracer), "the program")[0]
    wait_until(lambda: os.getsid(program) == program and "sleep" in open(f"/proc/{program}/comm", encoding="ascii").read(), "a session")
    terminal.type("C-z")
    wait_until_suspended(terminal)
    equal(process_state(tracer), "T", "state of the tracer")
    terminal.type("fg", "Enter")
    wait_until(lambda: process_state(tracer) == "S", "the tracer goes on")
    terminal.type("C-c")
    wait_until(lambda: not os.path.exists(f"/proc/{tracer}"), "the end of the tracer")
    check(not os.path.exists(f"/proc/{program}"), "the program is left")


def stops_itself(terminal, script, *keys):
    """In Python; it stops after the keys if there are any, and goes on with fg."""
    file = os.path.join(terminal.folder.name, "script")
    with open(file, "w", encoding="utf-8") as text:
        text.write(f"import os, signal\n{script}\nprint('gone:on')\n")
    terminal.type(f"{TRACER} -o /dev/null {sys.executable} {file}", "Enter")
    if keys:
        terminal.wait_for("\nready")
        terminal.type(*keys)
    wait_until_suspended(terminal)
    terminal.type("fg", "Enter")
    terminal.wait_for("\ngone:on\n")


def a_program_that_stops_its_group(terminal):
    stops_itself(terminal, "os.kill(0, signal.SIGTSTP)")


def a_program_that_catches_the_stop_and_stops_itself(terminal):
    caught = "signal.signal(signal.SIGTSTP, lambda *_: os.kill(os.getpid(), signal.SIGSTOP))"
    stops_itself(terminal, f"{caught}\nprint('ready', flush=True)\nsignal.pause()", "C-z")


def a_traced_shell_is_suspended(terminal):
    """It has a process group of its own, which nobody continues but who called it."""
    terminal.type(f"PS1='inner> ' {TRACER} -o /dev/null bash --norc --noprofile", "Enter")
    wait_until(lambda: terminal.screen().rstrip().endswith("inner>"), "the prompt of the shell inside")
    terminal.type("suspend", "Enter")
    wait_until_suspended(terminal)
    terminal.type("fg", "Enter")
    wait_until(lambda: foreground_is(terminal, "bash") and terminal.screen().rstrip().endswith("inner>"), "the shell inside")
    terminal.type("echo in:side", "Enter")
    terminal.wait_for("\nin:side\n")
    terminal.type("exit 3", "Enter")
    terminal.type("echo status=$?", "Enter")
    terminal.wait_for("status=3")


def stopped_and_continued_by_somebody_else(terminal):
    """Nobody waits for a stop there: the tracer must be up when the program is continued."""
    script, log = (os.path.join(terminal.folder.name, name) for name in ("script", "log.jsonl"))
    with open(script, "w", encoding="utf-8") as text:
        text.write(f"{TRACER} --json -o {log} sh -c 'kill -TSTP $$; echo resumed'\necho e''nd\n")
    terminal.type(f"bash {script}", "Enter")
    stop = wait_until(lambda: os.path.exists(log) and [line for line in open(log, encoding="utf-8") if '"type":"stop"' in line], "the stop")
    os.kill(json.loads(stop[0])["pid"], signal.SIGCONT)
    terminal.wait_for("\nresumed\nend\n")


# What is typed, and what must be on the screen before the next is typed. A shell says by its prompt that it is ready,
# and by what a job prints that the job runs.
SESSION = [
    ("false; echo status:$?", "status:1\n"),
    ("sh -c 'echo runs:a; exec sleep 1000'", "\nruns:a\n"), ("C-c", ""), ("echo after:$?", "\nafter:130\n"),
    ("sh -c 'echo runs:b; exec sleep 1000'", "\nruns:b\n"), ("C-z", ""), ("jobs >/dev/null; echo jobs:listed", "\njobs:listed\n"),
    ("bg >/dev/null; echo in:background", "\nin:background\n"), ("kill %1; wait; echo jobs:gone", "\njobs:gone\n"),
    ("cat", None), ("typed", "typed\ntyped\n"), ("C-z", ""), ("fg", None), ("more", "more\nmore\n"), ("C-d", ""),
    ("echo through:pipes | cat | tr a-z A-Z", "THROUGH:PIPES\n"),
    ("sh -c 'echo runs:c; sleep 1000' | cat", "\nruns:c\n"), ("C-c", ""),
    ("sh -c 'echo runs:d; exec sleep 1000' | cat", "\nruns:d\n"), ("C-z", ""), ("kill %1; fg >/dev/null 2>&1; echo back:again", "\nback:again\n"),
    ("sh -c 'set -m; sleep 1000 & kill -STOP $!; kill -CONT $!; kill $!; wait $!; echo script:$?'", "\nscript:143\n"),
]


def tidy(screen):
    """Numbers of processes differ from run to run, and whether a shell comes to tell that a job was terminated."""
    lines = [line for line in screen.rstrip().splitlines() if "erminated" not in line]
    return re.sub(r"\b\d{3,}\b", "N", "\n".join(lines))


def answered(terminal, before, answer):
    """The screen goes on where it was, with the answer in it, and with a prompt where a shell is to go on."""
    screen = terminal.screen().rstrip() + "\n"
    if screen == before:
        return False
    if answer is None:
        return True
    in_program = answer.startswith("\nruns:") or answer.startswith(("typed", "more"))
    return screen.count(answer) > before.count(answer) and (in_program or screen.endswith(PROMPT.rstrip() + "\n"))


def converse(terminal):
    """Types the session, each line when the one before has had its answer; what the screen had in the end."""
    terminal.tmux("resize-window", "-x", "120", "-y", "200")
    for keys, answer in SESSION:
        before = terminal.screen().rstrip() + "\n"
        if keys.startswith("C-"):
            terminal.type(keys)
        else:
            terminal.tmux("send-keys", "-l", keys)
            wait_until(lambda k=keys: terminal.screen().rstrip().endswith(k[-10:]), f"the echo of {keys!r}")
            before = terminal.screen().rstrip() + "\n"
            terminal.type("Enter")
        if answer == "":
            wait_until(lambda b=before: terminal.screen().rstrip() + "\n" != b and terminal.screen().rstrip().endswith(PROMPT.rstrip()),
                       f"a prompt after {keys!r}")
        elif answer:
            wait_until(lambda b=before, a=answer: answered(terminal, b, a), f"{answer!r} after {keys!r}")
        else:
            wait_until(lambda: foreground_is(terminal, "cat"), f"cat after {keys!r}")
    return tidy(terminal.screen())


def foreground_is(terminal, comm):
    """The foreground group of the terminal runs this and waits for input."""
    group = int(open(f"/proc/{terminal.shell}/stat", encoding="ascii").read().rpartition(")")[2].split()[5])
    try:
        return open(f"/proc/{group}/comm", encoding="ascii").read().strip() == comm and process_state(group) == "S"
    except FileNotFoundError:
        return False


def a_traced_shell_behaves_as_an_untraced_one(shell):
    transcripts = []
    for command in (shell, f"{TRACER} -o /dev/null {shell}"):
        terminal = Terminal(command, PROMPT)
        try:
            transcripts.append(converse(terminal))
        finally:
            terminal.close()
    equal(transcripts[1], transcripts[0], "what the terminal shows")


def whole_shell(shell):
    def case():
        if not shutil.which(shell.split()[0]):
            raise Skip(f"no {shell}")
        a_traced_shell_behaves_as_an_untraced_one(shell)
    case.__name__ = f"a_traced_{shell.split()[0]}_behaves_as_an_untraced_one"
    return case


if __name__ == "__main__":
    if not shutil.which("tmux"):
        print("no tmux: skipped")
        sys.exit(77)
    shells = ["bash --norc --noprofile", "dash -i", "zsh -f"]
    everywhere = (stop_and_go, interrupt, background_and_foreground, stop_and_go_after_the_log, out_of_the_reach_of_the_terminal,
                  a_program_that_stops_its_group, a_program_that_catches_the_stop_and_stops_itself)
    cases = [with_terminal(shell)(case) for shell in shells for case in everywhere]
    cases += [with_terminal(shells[0])(case) for case in (a_traced_shell_is_suspended, stopped_and_continued_by_somebody_else)]
    exit_with(cases + [whole_shell(shell) for shell in shells])
