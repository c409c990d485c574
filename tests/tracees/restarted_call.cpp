// SA_RESTART: a read(2) that a signal interrupts goes on; without it, it fails with EINTR. As untraced.
#include "tracee.hpp"

namespace {

bool in_pipe_read(pid_t pid) {
  char path[64], text[64] = "";
  std::snprintf(path, sizeof path, "/proc/%d/wchan", pid);
  FILE* const file = std::fopen(path, "r");
  const bool read = file && std::fgets(text, sizeof text, file);
  if (file) std::fclose(file);
  return !read || std::strstr(text, "pipe") || std::strcmp(text, "0") == 0;
}

/// No signal is pending any more, and it sleeps again.
bool handled(pid_t pid) {
  char path[64], line[256];
  unsigned long long pending = 1;
  std::snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE* const file = std::fopen(path, "r");
  while (file && std::fgets(line, sizeof line, file)) std::sscanf(line, "ShdPnd: %llx", &pending);
  if (file) std::fclose(file);
  return pending == 0 && state_of(pid) == 'S';
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  for (const bool restart : {true, false}) {
    int ends[2];
    require(::pipe(ends) == 0, "pipe");
    const pid_t child = ::fork();
    if (child == 0) {
      struct sigaction action {};
      action.sa_handler = [](int) {};
      action.sa_flags = restart ? SA_RESTART : 0;
      ::sigaction(SIGUSR1, &action, nullptr);
      char byte;
      require(::write(ends[1], "r", 1) == 1, "write");  // and it reads back what it wrote, if nobody else did
      const auto got = ::read(ends[0], &byte, 1);
      if (got != 1 || byte != 'r') ::_exit(97);
      const auto second = ::read(ends[0], &byte, 1);
      ::_exit(second == 1 ? 1 : errno == EINTR ? 2 : 98);
    }
    expect("%d fork %d", ::getpid(), child);
    for (int in_read = 0; in_read < 2;)
      in_read = state_of(child) == 'S' && in_pipe_read(child) ? in_read + 1 : 0;
    ::kill(child, SIGUSR1);
    expect("%d signal SIGUSR1", child);
    if (restart) {
      while (!handled(child)) ::usleep(500);
      require(::write(ends[1], "b", 1) == 1, "write");
    }
    expect("%d exit %d", child, restart ? 1 : 2);
    require(WEXITSTATUS(wait_for(child)) == (restart ? 1 : 2), "status");
    ::close(ends[0]);
    ::close(ends[1]);
  }
  succeed();
}
