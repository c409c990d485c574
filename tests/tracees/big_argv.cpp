// argv and environment of more than a megabyte arrive whole.
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
  const std::string word(100'000, 'x');
  std::vector<char*> words{argv[0]};
  for (int i = 0; i < 12; ++i) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execv("/proc/self/exe", words.data());
  return 97;
}
