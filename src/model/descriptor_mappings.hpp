// Files that are mapped: held without a descriptor. For the scan of descriptors only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {

/// The file of that identity, or else of that name, as these mappings hold it: read, or written through to
/// the file. nullopt: none of them does.
std::optional<Descriptor> held_by_mapping(const std::vector<procfs::Mapping>& mappings, std::string_view path,
                                          const std::optional<FileId>& file);

}  // namespace ptop::model
