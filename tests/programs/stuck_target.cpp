// Processes whose memory cannot be read: their argv and environ lie on a page that nobody will ever fill.
// usage: stuck_target COUNT: prints the pid of each, one a line, and waits for standard input to end; then
// they die and are reaped. stuck_target files: one process with open files of a server that answers nothing
// any more, as descriptor 10 one that is still there, as 11 one that is deleted. Exit status 77, and a reason
// on standard error: this machine does not allow it.
#include <fcntl.h>
#include <linux/fuse.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr std::size_t page = 4096;

[[noreturn]] void skip(const char* what) {
  std::perror(what);
  std::_Exit(77);
}

/// A file system of one file whose server answers all but reading. FUSE by hand: linux/fuse.h is its manual.
class SilentServer {
 public:
  /// Mounted at `folder`, in a mount namespace of our own.
  explicit SilentServer(const std::string& folder) {
    if (unshare(CLONE_NEWNS) != 0) skip("unshare");
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) skip("mount /");
    device_ = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device_ < 0) skip("/dev/fuse");
    const std::string options =
        "fd=" + std::to_string(device_) + ",rootmode=40000,user_id=0,group_id=0,allow_other";
    if (mount("silent", folder.c_str(), "fuse", MS_NOSUID | MS_NODEV, options.c_str()) != 0)
      skip("mount fuse");
    std::thread([this] { serve(); }).detach();
  }
  int device() const { return device_; }
  /// From now on nothing is answered.
  void fall_silent() { silent_.store(true); }

  /// Leaves a page of the file locked in the page cache, to be read for ever.
  void read_ahead(const std::string& folder) {
    const int fd = open((folder + "/file").c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) skip("open in fuse");
    if (posix_fadvise(fd, 0, page, POSIX_FADV_WILLNEED) != 0) skip("posix_fadvise");
    // Its FUSE_FLUSH is answered ENOSYS, so the kernel never sends another one: at the end of this process,
    // where nobody is left to answer, it would wait for ever.
    close(fd);
  }

 private:
  void serve() {
    std::vector<char> request(FUSE_MIN_READ_BUFFER + page);
    while (true) {
      const ssize_t n = read(device_, request.data(), request.size());
      if (n < static_cast<ssize_t>(sizeof(fuse_in_header))) {
        if (n < 0 && (errno == EINTR || errno == EAGAIN || errno == ENOENT)) continue;
        return;
      }
      fuse_in_header in{};
      std::memcpy(&in, request.data(), sizeof in);
      if (!silent_.load()) answer(in);
    }
  }

  void answer(const fuse_in_header& in) {
    switch (in.opcode) {
      case FUSE_INIT: {
        fuse_init_out out{};
        out.major = FUSE_KERNEL_VERSION;
        out.minor = FUSE_KERNEL_MINOR_VERSION;
        out.max_write = page;
        out.max_readahead = page;
        out.flags = FUSE_ASYNC_READ;  // readahead that nobody waits for
        return reply(in, 0, &out, sizeof out);
      }
      case FUSE_LOOKUP: {
        fuse_entry_out out{};
        out.nodeid = 2;
        out.attr_valid = out.entry_valid = 3600;
        out.attr = attributes(2);
        return reply(in, 0, &out, sizeof out);
      }
      case FUSE_GETATTR: {
        fuse_attr_out out{};
        out.attr_valid = 3600;
        out.attr = attributes(in.nodeid);
        return reply(in, 0, &out, sizeof out);
      }
      case FUSE_OPEN:
      case FUSE_OPENDIR: {
        fuse_open_out out{};
        // The first one reads through the page cache. The others do not, and so mmap(2) throws out what is
        // cached.
        if (in.opcode == FUSE_OPEN && opened_++ != 0) out.open_flags = FOPEN_DIRECT_IO | FOPEN_KEEP_CACHE;
        return reply(in, 0, &out, sizeof out);
      }
      case FUSE_UNLINK:
        return reply(in, 0, nullptr, 0);
      case FUSE_READ:
        return;  // never
      case FUSE_FORGET:
      case FUSE_BATCH_FORGET:
      case FUSE_INTERRUPT:
        return;  // want no answer
      default:
        return reply(in, -ENOSYS, nullptr, 0);
    }
  }

  static fuse_attr attributes(std::uint64_t node) {
    fuse_attr attr{};
    attr.ino = node;
    attr.size = page;
    attr.mode = node == FUSE_ROOT_ID ? S_IFDIR | 0755U : S_IFREG | 0644U;
    attr.nlink = 1;
    attr.blksize = page;
    return attr;
  }

  void reply(const fuse_in_header& in, int error, const void* body, std::size_t size) const {
    std::vector<char> text(sizeof(fuse_out_header) + size);
    fuse_out_header out{};
    out.len = static_cast<std::uint32_t>(text.size());
    out.error = error;
    out.unique = in.unique;
    std::memcpy(text.data(), &out, sizeof out);
    if (size != 0) std::memcpy(text.data() + sizeof out, body, size);
    if (write(device_, text.data(), text.size()) < 0)
      return;  // it was interrupted and wants no answer any more
  }

  int device_ = -1;
  int opened_ = 0;
  std::atomic<bool> silent_{false};
};

