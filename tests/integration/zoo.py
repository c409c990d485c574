#!/usr/bin/env python3
"""A machine that runs one of everything: servers with clients, a pipeline, a nest of pid namespaces, a daemon, nohup,
a zombie, an orphan, stopped and traced processes, control groups, odd credentials and schedules.

As a program it prints what there is as one line of JSON, lives until its standard input ends, and takes everything with
it: it is the subreaper of all its animals. As a module, `with zoo() as animals:` gives that document.

usage: zoo.py
"""
import contextlib
import ctypes
import json
import mmap
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.geteuid() == 0
NOBODY = 65534
PR_SET_NAME, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE = 15, 36, 38, 4
PTRACE_SEIZE, PTRACE_INTERRUPT = 0x4206, 0x4207

libc = ctypes.CDLL(None, use_errno=True)


class LeftOut(Exception):
    """This machine cannot have that animal; the text says why."""


def rename(name):
    libc.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)


def wait_for_ever():
    while True:
        signal.pause()


def until_sleeping(pid, states="S"):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with open(f"/proc/{pid}/stat", "rb") as stat:
            if stat.read().rpartition(b")")[2].split()[0].decode() in states:
                return pid
        time.sleep(0.005)
    raise LeftOut(f"{pid} does not become {states}")


def until_called(pid, name):
    """It executes a program of this name and sleeps. Popen returns a moment before the kernel renames it."""
    deadline = time.monotonic() + 20
    while comm_of(pid) != name[:15] and time.monotonic() < deadline:
        time.sleep(0.005)
    return until_sleeping(pid)


def forked(run):
    """A child that does `run` and never comes back into this program, whatever happens to it: a copy of the zoo would
    open a zoo of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            run()
        finally:
            os._exit(1)
    return pid


def born(name, prepare):
    """Forks a process called `name`, which does `prepare` and waits. Returns its pid and what `prepare` returned, once
    it waits."""
    read_end, write_end = os.pipe()

    def live():
        try:
            os.close(read_end)
            rename(name)
            answer = json.dumps({"is": prepare()})
        except BaseException as why:   # whatever it is: the parent is told
            answer = json.dumps({"failed": f"{type(why).__name__}: {why}"})
        os.write(write_end, answer.encode())
        os.close(write_end)
        wait_for_ever()
    pid = forked(live)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as answers:
        answer = json.loads(answers.read())
    if "failed" in answer:
        raise LeftOut(answer["failed"])
    return until_sleeping(pid), answer["is"]


def program(*words, **kwargs):
    """Executes words[0] and waits until it sleeps, which `sleep` and `cat` do."""
    process = subprocess.Popen(words, stdin=kwargs.pop("stdin", subprocess.DEVNULL), stdout=kwargs.pop("stdout", subprocess.DEVNULL), **kwargs)
    return until_called(process.pid, os.path.basename(words[0]))


# --- the animals: each function is one; it returns what tests want to know, with "pid" first -----------------------

def server(folder):
    """Threads, each with a client of its own, over TCP, UDP and a unix socket."""
    def serve():
        listeners = [socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
                     socket.socket(socket.AF_INET, socket.SOCK_DGRAM)]
        listeners[1].bind(os.path.join(folder, "server.socket"))
        listeners[1].listen()
        listeners[2].bind(("127.0.0.1", 0))
        serve.listeners = listeners   # kept open
        serve.clients = []

        def thread(number, listener):
            rename(f"worker {number}")
            if listener.type == socket.SOCK_STREAM:
                serve.clients.append(listener.accept()[0])
            wait_for_ever_in_thread()
        for number in range(4):
            threading.Thread(target=thread, args=(number, listeners[number % 3]), daemon=True).start()
        return {"tcp": listeners[0].getsockname()[1], "udp": listeners[2].getsockname()[1]}
    pid, ports = born("server", serve)

    def connect():
        connect.sockets = [socket.create_connection(("127.0.0.1", ports["tcp"])) for _ in range(2)]
        unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        unix.connect(os.path.join(folder, "server.socket"))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.connect(("127.0.0.1", ports["udp"]))
        connect.sockets += [unix, udp]
    client, _ = born("client", connect)
    return {"pid": pid, "client": client, **ports, "threads": 5}


def wait_for_ever_in_thread():
    threading.Event().wait()


def pipeline(_):
    read_end, write_end = os.pipe2(os.O_CLOEXEC)

    def execute():
        os.dup2(read_end, 0)
        os.setpgid(0, 0)
        os.execvp("sh", ["sh", "-c", "cat | tr a b | sed s/b/c/ | cat"])
    pid = forked(execute)
    os.close(read_end)
    os.set_inheritable(write_end, False)
    KEPT.append(write_end)
    children = wait_for_children(pid, 4)
    return {"pid": pid, "children": children}


def wait_for_children(pid, number, comms_other_than=("sh", "python3", "unshare")):
    """The children of pid, once there are so many, all of which have executed something and sleep."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            children = [int(word) for word in file.read().split()]
        if len(children) == number and all(comm_of(child) not in comms_other_than for child in children):
            return [until_sleeping(child) for child in children]
        time.sleep(0.005)
    raise LeftOut(f"{pid} has not {number} children")


