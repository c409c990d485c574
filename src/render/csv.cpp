// Values to fields: like JSON in units, like the table in escapes.
#include "ptop/render/csv.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "csv_field.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"

namespace ptop::render {
namespace {

using namespace model;

class Field {
 public:
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool b) const { return b ? "true" : "false"; }
  std::string operator()(std::int64_t n) const { return fmt::format("{}", n); }
  std::string operator()(std::uint64_t n) const { return fmt::format("{}", n); }
  std::string operator()(double d) const {
    return std::isfinite(d) ? fmt::format("{}", std::round(d * 1000) / 1000) : std::string{};
  }
  std::string operator()(Word word) const { return std::string(word); }
  std::string operator()(const Bytes& bytes) const { return escaped(bytes.text); }
  std::string operator()(const ByteList& list) const {
    std::string joined;
    for (const Bytes& bytes : list) (joined += bytes.text) += '\0';
    return escaped_command_line(joined);
  }
  std::string operator()(const WordList& list) const { return fmt::format("{}", fmt::join(list, " ")); }
  std::string operator()(const NumberList& list) const { return fmt::format("{}", fmt::join(list, " ")); }
};

}  // namespace

void append_csv_field(std::string& line, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

std::string csv_header(std::span<const ColumnId> columns) {
  std::string line;
  for (const ColumnId id : columns) {
    if (!line.empty()) line += ',';
    append_csv_field(line, column(id).key);
  }
  return line += '\r';
}

std::string csv_line(const Row& row, std::span<const ColumnId> columns) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) line += ',';
    const Column& shown = column(columns[i]);
    // The command is words or a name in brackets; cell_text() knows which.
    append_csv_field(
        line, shown.id == ColumnId::command ? cell_text(shown, row) : std::visit(Field(), shown.value(row)));
  }
  return line += '\r';
}

}  // namespace ptop::render
