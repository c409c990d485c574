// Lines as strace writes them: calls broken off and resumed, signals, ends.
#include "ptop/render/strace_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <memory>

#include <cxxabi.h>
#include <fmt/format.h>

#include "ptop/base/digits.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"
#include "strace_data.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::uint64_t second_ns = 1'000'000'000;
constexpr std::string_view unfinished = " <unfinished ...>";

/// `digits` of the fraction are shown; 0: none, and no point.
void add_fraction(std::string& out, std::uint64_t ns, int digits) {
  if (digits == 0) return;
  std::uint64_t fraction = ns % second_ns;
  for (int i = digits; i < 9; ++i) fraction /= 10;
  fmt::format_to(std::back_inserter(out), ".{:0{}}", fraction, digits);
}

void add_seconds(std::string& out, std::uint64_t ns, int digits, int width) {
  fmt::format_to(std::back_inserter(out), "{:{}}", ns / second_ns, width);
  add_fraction(out, ns, digits);
}

/// C++ names as their source has them.
std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
  return status == 0 && name ? name.get() : symbol;
}

void add_clock(std::string& out, std::uint64_t realtime_ns, int digits) {
  const auto seconds = static_cast<std::time_t>(realtime_ns / second_ns);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", local.tm_hour, local.tm_min, local.tm_sec);
  add_fraction(out, realtime_ns, digits);
}

/// ERESTARTSYS and relatives, include/linux/errno.h: not the program's to see.
bool is_restart(int number) { return number >= 512 && number <= 516; }

/// An argument that is named in text comes later with its comma: clone(child_stack=NULL, flags=SIGCHLD
bool brings_comma(const decode::Field& arg) {
  return arg.timing == decode::Timing::at_exit && arg.naming == decode::Naming::always;
}

StraceShown append_known(std::string& out, std::span<const decode::Field> args, const DecodedStyle& style) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i].timing == decode::Timing::at_exit) return {i, false};
    append_arguments(out, args.subspan(i, 1), style);
    if (args[i].timing == decode::Timing::grows) return {i + 1, true};
    if (i + 1 == args.size()) break;
    if (brings_comma(args[i + 1])) return {i + 1, false, true};
    out.append(", ", 2);
  }
  return {args.size(), false};
}

std::span<const decode::Field> without_beside(std::span<const decode::Field> args) {
  const auto beside = std::ranges::find(args, true, &decode::Field::is_beside);
  return args.first(static_cast<std::size_t>(beside - args.begin()));
}

/// What was not shown when the call was entered.
void append_rest(std::string& out, std::span<const decode::Field> args, StraceShown shown,
                 const DecodedStyle& style) {
  if (shown.grows) {
    const auto* changed = std::get_if<decode::Changed>(&args[shown.count - 1].value->what);
    if (changed != nullptr) append_decoded(out += " => ", *changed->after, style);
  }
  if ((shown.grows || shown.comma) && shown.count < args.size()) out += ", ";
  append_arguments(out, args.subspan(shown.count), style);
}

}  // namespace

void StraceSink::add_pid(Tid tid) {
  constexpr std::size_t width = 5;
  const bool in_brackets = options_.pid == StracePid::when_several;
  if (options_.pid == StracePid::never || (in_brackets && tasks_ <= 1)) return;
  const auto comm = options_.comms ? comms_.find(tid) : comms_.end();
  if (in_brackets) line_ += "[pid ";
  const std::size_t start = line_.size();
  append_digits(line_, tid.raw());
  const std::size_t missing = width - std::min(width, line_.size() - start);
  if (in_brackets)
    line_.insert(start, missing, ' ');
  else if (!options_.comms)
    line_.append(missing, ' ');
  if (comm != comms_.end()) {
    line_ += '<';
    append_c_bytes(line_, comm->second, "<>", options_.style.hex);
    line_ += '>';
  }
  line_ += in_brackets ? "] " : " ";
}

void StraceSink::add_times(std::uint64_t t_ns) {
  const std::uint64_t wall = started_ns_ + t_ns;
  if (options_.clock == StraceClock::time) add_clock(line_, wall, options_.clock_digits);
  if (options_.clock == StraceClock::unix_time) add_seconds(line_, wall, options_.clock_digits, 0);
  const bool both = options_.clock != StraceClock::none;
  if (both) line_ += ' ';
  if (options_.relative_digits) {
    if (both) line_ += "(+";
    add_seconds(line_, last_ns_ ? t_ns - std::min(*last_ns_, t_ns) : 0, *options_.relative_digits, 6);
    line_ += both ? ") " : " ";
  }
  last_ns_ = t_ns;
}

void StraceSink::begin_line(const Place& place) {
  line_.clear();
  add_pid(place.tid);
  add_times(place.t_ns);
  if (options_.numbers) {
    const auto nr = last_call_.find(place.tid);
    fmt::format_to(std::back_inserter(line_), "[{:4}] ", nr == last_call_.end() ? -1 : nr->second);
  }
  if (!options_.instructions) return;
  if (place.instruction) {
    fmt::format_to(std::back_inserter(line_), "[{:016x}] ", *place.instruction);
  } else {
    line_ += "[????????????????] ";
  }
}

