// Which descriptors of one process lead to one open file, found by few questions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "descriptor_look.hpp"

namespace ptop::insight {

/// Only what looks alike is compared. The kernel orders open files, so for n of those each question costs
/// log n calls of kcmp(2): 300 descriptors of /dev/null are 2500 calls, not 45,000.
class AlikeFiles {
 public:
  /// `pid`: the process looked at, standing still.
  AlikeFiles(Pid pid, FileOrder order) : pid_(pid), order_(order) {}

  void add(const Seen& seen) { buckets_[key_of(seen)].waiting.push_back(seen.fd); }
  /// A number added before that leads to the same open file. Without one, or without an answer of the kernel,
  /// nullopt, and `seen` is added.
  std::optional<int> find_or_add(const Seen& seen);

 private:
  /// What the numbers of one open file have in common.
  using Key =
      std::tuple<procfs::FdKind, std::string, std::string, std::uint32_t, std::uint64_t, std::uint32_t>;
  struct Bucket {
    std::vector<int> sorted;   ///< in the kernel's order
    std::vector<int> waiting;  ///< to be sorted in, when somebody asks
  };
  static Key key_of(const Seen& seen);
  std::optional<int> sort_in(std::vector<int>& sorted, int fd) const;

  Pid pid_;
  FileOrder order_;
  std::map<Key, Bucket> buckets_;
};

}  // namespace ptop::insight
