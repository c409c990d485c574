// Which lines the event pane shows: the words of `-e`, and a query about the process.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "event_line.hpp"
#include "ptop/decode/syscall_set.hpp"
#include "ptop/model/query.hpp"

namespace ptop::app {

class EventFilter {
 public:
  EventFilter() = default;  ///< every line
  /// `trace=SET`, `signal=SET`, `status=SET`, `events=SET`, with or without -e before it; all other words are
  /// a query. Errors: one line, escaped.
  static Result<EventFilter> parse(std::string text);

  const std::string& text() const { return text_; }
  bool empty() const { return text_.find_first_not_of(' ') == text_.npos; }
  /// Calls that are asked for; nullopt: no trace= among the words.
  const std::optional<decode::SyscallSet>& calls() const { return calls_; }
  const model::Query& query() const { return query_; }
  bool matches(const EventLine& line) const;

 private:
  Result<void> add_word(std::string_view key, std::string_view set);

  std::string text_;
  std::optional<decode::SyscallSet> calls_;
  std::uint64_t signals_ = ~std::uint64_t{0};
  follow::FilterOptions kinds_;
  model::Query query_;
};

}  // namespace ptop::app
