// Tables of constants: clocks, timers and polling.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/time.h
constexpr FlagName clocks_rows[] = {
    {0, "CLOCK_REALTIME"},          {1, "CLOCK_MONOTONIC"},     {2, "CLOCK_PROCESS_CPUTIME_ID"},
    {3, "CLOCK_THREAD_CPUTIME_ID"}, {4, "CLOCK_MONOTONIC_RAW"}, {5, "CLOCK_REALTIME_COARSE"},
    {6, "CLOCK_MONOTONIC_COARSE"},  {7, "CLOCK_BOOTTIME"},      {8, "CLOCK_REALTIME_ALARM"},
    {9, "CLOCK_BOOTTIME_ALARM"},    {10, "CLOCK_SGI_CYCLE"},    {11, "CLOCK_TAI"}};
constinit const Table clocks = table<clocks_rows>("CLOCK_???");

// linux/time.h
constexpr FlagName timer_flags_rows[] = {{1, "TIMER_ABSTIME"}};
constinit const Table timer_flags = table<timer_flags_rows>("TIMER_???");

// linux/time.h
constexpr FlagName itimers_rows[] = {{0, "ITIMER_REAL"}, {1, "ITIMER_VIRTUAL"}, {2, "ITIMER_PROF"}};
constinit const Table itimers = table<itimers_rows>("ITIMER_???");

// linux/timerfd.h
constexpr FlagName timerfd_flags_rows[] = {{1, "TFD_TIMER_ABSTIME"},
                                           {2, "TFD_TIMER_CANCEL_ON_SET"},
                                           {0x80000, "TFD_CLOEXEC"},
                                           {0x800, "TFD_NONBLOCK"}};
constinit const Table timerfd_flags = table<timerfd_flags_rows>("TFD_???");

// linux/eventpoll.h
constexpr FlagName epoll_operations_rows[] = {
    {1, "EPOLL_CTL_ADD"}, {2, "EPOLL_CTL_DEL"}, {3, "EPOLL_CTL_MOD"}};
constinit const Table epoll_operations = table<epoll_operations_rows>("EPOLL_CTL_???");

// linux/eventpoll.h
constexpr FlagName epoll_flags_rows[] = {{0x80000, "EPOLL_CLOEXEC"}};
constinit const Table epoll_flags = table<epoll_flags_rows>("EPOLL_???");

// linux/eventpoll.h
constexpr FlagName epoll_events_rows[] = {{1, "EPOLLIN"},
                                          {2, "EPOLLPRI"},
                                          {4, "EPOLLOUT"},
                                          {0x40, "EPOLLRDNORM"},
                                          {0x80, "EPOLLRDBAND"},
                                          {0x100, "EPOLLWRNORM"},
                                          {0x200, "EPOLLWRBAND"},
                                          {0x400, "EPOLLMSG"},
                                          {8, "EPOLLERR"},
                                          {0x10, "EPOLLHUP"},
                                          {0x2000, "EPOLLRDHUP"},
                                          {0x10000000, "EPOLLEXCLUSIVE"},
                                          {0x20000000, "EPOLLWAKEUP"},
                                          {0x40000000, "EPOLLONESHOT"},
                                          {0x80000000, "EPOLLET"}};
constinit const Table epoll_events = table<epoll_events_rows>("EPOLL???");

// asm-generic/poll.h
constexpr FlagName poll_events_rows[] = {{1, "POLLIN"},         {2, "POLLPRI"},
                                         {4, "POLLOUT"},        {8, "POLLERR"},
                                         {0x10, "POLLHUP"},     {0x20, "POLLNVAL"},
                                         {0x40, "POLLRDNORM"},  {0x80, "POLLRDBAND"},
                                         {0x100, "POLLWRNORM"}, {0x200, "POLLWRBAND"},
                                         {0x400, "POLLMSG"},    {0x1000, "POLLREMOVE"},
                                         {0x2000, "POLLRDHUP"}, {0x8000, "POLL_BUSY_LOOP"}};
