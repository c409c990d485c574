// Lines as strace writes them: calls broken off and resumed, signals, ends.
#include "ptop/render/strace_text.hpp"

#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/render/decoded_text.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::uint64_t second_ns = 1'000'000'000;
constexpr std::string_view unfinished = " <unfinished ...>";

/// `digits` of the fraction are shown; 0: none, and no point.
void add_seconds(std::string& out, std::uint64_t ns, int digits, int width) {
  fmt::format_to(std::back_inserter(out), "{:{}}", ns / second_ns, width);
  if (digits == 0) return;
  std::uint64_t fraction = ns % second_ns;
  for (int i = digits; i < 9; ++i) fraction /= 10;
  fmt::format_to(std::back_inserter(out), ".{:0{}}", fraction, digits);
}

void add_clock(std::string& out, std::uint64_t realtime_ns) {
  const auto seconds = static_cast<std::time_t>(realtime_ns / second_ns);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
}

/// ERESTARTSYS and relatives, include/linux/errno.h: not the program's to see.
bool is_restart(int number) { return number >= 512 && number <= 516; }

/// Arguments from `from` on that are all there, each with its comma when another one follows.
struct Shown {
  std::size_t count = 0;
  bool grows = false;
};

Shown append_known(std::string& out, std::span<const decode::Field> args) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i].timing == decode::Timing::at_exit) return {i, false};
    append_arguments(out, args.subspan(i, 1));
    if (args[i].timing == decode::Timing::grows) return {i + 1, true};
    if (i + 1 < args.size()) out += ", ";
  }
  return {args.size(), false};
}

/// What was not shown when the call was entered.
void append_rest(std::string& out, std::span<const decode::Field> args, Shown shown) {
  if (shown.grows) {
    const auto* changed = std::get_if<decode::Changed>(&args[shown.count - 1].value->what);
    if (changed != nullptr) append_decoded(out += " => ", *changed->after);
    if (shown.count < args.size()) out += ", ";
  }
  append_arguments(out, args.subspan(shown.count));
}

}  // namespace

void StraceSink::begin_line(Tid tid, std::uint64_t t_ns) {
  line_.clear();
  if (options_.pid == StracePid::always) fmt::format_to(std::back_inserter(line_), "{:<5} ", tid.raw());
  if (options_.pid == StracePid::when_several && tasks_ > 1)
    fmt::format_to(std::back_inserter(line_), "[pid {:5}] ", tid.raw());
  const std::uint64_t wall = started_ns_ + t_ns;
  switch (options_.time) {
    case StraceTime::none:
      break;
    case StraceTime::wall:
      add_clock(line_, wall);
      line_ += ' ';
      break;
    case StraceTime::wall_us:
      add_clock(line_, wall);
      fmt::format_to(std::back_inserter(line_), ".{:06} ", wall % second_ns / 1000);
      break;
    case StraceTime::epoch_us:
      add_seconds(line_, wall, 6, 0);
      line_ += ' ';
      break;
  }
  if (options_.relative_digits) {
    add_seconds(line_, last_ns_ ? t_ns - std::min(*last_ns_, t_ns) : 0, *options_.relative_digits, 6);
    line_ += ' ';
  }
  last_ns_ = t_ns;
}

void StraceSink::end_line() {
  out_->write(line_);
  line_.clear();
  open_.reset();
}

void StraceSink::break_off() {
  if (!open_) return;
  line_ += unfinished;
  end_line();
}

void StraceSink::line(Tid tid, std::uint64_t t_ns, std::string_view text) {
  break_off();
  begin_line(tid, t_ns);
  line_ += text;
  end_line();
}

void StraceSink::add_call_head(std::string_view name, std::int64_t nr) {
  if (options_.numbers) fmt::format_to(std::back_inserter(line_), "[{:4}] ", nr);
  line_ += name;
  line_ += '(';
}

void StraceSink::on_enter(const CallEntered& call) {
  if (buffers_calls() || !concerns(call.tid)) return;
  break_off();
  begin_line(call.tid, call.t_ns);
  add_call_head(call.name, call.nr);
  const Shown shown = append_known(line_, call.args);
  calls_[call.tid] = {shown.count, shown.grows, std::string(call.name)};
  open_ = call.tid;
}

