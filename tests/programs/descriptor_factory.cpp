// Opens every kind of descriptor this kernel lets it, prints as JSON what each one is, then waits for
// standard input to end. What the kernel refuses is left out. Run in an empty directory, which is its
// playground.
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

bool first = true;

/// One opened thing: its name in the test, its type, and members of JSON to be found in the output as they
/// are.
void opened(const char* what, int fd, const char* type, const std::string& members = "") {
  if (fd < 0) return;
  std::printf("%s\n  {\"what\": \"%s\", \"fd\": %d, \"type\": \"%s\"%s%s}", first ? "" : ",", what, fd, type,
              members.empty() ? "" : ", ", members.c_str());
  first = false;
}

std::string peer(int fd) { return "\"peer\": " + std::to_string(fd); }

void pair_of(const char* what, int (&fds)[2], const char* type, const std::string& members = "") {
  const std::string more = members.empty() ? "" : ", " + members;
  opened(what, fds[0], type, peer(fds[1]) + more);
  opened(what, fds[1], type, peer(fds[0]) + more);
}

void files() {
  opened("file for reading and writing", open("file", O_RDWR | O_CREAT | O_CLOEXEC, 0600), "regular",
         "\"access\": \"rw\", \"flag\": \"O_CLOEXEC\"");
  const int written = open("file", O_WRONLY | O_APPEND);
  opened("file for writing", written, "regular", "\"access\": \"w\", \"flag\": \"O_APPEND\"");
  if (write(written, "12345", 5) == 5)
    opened("file with a position", written, "regular", "\"position\": 5, \"size\": 5");
  opened("file by O_PATH", open("file", O_PATH), "regular", "\"access\": \"path\", \"flag\": \"O_PATH\"");
  opened("deleted file", open("gone", O_RDWR | O_CREAT, 0600), "regular", "\"deleted\": true");
  unlink("gone");
  opened("file without a name", open(".", O_RDWR | O_TMPFILE, 0600), "regular", "\"deleted\": true");
  opened("directory", open(".", O_RDONLY | O_DIRECTORY), "directory", "\"access\": \"r\"");
  if (symlink("file", "link") == 0) opened("symbolic link", open("link", O_PATH | O_NOFOLLOW), "symlink");
  opened("character device", open("/dev/null", O_RDONLY), "char", "\"rdev\": \"1:3\"");
  opened("other character device", open("/dev/zero", O_RDWR | O_NONBLOCK), "char",
         "\"flag\": \"O_NONBLOCK\"");
  for (const char* disk : {"/dev/loop0", "/dev/vda", "/dev/sda"})
    opened("block device", open(disk, O_RDONLY), "block");
  opened("memfd", memfd_create("factory", MFD_CLOEXEC), "memfd");
  opened("namespace", open("/proc/self/ns/net", O_RDONLY), "namespace");
  const std::string name = "/ptop-descriptor-factory-" + std::to_string(getpid());
  const int queue = mq_open(name.c_str(), O_RDWR | O_CREAT, 0600, nullptr);
  int ends[2]{queue, mq_open(name.c_str(), O_WRONLY)};
  pair_of("message queue", ends, "mqueue", R"("mqueue": {"name": ")" + name + "\"}");
  mq_unlink(name.c_str());
}

void pipes_and_ptys() {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) == 0) pair_of("pipe", fds, "pipe");
  if (mkfifo("fifo", 0600) == 0) {
    const int reader = open("fifo", O_RDONLY | O_NONBLOCK);
    int ends[2]{reader, open("fifo", O_WRONLY)};
    pair_of("FIFO", ends, "fifo");
  }
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) return;
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  opened("pty master", master, "pty_master", peer(slave));
  opened("pty slave", slave, "pty_slave", peer(master));
}

void unix_sockets() {
  int fds[2];
  const auto unix_family = [](const char* type) {
    return std::string("\"socket\": {\"family\": \"unix\", \"socket_type\": \"") + type +
           "\", \"state\": \"CONNECTED\"}";
  };
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0)
    pair_of("stream pair", fds, "socket", unix_family("SOCK_STREAM"));
  if (socketpair(AF_UNIX, SOCK_DGRAM, 0, fds) == 0)
    pair_of("datagram pair", fds, "socket", unix_family("SOCK_DGRAM"));
  if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds) == 0)
    pair_of("packet pair", fds, "socket", unix_family("SOCK_SEQPACKET"));
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::strcpy(name.sun_path, "socket");
  const auto* address = reinterpret_cast<const sockaddr*>(&name);
  if (bind(listener, address, sizeof name) != 0 || listen(listener, 4) != 0) return;
  opened("unix listener", listener, "socket",
         R"("socket": {"family": "unix", "state": "LISTEN", "name": "socket"})");
  if (connect(client, address, sizeof name) != 0) return;
  int ends[2]{client, accept(listener, nullptr, nullptr)};
  pair_of("unix connection", ends, "socket", unix_family("SOCK_STREAM"));
}

