// The history of a following: bounded, filtered, scrolled.
#include "event_log.hpp"

#include <algorithm>

#include "row_filter.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t ends_kept = 500;
constexpr int scans_marked = 3;

/// Not what happens to us, but what a process does.
bool is_news(follow::EventKind kind) {
  using enum follow::EventKind;
  return kind != attach && kind != detach && kind != note && kind != lost && kind != inherited &&
         kind != fd_audit;
}

}  // namespace

void EventLog::begin(const follow::Header&) {
  auto wanted = std::move(wanted_);
  *this = EventLog(most_lines_, most_bytes_);
  wanted_ = std::move(wanted);
}

void EventLog::count(std::uint64_t events, std::uint64_t skipped, std::uint64_t lost) {
  total_ += events;
  skipped_ += skipped;
  lost_ += lost;
}

void EventLog::add(EventItem item) {
  EventLine& line = item.line;
  if (!item.end.empty()) {
    ends_.emplace_back(line.pid, std::move(item.end));
    if (ends_.size() > ends_kept) ends_.pop_front();
  }
  if (is_news(line.kind)) marks_[line.pid] = {std::string(line.mark()), line.ink, scans_marked};
  if (frozen_ && (bytes_ + line.bytes() > most_bytes_ || lines_.size() >= most_lines_)) {
    ++skipped_;
    return;
  }
  bytes_ += line.bytes();
  if (wanted_ && wanted_(line)) shown_.push_back(dropped_ + lines_.size());
  lines_.push_back(std::move(line));
  while (lines_.size() > most_lines_ || (bytes_ > most_bytes_ && lines_.size() > 1)) drop_oldest();
}

/// The latest of that number.
std::string EventLog::end_of(Pid pid) const {
  const auto found =
      std::find_if(ends_.rbegin(), ends_.rend(), [&](const auto& e) { return e.first == pid; });
  return found == ends_.rend() ? "" : found->second;
}

const EventLog::Mark* EventLog::mark_of(Pid pid) const {
  const auto found = marks_.find(pid);
  return found == marks_.end() ? nullptr : &found->second;
}

void EventLog::age_marks() {
  for (auto& [pid, mark] : marks_) --mark.scans_left;
  std::erase_if(marks_, [](const auto& entry) { return entry.second.scans_left <= 0; });
}

void EventLog::set_filter(Wanted wanted) {
  wanted_ = std::move(wanted);
  shown_.clear();
  at_end_ = true;
  if (!wanted_) return;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (wanted_(lines_[i])) shown_.push_back(dropped_ + i);
  }
}

const EventLine& EventLog::line(std::size_t number) const {
  return wanted_ ? lines_[static_cast<std::size_t>(shown_[number] - dropped_)] : lines_[number];
}

void EventLog::drop_oldest() {
  bytes_ -= std::min(bytes_, lines_.front().bytes());
  lines_.pop_front();
  const bool was_shown = !wanted_ || (!shown_.empty() && shown_.front() == dropped_);
  if (wanted_ && was_shown) shown_.pop_front();
  ++dropped_;
  if (was_shown && top_ > 0) --top_;  // who reads older lines keeps seeing them
}

std::size_t EventLog::first_shown(std::size_t height) const {
  const std::size_t last = shown() > height ? shown() - height : 0;
  return at_end_ ? last : std::min(top_, last);
}

void EventLog::scroll(std::ptrdiff_t by, std::size_t height) {
  const std::size_t last = shown() > height ? shown() - height : 0;
  const auto wanted = static_cast<std::ptrdiff_t>(first_shown(height)) + by;
  top_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, static_cast<std::ptrdiff_t>(last)));
  at_end_ = top_ == last && !frozen_;
}

void EventLog::scroll_to_start() {
  top_ = 0;
  at_end_ = shown() == 0;
}

void EventLog::freeze(std::size_t height) {
  if (frozen_) return scroll_to_end();
  top_ = first_shown(height);
  at_end_ = false;
  frozen_ = true;
}

std::optional<std::size_t> EventLog::find(std::string_view text, std::size_t from, bool back) const {
  const std::size_t count = shown();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = back ? (from + 2 * count - 1 - i) % count : (from + i) % count;
    if (contains_ignoring_case(line(at).text, text)) return at;
  }
  return std::nullopt;
}

/// A third of the way down, so that what led to it is seen too.
void EventLog::go_to(std::size_t number, std::size_t height) {
  const std::size_t above = height / 3;
  top_ = number > above ? number - above : 0;
  at_end_ = false;
}

}  // namespace ptop::app
