// Links, then fdinfo of each.
#include "descriptor_look.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/kcmp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ptop/model/descriptors.hpp"

namespace ptop::insight {

bool Seen::close_on_exec() const { return (flags & O_CLOEXEC) != 0; }
std::uint32_t Seen::access() const { return flags & O_ACCMODE; }
std::string Seen::target() const { return link.deleted ? link.target + " (deleted)" : link.target; }

Result<std::vector<Seen>> look(procfs::Reader& reader, Pid pid) {
  auto dir = reader.open_fds(pid);
  if (!dir) return fail(dir.error());
  auto entries = dir->entries();
  if (!entries) return fail(entries.error());
  std::vector<Seen> found;
  for (procfs::FdEntry& entry : *entries) {
    Seen& seen = found.emplace_back(Seen{.fd = entry.fd, .link = std::move(entry.link)});
    const auto info = dir->read_info(entry.fd);
    if (!info) continue;
    seen.position = info->position;
    seen.flags = info->flags;
    seen.inode = info->inode;
    seen.mount_id = info->mount_id;
  }
  return found;
}

std::string_view type_of(procfs::Reader& reader, Pid pid, const Seen& seen) {
  std::optional<procfs::FileStatus> file;
  if (auto dir = reader.open_process(pid)) {
    if (auto fds = dir->open_fds()) {
      if (auto status = fds->status(seen.fd)) file = *status;
    }
  }
  return model::descriptor_type_name(model::descriptor_type(seen.link, file));
}

std::string target_of(procfs::Reader& reader, Pid pid, int fd) {
  auto dir = reader.open_process(pid);
  return dir ? dir->read_link(fmt::format("fd/{}", fd).c_str()).value_or(std::string()) : std::string();
}

bool same_file(const Seen& a, const Seen& b) {
  if (a.link.kind != b.link.kind || a.link.name != b.link.name || a.access() != b.access()) return false;
  if (a.inode && b.inode && a.mount_id && b.mount_id)
    return a.inode == b.inode && a.mount_id == b.mount_id;  // a file may have been renamed
  return a.link.target == b.link.target;
}

bool same_object(const Seen& a, const Seen& b) {
  const bool has_own_inode = a.link.kind == procfs::FdKind::pipe || a.link.kind == procfs::FdKind::socket;
  return has_own_inode && a.link.target == b.link.target && a.access() == b.access();
}

std::optional<std::strong_ordering> order_of_open_files(Pid a, int fd_of_a, Pid b, int fd_of_b) {
  const long order = ::syscall(SYS_kcmp, a.raw(), b.raw(), KCMP_FILE, fd_of_a, fd_of_b);
  if (order < 0) return std::nullopt;
  if (order == 0) return std::strong_ordering::equal;
  return order == 1 ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace ptop::insight
