// Settings out of TOML. Whatever is wrong is told with its place, and is as without a file.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/nearest.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/model/query.hpp"
#include "settings_toml.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t most_troubles = 20, most_screens = 32, most_columns = 64, most_meters = 32,
                      longest_name = 40;
constexpr std::int64_t widest_column = 200;

using Names = std::vector<std::string_view>;

std::string kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

struct Entry {
  const toml::key* key;
  const toml::node* value;
};

/// In the order of the file; toml++ has them in that of their names.
std::vector<Entry> entries_of(const toml::table& table) {
  std::vector<Entry> entries;
  for (const auto& [key, value] : table) entries.push_back({&key, &value});
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    const auto &x = a.key->source().begin, &y = b.key->source().begin;
    return std::pair(x.line, x.column) < std::pair(y.line, y.column);
  });
  return entries;
}

class Reader {
 public:
  ReadSettings read(const toml::table& root) {
    each(root, {"options", "meters", "keys", "screens"}, "",
         [&](std::string_view key, const toml::node& node) {
           if (key == "options") return read_options(node);
           if (key == "meters") return read_meters(node);
           if (key == "keys") return read_keys(node);
           read_screens(node);
         });
    check_keys();
    return {std::move(settings_), std::move(troubles_)};
  }

 private:
  void trouble(const toml::source_region& where, std::string text) {
    if (troubles_.size() < most_troubles)
      troubles_.push_back({where.begin.line, where.begin.column, std::move(text)});
  }
  void wrong_type(const toml::node& node, std::string_view name, std::string_view wanted) {
    trouble(node.source(), fmt::format("{}: {} is wanted, and not {}", name, wanted, kind_of(node)));
  }
  /// Unknown `word`: the nearest of `known`, or all of them when they are few.
  static std::string unknown(std::string_view what, std::string_view word, const Names& known) {
    std::string text = fmt::format("there is no {} '{}'", what, escaped(word));
    if (const auto near = nearest(word, known); !near.empty())
      return text + fmt::format("; did you mean {}?", near);
    return known.size() <= 12 ? text + fmt::format("; there are {}", fmt::join(known, ", ")) : text;
  }

