// The lines that every descriptor has; the particulars of some go to fdinfo_lines and fdinfo_rows.
#include "ptop/procfs/fdinfo.hpp"

#include "cursor.hpp"
#include "fdinfo_lines.hpp"

namespace ptop::procfs {
namespace {

bool parse_lock_line(FdInfo& info, std::string_view value) {
  const auto lock = parse_lock(value);
  if (lock) info.locks.push_back(*lock);
  return lock.has_value();
}

bool parse_line(FdInfo& info, std::string_view line) {
  if (line.starts_with("inotify ")) return parse_inotify_row(info.particulars, line.substr(8));
  if (line.starts_with("fanotify ")) return parse_fanotify_row(info.particulars, line.substr(9));
  if (line.starts_with("tfd:")) return parse_epoll_row(info.particulars, line);
  std::string_view value = line;
  const std::string_view key = take_until(value, ':');
  value = trimmed(value);
  if (key == "pos") return parse_into(info.position, value);
  if (key == "flags") return parse_into(info.flags, value, 8);
  if (key == "mnt_id") return parse_into(info.mount_id, value);
  if (key == "ino") return parse_into(info.inode, value);
  if (key == "lock") return parse_lock_line(info, value);
  if (key == "scm_fds") return parse_into(info.scm_fds, value);
  if (key == "tty-index") return parse_into(info.tty_index, value);
  return parse_particular(info.particulars, key, value);
}

/// Drivers write what they like: keys as plain as "size" and "total" count only in their full company.
void drop_strangers(FdParticulars& particulars) {
  const auto* buffer = std::get_if<DmabufInfo>(&particulars);
  const auto* faults = std::get_if<UserfaultfdInfo>(&particulars);
  if ((buffer && buffer->exporter.empty()) || (faults && !faults->features)) particulars = std::monostate();
}

}  // namespace

Result<FdInfo> parse_fdinfo(std::string_view text) {
  FdInfo info;
  bool has_position = false, has_flags = false;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (!parse_line(info, line)) return malformed("fdinfo", line);
    has_position |= line.starts_with("pos:");
    has_flags |= line.starts_with("flags:");
  }
  if (!has_position || !has_flags) return malformed("fdinfo", text);
  drop_strangers(info.particulars);
  return info;
}

}  // namespace ptop::procfs
