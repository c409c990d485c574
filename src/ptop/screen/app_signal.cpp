// Sending signals: the list of them, with what the processes do with each, and asking once more.
#include <algorithm>
#include <chrono>
#include <ctime>

#include <fmt/format.h>

#include "app.hpp"
#include "signal_words.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t most_at_once = 128;  // get a signal before keys are looked at again: some 10 ms
constexpr std::size_t most_asked = 64;     // of more tagged ones nobody is asked what it does with signals

/// What each of them does with it, if that is the same.
std::string_view common_use(const std::vector<SignalUse>& uses, int signal) {
  if (uses.empty()) return "";
  const std::string_view first = use_name(uses[0], signal);
  const auto same = [&](const SignalUse& use) { return use_name(use, signal) == first; };
  return std::all_of(uses.begin(), uses.end(), same) ? first : "differs";
}

bool has_branch(const auto& whom) {
  return std::any_of(whom.begin(), whom.end(), [](const auto& target) { return target.with_branch; });
}

std::string_view branch_words(const auto& whom) {
  return has_branch(whom) ? " and children born meanwhile" : "";
}

}  // namespace

std::vector<SignalUse> App::signal_uses(const std::vector<Target>& whom) {
  std::vector<SignalUse> uses;
  for (const Target& target : whom) {
    const auto use = whom.size() > most_asked ? fail(Error{}) : ports_.act->signal_use(target.process);
    if (!use) return {};
    uses.push_back(*use);
  }
  return uses;
}

void App::open_signal_menu() {
  auto whom = targets();
  if (whom.empty()) return;
  Menu menu{.title = fmt::format("Send a signal to {}{}", name_of(whom), branch_words(whom)),
            .hint = "type a name or a number"};
  const auto uses = signal_uses(whom);
  // The kernel keeps the init of a pid namespace from what it has no handler for.
  const bool init = whom.size() == 1 && whom[0].process.pid == Pid(1);
  for (const SignalWords& row : sendable_signals()) {
    std::string_view use = common_use(uses, row.signal);
    if (init && use.empty()) use = "no effect";
    menu.items.push_back({fmt::format("{:>2} {}", row.signal, signal_label(row.signal)),
                          fmt::format("{:<9} {:<9} {}", default_name(row.by_default), use, row.words),
                          [this, whom, signal = row.signal] {
                            settings_.confirm_signals ? confirm_signal(whom, signal)
                                                      : send_signal(whom, signal);
                          }});
  }
  menu_ = std::move(menu);
}

/// "12:03:59" today, with the date before it otherwise.
std::string App::start_of(ProcessKey process) const {
  const procfs::SystemInfo& info = frame_->snapshot.host.info;
  const auto started = static_cast<std::time_t>(
      info.boot_time + process.start.raw() / std::max<std::uint64_t>(info.clock_ticks, 1));
  const std::time_t now = std::chrono::system_clock::to_time_t(frame_->snapshot.taken_at_wall);
  std::tm then{}, today{};
  ::localtime_r(&started, &then);
  ::localtime_r(&now, &today);
  const bool same_day = then.tm_year == today.tm_year && then.tm_yday == today.tm_yday;
  char text[32] = "";
  std::strftime(text, sizeof text, same_day ? "%H:%M:%S" : "%Y-%m-%d %H:%M:%S", &then);
  return text;
}

/// The first answer is no: Enter alone sends nothing.
void App::confirm_signal(const std::vector<Target>& whom, int signal) {
  const std::string since =
      whom.size() == 1 ? fmt::format(", which runs since {}", start_of(whom[0].process)) : "";
  menu_ = Menu{.title = fmt::format("Send {} to {}{}{}?", signal_label(signal), name_of(whom), since,
                                    branch_words(whom)),
               .items = {{"No", "", [this] { note("nothing was sent"); }},
                         {"Yes", "", [this, whom, signal] { send_signal(whom, signal); }}}};
}

void App::send_signal(const std::vector<Target>& whom, int signal) {
  if (has_branch(whom)) return send_to_branch(whom, signal);
  act_on_each(whom, fmt::format("sent {} to", signal_label(signal)),
              [&](const Target& target) { return ports_.act->send_signal(target.process, signal); });
}

/// Those that were tagged one by one among them get it as ever.
void App::send_to_branch(const std::vector<Target>& whom, int signal) {
  if (sending_) return report(fmt::format("{} is still being sent", signal_label(sending_->signal)));
  std::vector<ProcessKey> all, members;
  for (const Target& target : whom) {
    all.push_back(target.process);
    if (target.with_branch && !target.doubtful) members.push_back(target.process);
  }
  sending_ =
      std::make_unique<Sending>(Sending{whom, signal, BranchSignal(*ports_.act, all, members, signal)});
  send_more();
}

void App::send_more() {
  BranchSignal& branch = sending_->branch;
  if (!branch.prepare(most_at_once) || !send_to_next() || !branch.finish(most_at_once)) {
    return note(fmt::format("sending {} to {}: {}", signal_label(sending_->signal), name_of(sending_->whom),
                            sending_->next));
  }
  scan_wanted_ = true;
  tell(sending_->outcome, sending_->whom, fmt::format("sent {} to", signal_label(sending_->signal)));
  if (branch.born() > 0) message_ += fmt::format("; also to {} born meanwhile", branch.born());
  if (branch.missed()) report(message_ + "; there are more children: not permitted, or born too fast");
  sending_.reset();
}

/// Whether that were the last of them.
bool App::send_to_next() {
  const auto send = [this](const Target& target) {
    return target.with_branch ? sending_->branch.send(target.process)
                              : ports_.act->send_signal(target.process, sending_->signal);
  };
  const std::size_t end = std::min(sending_->next + most_at_once, sending_->whom.size());
  for (; sending_->next < end; ++sending_->next)
    act_on_one(sending_->whom[sending_->next], sending_->outcome, send);
  return end == sending_->whom.size();
}

}  // namespace ptop::app
