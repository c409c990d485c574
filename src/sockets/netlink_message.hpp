// Netlink messages and their attributes out of raw bytes. For this room only.
#pragma once

#include <linux/netlink.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace ptop::sockets {

/// A struct out of bytes that need not be aligned for it; false when there are too few.
template <class T>
bool copy_head(std::string_view bytes, T& out) {
  if (bytes.size() < sizeof out) return false;
  std::memcpy(&out, bytes.data(), sizeof out);
  return true;
}

inline std::string_view take_aligned(std::string_view& bytes, std::size_t length) {
  const std::string_view taken = bytes.substr(0, length);
  bytes.remove_prefix(std::min(bytes.size(), NLMSG_ALIGN(length)));
  return taken;
}

/// Calls visit(type, payload) for each attribute; false when one does not fit.
template <class Visit>
bool for_each_attribute(std::string_view body, Visit visit) {
  nlattr attribute{};
  while (copy_head(body, attribute)) {
    if (attribute.nla_len < sizeof attribute || attribute.nla_len > body.size()) return false;
    const std::string_view whole = take_aligned(body, attribute.nla_len);
    visit(attribute.nla_type & NLA_TYPE_MASK, whole.substr(sizeof attribute));
  }
  return true;
}

}  // namespace ptop::sockets
