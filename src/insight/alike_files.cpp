// Binary search with kcmp(2) as the comparison.
#include "alike_files.hpp"

#include <utility>

namespace ptop::insight {

AlikeFiles::Key AlikeFiles::key_of(const Seen& seen) {
  const bool named = !seen.inode || !seen.mount_id;  // before Linux 5.14 fdinfo had no inode
  return {seen.link.kind, seen.link.name,          named ? seen.link.target : std::string(),
          seen.access(),  named ? 0 : *seen.inode, named ? 0 : *seen.mount_id};
}

/// The number there that leads to the same open file. Otherwise `fd` gets its place.
std::optional<int> AlikeFiles::sort_in(std::vector<int>& sorted, int fd) const {
  auto begin = sorted.begin(), end = sorted.end();
  while (begin != end) {
    const auto middle = begin + (end - begin) / 2;
    const auto order = order_(pid_, fd, pid_, *middle);
    if (!order) return std::nullopt;
    if (*order == std::strong_ordering::equal) return *middle;
    if (*order == std::strong_ordering::less)
      end = middle;
    else
      begin = middle + 1;
  }
  sorted.insert(begin, fd);
  return std::nullopt;
}

std::optional<int> AlikeFiles::find_or_add(const Seen& seen) {
  Bucket& bucket = buckets_[key_of(seen)];
  for (const int fd : std::exchange(bucket.waiting, {})) (void)sort_in(bucket.sorted, fd);
  return sort_in(bucket.sorted, seen.fd);
}

}  // namespace ptop::insight
