// Events tell when to look; what the ledger makes of the looks becomes events.
#include "ptop/insight/fd_audit.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "descriptor_ledger.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/sockets/sock_diag.hpp"

namespace ptop::insight {
namespace {

using namespace follow;

std::vector<std::string_view> split_environment(std::string_view raw) {
  std::vector<std::string_view> variables;
  while (!raw.empty()) {
    variables.push_back(raw.substr(0, raw.find('\0')));
    raw.remove_prefix(std::min(raw.size(), variables.back().size() + 1));
  }
  return variables;
}

/// Calls that write the numbers of new descriptors to memory instead of returning one.
bool writes_descriptors(std::string_view call) {
  constexpr std::array<std::string_view, 5> calls{"pipe", "pipe2", "socketpair", "recvmsg", "recvmmsg"};
  return std::ranges::find(calls, call) != calls.end();
}

/// The descriptors in a tree, behind pointers that is: not the argument itself.
template <class Each>
void for_descriptors_in(const decode::Decoded& tree, const Each& each) {
  const auto of = [&](const decode::Decoded* below) {
    const auto* const fd = below ? std::get_if<decode::FileDescriptor>(&below->what) : nullptr;
    if (fd) each(fd->value);
    if (below && !fd) for_descriptors_in(*below, each);
  };
  std::visit(overloaded{[&](const decode::Record& record) {
                          for (const decode::Field& field : record.fields) of(field.value);
                        },
                        [&](const decode::List& list) {
                          for (const decode::Decoded& item : list.items) of(&item);
                        },
                        [&](const decode::Changed& changed) { of(changed.after); },
                        [&](const decode::Remarked& remarked) { of(remarked.value); }, [](const auto&) {}},
             tree.what);
}

const std::string& program_of(const Execed& e) { return e.interpreter ? e.filename : e.path; }

}  // namespace

class FdAudit::Impl {
 public:
  Impl(procfs::Reader reader, Sink& next) : reader_(std::move(reader)), next_(&next) {}

  void begin(const Header& header) { next_->begin(header); }

  void on(const Event& event) {
    now_ns_ = event.t_ns;
    const bool leaves = leaves_before(event);
    if (leaves) tell_finished(event);  // before the end of the last process that had them
    forward(event);
    std::visit(
        overloaded{[&](const Attached&) { attached(event); }, [&](const Forked& f) { forked(event, f); },
                   [&](const Execed& e) { execed(event, e); }, [&](const Recipe& r) { prepared(event, r); },
                   [&](const SyscallDone& call) { called(event, call); }, [](const auto&) {}},
        event.what);
    tell_finished(event);
  }

  void at_exit_stop(ProcessKey process) {
    if (const auto seen = look(reader_, process.pid)) ledger_.leaving(process.pid, *seen);
    next_->at_exit_stop(process);
  }

  void end(const Trailer& trailer) {
    for (const Pid pid : ledger_.pids()) ledger_.gone(pid);
    last_.t_ns = trailer.t_ns;
    tell_finished(last_);
    Trailer counted = trailer;
    counted.events = seq_;
    next_->end(counted);
  }

 private:
  static ProcessKey key_of(const Event& event) { return {event.pid, event.task.start}; }

  void forward(Event event) {
    event.seq = ++seq_;
    last_ = event;
    last_.what = Detached{};
    next_->on(event);
  }

  /// An event of our own, with the process and time of another one.
  void add(const Event& cause, What what) {
    Event event = cause;
    event.seq = ++seq_;
    event.what = std::move(what);
    next_->on(event);
  }

  void tell_finished(const Event& cause) {
    for (auto& story : ledger_.take_finished()) {
      story.leaked = story.leaks != 0;
      add(cause, std::move(story));
    }
  }

  bool leaves_before(const Event& event) {
    const auto* const exited = std::get_if<Exited>(&event.what);
    const bool ends = (exited && !exited->thread) || std::holds_alternative<Detached>(event.what);
    if (ends) ledger_.gone(event.pid);
    return ends;
  }

  void attached(const Event& event) {
    if (event.task.tid != leader_of(event.pid)) return;
    std::string program;
    if (auto dir = reader_.open_process(event.pid)) program = dir->read_link("exe").value_or(std::string());
    const auto seen = look(reader_, event.pid);
    ledger_.begin(key_of(event), std::move(program), seen ? *seen : std::vector<Seen>(), now_ns_);
  }

  /// The child has not run yet: its table is that of its parent at the fork. When it was killed already, its
  /// parent's tells.
  void forked(const Event& event, const Forked& f) {
    if (f.thread) return;
    Pid looked = f.child_pid;
    auto seen = look(reader_, looked);
    if (!seen) seen = look(reader_, looked = event.pid);
    if (!seen) return;
    ledger_.born(key_of(event), {f.child_pid, f.child.start}, looked, *seen, now_ns_);
  }

