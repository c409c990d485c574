// Reads what the wished page needs, and writes the page.
#include "live_details.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "identity.hpp"
#include "one_scan.hpp"
#include "ptop/render/show.hpp"
#include "user_stacks.hpp"

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
    case DetailsTab::stack:
      return {state, threads};
    case DetailsTab::locks:
      return {files};
  }
  return {};
}

bool wants_files(DetailsTab tab) {
  return tab == DetailsTab::files || tab == DetailsTab::ipc || tab == DetailsTab::locks;
}

render::Page page_of(const OneScan& scan, model::ProcessIndex index, const DetailsWish& wish,
                     const model::DescriptorEnds* ends) {
  const model::TaskIndex task{index, {}};
  auto page = render::process_page(scan.scene(), task,
                                   {.sections = sections_of(wish.tab),
                                    .ends = ends,
                                    .self = Pid(::getpid()),
                                    .ascii = wish.ascii,
                                    .whole = true});
  if (wish.tab == DetailsTab::environment) page.sections = {render::environment_section(scan.scene(), task)};
  if (wish.tab == DetailsTab::memory) page.sections.push_back(render::maps_section(scan.scene(), task));
  if (wish.tab == DetailsTab::stack) page.sections = {render::kernel_stacks_section(scan.scene(), task)};
  if (wish.tab == DetailsTab::locks && ends != nullptr)
    page.sections = {render::locks_section(scan.scene(), task, *ends)};
  if (wish.tab == DetailsTab::cgroup)
    std::ranges::move(render::cgroup_sections(scan.scene(), task), std::back_inserter(page.sections));
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
    case DetailsTab::stack:
      return "Stack";
    case DetailsTab::locks:
      return "Locks";
  }
  return "";
}

namespace {

/// Stacks are taken once for each time that they were asked for, however often the page is read again.
class PageMaker {
 public:
  explicit PageMaker(procfs::Reader reader) : reader_(std::move(reader)) {}

  DetailsAnswer answer(const DetailsWish& wish) {
    auto page = make_page(reader_, wish);
    if (page && wish.tab == DetailsTab::stack) page->sections.insert(page->sections.begin(), stacks(wish));
    return {wish, std::move(page)};
  }

 private:
  render::PageSection stacks(const DetailsWish& wish) {
    if (wish.stacks == 0)
      return {"Stacks of the program",
              {{.label = {},
                .text = {"not taken: that stops it for a moment, and is done when you ask for it",
                         render::Role::faint},
                .is_row = true}}};
    if (taken_ != wish.stacks) {
      taken_ = wish.stacks;
      section_ = user_stacks_section(take_stacks(wish.process));
    }
    return section_;
  }

  procfs::Reader reader_;
  unsigned taken_ = 0;
  render::PageSection section_{};
};

}  // namespace

LiveDetails::LiveDetails(procfs::Reader reader)
    : work_([maker = std::make_shared<PageMaker>(std::move(reader))](const DetailsWish& wish) {
        return maker->answer(wish);
      }) {}

}  // namespace ptop::app
