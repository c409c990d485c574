// Long names are copied to memory of their own.
#include "ptop/base/comm.hpp"

#include <utility>

namespace ptop {

Comm::Comm(std::string_view text) {
  if (text.size() <= most_in_place) {
    size_ = static_cast<unsigned char>(text.copy(held_.bytes, text.size()));
    return;
  }
  auto* const bytes = new char[text.size()];
  text.copy(bytes, text.size());
  held_.long_text = {bytes, static_cast<unsigned>(text.size())};
  size_ = most_in_place + 1;
}

void Comm::swap(Comm& other) noexcept {
  std::swap(held_, other.held_);
  std::swap(size_, other.size_);
}

}  // namespace ptop
