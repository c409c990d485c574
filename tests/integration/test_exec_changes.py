#!/usr/bin/env python3
"""What an exec changes against the program before: users and groups, environment, directory.

usage: test_exec_changes.py TRACER
"""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile

from support import Skip, Traced, check, equal, exit_with

TRACER = os.path.abspath(sys.argv[1])
NOBODY = 65534
OWNER = 65533
# execve(2) with an environment that os.execve cannot have: a name twice, or none.
EXECVE = """
import ctypes, sys
def words(list): return (ctypes.c_char_p * (len(list) + 1))(*list, None)
def execve(argv, env):
    ctypes.CDLL(None).execve(argv[0], words(argv), words(env))
    sys.exit(99)
"""


def text_of(*command, **kwargs):
    return subprocess.run([TRACER, *command], check=False, timeout=60, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, **kwargs).stderr


def need_root():
    if os.geteuid() != 0:
        raise Skip("needs root")


@contextlib.contextmanager
def set_id_copy(program, mode):
    need_root()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = os.path.join(folder, "sid")
        shutil.copy(shutil.which(program), path)
        os.chown(path, OWNER, OWNER)
        os.chmod(path, mode)
        if os.statvfs(folder).f_flag & os.ST_NOSUID:
            raise Skip("the file system ignores set-id bits")
        yield path


def ids(credentials):
    return [credentials[key] for key in ("uid", "euid", "gid", "egid")]


def the_first_exec_of_a_child_has_the_credentials_before():
    with set_id_copy("id", 0o6755) as sid:
        for script in (f"{sid}; :", f"exec {sid}", f"({sid}; :); :"):
            told = Traced(TRACER, [], ["sh", "-c", script]).of("exec")[-1]
            equal(ids(told["credentials"]), [0, OWNER, 0, OWNER], f"of the program of {script}")
            equal(ids(told["former_credentials"]), [0, 0, 0, 0], f"of the program before, with {script}")
    for event in Traced(TRACER, [], ["sh", "-c", "true; /bin/true; (/bin/true; :)"]).of("exec"):
        check("former_credentials" not in event, f"nothing differs: {event}")


