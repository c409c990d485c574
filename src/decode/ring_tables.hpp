// The tables of what is submitted to rings and registered with them.
#pragma once

#include "flag_table.hpp"

namespace ptop::decode {

extern const Table ring_fsync_flags;
extern const Table ring_timeout_flags;
extern const Table ring_cancel_flags;
extern const Table ring_poll_flags;
extern const Table ring_send_flags;
extern const Table ring_accept_flags;
extern const Table ring_message_flags;
extern const Table ring_message_commands;
extern const Table ring_resource_flags;
extern const Table ring_buffer_flags;
extern const Table ring_clone_flags;
extern const Table ring_region_flags;
extern const Table ring_wait_region_flags;
extern const Table ring_busy_poll_operations;
extern const Table ring_busy_poll_strategies;

}  // namespace ptop::decode
