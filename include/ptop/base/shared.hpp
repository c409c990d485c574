// A value that many owners have in common, or that most do without.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>

namespace ptop {

/// A value, or none: then reading it gives its default. Copies share it, and may be on several threads; who
/// assigns makes a new one. One pointer wide, since a scan has tens of thousands.
template <class T>
class Shared {
 public:
  Shared() = default;
  Shared(T value) : held_(new Held{{1}, std::move(value)}) {}
  Shared(std::optional<T> value) : held_(value ? new Held{{1}, std::move(*value)} : nullptr) {}
  Shared(const Shared& other) noexcept : held_(other.held_) {
    if (held_ != nullptr) held_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  Shared(Shared&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~Shared() {
    if (held_ != nullptr && held_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete held_;
  }

  bool has_value() const { return held_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  const T& operator*() const { return held_ != nullptr ? held_->value : none(); }
  const T* operator->() const { return &**this; }
  /// Whether both are the very same one.
  bool is(const Shared& other) const { return held_ == other.held_; }
  /// To be changed: a copy of its own when somebody shares it.
  T& change() {
    if (held_ == nullptr || held_->owners.load(std::memory_order_acquire) > 1) *this = Shared(T(**this));
    return held_->value;
  }

 private:
  struct Held {
    std::atomic<std::uint32_t> owners;
    T value;
  };
  static const T& none() {
    static const T value{};
    return value;
  }
  Held* held_ = nullptr;
};

}  // namespace ptop
