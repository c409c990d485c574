// The lines of mountinfo: fields with one blank between, so that an empty one counts.
#include "ptop/procfs/mountinfo.hpp"

#include "words.hpp"

namespace ptop::procfs {
namespace {

/// One of the fields before the "-"; those of newer kernels are passed over.
bool parse_optional_field(Mount& mount, std::string_view field) {
  const std::string_view tag = take_until(field, ':');
  if (tag == "shared") return parse_into(mount.shared, field);
  if (tag == "master") return parse_into(mount.master, field);
  if (tag == "propagate_from") return parse_into(mount.propagate_from, field);
  mount.unbindable |= tag == "unbindable";
  return true;
}

bool parse_optional_fields(Mount& mount, std::string_view& line) {
  while (!line.empty()) {
    const std::string_view field = take_until(line, ' ');
    if (field == "-") return true;
    if (!parse_optional_field(mount, field)) return false;
  }
  return false;
}

bool parse_mount(Mount& mount, std::string_view line) {
  const bool has_numbers = parse_into(mount.id, take_until(line, ' ')) &&
                           parse_into(mount.parent, take_until(line, ' ')) &&
                           parse_device(mount.device, take_until(line, ' '), 10);
  if (!has_numbers) return false;
  mount.root = unescape_octal(take_until(line, ' '));
  mount.point = unescape_octal(take_until(line, ' '));
  mount.options = take_until(line, ' ');
  if (!parse_optional_fields(mount, line)) return false;
  mount.type = unescape_octal(take_until(line, ' '));
  mount.source = unescape_octal(take_until(line, ' '));
  mount.super_options = unescape_octal(line);
  return !mount.type.empty() && !mount.root.empty() && !mount.point.empty();
}

}  // namespace

Result<std::vector<Mount>> parse_mountinfo(std::string_view text) {
  std::vector<Mount> mounts;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    Mount mount;
    if (!parse_mount(mount, line)) return malformed("mountinfo", line);
    mounts.push_back(std::move(mount));
  }
  return mounts;
}

bool has_mount_option(std::string_view options, std::string_view option) {
  while (!options.empty()) {
    if (take_until(options, ',') == option) return true;
  }
  return false;
}

}  // namespace ptop::procfs
