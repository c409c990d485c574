// The three numbers of schedstat.
#include "ptop/procfs/schedstat.hpp"

#include "cursor.hpp"

namespace ptop::procfs {

Result<Schedstat> parse_schedstat(std::string_view text) {
  Schedstat s;
  std::string_view rest = text;
  std::string_view line = take_line(rest);
  for (auto* field : {&s.run_ns, &s.wait_ns, &s.timeslices}) {
    if (!parse_into(*field, take_word(line))) return malformed("schedstat", text);
  }
  return s;
}

}  // namespace ptop::procfs
