// /proc/<pid>/status.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

struct UserIds {
  Uid real, effective, saved, fs;
};
struct GroupIds {
  Gid real, effective, saved, fs;
};

/// Masks as proc_pid_status(5) prints them: bit n-1 is signal n.
struct SignalMasks {
  std::uint64_t pending = 0;         ///< SigPnd: of this thread
  std::uint64_t shared_pending = 0;  ///< ShdPnd: of the group
  std::uint64_t blocked = 0;         ///< SigBlk
  std::uint64_t ignored = 0;         ///< SigIgn
  std::uint64_t caught = 0;          ///< SigCgt
};

/// Source: proc_pid_status(5). optional: this kernel, or this kind of task (a kernel thread has no Vm lines),
/// has no such line.
struct Status {
  std::optional<std::uint32_t> umask;  ///< Linux 4.7
  Pid tgid;
  Tid pid;
  Pid ppid;
  Pid tracer_pid;  ///< 0: not traced, or the tracer is outside the reader's pid namespace
  UserIds uid;
  GroupIds gid;
  std::vector<Gid> groups;
  std::vector<Pid> ns_tgid, ns_pid, ns_pgid, ns_sid;  ///< outermost namespace first; Linux 4.1
  std::optional<std::uint64_t> vm_peak, vm_size, vm_lck, vm_pin, vm_hwm, vm_rss, rss_anon, rss_file,
      rss_shmem, vm_data, vm_stk, vm_exe, vm_lib, vm_pte, vm_swap;  ///< bytes
  std::optional<bool> core_dumping;
  std::uint64_t threads = 0;
  std::uint64_t sigq_used = 0, sigq_limit = 0;
  SignalMasks signals;
  std::uint64_t cap_inh = 0, cap_prm = 0, cap_eff = 0, cap_bnd = 0;
  std::optional<std::uint64_t> cap_amb;          ///< Linux 4.3
  std::optional<bool> no_new_privs;              ///< Linux 4.10
  std::optional<std::uint32_t> seccomp;          ///< 0 disabled, 1 strict, 2 filter
  std::optional<std::uint32_t> seccomp_filters;  ///< Linux 5.9
  std::string cpus_allowed_list;                 ///< "0-3,8"; empty: no such line. Linux 2.6.26
  std::optional<std::uint64_t> voluntary_ctxt_switches, nonvoluntary_ctxt_switches;
};

/// Errors: `malformed`, when Tgid, Pid, PPid, Uid or Gid is missing or any known line does not fit.
Result<Status> parse_status(std::string_view text);

/// Its VmHWM alone, bytes. nullopt: it has none (a kernel thread, a zombie), or it does not fit.
std::optional<std::uint64_t> parse_vm_hwm(std::string_view text);

}  // namespace ptop::procfs
