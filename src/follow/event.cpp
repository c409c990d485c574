// Names belonging to events.
#include "ptop/follow/event.hpp"

namespace ptop::follow {

std::string_view fork_kind_name(ForkKind kind) {
  switch (kind) {
    case ForkKind::fork:
      return "fork";
    case ForkKind::vfork:
      return "vfork";
    case ForkKind::clone:
      return "clone";
  }
  return "clone";
}

}  // namespace ptop::follow
