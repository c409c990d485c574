// The log for people.
#include "ptop/render/event_text.hpp"

#include <array>
#include <csignal>

#include "golden.hpp"
#include "ptop/base/escape.hpp"
#include "samples.hpp"
#include "support/catch.hpp"

using namespace ptop;

namespace {

std::string log_of(render::Paint paint, render::TextOptions options) {
  test::Story story;
  test::tell(story);
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, paint, options);
  test::play(story, sink);
  return test::contents(file);
}

/// User and group have the same numbers.
follow::Credentials credentials(std::uint32_t real, std::uint32_t effective, bool secure) {
  return {Uid(real), Uid(effective), Gid(real), Gid(effective), secure};
}

}  // namespace

TEST_CASE("TextSink: every kind of event", "[render]") {
  test::check_golden("events.txt", log_of(render::Paint(false), {}));
}

TEST_CASE("TextSink: ASCII only when asked for", "[render]") {
  const std::string log = log_of(render::Paint(false), {.ascii = true});
  test::check_golden("events-ascii.txt", log);
  CHECK(log.find("→") == std::string::npos);
  CHECK(log.find("│") == std::string::npos);
}

TEST_CASE("TextSink: colour changes no text", "[render]") {
  const std::string plain = log_of(render::Paint(false), {});
  std::string coloured = log_of(render::Paint(true), {});
  CHECK(coloured != plain);
  for (std::size_t at; (at = coloured.find("\x1b[")) != std::string::npos;) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == plain);
}

TEST_CASE("TextSink: one line for each event, and nothing a terminal acts on", "[render]") {
  test::Story story;
  test::tell(story);
  const std::string log = log_of(render::Paint(false), {});
  const auto lines = test::lines_of(log);
  const std::string of_a_block(17, ' ');
  const auto below =
      std::ranges::count_if(lines, [&](const auto& line) { return line.starts_with(of_a_block); });
  CHECK(below == 11);  // of a recipe 9, of what was inherited 2
  // And the number of lost ones; but not the story of an open file, which is in the table of the audit.
  CHECK(lines.size() - 11 == story.events.size() - 1 + 1);
  for (const auto& line : lines) CHECK(escaped(line) == line);
}

TEST_CASE("TextSink: SIGCHLD is left out where the end of the child has a line", "[render]") {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, render::Paint(false), {});
  const auto tell = [&](int pid, follow::What what) {
    sink.on({.pid = Pid(pid), .task = {Tid(pid), Ticks(1)}, .what = std::move(what)});
  };
  const follow::Signalled of_child{.signal = SIGCHLD, .code = CLD_EXITED, .sender = Pid(7)};
  sink.on({.pid = Pid(7), .task = {Tid(9), Ticks(1)}, .what = follow::Exited{.thread = true, .code = 0}});
  tell(6, of_child);  // the process has not ended
  tell(7, follow::Exited{.code = 0});
  tell(6, of_child);
  tell(6, of_child);  // of another one with that number
  tell(7, follow::Exited{.code = 0});
  tell(7 + 1024, follow::Exited{.code = 0});
  tell(6, of_child);  // too long ago: rather twice than not at all
  tell(6, {follow::Signalled{.signal = SIGCHLD, .code = CLD_STOPPED, .sender = Pid(7 + 1024)}});
  out.flush();
  const auto lines = test::lines_of(test::contents(file));
  const auto count = [&](std::string_view word) {
    return std::ranges::count_if(lines, [&](const auto& line) { return line.find(word) != line.npos; });
  };
  CHECK(count("exit ") == 4);
  CHECK(count("SIGCHLD") == 4);
}

