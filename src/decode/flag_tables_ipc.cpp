// Tables of constants: System V IPC.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/ipc.h
constexpr FlagName ipc_private_rows[] = {{0, "IPC_PRIVATE"}};
constinit const Table ipc_private = table<ipc_private_rows>("IPC_???");

// linux/shm.h
constexpr FlagName shmat_flags_rows[] = {
    {010000, "SHM_RDONLY"}, {020000, "SHM_RND"}, {040000, "SHM_REMAP"}, {0100000, "SHM_EXEC"}};
constinit const Table shmat_flags = table<shmat_flags_rows>("SHM_???");

// linux/ipc.h; the low nine bits are a mode
constexpr FlagName ipc_get_flags_rows[] = {{01000, "IPC_CREAT"}, {02000, "IPC_EXCL"}, {04000, "IPC_NOWAIT"}};
constinit const Table ipc_get_flags = table<ipc_get_flags_rows>("IPC_???");

// linux/shm.h; the low nine bits are a mode
constexpr FlagName shmget_flags_rows[] = {
    {01000, "IPC_CREAT"}, {02000, "IPC_EXCL"}, {04000, "SHM_HUGETLB"}, {010000, "SHM_NORESERVE"}};
constinit const Table shmget_flags = table<shmget_flags_rows>("SHM_???");

// linux/ipc.h, linux/shm.h
constexpr FlagName shmctl_commands_rows[] = {{0, "IPC_RMID"},  {1, "IPC_SET"},   {2, "IPC_STAT"},
                                             {3, "IPC_INFO"},  {11, "SHM_LOCK"}, {12, "SHM_UNLOCK"},
                                             {13, "SHM_STAT"}, {14, "SHM_INFO"}, {15, "SHM_STAT_ANY"}};
constinit const Table shmctl_commands = table<shmctl_commands_rows>("SHM_???");

// linux/ipc.h, linux/sem.h
constexpr FlagName semctl_commands_rows[] = {
    {0, "IPC_RMID"}, {1, "IPC_SET"},   {2, "IPC_STAT"},  {3, "IPC_INFO"},     {11, "GETPID"},
    {12, "GETVAL"},  {13, "GETALL"},   {14, "GETNCNT"},  {15, "GETZCNT"},     {16, "SETVAL"},
    {17, "SETALL"},  {18, "SEM_STAT"}, {19, "SEM_INFO"}, {20, "SEM_STAT_ANY"}};
constinit const Table semctl_commands = table<semctl_commands_rows>("SEM_???");

// linux/ipc.h, linux/msg.h
constexpr FlagName msgctl_commands_rows[] = {{0, "IPC_RMID"},     {1, "IPC_SET"},   {2, "IPC_STAT"},
                                             {3, "IPC_INFO"},     {11, "MSG_STAT"}, {12, "MSG_INFO"},
                                             {13, "MSG_STAT_ANY"}};
constinit const Table msgctl_commands = table<msgctl_commands_rows>("MSG_???");

// linux/msg.h
constexpr FlagName message_queue_flags_rows[] = {
    {010000, "MSG_NOERROR"}, {020000, "MSG_EXCEPT"}, {040000, "MSG_COPY"}, {04000, "IPC_NOWAIT"}};
constinit const Table message_queue_flags = table<message_queue_flags_rows>("MSG_???");

}  // namespace ptop::decode
