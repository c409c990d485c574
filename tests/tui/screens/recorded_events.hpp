// Recorded events (JSON Lines, schema ptop.events/1) as events again, for a screen that shows them.
#pragma once

#include <functional>
#include <string>

#include "ptop/follow/event.hpp"

namespace ptop::app::test {

/// Hands out each event of tests/fixtures/events/NAME.jsonl. Of what JSON tells otherwise than events do
/// (numbers in hex, names of other people's descriptors) only the meaning is the same.
void play_events(const std::string& name, const std::function<void(const follow::Event&)>& happen);

}  // namespace ptop::app::test
