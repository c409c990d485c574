// What an exec changed in the environment.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::follow {

/// NAME=VALUE strings, raw, in the order of the process, kept as the kernel lays them out: one behind the
/// other, each with its NUL. Most execs change nothing, and two blocks are compared at once.
class Environment {
 public:
  Environment() = default;
  explicit Environment(std::string block) : block_(std::move(block)) {}
  Environment(std::initializer_list<std::string_view> entries) {
    for (const std::string_view entry : entries) add(entry);
  }
  void add(std::string_view entry) { (block_ += entry) += '\0'; }
  std::vector<std::string_view> entries() const;  ///< valid as long as this
  bool operator==(const Environment&) const = default;

 private:
  std::string block_;
};

/// Shared by processes that inherited it unchanged.
using EnvironmentPtr = std::shared_ptr<const Environment>;

/// Of a name that occurs more than once the entries are compared in their order: the first, which getenv(3)
/// finds, with the first. One that is too many is added or removed by itself.
EnvironmentChange environment_change(const Environment& old, const Environment& now);

struct ComparedEnvironment {
  EnvironmentPtr before, after;  ///< the same where nothing changed
  EnvironmentChange change;
};

/// A shell that exported something gives all its commands the same environment, and each is compared with the
/// one that the shell itself got: the last answers are kept.
class EnvironmentComparison {
 public:
  /// Valid until the next call.
  const ComparedEnvironment& compare(const EnvironmentPtr& before, Environment now);

 private:
  static constexpr std::size_t most = 8;
  std::vector<ComparedEnvironment> recent_;
  std::size_t oldest_ = 0;
};

/// The environment of the calling process.
Environment own_environment();

}  // namespace ptop::follow
