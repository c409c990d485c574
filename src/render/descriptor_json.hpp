// One open file as a JSON object, and its parts.
#pragma once

#include "json_writer.hpp"
#include "ptop/render/descriptors.hpp"

namespace ptop::render {

/// The whole object, or of it what `columns` ask for.
void write_descriptor(JsonWriter& json, const model::DescriptorEnds& ends, model::Place place,
                      DescriptorColumns columns = {});

/// The member "socket".
void write_socket(JsonWriter& json, const model::DescriptorEnds& ends, const model::Descriptor& descriptor);
/// The member that is named for its type ("eventfd", "epoll"…), if it has one.
void write_particulars(JsonWriter& json, const model::DescriptorEnds& ends, model::Place place);

}  // namespace ptop::render
