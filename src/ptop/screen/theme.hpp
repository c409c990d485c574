// How each Ink looks: colours as roles, in one table, for every theme and every kind of terminal. Knows no
// terminal.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "surface.hpp"

namespace ptop::app {

/// How many colours a terminal has; `direct`: it takes red, green and blue of 8 bits each.
enum class Depth : std::uint8_t { none, eight, sixteen, many, direct };

/// A colour for terminals that can mix it, and the one of the 16 that stands for it elsewhere.
struct Tint {
  std::int32_t rgb = own_colour;
  std::int16_t basic = own_colour;
};

struct Look {
  Tint fg, bg;
  std::uint8_t attributes = normal;
};

using Theme = std::array<Look, ink_count>;

/// "default", "light", "contrast", "monochrome".
std::span<const std::string_view> theme_names();
/// An unknown name is the first theme.
const Theme& find_theme(std::string_view name);

/// "auto", "none", "16", "256", "true": what may be asked of a terminal.
std::span<const std::string_view> colour_names();

/// What the terminal is to be told: numbers of its palette, or 0xRRGGBB with Depth::direct.
struct Painted {
  int fg = own_colour, bg = own_colour;
  std::uint8_t attributes = normal;
  friend bool operator==(const Painted&, const Painted&) = default;
};
/// Without colours it is the monochrome theme, whatever `theme` is.
Painted paint(const Theme& theme, Ink ink, Depth depth);

/// The nearest that there is. Without colours a background of its own is shown reversed.
Painted paint(const Shade& shade, Depth depth);

/// The nearest of the colours 16 to 255 of a terminal with 256.
int nearest_of_256(std::int32_t rgb);

}  // namespace ptop::app
