// Mappings name a file by path, device and inode; what the file is they do not tell.
#include "descriptor_mappings.hpp"

#include <algorithm>

namespace ptop::model {
namespace {

// On some file systems (btrfs, overlayfs) the device in maps is not the one that stat(2) tells: then the name
// has to do.
bool is_of(const procfs::Mapping& mapping, std::string_view path, const std::optional<FileId>& file) {
  if (mapping.kind != procfs::MappingKind::file) return false;
  if (file && *file == FileId{mapping.device, mapping.inode}) return true;
  return mapping.path == path && (!file || mapping.deleted || file->second == mapping.inode);
}

}  // namespace

std::optional<Descriptor> held_by_mapping(const std::vector<procfs::Mapping>& mappings, std::string_view path,
                                          const std::optional<FileId>& file) {
  const auto first = std::find_if(mappings.begin(), mappings.end(),
                                  [&](const auto& mapping) { return is_of(mapping, path, file); });
  if (first == mappings.end()) return std::nullopt;
  Descriptor d;
  d.as = HeldAs::mapping;
  d.link.kind = procfs::FdKind::path;
  d.link.target = first->path;
  d.link.deleted = first->deleted;
  d.link.inode = first->inode;
  // Only files and devices can be mapped, and devices have their names in /dev.
  const bool may_be_device = first->path.starts_with("/dev/") && !first->path.starts_with("/dev/shm/");
  d.type = may_be_device ? DescriptorType::unknown : DescriptorType::regular;
  const bool writes = std::any_of(first, mappings.end(), [&](const auto& mapping) {
    return mapping.shared && mapping.writable && is_of(mapping, path, file);
  });
  d.access = writes ? procfs::FdAccess::read_write : procfs::FdAccess::read;
  return d;
}

}  // namespace ptop::model
