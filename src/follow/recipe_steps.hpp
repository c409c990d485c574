// From the calls of a window to the steps of a recipe: which of them matter is known at its end only, when
// the kernel has closed what is marked close-on-exec.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ptop/decode/decoded.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::follow {

/// What one call did, as far as it may matter to the program.
struct Step : RecipeStep {
  std::vector<int> uses;  ///< descriptors it needs, beside `fd`
  bool replaces = false;  ///< dup: `to` was open before the window
  bool reason = false;    ///< it failed, and nothing came after it but an end
  bool farewell = false;  ///< it came after such a one, or after an exec that failed
  int timer = -1;         ///< which one it sets
  std::vector<std::span<const decode::Field>> signal_args;  ///< of the call for each of `signals`
};

struct WindowEnd {
  bool execed = true;
  std::optional<std::vector<int>> crossed;  ///< descriptors that the program has; nullopt: not known
};

bool has_failed(const RecipeStep& step);
bool has_end(const RecipeStep& step, int fd);
bool closes(const RecipeStep& step, int fd);
bool makes(const RecipeStep& step, int fd);
bool mentions(const Step& step, int fd);

/// Read in order, they end with what the program gets. What was made, closed again and not used for another
/// step is in none; a file that was moved is opened under the number it ends with.
std::vector<RecipeStep> told_steps(const std::vector<Step>& steps, const WindowEnd& end);

}  // namespace ptop::follow
