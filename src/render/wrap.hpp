// Lines for people that are longer than a screen is wide. Internal to render.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ptop::render {

struct Wrap {
  std::size_t columns = 0;  ///< 0: all goes into one line
  std::size_t hang = 0;     ///< that further lines are indented
  bool ascii = false;
};

/// Breaks between what stands two spaces apart, and only what is longer than a line between words. A word
/// that is longer is shortened in its middle. `text` is escaped.
std::vector<std::string> wrapped(std::string_view text, const Wrap& wrap);

}  // namespace ptop::render