std::string inet(const char* family, const char* protocol, const char* state) {
  return std::string("\"socket\": {\"family\": \"") + family + "\", \"protocol\": \"" + protocol +
         "\", \"state\": \"" + state + "\"}";
}

template <class Address>
void tcp(const char* family, const char* protocol, Address address, int domain) {
  const int listener = socket(domain, SOCK_STREAM, 0), client = socket(domain, SOCK_STREAM, 0);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, generic, length) != 0 || listen(listener, 4) != 0) return;
  opened("TCP listener", listener, "socket", inet(family, protocol, "LISTEN"));
  getsockname(listener, generic, &length);
  if (connect(client, generic, length) != 0) return;
  int ends[2]{client, accept(listener, nullptr, nullptr)};
  pair_of("TCP connection", ends, "socket", inet(family, protocol, "ESTABLISHED"));
}

void internet_sockets() {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  tcp("inet", "tcp", four, AF_INET);
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_addr = in6addr_loopback;
  tcp("inet6", "tcp6", six, AF_INET6);
  const int udp = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(udp, reinterpret_cast<sockaddr*>(&four), sizeof four) == 0)
    opened("UDP socket", udp, "socket", inet("inet", "udp", "CLOSE"));
  opened("raw socket", socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), "socket", inet("inet", "raw", "CLOSE"));
  const int route = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
  sockaddr_nl any{};
  any.nl_family = AF_NETLINK;
  if (bind(route, reinterpret_cast<sockaddr*>(&any), sizeof any) == 0)
    opened("netlink socket", route, "socket", R"("socket": {"family": "netlink", "protocol": "ROUTE"})");
  opened("packet socket", socket(AF_PACKET, SOCK_DGRAM, 0), "socket", R"("socket": {"family": "packet"})");
  opened("TCP socket without an address", socket(AF_INET, SOCK_STREAM, 0), "socket",
         R"("socket": {"family": null, "protocol": "TCP"})");
}

void event_sources() {
  const int event = eventfd(7, EFD_SEMAPHORE);
  opened("eventfd", event, "eventfd", R"("eventfd": {"count": 7})");
  const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  itimerspec when{{5, 0}, {100'000, 0}};
  timerfd_settime(timer, 0, &when, nullptr);
  opened("timerfd", timer, "timerfd",
         R"("timerfd": {"clock": "CLOCK_MONOTONIC", "interval_ns": 5000000000})");
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  sigaddset(&mask, SIGCHLD);
  opened("signalfd", signalfd(-1, &mask, 0), "signalfd",
         R"("signalfd": {"signals": ["SIGUSR1", "SIGCHLD"]})");
  const int epoll = epoll_create1(0);
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  epoll_ctl(epoll, EPOLL_CTL_ADD, event, &wanted);
  opened("epoll", epoll, "epoll", "\"watches\": " + std::to_string(event));
  const int inotify = inotify_init1(IN_CLOEXEC);
  inotify_add_watch(inotify, ".", IN_CREATE);
  opened("inotify", inotify, "inotify", "\"inotify_mask\": \"IN_CREATE\"");
  opened("fanotify", fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID, O_RDONLY), "fanotify");
  opened("pidfd", static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0)), "pidfd",
         "\"pidfd\": {\"pid\": " + std::to_string(getpid()) + "}");
}

void kernel_objects() {
  opened("userfaultfd", static_cast<int>(syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* UFFD_USER_MODE_ONLY */)),
         "userfaultfd");
  io_uring_params ring{};
  opened("io_uring", static_cast<int>(syscall(SYS_io_uring_setup, 8, &ring)), "io_uring");
  bpf_attr map{};
  map.map_type = BPF_MAP_TYPE_ARRAY;
  map.key_size = 4;
  map.value_size = 8;
  map.max_entries = 3;
  opened("BPF map", static_cast<int>(syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map)), "bpf_map",
         R"("bpf_map": {"key_size": 4, "value_size": 8, "max_entries": 3})");
  perf_event_attr perf{};
  perf.size = sizeof perf;
  perf.type = PERF_TYPE_SOFTWARE;
  perf.config = PERF_COUNT_SW_CPU_CLOCK;
  perf.exclude_kernel = 1;
  opened("perf event", static_cast<int>(syscall(SYS_perf_event_open, &perf, 0, -1, -1, 0)), "perf_event");
}

}  // namespace

int main() {
  std::printf("[");
  files();
  pipes_and_ptys();
  unix_sockets();
  internet_sockets();
  event_sources();
  kernel_objects();
  std::printf("\n]\n");
  std::fflush(stdout);
  fclose(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
}
