// Everything about one process as a page that a person can read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ptop/base/flags.hpp"
#include "ptop/base/result.hpp"
#include "ptop/model/columns.hpp"
#include "ptop/model/descriptors.hpp"
#include "ptop/render/page.hpp"

namespace ptop::render {

enum class ShowSection : std::uint8_t {
  family,
  program,
  state,
  user,
  cpu,
  memory,
  io,
  files,
  signals,
  limits,
  namespaces,
  cgroup,
  ipc,
  threads,
};
inline constexpr std::size_t show_section_count = 14;
using ShowSections = FlagSet<ShowSection>;

/// "family": what `-s` takes.
std::string_view show_section_key(ShowSection section);
std::string_view show_section_title(ShowSection section);
/// Keys separated by commas. Errors: `malformed` with one line naming the unknown key and the nearest one.
Result<ShowSections> parse_show_sections(std::string_view list);
ShowSections all_show_sections();

/// Sources that process_page() can tell about; of the others on the machine `show_sources_of_all`. What was
/// not read is not shown.
model::Sources show_sources(ShowSections sections);
model::Sources show_sources_of_all(ShowSections sections);

struct ShowOptions {
  ShowSections sections = all_show_sections();
  const model::DescriptorEnds* ends = nullptr;  ///< nullptr: descriptors were not scanned
  std::optional<Pid> self;  ///< the caller, when it is in the scene: its namespaces are "ours"
  bool ascii = false;
  bool whole = false;  ///< every row of a table, not the first ones
};
Page process_page(const model::Scene& scene, model::TaskIndex task, const ShowOptions& options);

/// All of what the page sums up. They need Source::environ and Source::maps.
PageSection environment_section(const model::Scene& scene, model::TaskIndex task);
PageSection maps_section(const model::Scene& scene, model::TaskIndex task);
/// Of its control group: what it may use, how long its tasks had to wait for that, and who is in it.
std::vector<PageSection> cgroup_sections(const model::Scene& scene, model::TaskIndex task);
/// The locks that it holds or waits for, and who waits or holds.
PageSection locks_section(const model::Scene& scene, model::TaskIndex task,
                          const model::DescriptorEnds& ends);
/// Of all its threads, innermost function first. It needs Source::stack.
PageSection kernel_stacks_section(const model::Scene& scene, model::TaskIndex task);

}  // namespace ptop::render
