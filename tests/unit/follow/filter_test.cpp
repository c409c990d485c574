#include "ptop/follow/filter.hpp"

#include <csignal>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

struct Recorder : Sink {
  std::vector<std::uint64_t> seqs;
  std::vector<EventKind> kinds;
  Trailer trailer;
  void on(const Event& event) override {
    seqs.push_back(event.seq);
    kinds.push_back(event_kind(event.what));
  }
  void end(const Trailer& t) override { trailer = t; }
};

void tell(Filter& filter, What what, std::uint32_t depth = 0) {
  filter.on({.seq = 99, .pid = Pid(7), .depth = depth, .what = std::move(what)});
}

}  // namespace

TEST_CASE("parse_event_kinds: names, all, none, and the rest of them", "[follow]") {
  CHECK(*parse_event_kinds("exec,exit") == EventKinds{EventKind::exec, EventKind::exit});
  CHECK(*parse_event_kinds("all") == all_event_kinds);
  CHECK(parse_event_kinds("none")->empty());
  CHECK_FALSE(parse_event_kinds("!signal,reaped")->has(EventKind::signal));
  CHECK(parse_event_kinds("!signal,reaped")->has(EventKind::exec));
  CHECK(parse_event_kinds("continue")->has(EventKind::continued));
}

TEST_CASE("parse_event_kinds: every kind is found by its name", "[follow]") {
  for (auto kind = EventKind::attach; kind <= EventKind::note; kind = EventKind(int(kind) + 1))
    CHECK(*parse_event_kinds(event_kind_name(kind)) == EventKinds(kind));
}

TEST_CASE("parse_event_kinds: an unknown word is named with the nearest one", "[follow]") {
  const auto kinds = parse_event_kinds("fork,exek");
  REQUIRE_FALSE(kinds);
  CHECK(kinds.error().what == "unknown event 'exek', did you mean 'exec'?");
  CHECK_FALSE(parse_event_kinds(""));
  CHECK_FALSE(parse_event_kinds("exec,"));
}

TEST_CASE("parse_signal_set: names with and without SIG, numbers, inverted", "[follow]") {
  CHECK(*parse_signal_set("TERM") == std::uint64_t{1} << (SIGTERM - 1));
  CHECK(*parse_signal_set("SIGHUP,2") == 3);
  CHECK(*parse_signal_set("!all") == 0);
  CHECK(*parse_signal_set("!SIGHUP") == ~std::uint64_t{1});
  CHECK_FALSE(parse_signal_set("65"));
  CHECK_FALSE(parse_signal_set("0"));
  CHECK(parse_signal_set("TURM").error().what.find("'TERM'") != std::string::npos);
  CHECK(parse_signal_set("SIGTURM").error().what.find("'SIGTERM'") != std::string::npos);
  CHECK(parse_signal_set("usr3").error().what.find("'USR1'") != std::string::npos);
  CHECK(parse_signal_set("SIGFOO").error().what.find("such as TERM, or numbers from 1 to 64") !=
        std::string::npos);
}

TEST_CASE("Filter: what passes is numbered without a gap, and the end counts it", "[follow]") {
  Recorder log;
  Filter filter({.kinds = {EventKind::exec, EventKind::exit}}, log);
  tell(filter, Execed{});
  tell(filter, Forked{});
  tell(filter, Exited{});
  filter.end({.events = 3, .processes = 1, .execs = 1, .exits = 1});
  CHECK(log.seqs == std::vector<std::uint64_t>{1, 2});
  CHECK(log.trailer.events == 2);
  CHECK(log.trailer.processes == 0);
  CHECK(log.trailer.execs == 1);
  CHECK(log.trailer.exits == 1);
}

TEST_CASE("Filter: what was lost and notes always pass", "[follow]") {
  Recorder log;
  Filter filter({.kinds = {}}, log);
  tell(filter, Lost{});
  tell(filter, Note{});
  CHECK(log.kinds == std::vector{EventKind::lost, EventKind::note});
}

TEST_CASE("Filter: depth, signals and statuses of calls", "[follow]") {
  Recorder log;
  Filter filter({.signals = 1, .statuses = CallStatus::failed, .depth = 1}, log);
  tell(filter, Execed{}, 1);
  tell(filter, Execed{}, 2);
  tell(filter, Signalled{.signal = SIGHUP});
  tell(filter, Signalled{.signal = SIGINT});
  tell(filter, SyscallDone{.ret = 0});
  tell(filter, SyscallDone{.ret = -2, .error_number = 2});
  tell(filter, SyscallDone{.ret = std::nullopt});
  CHECK(log.kinds == std::vector{EventKind::exec, EventKind::signal, EventKind::syscall});
}

TEST_CASE("Filter: it is full after so many events", "[follow]") {
  Recorder log;
  Filter filter({.most = 1}, log);
  CHECK_FALSE(filter.full());
  tell(filter, Execed{});
  CHECK(filter.full());
  tell(filter, Execed{});
  CHECK(log.seqs.size() == 1);
}
