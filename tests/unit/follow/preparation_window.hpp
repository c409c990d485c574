// A made-up child between its birth and its exec.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "preparation.hpp"
#include "support/catch.hpp"

namespace ptop::follow::test {

/// Paths and structures of a made-up tracee, from address 0x1000 on.
class Bytes : public decode::MemoryReader {
 public:
  std::uint64_t put(std::string bytes) {
    const std::uint64_t address = base + all_.size();
    all_ += bytes + '\0';
    return address;
  }
  std::uint64_t put_word(std::uint64_t word) {
    return put(std::string(reinterpret_cast<const char*>(&word), sizeof word));
  }
  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    if (address < base || address - base >= all_.size()) return 0;
    const auto part = std::string_view(all_).substr(address - base, out.size());
    std::memcpy(out.data(), part.data(), part.size());
    return part.size();
  }

 private:
  static constexpr std::uint64_t base = 0x1000;
  std::string all_;
};

constexpr std::uint64_t bit(int signal) { return std::uint64_t{1} << (signal - 1); }

/// What its process is like.
struct Before {
  std::optional<std::uint64_t> ignored = std::nullopt;
  std::vector<int> open{0, 1, 2};
  bool terminal = false;
  Rights rights;
  std::map<int, std::string> paths;  ///< of what is open
  std::vector<int> marked;           ///< close-on-exec
  std::map<int, Limit> limits;
  std::optional<int> nice;
  bool forked = true;
};

class Child : public ChildFacts {
 public:
  explicit Child(const Before& before) : before_(before) {}
  std::optional<std::uint64_t> ignored_signals() override { return before_.ignored; }
  bool is_open(int fd) override { return std::ranges::find(before_.open, fd) != before_.open.end(); }
  bool is_forked() const override { return before_.forked; }
  bool closes_on_exec(int fd) override {
    return std::ranges::find(before_.marked, fd) != before_.marked.end();
  }
  std::optional<Limit> limit(int resource) override {
    const auto found = before_.limits.find(resource);
    return found == before_.limits.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<int> nice() override { return before_.nice; }
  std::string path_of(int fd) override {
    const auto found = before_.paths.find(fd);
    return found == before_.paths.end() ? std::string() : found->second;
  }
  bool is_itself(std::int32_t pid) override { return pid == 77; }
  bool has_terminal() override { return before_.terminal; }
  std::optional<Rights> rights() override { return before_.rights; }

 private:
  const Before& before_;
};

struct Window {
  Bytes memory;
  Before before;
  Preparation preparation{0, std::make_unique<Child>(before)};

  void call(std::string_view name, std::array<std::uint64_t, 6> args, std::int64_t result,
            decode::Arch arch = decode::Arch::x86_64) {
    const auto* row = decode::find_syscall(arch, name);
    REQUIRE(row);
    preparation.enter({.arch = arch, .nr = row->nr, .args = args}, memory);
    preparation.leave({.value = result, .error = result < 0}, memory);
  }
  std::vector<std::string> actions() const { return actions_of(preparation.steps()); }
  static std::vector<std::string> actions_of(const std::vector<RecipeStep>& steps) {
    std::vector<std::string> out;
    for (const auto& step : steps) out.emplace_back(step.action);
    return out;
  }
};

using Actions = std::vector<std::string>;

}  // namespace ptop::follow::test