TEST_CASE("TextSink: a line has the pid, and says which other thread did it", "[render]") {
  const auto lines = [](follow::What what, std::size_t columns = 0) {
    const Fd file = test::memory_file();
    render::LineOutput out(file.get(), true);
    render::TextSink(out, render::Paint(false), {.columns = columns})
        .on({.pid = Pid(7), .task = {Tid(4712), Ticks(1)}, .depth = 1, .what = std::move(what)});
    out.flush();
    return test::lines_of(test::contents(file));
  };
  const std::string before = "   0.000       7 │ ";
  const follow::Forked vfork{.kind = follow::ForkKind::vfork, .child = {Tid(8), {}}, .child_pid = Pid(8)};
  CHECK(lines(vfork)[0] == before + "vfork  → 8  by thread 4712");
  CHECK(lines(follow::ExecFailed{{{"/x", ENOENT}}})[0] ==
        before + "exec   failed /x: ENOENT (No such file or directory)  by thread 4712");
  CHECK(lines(follow::Signalled{.signal = SIGTERM, .code = SI_TKILL, .sender = Pid(7)})[0] ==
        before + "signal SIGTERM from 7 (tgkill)  in thread 4712");
  CHECK(lines(follow::Exited{.thread = true, .code = 0})[0] == before + "exit   thread 4712  0");
  CHECK(lines(follow::Attached{.comm = "worker"})[0] == before + "attach thread 4712  worker");
  CHECK(lines(follow::SyscallDone{.name = "getpid", .number = {.nr = 39}, .ret = 7})[0] ==
        before + "[4712] getpid()                                = 7");
  CHECK(lines(follow::Execed{.path = "/bin/x", .argv = {"x"}})[0] == before + "exec   /bin/x  x");
  const auto narrow = lines(vfork, 42);
  REQUIRE(narrow.size() == 2);
  CHECK(narrow[1] == "                 │        by thread 4712");
}

TEST_CASE("TextSink: a zombie collected at once is not worth a line", "[render]") {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, render::Paint(false), {});
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  event.what = follow::Reaped{.by = Pid(6), .zombie_ns = 40'000};
  sink.on(event);
  event.what = follow::Reaped{.by = Pid(6), .zombie_ns = 4'000'000'000};
  sink.on(event);
  out.flush();
  const auto lines = test::lines_of(test::contents(file));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("zombie for 4") != std::string::npos);
}

TEST_CASE("TextSink: of a recipe, what has no path stands by its call, with its number", "[render]") {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, render::Paint(false), {});
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  event.what =
      follow::Recipe{.steps = {{.action = "open", .call = "eventfd2", .fd = 5},
                               {.action = "open", .call = "openat", .fd = 6, .path = "/x"},
                               {.action = "open", .call = "openat", .fd = 6, .path = "/x", .mode = "append"},
                               {.action = "open", .call = "openat", .path = "/x", .mode = "read_write"},
                               {.action = "lock", .call = "flock", .fd = 6, .mode = "exclusive"},
                               {.action = "lock", .call = "fcntl", .fd = 6, .mode = "none"},
                               {.action = "lock", .call = "fcntl", .fd = 6},
                               {.action = "pipe", .call = "pipe2", .fd = 7, .to = 8},
                               {.action = "pipe", .call = "socketpair", .fd = 9, .to = 10}}};
  sink.on(event);
  out.flush();
  const auto lines = test::lines_of(test::contents(file));
  REQUIRE(lines.size() == 10);
  CHECK(lines[1].ends_with(" eventfd2() as 5"));
  CHECK(lines[2].ends_with(" /x as 6"));
  CHECK(lines[3].ends_with(" /x as 6 to append"));
  CHECK(lines[4].ends_with(" /x to read and write"));
  CHECK(lines[5].ends_with(" lock          6 exclusive (flock)"));
  CHECK(lines[6].ends_with(" lock          6 unlocked (fcntl)"));
  CHECK(lines[7].ends_with(" lock          fcntl()"));
  CHECK(lines[8].ends_with(" 7 to read, 8 to write"));
  CHECK(lines[9].ends_with(" socketpair()"));
}

