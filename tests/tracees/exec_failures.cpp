// Programs that cannot be run, one reason each; execvp(3) through PATH is one failure with all that was
// tried.
#include <fcntl.h>
#include <sys/resource.h>

#include "copy.hpp"
#include "tracee.hpp"

namespace {

void fails(const char* path, int error_number, const char* name) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(path, "x", nullptr);
    ::_exit(errno == error_number ? 126 : 97);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec_failed %s %s", child, path, name);
  expect("%d exit 126", child);
  require(WEXITSTATUS(wait_for(child)) == 126, name);
}

/// Whatever name a descriptor gives: each file is a failure of its own, and each only once.
void fails_by_descriptor(const char* folder, const char* plain) {
  const int directory = ::open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const pid_t child = ::fork();
  if (child == 0) {
    char name[] = "x";
    char* const words[] = {name, nullptr};
    char* const nothing[] = {nullptr};
    ::syscall(SYS_execveat, file, "", words, nothing, AT_EMPTY_PATH);
    ::syscall(SYS_execveat, directory, "plain", words, nothing, 0);
    for (int round = 0; round < 3; ++round) ::execv(plain, words);
    ::syscall(SYS_execveat, 99, "other", words, nothing, 0);
    ::_exit(126);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec_failed /dev/null EACCES", child);
  expect("%d exec_failed %s EACCES", child, plain);
  expect("%d exec_failed /dev/fd/99/other EBADF", child);
  expect("%d exit 126", child);
  wait_for(child);
  ::close(directory);
  ::close(file);
}

/// It fails when there is nothing left to return to: that kills it, and no program was started.
void falls() {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit nothing{1024, 1024};
    ::setrlimit(RLIMIT_AS, &nothing);
    ::execl("/bin/true", "true", nullptr);
    ::_exit(97);
  }
  const int status = wait_for(child);
  expect("%d fork %d", ::getpid(), child);
  if (WIFSIGNALED(status)) {
    expect("%d exec_failed /bin/true EFAULT", child);
    expect("%d signal SIGSEGV", child);
    expect("%d step limit", child);
    expect("%d killed SIGSEGV", child);
  } else {
    expect("%d exec_failed /bin/true ENOMEM", child);
    expect("%d exit 97", child);
  }
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  char folder[] = "/tmp/ptop-exec-XXXXXX";
  char plain[64], busy[64], empty[64], long_name[300];
  require(::mkdtemp(folder) != nullptr, "mkdtemp");
  std::snprintf(plain, sizeof plain, "%s/plain", folder);
  std::snprintf(busy, sizeof busy, "%s/busy", folder);
  std::snprintf(empty, sizeof empty, "%s/empty", folder);
  ::close(::open(plain, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  ::close(::open(empty, O_CREAT | O_WRONLY | O_CLOEXEC, 0700));
  copy_program(busy);
  const int writer = ::open(busy, O_WRONLY | O_CLOEXEC);
  require(writer >= 0, "open");
  std::memset(long_name, 'x', sizeof long_name);
  long_name[sizeof long_name - 1] = '\0';
  fails(plain, EACCES, "EACCES");
  fails(folder, EACCES, "EACCES");
  fails(busy, ETXTBSY, "ETXTBSY");
  fails(empty, ENOEXEC, "ENOEXEC");
  fails("/dev/null/program", ENOTDIR, "ENOTDIR");
  fails(long_name, ENAMETOOLONG, "ENAMETOOLONG");
  fails("", ENOENT, "ENOENT");
  fails_by_descriptor(folder, plain);
  falls();
  ::unlink(plain);
  ::unlink(busy);
  ::unlink(empty);
  ::rmdir(folder);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("PATH", "/nonexistent/a:/nonexistent/b", 1);
    ::execlp("no-such-program", "x", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec_failed /nonexistent/b/no-such-program ENOENT", child);
  expect("%d exit 127", child);
  wait_for(child);
  const pid_t stubborn = ::fork();
  if (stubborn == 0) {
    ::execl("/nonexistent/first", "x", nullptr);
    ::execl("/nonexistent/second", "x", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), stubborn);
  expect("%d exec_failed /nonexistent/first ENOENT", stubborn);
  expect("%d exec_failed /nonexistent/second ENOENT", stubborn);
  expect("%d exit 127", stubborn);
  wait_for(stubborn);
  succeed();
}