void StraceSink::resume(Tid tid, std::uint64_t t_ns, OpenCall& call) {
  if (open_ == tid) return;
  break_off();
  begin_line(tid, t_ns);
  fmt::format_to(std::back_inserter(line_), "<... {} resumed>", call.name);
}

bool StraceSink::hides(const SyscallDone& call) const {
  const bool failed = call.error_number != 0;
  return failed ? !options_.failed : !options_.successful;
}

void StraceSink::done(const Event& event, const SyscallDone& call) {
  const Tid tid = event.task.tid;
  const auto found = calls_.find(tid);
  Shown shown;
  if (found != calls_.end()) {
    resume(tid, event.t_ns, found->second);
    shown = {found->second.shown, found->second.grows};
    calls_.erase(found);
  } else {
    if (hides(call)) return;
    break_off();
    begin_line(tid, event.t_ns);
    add_call_head(call.name, call.nr);
  }
  if (call.ret || shown.count == call.args.size()) {
    append_rest(line_, call.args, shown);
  } else {
    line_ += unfinished;
  }
  line_ += ") ";
  if (line_.size() < options_.column) line_.append(options_.column - line_.size(), ' ');
  line_ += "= ";
  add_result(call);
  end_line();
}

void StraceSink::add_result(const SyscallDone& call) {
  if (!call.ret) {
    line_ += '?';
    return;
  }
  if (call.error_number != 0) {
    const std::string_view name = errno_name(call.error_number);
    line_ += is_restart(call.error_number) ? "? " : "-1 ";
    if (name.empty()) {
      fmt::format_to(std::back_inserter(line_), "(errno {})", call.error_number);
    } else {
      fmt::format_to(std::back_inserter(line_), "{} ({})", name, errno_text(call.error_number));
    }
  } else if (std::holds_alternative<std::monostate>(call.ret_decoded.what)) {
    fmt::format_to(std::back_inserter(line_), "{}", *call.ret);
  } else {
    append_decoded(line_, call.ret_decoded);
  }
  if (!call.ret_detail.empty()) {
    line_ += " (";
    append_detail(line_, call.ret_detail);
    line_ += ')';
  }
  if (options_.duration_digits && call.duration_ns) {
    line_ += " <";
    add_seconds(line_, *call.duration_ns, *options_.duration_digits, 0);
    line_ += '>';
  }
}

/// In place of the call that is under way, on its own line: to stderr, wherever the log goes.
void StraceSink::message(std::string_view text) {
  if (!options_.attaches) return;
  if (messages_ == out_) break_off();
  messages_->write(text);
}

void StraceSink::on(const Event& event) {
  if (std::holds_alternative<Attached>(event.what)) began_with_.insert(event.task.tid);
  if (!concerns(event.task.tid)) return;
  const auto say = [&](std::string_view text) { line(event.task.tid, event.t_ns, text); };
  std::visit(overloaded{
                 [&](const SyscallDone& call) { done(event, call); },
                 [&](const Attached& a) {
                   ++tasks_;
                   if (!a.spawned) message(fmt::format("strace: Process {} attached", event.task.tid.raw()));
                 },
                 [&](const Forked& f) {
                   if (!options_.follows) return;
                   ++tasks_;
                   message(fmt::format("strace: Process {} attached", f.child.tid.raw()));
                 },
                 [&](const Signalled& s) {
                   std::string text = "--- " + signal_name(s.signal) + ' ';
                   if (s.info != nullptr) append_decoded(text, *s.info);
                   say(text + " ---");
                 },
                 [&](const StoppedBy& s) { say("--- stopped by " + signal_name(s.signal) + " ---"); },
                 [&](const Exited& e) {
                   tasks_ -= tasks_ > 0 ? 1 : 0;
                   calls_.erase(event.task.tid);
                   if (!options_.exits) return;
                   say(e.signal ? fmt::format("+++ killed by {}{} +++", signal_name(*e.signal),
                                              e.core ? " (core dumped)" : "")
                                : fmt::format("+++ exited with {} +++", e.code.value_or(0)));
                 },
                 [](const auto&) {},
             },
             event.what);
}

void StraceSink::end(const Trailer&) {
  if (!open_) return;
  line_ += " <detached ...>";
  end_line();
}

}  // namespace ptop::render
