// The column table, and what looks things up in it. The values themselves are in column_values.cpp.
#include "ptop/model/columns.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "column_values.hpp"
#include "ptop/base/nearest.hpp"

namespace ptop::model {
namespace {

using procfs::GroupIds, procfs::Schedstat, procfs::SignalMasks, procfs::SmapsRollup, procfs::Stat,
    procfs::Status, procfs::TaskIo, procfs::UserIds;

constexpr Sources stat = Source::stat;
constexpr Sources status = Source::status;
constexpr Sources class_sources{Source::stat, Source::status, Source::cgroup, Source::zombie_parents};
constexpr Sources adopter_sources{Source::stat, Source::status, Source::cmdline};
constexpr Sources namespace_sources{Source::namespaces, Source::namespace_owners};
constexpr Sources cgroup_sources{Source::cgroup, Source::cgroup_files};
constexpr Sources command_sources{Source::stat, Source::cmdline};
constexpr auto left = Align::left, right = Align::right;
constexpr auto up = Order::ascending, down = Order::descending;

// clang-format off
constexpr std::array table{
    Column{ColumnId::pid, "pid", "PID", "process ID", stat, right, 7, up, Unit::id, true, values::pid},
    Column{ColumnId::tid, "tid", "TID", "thread ID; the process ID for a process", stat, right, 7, up, Unit::id, true, values::tid},
    Column{ColumnId::ppid, "ppid", "PPID", "process ID of the parent; 0: outside the pid namespace, or none", stat, right, 7, up, Unit::id, true, values::ppid},
    Column{ColumnId::pgid, "pgid", "PGID", "process group ID", stat, right, 7, up, Unit::id, true, values::pgid},
    Column{ColumnId::sid, "sid", "SID", "session ID", stat, right, 7, up, Unit::id, true, values::sid},
    Column{ColumnId::tty, "tty", "TTY", "controlling terminal; empty: none", stat, left, 8, up, Unit::none, true, values::tty},
    Column{ColumnId::uid, "uid", "UID", "effective user ID", status, right, 6, up, Unit::id, true, values::uid},
    Column{ColumnId::user, "user", "USER", "name of the effective user", status, left, 9, up, Unit::none, true, values::user},
    Column{ColumnId::gid, "gid", "GID", "effective group ID", status, right, 6, up, Unit::id, true, values::gid},
    Column{ColumnId::state, "state", "S", "state letter, as the kernel has it", stat, left, 1, up, Unit::none, true, values::state},
    Column{ColumnId::state_name, "state_name", "STATE", "state in words", stat, left, 12, up, Unit::none, true, values::state_name},
    Column{ColumnId::comm, "comm", "COMM", "name of the task, at most 15 bytes but for kernel threads", stat, left, 15, up, Unit::none, true, values::comm},
    Column{ColumnId::exe, "exe", "EXE", "path of the program", Source::exe, left, 30, up, Unit::none, true, values::exe},
    Column{ColumnId::argv, "argv", "ARGV", "arguments, the program's name first", Source::cmdline, left, 40, up, Unit::none, true, values::argv},
    Column{ColumnId::command, "command", "COMMAND", "arguments in one line, or [comm] without any", command_sources, left, 40, up, Unit::none, false, values::command},
    Column{ColumnId::cwd, "cwd", "CWD", "working directory", Source::cwd, left, 30, up, Unit::none, true, values::cwd},
    Column{ColumnId::start_ticks, "start_ticks", "START", "start time in clock ticks since boot", stat, right, 10, up, Unit::ticks, true, values::start_ticks},
    Column{ColumnId::age_ns, "age_ns", "AGE", "time since it started", stat, right, 7, down, Unit::nanoseconds, true, values::age_ns},
    Column{ColumnId::cpu, "cpu", "%CPU", "share of one CPU: between two refreshes, or over the lifetime", stat, right, 5, down, Unit::percent, true, values::cpu},
    Column{ColumnId::utime_ns, "utime_ns", "UTIME", "CPU time in user mode", stat, right, 9, down, Unit::nanoseconds, true, values::utime_ns},
    Column{ColumnId::stime_ns, "stime_ns", "STIME", "CPU time in the kernel", stat, right, 9, down, Unit::nanoseconds, true, values::stime_ns},
    Column{ColumnId::time_ns, "time_ns", "TIME", "CPU time, user and kernel", stat, right, 9, down, Unit::nanoseconds, false, values::time_ns},
    Column{ColumnId::rss, "rss", "RSS", "resident memory", stat, right, 5, down, Unit::bytes, true, values::rss},
    Column{ColumnId::vsz, "vsz", "VSZ", "virtual memory", stat, right, 5, down, Unit::bytes, true, values::vsz},
    Column{ColumnId::shared, "shared", "SHR", "resident memory that files and shared memory back", Source::statm, right, 5, down, Unit::bytes, false, values::shared},
    Column{ColumnId::mem, "mem", "%MEM", "resident memory as share of all", stat, right, 5, down, Unit::percent, false, values::mem},
    Column{ColumnId::threads, "threads", "THR", "number of threads", stat, right, 4, down, Unit::number, true, values::threads},
    Column{ColumnId::nice, "nice", "NI", "nice value, -20 to 19", stat, right, 3, up, Unit::number, true, values::nice},
    Column{ColumnId::priority, "priority", "PRI", "the kernel's priority; negative: real-time", stat, right, 4, up, Unit::number, true, values::priority},
    Column{ColumnId::cgroup, "cgroup", "CGROUP", "control group: of version 2, or else of systemd or the first one", Source::cgroup, left, 30, up, Unit::none, true, values::cgroup},
    Column{ColumnId::classes, "class", "CLASS", "what kind of process: kthread, zombie, orphan, daemon and so on", class_sources, left, 20, up, Unit::none, true, values::classes},
    Column{ColumnId::children, "children", "CHILDREN", "process IDs of its children", stat, left, 12, up, Unit::none, true, values::children},
    Column{ColumnId::tpgid, "tpgid", "TPGID", "foreground process group of its terminal; -1: no terminal", stat, right, 7, up, Unit::id, false, values::stat<&Stat::tpgid>},
    Column{ColumnId::nspid, "nspid", "NSPID", "process IDs in the pid namespaces from the reader's inward", status, left, 12, up, Unit::id, false, values::nspid, values::why_no_line},
    Column{ColumnId::tracer, "tracer", "TRACER", "process ID of who traces it; 0: nobody in sight", status, right, 7, up, Unit::id, false, values::status<&Status::tracer_pid>},
    Column{ColumnId::depth, "depth", "DEPTH", "how many ancestors it has", stat, right, 5, down, Unit::number, false, values::depth},
    Column{ColumnId::child_count, "child_count", "CHLD", "number of children", stat, right, 4, down, Unit::number, false, values::child_count},
    Column{ColumnId::tree_count, "tree_count", "TREE", "number of processes in its subtree, itself included", stat, right, 5, down, Unit::number, false, values::tree_count},
    Column{ColumnId::tree_cpu, "tree_cpu", "TREE%", "cpu of its subtree together", stat, right, 5, down, Unit::percent, false, values::tree_cpu},
    Column{ColumnId::tree_rss, "tree_rss", "TRSS", "rss of its subtree added up; pages they share count each time", stat, right, 5, down, Unit::bytes, false, values::tree_rss},
    Column{ColumnId::exe_deleted, "exe_deleted", "DEL", "whether the program's file was deleted or replaced since", Source::exe, left, 3, down, Unit::none, false, values::exe_deleted},
    Column{ColumnId::root, "root", "ROOT", "root directory", Source::root, left, 10, up, Unit::none, false, values::root},
    Column{ColumnId::environ, "environ", "ENVIRON", "environment at the time of exec", Source::environ, left, 40, up, Unit::none, false, values::environment},
    Column{ColumnId::umask, "umask", "UMASK", "file mode creation mask, octal", status, right, 5, up, Unit::none, false, values::umask, values::why_no_umask},
    Column{ColumnId::exit_code, "exit_code", "EXIT", "exit code of a zombie that exited", stat, right, 4, down, Unit::number, false, values::exit_code},
    Column{ColumnId::killed_by, "killed_by", "KILLED", "signal that ended a zombie", stat, left, 8, up, Unit::none, false, values::killed_by},
    Column{ColumnId::ruid, "ruid", "RUID", "real user ID", status, right, 6, up, Unit::id, false, values::status_part<&Status::uid, &UserIds::real>},
    Column{ColumnId::suid, "suid", "SUID", "saved user ID", status, right, 6, up, Unit::id, false, values::status_part<&Status::uid, &UserIds::saved>},
    Column{ColumnId::fsuid, "fsuid", "FSUID", "file system user ID", status, right, 6, up, Unit::id, false, values::status_part<&Status::uid, &UserIds::fs>},
    Column{ColumnId::ruser, "ruser", "RUSER", "name of the real user", status, left, 9, up, Unit::none, false, values::user_named<&UserIds::real>},
    Column{ColumnId::suser, "suser", "SUSER", "name of the saved user", status, left, 9, up, Unit::none, false, values::user_named<&UserIds::saved>},
    Column{ColumnId::fsuser, "fsuser", "FSUSER", "name of the file system user", status, left, 9, up, Unit::none, false, values::user_named<&UserIds::fs>},
    Column{ColumnId::rgid, "rgid", "RGID", "real group ID", status, right, 6, up, Unit::id, false, values::status_part<&Status::gid, &GroupIds::real>},
    Column{ColumnId::sgid, "sgid", "SGID", "saved group ID", status, right, 6, up, Unit::id, false, values::status_part<&Status::gid, &GroupIds::saved>},
    Column{ColumnId::fsgid, "fsgid", "FSGID", "file system group ID", status, right, 6, up, Unit::id, false, values::status_part<&Status::gid, &GroupIds::fs>},
    Column{ColumnId::group, "group", "GROUP", "name of the effective group", status, left, 9, up, Unit::none, false, values::group_named<&GroupIds::effective>},
    Column{ColumnId::rgroup, "rgroup", "RGROUP", "name of the real group", status, left, 9, up, Unit::none, false, values::group_named<&GroupIds::real>},
    Column{ColumnId::sgroup, "sgroup", "SGROUP", "name of the saved group", status, left, 9, up, Unit::none, false, values::group_named<&GroupIds::saved>},
    Column{ColumnId::fsgroup, "fsgroup", "FSGROUP", "name of the file system group", status, left, 9, up, Unit::none, false, values::group_named<&GroupIds::fs>},
    Column{ColumnId::groups, "groups", "GROUPS", "supplementary group IDs", status, left, 12, up, Unit::id, false, values::groups},
    Column{ColumnId::cap_eff, "cap_eff", "CAP_EFF", "effective capabilities", status, left, 20, up, Unit::none, false, values::capabilities<&Status::cap_eff>},
    Column{ColumnId::cap_prm, "cap_prm", "CAP_PRM", "permitted capabilities", status, left, 20, up, Unit::none, false, values::capabilities<&Status::cap_prm>},
    Column{ColumnId::cap_inh, "cap_inh", "CAP_INH", "inheritable capabilities", status, left, 20, up, Unit::none, false, values::capabilities<&Status::cap_inh>},
    Column{ColumnId::cap_bnd, "cap_bnd", "CAP_BND", "capability bounding set", status, left, 20, up, Unit::none, false, values::capabilities<&Status::cap_bnd>},
    Column{ColumnId::cap_amb, "cap_amb", "CAP_AMB", "ambient capabilities", status, left, 20, up, Unit::none, false, values::capabilities<&Status::cap_amb>, values::why_no_line},
    Column{ColumnId::no_new_privs, "no_new_privs", "NNP", "whether exec can give it no more privileges", status, left, 3, down, Unit::none, false, values::status<&Status::no_new_privs>, values::why_no_line},
    Column{ColumnId::seccomp, "seccomp", "SECCOMP", "seccomp mode: disabled, strict or filter", status, left, 8, up, Unit::none, false, values::seccomp, values::why_no_line},
    Column{ColumnId::seccomp_filters, "seccomp_filters", "FILT", "number of seccomp filters", status, right, 4, down, Unit::number, false, values::status<&Status::seccomp_filters>, values::why_no_line},
    Column{ColumnId::loginuid, "loginuid", "LOGIN", "user ID of who logged in, whatever su and sudo did since; -1: nobody", Source::loginuid, right, 6, up, Unit::id, false, values::loginuid},
    Column{ColumnId::audit_session, "audit_session", "AUDIT", "audit session of that login", Source::sessionid, right, 6, up, Unit::id, false, values::extra<Source::sessionid, &Extras::audit_session>},
    Column{ColumnId::label, "label", "LABEL", "security label: of SELinux, AppArmor, Smack", Source::label, left, 20, up, Unit::none, false, values::label},
    Column{ColumnId::cutime_ns, "cutime_ns", "CUTIME", "CPU time in user mode of children it waited for", stat, right, 9, down, Unit::nanoseconds, false, values::waited_for_time<&procfs::WaitedForUse::utime>},
    Column{ColumnId::cstime_ns, "cstime_ns", "CSTIME", "CPU time in the kernel of children it waited for", stat, right, 9, down, Unit::nanoseconds, false, values::waited_for_time<&procfs::WaitedForUse::stime>},
    Column{ColumnId::rt_priority, "rt_priority", "RTPRIO", "real-time priority, 1 to 99; 0: none", stat, right, 6, down, Unit::number, false, values::stat<&Stat::rt_priority>},
    Column{ColumnId::policy, "policy", "POLICY", "scheduling policy", stat, left, 14, up, Unit::none, false, values::policy},
    Column{ColumnId::processor, "processor", "CPU", "CPU it last ran on", stat, right, 3, up, Unit::id, false, values::stat<&Stat::processor>},
    Column{ColumnId::cpus_allowed, "cpus_allowed", "CPUS", "CPUs it may run on", status, left, 8, up, Unit::none, false, values::cpus_allowed},
    Column{ColumnId::voluntary_ctxt_switches, "voluntary_ctxt_switches", "VCSW", "times it gave up its CPU: waited for something", status, right, 8, down, Unit::number, false, values::status<&Status::voluntary_ctxt_switches>},
    Column{ColumnId::nonvoluntary_ctxt_switches, "nonvoluntary_ctxt_switches", "NVCSW", "times its CPU was taken away", status, right, 8, down, Unit::number, false, values::status<&Status::nonvoluntary_ctxt_switches>},
    Column{ColumnId::run_delay_ns, "run_delay_ns", "DELAY", "time it could run and waited for a CPU; of the main thread", Source::schedstat, right, 7, down, Unit::nanoseconds, false, values::extra_part<Source::schedstat, &Extras::schedstat, &Schedstat::wait_ns>},
    Column{ColumnId::timeslices, "timeslices", "SLICES", "times it was given a CPU; the main thread", Source::schedstat, right, 8, down, Unit::number, false, values::extra_part<Source::schedstat, &Extras::schedstat, &Schedstat::timeslices>},
    Column{ColumnId::blkio_delay_ns, "blkio_delay_ns", "BLKIO", "time it waited for block devices, where the kernel counts it", stat, right, 7, down, Unit::nanoseconds, false, values::blkio_delay_ns, values::why_no_blkio_delay},
    Column{ColumnId::swapin_delay_ns, "swapin_delay_ns", "SWAPIN", "time it waited for pages to come back from swap, where the kernel counts it; root only", {Source::stat, Source::task_delays}, right, 8, down, Unit::nanoseconds, false, values::task_delay<&sockets::TaskDelays::swapin_ns>, values::why_no_task_delay<&sockets::TaskDelays::swapin_ns>},
    Column{ColumnId::reclaim_delay_ns, "reclaim_delay_ns", "RECLAIM", "time it waited for memory to be freed, where the kernel counts it; root only", {Source::stat, Source::task_delays}, right, 8, down, Unit::nanoseconds, false, values::task_delay<&sockets::TaskDelays::reclaim_ns>, values::why_no_task_delay<&sockets::TaskDelays::reclaim_ns>},
    Column{ColumnId::thrashing_delay_ns, "thrashing_delay_ns", "THRASH", "time it waited for pages of files that were dropped a moment before, where the kernel counts it; root only", {Source::stat, Source::task_delays}, right, 8, down, Unit::nanoseconds, false, values::task_delay<&sockets::TaskDelays::thrashing_ns>, values::why_no_task_delay<&sockets::TaskDelays::thrashing_ns>},
    Column{ColumnId::compaction_delay_ns, "compaction_delay_ns", "COMPACT", "time it waited for memory to be moved together, where the kernel counts it; root only", {Source::stat, Source::task_delays}, right, 8, down, Unit::nanoseconds, false, values::task_delay<&sockets::TaskDelays::compaction_ns>, values::why_no_task_delay<&sockets::TaskDelays::compaction_ns>},
    Column{ColumnId::minflt, "minflt", "MINFLT", "page faults without a read from disk", stat, right, 8, down, Unit::number, false, values::stat<&Stat::minflt>},
    Column{ColumnId::majflt, "majflt", "MAJFLT", "page faults with a read from disk", stat, right, 8, down, Unit::number, false, values::stat<&Stat::majflt>},
    Column{ColumnId::cminflt, "cminflt", "CMINFLT", "minflt of children it waited for", stat, right, 8, down, Unit::number, false, values::waited_for<&procfs::WaitedForUse::minflt>},
    Column{ColumnId::cmajflt, "cmajflt", "CMAJFLT", "majflt of children it waited for", stat, right, 8, down, Unit::number, false, values::waited_for<&procfs::WaitedForUse::majflt>},
    Column{ColumnId::autogroup, "autogroup", "AGRP", "autogroup of the scheduler it belongs to", Source::autogroup, right, 5, up, Unit::id, false, values::autogroup},
    Column{ColumnId::autogroup_nice, "autogroup_nice", "AGNI", "nice value of that autogroup", Source::autogroup, right, 4, up, Unit::number, false, values::autogroup_nice},
    Column{ColumnId::vm_peak, "vm_peak", "VPEAK", "largest virtual memory so far", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_peak>, values::why_no_memory_line},
    Column{ColumnId::hwm, "hwm", "HWM", "largest resident memory so far", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_hwm>, values::why_no_memory_line},
    Column{ColumnId::rss_anon, "rss_anon", "ANON", "resident memory that no file backs", status, right, 5, down, Unit::bytes, false, values::status<&Status::rss_anon>, values::why_no_memory_line},
    Column{ColumnId::rss_file, "rss_file", "FILE", "resident memory that files back", status, right, 5, down, Unit::bytes, false, values::status<&Status::rss_file>, values::why_no_memory_line},
    Column{ColumnId::rss_shmem, "rss_shmem", "SHMEM", "resident shared memory: System V, tmpfs, shared anonymous", status, right, 5, down, Unit::bytes, false, values::status<&Status::rss_shmem>, values::why_no_memory_line},
    Column{ColumnId::swap, "swap", "SWAP", "memory swapped out", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_swap>, values::why_no_memory_line},
    Column{ColumnId::data, "data", "DATA", "virtual memory for data: private and writable", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_data>, values::why_no_memory_line},
    Column{ColumnId::stack, "stack", "STACK", "virtual memory of the main stack", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_stk>, values::why_no_memory_line},
    Column{ColumnId::text, "text", "TEXT", "virtual memory of the program's code", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_exe>, values::why_no_memory_line},
    Column{ColumnId::lib, "lib", "LIB", "virtual memory of the libraries' code", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_lib>, values::why_no_memory_line},
    Column{ColumnId::pte, "pte", "PTE", "memory for page tables", status, right, 5, down, Unit::bytes, false, values::status<&Status::vm_pte>, values::why_no_memory_line},
    Column{ColumnId::locked, "locked", "LOCKED", "memory locked in place by the program", status, right, 6, down, Unit::bytes, false, values::status<&Status::vm_lck>, values::why_no_memory_line},
    Column{ColumnId::pinned, "pinned", "PINNED", "memory pinned by the kernel, for devices", status, right, 6, down, Unit::bytes, false, values::status<&Status::vm_pin>, values::why_no_memory_line},
    Column{ColumnId::pss, "pss", "PSS", "proportional set: resident memory, shared pages divided by their users", Source::smaps_rollup, right, 5, down, Unit::bytes, false, values::extra_part<Source::smaps_rollup, &Extras::smaps, &SmapsRollup::pss>},
    Column{ColumnId::uss, "uss", "USS", "unique set: what would become free if it ended", Source::smaps_rollup, right, 5, down, Unit::bytes, false, values::uss},
    Column{ColumnId::swap_pss, "swap_pss", "SWPSS", "memory swapped out, shared pages divided by their users", Source::smaps_rollup, right, 5, down, Unit::bytes, false, values::extra_part<Source::smaps_rollup, &Extras::smaps, &SmapsRollup::swap_pss>},
    Column{ColumnId::private_clean, "private_clean", "PCLEAN", "resident, its own, and as the file has it", Source::smaps_rollup, right, 6, down, Unit::bytes, false, values::extra_part<Source::smaps_rollup, &Extras::smaps, &SmapsRollup::private_clean>},
    Column{ColumnId::private_dirty, "private_dirty", "PDIRTY", "resident, its own, and written to", Source::smaps_rollup, right, 6, down, Unit::bytes, false, values::extra_part<Source::smaps_rollup, &Extras::smaps, &SmapsRollup::private_dirty>},
    Column{ColumnId::shared_clean, "shared_clean", "SCLEAN", "resident, mapped by others too, and as the file has it", Source::smaps_rollup, right, 6, down, Unit::bytes, false, values::extra_part<Source::smaps_rollup, &Extras::smaps, &SmapsRollup::shared_clean>},
    Column{ColumnId::shared_dirty, "shared_dirty", "SDIRTY", "resident, mapped by others too, and written to: not copied yet after a fork", Source::smaps_rollup, right, 6, down, Unit::bytes, false, values::extra_part<Source::smaps_rollup, &Extras::smaps, &SmapsRollup::shared_dirty>},
    Column{ColumnId::oom_score, "oom_score", "OOM", "how soon the kernel kills it when memory runs out", Source::oom_score, right, 4, down, Unit::number, false, values::extra<Source::oom_score, &Extras::oom_score>},
    Column{ColumnId::oom_score_adj, "oom_score_adj", "OOMADJ", "what is added to oom_score, -1000 (never killed) to 1000", Source::oom_score_adj, right, 6, down, Unit::number, false, values::extra<Source::oom_score_adj, &Extras::oom_score_adj>},
    Column{ColumnId::io_read, "io_read", "READ", "bytes it had read from storage", Source::io, right, 5, down, Unit::bytes, false, values::extra_part<Source::io, &Extras::io, &TaskIo::read_bytes>},
    Column{ColumnId::io_write, "io_write", "WRITE", "bytes it had written to storage", Source::io, right, 5, down, Unit::bytes, false, values::extra_part<Source::io, &Extras::io, &TaskIo::write_bytes>},
    Column{ColumnId::io_cancelled, "io_cancelled", "CANCL", "bytes it had not written after all: truncated before", Source::io, right, 5, down, Unit::bytes, false, values::extra_part<Source::io, &Extras::io, &TaskIo::cancelled_write_bytes>},
    Column{ColumnId::io_rchar, "io_rchar", "RCHAR", "bytes it read by any means, pipes and caches included", Source::io, right, 5, down, Unit::bytes, false, values::extra_part<Source::io, &Extras::io, &TaskIo::rchar>},
    Column{ColumnId::io_wchar, "io_wchar", "WCHAR", "bytes it wrote by any means", Source::io, right, 5, down, Unit::bytes, false, values::extra_part<Source::io, &Extras::io, &TaskIo::wchar>},
    Column{ColumnId::io_syscr, "io_syscr", "SYSCR", "number of system calls that read", Source::io, right, 8, down, Unit::number, false, values::extra_part<Source::io, &Extras::io, &TaskIo::syscr>},
    Column{ColumnId::io_syscw, "io_syscw", "SYSCW", "number of system calls that write", Source::io, right, 8, down, Unit::number, false, values::extra_part<Source::io, &Extras::io, &TaskIo::syscw>},
    Column{ColumnId::sig_pending, "sig_pending", "PENDING", "signals waiting for the thread", status, left, 20, up, Unit::none, false, values::signals<&SignalMasks::pending>},
    Column{ColumnId::sig_group_pending, "sig_group_pending", "GPENDING", "signals waiting for any of its threads", status, left, 20, up, Unit::none, false, values::signals<&SignalMasks::shared_pending>},
    Column{ColumnId::sig_blocked, "sig_blocked", "BLOCKED", "signals blocked", status, left, 20, up, Unit::none, false, values::signals<&SignalMasks::blocked>},
    Column{ColumnId::sig_ignored, "sig_ignored", "IGNORED", "signals ignored", status, left, 20, up, Unit::none, false, values::signals<&SignalMasks::ignored>},
    Column{ColumnId::sig_caught, "sig_caught", "CAUGHT", "signals it has handlers for", status, left, 20, up, Unit::none, false, values::signals<&SignalMasks::caught>},
    Column{ColumnId::sig_queued, "sig_queued", "SIGQ", "signals queued for all processes of its real user", status, right, 5, down, Unit::number, false, values::status<&Status::sigq_used>},
    Column{ColumnId::wchan, "wchan", "WCHAN", "kernel function it sleeps in", Source::wchan, left, 20, up, Unit::none, false, values::wchan},
    Column{ColumnId::syscall, "syscall", "SYSCALL", "number of the system call it is in", Source::syscall, right, 7, up, Unit::id, false, values::syscall},
    Column{ColumnId::cgroups, "cgroups", "CGROUPS", "control groups of all hierarchies, as CONTROLLERS:PATH", Source::cgroup, left, 40, up, Unit::none, false, values::cgroups},
    Column{ColumnId::unit, "unit", "UNIT", "unit of systemd", Source::cgroup, left, 20, up, Unit::none, false, values::unit},
    Column{ColumnId::user_unit, "user_unit", "UUNIT", "unit of the user's own systemd", Source::cgroup, left, 20, up, Unit::none, false, values::user_unit},
    Column{ColumnId::slice, "slice", "SLICE", "slice of systemd", Source::cgroup, left, 16, up, Unit::none, false, values::slice},
    Column{ColumnId::login_session, "login_session", "LSESSION", "login session, as in loginctl(1)", Source::cgroup, left, 8, up, Unit::none, false, values::login_session},
    Column{ColumnId::container_runtime, "container_runtime", "RUNTIME", "what runs its container: docker, podman, containerd and so on", Source::cgroup, left, 10, up, Unit::none, false, values::container_runtime},
    Column{ColumnId::container_id, "container_id", "CONTAINER", "ID or name of its container", Source::cgroup, left, 16, up, Unit::none, false, values::container_id},
    Column{ColumnId::pod_uid, "pod_uid", "POD", "UID of its Kubernetes pod", Source::cgroup, left, 36, up, Unit::none, false, values::pod_uid},
    Column{ColumnId::pidns, "pidns", "PIDNS", "inode number of its pid namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "pid"); }, values::why_no_namespace},
    Column{ColumnId::netns, "netns", "NETNS", "inode number of its network namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "net"); }, values::why_no_namespace},
    Column{ColumnId::mntns, "mntns", "MNTNS", "inode number of its mount namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "mnt"); }, values::why_no_namespace},
    Column{ColumnId::userns, "userns", "USERNS", "inode number of its user namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "user"); }, values::why_no_namespace},
    Column{ColumnId::utsns, "utsns", "UTSNS", "inode number of its UTS namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "uts"); }, values::why_no_namespace},
    Column{ColumnId::ipcns, "ipcns", "IPCNS", "inode number of its IPC namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "ipc"); }, values::why_no_namespace},
    Column{ColumnId::cgroupns, "cgroupns", "CGROUPNS", "inode number of its cgroup namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "cgroup"); }, values::why_no_namespace},
    Column{ColumnId::timens, "timens", "TIMENS", "inode number of its time namespace", Source::namespaces, right, 10, up, Unit::id, false, [](const Row& r) { return values::namespace_inode(r, "time"); }, values::why_no_namespace},
    Column{ColumnId::state_age_ns, "state_age_ns", "INSTATE", "how long it has not run: slept, been stopped or a zombie", {Source::stat, Source::sched}, right, 7, down, Unit::nanoseconds, false, values::state_age_ns, values::why_no_state_age},
    Column{ColumnId::syscall_name, "syscall_name", "CALL", "system call it is in; running: on a CPU, none: blocked elsewhere", Source::syscall, left, 16, up, Unit::none, false, values::syscall_name},
    Column{ColumnId::syscall_args, "syscall_args", "CALLARGS", "arguments of that call, hexadecimal", Source::syscall, left, 40, up, Unit::none, false, values::syscall_args},
    Column{ColumnId::exe_file, "exe_file", "EXEFILE", "whether the program's path still leads to its file: same, deleted or replaced", Source::exe_file, left, 8, up, Unit::none, false, values::exe_file},
    Column{ColumnId::std_files, "std_files", "STDFILES", "descriptors 0, 1 and 2: what is open there; empty: nothing", Source::std_files, left, 40, up, Unit::none, false, values::std_files},
    Column{ColumnId::adopter, "adopter", "ADOPTER", "process ID of who would adopt its children, where that is known", adopter_sources, right, 7, up, Unit::id, false, values::adopter, values::why_no_adopter},
    Column{ColumnId::adopter_evidence, "adopter_evidence", "ADOPTWHY", "how the adopter is known", adopter_sources, left, 14, up, Unit::none, false, values::adopter_evidence, values::why_no_adopter},
    Column{ColumnId::securebits, "securebits", "SECBITS", "securebits: the kernel tells them to the process alone", stat, left, 7, up, Unit::none, false, values::securebits, values::why_no_securebits},
    Column{ColumnId::userns_owner, "userns_owner", "NSOWNER", "user ID of who made its user namespace", namespace_sources, right, 7, up, Unit::id, false, values::userns_owner, values::why_no_userns_owner},
    Column{ColumnId::sysv_shm, "sysv_shm", "SYSVSHM", "IDs of the System V shared memory segments it has attached", Source::maps, left, 12, up, Unit::id, false, values::sysv_shm},
    Column{ColumnId::posix_shm, "posix_shm", "POSIXSHM", "POSIX shared memory it has mapped", Source::maps, left, 20, up, Unit::none, false, values::posix_shm},
    Column{ColumnId::cgroup_memory, "cgroup_memory", "CGMEM", "memory its control group uses", cgroup_sources, right, 5, down, Unit::bytes, false, values::cgroup_fact<&CgroupUse::memory, &CgroupMemory::current>, values::why_no_cgroup_fact<&CgroupUse::memory, &CgroupMemory::current>},
    Column{ColumnId::cgroup_memory_max, "cgroup_memory_max", "CGMAX", "memory its control group may use; missing: no limit of its own", cgroup_sources, right, 5, down, Unit::bytes, false, values::cgroup_fact<&CgroupUse::memory, &CgroupMemory::max>, values::why_no_cgroup_fact<&CgroupUse::memory, &CgroupMemory::max>},
    Column{ColumnId::cgroup_memory_high, "cgroup_memory_high", "CGHIGH", "memory from which on its control group is slowed down", cgroup_sources, right, 6, down, Unit::bytes, false, values::cgroup_fact<&CgroupUse::memory, &CgroupMemory::high>, values::why_no_cgroup_fact<&CgroupUse::memory, &CgroupMemory::high>},
    Column{ColumnId::cgroup_swap, "cgroup_swap", "CGSWAP", "memory of its control group that is swapped out", cgroup_sources, right, 6, down, Unit::bytes, false, values::cgroup_fact<&CgroupUse::memory, &CgroupMemory::swap>, values::why_no_cgroup_fact<&CgroupUse::memory, &CgroupMemory::swap>},
    Column{ColumnId::cgroup_cpu_ns, "cgroup_cpu_ns", "CGTIME", "CPU time its control group used", cgroup_sources, right, 9, down, Unit::nanoseconds, false, values::cgroup_fact<&CgroupUse::cpu, &CgroupCpu::usage_ns>, values::why_no_cgroup_fact<&CgroupUse::cpu, &CgroupCpu::usage_ns>},
    Column{ColumnId::cgroup_cpu_max, "cgroup_cpu_max", "CGCPU", "share of one CPU its control group may use: 150 is one and a half; missing: no limit", cgroup_sources, right, 5, down, Unit::percent, false, values::cgroup_cpu_max, values::why_no_cgroup_fact<&CgroupUse::cpu, &CgroupCpu::max>},
    Column{ColumnId::cgroup_cpu_weight, "cgroup_cpu_weight", "CGWEIGHT", "weight of its control group beside others; usually 100, 1024 in version 1", cgroup_sources, right, 8, down, Unit::number, false, values::cgroup_fact<&CgroupUse::cpu, &CgroupCpu::weight>, values::why_no_cgroup_fact<&CgroupUse::cpu, &CgroupCpu::weight>},
    Column{ColumnId::cgroup_cpu_throttled_ns, "cgroup_cpu_throttled_ns", "CGTHROT", "time its control group stood still, its share used up", cgroup_sources, right, 7, down, Unit::nanoseconds, false, values::cgroup_fact<&CgroupUse::cpu, &CgroupCpu::throttled_ns>, values::why_no_cgroup_fact<&CgroupUse::cpu, &CgroupCpu::throttled_ns>},
    Column{ColumnId::cgroup_pids, "cgroup_pids", "CGPIDS", "number of tasks in its control group", cgroup_sources, right, 6, down, Unit::number, false, values::cgroup_fact<&CgroupUse::pids, &CgroupPids::current>, values::why_no_cgroup_fact<&CgroupUse::pids, &CgroupPids::current>},
    Column{ColumnId::cgroup_pids_max, "cgroup_pids_max", "CGPMAX", "number of tasks its control group may have; missing: no limit", cgroup_sources, right, 6, down, Unit::number, false, values::cgroup_fact<&CgroupUse::pids, &CgroupPids::max>, values::why_no_cgroup_fact<&CgroupUse::pids, &CgroupPids::max>},
    Column{ColumnId::cgroup_io_read, "cgroup_io_read", "CGREAD", "bytes its control group read from block devices", cgroup_sources, right, 6, down, Unit::bytes, false, values::cgroup_io_read, values::why_no_cgroup_fact<&CgroupUse::io, &CgroupIoUse::devices>},
    Column{ColumnId::cgroup_io_write, "cgroup_io_write", "CGWRITE", "bytes its control group wrote to block devices", cgroup_sources, right, 7, down, Unit::bytes, false, values::cgroup_io_write, values::why_no_cgroup_fact<&CgroupUse::io, &CgroupIoUse::devices>},
    Column{ColumnId::cgroup_freezer, "cgroup_freezer", "CGFREEZE", "whether its control group is frozen: thawed, freezing or frozen", cgroup_sources, left, 8, up, Unit::none, false, values::cgroup_freezer, values::why_no_cgroup_fact<&CgroupUse::freezer, &CgroupFreeze::state>},
    Column{ColumnId::cgroup_cpu_pressure, "cgroup_cpu_pressure", "CGPCPU", "share of the last 10 s in which a task of its control group waited for a CPU", cgroup_sources, right, 6, down, Unit::percent, false, values::cgroup_pressure<&CgroupPressures::cpu>, values::why_no_cgroup_fact<&CgroupUse::pressure, &CgroupPressures::cpu>},
    Column{ColumnId::cgroup_memory_pressure, "cgroup_memory_pressure", "CGPMEM", "share of the last 10 s in which a task of its control group waited for memory", cgroup_sources, right, 6, down, Unit::percent, false, values::cgroup_pressure<&CgroupPressures::memory>, values::why_no_cgroup_fact<&CgroupUse::pressure, &CgroupPressures::memory>},
    Column{ColumnId::cgroup_io_pressure, "cgroup_io_pressure", "CGPIO", "share of the last 10 s in which a task of its control group waited for I/O", cgroup_sources, right, 6, down, Unit::percent, false, values::cgroup_pressure<&CgroupPressures::io>, values::why_no_cgroup_fact<&CgroupUse::pressure, &CgroupPressures::io>},
    Column{ColumnId::container_name, "container_name", "CNAME", "name of its container", {Source::cgroup, Source::container_names}, left, 16, up, Unit::none, false, values::container_name, values::why_no_container_name},
    Column{ColumnId::pod_name, "pod_name", "PODNAME", "name of its Kubernetes pod", {Source::cgroup, Source::container_names}, left, 24, up, Unit::none, false, values::pod_name, values::why_no_container_name},
};
// clang-format on

template <std::size_t N>
constexpr bool rows_match_enum(const std::array<Column, N>& rows) {
  if (N != static_cast<std::size_t>(ColumnId::pod_name) + 1) return false;
  for (std::size_t row = 0; row < N; ++row) {
    if (static_cast<std::size_t>(rows[row].id) != row) return false;
  }
  return true;
}
static_assert(rows_match_enum(table));

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

Error unknown_column(std::string_view key) {
  if (key.empty()) return {Errc::malformed, 0, "empty column name"};
  std::array<std::string_view, table.size()> keys;
  std::transform(table.begin(), table.end(), keys.begin(), [](const Column& c) { return c.key; });
  const std::string_view meant = nearest(key, keys);
  if (meant.empty()) return {Errc::malformed, 0, fmt::format("unknown column '{}'", key)};
  return {Errc::malformed, 0, fmt::format("unknown column '{}': did you mean '{}'?", key, meant)};
}

}  // namespace

Row row_of(const Scene& scene, TaskIndex task) {
  const Snapshot& s = scene.snapshot;
  return {scene, task.thread ? s.threads[*task.thread] : s.processes[task.process], task.process};
}

std::span<const Column> columns() { return table; }

const Column& column(ColumnId id) { return table[static_cast<std::size_t>(id)]; }

const Column* find_column(std::string_view key) {
  const auto* found = std::find_if(table.begin(), table.end(), [&](const Column& c) { return c.key == key; });
  return found == table.end() ? nullptr : found;
}

Availability unavailable(const Column& column, const Row& row) {
  for (std::size_t i = 0; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    if (column.needs.has(source) && !row.sample.has(source)) return row.sample.of(source);
  }
  return column.why == nullptr ? Availability::present : column.why(row);
}

Result<std::vector<ColumnId>> parse_columns(std::string_view list) {
  std::vector<ColumnId> ids;
  while (true) {
    const auto comma = list.find(',');
    const std::string_view key = trimmed(list.substr(0, comma));
    const Column* found = find_column(key);
    if (!found) return fail(unknown_column(key));
    ids.push_back(found->id);
    if (comma == list.npos) return ids;
    list.remove_prefix(comma + 1);
  }
}

Sources sources_of(std::span<const ColumnId> ids) {
  Sources sources;
  for (const ColumnId id : ids) sources |= column(id).needs;
  return sources;
}

}  // namespace ptop::model
