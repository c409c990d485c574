// How often each system call was made, how long it took, how often it failed: the table at the end of a log.
#pragma once

#include <cstddef>

#include "ptop/follow/call_tally.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// The longest in total first. Times are of the clock on the wall, from entering a call to leaving it, the
/// tracer's own work inside it included. `columns`: of a terminal, 0: lines of any length.
class CallCountSink : public follow::Sink {
 public:
  explicit CallCountSink(LineOutput& out, std::size_t columns = 0, bool ascii = false)
      : out_(&out), columns_(columns), ascii_(ascii) {}
  void on(const follow::Event& event) override;
  void on_tally(const follow::CallTally& tally) override;
  void end(const follow::Trailer& trailer) override;

 private:
  LineOutput* out_;
  std::size_t columns_;
  bool ascii_;
  follow::CallTally counts_;
};

}  // namespace ptop::render
