// The table of looks.
#include "theme.hpp"

#include <algorithm>
#include <cstdlib>

namespace ptop::app {
namespace {

// The tints, with the one of the 16 colours that stands for each: 0-7 dark, 8-15 bright.
constexpr Tint own{}, black{0x000000, 0}, white{0xffffff, 15}, paper{0xeeeeee, 7};
// On dark backgrounds.
constexpr Tint grey{0x808080, 8}, dusk{0x626262, 8}, silver{0xbcbcbc, own_colour}, ash{0xd0d0d0, 0},
    slate{0x444444, 7}, green{0x5fd75f, 2}, yellow{0xffd75f, 3}, red{0xff5f5f, 1}, crimson{0xd70000, 1},
    sky{0x87afd7, 6}, steel{0x5f87af, 4}, sand{0xd7af5f, 3}, orange{0xffaf00, 3}, violet{0xd787ff, 5},
    jade{0x5faf87, 2}, mint{0xafd7af, 6}, aqua{0x87d7ff, 6};
// On light ones.
constexpr Tint ink_grey{0x6c6c6c, 8}, ink_green{0x005f00, 2}, ink_ochre{0x875f00, 3}, ink_red{0xaf0000, 1},
    ink_blue{0x005f87, 4}, ink_violet{0x87005f, 5}, ink_navy{0x00005f, 4}, pale_blue{0xafd7ff, 6},
    pale_green{0xafd7af, 2}, pale_yellow{0xffff87, 3}, pale_grey{0xd0d0d0, 7};
// The strongest there are.
constexpr Tint lime{0x00ff00, 10}, lemon{0xffff00, 11}, scarlet{0xff5f5f, 9}, cyan{0x00ffff, 14},
    pink{0xff87ff, 13}, amber{0xffd700, 11};

struct Row {
  Ink ink;
  Look dark, light, contrast;
  std::uint8_t mono;
};

// clang-format off
constexpr Row table[] = {
    {Ink::plain,          {own, own},                 {own, own},                    {white, black},               normal},
    {Ink::faint,          {grey, own},                {ink_grey, own},               {paper, black},               dim},
    {Ink::strong,         {own, own, bold},           {own, own, bold},              {white, black, bold},         bold},
    {Ink::good,           {green, own},               {ink_green, own},              {lime, black},                normal},
    {Ink::warning,        {yellow, own},              {ink_ochre, own},              {lemon, black},               bold},
    {Ink::bad,            {red, own, bold},           {ink_red, own, bold},          {scarlet, black, bold},       bold},
    {Ink::user,           {sky, own},                 {ink_blue, own},               {cyan, black},                normal},
    {Ink::name,           {own, own, bold},           {own, own, bold},              {white, black, bold},         bold},
    {Ink::argument,       {silver, own},              {own, own},                    {white, black},               normal},
    {Ink::tree,           {steel, own},               {ink_blue, own},               {cyan, black},                normal},
    {Ink::zombie,         {red, own, bold},           {ink_red, own, bold},          {scarlet, black, bold},       bold},
    {Ink::orphan,         {sand, own, bold},          {ink_ochre, own, bold},        {lemon, black, bold},         bold},
    {Ink::stopped,        {orange, own, bold},        {ink_ochre, own, bold},        {amber, black, bold},         bold},
    {Ink::traced,         {violet, own, bold},        {ink_violet, own, bold},       {pink, black, bold},          bold},
    {Ink::kthread,        {dusk, own},                {ink_grey, own},               {paper, black},               dim},
    {Ink::running,        {green, own, bold},         {ink_green, own, bold},        {lime, black, bold},          bold},
    {Ink::header,         {black, jade},              {black, pale_green},           {black, white, bold},         reverse},
    {Ink::header_sort,    {black, mint, bold},        {white, ink_blue, bold},       {black, lemon, bold},         reverse | bold},
    {Ink::selection,      {black, sky},               {black, pale_blue},            {black, cyan, bold},          reverse},
    {Ink::selection_lost, {ash, slate},               {black, pale_grey},            {white, black, underline},    underline},
    {Ink::match,          {black, yellow},            {black, pale_yellow, bold},    {black, lemon, bold},         underline | bold},
    {Ink::hint_key,       {own, own},                 {own, own, bold},              {white, black, bold},         normal},
    {Ink::hint_text,      {black, sky},               {black, pale_blue},            {black, white},               reverse},
    {Ink::message,        {black, mint},              {black, pale_green},           {black, lime, bold},          reverse},
    {Ink::error,          {white, crimson, bold},     {white, ink_red, bold},        {white, crimson, bold},       reverse | bold},
    {Ink::title,          {sky, own},                 {ink_blue, own},               {cyan, black, bold},          normal},
    {Ink::title_focused,  {black, sky, bold},         {white, ink_blue, bold},       {black, cyan, bold},          reverse | bold},
    {Ink::frame,          {own, own, bold},           {own, own},                    {white, black, bold},         normal},
    {Ink::bar_low,        {green, own},               {ink_green, own},              {lime, black, bold},          normal},
    {Ink::bar_mid,        {yellow, own},              {ink_ochre, own},              {lemon, black, bold},         normal},
    {Ink::bar_high,       {red, own},                 {ink_red, own, bold},          {scarlet, black, bold},       bold},
    {Ink::bar_cache,      {sand, own},                {ink_ochre, own},              {lemon, black},               dim},
    {Ink::bar_text,       {silver, own},              {own, own},                    {white, black},               normal},
    {Ink::event_birth,    {green, own},               {ink_green, own},              {lime, black},                normal},
    {Ink::event_exec,     {aqua, own, bold},          {ink_navy, own, bold},         {cyan, black, bold},          bold},
    {Ink::event_end,      {silver, own},              {own, own},                    {white, black},               normal},
    {Ink::event_signal,   {orange, own},              {ink_ochre, own, bold},        {amber, black, bold},         bold},
    {Ink::event_call,     {own, own},                 {own, own},                    {white, black},               normal},
    {Ink::tagged,         {yellow, own, bold},        {ink_ochre, own, bold},        {lemon, black, bold},         bold | underline},
    {Ink::program,        {own, own},                 {own, own},                    {white, black},               normal},
    {Ink::thread,         {jade, own},                {ink_green, own},              {lime, black},                normal},
};
// clang-format on

constexpr bool rows_match_inks() {
  if (std::size(table) != ink_count) return false;
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (static_cast<std::size_t>(table[i].ink) != i) return false;
  }
  return true;
}
static_assert(rows_match_inks());  // row i is of ink i

struct Named {
  std::string_view name;
  Theme theme;
};

template <class Pick>
constexpr Theme theme_of(Pick pick) {
  Theme theme{};
  for (std::size_t i = 0; i < ink_count; ++i) theme[i] = pick(table[i]);
  return theme;
}

constexpr Theme themes[] = {
    theme_of([](const Row& row) { return row.dark; }),
    theme_of([](const Row& row) { return row.light; }),
    theme_of([](const Row& row) { return row.contrast; }),
    theme_of([](const Row& row) {
      return Look{own, own, row.mono};
    }),
};
constexpr const Theme& monochrome = themes[3];
constexpr std::string_view names[] = {"default", "light", "contrast", "monochrome"};
static_assert(std::size(names) == std::size(themes));

constexpr int dim_black = 8;

/// A bright colour of a terminal with eight: the dark one, bold as a foreground.
int of_eight(int basic, bool foreground, std::uint8_t& attributes) {
  if (basic < 8) return basic;
  if (foreground && basic == dim_black) {
    attributes |= dim;
    return own_colour;
  }
  if (foreground) attributes |= bold;
  return basic - 8;
}

int colour_of(Tint tint, bool foreground, Depth depth, std::uint8_t& attributes) {
  if (depth == Depth::eight) return of_eight(tint.basic, foreground, attributes);
  if (depth == Depth::sixteen) return tint.basic;
  if (tint.rgb == own_colour) return own_colour;
  return depth == Depth::direct ? tint.rgb : nearest_of_256(tint.rgb);
}

}  // namespace

