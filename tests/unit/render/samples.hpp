// One event of every type, with the strangest strings that fit: for tests of sinks.
#pragma once

#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::test {

/// A header, events that tell a short story, and a trailer. What events point to lives in `arena`.
struct Story {
  decode::Arena arena;
  follow::Header header;
  std::vector<follow::Event> events;
  follow::Trailer trailer;
};

void tell(Story& story);
/// Sends all of it to `sink`.
void play(const Story& story, follow::Sink& sink);

}  // namespace ptop::test
