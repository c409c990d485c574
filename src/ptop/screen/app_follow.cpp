// Following the selected process: beginning, switching, letting go.
#include <algorithm>

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

const App::Followed* App::followed(ProcessKey root) const {
  const auto found = std::ranges::find(followed_, root, [](const Followed& f) { return f.wish.process; });
  return found == followed_.end() ? nullptr : &*found;
}

/// The same key on the same process lets it go; on another one that is followed as well.
void App::toggle_follow(bool tree) {
  const auto selected = list_.selected();
  if (selected && ports_.follow->follows(*selected) && !next_) {
    const Followed* known = followed(*selected);
    if (known != nullptr && known->wish.tree == tree) return ports_.follow->detach(*selected, "detached");
  }
  follow(tree, calls_on_);
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
    return report(ended ? fmt::format("nothing is selected: {} has ended", ended->tid.raw())
                        : "nothing is selected");
  }
  if (const auto why = objection(*process)) {
    return report(fmt::format("cannot follow {}: {}", process->pid.raw(), *why));
  }
  FollowWish wish{process->process_key(), tree, syscalls};
  if (pane_filter_.calls()) wish.calls = *pane_filter_.calls();
  if (!ports_.follow->follows(wish.process)) return start_following(wish, escaped(process->stat.comm));
  next_ = Followed{wish, escaped(process->stat.comm)};
  ports_.follow->detach(wish.process, "followed in another way");
}

/// The first of several clears what the last following left.
void App::start_following(const FollowWish& wish, std::string name) {
  const bool first = !ports_.follow->active();
  if (first) ports_.follow->feed().reset();
  if (const auto attached = ports_.follow->attach(wish); !attached) {
    const Error& error = attached.error();
    const bool ours = followed_by_us(wish.process);
    const std::string why = error.code == Errc::gone ? "it has ended"
                            : ours                   ? "it is followed already, with an ancestor of it"
                                                     : describe(error);
    return report(fmt::format("cannot follow {}: {}", wish.process.pid.raw(), why));
  }
  begin_log(wish, std::move(name), first);
}

void App::begin_log(const FollowWish& wish, std::string name, bool first) {
  if (first) {
    events_.begin({});
    followed_.clear();
    end_reason_.clear();
    calls_on_ = false;
  }
  std::erase_if(followed_, [&](const Followed& f) { return f.wish.process == wish.process; });
  followed_.push_back({wish, std::move(name)});
  calls_on_ = calls_on_ || wish.syscalls;
  pane_open_ = true;
  pane_scroll_ = 0;
}

/// A root that is followed with its descendants is an ancestor.
bool App::followed_by_us(ProcessKey process) const {
  const auto place = frame_ ? model::find_index(frame_->snapshot, process.pid) : std::nullopt;
  if (!place) return false;
  auto index = *place;
  while (const auto parent = frame_->tree->nodes[index].parent) {
    index = *parent;
    if (ports_.follow->follows(frame_->snapshot.processes[index].process_key())) return true;
  }
  return false;
}

void App::take_events() {
  FeedBatch batch = ports_.follow->feed().take();
  events_.count(batch.events, batch.skipped, batch.lost);
  for (EventItem& item : batch.items) events_.add(std::move(item));
  if (!batch.end_reason.empty()) end_reason_ = escaped(batch.end_reason);
  if (!next_ || ports_.follow->follows(next_->wish.process)) return;
  const Followed next = *std::exchange(next_, std::nullopt);
  start_following(next.wish, next.name);
}

void App::detach(std::string_view reason) {
  next_.reset();
  if (ports_.follow->active()) ports_.follow->detach_all(reason);
}

void App::escape_pane() {
  if (ports_.follow->active()) return detach("detached");
  pane_open_ = pane_zoomed_ = false;
  focus_ = Focus::list;
}

}  // namespace ptop::app