def behind_a_program_that_may_not_be_read_nothing_is_compared():
    """Of its credentials nothing is known, and they are not those of the program before it."""
    need_root()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        unreadable = os.path.join(folder, "unreadable")
        shutil.copy(os.path.realpath("/bin/sh"), unreadable)
        os.chmod(unreadable, 0o711)
        command = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups",
                   "--bounding-set", "-all", "--inh-caps", "-all"]
        log = subprocess.run([*command, TRACER, "--json", "sh", "-c", f"exec {unreadable} -c 'exec /bin/true'"], check=False,
                             timeout=60, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
        execs = [line for line in log.splitlines() if '"type":"exec"' in line]
        equal(len(execs), 3, "execs")
        check('"argv":null' in execs[1] and '"former_credentials"' not in execs[2], execs)


def both_user_and_group_of_a_set_id_program_are_in_the_text():
    for mode, words in ((0o6755, f"(as uid {OWNER}, gid {OWNER})"), (0o4755, f"(as uid {OWNER})"), (0o2755, f"(as gid {OWNER})")):
        with set_id_copy("id", mode) as sid:
            said = text_of("sh", "-c", f"{sid}; :")
            check(f"sid {words}  " in said, said)


def who_has_become_another_user_says_so():
    need_root()
    if not shutil.which("setpriv"):
        raise Skip("no setpriv")
    for options, words in ((f"--reuid {NOBODY} --clear-groups", f"(now uid {NOBODY})"),
                           (f"--regid {NOBODY} --clear-groups", f"(now gid {NOBODY})"),
                           (f"--reuid {NOBODY} --regid {NOBODY} --clear-groups", f"(now uid {NOBODY}, gid {NOBODY})")):
        lines = [line for line in text_of("sh", "-c", f"setpriv {options} sh -c 'true; /bin/true; :'").splitlines() if " exec " in line]
        equal([words in line for line in lines], [False, False, True, False], f"who is another one than before in {lines}")
        check(not any("(as " in line for line in lines), lines)


def another_real_user_or_group_is_no_set_id_file():
    need_root()
    for calls, words in ((f"os.setreuid({NOBODY}, 0)", f"(now real uid {NOBODY})"),
                         (f"os.setregid({NOBODY}, 0)", f"(now real gid {NOBODY})"),
                         (f"os.setreuid(0, {NOBODY})", f"(now effective uid {NOBODY})"),
                         (f"os.setregid(5, 5); os.setreuid({NOBODY}, 0)", f"(now real uid {NOBODY}, gid 5)")):
        program = f"import os\nif os.fork() == 0:\n {calls}; os.execv('/bin/env', ['env', '/bin/true'])\nos.wait()"
        lines = [line for line in text_of(sys.executable, "-c", program).splitlines() if " exec " in line]
        equal([words in line for line in lines], [False, True, False], f"who is another one than before in {lines}")
        check(not any(word in line for line in lines for word in ("(as ", "(with ")), lines)
        told = Traced(TRACER, [], [sys.executable, "-c", program]).of("exec")[-1]
        check("set_id" not in told and "capabilities_gained" not in told, told)


def a_child_that_changes_its_user_before_its_exec():
    need_root()
    program = f"import os\nif os.fork() == 0:\n os.setuid({NOBODY}); os.execv('/bin/true', ['true'])\nos.wait()"
    told = Traced(TRACER, [], [sys.executable, "-c", program]).of("exec")[-1]
    equal((told["credentials"]["euid"], told["former_credentials"]["euid"]), (NOBODY, 0), "user now and before")
    check(not told["credentials"]["secure"] and "capabilities_gained" not in told, told)


def a_directory_whose_name_is_too_long_is_told_as_unknown():
    with tempfile.TemporaryDirectory() as folder:
        name = "n" * 200
        script = f"cd {folder}; for i in $(seq 25); do mkdir {name}; cd {name}; done; /bin/true; :"
        try:
            told = Traced(TRACER, [], ["bash", "-c", script]).of("exec")
            equal(told[0].get("unavailable"), None, "nothing is missing where it began")
            equal((told[-1]["cwd"], told[-1]["unavailable"]), (None, {"cwd": "too_long"}), "directory and reason")
            shutil.rmtree(os.path.join(folder, name))
            line = next(line for line in text_of("bash", "-c", script).splitlines() if "/bin/true  " in line)
            check(line.endswith("  in ? (name too long)"), line)
        finally:
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def every_entry_of_a_name_is_told():
    program = EXECVE + f"""
second = [b"{sys.executable}", b"-c", sys.argv[-1].encode()]
if len(sys.argv) == 2: execve(second, [b"A=1", b"A=2", b"B=1"])
execve([b"/bin/true"], [b"A=1", b"A=3", b"B=1"])
"""
    events = Traced(TRACER, [], [sys.executable, "-c", program, program]).of("exec")
    equal([(event["env"]["added"], event["env"]["changed"]) for event in events[1:]], [(["A=1", "A=2", "B=1"], []), ([], ["A=3"])],
          "added and changed")


def an_entry_without_a_name_stands_as_it_is():
    program = EXECVE + "execve([b'/bin/true'], [b'=weird', b''])"
    said = text_of(sys.executable, "-c", program)
    check(" +=weird +''" in said, said)


def a_chain_of_scripts_is_in_the_text():
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, f"i{i}") for i in range(3)]
        for name, by in zip(names, ["/bin/cat", *names]):
            with open(name, "w", encoding="utf-8") as script:
                script.write(f"#!{by}\n")
            os.chmod(name, 0o755)
        said = text_of(names[2])
        check(f"{names[2]} (read by {names[1]}, {names[0]}, {os.path.realpath('/bin/cat')})" in said, said)
        check(f"{names[0]} (read by {os.path.realpath('/bin/cat')})" in text_of(names[0]), "of a script alone")


if __name__ == "__main__":
    exit_with([case for name, case in list(globals().items())
               if callable(case) and getattr(case, "__module__", "") == "__main__"
               and name not in ("ids", "need_root", "set_id_copy", "text_of")])
