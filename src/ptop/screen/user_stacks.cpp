#include "user_stacks.hpp"

#include <cxxabi.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/fd.hpp"
#include "ptop/base/number.hpp"

namespace ptop::app {
namespace {

using Clock = std::chrono::steady_clock;
using follow::StackFrame, follow::ThreadStack;
using Stacks = Result<std::vector<ThreadStack>>;

constexpr std::chrono::milliseconds patience{3000};
constexpr std::size_t longest_answer = 8U << 20;

/// Hostile names take the demangler long: the child does it.
std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), std::free);
  return name && status == 0 ? name.get() : symbol;
}

// The answer in the pipe: fields that end with NUL, which is in no path and no symbol. The first one of each
// record says what it is.
void put(std::string& out, std::string_view field) { out.append(field).push_back('\0'); }
void put_number(std::string& out, std::uint64_t number) { put(out, std::to_string(number)); }

std::string answer_of(const Stacks& stacks) {
  std::string out;
  if (!stacks) {
    put(out, "error");
    put_number(out, static_cast<std::uint64_t>(stacks.error().code));
    put_number(out, static_cast<std::uint64_t>(stacks.error().sys));
    put(out, stacks.error().what);
    return out;
  }
  for (const ThreadStack& stack : *stacks) {
    put(out, "thread");
    put_number(out, static_cast<std::uint64_t>(stack.tid.raw()));
    put(out, stack.trouble);
    for (const StackFrame& frame : stack.frames) {
      put(out, "frame");
      put_number(out, frame.address);
      put(out, demangled(frame.symbol));
      put_number(out, frame.symbol_offset);
      put(out, frame.path);
    }
  }
  put(out, "end");
  return out;
}

class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}
  std::string_view next() {
    const auto end = rest_.find('\0');
    if (end == rest_.npos) return {};
    const auto field = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return field;
  }
  std::uint64_t number() { return parse_number<std::uint64_t>(next()).value_or(0); }
  std::string text() { return std::string(next()); }

 private:
  std::string_view rest_;
};

Error read_error(Fields& fields) {
  const auto code = static_cast<Errc>(fields.number());
  const auto sys = static_cast<int>(fields.number());
  return {code, sys, fields.text()};
}

StackFrame read_frame(Fields& fields) {
  StackFrame frame;
  frame.address = fields.number();
  frame.symbol = fields.text();
  frame.symbol_offset = fields.number();
  frame.path = fields.text();
  return frame;
}

/// Without its end it is what a child wrote that died of what it read.
Stacks parse_answer(std::string_view answer) {
  Fields fields(answer);
  std::vector<ThreadStack> stacks;
  while (true) {
    const auto kind = fields.next();
    if (kind == "error") return fail(read_error(fields));
    if (kind == "end") return stacks;
    if (kind == "thread") {
      const Tid tid(static_cast<std::int32_t>(fields.number()));
      stacks.push_back({tid, {}, fields.text()});
    } else if (kind == "frame" && !stacks.empty()) {
      stacks.back().frames.push_back(read_frame(fields));
    } else {
      return fail({Errc::os, 0, "unwinding failed: what is in its memory does not make sense"});
    }
  }
}

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

/// SIGKILL with its parent: the kernel lets go of what it holds.
[[noreturn]] void be_the_child(int fd, ProcessKey process, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  auto reader = procfs::Reader::open();
  write_all(fd, answer_of(reader ? follow::look_at_stacks(*reader, process) : fail(reader.error())));
  ::_exit(0);
}

/// nullopt: no end came in time.
std::optional<std::string> read_until_end(int fd) {
  const auto end = Clock::now() + patience;
  std::string answer;
  std::array<char, 4096> buffer;
  while (answer.size() < longest_answer) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd ready{fd, POLLIN, 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) == 0) return std::nullopt;
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n <= 0) return answer;
    answer.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return answer;
}

}  // namespace

Stacks take_stacks(ProcessKey process) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(os_error("pipe"));
  const Fd reading(ends[0]);
  Fd writing(ends[1]);
  const pid_t parent = ::getpid(), child = ::fork();
  if (child < 0) return fail(os_error("fork"));
  if (child == 0) be_the_child(writing.get(), process, parent);
  writing = Fd();
  const auto answer = read_until_end(reading.get());
  ::kill(child, SIGKILL);  // it has ended, or is late
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  if (!answer) return fail({Errc::timeout, 0, "its memory does not answer"});
  return parse_answer(*answer);
}

namespace {

void add_frame(std::vector<render::PageLine>& lines, const StackFrame& frame) {
  render::StyledText text("  ");
  if (frame.symbol.empty())
    text.add(fmt::format("{:#x}", frame.address));
  else
    text.add(escaped(frame.symbol)).add(fmt::format("+{:#x}", frame.symbol_offset), render::Role::faint);
  if (!frame.path.empty()) text.add("  " + escaped(frame.path), render::Role::faint);
  lines.push_back({.label = {}, .text = std::move(text), .is_row = true, .hanging = 4});
}

void add_row(std::vector<render::PageLine>& lines, render::StyledText text) {
  lines.push_back({.label = {}, .text = std::move(text), .is_row = true});
}

}  // namespace

render::PageSection user_stacks_section(const Stacks& stacks) {
  render::PageSection section{"Stacks of the program", {}};
  if (!stacks) {
    const bool gone = stacks.error().code == Errc::gone;
    add_row(section.lines,
            {"not taken: " + (gone ? "it has ended" : describe(stacks.error())), render::Role::warning});
    return section;
  }
  for (const ThreadStack& stack : *stacks) {
    add_row(section.lines, {std::to_string(stack.tid.raw()), render::Role::pid});
    if (!stack.trouble.empty()) add_row(section.lines, {"  " + stack.trouble, render::Role::warning});
    for (const StackFrame& frame : stack.frames) add_frame(section.lines, frame);
  }
  return section;
}

}  // namespace ptop::app
