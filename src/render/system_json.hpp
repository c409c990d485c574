// The machine of a snapshot as JSON: its `system` object.
#pragma once

#include "json_writer.hpp"
#include "ptop/model/sample.hpp"

namespace ptop::render {

void write_system(JsonWriter& json, const model::Snapshot& snapshot);

}  // namespace ptop::render
