// One function per column: its value for one row. For the column table only.
#pragma once

#include "ptop/model/columns.hpp"

namespace ptop::model::values {

Value pid(const Row& row);
Value tid(const Row& row);
Value ppid(const Row& row);
Value pgid(const Row& row);
Value sid(const Row& row);
Value tty(const Row& row);
Value uid(const Row& row);
Value user(const Row& row);
Value gid(const Row& row);
Value state(const Row& row);
Value state_name(const Row& row);
Value comm(const Row& row);
Value exe(const Row& row);
Value argv(const Row& row);
Value command(const Row& row);
Value cwd(const Row& row);
Value start_ticks(const Row& row);
Value age_ns(const Row& row);
Value cpu(const Row& row);
Value utime_ns(const Row& row);
Value stime_ns(const Row& row);
Value time_ns(const Row& row);
Value rss(const Row& row);
Value vsz(const Row& row);
Value shared(const Row& row);
Value mem(const Row& row);
Value threads(const Row& row);
Value nice(const Row& row);
Value priority(const Row& row);
Value cgroup(const Row& row);
Value classes(const Row& row);
Value children(const Row& row);

}  // namespace ptop::model::values
