// Cells to letters.
#include "picture.hpp"

#include <array>
#include <functional>

#include <fmt/format.h>

#include "theme.hpp"

namespace ptop::app::test {
namespace {

struct Role {
  Ink ink;
  char letter;
  std::string_view name;
};

// clang-format off
constexpr Role roles[] = {
    {Ink::plain, '.', "plain"},            {Ink::faint, 'f', "faint"},               {Ink::strong, 'S', "strong"},
    {Ink::good, 'g', "good"},              {Ink::warning, 'w', "warning"},           {Ink::bad, 'b', "bad"},
    {Ink::user, 'u', "user"},              {Ink::name, 'n', "name"},                 {Ink::argument, 'a', "argument"},
    {Ink::tree, 't', "tree"},              {Ink::zombie, 'Z', "zombie"},             {Ink::orphan, 'O', "orphan"},
    {Ink::stopped, 'T', "stopped"},        {Ink::traced, 'X', "traced"},             {Ink::kthread, 'k', "kthread"},
    {Ink::running, 'R', "running"},        {Ink::header, 'h', "header"},             {Ink::header_sort, 'H', "header_sort"},
    {Ink::selection, 's', "selection"},    {Ink::selection_lost, 'l', "selection_lost"}, {Ink::match, 'm', "match"},
    {Ink::hint_key, 'K', "hint_key"},      {Ink::hint_text, 'i', "hint_text"},       {Ink::message, 'M', "message"},
    {Ink::error, 'E', "error"},            {Ink::title, 'c', "title"},               {Ink::title_focused, 'C', "title_focused"},
    {Ink::frame, 'F', "frame"},            {Ink::bar_low, '1', "bar_low"},           {Ink::bar_mid, '2', "bar_mid"},
    {Ink::bar_high, '3', "bar_high"},      {Ink::bar_cache, '4', "bar_cache"},       {Ink::bar_text, '5', "bar_text"},
    {Ink::event_birth, 'B', "event_birth"}, {Ink::event_exec, 'x', "event_exec"},    {Ink::event_end, 'e', "event_end"},
    {Ink::event_signal, 'G', "event_signal"}, {Ink::event_call, 'y', "event_call"},  {Ink::tagged, 'A', "tagged"},
    {Ink::program, 'p', "program"},
    {Ink::thread, 'd', "thread"},
};
// clang-format on

constexpr bool roles_match_inks() {
  if (std::size(roles) != ink_count) return false;
  for (std::size_t i = 0; i < std::size(roles); ++i) {
    if (static_cast<std::size_t>(roles[i].ink) != i) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (roles[j].letter == roles[i].letter) return false;
  }
  return true;
}
static_assert(roles_match_inks());  // role i is of ink i, and each has a letter of its own

const Role& role_of(Ink ink) { return roles[static_cast<std::size_t>(ink)]; }

std::uint8_t attributes_of(Ink ink) { return paint(find_theme("monochrome"), ink, Depth::none).attributes; }

char attribute_letter(std::uint8_t attributes) {
  const bool strong = (attributes & bold) != 0;
  if ((attributes & reverse) != 0) return strong ? 'R' : 'r';
  if ((attributes & underline) != 0) return strong ? 'U' : 'u';
  if ((attributes & dim) != 0) return strong ? 'D' : 'd';
  return strong ? 'b' : '.';
}

std::string grid(const Surface& surface, const std::function<char(Ink)>& letter) {
  std::string out;
  for (int row = 0; row < surface.rows(); ++row) {
    std::string line;
    for (int column = 0; column < surface.columns(); ++column) line += letter(surface.at(row, column).ink);
    out.append(line, 0, line.find_last_not_of('.') + 1) += '\n';
  }
  return out;
}

std::string legend(const Surface& surface) {
  std::array<bool, ink_count> used{};
  for (int row = 0; row < surface.rows(); ++row)
    for (int column = 0; column < surface.columns(); ++column)
      used[static_cast<std::size_t>(surface.at(row, column).ink)] = true;
  std::string out;
  for (const Role& role : roles) {
    if (!used[static_cast<std::size_t>(role.ink)]) continue;
    const std::string words = attribute_words(attributes_of(role.ink));
    out +=
        fmt::format("{} {}{}{}\n", role.letter, role.name, words.empty() ? "" : ", without colours ", words);
  }
  return out;
}

}  // namespace

std::string_view ink_name(Ink ink) { return role_of(ink).name; }
char ink_letter(Ink ink) { return role_of(ink).letter; }

std::string attribute_words(std::uint8_t attributes) {
  std::string out;
  const auto add = [&](Attribute attribute, std::string_view word) {
    if ((attributes & attribute) != 0) out.append(out.empty() ? "" : " ").append(word);
  };
  add(bold, "bold"), add(dim, "dim"), add(reverse, "reverse"), add(underline, "underlined");
  return out;
}

std::string picture_of(const Surface& surface) {
  std::string out = surface.text();
  if (const auto cursor = surface.cursor())
    out += fmt::format("--- cursor: row {}, column {}\n", cursor->row, cursor->column);
  return out + "--- roles\n" + grid(surface, ink_letter) + "--- which are\n" + legend(surface);
}

std::string picture_without_colours(const Surface& surface) {
  return "--- without colours\n" +
         grid(surface, [](Ink ink) { return attribute_letter(attributes_of(ink)); });
}

}  // namespace ptop::app::test
