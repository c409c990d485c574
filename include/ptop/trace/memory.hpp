// Reading a tracee's memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"

namespace ptop::trace {

/// Copies what can be read from `address` on, up to the first page that cannot be; returns the number of
/// bytes. process_vm_readv(2); /proc/<tid>/mem where that is forbidden or missing (a kernel without
/// CONFIG_CROSS_MEMORY_ATTACH). The task need not be stopped, but what it writes meanwhile may be seen in
/// halves.
std::size_t read_memory(Tid tid, TraceeAddr address, std::span<std::byte> out);

}  // namespace ptop::trace
