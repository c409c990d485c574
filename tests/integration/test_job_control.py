#!/usr/bin/env python3
"""Ctrl-Z, fg, bg and Ctrl-C for a traced program in a real terminal: as untraced.

usage: test_job_control.py TRACER
"""
import os
import shutil
import subprocess
import sys
import tempfile

from support import children_of, equal, exit_with, process_state, wait_until

TRACER = os.path.abspath(sys.argv[1])


class Terminal:
    """A shell in tmux, on a server of its own."""

    def __init__(self, shell):
        self.folder = tempfile.TemporaryDirectory()
        self.socket = os.path.join(self.folder.name, "socket")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", f"PS1='$ ' exec {shell}")
        self.shell = int(self.tmux("display-message", "-p", "#{pane_pid}"))
        wait_until(lambda: self.screen().rstrip().endswith("$"), "a prompt")

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
                print(f"        no {shell}: skipped")
                return
            terminal = Terminal(shell)
            try:
                function(terminal)
            finally:
                terminal.close()
        case.__name__ = f"{function.__name__}_in_{shell.split()[0]}"
        return case
    return decorate


def stop_and_go(terminal):
    terminal.type(f"{TRACER} -o /dev/null cat; echo status=$?", "Enter")
    tracer = terminal.tracer()
    program = wait_until(lambda: children_of(tracer), "the program")[0]
    wait_until(lambda: process_state(program) == "S", "the program waits for input")
    terminal.type("hello", "Enter")
    wait_until(lambda: terminal.screen().count("hello") == 2, "the echo of cat")
    terminal.type("C-z")
    terminal.wait_for("topped")   # "Stopped" of bash, "[1] + Stopped" of dash, "suspended" is zsh's
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
    terminal.wait_for("topped")
    terminal.type("bg", "Enter")   # it reads from the terminal in the background: SIGTTIN stops it again
    wait_until(lambda: process_state(program) in "tT" and process_state(tracer) == "T", "stopped by SIGTTIN")
    terminal.type("fg", "Enter")
    wait_until(lambda: process_state(program) == "S", "the program reads")
    terminal.type("word", "Enter")
    terminal.wait_for("got:word")


if __name__ == "__main__":
    if not shutil.which("tmux"):
        print("no tmux: skipped")
        sys.exit(77)
    shells = ["bash --norc --noprofile", "dash -i"]
    exit_with([with_terminal(shell)(case) for shell in shells for case in (stop_and_go, interrupt, background_and_foreground)])
