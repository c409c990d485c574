// The log for people: time, process, what happened, each event one line.
#include "ptop/render/event_text.hpp"

#include <algorithm>
#include <csignal>
#include <ctime>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "event_words.hpp"
#include "inherited_text.hpp"
#include "ptop/base/escape.hpp"
#include "recipe_text.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::size_t time_gap = 9;  // the pid, and a space before and after it
constexpr std::uint64_t second_ns = 1'000'000'000;

/// Deeper processes stand where this one does: what happened keeps half of a terminal.
std::uint32_t deepest_indent(std::size_t columns) {
  constexpr std::size_t before = 24, least = 2, most = 16;  // time, pid and verb
  if (columns == 0) return most;
  const std::size_t half = columns / 2;
  return static_cast<std::uint32_t>(std::clamp(half > before ? (half - before) / 2 : 0, least, most));
}

std::string clock_time(std::uint64_t realtime_ns) {
  const auto seconds = static_cast<std::time_t>(realtime_ns / second_ns);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return fmt::format("{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
}

/// What the table of the audit tells at the end, or told before.
bool is_left_to_the_table(const Event& event) {
  const auto* inherited = std::get_if<Inherited>(&event.what);
  return std::holds_alternative<DescriptorAudit>(event.what) ||
         (inherited != nullptr && !is_news(*inherited));
}

/// The usual case: its parent waited for it and collected it at once. Only a zombie that lasted is worth a
/// line.
bool is_prompt_collection(const Event& event) {
  constexpr std::uint64_t lasting_ns = 100'000'000;
  const auto* reaped = std::get_if<Reaped>(&event.what);
  return reaped != nullptr && reaped->how != ReapedHow::never && reaped->zombie_ns < lasting_ns;
}

void add_indent(Line& line, std::uint32_t depth, const TextOptions& options) {
  std::string& bars = line.scratch();
  const std::uint32_t shown = std::min(depth, deepest_indent(options.columns));
  for (std::uint32_t i = 0; i < shown; ++i) bars += options.ascii ? "| " : "│ ";
  line.add(Role::faint, bars, std::size_t{2} * shown);
}

}  // namespace

void append_event(std::string& out, const Event& event, const Paint& paint, bool ascii) {
  std::string scratch;
  Line line(out, scratch, paint);
  const TextOptions options{.columns = 0, .ascii = ascii};
  add_words(line, event, options, "", nullptr);
}

std::string event_line(const Event& event) {
  std::string out;
  append_event(out, event, Paint(false));
  return out;
}

/// In a log of a shell it would be every third line. The kernel sends it when we have waited for the child,
/// so that the line of its end is there by then, if there is to be one: not of who is not followed, or
/// filtered out.
bool TextSink::tells_an_end_again(const Event& event) {
  const auto place = [&](Pid pid) -> Pid& {
    return ended_[static_cast<std::size_t>(pid.raw()) % ended_.size()];
  };
  if (const auto* exited = std::get_if<Exited>(&event.what); exited != nullptr && !exited->thread)
    place(event.pid) = event.pid;
  const auto* signalled = std::get_if<Signalled>(&event.what);
  if (signalled == nullptr || signalled->signal != SIGCHLD || !signalled->sender) return false;
  if (signalled->code != CLD_EXITED && signalled->code != CLD_KILLED && signalled->code != CLD_DUMPED)
    return false;
  Pid& ended = place(*signalled->sender);
  if (ended != *signalled->sender) return false;
  ended = Pid();
  return true;
}

