// Runs every kept input through its target, without a fuzzer: usage: fuzz_replay DIRECTORY…
// Each directory holds one directory for each target. Exit status 1: a target has no input, or an input no
// target.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "headers.inc"
#include "judge.hpp"

extern "C" {
int fuzz_escape(const std::uint8_t* data, std::size_t size);
int fuzz_json_text(const std::uint8_t* data, std::size_t size);
int fuzz_query(const std::uint8_t* data, std::size_t size);
int fuzz_cgroup_place(const std::uint8_t* data, std::size_t size);
int fuzz_unix_diag(const std::uint8_t* data, std::size_t size);
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

std::size_t replay(const std::filesystem::path& folder, Target target) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto bytes = contents(entry.path());
    target({bytes.data(), bytes.size()});
    ++count;
  }
  return count;
}

int replay_all(const std::vector<std::string>& roots) {
  std::map<std::string, std::size_t> counts;
  int status = 0;
  for (const auto& root : roots) {
    if (!std::filesystem::exists(root)) continue;  // nothing found yet
    for (const auto& folder : std::filesystem::directory_iterator(root)) {
      const std::string name = folder.path().filename().string();
      const auto target = targets.find(name);
      if (target != targets.end()) {
        counts[name] += replay(folder.path(), target->second);
      } else {
        std::printf("%s: no such target\n", folder.path().c_str());
        status = 1;
      }
    }
  }
  for (const auto& [name, target] : targets) {
    if (counts[name] != 0) continue;
    std::printf("%s: not a single input in seeds/ or corpus/\n", name.c_str());
    status = 1;
  }
  std::printf("%zu targets\n", targets.size());
  return status;
}

}  // namespace
}  // namespace ptop::fuzz

int main(int argc, char** argv) { return ptop::fuzz::replay_all({argv + 1, argv + argc}); }
