// The process tree of a finished log: who ran, for how long, at what cost, and how it ended.
#pragma once

#include <cstddef>
#include <memory>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

struct SummaryOptions {
  std::size_t columns = 80;
  bool ascii = false;
};

/// Collects while the log runs, a few hundred bytes for each process, and writes at its end. Children that
/// did the same and had no children are folded to one line. The slowest branch is marked.
class SummarySink : public follow::Sink {
 public:
  SummarySink(LineOutput& out, Paint paint, SummaryOptions options);
  ~SummarySink() override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ptop::render
