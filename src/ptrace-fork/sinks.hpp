// Where events go: through the filter to text or JSON, and to the summary.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "options.hpp"
#include "ptop/follow/filter.hpp"
#include "ptop/render/output.hpp"

namespace ptop::ptrace_fork {

class Sinks : public follow::Sink {
 public:
  /// Borrows `out`, which writes to `fd`.
  Sinks(const Options& options, render::LineOutput& out, int fd);
  void begin(const follow::Header& header) override { first_->begin(header); }
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;
  /// As many events as were wanted have been written.
  bool full() const { return filter_ && filter_->full(); }

 private:
  std::unique_ptr<follow::Sink> printer_;
  std::optional<follow::Filter> filter_;
  std::vector<std::unique_ptr<follow::Sink>> tables_;  ///< at the end: they see every event
  follow::Sink* first_;                                ///< filter or printer
};

}  // namespace ptop::ptrace_fork
