// strace -ff -o FILE: the lines of each task in a file of its own, FILE.PID.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "output.hpp"
#include "ptop/render/strace_text.hpp"

namespace ptop::ptrace_fork {

class SeparateStraceSink : public follow::Sink {
 public:
  SeparateStraceSink(std::string target, bool append, render::LineOutput& messages,
                     render::StraceOptions options)
      : target_(std::move(target)), append_(append), messages_(&messages), options_(std::move(options)) {}
  void begin(const follow::Header& header) override { header_ = header; }
  void on_convention(const follow::ConventionChange& change) override;
  void on_enter(const follow::CallEntered& call) override;
  void on_let_go(const follow::LetGo& task) override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

  /// Writes what tasks have said since the last time.
  void flush();
  /// Of the first file that could not be written, or 0. It has been told by then.
  int error() const { return error_; }

 private:
  struct One {
    One(Output file, render::LineOutput& messages, const render::StraceOptions& options)
        : output(std::move(file)), lines(output.fd(), true), sink(lines, messages, options) {}
    Output output;
    render::LineOutput lines;
    render::StraceSink sink;
    bool has_more = false;  ///< since the last flush
  };
  /// Of a task that is about to say something.
  One* of(Tid tid);
  std::string file_of(Tid tid) const;
  void flush(Tid tid);
  void forget(Tid tid);

  std::string target_;
  bool append_;
  render::LineOutput* messages_;
  render::StraceOptions options_;
  follow::Header header_;
  std::unordered_map<Tid, std::unique_ptr<One>> tasks_;  ///< nullptr: its file could not be opened
  std::vector<Tid> with_more_;                           ///< some may be gone
  int error_ = 0;
};

}  // namespace ptop::ptrace_fork
