#!/usr/bin/env python3
"""Names chosen by strangers, byte for byte through every command: nothing a terminal acts on comes out, columns stay
aligned, JSON and CSV hold, and the exact bytes are to be had.

usage: test_hostile_names.py PTOP ODD_PROCESS SNAPSHOT_SCHEMA FDS_SCHEMA VALIDATE_JSON
"""
import base64
import contextlib
import csv
import ctypes
import fcntl
import io
import json
import locale
import os
import pty
import re
import resource
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

from support import Failure, check, equal, exit_with, wait_until

PTOP, ODD, SNAPSHOT, FDS, VALIDATE = map(os.path.abspath, sys.argv[1:6])

# No name holds / or NUL: each serves as comm, argument, variable, file and directory alike.
NAMES = {
    "parenthesis": b"a) R 1 (b)",
    "newline": b"two\nlines\r\tx",
    "csi": b"\x1b[5;1337mcsi",
    "osc": b"\x1b]0;owned\x07",
    "osc52": b"\x1b]52;c;b3du\x1b\\",
    "dcs": b"\x1bP1$r0m\x1b\\",
    "c0": bytes(range(1, 15)),
    "delete": b"\x08\x08\x7frm",
    "c1": "\u009b5;1337m\u0085".encode(),
    "c1 byte": b"\x9b5;1337m",
    "bidi": "\u202egpj\u202c".encode(),
    "isolates": "\u2066a\u2069\u200f\u061c".encode(),
    "separators": "a\u2028b\u2029".encode(),
    "invisible": "\ufeffa\u200b\u2060".encode(),
    "tag": "a\U000e0041\U000e007f".encode(),
    "invalid": b"\xff\xfe\xc0\xaf\xe2\x82",
    "surrogate": b"\xed\xa0\x80x",
    "beyond": b"\xf4\x90\x80\x80",
    "wide": "日本語名".encode(),
    "wide cut": "x日本語日本語".encode(),   # comm ends in the middle of a character
    "combining": "e\u0301o\u0308\u0323".encode(),
    "emoji": "👩‍💻🇩🇪".encode(),
    "quotes": b"',\"; $(x) `y`",
    "formula": b"=1+1,@x",
    "backslash": b"\\x1b[31m",
    "blanks": b"  two  ",
    "deleted": b"file (deleted)",
    "kernel thread": b"[kworker/0:1]".replace(b"/", b"_"),
    "empty": b"",
}
COMM_BYTES = 15   # TASK_COMM_LEN less the NUL
SGR = re.compile(r"\x1b\[[0-9;]*m")

libc = ctypes.CDLL(None)
for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
    with contextlib.suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, name)
        break


def width(text):
    """Columns a terminal needs, by the C library."""
    return sum(max(libc.wcwidth(ord(c)), 0) for c in text)


class Odd:
    """A running odd_process, already called what it was told to be called."""

    def __init__(self, *orders, argv=(b"odd",), **kwargs):
        self.process = subprocess.Popen(list(argv), executable=kwargs.pop("executable", ODD), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, **kwargs)
        self.pid = self.process.pid
        self.order(*orders)
        while (answer := self.order("ready")) == b"started\n":
            pass
        self.refused = answer == b"refused\n"

    def order(self, *orders):
        self.process.stdin.write("".join(order + "\n" for order in orders).encode())
        self.process.stdin.flush()
        return self.process.stdout.readline() if orders == ("ready",) else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()


