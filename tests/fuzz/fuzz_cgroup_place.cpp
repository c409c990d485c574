// Any path of a control group says something about its place, in views that lie within it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string_view>

#include "ptop/model/cgroup_place.hpp"

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  const std::string_view path(reinterpret_cast<const char*>(data), size);
  const auto place = ptop::model::cgroup_place(path);
  const auto lies_within = [&](std::string_view part) {
    const std::less_equal<> before;
    return part.empty() ||
           (before(path.data(), part.data()) && before(part.data() + part.size(), path.data() + path.size()));
  };
  for (const auto part : {place.unit, place.user_unit, place.login_session, place.container_id}) {
    if (!lies_within(part)) std::abort();
  }
  return 0;
}
