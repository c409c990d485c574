// Sets of words, and what they let through.
#include "ptop/follow/filter.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/nearest.hpp"
#include "ptop/follow/totals.hpp"

namespace ptop::follow {
namespace {

constexpr std::array<std::pair<std::string_view, EventKind>, 19> kind_names{{
    {"attach", EventKind::attach},       {"fork", EventKind::fork},
    {"vfork", EventKind::vfork},         {"clone", EventKind::clone},
    {"exec", EventKind::exec},           {"exec_failed", EventKind::exec_failed},
    {"recipe", EventKind::recipe},       {"exit", EventKind::exit},
    {"reaped", EventKind::reaped},       {"reparent", EventKind::reparent},
    {"signal", EventKind::signal},       {"stop", EventKind::stop},
    {"continue", EventKind::continued},  {"syscall", EventKind::syscall},
    {"inherited", EventKind::inherited}, {"fd_audit", EventKind::fd_audit},
    {"detach", EventKind::detach},       {"lost", EventKind::lost},
    {"note", EventKind::note},
}};
constexpr std::array<std::pair<std::string_view, CallStatus>, 3> status_names{{
    {"successful", CallStatus::successful},
    {"failed", CallStatus::failed},
    {"unfinished", CallStatus::unfinished},
}};

struct KindOf {
  EventKind operator()(const Attached&) const { return EventKind::attach; }
  EventKind operator()(const Forked& f) const {
    return f.kind == ForkKind::fork    ? EventKind::fork
           : f.kind == ForkKind::vfork ? EventKind::vfork
                                       : EventKind::clone;
  }
  EventKind operator()(const Execed&) const { return EventKind::exec; }
  EventKind operator()(const ExecFailed&) const { return EventKind::exec_failed; }
  EventKind operator()(const Recipe&) const { return EventKind::recipe; }
  EventKind operator()(const Exited&) const { return EventKind::exit; }
  EventKind operator()(const Reaped&) const { return EventKind::reaped; }
  EventKind operator()(const Reparented&) const { return EventKind::reparent; }
  EventKind operator()(const Signalled&) const { return EventKind::signal; }
  EventKind operator()(const StoppedBy&) const { return EventKind::stop; }
  EventKind operator()(const Continued&) const { return EventKind::continued; }
  EventKind operator()(const SyscallDone&) const { return EventKind::syscall; }
  EventKind operator()(const Inherited&) const { return EventKind::inherited; }
  EventKind operator()(const DescriptorAudit&) const { return EventKind::fd_audit; }
  EventKind operator()(const Detached&) const { return EventKind::detach; }
  EventKind operator()(const Lost&) const { return EventKind::lost; }
  EventKind operator()(const Note&) const { return EventKind::note; }
};

/// Splits `[!]a,b`; false when it was inverted.
bool split_set(std::string_view text, std::vector<std::string_view>& words) {
  const bool inverted = text.starts_with('!');
  if (inverted) text.remove_prefix(1);
  for (std::size_t end = 0; end != text.npos;) {
    end = text.find(',');
    words.push_back(text.substr(0, end));
    if (end != text.npos) text.remove_prefix(end + 1);
  }
  return !inverted;
}

template <class Names>
tl::unexpected<Error> unknown_word(std::string_view noun, std::string_view word, const Names& names) {
  std::string what = std::string("unknown ") + std::string(noun) + " '" + escaped(word) + "'";
  const std::string_view near = nearest(word, names);
  if (!near.empty())
    (what += ", did you mean '").append(near) += "'?";
  else if (constexpr std::size_t most_told = 24; std::size(names) <= most_told)
    what += fmt::format("; there are {}", fmt::join(names, ", "));
  return fail({Errc::malformed, 0, std::move(what)});
}

template <class Kind, std::size_t n>
Result<FlagSet<Kind>> parse_words(std::string_view text, std::string_view noun,
                                  const std::array<std::pair<std::string_view, Kind>, n>& known) {
  FlagSet<Kind> all, named;
  for (const auto& [name, kind] : known) all |= kind;
  std::vector<std::string_view> words;
  const bool straight = split_set(text, words);
  for (const std::string_view word : words) {
    const auto found = std::ranges::find(known, word, [](const auto& row) { return row.first; });
    if (found != known.end()) {
      named |= found->second;
    } else if (word == "all") {
      named |= all;
    } else if (word != "none") {
      std::vector<std::string_view> names{"all", "none"};
      for (const auto& row : known) names.push_back(row.first);
      return unknown_word(noun, word, names);
    }
  }
  if (straight) return named;
  for (const auto& [name, kind] : known) {
    if (named.has(kind)) all.remove(kind);
  }
  return all;
}

/// Names are near with and without SIG, in capitals and not.
tl::unexpected<Error> unknown_signal(std::string_view word, int last) {
  std::string bare(word);
  std::ranges::transform(bare, bare.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const bool long_name = bare.starts_with("SIG");
  if (long_name) bare.erase(0, 3);
  std::vector<std::string> names;
  for (int number = 1; number <= last; ++number) names.push_back(signal_name(number).substr(3));
  const std::string_view near = nearest(bare, std::vector<std::string_view>(names.begin(), names.end()));
  std::string what = fmt::format("unknown signal '{}'", escaped(word));
  what += near.empty() ? fmt::format("; use names such as TERM, or numbers from 1 to {}", last)
                       : fmt::format(", did you mean '{}{}'?", long_name ? "SIG" : "", near);
  return fail({Errc::malformed, 0, std::move(what)});
}

CallStatus status_of(const SyscallDone& call) {
  if (!call.ret) return CallStatus::unfinished;
  return call.error_number != 0 ? CallStatus::failed : CallStatus::successful;
}

}  // namespace

EventKind event_kind(const What& what) { return std::visit(KindOf{}, what); }

std::string_view event_kind_name(EventKind kind) { return kind_names[static_cast<std::size_t>(kind)].first; }

std::string_view call_status_name(CallStatus status) {
  return status_names[static_cast<std::size_t>(status)].first;
}

Result<EventKinds> parse_event_kinds(std::string_view text) { return parse_words(text, "event", kind_names); }

Result<CallStatuses> parse_call_statuses(std::string_view text) {
  return parse_words(text, "status", status_names);
}

Result<std::uint64_t> parse_signal_set(std::string_view text) {
  std::uint64_t mask = 0;
  std::vector<std::string_view> words;
  const bool straight = split_set(text, words);
  for (const std::string_view word : words) {
    constexpr int last = 64;
    const auto signal = parse_signal(word);
    if (word == "all") {
      mask = ~std::uint64_t{0};
    } else if (signal && *signal >= 1 && *signal <= last) {
      mask |= std::uint64_t{1} << static_cast<unsigned>(*signal - 1);
    } else if (word != "none") {
      return unknown_signal(word, last);
    }
  }
  return straight ? mask : ~mask;
}

bool Filter::passes(const Event& event) const {
  const EventKind kind = event_kind(event.what);
  if (kind == EventKind::lost || kind == EventKind::note) return true;
  if (!options_.kinds.has(kind)) return false;
  if (options_.depth && event.depth > *options_.depth) return false;
  if (const auto* signalled = std::get_if<Signalled>(&event.what))
    return (options_.signals >> static_cast<unsigned>(signalled->signal - 1) & 1U) != 0;
  if (const auto* call = std::get_if<SyscallDone>(&event.what))
    return options_.statuses.has(status_of(*call));
  return true;
}

void Filter::on(const Event& event) {
  if (full() || !passes(event)) return;
  Event numbered = event;
  numbered.seq = ++totals_.events;
  count(totals_, event);
  next_->on(numbered);
}

void Filter::end(const Trailer& trailer) {
  Trailer counted = trailer;
  counted.events = totals_.events;
  counted.processes = totals_.processes;
  counted.execs = totals_.execs;
  counted.exits = totals_.exits;
  next_->end(counted);
}

}  // namespace ptop::follow
