// From the calls of a window to the steps of a recipe: which of them matter is known at its end only, when
// the kernel has closed what is marked close-on-exec.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ptop/decode/decoded.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::follow {

/// What has one value at a time: the last that is set counts.
struct Setting {
  std::string_view kind;
  std::uint64_t which = 0;  ///< of several of a kind
  std::vector<std::uint64_t> value;
};

/// Bytes of a file that are locked, or not any more.
struct LockedRange {
  enum class Owner : std::uint8_t { process, open_file, open_file_by_flock } owner = Owner::process;
  std::int64_t whence = 0, start = 0, length = 0;  ///< as in struct flock
  bool releases = false;
  bool is_all() const { return whence == 0 && start == 0 && length == 0; }
  bool is_same(const LockedRange& other) const {
    return whence == other.whence && start == other.start && length == other.length;
  }
};

/// What one call did, as far as it may matter to the program.
struct Step : RecipeStep {
  std::vector<int> uses;  ///< descriptors it needs, beside `fd`
  bool replaces = false;  ///< dup: `to` was open before the window
  bool reason = false;    ///< it failed, and nothing came after it but an end
  bool farewell = false;  ///< it came after such a one, or after an exec that failed
  int timer = -1;         ///< which one it sets
  std::optional<Setting> setting;
  std::optional<LockedRange> lock;
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
/// `marked`: standard descriptors that were close-on-exec at the beginning.
std::vector<RecipeStep> told_steps(const std::vector<Step>& steps, const WindowEnd& end,
                                   const std::vector<int>& marked = {});

}  // namespace ptop::follow
