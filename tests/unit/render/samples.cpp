#include "samples.hpp"

#include <cerrno>
#include <climits>
#include <csignal>

namespace ptop::test {
namespace {

using namespace decode;
using namespace follow;

class Teller {
 public:
  explicit Teller(Story& story) : story_(story) {}

  void at(std::uint64_t ms, int pid, std::uint32_t depth, What what, int ppid = 0) {
    const std::uint64_t seq = story_.events.size() + 1;
    story_.events.push_back({.seq = seq,
                             .t_ns = ms * 1'000'000,
                             .pid = Pid(pid),
                             .task = {Tid(pid), Ticks(9000U + static_cast<unsigned>(pid))},
                             .ppid = Pid(ppid),
                             .depth = depth,
                             .what = std::move(what)});
  }

  /// Of another thread than the first.
  void by(int tid, std::uint64_t ms, int pid, std::uint32_t depth, What what) {
    at(ms, pid, depth, std::move(what));
    story_.events.back().task.tid = Tid(tid);
  }

  void births() {
    at(0, 4710, 0, Attached{.comm = "sh", .ppid = Pid(4700), .spawned = true}, 4700);
    at(1, 4710, 0, shell());
    at(2, 4710, 0, fork(4711));
    at(2, 4711, 1,
       Execed{.path = "/usr/bin/ls", .filename = "/usr/bin/ls", .argv = {"ls"}, .cwd = "/home/alice"});
    at(3, 4711, 1, ExecFailed{{{"/x/\x1b[2J", ENOENT}}});
    at(4, 4711, 1, strange_exec());
    at(5, 4710, 0, thread(4712));
    at(6, 4710, 0,
       Forked{.kind = ForkKind::vfork,
              .child = {Tid(4713), Ticks(13713)},
              .child_pid = Pid(4713),
              .exit_signal = 0});
    by(4712, 6, 4710, 0, fork(4715));
    by(4712, 6, 4710, 0, ExecFailed{{{"/sbin/y", EACCES}, {"/bin/y", ENOENT}}});
  }

  void life() {
    at(7, 4713, 1, Signalled{.signal = SIGTERM, .code = SI_USER, .sender = Pid(12), .sender_uid = Uid(0)});
    at(8, 4713, 1, Signalled{.signal = SIGSEGV, .code = SEGV_MAPERR});
    at(9, 4713, 1, Signalled{.signal = 40, .code = -77});
    at(10, 4713, 1, StoppedBy{SIGTSTP});
    at(11, 4713, 1, Continued{});
    at(12, 4713, 1, open_call());
    at(13, 4713, 1, failed_call());
    at(14, 4713, 1,
       SyscallDone{.name = "exit_group", .number = {.nr = 231}, .args = one_argument("status", {Signed{0}})});
    by(4712, 15, 4710, 0, Signalled{.signal = SIGTERM, .code = SI_TKILL, .sender = Pid(4710)});
    by(4712, 15, 4710, 0, SyscallDone{.name = "getpid", .number = {.nr = 39}, .ret = 4710});
    by(4712, 15, 4710, 0, Attached{.comm = "worker"});
  }

