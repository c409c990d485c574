// One process, ten programs one after the other.
#include "tracee.hpp"

int main(int argc, char** argv) {
  const int left = argc > 1 ? std::atoi(argv[1]) : 10;
  if (argc > 1)
    expect("%d exec %s %d", ::getpid(), argv[0], left);
  else
    began(argv);
  if (left == 0) succeed();
  char next[16];
  std::snprintf(next, sizeof next, "%d", left - 1);
  ::execl("/proc/self/exe", argv[0], next, nullptr);
  return 97;
}