TEST_CASE("TextSink: lines of a recipe keep their ends at a terminal's width", "[render]") {
  const std::string folder = "/" + std::string(60, 'p') + "/";
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  follow::Recipe recipe{
      .steps = {{.action = "open", .call = "openat", .path = "/etc/nosuch", .error_number = ENOENT},
                {.action = "open", .call = "openat", .path = folder + "name", .error_number = ENOENT}}};
  for (const int fd : {0, 1, 2}) recipe.descriptors.push_back({fd, "/dev/pts/" + std::string(20, '0')});
  recipe.ignored = {SIGPIPE};
  event.what = recipe;
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink(out, render::Paint(false), {.columns = 80}).on(event);
  out.flush();
  const auto lines = test::lines_of(test::contents(file));
  REQUIRE(lines.size() == 7);
  for (const auto& line : lines) CHECK(display_width(line) <= 80);
  CHECK(lines[1].ends_with(" open          /etc/nosuch  failed: ENOENT"));
  CHECK(lines[2].ends_with("/name  failed: ENOENT"));
  CHECK(lines[3].ends_with(" gets          0 /dev/pts/" + std::string(20, '0')));
  CHECK(lines[5].ends_with(" 2 /dev/pts/" + std::string(20, '0')));
  CHECK(lines[6].ends_with("  ignored PIPE"));
}

TEST_CASE("TextSink: who only looked for another program has no second recipe", "[render]") {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, render::Paint(false), {});
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  const auto tells = [&](const follow::What& what) {
    const std::size_t before = test::lines_of(test::contents(file)).size();
    event.what = what;
    sink.on(event);
    out.flush();
    return test::lines_of(test::contents(file)).size() > before;
  };
  follow::Recipe recipe{.calls = 3, .execed = true, .descriptors = {{0, "/dev/null"}}};
  CHECK(tells(recipe));
  CHECK_FALSE(tells(recipe));
  recipe.steps = {{.action = "umask", .call = "umask"}};
  CHECK(tells(recipe));
  recipe.steps.clear();
  recipe.ignored = {SIGPIPE};
  CHECK(tells(recipe));
  CHECK_FALSE(tells(recipe));
  recipe.new_session = true;
  CHECK(tells(recipe));
  recipe.partial = true;
  CHECK(tells(recipe));
  recipe.partial = false;
  event.task.start = Ticks(2);  // another process of that number
  CHECK(tells(recipe));
  CHECK(tells(follow::Exited{.code = 0}));
  CHECK(tells(recipe));
  recipe.execed = false;
  CHECK(tells(recipe));
}

TEST_CASE("TextSink: a recipe that was not followed to its end says so", "[render]") {
  follow::Event event;
  event.what = follow::Recipe{.calls = 70, .window_ns = 2'100'000'000, .execed = true, .partial = true};
  CHECK(render::event_line(event).find(" only the first 70 calls in 2.1s") != std::string::npos);
}

TEST_CASE("TextSink: long command lines are shortened in the middle to fit", "[render]") {
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  follow::Execed exec{
      .path = "/usr/bin/cc", .filename = "cc", .argv = {"cc", "-c", std::string(500, 'x'), "end.c"}};
  event.what = exec;
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, render::Paint(false), {.columns = 80});
  sink.on(event);
  out.flush();
  const std::string line = test::lines_of(test::contents(file)).at(0);
  CHECK(display_width(line) == 80);
  CHECK(line.substr(line.size() - 5) == "end.c");
  CHECK(render::event_line(event).size() > 500);
  for (const follow::What& long_name :
       {follow::What(follow::Attached{.comm = "/" + std::string(200, 'p'), .spawned = true}),
        follow::What(
            follow::Execed{.path = "/" + std::string(200, 'p'), .argv = {"cc", std::string(50, 'x')}})}) {
    const Fd other = test::memory_file();
    render::LineOutput lines(other.get(), true);
    event.what = long_name;
    event.ppid = Pid(12345);
    render::TextSink(lines, render::Paint(false), {.columns = 80}).on(event);
    lines.flush();
    CHECK(display_width(test::lines_of(test::contents(other)).at(0)) == 80);
  }
}

TEST_CASE("TextSink: a failed exec fits its line, first without the error in words", "[render]") {
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  const auto line = [&](std::size_t columns, std::size_t name) {
    const std::string path = "/" + std::string(name, 'p');
    event.what = follow::ExecFailed{{{"/bin/p", ENOENT}, {path, ENOENT}}};
    const Fd file = test::memory_file();
    render::LineOutput out(file.get(), true);
    render::TextSink(out, render::Paint(false), {.columns = columns}).on(event);
    out.flush();
    return test::lines_of(test::contents(file)).at(0);
  };
  CHECK(line(90, 3).ends_with("failed /ppp: ENOENT (No such file or directory), tried 2 paths"));
  CHECK(line(80, 15).ends_with("failed /" + std::string(15, 'p') + ": ENOENT, tried 2 paths"));
  CHECK(display_width(line(80, 200)) == 80);
  CHECK(line(80, 200).ends_with("p: ENOENT, tried 2 paths"));
  CHECK(line(0, 200).ends_with("p: ENOENT (No such file or directory), tried 2 paths"));
}

