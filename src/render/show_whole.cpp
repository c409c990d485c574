// What the page of a process sums up, whole: every variable of its environment, every mapping.
#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/model/mapping_role.hpp"
#include "ptop/procfs/cmdline.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using model::Source;

std::string permissions(const procfs::Mapping& m) {
  return {m.readable ? 'r' : '-', m.writable ? 'w' : '-', m.executable ? 'x' : '-', m.shared ? 's' : 'p'};
}

Cells::Row mapping_row(const procfs::Mapping& m, model::MappingRole role) {
  return {{Role::faint, fmt::format("{:x}", m.start.raw())},
          {Role::plain, human_bytes(m.size())},
          {m.writable && m.executable ? Role::warning : Role::plain, permissions(m)},
          {Role::faint, std::string(model::mapping_role_name(role))},
          {m.deleted ? Role::warning : Role::plain, escaped(m.path) + (m.deleted ? " (deleted)" : "")}};
}

}  // namespace

PageSection environment_section(const model::Scene& scene, model::TaskIndex task) {
  const auto row = row_of(scene, task);
  Lines lines;
  if (lines.has("environment", row.sample, Source::environ)) {
    const auto variables = procfs::parse_cmdline(row.sample.more().environment);
    if (variables.empty()) lines.add_row(StyledText("empty", Role::faint));
    for (const std::string_view variable : variables) {
      const std::size_t name = std::min(variable.find('='), variable.size());
      lines.add_row(
          StyledText(escaped(variable.substr(0, name)), Role::name).add(escaped(variable.substr(name))), 4);
    }
  }
  return {"Environment", lines.take()};
}

PageSection maps_section(const model::Scene& scene, model::TaskIndex task) {
  const auto row = row_of(scene, task);
  Lines lines;
  if (lines.has("mappings", row.sample, Source::maps)) {
    const auto& maps = row.sample.more().maps;
    const auto roles = model::mapping_roles(maps, *row.sample.exe);
    Cells cells({"ADDRESS", "SIZE", "PERM", "WHAT", "NAME"}, {true, true});
    for (std::size_t i = 0; i < maps.size(); ++i) cells.add(mapping_row(maps[i], roles[i]));
    cells.write(lines);
  }
  return {"Mappings by address", lines.take()};
}

}  // namespace ptop::render
