// htop's keys: the table of docs/HTOP_KEYS.md is true, and each of them does what it says.
#include <fstream>
#include <set>

#include "scene.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

struct Documented {
  Key key;
  std::string action;
};

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::size_t from = 1;
  for (std::size_t bar = line.find('|', 1); bar != std::string::npos; bar = line.find('|', from)) {
    std::string cell = line.substr(from, bar - from);
    cell.erase(0, cell.find_first_not_of(' '));
    cell.erase(cell.find_last_not_of(' ') + 1);
    out.push_back(std::move(cell));
    from = bar + 1;
  }
  return out;
}

std::vector<Documented> documented() {
  std::ifstream file(ptop::test::fixtures() + "/../../docs/HTOP_KEYS.md");
  REQUIRE(file);
  std::vector<Documented> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    const auto row = cells(line);
    if (row.size() != 4) continue;
    for (std::size_t at = row[0].find('`'); at != std::string::npos; at = row[0].find('`', at)) {
      const std::size_t end = row[0].find('`', at + 1);
      const auto key = parse_key(row[0].substr(at + 1, end - at - 1));
      INFO(line);
      REQUIRE(key);
      rows.push_back({*key, row[3]});
      at = end + 1;
    }
  }
  return rows;
}

/// What was typed before, the key, and a text that is there or not afterwards.
struct Pressed {
  std::u32string before;
  Key key;
  std::string_view shows;
  std::string_view hides = "\x01";
};

std::vector<Pressed> presses() {
  return {
      {U"", key::f(1), "ptop: keys"},
      {U"", U'h', "ptop: keys"},
      {U"", U'?', "ptop: keys"},
      {U"", key::f(2), " Setup "},
      {U"", U'S', " Setup "},
      {U"", U'C', " Setup "},
      {U"", key::f(3), "Search: "},
      {U"", U'/', "Search: "},
      {U"", key::f(4), "Filter: "},
      {U"", U'\\', "Filter: "},
      {U"", key::f(5), "CPU▽", "├─"},
      {U"", U't', "CPU▽", "├─"},
      {U"", key::f(6), "Sort by"},
      {U"", U'<', "Sort by"},
      {U"", U'>', "Sort by"},
      {U"", U'.', "Sort by"},
      {U"", U',', "Sort by"},
      {U"110", key::f(7), "nice is -1 of 110 make"},
      {U"110", U']', "nice is -1 of 110 make"},
      {U"110", key::f(8), "nice is 1 of 110 make"},
      {U"110", U'[', "nice is 1 of 110 make"},
      {U"110", key::f(19), "nice changed by -1 for the autogroup of 110 make"},
      {U"110", U'}', "nice changed by -1 for the autogroup of 110 make"},
      {U"110", key::f(20), "nice changed by +1 for the autogroup of 110 make"},
      {U"110", U'{', "nice changed by +1 for the autogroup of 110 make"},
      {U"110", key::f(9), "Send a signal to 110 make"},
      {U"110", U'k', "Send a signal to 110 make"},
      {U"", key::tab, "PGID"},
      {U"", key::back_tab, "TRACER"},
      {U"110 ", U' ', "2 tagged"},
      {U"100", U'c', "4 tagged"},
      {U"110 ", U'U', "COMMAND", "1 tagged"},
      {U"110", U's', "Following 110 make"},
      {U"110", U'l', "110 make"},
      {U"110", U'x', "110 make"},
      {U"110", U'e', "110 make"},
      {U"110", U'w', "Command of 110 make"},
      {U"110", U'i', "I/O priority of 110 make"},
      {U"110", U'a', "CPUs of 110 make"},
      {U"", U'I', "PID▽", "PID△"},
      {U"100-", U'+', "make -j2", "[+3]"},
      {U"100", U'-', "[+3]", "make -j2"},
      {U"", U'*', "[+3]", "make -j2"},
      {U"", U'u', "Processes of"},
      {U"P", U'N', "PID△"},
      {U"", U'M', "RSS▽"},
      {U"", U'P', "CPU▽"},
      {U"", U'T', "TIME▽"},
      {U"", U'F', "the cursor stays on its line"},
      {U"", U'H', "threads have rows of their own"},
      {U"", U'K', "kernel threads are hidden", "kthreadd"},
      {U"", U'p', "cc1plus main.cpp", "/usr/lib"},
      {U"", U'm', "commands with"},
      {U"", U'Z', "paused"},
      {U"", U'#', "COMMAND", "Mem["},
      {U"", key::ctrl('L'), "COMMAND"},
      {U"", key::ctrl('E'), "COMMAND"},
      {U"", U'$', "COMMAND"},
      {U"", key::ctrl('A'), "COMMAND"},
      {U"", U'^', "COMMAND"},
      {U"", key::left, "COMMAND"},
      {U"", key::alt('h'), "COMMAND"},
      {U"", key::right, "COMMAND"},
      {U"", key::alt('l'), "COMMAND"},
  };
}

