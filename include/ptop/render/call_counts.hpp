// How often each system call was made, how long it took, how often it failed: the table at the end of a log.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// The longest in total first. Times are of the clock on the wall, from entering a call to leaving it, the
/// tracer's own work inside it included.
class CallCountSink : public follow::Sink {
 public:
  explicit CallCountSink(LineOutput& out) : out_(&out) {}
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  struct Count {
    std::uint64_t calls = 0, errors = 0, total_ns = 0, longest_ns = 0;
  };
  LineOutput* out_;
  std::map<std::string, Count, std::less<>> counts_;
};

}  // namespace ptop::render
