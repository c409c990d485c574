// Credentials, capabilities, limits, scheduling, and what the system says of itself.
#include "calls.hpp"

#include <linux/capability.h>
#include <sched.h>
#include <sys/resource.h>

namespace {

struct Attributes {
  unsigned size, policy;
  unsigned long flags;
  int nice;
  unsigned priority;
  unsigned long runtime, deadline, period;
  unsigned util_min, util_max;
};
constexpr unsigned long attributes_size = sizeof(Attributes);

struct Capabilities {
  unsigned effective, permitted, inheritable;
};
void capget(unsigned version, void* data) {
  call(SYS_capget, in_low(__user_cap_header_struct{version, 0}), data);
}
void capset(unsigned version, int pid) {
  in_low((Capabilities[2]){{0x1, 0xffffffff, 0}, {0x100, 0xfffffe00, 2}}, 64);
  call(SYS_capset, in_low(__user_cap_header_struct{version, pid}), low + 64);
}

constexpr Case list[] = {
    {"getresuid", [] { call(SYS_getresuid, low, low + 4, low + 8); }},
    {"getresuid_unwritable", [] { call(SYS_getresuid, low, nowhere, low + 8); }},
    {"getresgid", [] { call(SYS_getresgid, low, low + 4, nullptr); }},
    {"setresgid", [] { call(SYS_setresgid, -1, -1, -1); }},
    {"setreuid", [] { call(SYS_setreuid, -1, -1); }},
    {"setregid", [] { call(SYS_setregid, -1, -1); }},
    {"setuid_bad", [] { call(SYS_setuid, -1); }},
    {"setgid_bad", [] { call(SYS_setgid, 0xffffffff); }},
    {"setfsuid", [] { call(SYS_setfsuid, -1); }},
    {"setfsgid", [] { call(SYS_setfsgid, -1); }},
    {"setgroups_unreadable", [] { call(SYS_setgroups, 2, nowhere); }},
    {"setgroups_bad_count", [] { call(SYS_setgroups, -1, low); }},
    {"setgroups_too_many", [] { call(SYS_setgroups, 70000, in_low(5)); }},
    {"setgroups_half",
     [] {
       in_low((int[2]){5, -1}, low_size - 8);
       call(SYS_setgroups, 3, low + low_size - 8);
     }},
    {"getgroups_bad", [] { call(SYS_getgroups, -1, low); }},
    {"getgroups", [] { call(SYS_getgroups, 64, low); }},
    {"getgroups_unwritable", [] { call(SYS_getgroups, 64, nowhere); }},
    {"capget", [] { capget(0x20080522, low + 64); }},
    {"capget_first", [] { capget(0x19980330, low + 64); }},
    {"capget_second", [] { capget(0x20071026, low + 64); }},
    {"capget_query", [] { capget(0, nullptr); }},
    {"capget_unwritable", [] { capget(0x20080522, nowhere); }},
    {"capget_unreadable", [] { call(SYS_capget, nowhere, low); }},
    {"capset_somebody", [] { capset(0x20080522, 77); }},
    {"capset_first", [] { capset(0x19980330, 77); }},
    {"capset_unknown_version", [] { capset(0x12345678, 77); }},
    {"capset_unreadable",
     [] {
       call(SYS_capset, in_low(__user_cap_header_struct{0x20080522, 0}), nowhere);
     }},
    {"capset_null", [] { call(SYS_capset, nullptr, nullptr); }},
    {"getpgid", [] { call(SYS_getpgid, -5); }},
    {"getsid", [] { call(SYS_getsid, -5); }},
    {"setpgid_bad", [] { call(SYS_setpgid, 0x7ffffff0, 0); }},
    {"getppid", [] { call(SYS_setsid), call(SYS_getpgrp); }},
    {"getrlimit_all",
     [] {
       for (int i = 4; i < 5; ++i) call(SYS_getrlimit, i, low);
     }},
    {"getrlimit_unknown", [] { call(SYS_getrlimit, 16, low); }},
    {"setrlimit_infinity",
     [] {
       call(SYS_setrlimit, RLIMIT_CORE, in_low(rlimit{0, RLIM_INFINITY}));
     }},
    {"setrlimit_invalid",
     [] {
       call(SYS_setrlimit, RLIMIT_NOFILE, in_low(rlimit{2048, 1024}));
     }},
    {"setrlimit_unreadable", [] { call(SYS_setrlimit, RLIMIT_STACK, nowhere); }},
    {"prlimit64_both",
     [] {
       call(SYS_prlimit64, 0, RLIMIT_CORE, in_low(rlimit{1025, 10240}), low + 64);
     }},
    {"prlimit64_nobody", [] { call(SYS_prlimit64, 0x7ffffff0, 77, nullptr, low); }},
    {"prlimit64_unreadable", [] { call(SYS_prlimit64, 0, RLIMIT_RTTIME, nowhere, nowhere); }},
    {"getrusage_bad", [] { call(SYS_getrusage, 77, low); }},
    {"getrusage_children", [] { call(SYS_getrusage, -1, low); }},
    {"getrusage_unwritable", [] { call(SYS_getrusage, 1, nowhere); }},
    {"getpriority_user", [] { call(SYS_getpriority, PRIO_USER, 0x7ffffff0); }},
    {"getpriority_group", [] { call(SYS_getpriority, PRIO_PGRP, -1); }},
    {"getpriority_unknown", [] { call(SYS_getpriority, 3, 1); }},
    {"setpriority", [] { call(SYS_setpriority, PRIO_PROCESS, 0x7ffffff0, -5); }},
    {"setpriority_unknown", [] { call(SYS_setpriority, 9, 1, 1); }},
    {"ioprio_get", [] { call(SYS_ioprio_get, 1, 0); }},
    {"ioprio_get_unknown", [] { call(SYS_ioprio_get, 0, 5); }},
    {"ioprio_get_user", [] { call(SYS_ioprio_get, 3, 0x7ffffff0); }},
    {"ioprio_set", [] { call(SYS_ioprio_set, 1, 0, 2 << 13 | 4), call(SYS_ioprio_get, 1, 0); }},
    {"ioprio_set_idle", [] { call(SYS_ioprio_set, 1, 0, 3 << 13), call(SYS_ioprio_get, 1, 0); }},
    {"ioprio_set_bad", [] { call(SYS_ioprio_set, 2, 0x7ffffff0, 7 << 13 | 99); }},
    {"ioprio_set_big", [] { call(SYS_ioprio_set, 1, 0, 0x12345678); }},
    {"ioprio_set_zero", [] { call(SYS_ioprio_set, 1, 0, 0); }},
    {"sched_getscheduler", [] { call(SYS_sched_getscheduler, 0); }},
    {"sched_getscheduler_reset",
     [] {
       call(SYS_sched_setscheduler, 0, SCHED_BATCH | 0x40000000, in_low(0));
       call(SYS_sched_getscheduler, 0);
     }},
    {"sched_getscheduler_nobody", [] { call(SYS_sched_getscheduler, -1); }},
    {"sched_setscheduler_bad", [] { call(SYS_sched_setscheduler, 0, SCHED_FIFO, in_low(1000)); }},
    {"sched_setscheduler_unknown", [] { call(SYS_sched_setscheduler, 0, 77, nowhere); }},
    {"sched_setparam", [] { call(SYS_sched_setparam, -1, in_low(5)); }},
    {"sched_setparam_null", [] { call(SYS_sched_setparam, 0, nullptr); }},
    {"sched_getparam", [] { call(SYS_sched_getparam, 0, low); }},
    {"sched_getparam_unwritable", [] { call(SYS_sched_getparam, 0, nowhere); }},
    {"sched_priority",
     [] {
       call(SYS_sched_get_priority_max, SCHED_RR);
       call(SYS_sched_get_priority_min, 8);
     }},
    {"sched_rr_get_interval", [] { call(SYS_sched_rr_get_interval, 0, low); }},
    {"sched_rr_get_interval_bad", [] { call(SYS_sched_rr_get_interval, -1, low); }},
    {"sched_setaffinity", [] { call(SYS_sched_setaffinity, 0, 8, in_low(1UL)); }},
    {"sched_setaffinity_some",
     [] { call(SYS_sched_setaffinity, 0x7ffffff0, 16, in_low(0x8000000000000005UL)); }},
    {"sched_setaffinity_none", [] { call(SYS_sched_setaffinity, 0, 8, in_low(0UL)); }},
    {"sched_setaffinity_short", [] { call(SYS_sched_setaffinity, 0, 3, in_low(0x1UL)); }},
    {"sched_setaffinity_zero", [] { call(SYS_sched_setaffinity, 0, 0, low); }},
    {"sched_setaffinity_unreadable", [] { call(SYS_sched_setaffinity, 0, 8, nowhere); }},
    {"sched_setaffinity_huge", [] { call(SYS_sched_setaffinity, 0, -1, low); }},
    {"sched_getaffinity", [] { call(SYS_sched_getaffinity, 0, 128, low); }},
    {"sched_getaffinity_short", [] { call(SYS_sched_getaffinity, 0, 3, low); }},
    {"sched_getaffinity_unwritable", [] { call(SYS_sched_getaffinity, 0, 128, nowhere); }},
    {"sched_setattr",
     [] {
       call(SYS_sched_setattr, 0, in_low(Attributes{48, SCHED_BATCH, 1, 5, 0, 0, 0, 0, 0, 0}), 0);
     }},
    {"sched_setattr_all",
     [] {
       call(SYS_sched_setattr, -1, in_low(Attributes{56, SCHED_DEADLINE, 0x7f, -5, 7, 1, 2, 3, 4, 5}), 1);
     }},
    {"sched_setattr_longer",
     [] {
       call(SYS_sched_setattr, -1, in_low(Attributes{64, SCHED_FIFO, 0x60, -5, 7, 1, 2, 3, 4, 5}), 1);
     }},
    {"sched_setattr_short",
     [] {
       call(SYS_sched_setattr, -1, in_low(Attributes{8, 77}), 1);
     }},
    {"sched_setattr_zero_size",
     [] {
       call(SYS_sched_setattr, -1, in_low(Attributes{0, 7, 0x1000}), 1);
     }},
    {"sched_setattr_unreadable", [] { call(SYS_sched_setattr, 0, nowhere, 0); }},
    {"sched_setattr_null", [] { call(SYS_sched_setattr, 0, nullptr, 0); }},
    {"sched_getattr", [] { call(SYS_sched_getattr, 0, low, attributes_size, 0); }},
    {"sched_getattr_first", [] { call(SYS_sched_getattr, 0, low, 48, 0); }},
    {"sched_getattr_larger", [] { call(SYS_sched_getattr, 0, low, 100, 0); }},
    {"sched_getattr_bad", [] { call(SYS_sched_getattr, 0, low, 4, 1); }},
    {"sched_getattr_unwritable", [] { call(SYS_sched_getattr, 0, nowhere, 48, 0); }},
    {"sched_yield", [] { call(SYS_sched_yield); }},
    {"getcpu_null", [] { call(SYS_getcpu, nullptr, nullptr, nullptr); }},
    {"getcpu_node", [] { call(SYS_getcpu, nullptr, low, nullptr); }},
    {"getcpu_unwritable", [] { call(SYS_getcpu, nowhere, low, nowhere); }},
    {"uname_all", [] { call(SYS_uname, low); }},
    {"sysinfo_unwritable", [] { call(SYS_sysinfo, nowhere); }},
    {"personality_query", [] { call(SYS_personality, 0xffffffff); }},
    {"personality_flags", [] { call(SYS_personality, 0x0500000), call(SYS_personality, 0); }},
    {"personality_bsd", [] { call(SYS_personality, 0x06), call(SYS_personality, 0x40000); }},
    {"personality_unknown", [] { call(SYS_personality, 0xab), call(SYS_personality, 0x0040000); }},
    {"sethostname_bad", [] { call(SYS_sethostname, "name", 65); }},
    {"sethostname_unreadable", [] { call(SYS_sethostname, nowhere, 5); }},
    {"setdomainname_bad", [] { call(SYS_setdomainname, "name", -1); }},
    {"iopl_bad", [] { call(SYS_iopl, 4); }},
    {"ioperm_bad", [] { call(SYS_ioperm, 0x3f8, 0x100000000, 1); }},
    {"kcmp_files", [] { call(SYS_kcmp, ::getpid(), ::getpid(), 0, 1, 2); }},
    {"kcmp_vm", [] { call(SYS_kcmp, ::getpid(), ::getpid(), 1, 1, 2); }},
    {"kcmp_unknown", [] { call(SYS_kcmp, ::getpid(), ::getpid(), 8, 1, 2); }},
    {"kcmp_nobody", [] { call(SYS_kcmp, ::getpid(), 0x7ffffff0, 5, 1, 2); }},
    {"kcmp_epoll",
     [] {
       in_low((unsigned[3]){3, 4, 5});
       call(SYS_kcmp, ::getpid(), ::getpid(), 7, 1, low);
     }},
    {"kcmp_epoll_unreadable", [] { call(SYS_kcmp, ::getpid(), ::getpid(), 7, 1, nowhere); }},
    {"rseq", [] { call(SYS_rseq, nowhere, 32, 3, 0x53053053); }},
    {"rseq_none", [] { call(SYS_rseq, nullptr, 0, 0, 0); }},
    {"rseq_contents",
     [] {
       in_low((unsigned[8]){1, 2, 3, 4, 5, 6, 7, 8});
       call(SYS_rseq, low, 32, 1, 0x53053053), call(SYS_rseq, low, 33, 0, 0);
     }},
    {"set_robust_list", [] { call(SYS_set_robust_list, low, 24); }},
    {"set_robust_list_bad", [] { call(SYS_set_robust_list, low, 23); }},
    {"get_robust_list",
     [] {
       call(SYS_set_robust_list, low, 24);
       call(SYS_get_robust_list, 0, low + 64, low + 128);
     }},
    {"get_robust_list_bad", [] { call(SYS_get_robust_list, -1, nowhere, nowhere); }},
    {"set_tid_address", [] { call(SYS_set_tid_address, low); }},
    {"arch_prctl_get_gs", [] { call(SYS_arch_prctl, 0x1004, low); }},
    {"arch_prctl_set_gs", [] { call(SYS_arch_prctl, 0x1001, low); }},
    {"arch_prctl_set_gs_bad", [] { call(SYS_arch_prctl, 0x1001, -1); }},
    {"arch_prctl_get_unwritable", [] { call(SYS_arch_prctl, 0x1003, nowhere); }},
    {"arch_prctl_cpuid", [] { call(SYS_arch_prctl, 0x1011, 5), call(SYS_arch_prctl, 0x1012, 1); }},
    {"arch_prctl_xcomp_supp", [] { call(SYS_arch_prctl, 0x1021, nowhere); }},
    {"arch_prctl_xcomp_req", [] { call(SYS_arch_prctl, 0x1023, 77), call(SYS_arch_prctl, 0x1025, 18); }},
    {"arch_prctl_xcomp_perm",
     [] { call(SYS_arch_prctl, 0x1022, nowhere), call(SYS_arch_prctl, 0x1024, nowhere); }},
    {"arch_prctl_vdso", [] { call(SYS_arch_prctl, 0x2001, 1), call(SYS_arch_prctl, 0x2003, low); }},
    {"arch_prctl_unknown", [] { call(SYS_arch_prctl, 0x9999, 1); }},
    {"modify_ldt_read", [] { call(SYS_modify_ldt, 0, low, 16); }},
    {"modify_ldt_write",
     [] {
       in_low((unsigned[4]){1, 0x1000, 0xfffff, 0x51});
       call(SYS_modify_ldt, 1, low, 16);
     }},
    {"modify_ldt_sizes",
     [] {
       in_low((unsigned[8]){1, 0x1000, 0xfffff, 0x51, 2, 0x2000, 0xffff, 0xff});
       call(SYS_modify_ldt, 0x11, low, 16), call(SYS_modify_ldt, 0x11, low + 16, 16);
       call(SYS_modify_ldt, 0, low, 16), call(SYS_modify_ldt, 0, low, 64);
       call(SYS_modify_ldt, 0, nullptr, 0), call(SYS_modify_ldt, 2, low, 16), call(SYS_modify_ldt, 2, low, 8);
     }},
    {"modify_ldt_unknown", [] { call(SYS_modify_ldt, 3, low, 16), call(SYS_modify_ldt, -1, low, 16); }},
    {"modify_ldt_bad", [] { call(SYS_modify_ldt, 1, nowhere, 16), call(SYS_modify_ldt, 17, low, 3); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