  template <class Read>
  void each(const toml::node& node, const Names& known, std::string_view name, Read read) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong_type(node, name, "a table");
    for (const auto& [key, value] : entries_of(*table)) {
      if (std::find(known.begin(), known.end(), key->str()) == known.end())
        trouble(key->source(), unknown(name.empty() ? "table" : "setting", key->str(), known));
      else
        read(key->str(), *value);
    }
  }

  std::optional<std::string> text(const toml::node& node, std::string_view name) {
    if (auto value = node.value_exact<std::string>()) return value;
    wrong_type(node, name, "a text");
    return std::nullopt;
  }
  std::optional<bool> flag(const toml::node& node, std::string_view name) {
    if (auto value = node.value_exact<bool>()) return value;
    wrong_type(node, name, "true or false");
    return std::nullopt;
  }
  /// Calls `read` with each text of a list.
  template <class Read>
  void texts(const toml::node& node, std::string_view name, std::size_t most, Read read) {
    const toml::array* array = node.as_array();
    if (array == nullptr) return wrong_type(node, name, "a list of texts");
    if (array->size() > most)
      return trouble(node.source(), fmt::format("{}: at most {} are possible", name, most));
    for (const toml::node& item : *array) {
      if (const auto value = text(item, name)) read(*value, item);
    }
  }

  void read_options(const toml::node& node) {
    Names known;
    for (const Option& option : options()) known.push_back(option.key);
    each(node, known, "options",
         [&](std::string_view key, const toml::node& value) { read_option(*find_option(key), value); });
  }

  void read_option(const Option& option, const toml::node& node) {
    std::visit(
        overloaded{
            [&](bool Settings::*member) {
              if (const auto value = flag(node, option.key)) settings_.*member = *value;
            },
            [&](std::string Settings::*member) {
              const auto value = text(node, option.key);
              if (!value) return;
              const auto words = option.choices();
              if (std::find(words.begin(), words.end(), *value) == words.end())
                return trouble(node.source(), unknown(option.key, *value, {words.begin(), words.end()}));
              settings_.*member = *value;
            },
            [&](int Settings::*member) {
              if (!node.is_integer()) return wrong_type(node, option.key, "a whole number");
              if (const auto value = number(option, node)) settings_.*member = static_cast<int>(*value);
            },
            [&](double Settings::*member) {
              if (const auto value = number(option, node)) settings_.*member = *value;
            }},
        option.value);
  }

  std::optional<double> number(const Option& option, const toml::node& node) {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (!value) {
      wrong_type(node, option.key, "a number");
      return std::nullopt;
    }
    if (*value >= option.least && *value <= option.most) return value;
    trouble(node.source(),
            fmt::format("{}: {} is not from {} to {}", option.key, *value, option.least, option.most));
    return std::nullopt;
  }

  void read_meters(const toml::node& node) {
    each(node, {"left", "right"}, "meters", [&](std::string_view side, const toml::node& list) {
      auto& meters = settings_.meters[side == "left" ? 0 : 1];
      std::vector<Meter> found;
      if (list.is_array()) meters.clear();
      texts(list, side, most_meters, [&](const std::string& word, const toml::node& item) {
        if (const auto meter = parse_meter(word)) return meters.push_back(*meter);
        trouble(item.source(), meter_trouble(word));
      });
    });
  }

  static std::string meter_trouble(std::string_view word) {
    Names known;
    for (const MeterKind& kind : meter_kinds()) {
      known.push_back(kind.key);
      if (kind.key != word.substr(0, word.find(':'))) continue;
      Names styles;
      for (const MeterStyle style : kind.styles) styles.push_back(style_name(style));
      return fmt::format("'{}': {} can be drawn as {}", escaped(word), kind.key, fmt::join(styles, ", "));
    }
    return unknown("meter", word.substr(0, word.find(':')), known);
  }

  void read_screens(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) return wrong_type(node, "screens", "a list of tables, [[screens]],");
    if (array->size() > most_screens)
      return trouble(node.source(), fmt::format("screens: at most {} are possible", most_screens));
    std::vector<Tab> screens;
    for (const toml::node& item : *array) {
      if (auto tab = read_screen(item)) screens.push_back(std::move(*tab));
    }
    if (!screens.empty()) settings_.screens = std::move(screens);
  }

  std::optional<Tab> read_screen(const toml::node& node) {
    if (!node.is_table()) {
      wrong_type(node, "screens", "a table");
      return std::nullopt;
    }
    Tab tab{.name = "", .columns = {}};
    each(node, {"name", "columns", "widths", "tree", "tree_sort", "sort", "group", "query"}, "screens",
         [&](std::string_view key, const toml::node& value) { read_screen_key(tab, key, value); });
    if (tab.name.empty()) tab.name = fmt::format("Screen {}", ++unnamed_);
    if (tab.columns.empty()) tab.columns = default_columns();
    return tab;
  }

  void read_screen_key(Tab& tab, std::string_view key, const toml::node& node) {
    if (key == "name") return read_name(tab, node);
    if (key == "columns") return read_columns(tab, node);
    if (key == "widths") return read_widths(tab, node);
    if (key == "tree") {
      if (const auto value = flag(node, key)) tab.arrangement.tree = *value;
    } else if (key == "query") {
      read_query(tab, node);
    } else if (key == "group") {
      read_group(tab, node);
    } else {
      read_sort(key == "sort" ? tab.arrangement.flat_sort : tab.arrangement.tree_sort, key, node);
    }
  }

  void read_name(Tab& tab, const toml::node& node) {
    const auto value = text(node, "name");
    if (!value) return;
    if (value->empty() || escaped(*value) != *value || display_width(*value) > longest_name)
      return trouble(node.source(),
                     fmt::format("name: from 1 to {} visible characters are wanted", longest_name));
    tab.name = *value;
  }

  std::optional<model::ColumnId> column_of(std::string_view key, const toml::source_region& where) {
    if (const model::Column* column = model::find_column(key)) return column->id;
    Names known;
    for (const model::Column& column : model::columns()) known.push_back(column.key);
    trouble(where, unknown("column", key, known));
    return std::nullopt;
  }

  void read_columns(Tab& tab, const toml::node& node) {
    texts(node, "columns", most_columns, [&](const std::string& key, const toml::node& item) {
      const auto id = column_of(key, item.source());
      if (!id) return;
      if (std::find(tab.columns.begin(), tab.columns.end(), *id) != tab.columns.end())
        return trouble(item.source(), fmt::format("columns: {} is there twice", key));
      tab.columns.push_back(*id);
    });
  }

  void read_widths(Tab& tab, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong_type(node, "widths", "a table");
    for (const auto& [key, value] : *table) {
      const auto id = column_of(key.str(), key.source());
      if (!id) continue;
      const auto width = value.value_exact<std::int64_t>();
      if (!width) {
        wrong_type(value, key.str(), "a whole number");
      } else if (*width < 1 || *width > widest_column) {
        trouble(value.source(), fmt::format("{}: {} is not from 1 to {}", key.str(), *width, widest_column));
      } else {
        tab.widths[*id] = static_cast<int>(*width);
      }
    }
  }

  void read_sort(Sort& sort, std::string_view name, const toml::node& node) {
    const auto value = text(node, name);
    if (!value) return;
    const bool descending = value->starts_with('-');
    if (const auto id = column_of(std::string_view(*value).substr(descending ? 1 : 0), node.source()))
      sort = {*id, descending};
  }

  void read_group(Tab& tab, const toml::node& node) {
    const auto value = text(node, "group");
    if (!value) return;
    if (const GroupKind* kind = find_group_kind(*value)) {
      tab.arrangement.group = kind->by;
      return;
    }
    Names known;
    for (const GroupKind& kind : group_kinds()) known.push_back(kind.key);
    trouble(node.source(), unknown("group", *value, known));
  }

  void read_query(Tab& tab, const toml::node& node) {
    const auto value = text(node, "query");
    if (!value) return;
    if (const auto query = model::Query::parse(*value); !query)
      return trouble(node.source(), fmt::format("query: {}", escaped(query.error().message)));
    tab.query = *value;
  }

  void read_keys(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return wrong_type(node, "keys", "a table");
    for (const auto& [key, value] : entries_of(*table)) {
      const auto where = std::find_if(std::begin(all_contexts), std::end(all_contexts),
                                      [&, name = key->str()](Context c) { return context_key(c) == name; });
      if (!value->is_table() || where == std::end(all_contexts)) {
        read_key(Context::list, *key, *value);
        continue;
      }
      for (const auto& [action, keys] : entries_of(*value->as_table())) read_key(*where, *action, *keys);
    }
  }

  void read_key(Context where, const toml::key& name, const toml::node& node) {
    const auto action = find_action_name(name.str());
    if (!action) {
      const auto names = action_names();
      return trouble(name.source(), unknown("action", name.str(), {names.begin(), names.end()}));
    }
    KeyChange change{where, *action, {}};
    bool good = true;
    const auto add = [&](const std::string& word, const toml::node& item) {
      good = read_one_key(change, word, item) && good;
    };
    if (const auto one = node.value_exact<std::string>())
      add(*one, node);
    else if (node.is_array())
      texts(node, name.str(), std::tuple_size_v<decltype(Binding::keys)>, add);
    else
      return wrong_type(node, name.str(), "a key or a list of keys");
    if (!good) return;
    if (!Keymap().bind(change.action, where, change.keys))
      return trouble(name.source(), fmt::format("{} is no action of [keys{}{}]", name.str(),
                                                where == Context::list ? "" : ".",
                                                where == Context::list ? "" : context_key(where)));
    if (keeps_a_way_out(change)) return settings_.keys.push_back(std::move(change));
    trouble(node.source(), fmt::format("{}: without a key there would be no way out", name.str()));
  }

  static bool keeps_a_way_out(const KeyChange& change) {
    using enum Action;
    static constexpr Action ways_out[] = {quit,          menu_cancel, prompt_cancel,
                                          details_close, help_close,  setup_close};
    return !change.keys.empty() ||
           std::find(std::begin(ways_out), std::end(ways_out), change.action) == std::end(ways_out);
  }

  bool read_one_key(KeyChange& change, const std::string& word, const toml::node& item) {
    const auto key = parse_key(word);
    if (!key) {
      trouble(
          item.source(),
          fmt::format("there is no key '{}'; keys are written as k, F1, S-F3, ^L, A-k, PgUp, Space, Enter",
                      escaped(word)));
      return false;
    }
    for (const KeyChange& other : settings_.keys) {
      if (other.action == change.action || other.where != change.where) continue;
      if (std::find(other.keys.begin(), other.keys.end(), *key) == other.keys.end()) continue;
      trouble(item.source(), fmt::format("{} is the key of {} already", word, action_name(other.action)));
      return false;
    }
    change.keys.push_back(*key);
    return true;
  }

  /// Others may have taken all keys of a way out.
  void check_keys() {
    const Keymap keys = keymap_of(settings_);
    if (keys.first_key(Action::quit, Context::list) != key::none) return;
    trouble({}, "keys: none is left for quit");
    settings_.keys.clear();
  }

  Settings settings_;
  std::vector<SettingsTrouble> troubles_;
  int unnamed_ = 0;
};

}  // namespace

ReadSettings read_settings(std::string_view text) {
  const toml::parse_result parsed = toml::parse(text);
  if (parsed) return Reader().read(parsed.table());
  const toml::parse_error& error = parsed.error();
  const auto& at = error.source().begin;
  return {{}, {{at.line, at.column, fmt::format("not TOML: {}", escaped(error.description()))}}};
}

}  // namespace ptop::app
