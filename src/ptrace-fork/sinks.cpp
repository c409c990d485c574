// The chain of sinks that the options ask for.
#include "sinks.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include "ptop/render/call_counts.hpp"
#include "ptop/render/event_json.hpp"
#include "ptop/render/event_summary.hpp"
#include "ptop/render/event_text.hpp"

namespace ptop::ptrace_fork {
namespace {

constexpr std::size_t page_columns = 100;  // of a summary that goes to a file

std::size_t terminal_columns(int fd) {
  winsize size{};
  return ::isatty(fd) != 0 && ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool filters(const follow::FilterOptions& filter) {
  const follow::FilterOptions everything;
  return filter.kinds != everything.kinds || filter.signals != everything.signals ||
         filter.statuses != everything.statuses || filter.depth || filter.most;
}

std::unique_ptr<follow::Sink> make_printer(const Options& options, render::LineOutput& out, int fd) {
  if (options.json) return std::make_unique<render::JsonSink>(out);
  return std::make_unique<render::TextSink>(out, render::Paint(render::wants_colour(options.colour, fd)),
                                            render::TextOptions{.columns = terminal_columns(fd),
                                                                .time = options.time,
                                                                .since_last = options.since_last,
                                                                .durations = options.durations});
}

std::unique_ptr<follow::Sink> make_summary(const Options& options, render::LineOutput& out, int fd) {
  const std::size_t columns = terminal_columns(fd);
  return std::make_unique<render::SummarySink>(
      out, render::Paint(render::wants_colour(options.colour, fd)),
      render::SummaryOptions{.columns = columns == 0 ? page_columns : columns});
}

}  // namespace

Sinks::Sinks(const Options& options, render::LineOutput& out, int fd)
    : printer_(make_printer(options, out, fd)), first_(printer_.get()) {
  if (filters(options.filter)) first_ = &filter_.emplace(options.filter, *printer_);
  if (options.summary) tables_.push_back(make_summary(options, out, fd));
  if (options.count_calls) tables_.push_back(std::make_unique<render::CallCountSink>(out));
}

void Sinks::on(const follow::Event& event) {
  first_->on(event);
  for (const auto& table : tables_) table->on(event);
}

void Sinks::end(const follow::Trailer& trailer) {
  first_->end(trailer);
  for (const auto& table : tables_) table->end(trailer);
}

}  // namespace ptop::ptrace_fork
