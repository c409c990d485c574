// strace -ff -o FILE: the lines of each task in a file of its own, FILE.PID.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

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

 private:
  struct One {
    One(Output file, render::LineOutput& messages, const render::StraceOptions& options)
        : output(std::move(file)), lines(output.fd(), true), sink(lines, messages, options) {}
    Output output;
    render::LineOutput lines;
    render::StraceSink sink;
  };
  One* of(Tid tid);

  std::string target_;
  bool append_;
  render::LineOutput* messages_;
  render::StraceOptions options_;
  follow::Header header_;
  std::unordered_map<Tid, std::unique_ptr<One>> tasks_;  ///< nullptr: its file could not be opened
};

}  // namespace ptop::ptrace_fork
