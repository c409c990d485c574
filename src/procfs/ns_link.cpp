// Link targets of /proc/<pid>/ns.
#include "ptop/procfs/ns_link.hpp"

#include "cursor.hpp"

namespace ptop::procfs {

Result<NsLink> parse_ns_link(std::string_view target) {
  NsLink link;
  std::string_view number = target;
  link.type = take_until(number, ':');
  const bool bracketed = number.size() > 2 && number.front() == '[' && number.back() == ']';
  if (!bracketed || link.type.empty() || !parse_into(link.inode, number.substr(1, number.size() - 2)))
    return malformed("ns link", target);
  return link;
}

}  // namespace ptop::procfs
