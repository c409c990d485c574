// What the parts of the reader share: from a file's text to its parser, from a directory to its ids.
#pragma once

#include <string_view>
#include <vector>

#include "directory.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Hands a file's text to its parser.
template <class Parse>
auto parsed(const Result<std::string_view>& text, Parse parse) -> decltype(parse(*text)) {
  if (!text) return fail(text.error());
  return parse(*text);
}

/// The directory's entries as ids; a task has a positive number.
template <class IdType>
Result<std::vector<IdType>> list_ids(int dir, std::string_view what) {
  const auto numbers = list_numbers(dir);
  if (!numbers) return fail(os_error(numbers.error(), what));
  std::vector<IdType> ids;
  ids.reserve(numbers->size());
  for (const std::int32_t number : *numbers) {
    if (number > 0) ids.emplace_back(number);
  }
  return ids;
}

}  // namespace ptop::procfs
