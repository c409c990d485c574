// Runs every kept input through its target, without a fuzzer, and then inputs made of them.
// usage: fuzz_replay [MUTATED [SEED]] DIRECTORY…: so many mutated inputs for each target; the same seed makes
// the same ones. Each directory holds one directory for each target. Exit status 1: a target has no input, or
// an input no target. What breaks a target, or takes it longer than the test may, is kept in broken-input.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "headers.inc"
#include "judge.hpp"
#include "mutate.hpp"

extern "C" {
int fuzz_escape(const std::uint8_t* data, std::size_t size);
int fuzz_json_text(const std::uint8_t* data, std::size_t size);
int fuzz_query(const std::uint8_t* data, std::size_t size);
int fuzz_cgroup_place(const std::uint8_t* data, std::size_t size);
int fuzz_unix_diag(const std::uint8_t* data, std::size_t size);
int fuzz_taskstats(const std::uint8_t* data, std::size_t size);
int fuzz_decode(const std::uint8_t* data, std::size_t size);
}

namespace ptop::fuzz {
namespace {

using Target = void (*)(std::string_view);

template <int (*entry)(const std::uint8_t*, std::size_t)>
void run(std::string_view text) {
  entry(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

const std::map<std::string, Target> targets{
#include "targets.inc"
};

/// As large as what is in it, so that a sanitizer sees what reads on.
std::vector<char> contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

using Inputs = std::vector<std::vector<char>>;

/// What is being run, for whoever has to find out why it broke.
struct Running {
  const char* target = nullptr;
  const char* data = nullptr;
  std::size_t size = 0;
} running;

/// Nothing but system calls: the program is broken already.
void keep_what_broke(int signal) {
  const int file = ::open("broken-input", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const bool kept = file >= 0 && ::write(file, running.data, running.size) >= 0;
  for (const char* words : {running.target, kept ? ": its input is kept in broken-input\n" : ": broken\n"})
    if (::write(STDERR_FILENO, words, std::strlen(words)) < 0) break;
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void run_one(const char* name, Target target, const std::vector<char>& input) {
  running = {name, input.data(), input.size()};
  target({input.data(), input.size()});
}

bool read_inputs(const std::string& root, std::map<std::string, Inputs>& found) {
  bool known = true;
  for (const auto& folder : std::filesystem::directory_iterator(root)) {
    const std::string name = folder.path().filename().string();
    if (!targets.contains(name)) {
      std::printf("%s: no such target\n", folder.path().c_str());
      known = false;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      found[name].push_back(contents(entry.path()));
  }
  return known;
}

/// Each target's inputs have a sequence of their own: a new target changes nothing for the others.
int run_all(const std::vector<std::string>& roots, std::uint64_t mutated, std::uint64_t seed) {
  std::map<std::string, Inputs> found;
  int status = 0;
  for (const auto& root : roots) {
    if (!read_inputs(root, found)) status = 1;
  }
  for (const auto& [name, target] : targets) {
    Inputs& inputs = found[name];
    std::sort(inputs.begin(), inputs.end());  // a directory has no order of its own
    for (const auto& input : inputs) run_one(name.c_str(), target, input);
    if (inputs.empty()) {
      std::printf("%s: not a single input is kept\n", name.c_str());
      status = 1;
      continue;
    }
    Mutator mutator(inputs, seed);
    for (std::uint64_t i = 0; i < mutated; ++i) run_one(name.c_str(), target, mutator.next());
  }
  std::printf("%zu targets\n", targets.size());
  return status;
}

}  // namespace
}  // namespace ptop::fuzz

int main(int argc, char** argv) {
  std::vector<std::string> roots(argv + 1, argv + argc);
  std::uint64_t numbers[] = {0, 1};
  for (std::uint64_t& number : numbers) {
    if (roots.empty() || roots.front().find_first_not_of("0123456789") != std::string::npos) break;
    number = std::stoull(roots.front());
    roots.erase(roots.begin());
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS, SIGTERM})
    std::signal(signal, ptop::fuzz::keep_what_broke);
  return ptop::fuzz::run_all(roots, numbers[0], numbers[1]);
}
