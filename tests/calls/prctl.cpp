// prctl(2), option by option.
#include "calls.hpp"

#include <linux/capability.h>
#include <sys/prctl.h>

namespace {

template <class... A>
void prctl_of(long option, A... arguments) {
  call(SYS_prctl, option, arguments...);
}

constexpr Case list[] = {
    {"pdeathsig", [] { prctl_of(1, 9, 1, 2, 3), prctl_of(2, low, 2, 3), prctl_of(1, 0), prctl_of(1, 99); }},
    {"pdeathsig_unwritable", [] { prctl_of(2, nowhere); }},
    {"dumpable", [] { prctl_of(4, 0), prctl_of(3, 1, 2, 3), prctl_of(4, 1), prctl_of(3), prctl_of(4, 77); }},
    {"unaligned", [] { prctl_of(5, low), prctl_of(6, 1), prctl_of(6, 2), prctl_of(6, 5); }},
    {"keepcaps", [] { prctl_of(8, 1), prctl_of(7, 3, 4, 5, 6), prctl_of(8, 0), prctl_of(8, 5); }},
    {"fpemu", [] { prctl_of(9, low), prctl_of(10, 1), prctl_of(10, 5); }},
    {"fpexc", [] { prctl_of(11, low), prctl_of(12, 0x20003), prctl_of(12, 0x5), prctl_of(12, 0); }},
    {"timing", [] { prctl_of(13), prctl_of(14, 1), prctl_of(14, 0), prctl_of(14, 4); }},
    {"name",
     [] {
       prctl_of(15, "short", 2, 3, 4), prctl_of(16, low, 1, 2, 3), prctl_of(15, nowhere),
           prctl_of(16, nowhere);
     }},
    {"name_odd",
     [] { prctl_of(15, "a\n\"b\"\1", 2, 3, 4), prctl_of(16, low, 1, 2, 3), prctl_of(15, nullptr); }},
    {"endian", [] { prctl_of(19, low), prctl_of(20, 0), prctl_of(20, 2), prctl_of(20, 3); }},
    {"seccomp", [] { prctl_of(21, 1, 2, 3), prctl_of(22, 77, 0), prctl_of(22, 0, 5); }},
    {"capbset",
     [] { prctl_of(23, 0), prctl_of(23, 37), prctl_of(23, 99, 1), prctl_of(23, -1), prctl_of(24, 99); }},
    {"tsc", [] { prctl_of(25, low), prctl_of(26, 1), prctl_of(26, 3), prctl_of(25, nowhere); }},
    {"securebits",
     [] {
       prctl_of(27), prctl_of(28, 0xff), prctl_of(28, 0x1000), prctl_of(28, 0xf), prctl_of(27),
           prctl_of(28, 0);
     }},
    {"timerslack", [] { prctl_of(29, 12345), prctl_of(30, 5), prctl_of(29, 0); }},
    {"task_perf", [] { prctl_of(31, 1, 2, 3, 4), prctl_of(32, 5); }},
    {"mce_kill",
     [] {
       prctl_of(33, 0, 0, 0, 0), prctl_of(33, 1, 1, 0, 0), prctl_of(33, 1, 0), prctl_of(33, 1, 2),
           prctl_of(33, 1, 9), prctl_of(33, 5, 9), prctl_of(34, 0, 0, 0, 0), prctl_of(34, 1);
     }},
    {"mm",
     [] {
       prctl_of(35, 1, nowhere, 0, 0), prctl_of(35, 7, low, 5, 1), prctl_of(35, 12, nowhere, 3, 0),
           prctl_of(35, 13, 99, 0, 0), prctl_of(35, 14, low, 104, 0), prctl_of(35, 15, nowhere, 0, 0),
           prctl_of(35, 99, 1, 2, 3);
     }},
    {"mm_map_size", [] { prctl_of(35, 15, low, 0, 0); }},
    {"child_subreaper",
     [] { prctl_of(36, 1, 2, 3), prctl_of(37, low, 2, 3), prctl_of(37, nowhere), prctl_of(36, 0); }},
    {"no_new_privs",
     [] {
       prctl_of(39, 0, 0, 0, 0), prctl_of(38, 1, 0, 0, 0), prctl_of(39, 0, 0, 0, 0), prctl_of(38, 0, 1, 2, 3),
           prctl_of(39, 1, 2, 3, 4);
     }},
    {"tid_address", [] { prctl_of(40, low, 0, 0, 0), prctl_of(40, nowhere); }},
    {"thp_disable",
     [] {
       prctl_of(41, 1, 0, 0, 0), prctl_of(42, 0, 0, 0, 0), prctl_of(41, 0, 1, 2, 3), prctl_of(42, 1, 2, 3, 4),
           prctl_of(41, 0, 0, 0, 0), prctl_of(42, 0, 0, 0, 0);
     }},
    {"mpx", [] { prctl_of(43, 0, 0, 0, 0), prctl_of(44, 1, 2, 3, 4); }},
    {"fp_mode", [] { prctl_of(45, 3, 0, 0, 0), prctl_of(46, 0, 0, 0, 0), prctl_of(45, 9, 1, 2, 3); }},
    {"cap_ambient",
     [] {
       prctl_of(47, 1, 3, 0, 0), prctl_of(47, 2, 40, 0, 0), prctl_of(47, 3, 1, 2, 3),
           prctl_of(47, 4, 0, 0, 0), prctl_of(47, 4, 1, 2, 3), prctl_of(47, 9, 1, 2, 3),
           prctl_of(47, 1, 99, 1, 1);
     }},
    {"sve", [] { prctl_of(50, 0x40010), prctl_of(51), prctl_of(63, 0x20020), prctl_of(64, 1); }},
    {"speculation",
     [] {
       prctl_of(52, 0, 0, 0, 0), prctl_of(52, 1, 0, 0, 0), prctl_of(52, 2, 0, 0, 0), prctl_of(52, 9, 1, 2, 3),
           prctl_of(53, 0, 4, 0, 0), prctl_of(53, 1, 0x13, 0, 0), prctl_of(53, 9, 1, 1, 1),
           prctl_of(53, 0, 0x1f0, 1, 1);
     }},
    {"pac",
     [] {
       prctl_of(54, 0x1f, 0, 0, 0), prctl_of(54, 0x20, 1, 2, 3), prctl_of(60, 3, 1, 0, 0),
           prctl_of(61, 0, 0, 0, 0), prctl_of(60, 0x33, 0x30, 1, 1);
     }},
    {"tagged_address",
     [] {
       prctl_of(55, 1, 0, 0, 0), prctl_of(56, 0, 0, 0, 0), prctl_of(55, 0x7ffff, 1, 2, 3),
           prctl_of(56, 1, 2, 3, 4);
     }},
    {"io_flusher",
     [] {
       prctl_of(57, 7, 0, 0, 0), prctl_of(58, 0, 0, 0, 0), prctl_of(58, 1, 2, 3, 4), prctl_of(57, 1, 2, 3, 4);
     }},
    {"user_dispatch",
     [] { prctl_of(59, 0, 0, 0, 0), prctl_of(59, 3, 1, 2, 3), prctl_of(59, 1, 0x1000, 0x2000, kernel); }},
    {"sched_core",
     [] {
       prctl_of(62, 0, 0, 0, low), prctl_of(62, 1, 0, 0, 0), prctl_of(62, 2, 77, 1, 1),
           prctl_of(62, 9, 0, 9, nowhere), prctl_of(62, 3, -1, 2, 0);
     }},
    {"vma",
     [] {
       prctl_of(0x53564d41, 0, low, 4096, "a name"), prctl_of(0x53564d41, 0, low, 4096, nullptr),
           prctl_of(0x53564d41, 0, low, 1, nowhere), prctl_of(0x53564d41, 5, low, 4096, 7);
     }},
    {"ptracer",
     [] {
       prctl_of(0x59616d61, 0), prctl_of(0x59616d61, -1), prctl_of(0x59616d61, 1, 2, 3, 4),
           prctl_of(0x59616d61, 0x7ffffff0);
     }},
    {"mdwe", [] { prctl_of(66, 0, 0, 0, 0), prctl_of(65, 0x10, 0, 0, 0), prctl_of(65, 3, 1, 2, 3); }},
    {"newer",
     [] {
       prctl_of(67, 1, 1, 0, 0), prctl_of(68, 1, 0, 0, 0), prctl_of(70, 1, 2, 3, 4), prctl_of(72, 1, 2, 3, 4),
           prctl_of(78, 1, 2, 3, 4), prctl_of(0x41555856, 0, 0, 0, 0);
     }},
    {"unknown", [] { prctl_of(17, 1, 2, 3, 4), prctl_of(0xffffffff, -1, -2, -3, -4); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
