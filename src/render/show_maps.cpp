// What the address space of a process consists of: its largest mappings, those of one file together.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/model/mapping_role.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t mappings_shown = 8;

std::string_view role_words(MappingRole role, bool has_name) {
  if (!has_name && role == MappingRole::data) return "zeroed memory";
  switch (role) {
    case MappingRole::text:
      return "program's code";
    case MappingRole::data:
      return "program's data";
    case MappingRole::heap:
      return "heap";
    case MappingRole::stack:
      return "stack";
    case MappingRole::thread_stack:
      return "stack of a thread";
    case MappingRole::library_text:
      return "library's code";
    case MappingRole::library_data:
      return "library's data";
    case MappingRole::file:
      return "file";
    case MappingRole::shared_file:
      return "file, written through";
    case MappingRole::shared_memory:
      return "shared memory";
    case MappingRole::sysv_shm:
      return "System V segment";
    case MappingRole::anonymous:
      return "anonymous";
    case MappingRole::guard:
      return "reserved, no access";
    case MappingRole::vdso:
    case MappingRole::kernel:
      return "kernel's";
    case MappingRole::device:
      return "device";
  }
  return "";
}

struct Part {
  MappingRole role{};
  std::string_view path;
  bool deleted = false;
  std::uint64_t size = 0, count = 0;
};

/// Mappings of one role and one file are one part of the whole.
std::vector<Part> parts_of(const Sample& sample) {
  const auto& maps = sample.more().maps;
  const auto roles = mapping_roles(maps, *sample.exe);
  std::map<std::pair<MappingRole, std::string_view>, Part> parts;
  for (std::size_t i = 0; i < maps.size(); ++i) {
    Part& part = parts[{roles[i], maps[i].path}];
    part.role = roles[i];
    part.path = maps[i].path;
    part.deleted = part.deleted || maps[i].deleted;
    part.size += maps[i].size();
    ++part.count;
  }
  std::vector<Part> sorted;
  for (const auto& [key, part] : parts) sorted.push_back(part);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Part& a, const Part& b) { return a.size > b.size; });
  return sorted;
}

}  // namespace

void show_mappings(Lines& lines, const Subject& s) {
  if (!lines.has("mappings", s.sample, Source::maps)) return;
  const auto parts = parts_of(s.sample);
  if (parts.empty()) return;
  lines.add("mappings", fmt::format("{}, the largest:", grouped(s.sample.more().maps.size())));
  Cells cells({"SIZE", "COUNT", "WHAT", "NAME"}, {true, true});
  for (std::size_t i = 0; i < std::min(parts.size(), mappings_shown); ++i) {
    const Part& part = parts[i];
    cells.add({{Role::plain, human_bytes(part.size)},
               {Role::plain, fmt::format("{}", part.count)},
               {Role::faint, std::string(role_words(part.role, !part.path.empty()))},
               {part.deleted ? Role::warning : Role::plain,
                escaped(part.path) + (part.deleted ? " (deleted)" : "")}});
  }
  cells.write(lines, Cells::Long::wrapped);
}

}  // namespace ptop::render