def comm_of(pid):
    with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as comm:
        return comm.read().rstrip("\n")


def nest(_):
    """Two pid namespaces, one in the other, each with its own /proc; in each an init and a child."""
    user = [] if ROOT else ["-U", "-r"]
    inner = "sleep 1001 & exec sleep 1002"
    outer = f"sleep 1003 & exec unshare -pf --mount-proc sh -c '{inner}'"
    pid = subprocess.Popen(["unshare", *user, "-pf", "--mount-proc", "--kill-child", "sh", "-c", outer], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        family = descendants(pid)
        comms = [comm_of(member) for member in family]
        if comms.count("sleep") == 3 and comms.count("unshare") == 1 and len(family) == 4:
            outer_init = next(member for member in family if comm_of(member) == "unshare")
            inner_init = next(member for member in family if parent_of(member) == outer_init and ns_pids(member)[-1] == 1)
            sibling = next(member for member in family if parent_of(member) == outer_init and member != inner_init)
            return {"pid": pid, "outer": outer_init, "in_outer": sibling, "inner": inner_init, "members": family}
        if not os.path.exists(f"/proc/{pid}/exe"):
            break
        time.sleep(0.005)
    raise LeftOut("no pid namespaces here")


def status_words(pid, key):
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as status:
        return next((line.split(":", 1)[1].split() for line in status if line.startswith(key + ":")), [])


def parent_of(pid):
    return int(status_words(pid, "PPid")[0])


def ns_pids(pid):
    return [int(word) for word in status_words(pid, "NSpid")]


def descendants(pid):
    found = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                for child in map(int, file.read().split()):
                    found += [child, *descendants(child)]
    return found


def daemon(_):
    """Forks twice: its parent ends, and it has a session without a terminal."""
    read_end, write_end = os.pipe()

    def live():
        rename("daemon")
        os.chdir("/")
        os.umask(0o22)
        null = os.open("/dev/null", os.O_RDWR)
        for fd in range(3):
            os.dup2(null, fd)
        os.write(write_end, str(os.getpid()).encode())
        os.closerange(3, 100)
        wait_for_ever()

    def leave():
        os.setsid()
        forked(live)
    middle = forked(leave)
    os.close(write_end)
    pid = int(os.read(read_end, 20))
    os.close(read_end)
    os.waitpid(middle, 0)
    return {"pid": until_sleeping(pid)}


def nohup(folder):
    pid = subprocess.Popen(["nohup", "sleep", "1004"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder).pid
    return {"pid": until_called(pid, "sleep")}


def zombie(_):
    def become_a_parent():
        child = forked(lambda: os._exit(7))
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        return child
    parent, pid = born("zombie's parent", become_a_parent)
    return {"pid": pid, "parent": parent, "exit_code": 7}


def orphan(_):
    """Left behind in a session that lives on; a parent in the session of its adopter would leave no trace in /proc."""
    def leave_it_behind():
        os.setsid()
        read_end, write_end = os.pipe()

        def live():
            rename("orphan")
            os.write(write_end, str(os.getpid()).encode())
            os.closerange(3, 100)
            wait_for_ever()
        parent = forked(lambda: forked(live))
        os.close(write_end)
        pid = int(os.read(read_end, 20))
        os.waitpid(parent, 0)
        return pid
    _, pid = born("orphan's session", leave_it_behind)
    return {"pid": until_sleeping(pid), "adopter": os.getpid()}


def stopped(_):
    pid, _ = born("stopped", lambda: None)
    os.kill(pid, signal.SIGSTOP)
    return {"pid": until_sleeping(pid, "T")}


def traced(_):
    pid, _ = born("traced", lambda: None)

    def trace():
        if libc.ptrace(PTRACE_SEIZE, pid, 0, 0) != 0 or libc.ptrace(PTRACE_INTERRUPT, pid, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "ptrace")
        os.waitpid(pid, 0x40000000)   # __WALL
    tracer, _ = born("tracer", trace)
    return {"pid": until_sleeping(pid, "t"), "tracer": tracer}


def cgroup_mount(kind, controller=None):
    with open("/proc/self/mounts", encoding="utf-8", errors="replace") as mounts:
        for line in mounts:
            _, point, fstype, options = line.split()[:4]
            if fstype == kind and (controller is None or controller in options.split(",")) and os.access(point, os.W_OK):
                return point
    raise LeftOut(f"no {kind} {controller or ''} that we may write to")


def in_cgroup(kind, controller=None):
    group = os.path.join(cgroup_mount(kind, controller), f"ptop-zoo-{os.getpid()}")
    os.mkdir(group)
    GROUPS.append(group)
    pid, _ = born(f"in {kind}", lambda: None)
    with open(os.path.join(group, "cgroup.procs"), "w", encoding="ascii") as procs:
        procs.write(str(pid))
    return {"pid": pid, "path": "/" + os.path.basename(group), "controller": controller}


def cgroup_v1(_):
    return in_cgroup("cgroup", "memory")


def cgroup_v2(_):
    return in_cgroup("cgroup2")


def schedule(policy, priority=0):
    def prepare():
        os.sched_setscheduler(0, policy, os.sched_param(priority))
    return prepare


def nice(_):
    return {"pid": born("nice", lambda: os.nice(7))[0], "nice": min(os.nice(0) + 7, 19)}


def batch(_):
    return {"pid": born("batch", schedule(os.SCHED_BATCH))[0], "policy": "SCHED_BATCH"}


def idle(_):
    return {"pid": born("idle", schedule(os.SCHED_IDLE))[0], "policy": "SCHED_IDLE"}


def fifo(_):
    return {"pid": born("fifo", schedule(os.SCHED_FIFO, 3))[0], "policy": "SCHED_FIFO", "rt_priority": 3}


def round_robin(_):
    return {"pid": born("round robin", schedule(os.SCHED_RR, 5))[0], "policy": "SCHED_RR", "rt_priority": 5}


def favoured(_):
    return {"pid": born("favoured", lambda: os.nice(-11))[0], "nice": max(os.nice(0) - 11, -20)}


def one_processor(_):
    return {"pid": born("one processor", lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}))[0]}


