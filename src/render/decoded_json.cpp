// Decoded trees as JSON values.
#include "decoded_json.hpp"

#include <algorithm>
#include <array>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"

namespace ptop::render {
namespace {

using namespace decode;

void write_address(JsonWriter& json, std::uint64_t address) {
  if (address == 0) {
    json.null();
  } else {
    json.hex(address);
  }
}

class Writer {
 public:
  explicit Writer(JsonWriter& json) : json_(json) {}

  void operator()(std::monostate) { json_.null(); }
  void operator()(const Signed& d) { json_.value(d.value); }
  void operator()(const Unsigned& d) { json_.value(d.value); }
  void operator()(const Address& d) { write_address(json_, d.value); }
  void operator()(const Text& d) { json_.text_of(d.bytes); }

  void operator()(const Symbol& d) {
    json_.begin_object();
    json_.member("value", d.value);
    if (!d.name.empty()) json_.member("name", d.name);
    json_.end_object();
  }

  void operator()(const FlagNames& d) {
    json_.begin_object();
    json_.member("value", d.value);
    names(d.names);
    if (d.rest != 0) json_.member("rest", d.rest);
    json_.end_object();
  }

  void operator()(const SignalSet& d) {
    json_.begin_object();
    json_.member("value", d.mask);
    json_.key("names");
    json_.begin_array();
    for (const int signal : signals_in_mask(d.mask)) json_.value(std::string_view(signal_name(signal)));
    json_.end_array();
    json_.end_object();
  }

  void operator()(const FileDescriptor& d) {
    if (d.path.empty() && d.detail.empty()) return json_.value(d.value);
    json_.begin_object();
    json_.member("fd", d.value);
    if (!d.symbol.empty()) json_.member("name", d.symbol);
    json_.bytes_member("path", d.path);
    if (!d.detail.empty()) json_.member("detail", d.detail);
    if (d.deleted) json_.member("deleted", true);
    json_.end_object();
  }

  void operator()(const ProcessId& d) {
    if (d.comm.empty() && d.outside == 0) return json_.value(d.value);
    json_.begin_object();
    json_.member("pid", d.value);
    if (!d.comm.empty()) json_.bytes_member("comm", d.comm);
    if (d.outside != 0) json_.member("outside", d.outside);
    json_.end_object();
  }

  void operator()(const Word& d) {
    json_.begin_object();
    json_.member("value", d.value);
    json_.key("text");
    json_.text_of(d.text);
    json_.end_object();
  }

  void operator()(const CountedAddress& d) {
    json_.begin_object();
    json_.key("address");
    write_address(json_, d.address);
    json_.member("count", d.count);
    json_.end_object();
  }

  void operator()(const Changed& d) {
    const std::array<Field, 2> both{{{"before", d.before}, {"after", d.after}}};
    write_fields(json_, both, false);
  }

  void operator()(const Record& d) { write_fields(json_, d.fields, d.more); }

  void operator()(const List& d) {
    json_.begin_array();
    for (const Decoded& item : d.items) std::visit(*this, item.what);
    if (d.unread_from != 0) (*this)(Unreadable{d.unread_from});
    json_.end_array();
  }

  void operator()(const Remarked& d) { std::visit(*this, d.value->what); }

  void operator()(const Unreadable& d) {
    json_.begin_object();
    json_.key("unreadable");
    json_.hex(d.address);
    json_.end_object();
  }

 private:
  void names(std::span<const std::string_view> list) {
    json_.key("names");
    json_.begin_array();
    for (const auto name : list) json_.value(name);
    json_.end_array();
  }

  JsonWriter& json_;
};

/// A string, or an array with such a string somewhere in it. Records inside take care of themselves.
template <class Test>
bool any_text(const Decoded& value, Test test) {
  if (const auto* remarked = std::get_if<Remarked>(&value.what)) return any_text(*remarked->value, test);
  if (const auto* text = std::get_if<Text>(&value.what)) return test(*text);
  const auto* list = std::get_if<List>(&value.what);
  return list != nullptr && std::any_of(list->items.begin(), list->items.end(),
                                        [&](const Decoded& item) { return any_text(item, test); });
}

bool is_truncated(const Decoded& value) {
  const auto* list = std::get_if<List>(&value.what);
  return (list != nullptr && list->truncated) ||
         any_text(value, [](const Text& text) { return text.truncated; });
}

/// In the shape of the value: base64 for each string that is not UTF-8, null for everything else.
void write_base64(JsonWriter& json, const Decoded& value) {
  if (const auto* remarked = std::get_if<Remarked>(&value.what)) return write_base64(json, *remarked->value);
  if (const auto* list = std::get_if<List>(&value.what)) {
    json.begin_array();
    for (const Decoded& item : list->items) write_base64(json, item);
    if (list->unread_from != 0) json.null();
    json.end_array();
    return;
  }
  const auto* text = std::get_if<Text>(&value.what);
  if (text == nullptr || is_valid_utf8(text->bytes)) return json.null();
  json.value(std::string_view(base64(text->bytes)));
}

}  // namespace

void write_decoded_member(JsonWriter& json, std::string_view name, const Decoded* value) {
  json.key(name);
  if (value == nullptr) return json.null();
  std::visit(Writer(json), value->what);
  if (any_text(*value, [](const Text& text) { return !is_valid_utf8(text.bytes); })) {
    json.key(base64_key(name));
    write_base64(json, *value);
  }
  if (is_truncated(*value)) json.member(std::string(name) + "_truncated", true);
}

void write_fields(JsonWriter& json, std::span<const Field> fields, bool more) {
  json.begin_object();
  for (const Field& field : fields) write_decoded_member(json, field.name, field.value);
  if (more) json.member("_more", true);
  json.end_object();
}

}  // namespace ptop::render