/// Blocks its caller for as long as the server is silent, and the memory of the whole process with it:
/// mmap(2) holds the memory lock while it waits for the page that is being read to be done with.
void map_file(const std::string& folder) {
  const int fd = open((folder + "/file").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) skip("open in fuse");
  mmap(nullptr, page, PROT_READ, MAP_PRIVATE, fd, 0);
}

char state_of(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(stat, line);
  const auto end = line.rfind(')');
  return end == line.npos || end + 2 >= line.size() ? 'X' : line[end + 2];
}

pid_t start_target(const SilentServer& server, const std::string& folder) {
  const pid_t pid = fork();
  if (pid < 0) skip("fork");
  if (pid == 0) {
    // The server's death must end the wait: nobody else may have its connection open.
    close(server.device());
    close(STDOUT_FILENO);  // its reader waits for the end of the list
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    map_file(folder);
    std::_Exit(77);  // this kernel does not wait
  }
  while (state_of(pid) != 'D') {
    if (waitpid(pid, nullptr, WNOHANG) == pid) {
      std::fputs("mmap does not wait on this kernel\n", stderr);
      std::_Exit(77);
    }
    sched_yield();
  }
  return pid;
}

void open_as(const std::string& path, int wanted) {
  const int fd = open(path.c_str(), O_RDONLY);
  if (fd < 0) skip("open in fuse");
  if (dup2(fd, wanted) != wanted) skip("dup2");
  close(fd);
}

/// Its files are open when this returns.
pid_t start_holder(SilentServer& server, const std::string& folder) {
  int ready[2];
  if (pipe2(ready, O_CLOEXEC) != 0) skip("pipe");
  const pid_t pid = fork();
  if (pid < 0) skip("fork");
  if (pid == 0) {
    close(server.device());
    close(STDOUT_FILENO);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    open_as(folder + "/file", 10);
    open_as(folder + "/gone", 11);
    if (unlink((folder + "/gone").c_str()) != 0) skip("unlink in fuse");
    if (write(ready[1], "", 1) != 1) std::_Exit(77);
    while (true) pause();
  }
  close(ready[1]);
  char byte;
  if (read(ready[0], &byte, 1) != 1) std::_Exit(77);
  close(ready[0]);
  server.fall_silent();
  return pid;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const bool files = std::strcmp(argv[1], "files") == 0;
  std::string folder = "/tmp/stuck_target.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) skip("mkdtemp");
  SilentServer server(folder);
  std::vector<pid_t> targets;
  if (files) {
    targets.push_back(start_holder(server, folder));
  } else {
    server.read_ahead(folder);
  }
  for (int i = 0; !files && i < std::atoi(argv[1]); ++i) targets.push_back(start_target(server, folder));
  for (const pid_t pid : targets) std::printf("%d\n", pid);
  std::fclose(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
  for (const pid_t pid : targets) kill(pid, SIGKILL);
  umount2(folder.c_str(), MNT_FORCE | MNT_DETACH);  // ends every wait for an answer
  for (const pid_t pid : targets) waitpid(pid, nullptr, 0);
  rmdir(folder.c_str());
  std::_Exit(0);  // the thread of the server is in its read
}
