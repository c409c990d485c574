// One thing that may be known or not, and then why not.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "ptop/base/result.hpp"

namespace ptop::model {

/// Why a fact is there or not: unknown, zero and forbidden are three different things.
enum class Availability : std::uint8_t { not_read, present, denied, gone, unsupported, timeout, malformed };

Availability availability_of(Errc code);
/// "denied", "gone", "unsupported", "timeout", "malformed"; "" for present and not_read.
std::string_view availability_reason(Availability availability);

/// The outcome of one read, kept.
template <class T>
struct Fact {
  T value{};  ///< its default when not present
  Availability availability = Availability::not_read;

  Fact() = default;
  explicit Fact(Availability why) : availability(why) {}
  explicit Fact(Result<T> read)
      : availability(read ? Availability::present : availability_of(read.error().code)) {
    if (read) value = std::move(*read);
  }
  bool known() const { return availability == Availability::present; }
};

}  // namespace ptop::model
