// Bytes that many owners have in common and nobody changes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace ptop::model {

/// Raw bytes. Copies share them, and may be on several threads. One pointer wide, and nothing when empty:
/// ten thousand workers of one program have the same command line.
class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string_view text);
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {}
  SharedText(const char* text) : SharedText(std::string_view(text)) {}
  SharedText(const SharedText& other) noexcept : held_(other.held_) {
    if (held_ != nullptr) held_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  SharedText& operator=(SharedText other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~SharedText();

  std::string_view view() const { return held_ != nullptr ? held_->text() : std::string_view(); }
  operator std::string_view() const { return view(); }
  bool empty() const { return held_ == nullptr; }
  std::size_t size() const { return view().size(); }
  /// Whether both are the very same one.
  bool is(const SharedText& other) const { return held_ == other.held_; }
  friend bool operator==(const SharedText& a, std::string_view b) { return a.view() == b; }

 private:
  /// The bytes follow it.
  struct Held {
    std::atomic<std::uint32_t> owners;
    std::uint32_t size;
    std::string_view text() const { return {reinterpret_cast<const char*>(this + 1), size}; }
  };
  Held* held_ = nullptr;
};

}  // namespace ptop::model
