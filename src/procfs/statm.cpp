// The seven page counts of statm.
#include "ptop/procfs/statm.hpp"

#include "cursor.hpp"

namespace ptop::procfs {

Result<Statm> parse_statm(std::string_view text) {
  Statm s;
  std::uint64_t library_pages = 0;  // 0 since Linux 2.6
  std::string_view rest = text;
  std::string_view line = take_line(rest);
  for (auto* field : {&s.size, &s.resident, &s.shared, &s.text, &library_pages, &s.data}) {
    if (!parse_into(*field, take_word(line))) return malformed("statm", text);
  }
  return s;
}

}  // namespace ptop::procfs
