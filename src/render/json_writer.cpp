// JSON text: what RapidJSON's writer leaves to us.
#include "json_writer.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/json_text.hpp"

namespace ptop::render {

std::string base64_key(std::string_view name) { return std::string(name) + "_base64"; }

void JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  writer_.Double(std::round(number * 1000) / 1000);
}

void JsonWriter::value(std::string_view text) {
  // RapidJSON escapes C0. DEL, C1, bidi controls and the like are no concern of JSON, but of terminals.
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 0x7f; });
  if (plain) {
    writer_.String(text.data(), size_of(text));
    return;
  }
  std::string quoted = "\"";
  append_json_text(quoted, text);
  quoted += '"';
  writer_.RawValue(quoted.data(), quoted.size(), rapidjson::kStringType);
}

void JsonWriter::text_of(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return value(bytes);
  value(std::string_view(replace_invalid_utf8(bytes)));
}

void JsonWriter::hex(std::uint64_t number) { value(std::string_view(fmt::format("{:#x}", number))); }

void JsonWriter::bytes_member(std::string_view name, std::string_view bytes) {
  key(name);
  text_of(bytes);
  if (!is_valid_utf8(bytes)) member(base64_key(name), std::string_view(base64(bytes)));
}

void JsonWriter::write_bytes_list(std::string_view name, std::span<const std::string_view> list) {
  key(name);
  begin_array();
  for (const auto bytes : list) text_of(bytes);
  end_array();
  if (std::all_of(list.begin(), list.end(), is_valid_utf8)) return;
  key(base64_key(name));
  begin_array();
  for (const auto bytes : list) {
    if (is_valid_utf8(bytes)) {
      null();
    } else {
      value(std::string_view(base64(bytes)));
    }
  }
  end_array();
}

void JsonWriter::clear() {
  buffer_.Clear();
  writer_.Reset(buffer_);
}

}  // namespace ptop::render