TEST_CASE("TextSink: what an exec changed stands below it where its line has no room", "[render]") {
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  follow::Execed exec{.path = "/usr/bin/env", .filename = "env", .argv = {"env", "-i", "ls"}};
  exec.env =
      follow::EnvironmentChange{.added = {"A=1", "_=/usr/bin/env"}, .removed = {"GONE"}, .changed = {}};
  const auto lines = [&](std::size_t columns) {
    event.what = exec;
    const Fd file = test::memory_file();
    render::LineOutput out(file.get(), true);
    render::TextSink sink(out, render::Paint(false), {.columns = columns});
    sink.on(event);
    out.flush();
    return test::lines_of(test::contents(file));
  };
  REQUIRE(lines(80).size() == 1);
  CHECK(lines(80)[0].ends_with("  env -i ls  env +A=1 -GONE"));
  exec.env->added = {"B=" + std::string(40, 'b'), "C=" + std::string(40, 'c'), "D=" + std::string(200, 'd')};
  const auto below = lines(80);
  REQUIRE(below.size() == 5);
  CHECK(below[0].ends_with("  env -i ls"));
  CHECK(below[1] == std::string(24, ' ') + "env +B=" + std::string(40, 'b'));
  CHECK(below[2] == std::string(28, ' ') + "+C=" + std::string(40, 'c'));
  CHECK(below[3].starts_with(std::string(28, ' ') + "+D=ddd"));
  CHECK(below[4] == std::string(28, ' ') + "-GONE");
  for (const std::string& line : lines(60)) CHECK(display_width(line) <= 60);
  CHECK(lines(0).size() == 1);
}

TEST_CASE("TextSink: however deep, lines fit the terminal", "[render]") {
  const std::string path = "/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus";
  for (const std::size_t columns : {60U, 80U, 100U}) {
    for (const std::uint32_t depth : {0U, 4U, 5U, 15U, 40U}) {
      const std::vector<follow::What> all{
          follow::Execed{.path = path, .argv = {path, "-quiet", "-o", "/tmp/ccyf83Ds.s"}},
          follow::Execed{.path = "/usr/bin/sh", .argv = {"sh", "x.sh"}},
          follow::Execed{.path = path,
                         .argv = {path, "-quiet", "-o", "/tmp/ccyf83Ds.s"},
                         .cwd_unavailable = "too_long",
                         .credentials = credentials(1000, 65533, true)},
          follow::Execed{.path = "/usr/bin/cat",
                         .filename = "./third",
                         .argv = {"/bin/cat", "./first", "./second", "./third"},
                         .interpreter = "/usr/bin/cat",
                         .interpreters = {"./second", "./first", "/bin/cat"},
                         .env = follow::EnvironmentChange{.added = {"A=" + std::string(40, 'a')}},
                         .former_tid = Tid(31915),
                         .credentials = credentials(65534, 65534, false),
                         .former_credentials = credentials(0, 0, false)},
          follow::ExecFailed{{{"/usr/bin/no-such-tool", ENOENT}, {"/usr/bin/no-such-tool", EACCES}}},
          follow::Exited{.code = 0,
                         .utime_ns = 1'000'000,
                         .stime_ns = 1'000'000,
                         .max_rss = 5'000'000,
                         .lifetime_ns = 123'000'000},
          follow::Reparented{.from = Pid(31915),
                             .to = Pid(1),
                             .to_comm = "systemd",
                             .daemon_signs = {"new_session", "no_terminal"}}};
      for (const follow::What& what : all) {
        const Fd file = test::memory_file();
        render::LineOutput out(file.get(), true);
        render::TextSink(out, render::Paint(false), {.columns = columns})
            .on({.pid = Pid(7), .task = {Tid(7), Ticks(1)}, .depth = depth, .what = what});
        out.flush();
        for (const std::string& line : test::lines_of(test::contents(file))) {
          INFO(line);
          CHECK(display_width(line) <= columns);
        }
      }
    }
  }
}