constinit const Table poll_events = table<poll_events_rows>("POLL???");

// linux/eventfd.h
constexpr FlagName eventfd_flags_rows[] = {
    {1, "EFD_SEMAPHORE"}, {0x80000, "EFD_CLOEXEC"}, {0x800, "EFD_NONBLOCK"}};
constinit const Table eventfd_flags = table<eventfd_flags_rows>("EFD_???");

// linux/signalfd.h
constexpr FlagName signalfd_flags_rows[] = {{0x80000, "SFD_CLOEXEC"}, {0x800, "SFD_NONBLOCK"}};
constinit const Table signalfd_flags = table<signalfd_flags_rows>("SFD_???");

// linux/io_uring.h
constexpr FlagName io_uring_enter_flags_rows[] = {{1, "IORING_ENTER_GETEVENTS"},
                                                  {2, "IORING_ENTER_SQ_WAKEUP"},
                                                  {4, "IORING_ENTER_SQ_WAIT"},
                                                  {8, "IORING_ENTER_EXT_ARG"},
                                                  {0x10, "IORING_ENTER_REGISTERED_RING"},
                                                  {0x20, "IORING_ENTER_ABS_TIMER"},
                                                  {0x40, "IORING_ENTER_EXT_ARG_REG"},
                                                  {0x80, "IORING_ENTER_NO_IOWAIT"}};
constinit const Table io_uring_enter_flags = table<io_uring_enter_flags_rows>("IORING_ENTER_???");

// linux/io_uring.h
constexpr FlagName io_uring_register_operations_rows[] = {
    {0, "IORING_REGISTER_BUFFERS"},         {1, "IORING_UNREGISTER_BUFFERS"},
    {2, "IORING_REGISTER_FILES"},           {3, "IORING_UNREGISTER_FILES"},
    {4, "IORING_REGISTER_EVENTFD"},         {5, "IORING_UNREGISTER_EVENTFD"},
    {6, "IORING_REGISTER_FILES_UPDATE"},    {7, "IORING_REGISTER_EVENTFD_ASYNC"},
    {8, "IORING_REGISTER_PROBE"},           {9, "IORING_REGISTER_PERSONALITY"},
    {10, "IORING_UNREGISTER_PERSONALITY"},  {11, "IORING_REGISTER_RESTRICTIONS"},
    {12, "IORING_REGISTER_ENABLE_RINGS"},   {13, "IORING_REGISTER_FILES2"},
    {14, "IORING_REGISTER_FILES_UPDATE2"},  {15, "IORING_REGISTER_BUFFERS2"},
    {16, "IORING_REGISTER_BUFFERS_UPDATE"}, {17, "IORING_REGISTER_IOWQ_AFF"},
    {18, "IORING_UNREGISTER_IOWQ_AFF"},     {19, "IORING_REGISTER_IOWQ_MAX_WORKERS"},
    {20, "IORING_REGISTER_RING_FDS"},       {21, "IORING_UNREGISTER_RING_FDS"},
    {22, "IORING_REGISTER_PBUF_RING"},      {23, "IORING_UNREGISTER_PBUF_RING"},
    {24, "IORING_REGISTER_SYNC_CANCEL"},    {25, "IORING_REGISTER_FILE_ALLOC_RANGE"},
    {26, "IORING_REGISTER_PBUF_STATUS"},    {27, "IORING_REGISTER_NAPI"},
    {28, "IORING_UNREGISTER_NAPI"},         {29, "IORING_REGISTER_CLOCK"},
    {30, "IORING_REGISTER_CLONE_BUFFERS"},  {31, "IORING_REGISTER_SEND_MSG_RING"},
    {32, "IORING_REGISTER_ZCRX_IFQ"},       {33, "IORING_REGISTER_RESIZE_RINGS"},
    {34, "IORING_REGISTER_MEM_REGION"},     {35, "IORING_REGISTER_QUERY"}};
constinit const Table io_uring_register_operations =
    table<io_uring_register_operations_rows>("IORING_REGISTER_???");

}  // namespace ptop::decode