  void execed(const Event& event, const Execed& e) {
    const auto seen = look(reader_, event.pid);
    Inherited inherited;
    if (!seen) {
      inherited.denied = seen.error().code == Errc::denied;
      ledger_.gone(event.pid);
      if (inherited.denied) add(event, std::move(inherited));
      return;
    }
    const bool none = seen->empty() || is_standard(seen->back().fd);
    const std::string environment = none ? std::string() : environment_of(event.pid);
    const std::vector<Pid> pids = none ? std::vector<Pid>() : pids_of(event.pid);
    const Told told{.argv = e.argv,
                    .environment = split_environment(environment),
                    .pids = pids,
                    .prepares_another = e.prepares_another};
    inherited.descriptors = ledger_.execed(key_of(event), program_of(e), *seen, told, reader_, now_ns_);
    auto got = inherited.descriptors.begin();  // in the same order
    for (const Seen& one : *seen) {
      if (!is_standard(one.fd)) (got++)->ends = ends_of(one, event.pid);
    }
    if (!inherited.descriptors.empty()) add(event, std::move(inherited));
  }

  void opened(Pid pid, int fd, std::string_view call) {
    ledger_.opened_by_call(pid, fd, {std::string(call), target_of(reader_, pid, fd)});
  }

  void prepared(const Event& event, const Recipe& r) {
    for (const RecipeStep& step : r.steps) {
      const bool opens = step.error_number == 0 && (step.action == "open" || step.action == "pipe");
      if (opens && step.fd) opened(event.pid, *step.fd, step.call);
      if (opens && step.to) opened(event.pid, *step.to, step.call);
    }
  }

  void called(const Event& event, const SyscallDone& call) {
    for (const decode::Field& field : call.args) {
      const auto* const fd = field.value ? std::get_if<decode::FileDescriptor>(&field.value->what) : nullptr;
      if (fd) ledger_.used_by_call(event.pid, fd->value);
    }
    const auto* const made = std::get_if<decode::FileDescriptor>(&call.ret_decoded.what);
    if (made && call.error_number == 0) opened(event.pid, made->value, call.name);
    if (call.error_number != 0 || !writes_descriptors(call.name)) return;
    for (const decode::Field& field : call.args) {
      if (field.value) for_descriptors_in(*field.value, [&](int fd) { opened(event.pid, fd, call.name); });
    }
  }

  std::string environment_of(Pid pid) {
    auto dir = reader_.open_process(pid);
    return dir ? dir->read_environ().value_or(std::string()) : std::string();
  }

  std::vector<Pid> pids_of(Pid pid) {
    auto dir = reader_.open_process(pid);
    const auto status = dir ? dir->read_status() : Result<procfs::Status>(fail(dir.error()));
    return status && !status->ns_pid.empty() ? status->ns_pid : std::vector<Pid>{pid};
  }

  std::vector<Pid> ends_of(const Seen& seen, Pid self) {
    std::vector<Pid> pids;
    if (seen.link.kind == procfs::FdKind::pipe) pids = ledger_.other_ends(seen);
    if (seen.link.kind == procfs::FdKind::socket && seen.link.inode) {
      if (const auto peer = peer_of(*seen.link.inode)) pids = ledger_.holders_of_socket(*peer);
    }
    std::erase(pids, self);
    return pids;
  }

  /// Of a connected unix socket in our network namespace. The kernel is asked once for a socket that it knows
  /// a peer of: who is connected to whom does not change.
  std::optional<std::uint64_t> peer_of(std::uint64_t inode) {
    if (const auto known = peers_.find(inode); known != peers_.end()) return known->second;
    auto diag = sockets::SockDiag::open();
    auto all = diag ? diag->unix_sockets() : fail(diag.error());
    if (!all) return std::nullopt;
    peers_.clear();
    for (const sockets::UnixDiag& socket : *all) {
      if (socket.peer && *socket.peer != 0) peers_.emplace(socket.inode, *socket.peer);
    }
    const auto found = peers_.find(inode);
    return found == peers_.end() ? std::nullopt : std::optional(found->second);
  }

  procfs::Reader reader_;
  Sink* next_;
  Ledger ledger_;
  std::unordered_map<std::uint64_t, std::uint64_t> peers_;  ///< of unix sockets, by inode
  std::uint64_t seq_ = 0, now_ns_ = 0;
  Event last_;  ///< without its particulars
};

FdAudit::FdAudit(procfs::Reader reader, Sink& next)
    : impl_(std::make_unique<Impl>(std::move(reader), next)) {}
FdAudit::~FdAudit() = default;
void FdAudit::begin(const Header& header) { impl_->begin(header); }
void FdAudit::on(const Event& event) { impl_->on(event); }
void FdAudit::at_exit_stop(ProcessKey process) { impl_->at_exit_stop(process); }
void FdAudit::end(const Trailer& trailer) { impl_->end(trailer); }

}  // namespace ptop::insight