/// Where the selection goes from process 110.
struct Moved {
  Key key;
  int to;
};

}  // namespace

TEST_CASE("htop's keys: each has the action that docs/HTOP_KEYS.md says", "[tui]") {
  const auto rows = documented();
  CHECK(rows.size() > 70);
  std::set<Key> seen;
  for (const Documented& row : rows) {
    INFO(key_name(row.key) << ": " << row.action);
    const auto action = find_action(row.key, Context::list);
    REQUIRE(action);
    CHECK(action_name(*action) == row.action);
    CHECK(seen.insert(row.key).second);
  }
}

TEST_CASE("htop's keys: each does what docs/HTOP_KEYS.md says", "[tui]") {
  std::set<Key> pressed;
  for (const Pressed& row : presses()) {
    Screen s(36, 120);
    s.show(frame(small_system()));
    s.type(row.before);
    s.press(row.key);
    const std::string text = s.text();
    INFO("key " << key_name(row.key) << "\n" << text);
    CHECK(contains(text, row.shows));
    CHECK_FALSE(contains(text, row.hides));
    pressed.insert(row.key);
  }
  for (const Moved row :
       {Moved{key::up, 100}, Moved{key::alt('k'), 100}, Moved{key::down, 111}, Moved{key::alt('j'), 111},
        Moved{key::home, 1}, Moved{key::page_up, 1}, Moved{key::end, 9}, Moved{key::page_down, 9},
        Moved{U'1', 111}, Moved{U'2', 2}, Moved{U'9', 9}, Moved{U'0', 110}, Moved{U'3', 110},
        Moved{U'4', 110}, Moved{U'5', 110}, Moved{U'6', 110}, Moved{U'7', 110}, Moved{U'8', 110}}) {
    Screen s(36, 120);
    s.show(frame(small_system()));
    s.text();  // pages are as high as what was drawn
    s.type(U"110");
    s.press(key::ctrl('L'));  // what was typed is over
    if (row.key == U'1') s.type(U"11");
    s.press(row.key);
    INFO("key " << key_name(row.key));
    CHECK(s.selected() == row.to);
    pressed.insert(row.key);
  }
  for (const Key k : {key::f(10), Key{U'q'}}) {
    Screen s;
    s.press(k);
    CHECK(s.app.done());
    pressed.insert(k);
  }
  for (const Documented& row : documented()) {
    INFO(key_name(row.key) << " is not tried here");
    CHECK(pressed.contains(row.key));
  }
}

TEST_CASE("function keys: each has a letter or sign beside it", "[tui]") {
  for (const bool vi : {false, true}) {
    Keymap keys;
    if (vi) keys.add_vi_keys();
    for (const Binding& b : keys.bindings()) {
      const auto is_function = [](Key k) { return k > key::f(0) && k <= key::f(64); };
      const bool has_function = std::any_of(b.keys.begin(), b.keys.end(), is_function);
      const bool has_other =
          std::any_of(b.keys.begin(), b.keys.end(), [&](Key k) { return k != key::none && !is_function(k); });
      INFO(b.help);
      CHECK((!has_function || has_other));
    }
  }
}
