// One allocation for the count of owners, the length and the bytes.
#include "ptop/model/shared_text.hpp"

#include <cstring>
#include <new>

namespace ptop::model {

SharedText::SharedText(std::string_view text) {
  if (text.empty()) return;
  void* room = ::operator new(sizeof(Held) + text.size());
  held_ = new (room) Held{{1}, static_cast<std::uint32_t>(text.size())};
  std::memcpy(static_cast<std::byte*>(room) + sizeof(Held), text.data(), text.size());
}

SharedText::~SharedText() {
  if (held_ == nullptr || held_->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  held_->~Held();
  ::operator delete(held_);
}

}  // namespace ptop::model
