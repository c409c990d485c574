// Reads what the wished page needs, and writes the page.
#include "live_details.hpp"

#include <unistd.h>

#include <memory>

#include "identity.hpp"
#include "one_scan.hpp"
#include "ptop/render/show.hpp"

namespace ptop::app {
namespace {

render::ShowSections sections_of(DetailsTab tab) {
  using enum render::ShowSection;
  switch (tab) {
    case DetailsTab::overview:
      return {family, program, state, user, cpu, memory, io};
    case DetailsTab::files:
      return {files};
    case DetailsTab::signals:
      return {signals};
    case DetailsTab::memory:
      return {memory};
    case DetailsTab::environment:
      return {program};
    case DetailsTab::limits:
      return {limits};
    case DetailsTab::cgroup:
      return {cgroup};
    case DetailsTab::namespaces:
      return {namespaces};
    case DetailsTab::ipc:
      return {ipc};
    case DetailsTab::threads:
      return {threads};
  }
  return {};
}

bool wants_files(DetailsTab tab) { return tab == DetailsTab::files || tab == DetailsTab::ipc; }

render::Page page_of(const OneScan& scan, model::ProcessIndex index, const DetailsWish& wish,
                     const model::DescriptorEnds* ends) {
  const model::TaskIndex task{index, {}};
  auto page = render::process_page(
      scan.scene(), task,
      {.sections = sections_of(wish.tab), .ends = ends, .self = Pid(::getpid()), .ascii = wish.ascii});
  if (wish.tab == DetailsTab::environment) page.sections = {render::environment_section(scan.scene(), task)};
  if (wish.tab == DetailsTab::memory) page.sections.push_back(render::maps_section(scan.scene(), task));
  return page;
}

Result<render::Page> make_page(procfs::Reader& reader, const DetailsWish& wish) {
  if (const auto same = check_identity(reader, wish.process); !same) return fail(same.error());
  const auto sections = sections_of(wish.tab);
  const std::vector<Pid> pids{wish.process.pid};
  auto snapshot = model::scan(reader, {.sources = render::show_sources_of_all(sections),
                                       .close = pids,
                                       .close_sources = render::show_sources(sections)});
  if (!snapshot) return fail(snapshot.error());
  const OneScan scan(std::move(*snapshot));
  const auto index = model::find_index(scan.snapshot(), wish.process.pid);
  if (!index || scan.snapshot().processes[*index].process_key() != wish.process)
    return fail({Errc::gone, 0, "it has ended"});
  if (!wants_files(wish.tab)) return page_of(scan, *index, wish, nullptr);
  auto found = model::scan_descriptors(reader, {.pids = pids, .details = true, .path = std::nullopt});
  if (!found) return page_of(scan, *index, wish, nullptr);
  const FileScan files(std::move(*found));
  return page_of(scan, *index, wish, &files.ends);
}

}  // namespace

std::string_view details_tab_title(DetailsTab tab) {
  switch (tab) {
    case DetailsTab::overview:
      return "Overview";
    case DetailsTab::files:
      return "Files";
    case DetailsTab::signals:
      return "Signals";
    case DetailsTab::memory:
      return "Memory";
    case DetailsTab::environment:
      return "Environment";
    case DetailsTab::limits:
      return "Limits";
    case DetailsTab::cgroup:
      return "Cgroup";
    case DetailsTab::namespaces:
      return "Namespaces";
    case DetailsTab::ipc:
      return "IPC";
    case DetailsTab::threads:
      return "Threads";
  }
  return "";
}

LiveDetails::LiveDetails(procfs::Reader reader)
    : work_([reader = std::make_shared<procfs::Reader>(std::move(reader))](const DetailsWish& wish) {
        return DetailsAnswer{wish, make_page(*reader, wish)};
      }) {}

}  // namespace ptop::app
