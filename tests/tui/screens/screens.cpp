// The table of screens. A new one is one row here; tools/update-golden makes its files and shows them.
#include "screens.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace ptop::app::test {
namespace {

constexpr auto build = "followed_build", host = "containers_host";

// In followed_build: 1 init, 11 ptrace-fork, 12 the build's shell, 19 an orphan, 20 the parent of the zombie
// 27, 21 stopped, 23 and 31 a lock and who waits for it, 28 and 29 a pipe, 32 a compiler, 33 gzip, which
// runs.
// clang-format off
const ScreenRow rows[] = {
    {"tree",              build, ""},
    {"tree-selected",     build, "3 3"},
    {"tree-collapsed",    build, "2 2 - 2 0 -"},
    {"tree-all-collapsed", build, "*"},
    {"tree-kernel-threads", "kernel_threads", ""},
    {"tree-no-kernel-threads", "kernel_threads", "K"},
    {"tree-odd-names",    "odd_comm", ""},
    {"tree-containers",   host, ""},
    {"tree-old-kernel",   "linux_3_16", ""},
    {"tree-scrolled",     build, "3 2 Right Right"},
    {"tree-merged",       build, "p m"},
    {"tree-others-faint", host, "", [](Config& c) { c.settings.shadow_others = true; c.self = Pid(1); }},
    {"tree-ascii",        build, "", [](Config& c) { c.ascii = true; }},
    {"tree-plain",        build, "3 3 Space", [](Config& c) { c.plain = true; }},
    {"tree-new-and-ended", build, "@ended:33 @replaced:19"},
    {"tree-selected-ended", build, "3 3 @ended:33"},
    {"tree-tagged",       build, "2 2 c 3 3 Space"},
    {"tree-threads",      "threads", "H"},
    {"tree-by-user",      host, "b Down Down Down Down Enter"},
    {"group-menu",        build, "b"},
    {"flat",              build, "F5"},
    {"flat-by-memory",    build, "F5 M"},
    {"flat-by-pid-inverted", build, "F5 N I"},
    {"unread",            build, "@unread"},
    {"paused",            build, "Z"},
    {"meters-hidden",     build, "#"},
    {"meters-graphs",     build, "@scan @scan @scan", [](Config& c) {
       c.settings.meters = {{{{MeterId::cpu, MeterStyle::graph}, {MeterId::memory, MeterStyle::graph}},
                             {{MeterId::load, MeterStyle::graph}, {MeterId::psi_cpu, MeterStyle::bar}}}};
     }},
    {"meters-text",       build, "", [](Config& c) {
       c.settings.meters = {{{{MeterId::cpus, MeterStyle::text}, {MeterId::memory, MeterStyle::text}, {MeterId::swap, MeterStyle::text}},
                             {{MeterId::psi_cpu, MeterStyle::text}, {MeterId::psi_io, MeterStyle::text}, {MeterId::clock, MeterStyle::text}}}};
     }},
    {"search",            build, "F3 'sl'"},
    {"search-in-vain",    build, "F3 'nothing like this'"},
    {"filter-typing",     build, "F4 'sleep'"},
    {"filter-query",      build, "F4 'state=Z or name~sort' Enter"},
    {"filter-wrong",      build, "F4 'stat=Z'"},
    {"pid-typed",         build, "2 8"},
    {"sort-menu",         build, "F6"},
    {"user-menu",         host,  "u"},
    {"signal-menu",       build, "3 3 F9"},
    {"signal-sent",       build, "3 3 F9 Enter"},
    {"signal-refused",    build, "3 3 @refused F9 Enter"},
    {"signal-confirm",    build, "3 3 F9 Enter", [](Config& c) { c.settings.confirm_signals = true; }},
    {"signal-tagged",     build, "2 2 c F9"},
    {"signal-readonly",   build, "3 3 F9", [](Config& c) { c.readonly = true; }},
    {"io-menu",           build, "3 3 i"},
    {"follow-menu",       build, "3 3 F12"},
    {"command",           build, "3 2 w"},
    {"help",              build, "F1"},
    {"help-end",          build, "F1 End"},
    {"help-vi",           build, "F1 PgDn", [](Config& c) { c.settings.vi_keys = true; }},
    {"details-zombie",    build, "2 7 Enter"},
    {"details-ended",     build, "3 3 Enter @ended:33 @scan"},
    {"details-scrolled",  build, "1 2 Enter PgDn"},
    {"details-lock",      build, "3 1 x"},
    {"details-plain",     build, "1 2 Enter", [](Config& c) { c.plain = true; }},
    {"trace",             build, "1 2 D @events:followed_build"},
    {"trace-focused",     build, "1 2 D @events:followed_build o PgUp"},
    {"trace-calls",       build, "1 2 D o t @events:followed_build"},
    {"trace-zoomed",      build, "1 2 D o @events:followed_build z"},
    {"trace-still",       build, "1 2 D o @events:followed_build Space @events:followed_build"},
    {"trace-filter",      build, "1 2 D @events:followed_build o F4 'trace=openat status=failed' Enter"},
    {"trace-filter-wrong", build, "1 2 D @events:followed_build o F4 'trace=opanat'"},
    {"trace-search",      build, "1 2 D @events:followed_build o F3 'exit' Enter"},
    {"trace-counts",      build, "1 2 D @events:followed_build o c"},
    {"trace-save",        build, "1 2 D @events:followed_build o w"},
    {"trace-ended",       build, "1 2 D @events:followed_build @detached"},
    {"trace-plain",       build, "1 2 D @events:followed_build", [](Config& c) { c.plain = true; }},
    {"setup-typing",      build, "F2 Down Down Right a 'Mine'"},
    {"setup-wrong-query", build, "F2 Down Down Right Right End Enter 'stat=Z' Enter"},
    {"setup-capturing",   build, "F2 Down Down Down Down Down Right Enter"},
};
// clang-format on

std::string name_of(std::string_view prefix, std::string_view title) {
  std::string out(prefix);
  for (const char c : title) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

std::string times(std::string_view key, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) (out += ' ') += key;
  return out;
}

}  // namespace

std::vector<ScreenRow> screen_rows() {
  std::vector<ScreenRow> all(std::begin(rows), std::end(rows));
  const auto tabs = Settings().screens;
  for (std::size_t i = 1; i < tabs.size(); ++i) {
    const auto story = tabs[i].name == "Cgroups" || tabs[i].name == "Namespaces" ? host : build;
    all.push_back({name_of("tab-", tabs[i].name), story, times("Tab", i)});
  }
  for (std::size_t i = 0; i < details_tab_count; ++i)
    all.push_back({name_of("details-", details_tab_title(static_cast<DetailsTab>(i))), build,
                   "2 3 Enter" + times("Tab", i)});
  for (std::size_t i = 0; i < setup_page_count; ++i)
    all.push_back({name_of("setup-", setup_page_title(static_cast<SetupPage>(i))), build,
                   "F2" + times("Down", i) + " Right"});
  return all;
}

}  // namespace ptop::app::test
