"""Programs to be traced twice: how each is prepared, started, and made to work while a tracer watches it.

Servers listen on 127.0.0.1 or on sockets in the directory of the run, and are ended by their own pids.
"""
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

POSTGRESQL = next((f"/usr/lib/postgresql/{v}/bin" for v in range(30, 9, -1) if os.path.isdir(f"/usr/lib/postgresql/{v}/bin")), "")
SEARCH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" + (":" + POSTGRESQL if POSTGRESQL else "")


class Program:
    """`command` is a list, or a function that prepares the directory of the run and gives the list. `drive` is called with
    the directory while the program runs, `beside` starts a server for it and gives what ends it, `lacks` says what is
    missing that is no program."""

    def __init__(self, command, needs=(), drive=None, beside=None, alone=False, unprivileged=False, quick=False, lacks=None):
        self.command, self.drive, self.beside, self.alone = command, drive, beside, alone
        self.unprivileged, self.quick, self.lacks = unprivileged, quick, lacks
        self.needs = (*needs, *(command[:1] if isinstance(command, list) else ()))

    def missing(self):
        programs = [name for name in self.needs if not shutil.which(name, path=SEARCH)]
        return programs or (self.lacks() if self.lacks else [])


def wait_until(condition, what):
    """For what another process brings about."""
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise TimeoutError(what)


def accepts(address):
    with socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as probe:
        return probe.connect_ex(address) == 0


def quiet(*command, check=True, **more):
    return subprocess.run(command, check=check, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          timeout=100, **more)


def serve(command, ready):
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until(ready, command[0])

    def stop():
        child.send_signal(signal.SIGINT)
        child.wait()
    return stop


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="ascii") as out:
        out.write(text)


def pid_in(path):
    with open(path, encoding="ascii") as text:
        return int(text.readline())


def once(folder, name, make):
    """What all runs of a program share is made once, beside their directory."""
    path = os.path.join(os.path.dirname(folder), name)
    if not os.path.exists(path):
        make(path)
    return path