def credentials(_):
    """Real, effective and saved differ, as in a set-user-ID program that has lowered itself."""
    def prepare():
        os.setresgid(1001, 1002, 1003)
        os.setresuid(1001, 1002, 0)
    return {"pid": born("credentials", prepare)[0], "ruid": 1001, "uid": 1002, "suid": 0, "rgid": 1001, "gid": 1002, "sgid": 1003}


def groups(_):
    wanted = list(range(5000, 5300))
    return {"pid": born("groups", lambda: os.setgroups(wanted))[0], "groups": wanted}


def no_new_privs(_):
    return {"pid": born("no new privs", lambda: libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))[0]}


def undumpable(_):
    return {"pid": born("undumpable", lambda: libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))[0]}


def user_namespace(_):
    uid = os.geteuid()

    def prepare():
        if libc.unshare(0x10000000) != 0:   # CLONE_NEWUSER
            raise OSError(ctypes.get_errno(), "unshare")
        with open("/proc/self/uid_map", "w", encoding="ascii") as file:
            file.write(f"0 {uid} 1")
    return {"pid": born("user namespace", prepare)[0]}


def deleted_exe(folder):
    path = os.path.join(folder, "deleted")
    shutil.copy(shutil.which("sleep"), path)
    pid = program(path, "1005")
    os.unlink(path)
    return {"pid": pid, "exe": path}


