// A recorded machine whose strings are as strangers might choose them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ptop::app::test {

/// Escape sequences, control characters, what is no UTF-8, what has no width, two columns or another
/// direction. None has a NUL.
const std::vector<std::string>& hostile_strings();

/// A copy of tests/fixtures/proc/followed_build, which goes with this object: names, arguments, variables,
/// paths, control groups and users are hostile_strings(), the first one the `first`.
class HostileMachine {
 public:
  explicit HostileMachine(std::size_t first);
  ~HostileMachine();
  HostileMachine(const HostileMachine&) = delete;
  HostileMachine& operator=(const HostileMachine&) = delete;
  const std::filesystem::path& root() const { return root_; }

 private:
  void spoil_process(const std::filesystem::path& directory);
  void spoil_task(const std::filesystem::path& directory, const std::string& name);
  void spoil_users();
  const std::string& next();

  std::filesystem::path root_;
  std::size_t at_;
};

}  // namespace ptop::app::test
