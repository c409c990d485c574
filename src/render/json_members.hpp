// Members that several documents have: sets of named bits, device numbers, what may be missing.
#pragma once

#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "json_writer.hpp"
#include "ptop/decode/constants.hpp"
#include "ptop/procfs/device_number.hpp"

namespace ptop::render {

inline void begin_object(JsonWriter& json, std::string_view key) {
  json.key(key);
  json.begin_object();
}

template <class T>
void optional_member(JsonWriter& json, std::string_view key, const std::optional<T>& value) {
  json.key(key);
  value ? json.value(*value) : json.null();
}

/// "8:1"
inline void device_member(JsonWriter& json, std::string_view key, procfs::DeviceNumber number) {
  json.member(key, std::string_view(fmt::format("{}:{}", number.major, number.minor)));
}

/// {"value": 577, "names": [...]}; `first` is a name in front of those of the bits.
inline void bits_member(JsonWriter& json, std::string_view key, decode::Constants names, std::uint64_t value,
                        std::string_view first = {}) {
  begin_object(json, key);
  json.member("value", value);
  json.key("names");
  json.begin_array();
  if (!first.empty()) json.value(first);
  for (const auto name : decode::named_bits(names, value).names) json.value(name);
  json.end_array();
  json.end_object();
}

/// An array of objects; `members(item, index)` writes what is in each.
template <class Items, class Members>
void objects_member(JsonWriter& json, std::string_view key, const Items& items, Members members) {
  json.key(key);
  json.begin_array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    json.begin_object();
    members(items[i], i);
    json.end_object();
  }
  json.end_array();
}

}  // namespace ptop::render
