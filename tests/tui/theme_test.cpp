// Roles to colours, for every theme and depth.
#include "theme.hpp"

#include "support/catch.hpp"

using namespace ptop::app;

TEST_CASE("theme: 256 colours are the nearest of xterm's", "[tui]") {
  CHECK(nearest_of_256(0x000000) == 16);
  CHECK(nearest_of_256(0xffffff) == 231);
  CHECK(nearest_of_256(0x5fd75f) == 77);
  CHECK(nearest_of_256(0xff5f5f) == 203);
  CHECK(nearest_of_256(0x808080) == 244);
  CHECK(nearest_of_256(0xeeeeee) == 255);
}

TEST_CASE("theme: colours are within what the terminal has", "[tui]") {
  for (const auto name : theme_names()) {
    for (std::size_t i = 0; i < ink_count; ++i) {
      INFO(name << ", ink " << i);
      for (const auto& [depth, most] : {std::pair{Depth::eight, 7}, std::pair{Depth::sixteen, 15},
                                        std::pair{Depth::many, 255}, std::pair{Depth::direct, 0xffffff}}) {
        const Painted look = paint(find_theme(name), static_cast<Ink>(i), depth);
        CHECK(look.fg >= own_colour);
        CHECK(look.fg <= most);
        CHECK(look.bg >= own_colour);
        CHECK(look.bg <= most);
      }
    }
  }
}

TEST_CASE("theme: text can be told from what is behind it", "[tui]") {
  for (const auto name : theme_names()) {
    for (std::size_t i = 0; i < ink_count; ++i) {
      for (const Depth depth : {Depth::eight, Depth::sixteen, Depth::many, Depth::direct}) {
        const Painted look = paint(find_theme(name), static_cast<Ink>(i), depth);
        INFO(name << ", ink " << i << ", depth " << static_cast<int>(depth));
        CHECK((look.bg == own_colour || look.fg != look.bg));
      }
    }
  }
}

TEST_CASE("theme: without colours what matters is still marked", "[tui]") {
  for (const auto name : theme_names()) {
    for (const Ink ink : {Ink::selection, Ink::header, Ink::error, Ink::message, Ink::match, Ink::tagged,
                          Ink::zombie, Ink::stopped, Ink::bad, Ink::selection_lost, Ink::title_focused}) {
      const Painted look = paint(find_theme(name), ink, Depth::none);
      CHECK(look.fg == own_colour);
      CHECK(look.bg == own_colour);
      CHECK(look.attributes != normal);
    }
  }
}

TEST_CASE("theme: high contrast does not depend on the terminal's own colours", "[tui]") {
  for (std::size_t i = 0; i < ink_count; ++i) {
    const Painted look = paint(find_theme("contrast"), static_cast<Ink>(i), Depth::many);
    CHECK(look.fg != own_colour);
    CHECK(look.bg != own_colour);
  }
}

TEST_CASE("theme: an unknown name is the default", "[tui]") {
  CHECK(&find_theme("nope") == &find_theme("default"));
  CHECK(&find_theme("light") != &find_theme("default"));
}