void TextSink::on(const Event& event) {
  if (tells_an_end_again(event) || is_prompt_collection(event) || is_left_to_the_table(event)) return;
  if (tells_a_recipe_again(event)) return;
  line_.clear();
  Line line(line_, scratch_, paint_);
  const std::string time = time_of(event);
  line.add(Role::faint, time + ' ');
  line.add(Role::pid, fmt::format(FMT_COMPILE("{:7} "), event.pid.raw()));
  add_indent(line, event.depth, options_);
  std::vector<std::string> below;
  add_words(line, event, options_, new_directory(event), options_.columns != 0 ? &below : nullptr);
  out_->write(line_);
  add_lines(event, below);
  if (const auto* recipe = std::get_if<Recipe>(&event.what))
    add_lines(event, recipe_lines(*recipe, room_below(event), options_.ascii));
  if (const auto* inherited = std::get_if<Inherited>(&event.what))
    add_lines(event, inherited_lines(*inherited, room_below(event), options_.ascii));
  last_ns_ = event.t_ns;
}

bool TextSink::tells_a_recipe_again(const Event& event) {
  if (const auto* const exited = std::get_if<follow::Exited>(&event.what); exited && !exited->thread)
    got_.erase(event.pid);
  const auto* const recipe = std::get_if<Recipe>(&event.what);
  if (!recipe || !recipe->execed) return false;
  Got now{event.task.start, recipe_gets(*recipe)};
  Got& before = got_[event.pid];
  const bool is_same = before.start == now.start && before.what == now.what;
  before = std::move(now);
  return is_same && recipe->steps.empty() && !recipe->partial;
}

std::string TextSink::time_of(const Event& event) const {
  if (!options_.since_last) return moment_of(event);
  const bool late = event.t_ns < last_ns_;  // it was held back: see --only
  const std::uint64_t passed = (late ? last_ns_ - event.t_ns : event.t_ns - last_ns_) / 1000;
  const std::string since = fmt::format(
      "{:>4}.{:06}", fmt::format("{}{}", late ? "-" : "", passed / 1'000'000), passed % 1'000'000);
  return options_.time == TimeStyle::since_start ? since : moment_of(event) + since;
}

std::string TextSink::moment_of(const Event& event) const {
  const std::uint64_t us = event.t_ns / 1000;
  const std::uint64_t wall = started_ns_ + event.t_ns;
  switch (options_.time) {
    case TimeStyle::since_start:
      return fmt::format(FMT_COMPILE("{:4}.{:03}"), us / 1'000'000, us / 1000 % 1000);
    case TimeStyle::clock:
      return clock_time(wall);
    case TimeStyle::clock_us:
      return fmt::format("{}.{:06}", clock_time(wall), wall / 1000 % 1'000'000);
    case TimeStyle::epoch_us:
      return fmt::format("{}.{:06}", wall / second_ns, wall / 1000 % 1'000'000);
  }
  return {};
}

/// 0: no width is known.
std::size_t TextSink::room_below(const Event& event) {
  if (options_.columns == 0) return 0;
  const std::size_t before = time_of(event).size() + time_gap +
                             std::size_t{2} * std::min(event.depth, deepest_indent(options_.columns)) +
                             verb_columns + 1;
  return std::max(options_.columns - std::min(options_.columns, before), least_command);
}

void TextSink::add_lines(const Event& event, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  const std::size_t time_and_pid = time_of(event).size() + time_gap;
  for (const std::string& step : lines) {
    line_.clear();
    Line line(line_, scratch_, paint_);
    line.pad_to(time_and_pid);
    add_indent(line, event.depth, options_);
    line.pad_to(line.width() + verb_columns + 1);
    line.add(Role::faint, step);
    out_->write(line_);
  }
}

std::string TextSink::new_directory(const Event& event) {
  const auto* exec = std::get_if<Execed>(&event.what);
  if (exec == nullptr || !exec->cwd) return "";
  if (!first_cwd_) first_cwd_ = exec->cwd;
  return *exec->cwd == *first_cwd_ ? "" : "  in " + escaped(*exec->cwd);
}

void TextSink::end(const Trailer& trailer) {
  if (trailer.lost != 0) {
    line_ = fmt::format("{} event{} lost", trailer.lost, trailer.lost == 1 ? "" : "s");
    out_->write(line_);
  }
  out_->flush();
}

}  // namespace ptop::render
