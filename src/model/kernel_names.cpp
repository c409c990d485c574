// Tables of names, and the words of a mask. The words outlive everybody: values only point to them.
#include "ptop/model/kernel_names.hpp"

#include <array>
#include <string>

#include <fmt/format.h>

#include "ptop/base/names.hpp"

namespace ptop::model {
namespace {

constexpr std::size_t mask_bits = 64;
using BitNames = std::array<std::string, mask_bits>;

/// include/uapi/linux/capability.h; row i is capability i.
constexpr std::array<std::string_view, 41> capabilities{"CAP_CHOWN",
                                                        "CAP_DAC_OVERRIDE",
                                                        "CAP_DAC_READ_SEARCH",
                                                        "CAP_FOWNER",
                                                        "CAP_FSETID",
                                                        "CAP_KILL",
                                                        "CAP_SETGID",
                                                        "CAP_SETUID",
                                                        "CAP_SETPCAP",
                                                        "CAP_LINUX_IMMUTABLE",
                                                        "CAP_NET_BIND_SERVICE",
                                                        "CAP_NET_BROADCAST",
                                                        "CAP_NET_ADMIN",
                                                        "CAP_NET_RAW",
                                                        "CAP_IPC_LOCK",
                                                        "CAP_IPC_OWNER",
                                                        "CAP_SYS_MODULE",
                                                        "CAP_SYS_RAWIO",
                                                        "CAP_SYS_CHROOT",
                                                        "CAP_SYS_PTRACE",
                                                        "CAP_SYS_PACCT",
                                                        "CAP_SYS_ADMIN",
                                                        "CAP_SYS_BOOT",
                                                        "CAP_SYS_NICE",
                                                        "CAP_SYS_RESOURCE",
                                                        "CAP_SYS_TIME",
                                                        "CAP_SYS_TTY_CONFIG",
                                                        "CAP_MKNOD",
                                                        "CAP_LEASE",
                                                        "CAP_AUDIT_WRITE",
                                                        "CAP_AUDIT_CONTROL",
                                                        "CAP_SETFCAP",
                                                        "CAP_MAC_OVERRIDE",
                                                        "CAP_MAC_ADMIN",
                                                        "CAP_SYSLOG",
                                                        "CAP_WAKE_ALARM",
                                                        "CAP_BLOCK_SUSPEND",
                                                        "CAP_AUDIT_READ",
                                                        "CAP_PERFMON",
                                                        "CAP_BPF",
                                                        "CAP_CHECKPOINT_RESTORE"};

BitNames make_capability_names() {
  BitNames names;
  for (std::size_t i = 0; i < mask_bits; ++i)
    names[i] = i < capabilities.size() ? std::string(capabilities[i]) : fmt::format("CAP_{}", i);
  return names;
}

BitNames make_signal_names() {
  BitNames names;
  for (std::size_t i = 0; i < mask_bits; ++i) names[i] = signal_name(static_cast<int>(i) + 1);
  return names;
}

WordList words_of(std::uint64_t mask, const BitNames& names) {
  WordList words;
  for (std::size_t bit = 0; bit < mask_bits; ++bit) {
    if ((mask >> bit & 1) != 0) words.push_back(names[bit]);
  }
  return words;
}

}  // namespace

WordList capability_names(std::uint64_t mask) {
  static const BitNames names = make_capability_names();
  return words_of(mask, names);
}

WordList signal_names(std::uint64_t mask) {
  static const BitNames names = make_signal_names();
  return words_of(mask, names);
}

std::string_view policy_name(std::uint32_t policy) {
  // include/uapi/linux/sched.h; 4 was SCHED_ISO, which never came.
  constexpr std::array<std::string_view, 8> names{"SCHED_OTHER",    "SCHED_FIFO", "SCHED_RR",
                                                  "SCHED_BATCH",    "",           "SCHED_IDLE",
                                                  "SCHED_DEADLINE", "SCHED_EXT"};
  return policy < names.size() ? names[policy] : std::string_view{};
}

std::string_view seccomp_mode_name(std::uint32_t mode) {
  constexpr std::array<std::string_view, 3> names{"disabled", "strict", "filter"};
  return mode < names.size() ? names[mode] : std::string_view{};
}

}  // namespace ptop::model
