// Open files as a table for people and as JSON, schema ptop.fds/1 (schemas/ptop.fds-1.schema.json).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/model/descriptors.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// What it is, in one line, escaped: "/etc/passwd", "pipe:[123]", "tcp LISTEN 127.0.0.1:631",
/// "timerfd CLOCK_MONOTONIC in 3.0s".
std::string descriptor_name(const model::DescriptorEnds& ends, model::Place place);
/// "writer 4711 cat (fd 1)", "4711 cat (fd 3), 4712 cat (fd 3) and 5 more"; "" when there is nobody.
std::string other_end_text(const model::DescriptorEnds& ends, model::Place place);
/// "holds FLOCK WRITE, awaited by 12 sh (fd 9)"; "" without locks.
std::string lock_text(const model::DescriptorEnds& ends, model::Place place);

/// A column of open files. `key` is the JSON key where JSON has one.
struct DescriptorColumn {
  std::string_view key, title, help;
  bool right = false;  ///< aligned
  /// The units of JSON, text escaped, a list in one field, what is missing empty. `name`, `other_end` and
  /// `locks` are in the words of the table.
  std::string (*text)(const model::DescriptorEnds& ends, model::Place place);
  /// What a number is sorted by; nullptr: it is sorted by its text.
  std::optional<std::uint64_t> (*number)(const model::DescriptorEnds& ends, model::Place place) = nullptr;
};
std::span<const DescriptorColumn> descriptor_columns();
/// As model::parse_columns().
Result<std::vector<const DescriptorColumn*>> parse_descriptor_columns(std::string_view list);
/// What is missing comes last in either direction; equal ones stay as they were.
void sort_descriptors(std::vector<model::Place>& rows, const model::DescriptorEnds& ends,
                      const DescriptorColumn& column, bool descending);

struct DescriptorTableOptions {
  std::vector<const DescriptorColumn*> columns{};  ///< empty: those for people
  bool headers = true;
  bool flags = false;  ///< the descriptors' flags were read: show them
  bool ascii = false;
  std::size_t terminal_columns = 0;  ///< cut lines to fit; 0: never cut
};
void write_descriptor_table(LineOutput& out, const model::DescriptorEnds& ends,
                            std::span<const model::Place> rows, const DescriptorTableOptions& options,
                            const Paint& paint);

/// For CSV: the keys, and a line for each file.
std::string descriptor_csv_header(std::span<const DescriptorColumn* const> columns);
std::string descriptor_csv_line(const model::DescriptorEnds& ends, model::Place place,
                                std::span<const DescriptorColumn* const> columns);

/// Which members JSON has: all of them for none. `name` stands for all that tell what a file is.
using DescriptorColumns = std::span<const DescriptorColumn* const>;
/// The document, schema ptop.fds/1; each file is written when it is ready.
void write_descriptors_json(LineOutput& out, const model::DescriptorSnapshot& snapshot,
                            const model::DescriptorEnds& ends, std::span<const model::Place> rows,
                            DescriptorColumns columns = {});
/// One object, for JSON Lines.
std::string descriptor_json(const model::DescriptorEnds& ends, model::Place place,
                            DescriptorColumns columns = {});

}  // namespace ptop::render
