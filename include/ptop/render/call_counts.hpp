// How often each system call was made, how long it took, how often it failed: the table at the end of a log.
#pragma once

#include "ptop/follow/call_tally.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// The longest in total first. Times are of the clock on the wall, from entering a call to leaving it, the
/// tracer's own work inside it included.
class CallCountSink : public follow::Sink {
 public:
  explicit CallCountSink(LineOutput& out) : out_(&out) {}
  void on(const follow::Event& event) override;
  void on_tally(const follow::CallTally& tally) override;
  void end(const follow::Trailer& trailer) override;

 private:
  LineOutput* out_;
  follow::CallTally counts_;
};

}  // namespace ptop::render