std::span<const std::string_view> theme_names() { return names; }

const Theme& find_theme(std::string_view name) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  return found == std::end(names) ? themes[0] : themes[found - std::begin(names)];
}

std::span<const std::string_view> colour_names() {
  static constexpr std::string_view words[] = {"auto", "none", "16", "256", "true"};
  return words;
}

Painted paint(const Theme& theme, Ink ink, Depth depth) {
  const auto i = static_cast<std::size_t>(ink);
  if (depth == Depth::none) return {own_colour, own_colour, monochrome[i].attributes};
  const Look& look = theme[i];
  Painted out{.attributes = look.attributes};
  out.fg = colour_of(look.fg, true, depth, out.attributes);
  out.bg = colour_of(look.bg, false, depth, out.attributes);
  return out;
}

namespace {

/// xterm's colours of the first 16.
constexpr std::int32_t basic_colours[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                          0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                          0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};

std::int32_t rgb_of(int index) {
  static constexpr int steps[] = {0, 95, 135, 175, 215, 255};
  if (index < 16) return basic_colours[index];
  if (index >= 232) return (8 + 10 * (index - 232)) * 0x010101;
  const int cube = index - 16;
  return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 | steps[cube % 6];
}

int nearest_of_16(std::int32_t rgb) {
  const auto distance = [&](std::int32_t other) {
    int sum = 0;
    for (const int shift : {16, 8, 0}) {
      const int d = (rgb >> shift & 0xff) - (other >> shift & 0xff);
      sum += d * d;
    }
    return sum;
  };
  const auto nearer = [&](std::int32_t a, std::int32_t b) { return distance(a) < distance(b); };
  return static_cast<int>(std::min_element(std::begin(basic_colours), std::end(basic_colours), nearer) -
                          std::begin(basic_colours));
}

/// A terminal that takes colours directly has the first 8 of the palette, too.
int shown_colour(std::int32_t colour, bool foreground, Depth depth, std::uint8_t& attributes) {
  if (colour == own_colour) return own_colour;
  const bool direct = colour >= direct_colour;
  const std::int32_t rgb = direct ? colour & 0xffffff : rgb_of(colour);
  if (depth == Depth::direct) return !direct && colour < 8 ? colour : rgb;
  if (depth == Depth::many) return direct ? nearest_of_256(rgb) : colour;
  const int basic = !direct && colour < 16 ? colour : nearest_of_16(rgb);
  return depth == Depth::sixteen ? basic : of_eight(basic, foreground, attributes);
}

}  // namespace

