// Reads what the wished page needs, and writes the page.
#include "live_details.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

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
  const auto* process = model::find_process(scan.snapshot(), wish.process.pid);
  if (process == nullptr || process->process_key() != wish.process)
    return fail({Errc::gone, 0, "it has ended"});
  const auto index = static_cast<model::ProcessIndex>(process - scan.snapshot().processes.data());
  if (!wants_files(wish.tab)) return page_of(scan, index, wish, nullptr);
  auto found = model::scan_descriptors(reader, {.pids = pids, .details = true, .path = std::nullopt});
  if (!found) return page_of(scan, index, wish, nullptr);
  const FileScan files(std::move(*found));
  return page_of(scan, index, wish, &files.ends);
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
    : reader_(std::move(reader)),
      ready_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      worker_([this] { work(); }) {}

LiveDetails::~LiveDetails() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  worker_.join();
}

void LiveDetails::ask(const DetailsWish& wish) {
  {
    const std::lock_guard lock(mutex_);
    wish_ = wish;
  }
  asked_.notify_one();
}

std::optional<DetailsAnswer> LiveDetails::take() {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto drained = ::read(ready_.get(), &count, sizeof count);
  return std::exchange(answer_, std::nullopt);
}

std::optional<DetailsWish> LiveDetails::next_wish() {
  std::unique_lock lock(mutex_);
  asked_.wait(lock, [this] { return stopping_ || wish_; });
  return stopping_ ? std::nullopt : std::exchange(wish_, std::nullopt);
}

void LiveDetails::answer(DetailsAnswer answer) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(ready_.get(), &one, sizeof one);
}

void LiveDetails::work() {
  while (const auto wish = next_wish()) answer({*wish, make_page(reader_, *wish)});
}

}  // namespace ptop::app
