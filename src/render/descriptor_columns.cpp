// The columns of open files: for CSV, for the table, for sorting.
#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "csv_field.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/nearest.hpp"
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

std::optional<std::uint64_t> inode_of(const Descriptor& d) {
  return d.file ? std::optional(d.file->inode) : d.link.inode;
}

std::string device_of(const Descriptor& d) {
  return d.file ? fmt::format("{}:{}", d.file->device.major, d.file->device.minor) : std::string();
}

using Ends = DescriptorEnds;
using Number = std::optional<std::uint64_t>;

Number pid_of(const Ends& e, Place p) { return static_cast<std::uint64_t>(e.owner(p).key.pid.raw()); }
Number start_of(const Ends& e, Place p) { return e.owner(p).key.start.raw(); }
Number fd_of(const Ends& e, Place p) {
  const Descriptor& d = e.at(p);
  return d.as == HeldAs::fd ? Number(static_cast<std::uint64_t>(d.fd)) : std::nullopt;
}
Number position_of(const Ends& e, Place p) {
  const auto& info = e.at(p).info;
  return info ? Number(info->position) : std::nullopt;
}
Number size_of(const Ends& e, Place p) {
  const auto& file = e.at(p).file;
  return file ? Number(file->size) : std::nullopt;
}
Number inode_at(const Ends& e, Place p) { return inode_of(e.at(p)); }

template <Number (*number)(const Ends&, Place)>
constexpr DescriptorColumn number_column(std::string_view key, std::string_view title,
                                         std::string_view help) {
  return {key,
          title,
          help,
          /*right=*/true,
          [](const Ends& e, Place p) { return number_or_empty(number(e, p)); },
          number};
}

constexpr std::array<DescriptorColumn, 16> columns{{
    number_column<pid_of>("pid", "PID", "process ID of who has it open"),
    number_column<start_of>("start_ticks", "START", "start of that process, in clock ticks since boot"),
    {"comm", "COMMAND", "name of that process", false,
     [](const Ends& e, Place p) { return escaped(e.owner(p).comm); }},
    {"as", "AS", "how it is held: fd, cwd, root, exe or mapping", false,
     [](const Ends& e, Place p) { return std::string(held_as_name(e.at(p).as)); }},
    number_column<fd_of>("fd", "FD", "number of the descriptor"),
    {"type", "TYPE", "what it is: regular, pipe, socket, epoll and so on", false,
     [](const Ends& e, Place p) { return std::string(descriptor_type_name(e.at(p).type)); }},
    {"access", "MODE", "how it was opened: r, w, rw or path", false,
     [](const Ends& e, Place p) { return access_word(e.at(p)); }},
    {"flags", "FLAGS", "the other flags of open(2)", false,
     [](const Ends& e, Place p) { return flags_of(e.at(p)); }},
    number_column<position_of>("position", "POS", "where it reads or writes next, in bytes"),
    number_column<size_of>("size", "SIZE", "size of the file in bytes"),
    {"device", "DEVICE", "file system it is on: major:minor", true,
     [](const Ends& e, Place p) { return device_of(e.at(p)); }},
    number_column<inode_at>("inode", "INODE", "inode number"),
    {"path", "PATH", "what the link in /proc leads to", false,
     [](const Ends& e, Place p) { return escaped(e.at(p).link.target); }},
    {"name", "NAME", "what it is, in one line: path, addresses, what it watches", false,
     [](const Ends& e, Place p) { return descriptor_name(e, p); }},
    {"other_end", "OTHEREND", "who is at the other end", false,
     [](const Ends& e, Place p) { return other_end_text(e, p); }},
    {"locks", "LOCKS", "locks held and waited for, and with whom", false,
     [](const Ends& e, Place p) { return lock_text(e, p); }},
}};

Error unknown_column(std::string_view key) {
  if (key.empty()) return {Errc::malformed, 0, "empty column name"};
  std::array<std::string_view, columns.size()> keys;
  std::transform(columns.begin(), columns.end(), keys.begin(), [](const auto& c) { return c.key; });
  const std::string_view meant = nearest(key, keys);
  if (!meant.empty())
    return {Errc::malformed, 0, fmt::format("unknown column '{}': did you mean '{}'?", key, meant)};
  return {Errc::malformed, 0,
          fmt::format("unknown column '{}': open files have {}", key, fmt::join(keys, ", "))};
}

}  // namespace

std::span<const DescriptorColumn> descriptor_columns() { return columns; }

Result<std::vector<const DescriptorColumn*>> parse_descriptor_columns(std::string_view list) {
  std::vector<const DescriptorColumn*> chosen;
  while (true) {
    const auto comma = list.find(',');
    std::string_view key = list.substr(0, comma);
    while (key.starts_with(' ')) key.remove_prefix(1);
    while (key.ends_with(' ')) key.remove_suffix(1);
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const DescriptorColumn& c) { return c.key == key; });
    if (found == columns.end()) return fail(unknown_column(key));
    chosen.push_back(&*found);
    if (comma == list.npos) return chosen;
    list.remove_prefix(comma + 1);
  }
}

void sort_descriptors(std::vector<Place>& rows, const DescriptorEnds& ends, const DescriptorColumn& column,
                      bool descending) {
  struct Keyed {
    Number number;
    std::string text;
    Place place;
    bool is_missing() const { return !number && text.empty(); }
  };
  std::vector<Keyed> keyed;
  keyed.reserve(rows.size());
  for (const Place place : rows) {
    if (column.number != nullptr) {
      keyed.push_back({column.number(ends, place), {}, place});
    } else {
      keyed.push_back({std::nullopt, column.text(ends, place), place});
    }
  }
  std::stable_sort(keyed.begin(), keyed.end(), [&](const Keyed& a, const Keyed& b) {
    if (a.is_missing() || b.is_missing()) return !a.is_missing() && b.is_missing();
    const auto order = std::tie(a.number, a.text) <=> std::tie(b.number, b.text);
    return descending ? order > 0 : order < 0;
  });
  std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const Keyed& k) { return k.place; });
}

std::string descriptor_csv_header(std::span<const DescriptorColumn* const> shown) {
  std::string line;
  for (const DescriptorColumn* column : shown) (line += line.empty() ? "" : ",") += column->key;
  return line += '\r';
}

std::string descriptor_csv_line(const DescriptorEnds& ends, Place place,
                                std::span<const DescriptorColumn* const> shown) {
  std::string line;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (i > 0) line += ',';
    append_csv_field(line, shown[i]->text(ends, place));
  }
  return line += '\r';
}

}  // namespace ptop::render
