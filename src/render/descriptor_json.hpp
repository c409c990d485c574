// One open file as a JSON object, and its parts.
#pragma once

#include "json_writer.hpp"
#include "ptop/model/descriptors.hpp"

namespace ptop::render {

/// The whole object.
void write_descriptor(JsonWriter& json, const model::DescriptorEnds& ends, model::Place place);

/// The member "socket".
void write_socket(JsonWriter& json, const model::DescriptorEnds& ends, const model::Descriptor& descriptor);
/// The member that is named for its type ("eventfd", "epoll"…), if it has one.
void write_particulars(JsonWriter& json, const model::DescriptorEnds& ends, model::Place place);

}  // namespace ptop::render