class Zoo:
    """One process for each name: comm, a thread, argv, environment, exe, cwd, root's cgroup and an open file."""

    def __init__(self):
        self.stack = contextlib.ExitStack()
        self.pids = {}

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            folder = os.fsencode(os.path.realpath(stack.enter_context(tempfile.TemporaryDirectory())))
            for what, name in NAMES.items():
                directory = os.path.join(folder, b"d" + name)
                os.mkdir(directory)
                program = os.path.join(directory, b"exe " + name)
                shutil.copy(ODD, program)
                with open(os.path.join(directory, b"file" + name), "wb") as file:
                    odd = Odd(f"comm {name.hex()}", f"thread {name.hex()}", executable=program, cwd=directory,
                              argv=[name, b"", b"--" + name], env={b"ODD_" + name.replace(b"=", b""): name},
                              pass_fds=[file.fileno()])
                stack.enter_context(odd)
                self.pids[what] = odd.pid
            self.folder = folder
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *why):
        self.stack.__exit__(*why)

    def query(self):
        return " or ".join(f"pid={pid}" for pid in self.pids.values())

    def arguments(self):
        return [str(pid) for pid in self.pids.values()]


def ptop(*arguments, status=0):
    done = subprocess.run([PTOP, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60, check=False)
    equal((done.returncode, done.stderr), (status, b""), f"ptop {arguments[:3]}")
    return done.stdout


def has_show():
    return b" show " in subprocess.run([PTOP, "--help"], stdout=subprocess.PIPE, check=True).stdout


def data_commands(zoo):
    """What is for scripts, which people look at too."""
    for form in ("--json", "--jsonl", "--csv"):
        yield "ps", form, "-o", "pid,comm,exe,argv,cwd,environ,cgroups,command", zoo.query()
    yield "dump", "--full", zoo.query()
    yield "fds", "--json", *zoo.arguments()
    yield "fds", "--jsonl", *zoo.arguments()


def text_commands(zoo):
    """What is for people."""
    yield "ps", zoo.query()
    yield "ps", "--tree", zoo.query()
    yield "ps", "--threads", zoo.query()
    yield "ps", "-o", "pid,comm,exe,cwd,root,environ,cgroup,cgroups,command", zoo.query()
    yield "tree", str(os.getpid())
    yield "fds", *zoo.arguments()
    yield "fds", "--path", os.path.join(zoo.folder, b"dtwo\nlines\r\tx", b"filetwo\nlines\r\tx")
    if has_show():
        for pid in zoo.arguments():
            yield "show", pid


def no_terminal_would_act_on(text, what):
    for character in text:
        category = unicodedata.category(character)
        if (category in ("Cc", "Zl", "Zp", "Cs") and character != "\n") or character in "\u200b\u2060\ufeff\u061c" or \
                0x200e <= ord(character) <= 0x200f or 0x202a <= ord(character) <= 0x202e or \
                0x2066 <= ord(character) <= 0x2069 or 0xe0000 <= ord(character) <= 0xe007f:
            raise Failure(f"{what}: U+{ord(character):04X} in {text[max(0, text.index(character) - 60):][:120]!r}")


def nothing_acts_on_a_pipe():
    with Zoo() as zoo:
        for command in data_commands(zoo):
            no_terminal_would_act_on(ptop(*command).decode("utf-8").replace("\r\n", "\n"), command[:2])
        for command in text_commands(zoo):
            text = ptop(*command).decode("utf-8")   # strictly
            no_terminal_would_act_on(text, command[:2])
            for color in ("always", "never"):
                coloured = ptop(command[0], f"--color={color}", *command[1:]).decode("utf-8")
                no_terminal_would_act_on(SGR.sub("", coloured), (*command[:2], color))
                check("\x1b[5;1337m" not in coloured, f"{command[:2]}: a name's colour")


def under_terminal(*command, size=(40, 120), until=None, then=b"", term="xterm-256color"):
    """What the command writes to a terminal of its own; keys are sent when `until` is on the screen."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM=term, LC_ALL="C.UTF-8")
        os.execv(PTOP, [PTOP, *command])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    written, deadline = b"", time.monotonic() + 30
    try:
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(terminal, 65536)
            except OSError:   # the other side is closed
                break
            if not part:
                break
            written += part
            if then and until in written:
                os.write(terminal, then[:1])
                then, until = then[1:], b""
        else:
            os.kill(pid, 9)
            raise Failure(f"{command[:2]} did not end: {written[-300:]!r}")
    finally:
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status, written


def nothing_acts_on_a_terminal():
    with Zoo() as zoo:
        for command in (*data_commands(zoo), *text_commands(zoo)):
            status, written = under_terminal(*command)
            equal(status, 0, f"{command[:2]} on a terminal")
            text = SGR.sub("", re.sub("\r+\n", "\n", written.decode("utf-8")))
            no_terminal_would_act_on(text, (*command[:2], "on a terminal"))
            check(b"\x1b[5;1337m" not in written, f"{command[:2]}: a name's colour")


# What terminfo's xterm has ncurses write: CSI with these last bytes, character sets, keypad, cursor.
CURSES = re.compile(r"\x1b\[[?>]?[0-9;]*[A-Za-ln-z@`]|\x1b\[[0-9;]*m|\x1b[()][0AB]|\x1b[=>78M]|[\r\x08\x0f\x0e\t]")


def nothing_acts_on_the_live_screen():
    with Zoo():
        status, written = under_terminal("-d", "0.2", size=(400, 200), until=b"kworker_0:1", then=b"q")   # with room for all of a busy machine
        equal(status, 0, "the screen's exit status")
        text = written.decode("utf-8")
        check("\\x1b" in text, "no hostile name on the screen")
        check("\x1b[5;1337m" not in text, "a name's colour")
        for introducer in ("\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x9b", "\x9d"):
            check(introducer not in text, f"{introducer!r} on the screen")
        no_terminal_would_act_on(CURSES.sub("", text), "the screen")


def cut(line, column):
    """The line from this terminal column on; None when a character lies across it."""
    for index in range(len(line) + 1):
        if width(line[:index]) == column and (index == len(line) or libc.wcwidth(ord(line[index])) != 0):
            return line[index:]
    return None


def rows_below(text, least):
    header, *lines = text.rstrip("\n").split("\n")
    check(len(lines) >= least, f"{len(lines)} lines")
    return header, lines


def columns_stay_aligned():
    """On a pipe nothing is cut, so what is longer than a path of 64 columns may push its own line, but no comm is."""
    with Zoo() as zoo:
        for options, size in (((), None), (("--threads",), None), ((), (40, 60)), (("--tree",), (40, 90)), (("--threads",), (40, 300))):
            columns = "comm,state,ppid,comm,tid,state,exe" if size is None else "comm,state,ppid,exe,tid,state,command"
            command = ("ps", "--color=never", *options, "-o", columns, zoo.query())
            text = (under_terminal(*command, size=size)[1].replace(b"\r\n", b"\n") if size else ptop(*command)).decode()
            header, lines = rows_below(text, len(NAMES))
            if size:
                check(all(width(line) <= size[1] for line in lines), "a line longer than the terminal")
            places = [match.start() for match in re.finditer(r"(?<= )S(?= )", header)]
            check(places, header)
            for place in places:
                for line in lines:
                    rest = cut(line, place)
                    check(rest and re.match(r"[RSDTtZXIP]( |$)", rest), f"column {place} of {line!r} below {header!r}")


def descriptor_table_stays_aligned():
    with Zoo() as zoo:
        header, lines = rows_below(ptop("fds", *zoo.arguments()).decode(), 4 * len(NAMES))
        place = header.index("TYPE")
        for line in lines:
            check(re.match(r"(char|regular|directory|pipe|socket|fifo|pty_slave) ", cut(line, place) or ""), f"{line!r} below {header!r}")


def exact(row, key):
    """The bytes of a JSON string or of an array of strings."""
    value, raw = row[key], row.get(key + "_base64")
    if isinstance(value, list):
        return [base64.b64decode(r) if r is not None else v.encode() for v, r in zip(value, raw or [None] * len(value))]
    return base64.b64decode(raw) if raw is not None else value.encode()


def validated(document, schema):
    done = subprocess.run([sys.executable, VALIDATE, schema, "-"], input=document, stderr=subprocess.PIPE, check=False)
    if b"No module named" in done.stderr:
        print("        no jsonschema here: not validated")
    else:
        equal((done.returncode, done.stderr), (0, b""), schema)
    return json.loads(document.decode("utf-8"))


def the_bytes_are_in_the_json():
    with Zoo() as zoo:
        query = zoo.query()
        full = validated(ptop("dump", "--full", query), SNAPSHOT)["processes"]
        ours = {row["pid"]: row for row in full}
        for what, name in NAMES.items():
            row, directory = ours[zoo.pids[what]], os.path.join(zoo.folder, b"d" + name)
            equal(exact(row, "comm"), name[:COMM_BYTES], f"comm of {what}")
            equal(exact(row, "argv"), [name, b"", b"--" + name], f"argv of {what}")
            equal(exact(row, "cwd"), directory, f"cwd of {what}")
            equal(exact(row, "exe"), os.path.join(directory, b"exe " + name), f"exe of {what}")
            equal(row["exe_deleted"], False, f"exe of {what} is deleted")
            equal(exact(row, "environ"), [b"ODD_" + name.replace(b"=", b"") + b"=" + name], f"environ of {what}")
        lines = [json.loads(line) for line in ptop("dump", "--full", "--jsonl", query).decode().rstrip("\n").split("\n")]
        equal([exact(line, "comm") for line in lines], [exact(row, "comm") for row in full], "lines")
        rows = json.loads(ptop("ps", "--json", "--threads", "-o", "pid,tid,comm", query))["processes"]
        threads = {row["pid"]: row for row in rows if row["pid"] != row["tid"]}
        equal([exact(threads[zoo.pids[what]], "comm") for what in NAMES], [name[:COMM_BYTES] for name in NAMES.values()], "threads")


def the_bytes_are_in_the_descriptors():
    with Zoo() as zoo:
        document = validated(ptop("fds", "--json", *zoo.arguments()), FDS)
        have = {}
        for row in document["descriptors"]:
            if row["type"] == "regular" and row["fd"] is not None and row["fd"] > 2:
                have.setdefault(row["pid"], set()).add(exact(row, "path"))
                check(not row["deleted"], f"deleted: {row}")
        for what, name in NAMES.items():
            equal(have[zoo.pids[what]], {os.path.join(zoo.folder, b"d" + name, b"file" + name)}, f"file of {what}")


def csv_is_read_back():
    with Zoo() as zoo:
        columns = "pid,comm,argv,exe,cwd,environ,state"
        for command in (("ps", "--csv", "-o", columns, zoo.query()), ("dump", "--csv", "-o", columns, zoo.query())):
            text = ptop(*command).decode("utf-8")
            no_terminal_would_act_on(text.replace("\r\n", "\n"), (command[0], "--csv"))
            header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
            check(len(rows) >= len(NAMES), f"{len(rows)} rows")
            equal({len(row) for row in rows}, {len(header)}, f"fields of {command[0]}")
        rows = {row[0]: row for row in csv.reader(io.StringIO(ptop("ps", "--csv", "-o", columns, zoo.query()).decode(), newline=""))}
        equal(rows[str(zoo.pids["wide"])][1], NAMES["wide"].decode()[:5], "comm in CSV")
        equal(rows[str(zoo.pids["osc52"])][1], r"\x1b]52;c;b3du\x1b\ "[:-1], "comm in CSV")
        equal(rows[str(zoo.pids["quotes"])][1], NAMES["quotes"].decode()[:COMM_BYTES], "comm in CSV")


def csv_of_descriptors_is_read_back():
    with Zoo() as zoo:
        text = ptop("fds", "--csv", *map(str, zoo.pids.values())).decode("utf-8")
        no_terminal_would_act_on(text.replace("\r\n", "\n"), ("fds", "--csv"))
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        equal({len(row) for row in rows}, {len(header)}, "fields of fds")
        rows = [dict(zip(header, row)) for row in rows]
        equal({int(row["pid"]) for row in rows}, set(zoo.pids.values()), "whose descriptors")
        want = [(str(row["pid"]), row["fd"], row["inode"]) for row in
                json.loads(ptop("fds", "--json", *map(str, zoo.pids.values())).decode("utf-8"))["descriptors"]]
        equal([(row["pid"], int(row["fd"]), int(row["inode"])) for row in rows], want, "rows of fds")
        chosen = ptop("fds", "--csv", "--no-headers", "-o", "path", str(zoo.pids["osc52"])).decode("utf-8")
        check(r"\x1b]52;c;b3du" in chosen, f"paths: {chosen!r}")


def one(pid, *options):
    (row,) = json.loads(ptop("dump", "--full", *options, f"pid={pid}").decode("utf-8"))["processes"]
    return row


def two_megabytes_of_argv():
    words = [b"%07d" % n + NAMES["osc52"] + b"\xff" + b"x" * 100_000 for n in range(21)]
    def unlimited():
        resource.setrlimit(resource.RLIMIT_STACK, (resource.getrlimit(resource.RLIMIT_STACK)[1],) * 2)
    with Odd(argv=words, env={}, preexec_fn=unlimited) as odd:
        row = one(odd.pid)
        equal(exact(row, "argv") == words, True, "two megabytes of argv")
        for command in (("ps", f"pid={odd.pid}"), ("tree", str(odd.pid)), ("ps", "--csv", "-o", "argv", f"pid={odd.pid}")):
            no_terminal_would_act_on(ptop(*command).decode().replace("\r\n", "\n"), command[0])
        text = ptop("ps", f"pid={odd.pid}").decode()
        check(text.count("\n") == 2 and text.count("x" * 100_000) == 21, "a pipe gets all of it, on one line")
        status, written = under_terminal("ps", f"pid={odd.pid}", size=(10, 80))
        check(status == 0 and len(written) < 1000, f"a terminal gets {len(written)} bytes")


def no_argv_at_all():
    with Odd("no_argv") as odd:
        row = one(odd.pid)
        with open(f"/proc/{odd.pid}/cmdline", "rb") as file:
            want = file.read()
        # Since Linux 5.18 argv[0] is "" then; before it there is none.
        equal(exact(row, "argv"), want.split(b"\0")[:-1], "argv")
        check(want in (b"", b"\0"), f"the kernel makes it {want!r}")
        lines = ptop("ps", f"pid={odd.pid}").decode().splitlines()
        check(len(lines) == 2, "one line")


def argv_written_over():
    for title in (b"short", b"server: \x1b]0;x\x07 waiting" + b"." * 300, b"a\0b\0\0c"):
        with Odd(f"title {title.hex()}", argv=[b"odd", b"with", b"arguments"], env={"SOMETHING": "y" * 1000}) as odd:
            with open(f"/proc/{odd.pid}/cmdline", "rb") as file:
                raw = file.read()
            check(raw.startswith(title), f"{raw[:40]!r} is what the kernel shows")
            words = raw.split(b"\0")
            if words[-1] == b"":
                words.pop()
            equal(exact(one(odd.pid), "argv"), words, "argv")
            for command in (("ps", f"pid={odd.pid}"), ("tree", str(odd.pid))):
                no_terminal_would_act_on(ptop(*command).decode(), command[0])


def argv_moved_elsewhere():
    for area, words in ((b"elsewhere\0\xff\x1b[31m\0", [b"elsewhere", b"\xff\x1b[31m"]), (b"\0\0\0", [b"", b"", b""]),
                        (b"no end", [b"no end"])):
        with Odd(f"area {area.hex()}") as odd:
            if odd.refused:
                return print("        may not move argv here (CAP_SYS_RESOURCE): left out")
            equal(exact(one(odd.pid), "argv"), words, "argv")
    return None


def names_that_look_deleted_or_were():
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        for name, gone in (("kept (deleted)", False), ("gone", True), ("gone (deleted)", True)):
            program, directory = os.path.join(folder, name), os.path.join(folder, "in " + name)
            shutil.copy(ODD, program)
            os.mkdir(directory)
            with open(program + " data", "wb") as file, Odd(executable=program, cwd=directory, pass_fds=[file.fileno()]) as odd:
                held = {"exe": program, "cwd": directory}
                if gone:
                    os.unlink(program)
                    os.rmdir(directory)
                row, mark = one(odd.pid), " (deleted)" if gone else ""
                equal((row["exe"], row["exe_deleted"]), (program + mark, gone), "exe")
                equal(row["cwd"], directory + mark, "cwd")
                rows = json.loads(ptop("fds", "--json", str(odd.pid)))["descriptors"]
                have = {r["as"]: (r["path"], r["deleted"]) for r in rows if r["as"] in held}
                check(all(have[what] == (path, gone) for what, path in held.items() if what in have), have)


def find_cgroup():
    """A cgroup2 directory in which root may make more."""
    with open("/proc/mounts", encoding="ascii", errors="replace") as mounts:
        for line in mounts:
            if line.split()[2] == "cgroup2" and os.access(line.split()[1], os.W_OK):
                return os.fsencode(line.split()[1])
    return None


def control_groups_have_names_too():
    mounted = find_cgroup()
    if mounted is None:
        return print("        no cgroup2 that we may write to: left out")
    try:
        os.mkdir(os.path.join(mounted, b"ptop-test\nnewline"))
        os.rmdir(os.path.join(mounted, b"ptop-test\nnewline"))
        raise Failure("the kernel takes a newline in a cgroup's name: add the test of it")
    except OSError:   # EINVAL since Linux 4.2: it would make /proc/PID/cgroup ambiguous
        pass
    for what in ("osc52", "parenthesis", "c1 byte", "bidi", "deleted"):
        name = b"ptop-test:" + NAMES[what]
        group = os.path.join(mounted, name)
        os.mkdir(group)
        try:
            with Odd() as odd:
                with open(os.path.join(group, b"cgroup.procs"), "w", encoding="ascii") as procs:
                    procs.write(str(odd.pid))
                row = one(odd.pid)
                check(any(part.endswith(b":/" + name) for part in exact(row, "cgroups")), f"{row['cgroups']} of {what}")
                for command in (("ps", "-o", "pid,cgroup,cgroups,unit", f"pid={odd.pid}"), ("ps", "--csv", "-o", "cgroups", f"pid={odd.pid}")):
                    no_terminal_would_act_on(ptop(*command).decode().replace("\r\n", "\n"), command)
        finally:
            wait_until(lambda: not open(os.path.join(group, b"cgroup.procs"), encoding="ascii").read(), "empty cgroup")
            os.rmdir(group)
    return None


def queries_find_them():
    with Zoo() as zoo:
        for what in ("wide", "combining", "parenthesis", "quotes"):
            quoted = NAMES[what][:COMM_BYTES].decode("utf-8", "ignore").replace("'", "")
            rows = json.loads(ptop("ps", "--json", "-o", "pid", f"comm~'{re.escape(quoted)}' and ppid={os.getpid()}"))["processes"]
            if "'" not in NAMES[what].decode():
                check(zoo.pids[what] in [row["pid"] for row in rows], f"{what} not found")


if __name__ == "__main__":
    exit_with([nothing_acts_on_a_pipe, nothing_acts_on_a_terminal, nothing_acts_on_the_live_screen, columns_stay_aligned,
               descriptor_table_stays_aligned, the_bytes_are_in_the_json, the_bytes_are_in_the_descriptors, csv_is_read_back, csv_of_descriptors_is_read_back,
               two_megabytes_of_argv, no_argv_at_all, argv_written_over, argv_moved_elsewhere,
               names_that_look_deleted_or_were, control_groups_have_names_too, queries_find_them])
