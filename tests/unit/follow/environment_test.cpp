#include "environment.hpp"

#include "support/catch.hpp"

using ptop::follow::environment_change;
using Strings = std::vector<std::string>;

TEST_CASE("environment_change: the same environment has no change", "[follow]") {
  const auto change = environment_change({"A=1", "B=2"}, {"A=1", "B=2"});
  CHECK(change.added.empty());
  CHECK(change.removed.empty());
  CHECK(change.changed.empty());
}

TEST_CASE("environment_change: order alone is no change", "[follow]") {
  const auto change = environment_change({"A=1", "B=2"}, {"B=2", "A=1"});
  CHECK(change.added.empty());
  CHECK(change.removed.empty());
  CHECK(change.changed.empty());
}

TEST_CASE("environment_change: added, removed and changed are told apart", "[follow]") {
  const auto change = environment_change({"A=1", "B=2", "C=3"}, {"C=3", "A=x", "D=4"});
  CHECK(change.added == Strings{"D=4"});
  CHECK(change.removed == Strings{"B"});
  CHECK(change.changed == Strings{"A=x"});
}

TEST_CASE("environment_change: of a name that occurs twice each entry counts, in its order", "[follow]") {
  CHECK(environment_change({}, {"A=1", "A=2", "B=1"}).added == Strings{"A=1", "A=2", "B=1"});
  CHECK(environment_change({"A=1", "A=2"}, {"A=1", "A=3"}).changed == Strings{"A=3"});
  CHECK(environment_change({"A=1"}, {"A=1", "A=2"}).changed.empty());
  CHECK(environment_change({"A=1"}, {"A=1", "A=2"}).added == Strings{"A=2"});
  const auto before = environment_change({"A=1"}, {"A=2", "A=1"});
  CHECK(before.changed == Strings{"A=2"});
  CHECK(before.added == Strings{"A=1"});
  CHECK(environment_change({"A=1", "A=2"}, {}).removed == Strings{"A", "A"});
  CHECK(environment_change({"A=1", "A=2"}, {"A=2", "A=1"}).changed == Strings{"A=2", "A=1"});
  CHECK(environment_change({"A=1", "B=1", "A=2"}, {"B=1", "A=1", "A=2"}).changed.empty());
}

TEST_CASE("environment_change: repeated names among many changes are found as among few", "[follow]") {
  ptop::follow::Environment before, after;
  for (int i = 0; i < 40; ++i) {
    before.add("X" + std::to_string(i) + "=1");
    after.add("X" + std::to_string(i) + "=2");
  }
  for (int i = 0; i < 20'000; ++i) after.add("A=" + std::to_string(i));
  before.add("A=0"), before.add("A=x"), before.add("C=1"), before.add("C=2");
  const auto change = environment_change(before, after);
  CHECK(change.changed.size() == 41);
  CHECK(change.changed.back() == "A=1");
  CHECK(change.added.size() == 19'998);
  CHECK(change.added.front() == "A=2");
  CHECK(change.removed == Strings{"C", "C"});
}

TEST_CASE("environment_change: entries without an equals sign and bytes that are no text are entries too",
          "[follow]") {
  const auto change = environment_change({"odd"}, {"\xff\xfe=\x80", "=C:=1"});
  CHECK(change.removed == Strings{"odd"});
  CHECK(change.added == Strings{"\xff\xfe=\x80", "=C:=1"});
}

TEST_CASE("environment_change: what is the same before and behind may have been hidden", "[follow]") {
  const auto shown = environment_change({"A=1", "A=2"}, {"A=2"});
  CHECK(shown.changed == Strings{"A=2"});
  CHECK(shown.removed == Strings{"A"});
  CHECK(environment_change({"A=1", "B=1"}, {"A=1", "A=2", "B=1"}).changed.empty());
}

TEST_CASE("environment_change: many changes are found as few are", "[follow]") {
  ptop::follow::Environment before, after;
  for (int i = 0; i < 40; ++i) {
    before.add("X" + std::to_string(i) + "=1");
    after.add("X" + std::to_string(i + 10) + (i % 2 == 0 ? "=1" : "=2"));
  }
  const auto change = environment_change(before, after);
  CHECK(change.added.size() == 10);
  CHECK(change.removed.size() == 10);
  CHECK(change.changed.size() == 15);
}

TEST_CASE("EnvironmentComparison: what was compared lately is known, and what changed nothing is shared",
          "[follow]") {
  using ptop::follow::Environment;
  const auto shell = std::make_shared<const Environment>(Environment{"A=1", "B=1"});
  ptop::follow::EnvironmentComparison comparison;
  CHECK(comparison.compare(shell, {"A=1", "B=1"}).after == shell);
  const auto first = comparison.compare(shell, {"A=1", "B=2"});
  CHECK(first.change.changed == Strings{"B=2"});
  for (int i = 0; i < 20; ++i) {
    const auto other = "C=" + std::to_string(i);
    CHECK(comparison.compare(shell, {"A=1", "B=1", other}).change.added == Strings{other});
    CHECK(comparison.compare(shell, {"A=1", "B=1", other}).change.added == Strings{other});
  }
  const auto again = comparison.compare(shell, {"A=1", "B=2"});
  CHECK(again.change.changed == Strings{"B=2"});
  CHECK(again.after != first.after);
  CHECK(comparison.compare(again.after, {"A=1", "B=2"}).after == again.after);
  CHECK(comparison.compare(again.after, {"A=1", "B=1"}).change.changed == Strings{"B=1"});
}

TEST_CASE("environment_change: entries that moved are paired again behind what came and went", "[follow]") {
  const auto change = environment_change({"A=1", "B=1", "C=1", "D=1", "_=/bin/x"},
                                         {"A=1", "N=1", "B=1", "D=2", "E=1", "_=/bin/y"});
  CHECK(change.added == Strings{"N=1", "E=1"});
  CHECK(change.removed == Strings{"C"});
  CHECK(change.changed == Strings{"D=2", "_=/bin/y"});
  CHECK(environment_change({"A=1", "B=1", "A=2"}, {"B=1", "A=2", "A=1"}).changed == Strings{"A=2", "A=1"});
}
