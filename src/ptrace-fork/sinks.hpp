// Where events go: through the filter to text or JSON, and to the summary.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "options.hpp"
#include "ptop/follow/filter.hpp"
#include "ptop/insight/fd_audit.hpp"
#include "ptop/insight/selection.hpp"
#include "ptop/render/output.hpp"

namespace ptop::ptrace_fork {

class SeparateStraceSink;

class Sinks : public follow::Sink {
 public:
  /// Borrows `out`, which writes to `fd`, and `json`, of --json-file, or nullptr.
  Sinks(const Options& options, render::LineOutput& out, int fd, render::LineOutput* json);
  void begin(const follow::Header& header) override { first_->begin(header); }
  void on_let_go(const follow::LetGo& task) override { first_->on_let_go(task); }
  void on_convention(const follow::ConventionChange& change) override { first_->on_convention(change); }
  void on_enter(const follow::CallEntered& call) override { first_->on_enter(call); }
  void on(const follow::Event& event) override { first_->on(event); }
  void at_exit_stop(ProcessKey process) override { first_->at_exit_stop(process); }
  void end(const follow::Trailer& trailer) override { first_->end(trailer); }
  /// What goes to files of single tasks (-ff); the log and --json-file are flushed by who owns them.
  void flush();
  /// Of the first file of a task that could not be written, or 0. It has been told by then.
  int error() const;
  /// As many events as were wanted have been written.
  bool full() const { return filter_ && filter_->full(); }

 private:
  /// To the log, and to the tables at its end, which see events of every kind.
  class Both : public follow::Sink {
   public:
    void begin(const follow::Header& header) override;
    void on_let_go(const follow::LetGo& task) override { log->on_let_go(task); }
    void on_convention(const follow::ConventionChange& change) override { log->on_convention(change); }
    void on_enter(const follow::CallEntered& call) override { log->on_enter(call); }
    void on(const follow::Event& event) override;
    void on_tally(const follow::CallTally& tally) override;
    void end(const follow::Trailer& trailer) override;
    follow::Sink* log = nullptr;
    std::vector<std::unique_ptr<follow::Sink>> tables;
  };

  void add_selection(const Options& options);
  void add_audit(const Options& options, render::LineOutput& out, int fd);

  render::LineOutput messages_;  ///< stderr
  std::unique_ptr<follow::Sink> printer_;
  SeparateStraceSink* separate_ = nullptr;  ///< the printer, with -ff
  std::optional<follow::Filter> filter_;
  Both both_;
  std::unique_ptr<insight::Selection> selection_;
  std::unique_ptr<insight::FdAudit> audit_;
  follow::Sink* first_ = &both_;
};

}  // namespace ptop::ptrace_fork
