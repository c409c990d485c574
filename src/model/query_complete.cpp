// What may come next in an unfinished query.
#include <algorithm>

#include "query_fields.hpp"
#include "query_lexer.hpp"

namespace ptop::model {
namespace query {
namespace {

using Names = std::vector<std::string_view>;

Names condition_starts() {
  Names names = field_names();
  const Names classes = class_words();
  names.insert(names.end(), classes.begin(), classes.end());
  names.push_back("not");
  return names;
}

Names values_of(std::string_view field) {
  const Field* known = find_field(field);
  if (!known) return {};
  if (known->kind == FieldKind::classes) return class_words();
  if (known->kind == FieldKind::state) return state_words();
  return {};
}

Names candidates_after(const std::vector<Token>& before) {
  if (before.empty()) return condition_starts();
  switch (before.back().kind) {
    case TokenKind::comparison:
      return before.size() < 2 ? Names() : values_of(before[before.size() - 2].text);
    case TokenKind::word:
    case TokenKind::value:
    case TokenKind::close:
      return {"and", "or"};
    default:
      return condition_starts();
  }
}

}  // namespace
}  // namespace query

Completion complete(std::string_view text, std::size_t cursor) {
  text = text.substr(0, cursor);
  const query::OpenWord open = query::open_word(text);
  if (!open.known) return {text.size(), {}};
  const std::string_view typed = text.substr(open.begin);
  auto names = query::candidates_after(open.before);
  std::erase_if(names, [&](std::string_view name) {
    return !name.starts_with(typed) || name.find(' ') != name.npos;  // "disk sleep" would have to be quoted
  });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return {open.begin, std::move(names)};
}

}  // namespace ptop::model
