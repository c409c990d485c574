// Tables of constants: packet filters.
#include "network_tables.hpp"

namespace ptop::decode {

// linux/bpf_common.h
constexpr FlagName bpf_classes_rows[] = {{0x0, "BPF_LD"},  {0x1, "BPF_LDX"}, {0x2, "BPF_ST"},
                                         {0x3, "BPF_STX"}, {0x4, "BPF_ALU"}, {0x5, "BPF_JMP"},
                                         {0x6, "BPF_RET"}, {0x7, "BPF_MISC"}};
constinit const Table bpf_classes = table<bpf_classes_rows>("BPF_???");

// linux/bpf_common.h, linux/bpf.h
constexpr FlagName bpf_sizes_rows[] = {{0x0, "BPF_W"}, {0x8, "BPF_H"}, {0x10, "BPF_B"}, {0x18, "BPF_DW"}};
constinit const Table bpf_sizes = table<bpf_sizes_rows>("BPF_???");

// linux/bpf_common.h, linux/bpf.h
constexpr FlagName bpf_modes_rows[] = {{0x0, "BPF_IMM"},    {0x20, "BPF_ABS"}, {0x40, "BPF_IND"},
                                       {0x60, "BPF_MEM"},   {0x80, "BPF_LEN"}, {0xa0, "BPF_MSH"},
                                       {0xc0, "BPF_ATOMIC"}};
constinit const Table bpf_modes = table<bpf_modes_rows>("BPF_???");

// linux/bpf_common.h
constexpr FlagName bpf_sources_rows[] = {{0x0, "BPF_K"}, {0x8, "BPF_X"}};
constinit const Table bpf_sources = table<bpf_sources_rows>("BPF_???");

// linux/bpf_common.h
constexpr FlagName bpf_alu_operations_rows[] = {{0x0, "BPF_ADD"},  {0x10, "BPF_SUB"}, {0x20, "BPF_MUL"},
                                                {0x30, "BPF_DIV"}, {0x40, "BPF_OR"},  {0x50, "BPF_AND"},
                                                {0x60, "BPF_LSH"}, {0x70, "BPF_RSH"}, {0x80, "BPF_NEG"},
                                                {0x90, "BPF_MOD"}, {0xa0, "BPF_XOR"}};
constinit const Table bpf_alu_operations = table<bpf_alu_operations_rows>("BPF_???");

// linux/bpf_common.h
constexpr FlagName bpf_jump_operations_rows[] = {
    {0x0, "BPF_JA"}, {0x10, "BPF_JEQ"}, {0x20, "BPF_JGT"}, {0x30, "BPF_JGE"}, {0x40, "BPF_JSET"}};
constinit const Table bpf_jump_operations = table<bpf_jump_operations_rows>("BPF_???");

// linux/bpf_common.h, linux/filter.h
constexpr FlagName bpf_return_values_rows[] = {{0x0, "BPF_K"}, {0x8, "BPF_X"}, {0x10, "BPF_A"}};
constinit const Table bpf_return_values = table<bpf_return_values_rows>("BPF_???");

// linux/filter.h
constexpr FlagName bpf_misc_operations_rows[] = {{0x0, "BPF_TAX"}, {0x80, "BPF_TXA"}};
constinit const Table bpf_misc_operations = table<bpf_misc_operations_rows>("BPF_???");

// linux/filter.h
constexpr FlagName bpf_packet_data_rows[] = {{0, "SKF_AD_PROTOCOL"},
                                             {4, "SKF_AD_PKTTYPE"},
                                             {8, "SKF_AD_IFINDEX"},
                                             {12, "SKF_AD_NLATTR"},
                                             {16, "SKF_AD_NLATTR_NEST"},
                                             {20, "SKF_AD_MARK"},
                                             {24, "SKF_AD_QUEUE"},
                                             {28, "SKF_AD_HATYPE"},
                                             {32, "SKF_AD_RXHASH"},
                                             {36, "SKF_AD_CPU"},
                                             {40, "SKF_AD_ALU_XOR_X"},
                                             {44, "SKF_AD_VLAN_TAG"},
                                             {48, "SKF_AD_VLAN_TAG_PRESENT"},
                                             {52, "SKF_AD_PAY_OFFSET"},
                                             {56, "SKF_AD_RANDOM"},
                                             {60, "SKF_AD_VLAN_TPID"}};
constinit const Table bpf_packet_data = table<bpf_packet_data_rows>("SKF_AD_???");

// linux/seccomp.h
constexpr FlagName seccomp_actions_rows[] = {{0x80000000, "SECCOMP_RET_KILL_PROCESS"},
                                             {0x0, "SECCOMP_RET_KILL_THREAD"},
                                             {0x30000, "SECCOMP_RET_TRAP"},
                                             {0x50000, "SECCOMP_RET_ERRNO"},
                                             {0x7fc00000, "SECCOMP_RET_USER_NOTIF"},
                                             {0x7ff00000, "SECCOMP_RET_TRACE"},
                                             {0x7ffc0000, "SECCOMP_RET_LOG"},
                                             {0x7fff0000, "SECCOMP_RET_ALLOW"}};
constinit const Table seccomp_actions = table<seccomp_actions_rows>("SECCOMP_RET_???");

// kernel: include/linux/crypto.h
constexpr FlagName crypto_flags_rows[] = {{0x20, "CRYPTO_ALG_DEAD"},
                                          {0x40, "CRYPTO_ALG_DYING"},
                                          {0x80, "CRYPTO_ALG_ASYNC"},
                                          {0x100, "CRYPTO_ALG_NEED_FALLBACK"},
                                          {0x400, "CRYPTO_ALG_TESTED"},
                                          {0x800, "CRYPTO_ALG_INSTANCE"},
                                          {0x1000, "CRYPTO_ALG_KERN_DRIVER_ONLY"},
                                          {0x2000, "CRYPTO_ALG_INTERNAL"},
                                          {0x4000, "CRYPTO_ALG_OPTIONAL_KEY"},
                                          {0x8000, "CRYPTO_NOLOAD"},
                                          {0x10000, "CRYPTO_ALG_ALLOCATES_MEMORY"},
                                          {0x20000, "CRYPTO_ALG_FIPS_INTERNAL"}};
constinit const Table crypto_flags = table<crypto_flags_rows>("CRYPTO_ALG_???");

// linux/seccomp.h
constexpr FlagName seccomp_filter_flags_rows[] = {
    {1, "SECCOMP_FILTER_FLAG_TSYNC"},          {2, "SECCOMP_FILTER_FLAG_LOG"},
    {4, "SECCOMP_FILTER_FLAG_SPEC_ALLOW"},     {8, "SECCOMP_FILTER_FLAG_NEW_LISTENER"},
    {0x10, "SECCOMP_FILTER_FLAG_TSYNC_ESRCH"}, {0x20, "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}};
constinit const Table seccomp_filter_flags = table<seccomp_filter_flags_rows>("SECCOMP_FILTER_FLAG_???");

}  // namespace ptop::decode
