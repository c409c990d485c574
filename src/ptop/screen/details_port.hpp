// What the details screen asks for. It may take its time: a target can be stuck. Tests use a fake one.
#pragma once

#include <optional>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/render/page.hpp"

namespace ptop::app {

enum class DetailsTab : std::uint8_t {
  overview,
  files,
  signals,
  memory,
  environment,
  limits,
  cgroup,
  namespaces,
  ipc,
  threads,
  stack,
  locks,
};
inline constexpr std::size_t details_tab_count = 12;
/// "Overview".
std::string_view details_tab_title(DetailsTab tab);

struct DetailsWish {
  ProcessKey process;
  DetailsTab tab = DetailsTab::overview;
  bool ascii = false;
  /// Of the stack page: how often the user's stacks were asked for; they are taken once each time. 0: never.
  unsigned stacks = 0;
  friend bool operator==(const DetailsWish&, const DetailsWish&) = default;
};

struct DetailsAnswer {
  DetailsWish wish;
  Result<render::Page> page;  ///< `gone` when the process has ended
};

class DetailsPort {
 public:
  virtual ~DetailsPort() = default;
  /// Replaces a wish that was not begun yet. Never blocks.
  virtual void ask(const DetailsWish& wish) = 0;
  /// The newest answer that was not taken yet.
  virtual std::optional<DetailsAnswer> take() = 0;
};

}  // namespace ptop::app
