#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

#include <linux/capability.h>

#include "ptop/base/escape.hpp"
#include "recipe_text.hpp"
#include "support/catch.hpp"

using namespace ptop;
using follow::Recipe;
using follow::RecipeStep;
using Lines = std::vector<std::string>;

namespace {

constexpr std::uint64_t all_capabilities = (std::uint64_t{2} << CAP_LAST_CAP) - 1;
constexpr std::uint64_t bit(int capability) { return std::uint64_t{1} << capability; }

Lines lines_of(const Recipe& recipe, std::size_t columns = 0) {
  return render::recipe_lines(recipe, columns, false);
}

RecipeStep inherits(std::uint64_t before, std::uint64_t after) {
  return {.action = "credentials", .call = "capset", .capabilities = {{"inheritable", before, after}}};
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return text;
}

}  // namespace

TEST_CASE("recipe_lines: of most capabilities, those that are not there", "[render]") {
  const std::uint64_t most = all_capabilities & ~bit(CAP_SYS_RESOURCE) & ~bit(CAP_BPF);
  CHECK(lines_of({.steps = {inherits(0, most)}}) ==
        Lines{"credentials   inheritable all but CAP_SYS_RESOURCE CAP_BPF"});
  CHECK(lines_of({.steps = {inherits(0, all_capabilities)}}) == Lines{"credentials   inheritable all"});
  CHECK(lines_of({.steps = {inherits(all_capabilities, most)}}) ==
        Lines{"credentials   inheritable without CAP_SYS_RESOURCE CAP_BPF"});
  CHECK(lines_of({.steps = {inherits(0, bit(CAP_BPF))}}) == Lines{"credentials   inheritable CAP_BPF"});
}

TEST_CASE("recipe_lines: capabilities that the user of a program does not imply", "[render]") {
  CHECK(lines_of({.capabilities = bit(CAP_NET_RAW)}) == Lines{"gets          capabilities CAP_NET_RAW"});
  CHECK(lines_of({.capabilities = 0}) == Lines{"gets          capabilities none"});
  CHECK(lines_of({.capabilities = all_capabilities}) == Lines{"gets          capabilities all"});
  CHECK(lines_of({}).empty());
}

TEST_CASE("recipe_lines: a descriptor's number and what it is stay together", "[render]") {
  const std::string path = '/' + std::string(50, 'a') + "/end";
  Recipe recipe;
  for (int fd = 3; fd < 5; ++fd) recipe.descriptors.push_back({fd, path, fd == 4});
  const Lines lines = lines_of(recipe, 40);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "gets          3 /aaaaaaaaaaa…aaaaaaa/end");
  CHECK(lines[1] == "              4 /aaaaaa…aa/end (deleted)");
  CHECK(lines_of(recipe)[0] == "gets          3 " + path + "  4 " + path + " (deleted)");
}

TEST_CASE("recipe_lines: a list that is cut says how much is missing", "[render]") {
  RecipeStep closes{.action = "close", .call = "close"};
  for (int fd = 100; fd < 200; fd += 2) closes.closed.push_back({fd, fd});
  const Lines lines = lines_of({.steps = {closes}}, 60);
  const std::string text = joined(lines);
  CAPTURE(text);
  CHECK(lines.size() <= 4);
  for (const auto& line : lines) CHECK(display_width(line) <= 60);
  const auto at = text.find("… and ");
  REQUIRE(at != text.npos);
  const auto shown = static_cast<int>(std::ranges::count(text, ','));
  CHECK(text.find(" " + std::to_string(100 + 2 * shown) + " …") != text.npos);  // whole
  CHECK(text.substr(at) == "… and " + std::to_string(50 - shown - 1) + " more\n");
}

TEST_CASE("recipe_lines: capabilities that are cut are counted without the words between", "[render]") {
  const std::uint64_t half = all_capabilities & 0xaaaaaaaaaa;
  const Lines lines = lines_of({.steps = {inherits(0, half)}}, 50);
  const std::string text = joined(lines);
  CAPTURE(text);
  std::size_t shown = 0;
  for (auto at = text.find("CAP_"); at != text.npos; at = text.find("CAP_", at + 1)) ++shown;
  CHECK(text.ends_with(" … and " + std::to_string(20 - shown) + " more\n"));
}

TEST_CASE("recipe_lines: the two signals of the C library itself are left out", "[render]") {
  const int cancel = 32, set_ids = 33;
  CHECK(lines_of({.ignored = {cancel, set_ids}}).empty());
  CHECK(lines_of({.ignored = {SIGPIPE, cancel, set_ids}}) == Lines{"gets          ignored PIPE"});
  CHECK(lines_of({.blocked = {cancel}}) == Lines{"gets          blocked RT_0"});
  Recipe recipe{.steps = {{.action = "ignore", .call = "rt_sigaction", .signals = {cancel, set_ids}}}};
  CHECK(lines_of(recipe).empty());
  recipe.steps[0].error_number = EINVAL;
  CHECK(lines_of(recipe) == Lines{"ignore        RT_0 RT_1  failed: EINVAL"});
  recipe.steps[0] = {.action = "default", .call = "rt_sigaction", .signals = {SIGINT, set_ids}};
  CHECK(lines_of(recipe) == Lines{"default       INT"});
}

TEST_CASE("recipe_lines: marks one after the other are one line", "[render]") {
  const auto mark = [](std::string_view action, int fd) {
    return RecipeStep{.action = action, .call = "fcntl", .fd = fd};
  };
  RecipeStep range{.action = "close_on_exec", .call = "close_range", .closed = {{3, 5}}};
  RecipeStep failed = mark("keep", 7);
  failed.error_number = EBADF;
  CHECK(lines_of({.steps = {mark("keep", 1), mark("keep", 0), mark("keep", 2), mark("close_on_exec", 10),
                            mark("close_on_exec", 6), range, failed, mark("keep", 9)}}) ==
        Lines{"keep          0-2", "close_on_exec 3-6, 10", "keep          7  failed: EBADF",
              "keep          9"});
}
