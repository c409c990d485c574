// A part of a command, or a query.
#include "row_filter.hpp"

#include <algorithm>

#include "ptop/model/classify.hpp"

namespace ptop::app {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_class_word(std::string_view text) {
  for (std::size_t i = 0; i < model::class_count; ++i) {
    if (text == model::class_name(static_cast<model::Class>(i))) return true;
  }
  return false;
}

bool reads_as_query(std::string_view text) {
  return text.find_first_of("=<>~") != text.npos || is_class_word(text);
}

/// The command of a thread is its process's.
bool has_part(const model::Row& row, std::string_view part) {
  return command_contains(row.sample, part) ||
         (row.sample.is_thread() && command_contains(row.scene.snapshot.processes[row.index], part));
}

}  // namespace

std::size_t find_ignoring_case(std::string_view text, std::string_view part) {
  const auto found = std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) {
    return lower(a) == lower(b) || (a == '\0' && b == ' ');
  });
  return part.empty() || found == text.end() ? text.npos : static_cast<std::size_t>(found - text.begin());
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return part.empty() || find_ignoring_case(text, part) != text.npos;
}

bool command_contains(const model::Sample& sample, std::string_view text) {
  return contains_ignoring_case(sample.cmdline, text) || contains_ignoring_case(sample.stat.comm, text);
}

tl::expected<RowFilter, model::QueryError> RowFilter::parse(std::string text) {
  RowFilter filter;
  filter.text_ = std::move(text);
  filter.is_query_ = reads_as_query(filter.text_);
  if (!filter.is_query_) return filter;
  auto query = model::Query::parse(filter.text_);
  if (!query) return tl::unexpected(query.error());
  filter.query_ = std::move(*query);
  return filter;
}

bool RowFilter::matches(const model::Row& row) const {
  if (is_query_) return query_.matches(row);
  std::string_view rest = text_;
  bool any = false;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    if (part.empty()) continue;
    any = true;
    if (has_part(row, part)) return true;
  }
  return !any;
}

}  // namespace ptop::app
