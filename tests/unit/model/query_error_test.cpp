// What is said about a wrong query.
#include <random>
#include <string>

#include "ptop/base/escape.hpp"
#include "query_machine.hpp"

using namespace ptop;
using namespace ptop::model;
using namespace std::string_view_literals;

namespace {

QueryError error_of(std::string_view text) {
  const auto query = Query::parse(text);
  INFO(text.substr(0, 100));
  REQUIRE_FALSE(query);
  return query.error();
}

}  // namespace

TEST_CASE("Query: a mistake has a place, a message and a hint", "[model]") {
  struct Wrong {
    std::string_view query;
    std::size_t position, length;
    std::string_view message, hint;
  };
  constexpr std::string_view example = "a condition is for example state=Z or rss>1G";
  constexpr std::string_view join = "write 'and' between two conditions";
  const Wrong wrongs[] = {
      {"cgrup~nginx", 0, 5, "there is no field 'cgrup'", "did you mean 'cgroup'?"},
      {"pid=1 and usr=bob", 10, 3, "there is no field 'usr'", "did you mean 'user'?"},
      {"qqqqqqqq=1", 0, 8, "there is no field 'qqqqqqqq'", ""},
      {"rss>", 3, 1, "a value is missing after '>'", "rss takes a size, as in 512M or 1.5G"},
      {"rss> and x", 3, 1, "a value is missing after '>'", "rss takes a size, as in 512M or 1.5G"},
      {"comm=", 4, 1, "a value is missing after '='", "comm takes a text; '' is the empty one"},
      {"rss>1X", 4, 2, "'1X' is no value of rss", "rss takes a size, as in 512M or 1.5G"},
      {"age<10x", 4, 3, "'10x' is no value of age", "age takes a duration, as in 90s, 10m or 1h30m"},
      {"age<1h30", 4, 4, "'1h30' is no value of age", "age takes a duration, as in 90s, 10m or 1h30m"},
      {"cpu>5m", 4, 2, "'5m' is no value of cpu", "cpu takes a percentage, as in 5 or 0.5"},
      {"pid=abc", 4, 3, "'abc' is no value of pid", "pid takes a number"},
      {"pid=inf", 4, 3, "'inf' is no value of pid", "pid takes a number"},
      {"pid~1", 3, 1, "pid is a number and has no ~", "use = != < <= > >="},
      {"comm<b", 4, 1, "comm is text and has no <", "use = != ~ !~"},
      {"tree<4", 4, 1, "tree has no <", "write tree=PID or tree!=PID"},
      {"tree~4", 4, 1, "tree has no ~", "write tree=PID or tree!=PID"},
      {"tree=init", 5, 4, "'init' is no process ID",
       "tree takes the pid of the topmost process, as in tree=1234"},
      {"state=zombi", 6, 5, "'zombi' is no state", "did you mean 'zombie'?"},
      {"state=Q5555", 6, 5, "'Q5555' is no state", "R S D T t Z X I or P, or its word, as in state=zombie"},
      {"class=orphn", 6, 5, "'orphn' is no class", "did you mean 'orphan'?"},
      {"99999999999", 0, 11, "'99999999999' is no process ID", "quote it when it is a name"},
      {"pid==1", 3, 2, "'==' is no operator here", "write ="},
      {"comm=~x", 4, 2, "'=~' is no operator here", "write ~"},
      {"pid<>1", 3, 2, "'<>' is no operator here", "write !="},
      {"pid=>1", 3, 2, "'=>' is no operator here", "write >="},
      {"pid<<1", 3, 2, "no such operator", "= != < <= > >= ~ !~; quote a value that begins with one"},
      {"comm='bash", 5, 1, "this quote is never closed", "end it with '"},
      {"(pid=1", 0, 1, "this parenthesis is never closed", "close it with )"},
      {"pid=1)", 5, 1, "this parenthesis was never opened", "remove it, or quote the value it belongs to"},
      {"()", 1, 1, "a condition is missing before ')'", example},
      {"pid=1 and", 6, 3, "a condition is missing after 'and'", example},
      {"or pid=1", 0, 2, "a condition is missing before 'or'", example},
      {"not", 0, 3, "a condition is missing after 'not'", example},
      {"pid=1 pid=2", 6, 3, "'and' or 'or' is missing before this", join},
      {"(pid=1 pid=2)", 7, 3, "'and' or 'or' is missing before this", join},
      {"pid=1 AND pid=2", 6, 3, "'and' or 'or' is missing before this", join},
      {"=5", 0, 1, "a field is missing before '='", "as in state=Z or rss>1G"},
      {"1<pid<5", 0, 1, "there is no field '1'", ""},
      {"comm, pid=1", 4, 1, "',' has no meaning here", "write 'and' or 'or' between two conditions"},
      {"nginx & bash", 6, 1, "'&' has no meaning here", "write 'and' or &&"},
      {"nginx | bash", 6, 1, "'|' has no meaning here", "write 'or' or ||"},
      {"name~(a|b)", 5, 1, "a value with a parenthesis must be quoted", "as in name~'^(a|b)$'"},
      {"name~^(a|b)$", 6, 1, "a value with a parenthesis must be quoted", "as in name~'^(a|b)$'"},
      {"name~[a", 5, 2, "bad regular expression: missing ]: [a", ""},
      {"name~'a(b'", 6, 3, "bad regular expression: missing ): a(b", ""},
      {"comm~*x", 5, 1, "bad regular expression: no argument for repetition operator: *", ""},
  };
  for (const Wrong& w : wrongs) {
    INFO(w.query);
    const QueryError error = error_of(w.query);
    CHECK(error.position == w.position);
    CHECK(error.length == w.length);
    CHECK(error.message == w.message);
    CHECK_FALSE(error.hint.empty());
    if (!w.hint.empty()) CHECK(error.hint == w.hint);
  }
}

