// The key table, and what is made from it.
#include "keymap.hpp"

#include <map>

#include "ptop/base/escape.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop::app;

TEST_CASE("key table: a key means one thing in one place", "[tui]") {
  std::map<std::pair<Context, Key>, Action> seen;
  const auto claim = [&](Context where, Key key, Action action) {
    INFO(context_name(where) << ", key " << key_name(key));
    CHECK(seen.emplace(std::pair(where, key), action).second);
  };
  for (const Binding& b : bindings()) {
    for (Key k : b.keys) {
      if (k == key::none) continue;
      if (b.where != Context::anywhere) {
        claim(b.where, k, b.action);
        continue;
      }
      claim(Context::list, k, b.action);
      claim(Context::pane, k, b.action);
    }
  }
}

TEST_CASE("key table: every row has a key and an explanation that fits 80 columns", "[tui]") {
  for (const Binding& b : bindings()) {
    INFO(b.help);
    CHECK(b.keys[0] != key::none);
    CHECK_FALSE(b.help.empty());
    CHECK(b.help.size() <= 80 - 24);
  }
}

TEST_CASE("key table: htop's keys do what they do in htop", "[tui]") {
  struct Row {
    Key key;
    Action action;
  };
  const auto row = GENERATE(
      Row{key::f(1), Action::help}, Row{U'h', Action::help}, Row{U'?', Action::help},
      Row{key::f(3), Action::search}, Row{U'/', Action::search}, Row{key::f(4), Action::filter},
      Row{U'\\', Action::filter}, Row{key::f(5), Action::toggle_tree}, Row{U't', Action::toggle_tree},
      Row{key::f(6), Action::sort_menu}, Row{U'>', Action::sort_menu}, Row{key::f(10), Action::quit},
      Row{U'q', Action::quit}, Row{U'P', Action::sort_cpu}, Row{U'M', Action::sort_memory},
      Row{U'T', Action::sort_time}, Row{U'N', Action::sort_pid}, Row{U'I', Action::invert_sort},
      Row{U'K', Action::toggle_kthreads}, Row{U'u', Action::user_menu}, Row{U'+', Action::expand},
      Row{U'-', Action::collapse}, Row{U'*', Action::toggle_all}, Row{U'Z', Action::pause},
      Row{U'5', Action::pid_digit}, Row{key::space, Action::tag}, Row{U'c', Action::tag_branch},
      Row{U'U', Action::untag_all}, Row{key::f(7), Action::less_nice}, Row{U']', Action::less_nice},
      Row{key::f(8), Action::nicer}, Row{U'[', Action::nicer}, Row{key::f(9), Action::kill},
      Row{U'k', Action::kill}, Row{U'i', Action::io_priority}, Row{U'l', Action::files},
      Row{U'e', Action::environment}, Row{U'x', Action::locks}, Row{U's', Action::follow},
      Row{key::tab, Action::next_tab}, Row{key::back_tab, Action::previous_tab}, Row{U'<', Action::sort_menu},
      Row{U',', Action::sort_menu}, Row{U'.', Action::sort_menu});
  CHECK(find_action(row.key, Context::list) == row.action);
}

TEST_CASE("key table: keys of the list mean nothing in a menu", "[tui]") {
  CHECK_FALSE(find_action(U's', Context::menu));
  CHECK_FALSE(find_action(key::none, Context::list));
}

TEST_CASE("help screen: lists every key of the table", "[tui]") {
  test::Screen screen(200, 100);
  screen.press(U'?');
  const std::string text = screen.text();
  for (const Binding& b : bindings()) {
    INFO(b.help);
    CHECK(text.find(b.help) != std::string::npos);
    CHECK(text.find(key_names(b).substr(0, 20)) != std::string::npos);
  }
}

TEST_CASE("help screen: scrolls on a small screen and closes", "[tui]") {
  test::Screen screen(10, 60);
  screen.show(test::frame(test::small_system()));
  screen.press(key::f(1));
  CHECK(screen.row(1).find("Everywhere") != std::string::npos);
  screen.press(key::end);
  CHECK(screen.text().find("back to the processes") != std::string::npos);
  screen.press(key::escape);
  CHECK(screen.text().find("COMMAND") != std::string::npos);
  CHECK_FALSE(screen.app.done());
}

TEST_CASE("hint bar: the way out is shown at every width", "[tui]") {
  for (int columns : {12, 20, 40, 80, 200}) {
    test::Screen screen(5, columns);
    screen.show(test::frame(test::small_system()));
    INFO("columns " << columns << ": " << screen.row(4));
    CHECK(screen.row(4).find("F10Quit") != std::string::npos);
  }
}
