// Open files as CSV: a table of fields, so that the header and the lines agree.
#include <array>

#include <fmt/format.h>

#include "csv_field.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/decode/constants.hpp"
#include "ptop/render/descriptors.hpp"

namespace ptop::render {
namespace {

using namespace model;

std::string access_word(const Descriptor& d) {
  constexpr std::array<std::string_view, 5> words{"", "path", "r", "w", "rw"};
  return std::string(words[static_cast<std::size_t>(d.access)]);
}

template <class Number>
std::string number_or_empty(const std::optional<Number>& number) {
  return number ? fmt::format("{}", *number) : std::string();
}

/// Without the access mode, which is a field of its own.
std::string flags_of(const Descriptor& d) {
  constexpr std::uint32_t access_mode = 03;
  if (!d.info) return {};
  const auto found = decode::named_bits(decode::Constants::open_flags, d.info->flags & ~access_mode);
  std::string text = fmt::format("{}", fmt::join(found.names, " "));
  if (found.rest != 0) text += fmt::format("{}{:#x}", text.empty() ? "" : " ", found.rest);
  return text;
}

std::string inode_of(const Descriptor& d) {
  return number_or_empty(d.file ? std::optional(d.file->inode) : d.link.inode);
}

std::string device_of(const Descriptor& d) {
  return d.file ? fmt::format("{}:{}", d.file->device.major, d.file->device.minor) : std::string();
}

struct FieldRow {
  std::string_view key;
  std::string (*text)(const DescriptorEnds&, Place);
};

const Descriptor& at(const DescriptorEnds& ends, Place place) { return ends.at(place); }

constexpr std::array<FieldRow, 16> fields{{
    {"pid", [](const auto& e, Place p) { return fmt::format("{}", e.owner(p).key.pid.raw()); }},
    {"start_ticks", [](const auto& e, Place p) { return fmt::format("{}", e.owner(p).key.start.raw()); }},
    {"comm", [](const auto& e, Place p) { return escaped(e.owner(p).comm); }},
    {"as", [](const auto& e, Place p) { return std::string(held_as_name(at(e, p).as)); }},
    {"fd",
     [](const auto& e, Place p) {
       return at(e, p).as == HeldAs::fd ? fmt::format("{}", at(e, p).fd) : std::string();
     }},
    {"type", [](const auto& e, Place p) { return std::string(descriptor_type_name(at(e, p).type)); }},
    {"access", [](const auto& e, Place p) { return access_word(at(e, p)); }},
    {"flags", [](const auto& e, Place p) { return flags_of(at(e, p)); }},
    {"position",
     [](const auto& e, Place p) {
       return at(e, p).info ? fmt::format("{}", at(e, p).info->position) : std::string();
     }},
    {"size", [](const auto& e,
                Place p) { return at(e, p).file ? fmt::format("{}", at(e, p).file->size) : std::string(); }},
    {"device", [](const auto& e, Place p) { return device_of(at(e, p)); }},
    {"inode", [](const auto& e, Place p) { return inode_of(at(e, p)); }},
    {"path", [](const auto& e, Place p) { return escaped(at(e, p).link.target); }},
    {"name", [](const auto& e, Place p) { return descriptor_name(e, p); }},
    {"other_end", [](const auto& e, Place p) { return other_end_text(e, p); }},
    {"locks", [](const auto& e, Place p) { return lock_text(e, p); }},
}};

}  // namespace

std::string descriptor_csv_header() {
  std::string line;
  for (const FieldRow& field : fields) (line += line.empty() ? "" : ",") += field.key;
  return line += '\r';
}

std::string descriptor_csv_line(const DescriptorEnds& ends, Place place) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += ',';
    append_csv_field(line, fields[i].text(ends, place));
  }
  return line += '\r';
}

}  // namespace ptop::render