TEST_CASE("Query: hostile sizes end in an error and nowhere else", "[model]") {
  const std::string parentheses(10'000, '('), closing(10'000, ')'), bangs(60'000, '!');
  CHECK(error_of(parentheses).message == "more than 100 levels of parentheses and 'not'");
  CHECK(error_of(parentheses + "1" + closing).position == 100);
  CHECK(error_of(bangs + "1").message == "more than 100 levels of parentheses and 'not'");
  CHECK(error_of(std::string(65'537, ' ')).message == "the query is longer than 65536 bytes");
  CHECK(Query::parse(std::string(65'536, ' ')));
  CHECK(found(std::string(100, '(') + "1" + std::string(100, ')')) == Pids{1});
  std::string many = "1";
  for (int i = 0; i < 999; ++i) many += " or 1";
  CHECK(found(many) == Pids{1});
  CHECK(error_of(many + " or 1").message == "more than 1000 conditions");
  CHECK(error_of("comm~'((a{100}){100}){100}'").message.starts_with("bad regular expression"));
  CHECK(error_of("comm='" + std::string(60'000, 'x')).message == "this quote is never closed");
  CHECK(error_of(std::string(60'000, 'x') + "=1").message.size() < 100);
}

TEST_CASE("explain: the message, the query, a caret with the hint", "[model]") {
  const auto explained = [](std::string_view text) { return explain(error_of(text), text); };
  CHECK(explained("pid=1 and cgrup~x") ==
        "there is no field 'cgrup'\n"
        "  pid=1 and cgrup~x\n"
        "            ^~~~~ did you mean 'cgroup'?");
  CHECK(explained("(pid=1") ==
        "this parenthesis is never closed\n"
        "  (pid=1\n"
        "  ^ close it with )");
}

TEST_CASE("explain_in_line: the message, where, the hint", "[model]") {
  const auto explained = [](std::string_view text) { return explain_in_line(error_of(text), text); };
  CHECK(explained("pid=1 and cgrup~x") == "there is no field 'cgrup', at 'cgrup~x': did you mean 'cgroup'?");
  CHECK(explained("(pid=1") == "this parenthesis is never closed, at '(pid=1': close it with )");
  CHECK(explained("a\n=\x1b[1m").find('\n') == std::string::npos);
  CHECK(explained("pid=1 and").starts_with("a condition is missing after 'and', at 'and': "));
}

TEST_CASE("explain: the caret counts columns, of escapes and of wide characters too", "[model]") {
  const auto explained = [](std::string_view text) { return explain(error_of(text), text); };
  CHECK(explained("'日本e\xcc\x81' or \x1b[1m='x") ==
        "this quote is never closed\n"
        "  '日本e\xcc\x81' or \\x1b[1m='x\n"
        "                     ^ end it with '");
  CHECK(explained("comm='a\nb\xff' or usr=1") ==
        "there is no field 'usr'\n"
        "  comm='a\\nb\\xff' or usr=1\n"
        "                     ^~~ did you mean 'user'?");
}

TEST_CASE("explain: a long query is cut around the place", "[model]") {
  const std::string text = "comm~" + std::string(300, 'a') + " and cgrup~" + std::string(300, 'b');
  const std::string all = explain(error_of(text), text);
  CHECK(all == "there is no field 'cgrup'\n  ..." + std::string(35, 'a') + " and cgrup~" +
                   std::string(27, 'b') + "...\n" + std::string(45, ' ') + "^~~~~ did you mean 'cgroup'?");
  CHECK(explain(error_of(std::string(70'000, 'x')), std::string(70'000, 'x')).size() < 300);
}

TEST_CASE("Query: random queries are understood or explained", "[model]") {
  constexpr std::string_view pieces[] = {
      "(",  ")",  "and", "or",  "not", "!",    "&&",    "||",   "=",     "!=",     "<", "~",
      "'",  "\"", " ",   "pid", "rss", "name", "state", "tree", "class", "zombie", "1", "10m",
      "1G", "Z",  "?",   "[",   "*",   "\\",   "\xff",  "日",   "\x1b",  "\0"sv,   ",", "a"};
  std::mt19937 random(20261122);
  Stage stage(machine());
  int understood = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    for (std::size_t n = random() % 9; n > 0; --n) {
      text += random() % 8 == 0 ? std::string(1, static_cast<char>(random()))
                                : std::string(pieces[random() % std::size(pieces)]);
    }
    const auto query = Query::parse(text);
    complete(text, random() % 20);
    if (query) {
      ++understood;
      stage.pids(*query);
      continue;
    }
    const QueryError& e = query.error();
    const std::string all = explain(e, text);
    const bool fits = e.position <= text.size() &&
                      e.position + e.length <= std::max<std::size_t>(text.size(), 1) && !e.message.empty() &&
                      std::count(all.begin(), all.end(), '\n') == 2 && escaped(e.message) == e.message &&
                      escaped(e.hint) == e.hint;
    INFO(escaped(text) << '\n' << all);
    if (!fits) CHECK(fits);
  }
  CHECK(understood > 10'000);
}

TEST_CASE("Query: what may not be asked is a mistake at its place", "[model]") {
  const Askable askable{.field = [](std::string_view key) { return key == "pid"; },
                        .class_word = [](Class c) { return c == Class::zombie; },
                        .of = "a stone"};
  CHECK(Query::parse("pid=1 or zombie or word", askable));
  const auto field = Query::parse("pid=1 and comm=x", askable);
  REQUIRE_FALSE(field);
  CHECK(field.error().message == "'comm' cannot be asked of a stone");
  CHECK(field.error().position == 10);
  CHECK(field.error().length == 4);
  const auto word = Query::parse("orphan", askable);
  REQUIRE_FALSE(word);
  CHECK(word.error().message == "'orphan' cannot be asked of a stone");
  CHECK(Query::parse("'orphan'", askable));  // a name
}
