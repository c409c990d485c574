// Which rows the list shows: what is typed behind F4.
#pragma once

#include <string>
#include <string_view>

#include "ptop/model/query.hpp"

namespace ptop::app {

/// What search and filter look at: comm and the command line. Case does not matter for ASCII letters.
bool command_contains(const model::Sample& sample, std::string_view text);

/// Where `part` begins; npos: nowhere, or there is nothing to look for.
std::size_t find_ignoring_case(std::string_view text, std::string_view part);
/// For texts that are escaped or raw; a NUL is a blank.
bool contains_ignoring_case(std::string_view text, std::string_view part);

class RowFilter {
 public:
  RowFilter() = default;  ///< every row
  /// A text with an operator (= < > ~), and a class word alone, is a query; any other is a part of the
  /// command, or several with '|' between them.
  static tl::expected<RowFilter, model::QueryError> parse(std::string text);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  /// What to mark in the commands; "" when it is a query, or several parts.
  std::string_view part() const {
    return is_query_ || text_.find('|') != text_.npos ? std::string_view{} : std::string_view(text_);
  }
  bool matches(const model::Row& row) const;
  model::Sources needs() const { return query_.needs(); }

 private:
  std::string text_;
  bool is_query_ = false;
  model::Query query_;
};

}  // namespace ptop::app