TEST_CASE("event_line: who a program runs as, and has become", "[render]") {
  const auto words = [](std::optional<follow::Credentials> before, follow::Credentials now,
                        bool set_id = false) {
    follow::Event event;
    event.what = follow::Execed{
        .path = "/bin/x", .argv = {"x"}, .credentials = now, .former_credentials = before, .set_id = set_id};
    const std::string line = render::event_line(event);
    const std::string_view begin = "exec   /bin/x", end = "  x";
    REQUIRE((line.starts_with(begin) && line.ends_with(end)));
    return line.substr(begin.size(), line.size() - begin.size() - end.size());
  };
  const auto root = credentials(0, 0, false), user = credentials(1000, 1000, false);
  CHECK(words(std::nullopt, root) == "");
  CHECK(words(std::nullopt, user) == "");
  CHECK(words(user, user) == "");
  CHECK(words(user, credentials(1000, 0, true), true) == " (as uid 0, gid 0)");
  CHECK(words(user, credentials(1000, 0, true)) == " (now effective uid 0, effective gid 0)");
  CHECK(words(root, credentials(1000, 0, true)) == " (now real uid 1000, real gid 1000)");
  CHECK(words(root, credentials(1000, 5, true)) ==
        " (now real uid 1000, effective uid 5, real gid 1000, effective gid 5)");
  CHECK(words(credentials(1000, 0, true), credentials(1000, 0, true)) == "");
  CHECK(words(user, credentials(1000, 1000, true)) == " (with other rights)");
  CHECK(words(std::nullopt, credentials(1000, 0, true)) == " (as uid 0, gid 0)");
  follow::Credentials group_only = user;
  group_only.egid = Gid(5), group_only.secure = true;
  CHECK(words(user, group_only, true) == " (as gid 5)");
  CHECK(words(user, group_only) == " (now effective gid 5)");
  CHECK(words(root, user) == " (now uid 1000, gid 1000)");
  CHECK(words(credentials(1000, 0, true), user) == " (now uid 1000, gid 1000)");
  CHECK(words(credentials(1000, 0, true), root) == " (now uid 0, gid 0)");
  group_only = root;
  group_only.gid = group_only.egid = Gid(5);
  CHECK(words(root, group_only) == " (now gid 5)");
}

TEST_CASE("event_line: a directory that is not known says why, an entry without a name is as it is",
          "[render]") {
  follow::Event event;
  follow::Execed exec{.path = "/bin/x", .argv = {"x"}, .cwd_unavailable = "too_long"};
  exec.env = follow::EnvironmentChange{.added = {"=weird", "=C:=1 2", ""}, .removed = {"=gone"}};
  event.what = exec;
  CHECK(render::event_line(event) ==
        "exec   /bin/x  x  env +=weird +=C:='1 2' +'' -=gone  in ? (name too long)");
}

TEST_CASE("TextSink: what stands behind a path goes below where it has no room", "[render]") {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  follow::Event event{.pid = Pid(7), .task = {Tid(7), Ticks(1)}};
  event.what = follow::Execed{.path = "/usr/bin/program",
                              .argv = {"program", "with", "some", "words"},
                              .cwd_unavailable = "too_long",
                              .credentials = credentials(1000, 65533, true)};
  render::TextSink(out, render::Paint(false), {.columns = 60}).on(event);
  out.flush();
  const auto lines = test::lines_of(test::contents(file));
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == std::string(24, ' ') + "(as uid 65533, gid 65533)");
  CHECK(lines[2] == std::string(24, ' ') + "in ? (name too long)");
}

