// Work on a thread of its own: the newest wish in, its answer out, and nobody waits for it at the end.
#include "background.hpp"

#include <poll.h>

#include <future>

#include "support/catch.hpp"

using namespace ptop::app;

namespace {

template <class B>
auto wait_for(B& background) {
  pollfd ready{background.fd(), POLLIN, 0};
  ::poll(&ready, 1, 60'000);
  return background.take();
}

}  // namespace

TEST_CASE("background: answers the wish", "[tui]") {
  Background<int, int> twice([](int n) { return 2 * n; });
  CHECK_FALSE(twice.take());
  twice.ask(21);
  CHECK(wait_for(twice) == 42);
  CHECK_FALSE(twice.take());
}

TEST_CASE("background: of wishes that come while it works, the newest", "[tui]") {
  std::promise<void> go_on;
  std::promise<void> begun;
  Background<int, int> same([&, waits = go_on.get_future().share()](int n) {
    if (n == 1) begun.set_value(), waits.wait();
    return n;
  });
  same.ask(1);
  begun.get_future().wait();
  same.ask(2);
  same.ask(3);
  go_on.set_value();
  auto answer = wait_for(same);
  if (answer == 1) answer = wait_for(same);
  CHECK(answer == 3);
}

TEST_CASE("background: its end does not wait for work, which keeps what it owns", "[tui]") {
  struct Stages {
    std::promise<void> begun, go_on;
    std::promise<int> ended;
  };
  const auto stages = std::make_shared<Stages>();
  auto result = stages->ended.get_future();
  {
    Background<int, int> stuck([stages](int n) {
      stages->begun.set_value();
      stages->go_on.get_future().wait();
      stages->ended.set_value(n);
      return n;
    });
    stuck.ask(1);
    stages->begun.get_future().wait();
  }
  CHECK(threads_left_behind == 1);
  threads_left_behind = 0;
  stages->go_on.set_value();
  CHECK(result.get() == 1);
}
