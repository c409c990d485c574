// Terminal names by device number.
#pragma once

#include <cstdint>
#include <string_view>

namespace ptop::model {

/// Of a tty_nr as in proc_pid_stat(5): "pts/3", "tty1", "ttyS0", "console"; "MAJOR:MINOR" of a driver not in
/// our table; "" for 0, no controlling terminal. Names follow the kernel's admin-guide/devices.txt; nothing
/// is looked up in /dev. Valid as long as the calling thread lives.
std::string_view tty_name(std::uint32_t tty_nr);

}  // namespace ptop::model
