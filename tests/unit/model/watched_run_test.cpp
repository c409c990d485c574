// run_watched: everything is worked on, what is stuck is left behind, once.
#include "watched_run.hpp"

#include <unistd.h>

#include <array>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "ptop/base/fd.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;
using namespace std::chrono_literals;

namespace {

constexpr ReadStep first_step{1, 0}, second_step{2, 0};

/// A read from it blocks until it is closed for writing.
struct Gate {
  Gate() { REQUIRE(::pipe(ends.data()) == 0); }
  ~Gate() {
    open();
    ::close(ends[0]);
  }
  void open() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
  void pass() const {
    char byte;
    while (::read(ends[0], &byte, 1) < 0) {
    }
  }
  std::array<int, 2> ends{-1, -1};
};

/// What the workers have stored: of each item the steps that were left out.
struct Stored {
  std::mutex mutex;
  std::map<std::size_t, std::vector<ReadStep>> left_out;
  std::set<std::thread::id> threads;
};

class TwoSteps : public ItemWorker {
 public:
  TwoSteps(std::shared_ptr<const Gate> gate, std::set<std::size_t> stuck, Stored& stored)
      : gate_(std::move(gate)), stuck_(std::move(stuck)), stored_(stored) {}

  void work(std::size_t item, Attempt& attempt) override {
    left_out_.clear();
    attempt.identify({Pid(static_cast<std::int32_t>(item) + 1), Ticks(7)});
    for (const ReadStep step : {first_step, second_step}) {
      if (!attempt.begin(step)) {
        left_out_.push_back(step);
      } else if (step == first_step && stuck_.count(item) != 0) {
        gate_->pass();
      }
    }
  }
  void store(std::size_t item) override {
    const std::lock_guard lock(stored_.mutex);
    stored_.left_out[item] = left_out_;
    stored_.threads.insert(std::this_thread::get_id());
  }

 private:
  std::shared_ptr<const Gate> gate_;
  std::set<std::size_t> stuck_;
  Stored& stored_;
  std::vector<ReadStep> left_out_;
};

struct Run {
  std::shared_ptr<Gate> gate = std::make_shared<Gate>();
  StuckTasks stuck;
  Stored stored;
  WatchedRunOptions options{.items = 50, .threads = 2, .watched = true, .patience = {20ms, 50ms, 1ms}};

  void run(const std::set<std::size_t>& stuck_items) {
    stored.left_out.clear();
    run_watched(
        options, [&] { return std::make_unique<TwoSteps>(gate, stuck_items, stored); }, stuck);
  }
};

}  // namespace

TEST_CASE("run_watched: every item is worked on, once, whatever the number of threads", "[model]") {
  Run run;
  run.options.threads = GENERATE(1U, 2U, 3U);
  run.options.watched = GENERATE(true, false);
  run.run({});
  CHECK(run.stored.left_out.size() == 50);
  for (const auto& [item, left_out] : run.stored.left_out) CHECK(left_out.empty());
  CHECK(run.stuck.empty());
}

TEST_CASE("run_watched: what is not watched needs no thread", "[model]") {
  Run run;
  run.options.threads = 1;
  run.options.watched = false;
  run.run({});
  CHECK(run.stored.threads == std::set{std::this_thread::get_id()});
}

TEST_CASE("run_watched: nothing to do is done", "[model]") {
  Run run;
  run.options.items = 0;
  run.run({});
  CHECK(run.stored.left_out.empty());
}

TEST_CASE("run_watched: a stuck step is left out, and no other step or item", "[model]") {
  Run run;
  run.options.threads = GENERATE(1U, 2U);
  run.run({17});
  REQUIRE(run.stored.left_out.size() == 50);
  for (const auto& [item, left_out] : run.stored.left_out)
    CHECK(left_out == (item == 17 ? std::vector{first_step} : std::vector<ReadStep>{}));
  CHECK(run.stuck.size() == 1);
  CHECK(run.stuck.has({Pid(18), Ticks(7)}, first_step));
  CHECK_FALSE(run.stuck.has({Pid(18), Ticks(8)}, first_step));  // the number, used again
}

TEST_CASE("run_watched: many stuck items cost little more than one", "[model]") {
  Run run;
  std::set<std::size_t> all;
  for (std::size_t i = 0; i < 50; ++i) all.insert(i);
  run.run(all);
  CHECK(run.stored.left_out.size() == 50);
  CHECK(run.stuck.size() == 50);
}

TEST_CASE("run_watched: what is known to be stuck is not tried again while it is", "[model]") {
  Run run;
  run.run({3});
  run.run({3});
  CHECK(run.stored.left_out.at(3) == std::vector{first_step});
  CHECK(run.stuck.size() == 1);  // no second thread waits

  run.gate->open();
  while (!run.stuck.empty()) {
    run.stuck.forget_finished();
    std::this_thread::yield();
  }
  run.run({});
  CHECK(run.stored.left_out.at(3).empty());
}

TEST_CASE("run_watched: after some stuck steps of a kind the rest of the kind is left out", "[model]") {
  StuckTasks stuck;
  const ProcessKey key{Pid(1), Ticks(7)};
  const auto waits = std::make_shared<std::atomic<bool>>(false);
  for (std::uint32_t i = 0; i < 4; ++i) stuck.add(key, {9, i}, waits);
  Attempt attempt(stuck);
  attempt.identify(key);
  CHECK_FALSE(attempt.begin({9, 0}));
  CHECK_FALSE(attempt.begin({9, 100}));
}
