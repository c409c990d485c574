// The chain of sinks that the options ask for.
#include "sinks.hpp"

#include <algorithm>
#include <ctime>

#include <sys/ioctl.h>
#include <unistd.h>

#include "ptop/base/locale.hpp"
#include "ptop/render/call_counts.hpp"
#include "ptop/render/event_json.hpp"
#include "ptop/render/event_summary.hpp"
#include "ptop/render/event_text.hpp"
#include "ptop/render/fd_audit_table.hpp"
#include "ptop/render/strace_text.hpp"
#include "separate_sinks.hpp"

namespace ptop::ptrace_fork {
namespace {

std::size_t terminal_columns(int fd) {
  winsize size{};
  return ::isatty(fd) != 0 && ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool filters(const follow::FilterOptions& filter) {
  const follow::FilterOptions everything;
  return filter.kinds != everything.kinds || filter.signals != everything.signals ||
         filter.statuses != everything.statuses || filter.depth || filter.most;
}

std::unique_ptr<follow::Sink> make_printer(const Options& options, render::LineOutput& out, int fd,
                                           render::LineOutput& messages) {
  if (options.json) return std::make_unique<render::JsonSink>(out);
  if (options.strace) return std::make_unique<render::StraceSink>(out, messages, options.strace->text);
  return std::make_unique<render::TextSink>(out, render::Paint(render::wants_colour(options.colour, fd)),
                                            render::TextOptions{.columns = terminal_columns(fd),
                                                                .ascii = locale_is_ascii(),
                                                                .time = options.time,
                                                                .since_last = options.since_last,
                                                                .whole = options.verbose,
                                                                .durations = options.durations});
}

/// Nothing of another process that has got the number since.
std::optional<render::LivingCosts> costs_of(ProcessKey process) {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return std::nullopt;
  auto dir = reader->open_process(process.pid);
  const auto stat = dir ? dir->read_stat() : fail(dir.error());
  if (!stat || stat->start != process.start || stat->state == procfs::TaskState::zombie) return std::nullopt;
  const std::uint64_t tick_ns = 1'000'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  const auto now_ns =
      static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
  render::LivingCosts costs;
  costs.cpu_ns = (stat->utime.raw() + stat->stime.raw()) * tick_ns;
  costs.lifetime_ns = now_ns - std::min(now_ns, process.start.raw() * tick_ns);
  if (const auto status = dir->read_status()) costs.max_rss = status->vm_hwm;
  return costs;
}

std::unique_ptr<follow::Sink> make_summary(const Options& options, render::LineOutput& out, int fd) {
  return std::make_unique<render::SummarySink>(out, render::Paint(render::wants_colour(options.colour, fd)),
                                               render::SummaryOptions{.columns = terminal_columns(fd),
                                                                      .ascii = locale_is_ascii(),
                                                                      .deepest = options.filter.depth,
                                                                      .living = costs_of});
}

std::unique_ptr<follow::Sink> make_counts(const Options& options, render::LineOutput& out, int fd) {
  if (options.strace) return std::make_unique<render::StraceCountSink>(out, options.strace->counts);
  return std::make_unique<render::CallCountSink>(out, terminal_columns(fd), locale_is_ascii());
}

}  // namespace

Sinks::Sinks(const Options& options, render::LineOutput& out, int fd, render::LineOutput* json)
    : messages_(STDERR_FILENO, false) {
  if (options.strace && options.strace->separate) {
    auto separate = std::make_unique<SeparateStraceSink>(options.output, options.strace->append, messages_,
                                                         options.strace->text);
    separate_ = separate.get();
    printer_ = std::move(separate);
  } else {
    printer_ = make_printer(options, out, fd, options.output.empty() ? out : messages_);
  }
  both_.log = printer_.get();
  if (filters(options.filter)) both_.log = &filter_.emplace(options.filter, *printer_);
  if (options.summary) both_.tables.push_back(make_summary(options, out, fd));
  if (options.count_calls) both_.tables.push_back(make_counts(options, out, fd));
  if (json) both_.tables.push_back(std::make_unique<render::JsonSink>(*json));
  if (options.only) add_selection(options);
  if (options.fd_audit) add_audit(options, out, fd);  // of all, also of those that are not logged
}

void Sinks::flush() {
  if (separate_) separate_->flush();
}

int Sinks::error() const { return separate_ ? separate_->error() : 0; }

void Sinks::add_selection(const Options& options) {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return;  // nothing can be followed then, and the Follower says why
  const bool shows_calls = options.filter.kinds.has(follow::EventKind::syscall) || !options.json_file.empty();
  selection_ = std::make_unique<insight::Selection>(
      *options.only, std::move(*reader), *first_,
      insight::SelectionOptions{.deepest = options.filter.depth, .calls = shows_calls});
  first_ = selection_.get();
}

void Sinks::add_audit(const Options& options, render::LineOutput& out, int fd) {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return;
  first_ = (audit_ = std::make_unique<insight::FdAudit>(std::move(*reader), *first_)).get();
  if (options.json) return;
  both_.tables.push_back(
      std::make_unique<render::FdAuditSink>(out, render::Paint(render::wants_colour(options.colour, fd)),
                                            render::FdAuditSink::Options{.selected = options.only.has_value(),
                                                                         .columns = terminal_columns(fd),
                                                                         .ascii = locale_is_ascii()}));
}

void Sinks::Both::begin(const follow::Header& header) {
  log->begin(header);
  for (const auto& table : tables) table->begin(header);
}

void Sinks::Both::on(const follow::Event& event) {
  log->on(event);
  for (const auto& table : tables) table->on(event);
}

void Sinks::Both::on_tally(const follow::CallTally& tally) {
  for (const auto& table : tables) table->on_tally(tally);
}

void Sinks::Both::end(const follow::Trailer& trailer) {
  log->end(trailer);
  for (const auto& table : tables) table->end(trailer);
}

}  // namespace ptop::ptrace_fork
