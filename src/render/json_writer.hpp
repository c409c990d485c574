// JSON text with the project's rules for bytes that are not text (DESIGN: NAME and NAME_base64).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "ptop/render/output.hpp"

namespace ptop::render {

class JsonWriter {
 public:
  JsonWriter() : writer_(buffer_) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { writer_.StartObject(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }
  void key(std::string_view name) { writer_.Key(name.data(), size_of(name)); }

  void null() { writer_.Null(); }
  void value(bool b) { writer_.Bool(b); }
  void value(std::int64_t n) { writer_.Int64(n); }
  void value(std::uint64_t n) { writer_.Uint64(n); }
  void value(std::int32_t n) { writer_.Int(n); }
  void value(std::uint32_t n) { writer_.Uint(n); }
  /// Rounded to thousandths; null when it is not finite, which JSON cannot say.
  void value(double number);
  /// Text that is valid UTF-8 already. Nothing in it acts on a terminal: see append_json_text().
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  /// Any bytes; invalid UTF-8 becomes replacement characters.
  void text_of(std::string_view bytes);
  /// "0x7ffd…": addresses do not fit the doubles of most JSON readers.
  void hex(std::uint64_t number);

  template <class T>
  void member(std::string_view name, T v) {
    key(name);
    value(v);
  }
  /// Any bytes; with the sibling NAME_base64 when they are not UTF-8.
  void bytes_member(std::string_view name, std::string_view bytes);
  /// An array of such; the sibling NAME_base64 has null for those that are UTF-8.
  template <class Strings>
  void bytes_list_member(std::string_view name, const Strings& list) {
    const std::vector<std::string_view> views(list.begin(), list.end());
    write_bytes_list(name, views);
  }

  std::string_view text() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  /// A comma behind a whole value: what follows is written elsewhere.
  void separate() { buffer_.Put(','); }
  /// Ready for the next document.
  void clear();

 private:
  static rapidjson::SizeType size_of(std::string_view s) {
    return static_cast<rapidjson::SizeType>(s.size());
  }
  void write_bytes_list(std::string_view name, std::span<const std::string_view> list);

  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_;
};

/// The lines of an array in a document, one item a line, so that grep and diff can work on it. `write_item`
/// writes one of `items` to `json`.
template <class Items, class WriteItem>
void write_array_lines(LineOutput& out, JsonWriter& json, const Items& items, WriteItem write_item) {
  for (std::size_t i = 0; i < items.size() && out.error() == 0; ++i) {
    json.clear();
    write_item(items[i]);
    if (i + 1 < items.size()) json.separate();
    out.write(json.text());
  }
}

/// "argv_base64".
std::string base64_key(std::string_view name);

}  // namespace ptop::render
