// The lists of `dump --full` that are no columns: limits, namespaces, open files.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "json_writer.hpp"
#include "ptop/render/snapshot_json.hpp"

namespace ptop::render {

/// Keys without a value, and why.
using Missing = std::vector<std::pair<std::string_view, std::string_view>>;

/// "unavailable": {KEY: REASON…}; nothing when nothing is missing.
void write_unavailable(JsonWriter& json, const Missing& missing);

/// What `members` asks for of these. A thread has those of its own; open files are its process's.
void write_lists(JsonWriter& json, const model::Row& row, const TaskMembers& members, Missing& missing);

}  // namespace ptop::render
