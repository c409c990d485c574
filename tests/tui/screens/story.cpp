// Scans of recordings, with time added.
#include "story.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>

#include "recorded_events.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

namespace ptop::app::test {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point first_scan(std::chrono::seconds(1'700'000'000));
constexpr std::uint64_t ticks_between = 150, used_by_running = 96;  // of 1/100 s
constexpr int page_patience_ms = 60'000;

procfs::Reader reader_of(const std::string& root) {
  auto reader = procfs::Reader::open(root.starts_with('/') ? root : ptop::test::fixtures() + "/proc/" + root);
  REQUIRE(reader);
  return std::move(*reader);
}

void add_time(procfs::CpuTimes& cpu, std::uint64_t scans, std::uint64_t per_cent) {
  const std::uint64_t ticks = ticks_between * scans;
  cpu.user += ticks * per_cent / 100;
  cpu.system += ticks * per_cent / 400;
  cpu.idle += ticks - ticks * per_cent / 100 - ticks * per_cent / 400;
}

void add_time(model::Snapshot& snapshot, std::uint64_t scans) {
  snapshot.taken_at = std::chrono::steady_clock::time_point(1500ms * scans);
  snapshot.taken_at_wall = first_scan + 1500ms * scans;
  std::uint64_t per_cent = 70;
  for (auto& cpu : snapshot.host.stat.cpus) add_time(cpu, scans, per_cent), per_cent /= 2;
  add_time(snapshot.host.stat.all, scans * std::max<std::size_t>(snapshot.host.stat.cpus.size(), 1), 40);
  for (std::size_t i = 0; i < snapshot.processes.size(); ++i) {
    if (snapshot.processes[i].stat.state != procfs::TaskState::running) continue;
    auto& stat = snapshot.processes.change(i).stat;
    stat.utime = Ticks(stat.utime.raw() + used_by_running * scans);
  }
}

}  // namespace

Story::Story(const std::string& root, Config config, int rows, int columns)
    : reader_(reader_of(root)), pages_(reader_.duplicate()), screen_(rows, columns, std::move(config)) {}

model::Snapshot Story::snapshot_now() {
  const ScanWish wish = screen_.app.scan_wish();
  auto snapshot = model::scan(reader_, {.sources = wish.sources | wish.shown_sources,
                                        .threads = wish.threads,
                                        .thread_sources = wish.thread_sources});
  REQUIRE(snapshot);
  add_time(*snapshot, scans_);
  model::SampleList living;
  for (std::size_t i = 0; i < snapshot->processes.size(); ++i) {
    model::Sample sample = snapshot->processes[i];
    if (ended_.contains(sample.pid.raw())) continue;
    if (replaced_.contains(sample.pid.raw())) {
      sample.key.start = sample.stat.start = Ticks(sample.stat.start.raw() + 1);
      sample.stat.comm = "another";
      sample.cmdline = std::string("another\0one\0", 12);
    }
    living.push_back(std::move(sample));
  }
  snapshot->processes = std::move(living);
  return std::move(*snapshot);
}

void Story::scan() {
  screen_.text();  // what is in sight decides on what is read
  model::Snapshot snapshot = snapshot_now();
  ++scans_;
  history_ = std::make_shared<const model::History>(history_->next(snapshot));
  last_ = make_frame(std::move(snapshot), history_, last_.get());
  screen_.show(last_);
  answer_details();
}

void Story::play(std::string_view steps) {
  while (!steps.empty()) {
    const bool quoted = steps.front() == '\'';
    const auto end = std::min(steps.find(quoted ? '\'' : ' ', quoted ? 1 : 0), steps.size());
    const auto word = steps.substr(0, end);
    if (quoted)
      for (const char c : word.substr(1)) press(static_cast<Key>(c));
    else if (!word.empty())
      step(word);
    steps.remove_prefix(std::min(end + 1, steps.size()));
  }
}

void Story::step(std::string_view word) {
  if (word.size() > 1 && word.front() == '@') {
    const auto colon = std::min(word.find(':'), word.size());
    return happen(word.substr(1, colon - 1), std::string(word.substr(std::min(colon + 1, word.size()))));
  }
  const auto key = parse_key(word);
  INFO("the key " << word);
  REQUIRE(key);
  press(*key);
}

void Story::happen(std::string_view what, const std::string& detail) {
  if (what == "scan") return scan();
  if (what == "ended") return ended_.insert(std::stoi(detail)), scan();
  if (what == "replaced") return replaced_.insert(std::stoi(detail)), scan();
  if (what == "refused") return void(screen_.act.refusal = Error{Errc::denied, 1, "pidfd_send_signal"});
  if (what == "detached") return screen_.port.detach_all("detached"), screen_.port.finish();
  REQUIRE(what == "events");
  play_events(detail, [&](const follow::Event& event) { screen_.port.tell(event); });
  screen_.text();
}

void Story::press(Key key) {
  screen_.text();
  screen_.press(key);
  answer_details();
  if (screen_.app.take_scan_wanted()) scan();
}

/// What another thread reads in ptop is waited for here.
void Story::answer_details() {
  auto& wishes = screen_.details.wishes;
  if (wishes.size() == pages_asked_) return;
  pages_asked_ = wishes.size();
  pages_.ask(wishes.back());
  pollfd ready{pages_.fd(), POLLIN, 0};
  REQUIRE(::poll(&ready, 1, page_patience_ms) == 1);
  screen_.details.answer = pages_.take();
  screen_.app.on_details();
}

const Surface& Story::look() {
  if (last_) scan();
  screen_.text();
  return screen_.surface;
}

}  // namespace ptop::app::test
