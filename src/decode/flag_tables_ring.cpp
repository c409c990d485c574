// Tables of constants: io_uring(7), beyond those of its three calls.
#include "ring_tables.hpp"

namespace ptop::decode {

// linux/io_uring.h
constexpr FlagName ring_fsync_flags_rows[] = {{1, "IORING_FSYNC_DATASYNC"}};
constinit const Table ring_fsync_flags = table<ring_fsync_flags_rows>("IORING_FSYNC_???");

// linux/io_uring.h
constexpr FlagName ring_timeout_flags_rows[] = {{1, "IORING_TIMEOUT_ABS"},
                                                {2, "IORING_TIMEOUT_UPDATE"},
                                                {4, "IORING_TIMEOUT_BOOTTIME"},
                                                {8, "IORING_TIMEOUT_REALTIME"},
                                                {0x10, "IORING_LINK_TIMEOUT_UPDATE"},
                                                {0x20, "IORING_TIMEOUT_ETIME_SUCCESS"},
                                                {0x40, "IORING_TIMEOUT_MULTISHOT"}};
constinit const Table ring_timeout_flags = table<ring_timeout_flags_rows>("IORING_TIMEOUT_???");

// linux/io_uring.h
constexpr FlagName ring_cancel_flags_rows[] = {
    {1, "IORING_ASYNC_CANCEL_ALL"},         {2, "IORING_ASYNC_CANCEL_FD"},
    {4, "IORING_ASYNC_CANCEL_ANY"},         {8, "IORING_ASYNC_CANCEL_FD_FIXED"},
    {0x10, "IORING_ASYNC_CANCEL_USERDATA"}, {0x20, "IORING_ASYNC_CANCEL_OP"}};
constinit const Table ring_cancel_flags = table<ring_cancel_flags_rows>("IORING_ASYNC_CANCEL_???");

// linux/io_uring.h
constexpr FlagName ring_poll_flags_rows[] = {{1, "IORING_POLL_ADD_MULTI"},
                                             {2, "IORING_POLL_UPDATE_EVENTS"},
                                             {4, "IORING_POLL_UPDATE_USER_DATA"},
                                             {8, "IORING_POLL_ADD_LEVEL"}};
constinit const Table ring_poll_flags = table<ring_poll_flags_rows>("IORING_POLL_???");

// linux/io_uring.h
constexpr FlagName ring_send_flags_rows[] = {
    {1, "IORING_RECVSEND_POLL_FIRST"},  {2, "IORING_RECV_MULTISHOT"},     {4, "IORING_RECVSEND_FIXED_BUF"},
    {8, "IORING_SEND_ZC_REPORT_USAGE"}, {0x10, "IORING_RECVSEND_BUNDLE"}, {0x20, "IORING_SEND_VECTORIZED"}};
constinit const Table ring_send_flags = table<ring_send_flags_rows>("IORING_RECVSEND_???");

// linux/io_uring.h
constexpr FlagName ring_accept_flags_rows[] = {
    {1, "IORING_ACCEPT_MULTISHOT"}, {2, "IORING_ACCEPT_DONTWAIT"}, {4, "IORING_ACCEPT_POLL_FIRST"}};
constinit const Table ring_accept_flags = table<ring_accept_flags_rows>("IORING_ACCEPT_???");

// linux/io_uring.h
constexpr FlagName ring_message_flags_rows[] = {{1, "IORING_MSG_RING_CQE_SKIP"},
                                                {2, "IORING_MSG_RING_FLAGS_PASS"}};
constinit const Table ring_message_flags = table<ring_message_flags_rows>("IORING_MSG_RING_???");

// linux/io_uring.h
constexpr FlagName ring_message_commands_rows[] = {{0, "IORING_MSG_DATA"}, {1, "IORING_MSG_SEND_FD"}};
constinit const Table ring_message_commands = table<ring_message_commands_rows>("IORING_MSG_???");

// linux/io_uring.h
constexpr FlagName ring_resource_flags_rows[] = {{1, "IORING_RSRC_REGISTER_SPARSE"}};
constinit const Table ring_resource_flags = table<ring_resource_flags_rows>("IORING_RSRC_REGISTER_???");

// linux/io_uring.h
constexpr FlagName ring_buffer_flags_rows[] = {{1, "IOU_PBUF_RING_MMAP"}, {2, "IOU_PBUF_RING_INC"}};
constinit const Table ring_buffer_flags = table<ring_buffer_flags_rows>("IOU_PBUF_RING_???");

// linux/io_uring.h
constexpr FlagName ring_clone_flags_rows[] = {{1, "IORING_REGISTER_SRC_REGISTERED"},
                                              {2, "IORING_REGISTER_DST_REPLACE"}};
constinit const Table ring_clone_flags = table<ring_clone_flags_rows>("IORING_REGISTER_???");

// linux/io_uring.h
constexpr FlagName ring_region_flags_rows[] = {{1, "IORING_MEM_REGION_TYPE_USER"}};
constinit const Table ring_region_flags = table<ring_region_flags_rows>("IORING_MEM_REGION_TYPE_???");

// linux/io_uring.h
constexpr FlagName ring_wait_region_flags_rows[] = {{1, "IORING_MEM_REGION_REG_WAIT_ARG"}};
constinit const Table ring_wait_region_flags =
    table<ring_wait_region_flags_rows>("IORING_MEM_REGION_REG_???");

// linux/io_uring.h
constexpr FlagName ring_busy_poll_operations_rows[] = {
    {0, "IO_URING_NAPI_REGISTER_OP"}, {1, "IO_URING_NAPI_STATIC_ADD_ID"}, {2, "IO_URING_NAPI_STATIC_DEL_ID"}};
constinit const Table ring_busy_poll_operations = table<ring_busy_poll_operations_rows>("IO_URING_NAPI_???");

// linux/io_uring.h
constexpr FlagName ring_busy_poll_strategies_rows[] = {{0, "IO_URING_NAPI_TRACKING_DYNAMIC"},
                                                       {1, "IO_URING_NAPI_TRACKING_STATIC"},
                                                       {255, "IO_URING_NAPI_TRACKING_INACTIVE"}};
constinit const Table ring_busy_poll_strategies =
    table<ring_busy_poll_strategies_rows>("IO_URING_NAPI_TRACKING_???");

}  // namespace ptop::decode
