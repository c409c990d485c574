// A zombie collected late: by another thread, by waitid(2), with __WALL; how long it was one, within what we
// measured.
#include <sys/resource.h>
#include <thread>

#include "tracee.hpp"

namespace {

constexpr std::uint64_t slack_ns = 80'000'000;  // until the tracer has a processor and looks at its clock

/// The end of the child lies between `birth` and `dead`; its collection between `before` and `after`.
template <class Collect>
void late(Collect collect) {
  const auto birth = now_ns();
  const pid_t child = ::fork();
  if (child == 0) ::_exit(1);
  expect("%d fork %d", ::getpid(), child);
  expect("%d exit 1", child);
  siginfo_t info{};
  require(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0, "waitid");
  const auto dead = now_ns();
  ::usleep(100'000);
  const auto before = now_ns();
  collect(child);
  const auto after = now_ns();
  expect("%d reaped waited %d", child, ::getpid());
  expect("%d zombie-ns %llu %llu", child, static_cast<unsigned long long>(before - dead - slack_ns),
         static_cast<unsigned long long>(after - birth + slack_ns));
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  late([](pid_t child) { std::thread([child] { wait_for(child); }).join(); });
  late([](pid_t child) {
    siginfo_t info{};
    require(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED) == 0, "waitid");
  });
  late([](pid_t child) { require(::waitpid(child, nullptr, __WALL) == child, "waitpid"); });
  late([](pid_t) { require(::wait3(nullptr, 0, nullptr) > 0, "wait3"); });
  succeed();
}
