// Two megabytes of arguments and three of environment; of each less where no larger stack is allowed, which
// holds four times as much as they may be.
#include <sys/resource.h>
#include <string>
#include <vector>

#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    std::size_t bytes = 0;
    for (int i = 1; i < argc; ++i) bytes += std::strlen(argv[i]) + 1;
    expect("%d exec-size %d %zu", ::getpid(), argc, bytes);
    succeed();
  }
  began(argv);
  rlimit stack{};
  ::getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = rlim_t{64} * 1024 * 1024;
  const bool larger = stack.rlim_max >= stack.rlim_cur && ::setrlimit(RLIMIT_STACK, &stack) == 0;
  const int arguments = larger ? 18 : 9, assignments = larger ? 25 : 3;
  const std::string word(120'000, 'x');
  std::vector<char*> words{argv[0]}, variables;
  for (int i = 0; i < arguments; ++i) words.push_back(const_cast<char*>(word.c_str()));
  const std::string variable = "A=" + word;
  for (int i = 0; i < assignments; ++i) variables.push_back(const_cast<char*>(variable.c_str()));
  words.push_back(nullptr);
  variables.push_back(nullptr);
  ::execve("/proc/self/exe", words.data(), variables.data());
  return 97;
}
