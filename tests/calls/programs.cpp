// seccomp(2) and its filters.
#include "calls.hpp"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cstddef>

namespace {

constexpr sock_filter filter[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, arch)},
                                  {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AUDIT_ARCH_X86_64},
                                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS},
                                  {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
                                  {BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000},
                                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | 1},
                                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_TRACE},
                                  {BPF_RET | BPF_K, 0, 0, 0x12340005},
                                  {BPF_RET | BPF_A, 0, 0, 0},
                                  {BPF_JMP | BPF_JA, 0, 0, 1},
                                  {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};

constexpr Case list[] = {
    {"seccomp_filter",
     [] {
       sock_fprog program{std::size(filter), const_cast<sock_filter*>(filter)};
       call(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
            SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_LOG | 0x8000, in_low(program));
       call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, nowhere);
       call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, nullptr);
     }},
    {"seccomp_actions",
     [] {
       call(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, in_low(SECCOMP_RET_LOG));
       call(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, in_low(0x12340000U));
       call(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, low);
       call(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 1, nullptr);
       call(SYS_seccomp, 77, 0, low);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