void StraceSink::end_line() {
  out_->write(line_);
  line_.clear();
  written_ = 0;
  open_.reset();
}

void StraceSink::break_off() {
  if (!open_) return;
  line_ += unfinished;
  end_line();
}

void StraceSink::line(const Place& place, std::string_view text) {
  break_off();
  begin_line(place);
  line_ += text;
  end_line();
}

void StraceSink::add_call_head(std::string_view name) { (line_ += name) += '('; }

std::string_view strace_mode_name(decode::Arch arch) {
  switch (arch) {
    case decode::Arch::i386:
      return "32 bit";
    case decode::Arch::x32:
      return "x32";
    default:
      return "64 bit";
  }
}

namespace {

/// What stands in place of arguments, which restart_syscall(2) has none.
void add_restarted(std::string& out, std::string_view name, const CallNumber& number) {
  if (name != "restart_syscall") return;
  fmt::format_to(std::back_inserter(out), "<... resuming interrupted {} ...>",
                 number.restarts.empty() ? "system call" : number.restarts);
}

}  // namespace

void StraceSink::on_convention(const ConventionChange& change) {
  if (!options_.conventions || !concerns(change.tid)) return;
  line({change.tid, change.t_ns},
       fmt::format("[ Process PID={} runs in {} mode. ]", change.tid.raw(), strace_mode_name(change.arch)));
}

StraceShown StraceSink::begin_call(const CallEntered& call) {
  begin_line({call.tid, call.t_ns, call.instruction});
  add_call_head(call.name);
  add_restarted(line_, call.name, call.number);
  return append_known(line_, without_beside(call.args), options_.style);
}

void StraceSink::on_enter(const CallEntered& call) {
  last_call_[call.tid] = call.number.nr;
  if (!concerns(call.tid)) return;
  if (buffers_calls()) return hold(call);
  break_off();
  OpenCall& open = calls_[call.tid];
  open.shown = begin_call(call);
  open.is_open = true;
  open.name.assign(call.name);  // keeps its memory from call to call
  open_ = call.tid;
}

/// Only the line of a call that a task is let go in is missing later.
void StraceSink::hold(const CallEntered& call) {
  if (!options_.detached) return;
  const auto last = last_ns_;
  begin_call(call);
  last_ns_ = last;
  std::swap(calls_[call.tid].held, line_);
  line_.clear();
}

void StraceSink::resume(const Place& place, OpenCall& call) {
  if (open_ == place.tid) return;
  break_off();
  begin_line(place);
  fmt::format_to(std::back_inserter(line_), "<... {} resumed>", call.name);
}

bool StraceSink::hides(const SyscallDone& call) const {
  const CallStatus status = !call.ret                ? CallStatus::unfinished
                            : call.error_number != 0 ? CallStatus::failed
                                                     : CallStatus::successful;
  return !options_.statuses.has(status);
}

void StraceSink::done(const Event& event, const SyscallDone& call) {
  const Place place{event.task.tid, event.t_ns, call.instruction};
  const auto args = without_beside(call.args);
  const auto found = calls_.find(place.tid);
  if (found != calls_.end()) found->second.held.clear();
  StraceShown shown;
  if (found != calls_.end() && found->second.is_open) {
    resume(place, found->second);
    shown = found->second.shown;
    found->second.is_open = false;
  } else {
    if (hides(call)) return;
    break_off();
    begin_line(place);
    add_call_head(call.name);
    add_restarted(line_, call.name, call.number);
    if (!call.ret) shown = append_known(line_, args, options_.style);
  }
  if (call.ret || shown.count == args.size()) {
    append_rest(line_, args, shown, options_.style);
  } else {
    line_ += unfinished;
  }
  line_.append(") ", 2);
  const std::size_t columns = written_ + line_.size();
  if (columns < options_.column) line_.append(options_.column - columns, ' ');
  line_.append("= ", 2);
  add_result(call);
  end_line();
  if (!call.data.empty()) write_data(*out_, line_, call);
  write_stack(call.stack);
}

void StraceSink::write_stack(std::span<const StackFrame> stack) {
  for (const StackFrame& frame : stack) {
    std::string text = " > ";
    if (frame.path.empty()) {
      text += "[unknown]";
    } else {
      append_c_bytes(text, frame.path, "\n", options_.style.hex);
    }
    if (!frame.symbol.empty())
      fmt::format_to(std::back_inserter(text), "({}+{:#x})", demangled(frame.symbol), frame.symbol_offset);
    if (frame.symbol.empty() && !frame.path.empty()) text += "()";
    fmt::format_to(std::back_inserter(text), " [{:#x}]",
                   frame.path.empty() ? frame.address : frame.file_offset);
    out_->write(text);
  }
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
      (((line_ += name) += " (") += errno_text(call.error_number)) += ')';
    }
  } else if (std::holds_alternative<std::monostate>(call.ret_decoded.what)) {
    append_digits(line_, *call.ret);
  } else {
    append_decoded(line_, call.ret_decoded, options_.style);
  }
  if (!call.ret_detail.empty()) {
    line_ += " (";
    append_detail(line_, call.ret_detail, options_.style);
    line_ += ')';
  }
  if (options_.duration_digits && call.duration_ns) {
    line_ += " <";
    add_seconds(line_, *call.duration_ns, *options_.duration_digits, 0);
    line_ += '>';
  }
}

