// Tables of constants: perf_event_open(2).
#include "bpf_tables.hpp"

namespace ptop::decode {

// linux/perf_event.h
constexpr FlagName perf_types_rows[] = {{0, "PERF_TYPE_HARDWARE"},   {1, "PERF_TYPE_SOFTWARE"},
                                        {2, "PERF_TYPE_TRACEPOINT"}, {3, "PERF_TYPE_HW_CACHE"},
                                        {4, "PERF_TYPE_RAW"},        {5, "PERF_TYPE_BREAKPOINT"}};
constinit const Table perf_types = table<perf_types_rows>("PERF_TYPE_???");

// linux/perf_event.h
constexpr FlagName perf_attribute_sizes_rows[] = {
    {64, "PERF_ATTR_SIZE_VER0"},  {72, "PERF_ATTR_SIZE_VER1"},  {80, "PERF_ATTR_SIZE_VER2"},
    {96, "PERF_ATTR_SIZE_VER3"},  {104, "PERF_ATTR_SIZE_VER4"}, {112, "PERF_ATTR_SIZE_VER5"},
    {120, "PERF_ATTR_SIZE_VER6"}, {128, "PERF_ATTR_SIZE_VER7"}, {136, "PERF_ATTR_SIZE_VER8"}};
constinit const Table perf_attribute_sizes = table<perf_attribute_sizes_rows>("PERF_ATTR_SIZE_???");

// linux/perf_event.h
constexpr FlagName perf_hardware_events_rows[] = {{0, "PERF_COUNT_HW_CPU_CYCLES"},
                                                  {1, "PERF_COUNT_HW_INSTRUCTIONS"},
                                                  {2, "PERF_COUNT_HW_CACHE_REFERENCES"},
                                                  {3, "PERF_COUNT_HW_CACHE_MISSES"},
                                                  {4, "PERF_COUNT_HW_BRANCH_INSTRUCTIONS"},
                                                  {5, "PERF_COUNT_HW_BRANCH_MISSES"},
                                                  {6, "PERF_COUNT_HW_BUS_CYCLES"},
                                                  {7, "PERF_COUNT_HW_STALLED_CYCLES_FRONTEND"},
                                                  {8, "PERF_COUNT_HW_STALLED_CYCLES_BACKEND"},
                                                  {9, "PERF_COUNT_HW_REF_CPU_CYCLES"}};
constinit const Table perf_hardware_events = table<perf_hardware_events_rows>("PERF_COUNT_HW_???");

// linux/perf_event.h
constexpr FlagName perf_software_events_rows[] = {
    {0, "PERF_COUNT_SW_CPU_CLOCK"},        {1, "PERF_COUNT_SW_TASK_CLOCK"},
    {2, "PERF_COUNT_SW_PAGE_FAULTS"},      {3, "PERF_COUNT_SW_CONTEXT_SWITCHES"},
    {4, "PERF_COUNT_SW_CPU_MIGRATIONS"},   {5, "PERF_COUNT_SW_PAGE_FAULTS_MIN"},
    {6, "PERF_COUNT_SW_PAGE_FAULTS_MAJ"},  {7, "PERF_COUNT_SW_ALIGNMENT_FAULTS"},
    {8, "PERF_COUNT_SW_EMULATION_FAULTS"}, {9, "PERF_COUNT_SW_DUMMY"},
    {10, "PERF_COUNT_SW_BPF_OUTPUT"},      {11, "PERF_COUNT_SW_CGROUP_SWITCHES"}};
constinit const Table perf_software_events = table<perf_software_events_rows>("PERF_COUNT_SW_???");

// linux/perf_event.h
constexpr FlagName perf_caches_rows[] = {{0, "PERF_COUNT_HW_CACHE_L1D"},  {1, "PERF_COUNT_HW_CACHE_L1I"},
                                         {2, "PERF_COUNT_HW_CACHE_LL"},   {3, "PERF_COUNT_HW_CACHE_DTLB"},
                                         {4, "PERF_COUNT_HW_CACHE_ITLB"}, {5, "PERF_COUNT_HW_CACHE_BPU"},
                                         {6, "PERF_COUNT_HW_CACHE_NODE"}};
constinit const Table perf_caches = table<perf_caches_rows>("PERF_COUNT_HW_CACHE_???");

// linux/perf_event.h
constexpr FlagName perf_cache_operations_rows[] = {{0, "PERF_COUNT_HW_CACHE_OP_READ"},
                                                   {1, "PERF_COUNT_HW_CACHE_OP_WRITE"},
                                                   {2, "PERF_COUNT_HW_CACHE_OP_PREFETCH"}};
constinit const Table perf_cache_operations = table<perf_cache_operations_rows>("PERF_COUNT_HW_CACHE_OP_???");

// linux/perf_event.h
constexpr FlagName perf_cache_results_rows[] = {{0, "PERF_COUNT_HW_CACHE_RESULT_ACCESS"},
                                                {1, "PERF_COUNT_HW_CACHE_RESULT_MISS"}};
constinit const Table perf_cache_results = table<perf_cache_results_rows>("PERF_COUNT_HW_CACHE_RESULT_???");

// linux/perf_event.h
constexpr FlagName perf_sample_types_rows[] = {{0x1, "PERF_SAMPLE_IP"},
                                               {0x2, "PERF_SAMPLE_TID"},
                                               {0x4, "PERF_SAMPLE_TIME"},
                                               {0x8, "PERF_SAMPLE_ADDR"},
                                               {0x10, "PERF_SAMPLE_READ"},
                                               {0x20, "PERF_SAMPLE_CALLCHAIN"},
                                               {0x40, "PERF_SAMPLE_ID"},
                                               {0x80, "PERF_SAMPLE_CPU"},
                                               {0x100, "PERF_SAMPLE_PERIOD"},
                                               {0x200, "PERF_SAMPLE_STREAM_ID"},
                                               {0x400, "PERF_SAMPLE_RAW"},
                                               {0x800, "PERF_SAMPLE_BRANCH_STACK"},
                                               {0x1000, "PERF_SAMPLE_REGS_USER"},
                                               {0x2000, "PERF_SAMPLE_STACK_USER"},
                                               {0x4000, "PERF_SAMPLE_WEIGHT"},
                                               {0x8000, "PERF_SAMPLE_DATA_SRC"},
                                               {0x10000, "PERF_SAMPLE_IDENTIFIER"},
                                               {0x20000, "PERF_SAMPLE_TRANSACTION"},
                                               {0x40000, "PERF_SAMPLE_REGS_INTR"},
                                               {0x80000, "PERF_SAMPLE_PHYS_ADDR"},
                                               {0x100000, "PERF_SAMPLE_AUX"},
                                               {0x200000, "PERF_SAMPLE_CGROUP"},
                                               {0x400000, "PERF_SAMPLE_DATA_PAGE_SIZE"},
                                               {0x800000, "PERF_SAMPLE_CODE_PAGE_SIZE"},
                                               {0x1000000, "PERF_SAMPLE_WEIGHT_STRUCT"}};
constinit const Table perf_sample_types = table<perf_sample_types_rows>("PERF_SAMPLE_???");

// linux/perf_event.h
constexpr FlagName perf_read_formats_rows[] = {{0x1, "PERF_FORMAT_TOTAL_TIME_ENABLED"},
                                               {0x2, "PERF_FORMAT_TOTAL_TIME_RUNNING"},
                                               {0x4, "PERF_FORMAT_ID"},
                                               {0x8, "PERF_FORMAT_GROUP"},
                                               {0x10, "PERF_FORMAT_LOST"}};
constinit const Table perf_read_formats = table<perf_read_formats_rows>("PERF_FORMAT_???");

// linux/perf_event.h
constexpr FlagName perf_branch_types_rows[] = {{0x1, "PERF_SAMPLE_BRANCH_USER"},
                                               {0x2, "PERF_SAMPLE_BRANCH_KERNEL"},
                                               {0x4, "PERF_SAMPLE_BRANCH_HV"},
                                               {0x8, "PERF_SAMPLE_BRANCH_ANY"},
                                               {0x10, "PERF_SAMPLE_BRANCH_ANY_CALL"},
                                               {0x20, "PERF_SAMPLE_BRANCH_ANY_RETURN"},
                                               {0x40, "PERF_SAMPLE_BRANCH_IND_CALL"},
                                               {0x80, "PERF_SAMPLE_BRANCH_ABORT_TX"},
                                               {0x100, "PERF_SAMPLE_BRANCH_IN_TX"},
                                               {0x200, "PERF_SAMPLE_BRANCH_NO_TX"},
                                               {0x400, "PERF_SAMPLE_BRANCH_COND"},
                                               {0x800, "PERF_SAMPLE_BRANCH_CALL_STACK"},
                                               {0x1000, "PERF_SAMPLE_BRANCH_IND_JUMP"},
                                               {0x2000, "PERF_SAMPLE_BRANCH_CALL"},
                                               {0x4000, "PERF_SAMPLE_BRANCH_NO_FLAGS"},
                                               {0x8000, "PERF_SAMPLE_BRANCH_NO_CYCLES"},
                                               {0x10000, "PERF_SAMPLE_BRANCH_TYPE_SAVE"},
                                               {0x20000, "PERF_SAMPLE_BRANCH_HW_INDEX"},
                                               {0x40000, "PERF_SAMPLE_BRANCH_PRIV_SAVE"},
                                               {0x80000, "PERF_SAMPLE_BRANCH_COUNTERS"}};
constinit const Table perf_branch_types = table<perf_branch_types_rows>("PERF_SAMPLE_BRANCH_???");

// linux/hw_breakpoint.h
constexpr FlagName breakpoint_types_rows[] = {{0, "HW_BREAKPOINT_EMPTY"},
                                              {1, "HW_BREAKPOINT_R"},
                                              {2, "HW_BREAKPOINT_W"},
                                              {3, "HW_BREAKPOINT_RW"},
                                              {4, "HW_BREAKPOINT_X"}};
constinit const Table breakpoint_types = table<breakpoint_types_rows>("HW_BREAKPOINT_???");

}  // namespace ptop::decode
