// Who sent what to whom is told by the siginfo of our handlers and of the program's signal-delivery-stops.
#include "job.hpp"

#include <cerrno>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

#include "ptop/procfs/reader.hpp"

namespace ptop::ptrace_fork {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// One kill(2) of a group reaches us and the program that far apart at most.
constexpr milliseconds same_moment{100};
/// For a program that tidies up the screen before it stops itself.
constexpr seconds stop_patience{10};
/// Two requests are two when the program has had the first, or after this.
constexpr seconds request_patience{1};

bool stops_a_job(int signal) { return signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU; }
bool has_signal(std::uint64_t mask, int signal) { return (mask >> (signal - 1) & 1U) != 0; }

}  // namespace

Job::Job(follow::Follower& follower, bool stops_with_it)
    : follower_(follower), stops_with_it_(stops_with_it) {
  follower.on_program_signal([this](const siginfo_t& info) {
    got_[static_cast<std::size_t>(info.si_signo)] = {info.si_code, info.si_code <= 0 ? info.si_pid : 0,
                                                     std::chrono::steady_clock::now()};
  });
  follower.on_program_stop([this](int signal) { program_stopped(signal); });
}

Job::~Job() {
  follower_.on_program_signal({});
  follower_.on_program_stop({});
}

bool Job::in_our_group() const { return ::getpgid(follower_.program()->raw()) == ::getpgrp(); }

/// Not what the tree does to itself. An orphan is known by the follower only, somebody let go by his parents.
bool Job::is_of_the_tree(pid_t sender) const {
  if (follower_.follows(Pid(sender))) return true;
  auto reader = procfs::Reader::open("/proc");
  for (Pid above(sender); reader && above != Pid(0);) {
    if (above == follower_.program() || above.raw() == ::getpid()) return true;
    const auto stat = reader->read_stat(above);
    if (!stat) return false;
    above = stat->ppid;
  }
  return false;
}

bool Job::got_itself(const Asked& asked) const {
  const Got& got = got_[static_cast<std::size_t>(asked.signal)];
  return got.at != Moment{} && got.sender == asked.sender && got.at + same_moment >= asked.at;
}

/// A second one of a pending signal is dropped by the kernel. Held back: nobody knows when it is delivered.
Job::Pending Job::pending(int signal) const {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return Pending::no;
  const auto status = reader->read_status(*follower_.program());
  if (!status || !has_signal(status->signals.shared_pending, signal)) return Pending::no;
  const auto stat = reader->read_stat(*follower_.program());
  const bool stands = !stat || stat->state == procfs::TaskState::stopped ||
                      stat->state == procfs::TaskState::tracing_stop ||
                      stat->state == procfs::TaskState::disk_sleep;
  return stands || has_signal(status->signals.blocked, signal) ? Pending::held_back : Pending::soon;
}

/// A copy for the whole group may have become one with ours while that was pending.
bool Job::is_once_more(const Asked& asked, Pending pending) const {
  if (asked.at - passed_on_->at > request_patience) return true;
  const Moment had = got_[static_cast<std::size_t>(asked.signal)].at;
  return pending == Pending::no && had > passed_on_->at && asked.at > had;
}

/// timeout(1) sends what it sends to us to our group as well.
bool Job::is_copy_of_request(const Asked& asked) const {
  return asked.signal == left_for_->signal && asked.by_process == left_for_->by_process &&
         asked.sender == left_for_->sender && asked.at - left_for_->at < same_moment;
}

void Job::leave(const Asked& asked) {
  if (!left_for_) {
    left_for_ = asked;
    return follower_.detach("interrupted");
  }
  if (is_copy_of_request(asked)) return;
  at_once_ = true;
  follower_.abandon();
}

void Job::obey(const Asked& asked) {
  if (asked.signal == SIGTSTP) return asked_to_stop(asked);
  if (follower_.program() && asked.by_process && is_of_the_tree(asked.sender)) return;
  if (!program_runs()) return leave(asked);
  if (!asked.by_process && in_our_group()) return;
  const Pending has = pending(asked.signal);
  (void)follower_.poll();  // it may stand there with the signal
  if (has == Pending::soon || got_itself(asked)) return;
  if (!program_runs()) return leave(asked);
  if (passed_on_ && passed_on_->signal == asked.signal) {
    if (is_once_more(asked, has)) leave(asked);
    return;
  }
  passed_on_ = asked;
  if (has == Pending::no) ::kill(follower_.program()->raw(), asked.signal);
}