def chroot(folder):
    inside = os.path.join(folder, "chroot")
    os.makedirs(os.path.join(inside, "etc"))

    def prepare():
        os.chroot(inside)
        os.chdir("/etc")
    return {"pid": born("chroot", prepare)[0], "root": inside}


def locked_pages(_):
    def prepare():
        prepare.area = mmap.mmap(-1, 64 * 1024)
        prepare.area.write(b"x" * 64 * 1024)
        address = ctypes.addressof(ctypes.c_char.from_buffer(prepare.area))
        if libc.mlock(ctypes.c_void_p(address), 64 * 1024) != 0:
            raise OSError(ctypes.get_errno(), "mlock")
    return {"pid": born("locked pages", prepare)[0], "locked": 64 * 1024}


def signals(_):
    def prepare():
        signal.signal(signal.SIGUSR2, lambda *_: None)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGRTMIN + 3])
        os.kill(os.getpid(), signal.SIGUSR1)
    return {"pid": born("signals", prepare)[0]}


def limits(_):
    return {"pid": born("limits", lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (55, 66)))[0]}


def session(_):
    return {"pid": born("session", os.setsid)[0]}


def busy(_):
    """Runs, so that times and faults change while they are looked at."""
    pid = subprocess.Popen([sys.executable, "-c", "import os\nos.nice(19)\nwhile True: bytearray(1 << 20)"], stdin=subprocess.DEVNULL).pid
    return {"pid": pid}


ANIMALS = [server, pipeline, nest, daemon, nohup, zombie, orphan, stopped, traced, cgroup_v1, cgroup_v2, nice, batch, idle,
           fifo, round_robin, favoured, one_processor, credentials, groups, no_new_privs, undumpable, user_namespace,
           deleted_exe, chroot, locked_pages, signals, limits, session, busy]
KEPT, GROUPS = [], []


def open_gates(folder):
    """{name: what it told} and {name: why it is not there}"""
    there, left_out = {}, {}
    for animal in ANIMALS:
        try:
            there[animal.__name__] = animal(folder)
        except (LeftOut, OSError, subprocess.SubprocessError) as why:
            left_out[animal.__name__] = str(why)
    return there, left_out


def close_gates():
    """Kills all descendants, those too whose parent is dead: they are ours, as the subreaper."""
    while left := descendants(os.getpid()):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0] != 0:
                pass
    for group in GROUPS:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                os.rmdir(group)
                break
            except OSError:   # its last process is still on its way out
                time.sleep(0.01)


def main():
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        try:
            there, left_out = open_gates(os.path.realpath(folder))
            print(json.dumps({"there": there, "left_out": left_out}), flush=True)
            sys.stdin.buffer.read()
        finally:
            close_gates()


@contextlib.contextmanager
def zoo():
    keeper = subprocess.Popen([sys.executable, os.path.abspath(__file__)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              start_new_session=True)
    try:
        animals = json.loads(keeper.stdout.readline())
        for name, why in animals["left_out"].items():
            print(f"        no {name.replace('_', ' ')} here: {why}")
        yield animals["there"]
    finally:
        keeper.stdin.close()
        keeper.wait(60)


if __name__ == "__main__":
    main()