  void ends() {
    at(20, 4713, 2, Reparented{.from = Pid(4710), .to = Pid(1), .to_comm = "systemd"});
    at(21, 4711, 1,
       Exited{
           .code = 0, .utime_ns = 1'000'000, .stime_ns = 0, .max_rss = 2'200'000, .lifetime_ns = 19'000'000});
    at(21, 4711, 1, Reaped{.by = Pid(4710), .zombie_ns = 200'000'000});
    Recipe recipe{.calls = 12, .window_ns = 340'000, .execed = true, .new_group = true, .ignored = {SIGPIPE}};
    recipe.steps = {{.action = "dup", .call = "dup2", .fd = 5, .to = 0},
                    {.action = "close", .call = "close_range", .closed = {{3, 5}, {7, INT_MAX}}},
                    {.action = "chdir", .call = "chdir", .path = "/x/\x1b[2J"},
                    {.action = "default", .call = "rt_sigaction", .signals = {SIGINT, SIGQUIT}},
                    {.action = "setpgid", .call = "setpgid", .number = 0},
                    {.action = "open", .call = "openat", .fd = 1, .path = "/x/\xff", .mode = "append"},
                    {.action = "lock", .call = "flock", .fd = 1, .mode = "exclusive"},
                    {.action = "open", .call = "openat", .path = "/none", .error_number = ENOENT}};
    recipe.descriptors = {{0, "pipe:[17]"}, {1, "/x/\xff"}};
    recipe.capabilities = std::uint64_t{1} << 13U;
    at(22, 4713, 2, recipe);
    at(22, 4713, 2, ExecFailed{{{"/sbin/y", EACCES}, {"/bin/y", ENOENT}}});
    at(22, 4713, 2, Exited{.signal = SIGSEGV, .core = true, .lifetime_ns = 3'500'000'000});
    at(22, 4713, 2, Reaped{.how = ReapedHow::adopted, .zombie_ns = 1'500'000'000});
    at(22, 4715, 2, Reaped{.how = ReapedHow::never, .by = Pid(4710), .zombie_ns = 2'500'000'000});
    audit();
    by(4712, 23, 4710, 0, Exited{.thread = true, .code = 0});
    at(24, 4710, 0, Exited{.code = 3});
    at(25, 4714, 0, Exited{});
    at(26, 4714, 0, Detached{});
    at(27, 4714, 0, Lost{.count = 3, .reason = "no memory"});
    at(1'234'567, 4714, 0, Note{"cannot follow\n/bin/su"});
  }

  void audit() {
    const DescriptorOrigin opened{.opener = {Pid(4710), Ticks(13710)},
                                  .program = "/usr/bin/\xff",
                                  .after_ns = 1'000'000,
                                  .until_ns = 2'000'000,
                                  .call = "openat"};
    Inherited inherited;
    inherited.descriptors = {
        {.fd = 3, .target = "pipe:[17]", .type = "pipe", .origin = opened, .execs = 2},
        {.fd = 4, .target = "/x/\x1b[2J", .type = "regular", .origin = opened, .execs = 1}};
    inherited.descriptors[0].purpose = DescriptorPurpose::jobserver;
    inherited.descriptors[0].named_by = "MAKEFLAGS";
    inherited.descriptors[0].ends = {Pid(4710), Pid(4711)};
    at(22, 4713, 2, inherited);
    DescriptorAudit story{.fd = 4, .target = "/x/\x1b[2J", .type = "regular", .origin = opened};
    story.leaked = true;
    story.execs = story.leaks = 2;
    story.at_exit = story.untouched = 1;
    story.holders = {{.process = {Pid(4713), Ticks(13713)},
                      .program = "/usr/bin/sort",
                      .fd = 4,
                      .use = DescriptorUse::none_seen,
                      .at_exit = true}};
    at(22, 4713, 2, story);
  }

 private:
  static Execed shell() {
    Execed e{.path = "/usr/bin/dash", .filename = "/bin/sh", .argv = {"sh", "-c", "ls | wc -l; exit 3"}};
    e.cwd = "/home/alice";
    e.env =
        EnvironmentChange{.added = {"FOO=a b", "_=/usr/bin/x"}, .removed = {"BAR"}, .changed = {"PATH=/bin"}};
    return e;
  }

  /// A script with bytes that are no text, started by a thread, in another directory.
  static Execed strange_exec() {
    Execed e{.path = "/usr/bin/perl",
             .filename = "./\xff.pl",
             .argv = {"perl", "./\xff.pl", "\xe2\x80\xae", "\xc3\xa9"}};
    e.cwd = "/tmp/\xfe";
    e.interpreter = "/usr/bin/perl";
    e.env = EnvironmentChange{.added = {"X=\xff", "Y=1"}};
    e.former_tid = Tid(4799);
    return e;
  }

  static Forked fork(int child) {
    return {.kind = ForkKind::fork,
            .child = {Tid(child), Ticks(13711)},
            .child_pid = Pid(child),
            .exit_signal = SIGCHLD};
  }

  Forked thread(int child) {
    Forked f{
        .kind = ForkKind::clone, .child = {Tid(child), Ticks(13712)}, .child_pid = Pid(4710), .thread = true};
    auto names = story_.arena.array<std::string_view>(2);
    names[0] = "CLONE_VM";
    names[1] = "CLONE_THREAD";
    f.flags = FlagNames{.value = 0x10100, .names = names, .rest = 0, .family = "CLONE_???"};
    return f;
  }

  std::span<const Field> one_argument(std::string_view name, Decoded value) {
    auto fields = story_.arena.array<Field>(1);
    fields[0] = {name, story_.arena.node(value)};
    return fields;
  }

  SyscallDone open_call() {
    auto names = story_.arena.array<std::string_view>(2);
    names[0] = "O_RDONLY";
    names[1] = "O_CLOEXEC";
    auto fields = story_.arena.array<Field>(3);
    fields[0] = {"dirfd", story_.arena.node({Symbol{-100, "AT_FDCWD", ""}})};
    fields[1] = {"pathname", story_.arena.node({Text{"/etc/\xff", true}})};
    fields[2] = {"flags", story_.arena.node(
                              {FlagNames{.value = 0x80000, .names = names, .rest = 0, .family = "O_???"}})};
    SyscallDone s{.name = "openat", .number = {.nr = 257}, .args = fields, .ret = 3, .duration_ns = 1500};
    s.ret_decoded = {FileDescriptor{3, "/etc/\xff"}};
    return s;
  }

  SyscallDone failed_call() {
    auto items = story_.arena.array<Decoded>(3);
    items[0] = {Text{"a"}};
    items[1] = {Text{"\xff"}};
    items[2] = {Unreadable{0x7f00}};
    return {.name = "execve",
            .number = {.nr = 59},
            .args = one_argument("argv", {List{items}}),
            .ret = -1,
            .error_number = 2};
  }

  Story& story_;
};

}  // namespace

void tell(Story& story) {
  story.header = {.started_realtime_ns = 1'700'000'000'000'000'000,
                  .started_monotonic_ns = 5'000'000'000,
                  .clock_ticks = 100,
                  .hostname = "host",
                  .kernel = "6.18.0",
                  .argv = {"sh", "-c", "ls | wc -l; exit 3"}};
  Teller teller(story);
  teller.births();
  teller.life();
  teller.ends();
  story.trailer = {.t_ns = 30'000'000,
                   .events = story.events.size(),
                   .lost = 3,
                   .processes = 3,
                   .execs = 3,
                   .exits = 4,
                   .code = 3,
                   .reason = "exited"};
}

void play(const Story& story, follow::Sink& sink) {
  sink.begin(story.header);
  for (const follow::Event& event : story.events) sink.on(event);
  sink.end(story.trailer);
}

}  // namespace ptop::test
