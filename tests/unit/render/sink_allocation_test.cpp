// In the steady state the line of a call takes no memory from the heap, whatever the look.
#include <fcntl.h>

#include "counting_new.hpp"
#include "ptop/decode/decoder.hpp"
#include "ptop/render/event_json.hpp"
#include "ptop/render/event_text.hpp"
#include "ptop/render/strace_text.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

constexpr int several = 1000;  // more than LineOutput collects before it writes

/// openat, with what most calls have: a descriptor, a string, flags, a result; a failure; and a structure.
class Calls {
 public:
  explicit Calls(Tid tid)
      : tid_(tid),
        names_{"O_RDONLY", "O_CLOEXEC"},
        directory_{decode::FileDescriptor{-100, {}, "AT_FDCWD"}},
        path_{decode::Text{"/usr/share/a/path/that/is/longer/than/a/short/string"}},
        flags_{decode::FlagNames{0x80000, names_, 0, "O_???"}},
        seconds_{decode::Signed{5}},
        parts_{{{"tv_sec", &seconds_}, {"tv_nsec", &seconds_}}},
        time_{decode::Record{parts_}},
        args_{{{"dfd", &directory_}, {"filename", &path_}, {"flags", &flags_}, {"when", &time_}}} {}

  void tell(Sink& sink, std::uint64_t n) {
    sink.on_enter(
        {.t_ns = n, .pid = Pid(7), .tid = tid_, .name = "openat", .number = {.nr = 257}, .args = args_});
    sink.on(event(n, 3, 0));
    sink.on_enter(
        {.t_ns = n, .pid = Pid(7), .tid = tid_, .name = "openat", .number = {.nr = 257}, .args = args_});
    sink.on(event(n, -1, ENOENT));
  }

 private:
  Event event(std::uint64_t n, std::int64_t ret, int error) {
    return {.seq = n,
            .t_ns = n * 1000,
            .pid = Pid(7),
            .task = {tid_, {}},
            .depth = 9,
            .what = SyscallDone{.name = "openat",
                                .number = {.nr = 257},
                                .args = args_,
                                .ret = ret,
                                .ret_decoded = {decode::FileDescriptor{3, {}, {}}},
                                .error_number = error,
                                .duration_ns = 1234}};
  }

  Tid tid_;
  std::array<std::string_view, 2> names_;
  decode::Decoded directory_, path_, flags_, seconds_;
  std::array<decode::Field, 2> parts_;
  decode::Decoded time_;
  std::array<decode::Field, 4> args_;
};

long allocations_of(Sink& sink, Tid tid = Tid(7)) {
  Calls calls(tid);
  sink.begin({.started_realtime_ns = 0});
  for (int i = 0; i < several; ++i) calls.tell(sink, 1);
  const long before = heap_allocations();
  for (int i = 0; i < several; ++i) calls.tell(sink, 2);
  return heap_allocations() - before;
}

struct Nowhere {
  Fd file{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
  render::LineOutput lines{file.get(), true};
};

}  // namespace

TEST_CASE("sinks: lines of calls take no memory from the heap", "[render]") {
  Nowhere out, messages;
  SECTION("text") {
    render::TextSink sink(out.lines, render::Paint(false), {});
    CHECK(allocations_of(sink) == 0);
  }
  SECTION("coloured text") {
    render::TextSink sink(out.lines, render::Paint(true), {});
    CHECK(allocations_of(sink) == 0);
  }
  SECTION("text, of another thread than the first") {
    render::TextSink sink(out.lines, render::Paint(true), {});
    CHECK(allocations_of(sink, Tid(8)) == 0);
  }
  SECTION("strace's") {
    render::StraceSink sink(out.lines, messages.lines, {});
    CHECK(allocations_of(sink) == 0);
  }
  SECTION("JSON") {
    render::JsonSink sink(out.lines);
    CHECK(allocations_of(sink) == 0);
  }
}