void Job::obey_after_log(const Asked& asked) {
  if (asked.signal == SIGTSTP) return asked_to_stop(asked);
  if (asked.by_process ? is_of_the_tree(asked.sender) : in_our_group()) return;
  if (left_for_) die_of(asked.signal);
  if (pending(asked.signal) == Pending::no) ::kill(follower_.program()->raw(), asked.signal);
}

/// Where the program is out of the terminal's reach it cannot stop, and we do it alone.
void Job::asked_to_stop(const Asked& asked) {
  if (!stops_with_it_ || !follower_.program() || asked.at <= continued_) return;
  if (asked.by_process || (program_runs() && in_our_group()))
    stop_asked_ = asked;
  else
    stop_now(SIGTSTP);
}

void Job::program_stopped(int signal) {
  program_stop_.reset();
  if (signal != 0) program_stop_ = Stop{signal, got_[static_cast<std::size_t>(signal)]};
}

/// In a group of its own, as shells do it: nobody but the caller would continue it.
bool Job::leads_the_terminal() const {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return false;
  const auto stat = reader->read_stat(*follower_.program());
  return stat && stat->pgid.raw() != ::getpgrp() && stat->pgid.raw() == stat->tpgid;
}

bool Job::is_stop_of_ours(const Stop& stop) const {
  if (stop.how.code > 0 && stops_a_job(stop.signal)) return true;  // the kernel: terminal
  const pid_t program = follower_.program()->raw();
  if (stop.how.sender == program && leads_the_terminal()) return true;
  if (!stop_asked_) return false;
  const auto after = stop.how.at - stop_asked_->at;
  if (stop_asked_->by_process)
    return stop.how.sender == stop_asked_->sender && std::chrono::abs(after) < same_moment;
  return stop.how.sender == program && after < stop_patience;  // it caught Ctrl-Z, and stopped itself then
}

void Job::stop_if_due() {
  if (!stops_with_it_ || !program_stop_ || !is_stop_of_ours(*program_stop_)) return;
  const int signal = program_stop_->signal;
  stop_now(stops_a_job(signal) ? signal : SIGTSTP);
}

/// By the same signal: shells tell the user which one it was. They continue our group, and where the program
/// stopped in another one, it is for us to pass that on.
void Job::stop_now(int signal) {
  const bool with_program = program_stop_.has_value();
  stop_asked_.reset();
  program_stop_.reset();
  stop_by(signal);
  continued_ = std::chrono::steady_clock::now();
  if (with_program && !in_our_group()) ::kill(follower_.program()->raw(), SIGCONT);
}

/// Untraced, nobody tells who stopped it. SIGTTIN and SIGTTOU are the terminal's, and SIGTSTP is ours when we
/// got one, too.
void Job::program_waited(int status) {
  program_stop_.reset();
  if (!WIFSTOPPED(status)) return;
  const int signal = WSTOPSIG(status);
  const bool of_kernel = signal == SIGTTIN || signal == SIGTTOU;
  program_stop_ = Stop{signal,
                       {.code = of_kernel ? SI_KERNEL : SI_USER,
                        .sender = follower_.program()->raw(),
                        .at = std::chrono::steady_clock::now()}};
}

std::optional<int> Job::wait_for_program() {
  for (;;) {
    int status = 0;
    const pid_t got = ::waitpid(follower_.program()->raw(), &status, WUNTRACED | WCONTINUED);
    if (got < 0 && errno != EINTR) return std::nullopt;
    if (got > 0 && (WIFEXITED(status) || WIFSIGNALED(status))) return status;
    if (got > 0) program_waited(status);
    while (const auto asked = take_asked()) obey_after_log(*asked);
    stop_if_due();
  }
}

}  // namespace ptop::ptrace_fork
