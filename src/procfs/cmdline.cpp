// Cuts cmdline and environ at their NULs.
#include "ptop/procfs/cmdline.hpp"

#include "cursor.hpp"

namespace ptop::procfs {

std::vector<std::string_view> parse_cmdline(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) words.push_back(take_until(text, '\0'));
  return words;
}

}  // namespace ptop::procfs
