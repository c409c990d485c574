// Roles of mappings, from their names, permissions and neighbours.
#include "ptop/model/mapping_role.hpp"

#include <array>
#include <set>

namespace ptop::model {
namespace {

using procfs::Mapping, procfs::MappingKind;

constexpr std::string_view deleted_mark = " (deleted)";
constexpr std::uint64_t largest_guard = 1 << 20;  // malloc's arenas have up to 64 MB of reserve above them

bool is_accessible(const Mapping& m) { return m.readable || m.writable || m.executable; }
bool is_private_memory(const Mapping& m) {
  return !m.shared && (m.kind == MappingKind::anonymous || m.kind == MappingKind::named);
}
bool has_prefix(const Mapping& m, std::string_view prefix) { return m.path.starts_with(prefix); }

/// Memory that a path stands for: shmem's own files, tmpfs in /dev/shm.
bool is_shared_memory(const Mapping& m) {
  return has_prefix(m, "/dev/shm/") || has_prefix(m, "/memfd:") || m.path == "/dev/zero";
}

class Roles {
 public:
  Roles(std::span<const Mapping> maps, std::string_view exe) : maps_(maps), exe_(exe) {
    if (exe_.ends_with(deleted_mark)) exe_.remove_suffix(deleted_mark.size());
    for (const Mapping& m : maps_) {
      if (m.kind == MappingKind::file && m.executable) with_code_.insert(m.path);
    }
  }

  std::vector<MappingRole> run() {
    for (std::size_t i = 0; i < maps_.size(); ++i) roles_.push_back(role(i));
    return std::move(roles_);
  }

 private:
  MappingRole role(std::size_t i) const {
    const Mapping& m = maps_[i];
    switch (m.kind) {
      case MappingKind::heap:
        return MappingRole::heap;
      case MappingKind::stack:
        return MappingRole::stack;
      case MappingKind::special:
        return m.path == "[vdso]" ? MappingRole::vdso : MappingRole::kernel;
      case MappingKind::other:
        return MappingRole::device;
      case MappingKind::file:
        return file_role(m);
      case MappingKind::anonymous:
      case MappingKind::named:
        return memory_role(i);
    }
    return MappingRole::anonymous;
  }

  MappingRole file_role(const Mapping& m) const {
    if (has_prefix(m, "/SYSV") && m.deleted) return MappingRole::sysv_shm;
    if (is_shared_memory(m)) {
      return m.shared ? MappingRole::shared_memory : MappingRole::file;
    }
    if (has_prefix(m, "/dev/")) return MappingRole::device;
    if (m.shared) return MappingRole::shared_file;
    if (m.path == exe_) return m.executable ? MappingRole::text : MappingRole::data;
    if (m.executable) return MappingRole::library_text;
    return with_code_.contains(m.path) ? MappingRole::library_data : MappingRole::file;
  }

  MappingRole memory_role(std::size_t i) const {
    const Mapping& m = maps_[i];
    if (m.shared) return MappingRole::shared_memory;
    if (!is_accessible(m)) return MappingRole::guard;
    if (i == 0 || maps_[i - 1].end != m.start) return MappingRole::anonymous;
    const Mapping& below = maps_[i - 1];
    const MappingRole before = roles_[i - 1];
    // The zeroed rest of the program's last segment (bss) follows it without a gap, and with nothing else
    // behind it. Behind that of a library mmap(2) puts what it likes, which the kernel makes one mapping with
    // a bss.
    const bool follows_data =
        before == MappingRole::data && below.kind == MappingKind::file && below.writable;
    if (follows_data && m.writable && m.kind == MappingKind::anonymous) return before;
    const bool above_guard = before == MappingRole::guard && below.size() <= largest_guard;
    return above_guard && m.writable && is_private_memory(m) ? MappingRole::thread_stack
                                                             : MappingRole::anonymous;
  }

  std::span<const Mapping> maps_;
  std::string_view exe_;
  std::set<std::string_view> with_code_;
  std::vector<MappingRole> roles_;
};

struct RoleName {
  MappingRole role;
  std::string_view name;
};
constexpr std::array<RoleName, mapping_role_count> role_names{{
    {MappingRole::text, "text"},
    {MappingRole::data, "data"},
    {MappingRole::heap, "heap"},
    {MappingRole::stack, "stack"},
    {MappingRole::thread_stack, "thread_stack"},
    {MappingRole::library_text, "library_text"},
    {MappingRole::library_data, "library_data"},
    {MappingRole::file, "file"},
    {MappingRole::shared_file, "shared_file"},
    {MappingRole::shared_memory, "shared_memory"},
    {MappingRole::sysv_shm, "sysv_shm"},
    {MappingRole::anonymous, "anonymous"},
    {MappingRole::guard, "guard"},
    {MappingRole::vdso, "vdso"},
    {MappingRole::kernel, "kernel"},
    {MappingRole::device, "device"},
}};
constexpr bool rows_match_enum() {
  for (std::size_t i = 0; i < role_names.size(); ++i) {
    if (role_names[i].role != static_cast<MappingRole>(i)) return false;
  }
  return true;
}
static_assert(rows_match_enum());

}  // namespace

std::string_view mapping_role_name(MappingRole role) {
  return role_names[static_cast<std::size_t>(role)].name;
}

std::vector<MappingRole> mapping_roles(std::span<const Mapping> maps, std::string_view exe) {
  return Roles(maps, exe).run();
}

}  // namespace ptop::model
