// Every screen at three sizes, compared with the files in tests/golden/screens.
#include "screens.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "picture.hpp"
#include "story.hpp"
#include "support/catch.hpp"
#include "support/golden.hpp"
#include "support/paths.hpp"
#include "theme.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

struct Size {
  int columns, rows;
};
constexpr Size sizes[] = {{80, 24}, {120, 40}, {200, 60}};

std::string file_of(const ScreenRow& row, Size size) {
  return fmt::format("screens/{}-{}x{}.txt", row.name, size.columns, size.rows);
}

std::string picture(const ScreenRow& row, Size size) {
  Config config{.self = Pid(999'999)};
  if (row.change != nullptr) row.change(config);
  Story story(row.story, std::move(config), size.rows, size.columns);
  if (row.steps != "@unread") {
    story.scan(), story.scan();
    story.play(row.steps);
  }
  const Surface& surface = story.look();
  return picture_of(surface) + (size.columns == 80 ? picture_without_colours(surface) : "");
}

std::string colour_text(int colour, Depth depth) {
  if (colour == own_colour) return "own";
  return depth == Depth::direct ? fmt::format("#{:06x}", static_cast<unsigned>(colour))
                                : std::to_string(colour);
}

std::string look_text(const Theme& theme, Ink ink, Depth depth) {
  const Painted painted = paint(theme, ink, depth);
  const std::string words = attribute_words(painted.attributes);
  return fmt::format("{}/{}{}{}", colour_text(painted.fg, depth), colour_text(painted.bg, depth),
                     words.empty() ? "" : " ", words);
}

/// In the zone and the language of nobody.
const bool environment_is_fixed = [] {
  ::setenv("TZ", "UTC", 1);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  return true;
}();

}  // namespace

TEST_CASE("screens: each looks as its golden files say", "[tui]") {
  REQUIRE(environment_is_fixed);
  for (const ScreenRow& row : screen_rows()) {
    DYNAMIC_SECTION(row.name) {
      for (const Size size : sizes) ptop::test::check_golden(file_of(row, size), picture(row, size));
    }
  }
}

TEST_CASE("screens: every golden file is of one", "[tui]") {
  std::set<std::string> known{"themes.txt"};
  for (const ScreenRow& row : screen_rows())
    for (const Size size : sizes) {
      INFO("two screens are called " << row.name);
      CHECK(known.insert(std::filesystem::path(file_of(row, size)).filename()).second);
    }
  for (const auto& file : std::filesystem::directory_iterator(ptop::test::golden_files() + "/screens")) {
    INFO(file.path() << " is of no screen in tests/tui/screens/screens.cpp: remove it");
    CHECK(known.contains(file.path().filename()));
  }
}

TEST_CASE("themes: each role on each kind of terminal", "[tui]") {
  std::string text;
  for (const std::string_view name : theme_names()) {
    const Theme& theme = find_theme(name);
    text += fmt::format("{}\n  {:<15} {:<20} {:<20} {:<24} {}\n", name, "role", "8 colours", "16 colours",
                        "256 colours", "direct colours");
    for (std::size_t i = 0; i < ink_count; ++i) {
      const auto ink = static_cast<Ink>(i);
      text += fmt::format("{} {:<15} {:<20} {:<20} {:<24} {}\n", ink_letter(ink), ink_name(ink),
                          look_text(theme, ink, Depth::eight), look_text(theme, ink, Depth::sixteen),
                          look_text(theme, ink, Depth::many), look_text(theme, ink, Depth::direct));
    }
  }
  ptop::test::check_golden("screens/themes.txt", text);
}