/// To stderr, wherever the log goes. When the log goes there as well, a message stands behind what is there
/// of the line, which goes on below it.
void StraceSink::message(std::string_view text) {
  if (!options_.attaches) return;
  if (messages_ != out_ || !open_) return messages_->write(text);
  out_->write(line_ + std::string(text));
  written_ += line_.size();
  line_.clear();
}

/// A child has the name of its parent until it execs.
void StraceSink::learn_comm(const Event& event) {
  const Tid tid = event.task.tid;
  if (const auto* attached = std::get_if<Attached>(&event.what)) comms_[tid] = attached->comm;
  if (const auto* forked = std::get_if<Forked>(&event.what)) comms_[forked->child.tid] = comms_[tid];
  if (const auto* execed = std::get_if<Execed>(&event.what)) {
    constexpr std::size_t comm_limit = 15;  // TASK_COMM_LEN without its NUL
    const std::string& file = execed->filename.empty() ? execed->path : execed->filename;
    comms_[tid] = file.substr(file.rfind('/') + 1).substr(0, comm_limit);
  }
}

namespace {

template <class Map>
void rename(Map& map, Tid from, Tid to) {
  auto node = map.extract(from);
  map.erase(to);
  if (node.empty()) return;
  node.key() = to;
  map.insert(std::move(node));
}

}  // namespace

/// A thread that execs takes the leader's tid: the leader is gone, and the call goes on under its number.
void StraceSink::supersede(const Event& event, Tid former) {
  break_off();
  rename(calls_, former, event.task.tid);
  rename(last_call_, former, event.task.tid);
  tasks_ -= tasks_ > 1 ? 1 : 0;
  if (options_.superseded)
    line({event.task.tid, event.t_ns}, fmt::format("+++ superseded by execve in pid {} +++", former.raw()));
}

void StraceSink::on(const Event& event) {
  if (std::holds_alternative<Attached>(event.what)) began_with_.insert(event.task.tid);
  if (!concerns(event.task.tid)) return;
  if (options_.comms) learn_comm(event);
  const auto say = [&](std::string_view text, std::optional<std::uint64_t> instruction = std::nullopt) {
    line({event.task.tid, event.t_ns, instruction}, text);
  };
  std::visit(overloaded{
                 [&](const SyscallDone& call) { done(event, call); },
                 [&](const Attached& a) {
                   ++tasks_;
                   if (!a.spawned || options_.aside)
                     message(fmt::format("strace: Process {} attached", event.task.tid.raw()));
                 },
                 [&](const Forked& f) {
                   if (!options_.follows) return;
                   ++tasks_;
                   message(fmt::format("strace: Process {} attached", f.child.tid.raw()));
                 },
                 [&](const Signalled& s) {
                   std::string text = "--- " + signal_name(s.signal) + ' ';
                   if (s.info != nullptr) append_decoded(text, *s.info, options_.style);
                   say(text + " ---", s.instruction);
                   write_stack(s.stack);
                 },
                 [&](const StoppedBy& s) { say("--- stopped by " + signal_name(s.signal) + " ---"); },
                 [&](const Exited& e) {
                   calls_.erase(event.task.tid);
                   if (options_.exits)
                     say(e.signal ? fmt::format("+++ killed by {}{} +++", signal_name(*e.signal),
                                                e.core ? " (core dumped)" : "")
                                  : fmt::format("+++ exited with {} +++", e.code.value_or(0)));
                   tasks_ -= tasks_ > 0 ? 1 : 0;
                   comms_.erase(event.task.tid);
                   last_call_.erase(event.task.tid);
                 },
                 [&](const Execed& e) {
                   if (e.former_tid) supersede(event, *e.former_tid);
                 },
                 [](const auto&) {},
             },
             event.what);
}

/// Whose line is open sees it ended; calls that others broke off stay as they are.
void StraceSink::on_let_go(const LetGo& task) {
  if (!concerns(task.tid)) return;
  message(fmt::format("strace: Process {} detached", task.tid.raw()));
  auto call = calls_.extract(task.tid);
  if (!call.empty() && !call.mapped().held.empty()) {
    break_off();
    line_ = std::move(call.mapped().held);
    open_ = task.tid;
  }
  if (open_ == task.tid) {
    line_ += " <detached ...>";
    end_line();
  }
  tasks_ -= tasks_ > 0 ? 1 : 0;
  comms_.erase(task.tid);
  last_call_.erase(task.tid);
}

void StraceSink::end(const Trailer&) {
  if (!open_) return;
  line_ += " <detached ...>";
  end_line();
}

}  // namespace ptop::render
