// Descriptors that a program is given on purpose: by the conventions of systemd and make, named in its argv
// or its environment, moved, opened or unmarked for it between fork and exec.
#include <fcntl.h>
#include <spawn.h>

#include "tracee.hpp"

namespace {

int open_null(int flags = 0) { return ::open("/dev/null", O_RDWR | flags); }

/// A child that prepares itself and execs true(1); `purpose` is what the log must say of descriptor `fd`.
template <class Prepare>
void give(int fd, const char* purpose, Prepare prepare, const char* word = nullptr) {
  const pid_t child = ::fork();
  if (child == 0) {
    prepare();
    ::execl("/bin/true", "true", word, nullptr);
    ::_exit(97);
  }
  const bool opens = std::strcmp(purpose, "opened") == 0;
  expect("%d inherited %d %s %d 1", child, fd, purpose, opens ? child : ::getpid());
  require(WEXITSTATUS(wait_for(child)) == 0, "child");
}

void name_it(const char* variable, const char* format, int number) {
  char value[64];
  std::snprintf(value, sizeof value, format, number);
  ::setenv(variable, value, 1);
}

void give_by_spawn() {
  const int source = open_null(O_CLOEXEC);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, source, 9);
  char name[] = "true";
  char* const words[] = {name, nullptr};
  pid_t child = 0;
  require(::posix_spawn(&child, "/bin/true", &files, nullptr, words, environ) == 0, "posix_spawn");
  expect("%d inherited 9 placed %d 1", child, ::getpid());
  require(WEXITSTATUS(wait_for(child)) == 0, "spawned");
  ::posix_spawn_file_actions_destroy(&files);
  ::close(source);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  expect("ignore exec fork vfork clone exit");
  ::unsetenv("MAKEFLAGS");
  give_by_spawn();
  const int marked = open_null(O_CLOEXEC);
  require(marked == 3, "no descriptor but 0 to 2 at the start");
  give(marked, "unmarked", [&] { ::fcntl(marked, F_SETFD, 0); });
  give(9, "placed", [&] { ::dup2(marked, 9); });
  give(4, "opened", [&] { (void)open_null(); });
  ::close(marked);

  const int plain = open_null();
  char path[32], option[32];
  std::snprintf(path, sizeof path, "/dev/fd/%d", plain);
  std::snprintf(option, sizeof option, "--status-fd=%d", plain);
  give(
      plain, "argument", [] {}, path);
  give(
      plain, "argument", [] {}, option);
  give(
      plain, "leak", [] {}, "fd");
  give(plain, "environment", [&] { name_it("NODE_CHANNEL_FD", "%d", plain); });
  give(plain, "jobserver", [&] { name_it("MAKEFLAGS", " -j2 --jobserver-auth=%d,7", plain); });
  give(plain, "leak", [&] { name_it("MAKEFLAGS", " -j2 --jobserver-auth=%d,17", plain + 1); });
  ::setenv("LISTEN_FDS", "1", 1);
  give(plain, "listen_fds", [] { name_it("LISTEN_PID", "%d", ::getpid()); });
  give(plain, "leak", [] { name_it("LISTEN_PID", "%d", ::getppid()); });
  succeed();
}
