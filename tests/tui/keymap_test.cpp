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

TEST_CASE("keys: their names can be read again", "[tui]") {
  for (const Binding& b : bindings()) {
    for (const Key k : b.keys) {
      if (k == key::none) continue;
      INFO(key_name(k));
      CHECK(parse_key(key_name(k)) == k);
    }
  }
  CHECK(parse_key("S-F3") == key::f(15));
  CHECK(parse_key("F15") == key::f(15));
  CHECK(parse_key("A-k") == key::alt('k'));
  CHECK(parse_key("^L") == key::ctrl('L'));
  CHECK(parse_key("\u00e9") == U'\u00e9');
  for (const char* bad : {"", "F0", "F25", "xx", "^", "^l", "A-", "Ctrl-L", "\xff", "\x1b", "\xe2\x80\xae"}) {
    INFO(bad);
    CHECK_FALSE(parse_key(bad) == key::ctrl('L'));
    CHECK((std::string_view(bad) == "^" || !parse_key(bad)));
  }
}

TEST_CASE("keys: every action has a name of its own", "[tui]") {
  for (const Binding& b : bindings()) {
    INFO(b.help);
    CHECK(find_action_name(action_name(b.action)) == b.action);
  }
  CHECK_FALSE(find_action_name("no_such_action"));
}

TEST_CASE("keys: an action bound anew has these keys alone, and takes them from others", "[tui]") {
  Keymap keys;
  const Key wanted[] = {U'/', U'k'};
  CHECK(keys.bind(Action::search, Context::list, wanted));
  CHECK(keys.find(U'/', Context::list) == Action::search);
  CHECK(keys.find(U'k', Context::list) == Action::search);
  CHECK_FALSE(keys.find(key::f(3), Context::list));
  CHECK(keys.find(key::f(9), Context::list) == Action::kill);
  CHECK(keys.find(key::f(3), Context::prompt) == Action::prompt_next);
  CHECK_FALSE(keys.bind(Action::detach, Context::list, wanted));
  CHECK(keys.bind(Action::detach, Context::pane, wanted));
  CHECK(keys.find(U'k', Context::pane) == Action::detach);
  CHECK(keys.find(U'k', Context::list) == Action::search);
}

TEST_CASE("keys of vi: move everywhere, and what they meant has another key", "[tui]") {
  Keymap keys;
  keys.add_vi_keys();
  for (const Context where :
       {Context::list, Context::pane, Context::details, Context::menu, Context::help_screen}) {
    INFO(context_name(where));
    CHECK(keys.find(U'j', where) == Action::down);
    CHECK(keys.find(U'k', where) == Action::up);
    CHECK(keys.find(U'g', where) == Action::home);
    CHECK(keys.find(U'G', where) == Action::end);
  }
  CHECK(keys.find(U'h', Context::list) == Action::left);
  CHECK(keys.find(U'l', Context::list) == Action::right);
  CHECK(keys.find(key::ctrl('D'), Context::list) == Action::half_page_down);
  CHECK(keys.find(key::ctrl('U'), Context::list) == Action::half_page_up);
  CHECK(keys.find(U'n', Context::list) == Action::search_again);
  CHECK(keys.find(U'N', Context::list) == Action::search_back);
  for (const auto& [k, action] : {std::pair{Key{U'X'}, Action::kill}, std::pair{Key{U'L'}, Action::files},
                                  std::pair{Key{U'O'}, Action::sort_pid}, std::pair{Key{U'?'}, Action::help}})
    CHECK(keys.find(k, Context::list) == action);
  CHECK_FALSE(keys.find(U'j', Context::prompt));
}