def port_of(folder):
    """The same one in all runs of one place."""
    def choose(path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            write(os.path.dirname(path), "port", str(probe.getsockname()[1]))
    return pid_in(once(folder, "port", choose))


# --- compilers, interpreters --------------------------------------------------------------------------------------

def git_clone(folder):
    def make(source):
        git = ["git", "-C", source, "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
        os.mkdir(source)
        quiet(*git, "init", "-q")
        for n in range(5):
            write(source, f"file{n}", "line\n" * n)
        quiet(*git, "add", ".")
        quiet(*git, "commit", "-q", "-m", "all")
    return ["git", "clone", "-q", once(folder, "source", make), "copy"]


def gcc(folder):
    write(folder, "a.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }\n")
    return ["gcc", "-O1", "-o", "a", "a.c"]


PROGRAM_OF_32_BITS = r"""
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static void *run(void *p) { return p; }
static void got(int n) { (void)n; }
int main(int argc, char **argv) {
  char buffer[300] = "text";
  int ends[2], pair[2];
  if (argc > 1) return puts(argv[1]) < 0;
  FILE *f = fopen("file", "w+");
  fprintf(f, "%s %ld\n", buffer, (long)sizeof(void *));
  fclose(f);
  int fd = open("file", O_RDWR | O_CLOEXEC);
  lseek(fd, 1, SEEK_SET);
  if (pread(fd, buffer, sizeof buffer, 0) < 0 || ftruncate(fd, 100)) return 1;
  fcntl(fd, F_GETFL);
  struct flock lock = {.l_type = F_RDLCK};
  fcntl(fd, F_SETLK, &lock);
  struct stat st;
  stat("file", &st), fstat(fd, &st), lstat("nothing", &st), chmod("file", 0600), link("file", "other"), unlink("other");
  struct timeval times[2] = {{1, 2}, {3, 4}};
  utimes("file", times);
  struct statvfs v;
  statvfs(".", &v);
  void *p = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(p, 4096, PROT_READ), munmap(p, 8192);
  DIR *d = opendir(".");
  while (readdir(d)) {}
  closedir(d);
  if (pipe(ends) || socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return 1;
  send(pair[0], "hello", 5, 0), recv(pair[1], buffer, 20, 0);
  struct iovec part = {buffer, 5};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  sendmsg(pair[0], &message, 0), recvmsg(pair[1], &message, MSG_DONTWAIT);
  struct sockaddr_un name = {AF_UNIX, "socket"};
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(s, (void *)&name, sizeof name), listen(s, 5);
  struct pollfd waits = {pair[0], POLLOUT, 0};
  poll(&waits, 1, 0);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[1], &set);
  struct timeval none = {0, 0};
  select(ends[1] + 1, 0, &set, 0, &none);
  int e = epoll_create1(0);
  struct epoll_event event = {EPOLLIN, {.u64 = 7}};
  epoll_ctl(e, EPOLL_CTL_ADD, ends[0], &event), epoll_wait(e, &event, 1, 0);
  struct sigaction action = {.sa_handler = got, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, 0), raise(SIGUSR1);
  pthread_t thread;
  pthread_create(&thread, 0, run, 0), pthread_join(thread, 0);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit), setrlimit(RLIMIT_NOFILE, &limit);
  struct timespec now, little = {0, 1000};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), nanosleep(&little, 0);
  struct itimerval timer = {{0, 0}, {0, 0}};
  setitimer(ITIMER_REAL, &timer, 0), getuid(), getgid(), getgroups(0, 0), sched_yield();
  pid_t child = fork();
  if (child == 0) execl(argv[0], argv[0], "child", (char *)0);
  int status;
  struct rusage usage;
  wait4(child, &status, 0, &usage);
  return system("exit 3") == 0;
}
"""


def program_of_32_bits(folder):
    def make(path):
        write(folder, "a.c", PROGRAM_OF_32_BITS)
        quiet("gcc", "-m32", "-w", "-pthread", "-o", path, os.path.join(folder, "a.c"))
    return [once(folder, "program-of-32-bits", make)]


def what_32_bits_lack():
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "a")
        made = subprocess.run(["gcc", "-m32", "-x", "c", "-o", program, "-"], input=b"int main(void) { return 0; }", check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if made.returncode != 0:
            return ["a compiler for 32 bits (gcc-multilib)"]
        try:
            subprocess.run([program], check=True)
        except (OSError, subprocess.CalledProcessError):
            return ["a kernel that runs programs of 32 bits"]
    return []


GO = """package main
import ("fmt"; "net"; "os"; "os/exec"; "sync")
func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	var w sync.WaitGroup
	w.Add(1)
	go func() { defer w.Done(); c, _ := l.Accept(); b := make([]byte, 9); n, _ := c.Read(b); c.Write(b[:n]); c.Close() }()
	c, _ := net.Dial("tcp", l.Addr().String())
	fmt.Fprint(c, "hello")
	w.Wait()
	out, _ := exec.Command("/bin/true").Output()
	f, _ := os.ReadFile("/etc/hostname")
	fmt.Println("hello", len(out), len(f))
}
"""


def go_program(folder):
    def make(path):
        write(folder, "a.go", GO)
        quiet("go", "build", "-o", path, "a.go", cwd=folder,
              env={**os.environ, "GOCACHE": os.path.join(os.path.dirname(folder), "gocache"), "GO111MODULE": "off"})
    return [once(folder, "go-program", make)]


def java_hello(folder):
    def make(classes):
        write(folder, "A.java", 'public class A { public static void main(String[] a) { System.out.println("hello"); } }\n')
        quiet("javac", "-d", classes, os.path.join(folder, "A.java"))
    return ["java", "-Xshare:auto", "-XX:+UseSerialGC", "-cp", once(folder, "classes", make), "A"]


SHELL = ("for i in 1 2 3; do echo $i | cat; done; (exit 3); ls / >/dev/null; sleep 0.01 & wait; trap 'echo got' USR1; kill -USR1 $$; "
         "read -r a </etc/hostname; exec 5<>file; echo x >&5; rm file; echo y >&5; cat <<<here; echo /etc/h*; cd /; ulimit -n; umask 077; kill -9 $$")
PYTHON = ("import json,os,threading,subprocess,tempfile,shutil\n"
          "t=threading.Thread(target=print);t.start();t.join();subprocess.run(['true']);subprocess.run('exit 3',shell=True)\n"
          "subprocess.run(['cat'],input=b'x'*300,stdout=subprocess.DEVNULL)\n"
          "d=tempfile.mkdtemp(dir='.');open(d+'/a','w').write('a'*9);os.rename(d+'/a',d+'/b');os.symlink('b',d+'/c');os.link(d+'/b',d+'/e')\n"
          "os.chmod(d+'/b',0o600);os.utime(d+'/b',(1,2));os.truncate(d+'/b',3);shutil.copy(d+'/b',d+'/f');os.setxattr(d+'/b','user.a',b'v')\n"
          "shutil.rmtree(d);os.sched_getaffinity(0);os.getloadavg();os.statvfs('/');os.getpriority(0,0)\n")
# Both ends on loopback in one process: accept, send, receive, with addresses.
SOCKETS = ("import socket,select\ns=socket.socket();s.setsockopt(1,2,1);s.bind(('127.0.0.1',0));s.listen()\n"
           "c=socket.create_connection(s.getsockname());a,_=s.accept();c.setsockopt(6,1,1);c.getsockopt(6,11,200);c.setsockopt(1,20,b'\\1'+b'\\0'*15)\n"
           "c.sendall(b'x'*300);select.select([a],[],[],1);a.recv(400);c.sendmsg([b'a',b'b']);a.recvmsg(10,100)\n"
           "p,q=socket.socketpair();p.send(b'hi');q.recv(9);socket.send_fds(p,[b'f'],[0,1]);socket.recv_fds(q,9,2);q.shutdown(2)\n"
           "u=socket.socket(socket.AF_UNIX);u.bind('sock');u.listen();v=socket.socket(socket.AF_UNIX);v.connect('sock')\n"
           "w,_=u.accept();v.sendall(b'z');w.recv(5);w.getsockopt(1,17,12);d=socket.socket(type=socket.SOCK_DGRAM);d.sendto(b'q',s.getsockname())\n"
           "e=select.epoll();e.register(a,1);e.poll(0);o=select.poll();o.register(c);o.poll(0)\n"
           "g=socket.socket(10,2);g.bind(('::1',0));g.sendto(b'six',g.getsockname());g.recvfrom(9)\n"
           "try: socket.create_connection(('127.0.0.1',1))\nexcept OSError: pass\n")
NODE = ("const fs=require('fs'),net=require('net'),c=require('child_process');fs.readFileSync('/etc/hostname');c.execSync('true');"
        "const s=net.createServer(a=>a.end('hi')).listen(0,'127.0.0.1',()=>net.connect(s.address().port,'127.0.0.1').on('data',()=>{}).on('close',()=>s.close()))")


# --- servers ------------------------------------------------------------------------------------------------------

def page_server(folder):
    write(folder, "page", "content\n")
    port = port_of(folder)
    return serve([sys.executable, "-m", "http.server", "-b", "127.0.0.1", "-d", folder, str(port)], lambda: accepts(("127.0.0.1", port)))


def curl(folder):
    return ["curl", "-s", "-o", "got", f"http://127.0.0.1:{port_of(folder)}/page"]


def nginx(folder):
    write(folder, "page", "content\n" * 50)
    write(folder, "nginx.conf", f"""daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
{"user root;" if os.geteuid() == 0 else ""}
events {{ worker_connections 64; }}
http {{ access_log {folder}/accesses; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; sendfile on; server {{ listen 127.0.0.1:{port_of(folder)}; root {folder}; }} }}
""")
    return ["nginx", "-c", os.path.join(folder, "nginx.conf"), "-e", os.path.join(folder, "errors")]


def drive_nginx(folder):
    port = port_of(folder)
    wait_until(lambda: accepts(("127.0.0.1", port)), "nginx listens")
    for name in ("page", "page", "nothing"):
        quiet("curl", "-s", "-o", os.path.join(folder, "got"), f"http://127.0.0.1:{port}/{name}", check=False)
    os.kill(pid_in(os.path.join(folder, "pid")), signal.SIGTERM)


def redis(folder):
    # Debian has the server's program in redis-tools, under the name of one of its uses.
    os.symlink(shutil.which("redis-check-rdb", path=SEARCH), os.path.join(folder, "redis-server"))
    return [os.path.join(folder, "redis-server"), "--port", str(port_of(folder)), "--bind", "127.0.0.1", "--unixsocket", os.path.join(folder, "socket"), "--dir", folder]


def drive_redis(folder):
    path = os.path.join(folder, "socket")
    wait_until(lambda: os.path.exists(path) and accepts(path), "redis listens")
    port = str(port_of(folder))
    quiet("redis-benchmark", "-s", path, "-n", "50", "-c", "2", "-q", "-t", "set,get,lpush")
    quiet("redis-benchmark", "-p", port, "-n", "20", "-c", "2", "-q", "-t", "ping")
    quiet("redis-cli", "-p", port, "bgsave")
    wait_until(lambda: os.path.exists(os.path.join(folder, "dump.rdb")), "redis saved")
    quiet("redis-cli", "-s", path, "shutdown", "nosave", check=False)


def redis_beside(folder):
    return serve(redis(folder), lambda: accepts(("127.0.0.1", port_of(folder))))


def redis_client(folder):
    return ["redis-cli", "-p", str(port_of(folder)), "incr", "counter"]


def as_owner(folder):
    """PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]


def cluster(folder):
    def make(path):
        os.mkdir(path)
        quiet(*as_owner(path), os.path.join(POSTGRESQL, "initdb"), "-D", os.path.join(path, "data"), "-A", "trust", "-U", "owner", "-N")
    shutil.copytree(once(folder, "cluster", make), os.path.join(folder, "cluster"))
    if os.geteuid() == 0:
        quiet("chown", "-R", "nobody", folder)
    return [os.path.join(POSTGRESQL, "postgres"), "-D", os.path.join(folder, "cluster", "data"), "-k", folder, "-h", "", "-c", "autovacuum=off"]


def postgres_is_ready(folder):
    """It says so in the last line of its pid file. Connections are taken before, and refused: "the database system is
    starting up"; each of them costs a process that no other run has."""
    path = os.path.join(folder, "cluster", "data", "postmaster.pid")
    if not os.path.exists(path):
        return False
    with open(path, encoding="ascii") as text:
        return text.read().split()[-1:] == ["ready"]


def pgbench_of(folder):
    return [os.path.join(POSTGRESQL, "pgbench"), "-h", folder, "-U", "owner", "postgres"]


def drive_postgres(folder):
    wait_until(lambda: postgres_is_ready(folder), "postgres is ready")
    quiet(*pgbench_of(folder), "-i", "-q")
    quiet(*pgbench_of(folder), "-n", "-t", "20")
    os.kill(pid_in(os.path.join(folder, "cluster", "data", "postmaster.pid")), signal.SIGINT)


def postgres_beside(folder):
    stop = serve([*as_owner(folder), *cluster(folder)], lambda: postgres_is_ready(folder))
    quiet(*pgbench_of(folder), "-i", "-q")
    return stop


def pgbench(folder):
    return [*pgbench_of(folder), "-n", "-t", "20"]


# --- netlink ------------------------------------------------------------------------------------------------------

# In namespaces of their own, where there is something to be shown that is the same in every run.
NETWORK = """echo 54320 >/proc/sys/kernel/ns_last_pid
ip link set lo up; ip addr add 10.9.0.1/24 dev lo label lo:more; ip -6 addr add fd00::1/64 dev lo nodad; ip tuntap add dev t0 mode tap
ip addr add 10.7.0.1/24 brd + dev t0; ip link set t0 address 02:00:00:00:00:02 mtu 1400 up; ip link set t0 alias other
ip route add 10.8.0.0/16 via 127.0.0.1 dev lo metric 7 mtu 1300; ip route add blackhole 10.6.0.0/16; ip -6 route add fd01::/64 dev lo
ip neigh add 10.7.0.9 lladdr 02:00:00:00:00:03 dev t0; ip rule add from 10.0.0.0/8 fwmark 7 lookup 100; tc qdisc add dev lo root pfifo limit 50
nft -f - <<END
table inet t {
 set s { type ipv4_addr; flags interval, timeout; elements = { 10.0.0.0/8, 192.0.2.1 timeout 1h } }
 map m { type inet_service : verdict; elements = { 22 : accept } }
 chain c { type filter hook input priority 0; policy accept; tcp dport { 22, 80 } ct state established counter accept
  ip saddr @s limit rate 5/second log prefix "x" drop; iifname "lo" meta mark set 7; tcp dport vmap @m; jump d }
 chain d { comment "said"; reject with icmp type host-unreachable; }
}
END
exec "$@"
"""
LISTENERS = ("import socket,os,sys\ns=socket.socket();s.bind(('127.0.0.1',4000));s.listen();c=socket.create_connection(('127.0.0.1',4000))\n"
             "d=socket.socket(type=2);d.bind(('127.0.0.1',4001));u=socket.socket(1);u.bind('listener');u.listen();v=socket.socket(10);v.bind(('::1',4002));v.listen()\n"
             "k=socket.socket(17,3,0x300);[x.set_inheritable(True) for x in (s,c,d,u,v,k)];os.execvp('ss',['ss',*sys.argv[1:]])")


def ip(*arguments):
    return Program(["ip", *arguments], alone=True)


PROGRAMS = {
    "ls": Program(["ls", "-la", "/"], quick=True),
    "dash": Program(["dash", "-c", "echo a | tr a b; test -e /etc && cat /etc/hostname; (exit 3); trap 'echo got' USR1; kill -USR1 $$; kill -9 $$"], quick=True),
    "bash": Program(["bash", "-c", SHELL], quick=True),
    "sort": Program(["sort", "-o", "out", "/etc/services"], quick=True),
    "python": Program(["python3", "-c", PYTHON], quick=True),
    "sockets": Program(["python3", "-c", SOCKETS], quick=True),
    "git": Program(git_clone, ["git"]),
    "gcc": Program(gcc, ["gcc"]),
    "32-bit": Program(program_of_32_bits, ["gcc"], lacks=what_32_bits_lack, quick=True),
    "find": Program(["find", "/etc", "-name", "host*"]),
    "tar": Program(["tar", "cf", "etc.tar", "/etc/apt", "/etc/default"]),
    "curl": Program(curl, ["curl"], beside=page_server),
    "nginx": Program(nginx, ["nginx", "curl"], drive=drive_nginx),
    "postgres": Program(cluster, ["postgres", "pgbench"], drive=drive_postgres, unprivileged=True),
    "pgbench": Program(pgbench, ["postgres", "pgbench"], beside=postgres_beside),
    "redis": Program(redis, ["redis-check-rdb", "redis-benchmark"], drive=drive_redis),
    "redis-cli": Program(redis_client, ["redis-check-rdb"], beside=redis_beside),
    "node": Program(["node", "-e", NODE]),
    "go": Program(go_program, ["go"]),
    "java": Program(java_hello, ["javac"]),
    "ip-addr": ip("addr"),
    "ip-link": ip("-d", "-s", "link"),
    "ip-route": ip("route", "show", "table", "all"),
    "ip-rule": ip("rule"),
    "ip-neigh": ip("neigh"),
    "ip-add": ip("addr", "add", "10.5.0.1/16", "dev", "lo"),
    "tc": Program(["tc", "-s", "qdisc"], alone=True),
    "ss": Program(["python3", "-c", LISTENERS, "-anpime", "-A", "inet,unix,packet"], ["ss"], alone=True),   # netlink: the tracer's, too
    "nft": Program(["nft", "list", "ruleset"], alone=True),
    "nft-add": Program(["nft", "add", "rule", "inet", "t", "d", "tcp", "dport", "99", "counter", "drop"], alone=True),
    "ps": Program(["ps", "axf"], alone=True),
}
