// Settings as a file that a person can read and change.
#include <fmt/format.h>

#include "ptop/base/overloaded.hpp"
#include "settings_toml.hpp"

namespace ptop::app {
namespace {

constexpr std::string_view head =
    "# The settings of ptop's screen. ptop writes this file anew when something was changed on the screen, "
    "and keeps\n"
    "# no comments of yours then; a file that it does not understand it leaves alone. See SETTINGS in "
    "ptop(1).\n";

/// A basic string: what TOML does not allow in one becomes an escape.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out + '"';
}

template <class Items, class Text>
std::string list(const Items& items, Text text) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() > 1 ? ", " : "") + quoted(text(item));
  return out + "]";
}

std::string value_text(const Option& option, const Settings& settings) {
  return std::visit(
      overloaded{[&](bool Settings::*member) { return std::string(settings.*member ? "true" : "false"); },
                 [&](std::string Settings::*member) { return quoted(settings.*member); },
                 [&](auto member) { return fmt::format("{}", settings.*member); }},
      option.value);
}

void write_options(std::string& out, const Settings& settings) {
  out += "\n[options]\n";
  for (const Option& option : options()) {
    out += fmt::format("# {}. {}", option.title, option.help);
    if (option.choices != nullptr) out += fmt::format(" One of: {}.", fmt::join(option.choices(), ", "));
    out += fmt::format("\n{} = {}\n", option.key, value_text(option, settings));
  }
}

void write_meters(std::string& out, const Settings& settings) {
  out += "\n# What there is: ";
  for (const MeterKind& kind : meter_kinds())
    out += std::string(kind.key) + (kind.id == MeterId::blank ? "" : ", ");
  out += ".\n# With :bar, :text or :graph behind it where it can be drawn so.\n[meters]\n";
  out += fmt::format("left = {}\n", list(settings.meters[0], meter_text));
  out += fmt::format("right = {}\n", list(settings.meters[1], meter_text));
}

std::string sort_text(Sort sort) {
  return quoted((sort.descending ? "-" : "") + std::string(model::column(sort.column).key));
}

void write_screen(std::string& out, const Tab& tab) {
  out += fmt::format("\n[[screens]]\nname = {}\n", quoted(tab.name));
  out +=
      fmt::format("columns = {}\n",
                  list(tab.columns, [](model::ColumnId id) { return std::string(model::column(id).key); }));
  if (!tab.widths.empty()) {
    std::string widths;
    for (const auto& [id, width] : tab.widths)
      widths += fmt::format("{}{} = {}", widths.empty() ? "" : ", ", model::column(id).key, width);
    out += fmt::format("widths = {{ {} }}\n", widths);
  }
  out += fmt::format("tree = {}\ntree_sort = {}\nsort = {}\n", tab.arrangement.tree,
                     sort_text(tab.arrangement.tree_sort), sort_text(tab.arrangement.flat_sort));
  if (tab.arrangement.group != GroupBy::parent)
    out += fmt::format("group = {}\n", quoted(group_kind(tab.arrangement.group).key));
  if (!tab.query.empty()) out += fmt::format("query = {}\n", quoted(tab.query));
}

void write_keys(std::string& out, const Settings& settings) {
  for (const Context where : all_contexts) {
    std::string rows;
    for (const KeyChange& change : settings.keys) {
      if (change.where == where)
        rows += fmt::format("{} = {}\n", action_name(change.action), list(change.keys, key_name));
    }
    if (rows.empty()) continue;
    out += where == Context::list ? "\n[keys]\n" : fmt::format("\n[keys.{}]\n", context_key(where));
    out += rows;
  }
}

}  // namespace

std::string write_settings(const Settings& settings) {
  std::string out(head);
  write_options(out, settings);
  write_meters(out, settings);
  write_keys(out, settings);
  for (const Tab& tab : settings.screens) write_screen(out, tab);
  return out;
}

}  // namespace ptop::app