TEST_CASE("TextSink: signals and descriptors kept fit a narrow terminal", "[render]") {
  follow::Inherited inherited;
  inherited.descriptors = {{.fd = 3, .target = "/x", .type = "regular"},
                           {.fd = 5, .target = "/y", .type = "regular"}};
  const std::vector<follow::What> all{
      follow::Signalled{.signal = SIGCHLD, .code = CLD_EXITED, .sender = Pid(1234567)}, inherited,
      follow::Reaped{.by = Pid(1234567), .zombie_ns = 200'000'000},
      follow::Forked{.child = {Tid(8), Ticks(1)}, .child_pid = Pid(8), .exit_signal = SIGUSR1}};
  for (const follow::What& what : all) {
    const Fd file = test::memory_file();
    render::LineOutput out(file.get(), true);
    render::TextSink(out, render::Paint(false), {.columns = 58})
        .on({.pid = Pid(7), .task = {Tid(7), Ticks(1)}, .depth = 3, .what = what});
    out.flush();
    for (const std::string& line : test::lines_of(test::contents(file))) {
      INFO(line);
      CHECK(display_width(line) <= 58);
    }
  }
}

TEST_CASE("event_line: the flags of pthread_create are not news", "[render]") {
  follow::Event event;
  follow::Forked thread{.kind = follow::ForkKind::clone, .child = {Tid(8), Ticks(1)}, .thread = true};
  constexpr std::array<std::string_view, 7> names{"CLONE_VM",     "CLONE_FILES",   "CLONE_SIGHAND",
                                                  "CLONE_THREAD", "CLONE_SYSVSEM", "CLONE_SETTLS",
                                                  "CLONE_FS"};
  thread.flags = decode::FlagNames{.names = names};
  event.what = thread;
  CHECK(render::event_line(event) == "clone  → 8 thread");
  thread.flags->names = std::span(names).first(6);
  event.what = thread;
  CHECK(render::event_line(event).find("thread  CLONE_VM|CLONE_FILES|") != std::string::npos);
}

TEST_CASE("TextSink: -r says of an event that was held back how much earlier it was", "[render]") {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::TextSink sink(out, render::Paint(false), {.since_last = true});
  for (const std::uint64_t t_ns : {5'000'000U, 2'000'000U, 4'000'000U})
    sink.on({.t_ns = t_ns, .pid = Pid(7), .task = {Tid(7), Ticks(1)}, .what = follow::Note{"x"}});
  out.flush();
  const auto lines = test::lines_of(test::contents(file));
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with("   0.005000 "));
  CHECK(lines[1].starts_with("  -0.003000 "));
  CHECK(lines[2].starts_with("   0.002000 "));
}

TEST_CASE("event_line: the result of a call stands where strace puts it", "[render]") {
  follow::Event event;
  event.what = follow::SyscallDone{.name = "getpid", .number = {.nr = 39}, .ret = 4711};
  CHECK(render::event_line(event) == "getpid()                                = 4711");
  event.what = follow::SyscallDone{.name = "close", .number = {.nr = 3}, .ret = -9, .error_number = 9};
  CHECK(render::event_line(event) ==
        "close()                                 = -1 EBADF (Bad file descriptor)");
  event.what = follow::SyscallDone{.name = "pause", .number = {.nr = 34}, .ret = -514, .error_number = 514};
  CHECK(render::event_line(event) ==
        "pause()                                 = ? ERESTARTNOHAND (To be restarted if no handler)");
  event.what = follow::SyscallDone{.name = "close", .number = {.nr = 3}, .ret = -1, .error_number = 4000};
  CHECK(render::event_line(event) == "close()                                 = -1 error 4000");
}

TEST_CASE("event_line: flags of fork are told only when they are unusual", "[render]") {
  const std::array<std::string_view, 2> usual{"CLONE_CHILD_CLEARTID", "CLONE_CHILD_SETTID"};
  const std::array<std::string_view, 1> unusual{"CLONE_NEWPID"};
  follow::Event event;
  follow::Forked fork{
      .kind = follow::ForkKind::fork, .child = {Tid(5), Ticks(1)}, .child_pid = Pid(5), .exit_signal = 17};
  fork.flags = decode::FlagNames{.names = usual, .rest = 0};
  event.what = fork;
  CHECK(render::event_line(event) == "fork   → 5");
  fork.flags->names = unusual;
  event.what = fork;
  CHECK(render::event_line(event) == "fork   → 5  CLONE_NEWPID");
  fork.exit_signal = 10;
  fork.flags.reset();
  event.what = fork;
  CHECK(render::event_line(event) == "fork   → 5  exit signal SIGUSR1");
}
