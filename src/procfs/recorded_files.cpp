// The lines of .ptop/files.
#include "recorded_files.hpp"

#include <sys/sysmacros.h>

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

bool parse_link(RecordedFiles& recorded, std::string_view line) {
  const std::string name(take_word(line));
  return parse_into(recorded.link_modes[name], trimmed(line), 8);
}

bool parse_file(RecordedFiles& recorded, std::string_view line) {
  FileStatus& file = recorded.files[std::string(take_word(line))];
  std::uint64_t device = 0;
  if (!parse_into(file.mode, take_word(line), 16) || !parse_into(device, take_word(line))) return false;
  file.device = {major(device), minor(device)};
  std::string_view rdev = take_word(line);
  return parse_into(file.rdev.major, take_until(rdev, ':'), 16) && parse_into(file.rdev.minor, rdev, 16) &&
         parse_into(file.inode, take_word(line)) && parse_into(file.size, trimmed(line));
}

bool parse_line(RecordedFiles& recorded, std::string_view line) {
  const std::string_view kind = take_word(line);
  if (kind == "link") return parse_link(recorded, line);
  if (kind == "file") return parse_file(recorded, line);
  return true;
}

}  // namespace

Result<RecordedFiles> parse_recorded_files(std::string_view text) {
  RecordedFiles recorded;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (!parse_line(recorded, line)) return malformed(".ptop/files", line);
  }
  return recorded;
}

}  // namespace ptop::procfs