Painted paint(const Shade& shade, Depth depth) {
  Painted out{.attributes = shade.attributes};
  if (depth == Depth::none) {
    if (shade.bg != own_colour) out.attributes |= reverse;
    return out;
  }
  out.fg = shown_colour(shade.fg, true, depth, out.attributes);
  out.bg = shown_colour(shade.bg, false, depth, out.attributes);
  return out;
}

/// Colours 16 to 231 are a cube of 6 steps of red, green and blue each, 232 to 255 greys: xterm's table,
/// which every terminal with 256 colours has.
int nearest_of_256(std::int32_t rgb) {
  static constexpr int steps[] = {0, 95, 135, 175, 215, 255};
  const int channels[] = {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
  const auto distance = [&](int r, int g, int b) {
    const int d[] = {r - channels[0], g - channels[1], b - channels[2]};
    return d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
  };
  int index[3] = {};
  for (int c = 0; c < 3; ++c) {
    const auto nearer = [&](int a, int b) { return std::abs(a - channels[c]) < std::abs(b - channels[c]); };
    index[c] =
        static_cast<int>(std::min_element(std::begin(steps), std::end(steps), nearer) - std::begin(steps));
  }
  const int mean = (channels[0] + channels[1] + channels[2]) / 3;
  const int grey_index = std::clamp((mean - 3) / 10, 0, 23), grey_value = 8 + 10 * grey_index;
  if (distance(grey_value, grey_value, grey_value) <
      distance(steps[index[0]], steps[index[1]], steps[index[2]]))
    return 232 + grey_index;
  return 16 + 36 * index[0] + 6 * index[1] + index[2];
}

}  // namespace ptop::app
