// What epoll, inotify and fanotify watch: a row for each.
#include "fdinfo_lines.hpp"
#include "words.hpp"

namespace ptop::procfs {
namespace {

bool parse_device_into(std::optional<DeviceNumber>& out, std::string_view hex) {
  return parse_kernel_device(out.emplace(), hex);
}

/// "1ac50300": two hexadecimal digits a byte.
bool parse_bytes(std::string& out, std::string_view hex) {
  if (hex.size() % 2 != 0) return false;
  out.clear();
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    std::uint8_t byte = 0;
    if (!parse_into(byte, hex.substr(at, 2), 16)) return false;
    out.push_back(static_cast<char>(byte));
  }
  return true;
}

FileHandle& handle_of(std::optional<FileHandle>& handle) { return handle ? *handle : handle.emplace(); }

/// The keys that inotify and fanotify share.
bool parse_handle_pair(std::optional<FileHandle>& handle, WordPair pair) {
  if (pair.key == "fhandle-type") return parse_into(handle_of(handle).type, pair.value, 16);
  if (pair.key == "f_handle") return parse_bytes(handle_of(handle).bytes, pair.value);
  return true;
}

bool parse_pair(EpollTarget& target, WordPair pair) {
  if (pair.key == "tfd") return parse_into(target.fd, pair.value);
  if (pair.key == "events") return parse_into(target.events, pair.value, 16);
  if (pair.key == "data") return parse_into(target.data, pair.value, 16);
  if (pair.key == "pos") return parse_into(target.position, pair.value);
  if (pair.key == "ino") return parse_into(target.inode, pair.value, 16);
  if (pair.key == "sdev") return parse_device_into(target.device, pair.value);
  return true;
}

bool parse_pair(InotifyWatch& watch, WordPair pair) {
  if (pair.key == "wd") return parse_into(watch.wd, pair.value, 16);
  if (pair.key == "ino") return parse_into(watch.inode, pair.value, 16);
  if (pair.key == "sdev") return parse_kernel_device(watch.device, pair.value);
  if (pair.key == "mask") return parse_into(watch.mask, pair.value, 16);
  return parse_handle_pair(watch.handle, pair);
}

bool parse_pair(FanotifyMark& mark, WordPair pair) {
  if (pair.key == "ino") return parse_into(mark.inode, pair.value, 16);
  if (pair.key == "sdev") return parse_device_into(mark.device, pair.value);
  if (pair.key == "mnt_id") return parse_into(mark.mount_id, pair.value, 16);
  if (pair.key == "mflags") return parse_into(mark.mark_flags, pair.value, 16);
  if (pair.key == "mask") return parse_into(mark.mask, pair.value, 16);
  if (pair.key == "ignored_mask") return parse_into(mark.ignored, pair.value, 16);
  return parse_handle_pair(mark.handle, pair);
}

bool parse_pair(FanotifyInfo& group, WordPair pair) {
  if (pair.key == "flags") return parse_into(group.flags, pair.value, 16);
  if (pair.key == "event-flags") return parse_into(group.event_flags, pair.value, 16);
  return true;
}

template <class T>
bool parse_pairs(T& out, std::string_view row) {
  while (!trimmed(row).empty()) {
    if (!parse_pair(out, take_pair(row))) return false;
  }
  return true;
}

template <class T>
bool append_row(std::vector<T>& rows, std::string_view row) {
  return parse_pairs(rows.emplace_back(), row);
}

}  // namespace

bool parse_epoll_row(FdParticulars& out, std::string_view row) {
  return append_row(particulars_as<EpollInfo>(out).targets, row);
}

bool parse_inotify_row(FdParticulars& out, std::string_view row) {
  return append_row(particulars_as<InotifyInfo>(out).watches, row);
}

bool parse_fanotify_row(FdParticulars& out, std::string_view row) {
  auto& group = particulars_as<FanotifyInfo>(out);
  return row.starts_with("flags:") ? parse_pairs(group, row) : append_row(group.marks, row);
}

}  // namespace ptop::procfs
