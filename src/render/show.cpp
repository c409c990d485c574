// The page of one process: which sections there are, what each needs to be read, and what stands above them.
#include "ptop/render/show.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ptop/base/nearest.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

struct SectionRow {
  ShowSection section;
  std::string_view key, title;
  Sources needs;
  void (*show)(Lines&, const Subject&);
};

/// What the headline and the troubles need, whatever sections are shown.
constexpr Sources head_sources{Source::stat,  Source::status, Source::cgroup,    Source::exe,
                               Source::cwd,   Source::limits, Source::std_files, Source::sched,
                               Source::wchan, Source::syscall};

constexpr std::array<SectionRow, show_section_count> table{{
    {ShowSection::family, "family", "Family", {}, show_family},
    {ShowSection::program,
     "program",
     "Program",
     {Source::exe, Source::exe_file, Source::cmdline, Source::cwd, Source::root, Source::environ},
     show_program},
    {ShowSection::state,
     "state",
     "State",
     {Source::wchan, Source::syscall, Source::sched, Source::stack},
     show_state},
    {ShowSection::user, "user", "User", {Source::loginuid, Source::sessionid, Source::label}, show_user},
    {ShowSection::cpu, "cpu", "CPU and scheduling", {Source::schedstat, Source::autogroup}, show_cpu},
    {ShowSection::memory,
     "memory",
     "Memory",
     {Source::smaps_rollup, Source::oom_score, Source::oom_score_adj, Source::maps},
     show_memory},
    {ShowSection::io, "io", "Input and output", {Source::io}, show_io},
    {ShowSection::files, "files", "Files", {}, show_files},
    {ShowSection::signals, "signals", "Signals", {}, show_signals},
    {ShowSection::limits, "limits", "Limits", {}, show_limits},
    {ShowSection::namespaces,
     "namespaces",
     "Namespaces",
     {Source::namespaces, Source::namespace_owners},
     show_namespaces},
    {ShowSection::cgroup,
     "cgroup",
     "Control group",
     {Source::cgroup_files, Source::container_names},
     show_cgroup},
    {ShowSection::ipc,
     "ipc",
     "Shared memory and messages",
     {Source::maps, Source::namespaces, Source::sysvipc},
     show_ipc},
    {ShowSection::threads, "threads", "Threads", {Source::wchan}, show_threads},
}};

constexpr bool rows_match_enum() {
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (static_cast<std::size_t>(table[row].section) != row) return false;
  }
  return true;
}
static_assert(rows_match_enum());

const SectionRow& row_of(ShowSection section) { return table[static_cast<std::size_t>(section)]; }

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

Error unknown_section(std::string_view key) {
  std::array<std::string_view, table.size()> keys;
  std::transform(table.begin(), table.end(), keys.begin(), [](const SectionRow& row) { return row.key; });
  const std::string_view meant = nearest(key, keys);
  if (!meant.empty())
    return {Errc::malformed, 0, fmt::format("unknown section '{}': did you mean '{}'?", key, meant)};
  return {Errc::malformed, 0,
          fmt::format("unknown section '{}'; the sections are: {}", key, fmt::join(keys, ", "))};
}

}  // namespace

std::string_view show_section_key(ShowSection section) { return row_of(section).key; }
std::string_view show_section_title(ShowSection section) { return row_of(section).title; }

ShowSections all_show_sections() {
  ShowSections all;
  for (const SectionRow& row : table) all |= row.section;
  return all;
}

Result<ShowSections> parse_show_sections(std::string_view list) {
  ShowSections sections;
  while (true) {
    const auto comma = list.find(',');
    const std::string_view key = trimmed(list.substr(0, comma));
    const auto* found =
        std::find_if(table.begin(), table.end(), [&](const SectionRow& row) { return row.key == key; });
    if (found == table.end()) return fail(unknown_section(key));
    sections |= found->section;
    if (comma == list.npos) return sections;
    list.remove_prefix(comma + 1);
  }
}

Sources show_sources(ShowSections sections) {
  Sources sources = head_sources;
  for (const SectionRow& row : table) {
    if (sections.has(row.section)) sources |= row.needs;
  }
  return sources;
}

Sources show_sources_of_all(ShowSections sections) {
  Sources sources{Source::stat, Source::status, Source::cgroup, Source::zombie_parents};
  if (sections.has(ShowSection::namespaces)) sources |= Source::namespaces;
  return sources;
}

Page process_page(const Scene& scene, TaskIndex task, const ShowOptions& options) {
  const Row row = model::row_of(scene, task);
  const Subject subject{scene, row, row.sample, options};
  Page page{show_headline(subject), show_troubles(subject), {}};
  for (const SectionRow& section : table) {
    if (!options.sections.has(section.section)) continue;
    Lines lines;
    section.show(lines, subject);
    auto made = lines.take();
    if (!made.empty()) page.sections.push_back({section.title, std::move(made)});
  }
  return page;
}

}  // namespace ptop::render
