// What a query can ask of a row: the columns and a few fields beside them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/model/columns.hpp"

namespace ptop::model::query {

/// How the values of a field are had and compared.
enum class FieldKind : std::uint8_t {
  number,
  text,
  state,
  tty,
  user,
  signal,
  name,
  argv,
  command,
  classes,
  children,
  tree
};

struct Field {
  std::string_view key;
  FieldKind kind = FieldKind::text;
  const Column* column = nullptr;  ///< nullptr: name and tree, which no column shows
  Unit unit = Unit::none;
  bool in_seconds = false;  ///< a duration whose plain numbers are seconds, not nanoseconds
  Sources needs;
};

/// All of them, ascending by key.
std::span<const Field> fields();
const Field* find_field(std::string_view key);
std::vector<std::string_view> field_names();

std::optional<Class> find_class(std::string_view word);
std::vector<std::string_view> class_words();
/// The files that tell whether a task is of class `c`.
Sources class_needs(Class c);

/// The state letter for a letter or a word; "" for neither.
std::string_view find_state(std::string_view text);
/// Letters and words.
std::vector<std::string_view> state_words();

/// `text` as a number of the field's unit: bytes, nanoseconds, per cent or just a number.
std::optional<long double> parse_quantity(std::string_view text, const Field& field);
/// What such a number looks like: "a size, as in 512M or 1.5G".
std::string_view quantity_example(const Field& field);

}  // namespace ptop::model::query
