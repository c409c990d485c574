// Mappings of System V segments: the kernel names them after the key, and their inode number is the ID
// (ipc/shm.c, newseg()).
#pragma once

#include "ptop/base/number.hpp"
#include "ptop/procfs/maps.hpp"

namespace ptop::model {

inline constexpr std::string_view sysv_prefix = "/SYSV";

inline bool is_sysv_mapping(const procfs::Mapping& m) {
  return m.kind == procfs::MappingKind::file && m.deleted && m.path.starts_with(sysv_prefix) &&
         m.path.size() == sysv_prefix.size() + 8;
}
inline std::int32_t sysv_id(const procfs::Mapping& m) { return static_cast<std::int32_t>(m.inode); }
inline std::int32_t sysv_key(const procfs::Mapping& m) {
  const auto key = parse_number<std::uint32_t>(std::string_view(m.path).substr(sysv_prefix.size()), 16);
  return static_cast<std::int32_t>(key.value_or(0));
}

}  // namespace ptop::model
