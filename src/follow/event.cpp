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

std::string_view reaped_how_name(ReapedHow how) {
  switch (how) {
    case ReapedHow::waited:
      return "waited";
    case ReapedHow::ignored:
      return "ignored";
    case ReapedHow::adopted:
      return "adopted";
    case ReapedHow::never:
      return "never";
  }
  return "waited";
}

}  // namespace ptop::follow
