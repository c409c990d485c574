// Words to sets, the rest to a query.
#include "event_filter.hpp"

#include <array>

#include "ptop/decode/syscall_table.hpp"

namespace ptop::app {
namespace {

/// The next word, cut off `text`.
std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const auto word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

/// The short forms are strace's.
std::string_view kind_of_word(std::string_view key) {
  struct Name {
    std::string_view name, kind;
  };
  static constexpr std::array names{Name{"trace", "trace"},    Name{"t", "trace"},  Name{"signal", "signal"},
                                    Name{"signals", "signal"}, Name{"s", "signal"}, Name{"status", "status"},
                                    Name{"events", "events"}};
  for (const Name& name : names) {
    if (name.name == key) return name.kind;
  }
  return {};
}

}  // namespace

Result<void> EventFilter::add_word(std::string_view kind, std::string_view set) {
  const auto into = [](auto result, auto& place) -> Result<void> {
    if (!result) return fail(result.error());
    place = *std::move(result);
    return {};
  };
  if (kind == "trace") return into(decode::SyscallSet::parse(set), calls_);
  if (kind == "signal") return into(follow::parse_signal_set(set), signals_);
  if (kind == "status") return into(follow::parse_call_statuses(set), kinds_.statuses);
  return into(follow::parse_event_kinds(set), kinds_.kinds);
}

Result<EventFilter> EventFilter::parse(std::string text) {
  EventFilter filter;
  filter.text_ = std::move(text);
  std::string query;
  for (std::string_view rest = filter.text_;;) {
    std::string_view word = take_word(rest);
    if (word.empty()) break;
    if (word == "-e") continue;
    if (word.starts_with("-e")) word.remove_prefix(2);
    const auto equals = word.find('=');
    const auto kind = equals == word.npos ? std::string_view{} : kind_of_word(word.substr(0, equals));
    if (kind.empty()) {
      query.append(query.empty() ? "" : " ").append(word);
      continue;
    }
    if (auto added = filter.add_word(kind, word.substr(equals + 1)); !added) return fail(added.error());
  }
  auto parsed = model::Query::parse(query);
  if (!parsed) return fail({Errc::malformed, 0, parsed.error().message});
  filter.query_ = *std::move(parsed);
  return filter;
}

bool EventFilter::matches(const EventLine& line) const {
  using follow::EventKind;
  if (line.kind == EventKind::lost || line.kind == EventKind::note) return true;
  if (!kinds_.kinds.has(line.kind)) return false;
  if (line.kind == EventKind::syscall)
    return kinds_.statuses.has(line.status) &&
           (!calls_ || calls_->contains(line.arch, SyscallNo(line.number)));
  if (line.kind == EventKind::signal) return (signals_ >> static_cast<unsigned>(line.number - 1) & 1U) != 0;
  return true;
}

}  // namespace ptop::app
