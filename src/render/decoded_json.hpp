// Decoded trees as JSON: a number stays a number, a string is a string, names stand beside values.
#pragma once

#include <span>
#include <string_view>

#include "json_writer.hpp"
#include "ptop/decode/decoded.hpp"

namespace ptop::render {

/// The member `name`, with the siblings it needs: NAME_base64 for bytes that are not UTF-8, NAME_truncated
/// where there was more than the limit.
void write_decoded_member(JsonWriter& json, std::string_view name, const decode::Decoded* value);
/// An object with a member for each field. `more`: there are fields not shown ("_more": true).
void write_fields(JsonWriter& json, std::span<const decode::Field> fields, bool more = false);

}  // namespace ptop::render
