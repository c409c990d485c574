// What socketcall(2) and ipc(2) stand for, under numbers of ours; and select(2) and mmap(2) of the first
// kernels, under their own, with the arguments that they find in memory.
#pragma once

#include "i386_rows.hpp"

namespace ptop::decode::i386 {
using namespace groups;

/// Number 0 of the calls of each; include/uapi/linux/net.h and ipc.h number them from 1.
inline constexpr std::int64_t select_in_memory = 82, mmap_in_memory = 90, first_socket_call = 900,
                              first_ipc_call = 940;
inline constexpr std::uint64_t last_socket_call = 20;

inline constexpr std::array inner_calls{
    as(select_in_memory, "select", "select"),
    as(mmap_in_memory, "mmap", "mmap"),
    as(901, "socket", "socket"),
    as(902, "bind", "bind"),
    as(903, "connect", "connect"),
    as(904, "listen", "listen"),
    as(905, "accept", "accept"),
    as(906, "getsockname", "getsockname"),
    as(907, "getpeername", "getpeername"),
    as(908, "socketpair", "socketpair"),
    call(909, "send", network, fd("fd"), odd("buff", decode_sent, len_from_arg(2)), size("len"),
         flags("flags", message_flags)),
    call(910, "recv", network, fd("fd"), odd_out("ubuf", decode_received), size("size"),
         flags("flags", message_flags)),
    as(911, "sendto", "sendto"),
    as(912, "recvfrom", "recvfrom"),
    as(913, "shutdown", "shutdown"),
    as(914, "setsockopt", "setsockopt"),
    as(915, "getsockopt", "getsockopt"),
    as(916, "sendmsg", "sendmsg"),
    as(917, "recvmsg", "recvmsg"),
    as(918, "accept4", "accept4"),
    as(919, "recvmmsg", "recvmmsg"),
    as(920, "sendmmsg", "sendmmsg"),
    as(941, "semop", "semop"),
    as(942, "semget", "semget"),
    call(943, "semctl", ipc, sint("semid"), sint("semnum"), odd("cmd", decode_ipc_command, semctl_commands),
         odd("arg", decode_semctl_pointer).even_on_error()),
    as(944, "semtimedop", "semtimedop"),
    as(951, "msgsnd", "msgsnd"),
    as(952, "msgrcv", "msgrcv"),
    as(953, "msgget", "msgget"),
    as(954, "msgctl", "msgctl"),
    call(961, "shmat", ipc | memory, sint("shmid"), address("shmaddr"), flags("shmflg", shmat_flags))
        .returns(decode_attached_address),
    as(962, "shmdt", "shmdt"),
    as(963, "shmget", "shmget"),
    as(964, "shmctl", "shmctl"),
};

}  // namespace ptop::decode::i386
