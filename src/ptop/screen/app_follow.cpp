// Following the selected process: beginning, switching, letting go.
#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

const model::Sample* App::selected_sample() const {
  const auto key = list_.selected();
  if (!key || !frame_) return nullptr;
  const auto* sample = model::find_process(frame_->snapshot, key->pid);
  return sample != nullptr && sample->process_key() == *key ? sample : nullptr;
}

/// The terminal emulator, tmux or sshd that shows our screen: an ancestor of ours in another session. While
/// it is in a ptrace-stop it reads nothing, and we would wait for it to read while it waits for us.
bool App::carries_our_terminal(const model::Sample& process) const {
  const auto& processes = frame_->snapshot.processes;
  const auto self = model::find_index(frame_->snapshot, config_.self);
  if (!self || process.stat.sid == processes[*self].stat.sid) return false;
  model::ProcessIndex index = *self;
  while (const auto parent = frame_->tree->nodes[index].parent) {
    index = *parent;
    if (&processes[index] == &process) return true;
  }
  return false;
}

void App::toggle_follow(bool tree) {
  const auto selected = list_.selected();
  const bool same = followed_ && selected == followed_->wish.process && tree == followed_->wish.tree;
  if (ports_.follow->active() && same && !next_) return detach("detached");
  follow(tree, false);
}

/// Why this process cannot be followed; nullopt: nothing speaks against trying.
std::optional<std::string> App::objection(const model::Sample& process) const {
  if (!config_.live) return "these are not this machine's processes";
  if (config_.readonly) return "ptop was started with --readonly";
  if (process.pid == config_.self) return "ptop cannot follow itself";
  if (process.stat.is_kernel_thread()) return "it is a kernel thread";
  if (carries_our_terminal(process)) return "it carries this terminal, both would wait for ever";
  return std::nullopt;
}

void App::follow(bool tree, bool syscalls) {
  const model::Sample* process = selected_sample();
  if (process == nullptr) {
    const auto ended = list_.ended();
    return report(ended ? fmt::format("nothing is selected: {} has ended", ended->pid.raw())
                        : "nothing is selected");
  }
  if (const auto why = objection(*process)) {
    return report(fmt::format("cannot follow {}: {}", process->pid.raw(), *why));
  }
  const FollowWish wish{process->process_key(), tree, syscalls};
  if (!ports_.follow->active()) return start_following(wish, escaped(process->stat.comm));
  next_ = Followed{wish, escaped(process->stat.comm)};
  ports_.follow->detach("detached");
}

void App::start_following(const FollowWish& wish, std::string name) {
  if (const auto attached = ports_.follow->attach(wish, events_); !attached) {
    const Error& error = attached.error();
    const std::string why = error.code == Errc::gone ? "it has ended" : describe(error);
    return report(fmt::format("cannot follow {}: {}", wish.process.pid.raw(), why));
  }
  followed_ = Followed{wish, std::move(name)};
  pane_open_ = true;
  pane_scroll_ = 0;
}

void App::after_follow_poll() {
  // An engine that gave up waiting for a task stuck in the kernel could not say that it ended.
  if (!ports_.follow->active() && events_.open()) events_.end({.reason = "ended before all could be let go"});
  if (!next_ || ports_.follow->active()) return;
  const Followed next = *std::exchange(next_, std::nullopt);
  start_following(next.wish, next.name);
}

void App::detach(std::string_view reason) {
  next_.reset();
  if (ports_.follow->active()) ports_.follow->detach(reason);
}

void App::escape_pane() {
  if (ports_.follow->active()) return detach("detached");
  pane_open_ = false;
  focus_ = Focus::list;
}

std::string App::pane_title() const {
  if (!followed_) return "";
  const FollowWish& wish = followed_->wish;
  std::string out = fmt::format(
      "{} {} {}{}{}", events_.open() ? "Following" : "Followed", wish.process.pid.raw(), followed_->name,
      wish.tree ? " and its descendants" : "", wish.syscalls ? ", system calls too" : "");
  out += fmt::format(": {} events", events_.total());
  if (events_.dropped() > 0) out += fmt::format(", {} oldest dropped", events_.dropped());
  if (events_.lost() > 0) out += fmt::format(", {} lost", events_.lost());
  if (!events_.open() && !events_.reason().empty()) out += fmt::format(" ({})", events_.reason());
  return out;
}

}  // namespace ptop::app
