// System V IPC, POSIX message queues, futexes, keys.
#include "calls.hpp"

#include <csignal>
#include <ctime>

#include <linux/futex.h>
#include <linux/msg.h>
#include <linux/sem.h>
#include <linux/shm.h>

namespace {

struct QueueAttributes {
  long flags, maxmsg, msgsize, curmsgs, reserved[4];
};
struct Waiter {
  std::uint64_t value, address;
  std::uint32_t flags, reserved;
};

constexpr Case list[] = {
    {"shmget_huge", [] { call(SYS_shmget, 0, 0, 04000 | 0600 | 21 << 26); }},
    {"shmget_private", [] { call(SYS_shmget, 0, 0, 0); }},
    {"shmget_unknown", [] { call(SYS_shmget, -1, 5, 0100000); }},
    {"shmctl_stat", [] { call(SYS_shmctl, -1, IPC_STAT, low); }},
    {"shmctl_set",
     [] {
       shmid64_ds set{};
       set.shm_perm.uid = 5, set.shm_perm.gid = 6, set.shm_perm.mode = 0640, set.shm_segsz = 99;
       call(SYS_shmctl, -1, IPC_SET, in_low(set));
     }},
    {"shmctl_rmid", [] { call(SYS_shmctl, -1, IPC_RMID, low); }},
    {"shmctl_lock", [] { call(SYS_shmctl, 0x7fffffff, 11, nullptr); }},
    {"shmctl_info", [] { call(SYS_shmctl, 0, IPC_INFO, nowhere); }},
    {"shmctl_infos", [] { call(SYS_shmctl, 0, IPC_INFO, low); }},
    {"shmctl_64", [] { call(SYS_shmctl, -1, 0x100 | IPC_STAT, low); }},
    {"shmctl_unknown", [] { call(SYS_shmctl, -1, 77, low); }},
    {"shmctl_unreadable", [] { call(SYS_shmctl, -1, IPC_SET, nowhere); }},
    {"shared_memory",
     [] {
       const long id = call(SYS_shmget, 0, 8192, 0600);
       call(SYS_shmctl, id, IPC_RMID, nullptr);
     }},
    {"semget", [] { call(SYS_semget, 0x1234, -1, 07000 | 0666); }},
    {"semget_plain", [] { call(SYS_semget, 0, 0, 0); }},
    {"semop",
     [] {
       in_low((sembuf[3]){{0, -1, 0}, {1, 2, 010000}, {2, 0, 014000}});
       call(SYS_semop, -1, low, 3);
     }},
    {"semop_unknown_flags",
     [] {
       in_low((sembuf[1]){{0xffff, -32768, 0x7}});
       call(SYS_semop, -1, low, 1);
     }},
    {"semop_none", [] { call(SYS_semop, -1, low, 0); }},
    {"semop_unreadable", [] { call(SYS_semop, -1, nowhere, 2); }},
    {"semop_half",
     [] {
       in_low((sembuf[1]){{1, 1, 0}}, low_size - sizeof(sembuf));
       call(SYS_semop, -1, low + low_size - sizeof(sembuf), 2);
     }},
    {"semop_many", [] { call(SYS_semop, -1, low, 500); }},
    {"semtimedop",
     [] {
       in_low((sembuf[1]){{0, -1, 0}});
       call(SYS_semtimedop, -1, low, 1, in_low(timespec{1, 2}, 64));
     }},
    {"semctl_getval", [] { call(SYS_semctl, -1, 5, 12, low); }},
    {"semctl_setval", [] { call(SYS_semctl, -1, 5, 16, 77); }},
    {"semctl_setall", [] { call(SYS_semctl, -1, 5, 17, low); }},
    {"semctl_stat", [] { call(SYS_semctl, -1, 5, IPC_STAT, low); }},
    {"semctl_set",
     [] {
       semid64_ds set{};
       set.sem_perm.uid = 5, set.sem_perm.gid = 6, set.sem_perm.mode = 0640;
       call(SYS_semctl, -1, 0, IPC_SET, in_low(set));
     }},
    {"semctl_info", [] { call(SYS_semctl, 0, 0, IPC_INFO, low); }},
    {"semctl_rmid", [] { call(SYS_semctl, -1, 0, IPC_RMID); }},
    {"semctl_unknown", [] { call(SYS_semctl, -1, 0, 0x199, low); }},
    {"msgget", [] { call(SYS_msgget, 0x77, 0666 | 02000); }},
    {"msgget_private", [] { call(SYS_msgget, 0, 07000000); }},
    {"msgsnd",
     [] {
       in_low(5L), std::strcpy(low + 8, "text");
       call(SYS_msgsnd, -1, low, 5, 04000);
     }},
    {"msgsnd_unreadable", [] { call(SYS_msgsnd, -1, nowhere, 5, 0); }},
    {"msgsnd_text_unreadable", [] { call(SYS_msgsnd, -1, at_end(7L), 5, 0x10); }},
    {"msgsnd_huge", [] { call(SYS_msgsnd, -1, low, -1, 0); }},
    {"msgrcv", [] { call(SYS_msgrcv, -1, low, 5, -7, 074000); }},
    {"message_queue",
     [] {
       const long id = call(SYS_msgget, 0, 0600);
       call(SYS_msgctl, id, IPC_RMID, nullptr);
     }},
    {"msgctl_stat", [] { call(SYS_msgctl, -1, IPC_STAT, low); }},
    {"msgctl_set",
     [] {
       msqid64_ds set{};
       set.msg_perm.uid = 5, set.msg_perm.gid = 6, set.msg_perm.mode = 0640, set.msg_qbytes = 99;
       call(SYS_msgctl, -1, IPC_SET, in_low(set));
     }},
    {"msgctl_info", [] { call(SYS_msgctl, 0, IPC_INFO, low); }},
    {"msgctl_unknown", [] { call(SYS_msgctl, -1, 77, low); }},
    {"mq_open", [] { call(SYS_mq_open, "missing", O_RDWR); }},
    {"mq_open_creates",
     [] {
       call(SYS_mq_open, "/bad/name", O_WRONLY | O_CREAT | O_EXCL, 0640,
            in_low(QueueAttributes{O_NONBLOCK, 10, 8192, 3, {}}));
     }},
    {"mq_open_null", [] { call(SYS_mq_open, nullptr, O_CREAT, 0600, nullptr); }},
    {"mq_open_unreadable", [] { call(SYS_mq_open, nowhere, O_CREAT, 0600, nowhere); }},
    {"mq_unlink", [] { call(SYS_mq_unlink, "missing"); }},
    {"mq_timedsend",
     [] {
       call(SYS_mq_timedsend, -1, "text", 4, 7, in_low(timespec{1, 2}));
     }},
    {"mq_timedsend_invalid", [] { call(SYS_mq_timedsend, -1, nowhere, 4, -1, nowhere); }},
    {"mq_timedreceive",
     [] {
       call(SYS_mq_timedreceive, -1, low, 100, low + 256, in_low(timespec{1, 2}, 512));
     }},
    {"mq_notify_null", [] { call(SYS_mq_notify, -1, nullptr); }},
    {"mq_notify",
     [] {
       sigevent e{};
       e.sigev_notify = SIGEV_SIGNAL, e.sigev_signo = SIGUSR1, e.sigev_value.sival_int = 5;
       call(SYS_mq_notify, -1, in_low(e));
     }},
    {"mq_notify_thread",
     [] {
       sigevent e{};
       e.sigev_notify = SIGEV_THREAD, e.sigev_signo = 5;
       call(SYS_mq_notify, -1, in_low(e));
     }},
    {"mq_notify_unreadable", [] { call(SYS_mq_notify, -1, nowhere); }},
    {"mq_getsetattr",
     [] {
       call(SYS_mq_getsetattr, -1, in_low(QueueAttributes{O_NONBLOCK, 1, 2, 3, {}}), low + 256);
     }},
    {"mq_getsetattr_null", [] { call(SYS_mq_getsetattr, -1, nullptr, nullptr); }},
    {"message_queue_posix",
     [] {
       const long queue =
           call(SYS_mq_open, "ptop-calls", O_RDWR | O_CREAT, 0600, in_low(QueueAttributes{0, 2, 64, 0, {}}));
       call(SYS_mq_getsetattr, queue, nullptr, low + 256);
       call(SYS_mq_timedsend, queue, "hello", 5, 3, nullptr);
       call(SYS_mq_timedreceive, queue, low, 64, low + 512, nullptr);
       call(SYS_mq_unlink, "ptop-calls");
     }},
    {"futex_wait_private", [] { call(SYS_futex, low, 128, 7, nullptr); }},
    {"futex_wait_unreadable_time", [] { call(SYS_futex, low, 128, 7, nowhere); }},
    {"futex_fd", [] { call(SYS_futex, low, 2, 7, 1, 2, 3); }},
    {"futex_fd_private", [] { call(SYS_futex, low, 2 | 128, 7, 1, 2, 3); }},
    {"futex_wait_realtime",
     [] {
       call(SYS_futex, low, 256, 7, in_low(timespec{1, 2}, 64));
       call(SYS_futex, low, 128 | 256, 7, nullptr);
     }},
    {"futex_unknown_time",
     [] {
       call(SYS_futex, low, 14, 7, in_low(timespec{1, 2}, 64), low + 128, 3);
       call(SYS_futex, low, 15, 7, nullptr, nullptr, 0);
     }},
    {"futex_requeue", [] { call(SYS_futex, low, 3, 1, 2, low + 64, 3); }},
    {"futex_cmp_requeue", [] { call(SYS_futex, low, 132, 1, 0x7fffffff, low + 64, 3); }},
    {"futex_wake_op", [] { call(SYS_futex, low, 5, 1, 1, low + 64, 0x4000001); }},
    {"futex_wake_op_shift", [] { call(SYS_futex, low, 133, 1, 1, low + 64, 0x95123456); }},
    {"futex_wake_op_unknown", [] { call(SYS_futex, low, 5, 1, 1, low + 64, 0x7f000001); }},
    {"futex_lock_pi",
     [] {
       call(SYS_futex, nowhere, 6, 1, in_low(timespec{1, 2}), low + 64, 3);
     }},
    {"futex_lock_pi2",
     [] {
       call(SYS_futex, nowhere, 13 | 256, 1, in_low(timespec{1, 2}), low + 64, 3);
     }},
    {"futex_unlock_pi", [] { call(SYS_futex, nowhere, 7, 1, 2, 3, 4); }},
    {"futex_trylock_pi", [] { call(SYS_futex, nowhere, 136, 1, 2, 3, 4); }},
    {"futex_wait_bitset",
     [] {
       call(SYS_futex, low, 9 | 128 | 256, 1, in_low(timespec{1, 2}, 64), 3, -1);
     }},
    {"futex_wait_bitset_some",
     [] {
       call(SYS_futex, low, 9, 1, in_low(timespec{1, 2}, 64), 3, 0x12);
     }},
    {"futex_wake_bitset", [] { call(SYS_futex, low, 10, 1, 2, 3, -1); }},
    {"futex_wait_requeue_pi",
     [] {
       call(SYS_futex, low, 11, 1, in_low(timespec{1, 2}, 64), low + 128, 5);
     }},
    {"futex_cmp_requeue_pi", [] { call(SYS_futex, low, 12, 1, 2, low + 128, 5); }},
    {"futex_realtime_wake", [] { call(SYS_futex, low, 1 | 256, -1, 2, 3, 4); }},
    {"futex_unknown_bits", [] { call(SYS_futex, low, 0x1234, 1, 2, 3, 4); }},
    {"futex_waitv",
     [] {
       in_low((Waiter[2]){{7, reinterpret_cast<std::uintptr_t>(low), 2, 0}, {1ULL << 40, 0x1234, 0x87, 5}},
              64);
       call(449, low + 64, 2, 0, in_low(timespec{1, 2}, 512), 1);
     }},
    {"futex_waitv_unreadable", [] { call(449, nowhere, 2, 5, nowhere, 99); }},
    {"futex_waitv_half",
     [] {
       call(449, at_end(Waiter{7, 8, 2, 0}), 2, 0, nullptr, 0);
     }},
    {"futex2_wake", [] { call(454, low, -1, 1, 0x82); }},
    {"futex2_wait",
     [] {
       call(455, low, 7, -1, 2, in_low(timespec{1, 2}, 64), 1);
     }},
    {"futex2_requeue",
     [] {
       in_low((Waiter[2]){{7, reinterpret_cast<std::uintptr_t>(low), 2, 0},
                          {0, reinterpret_cast<std::uintptr_t>(low + 8), 2, 0}},
              64);
       call(456, low + 64, 0, 1, 2);
     }},
    {"add_key", [] { call(SYS_add_key, "nosuchtype", "name", "payload\1", 8, -2); }},
    {"add_key_unreadable", [] { call(SYS_add_key, nowhere, nullptr, nowhere, 8, 77); }},
    {"request_key", [] { call(SYS_request_key, "nosuchtype", "name", nullptr, -1); }},
    {"request_key_info", [] { call(SYS_request_key, "nosuchtype", "na\nme", "info", -9); }},
    {"keyctl_keyring_id", [] { call(SYS_keyctl, 0, -99, 0), call(SYS_keyctl, 0, 77, 1); }},
    {"keyctl_join", [] { call(SYS_keyctl, 1, nowhere); }},
    {"keyctl_update", [] { call(SYS_keyctl, 2, 77, "payload", 7), call(SYS_keyctl, 2, -1, nowhere, 7); }},
    {"keyctl_revoke", [] { call(SYS_keyctl, 3, 77), call(SYS_keyctl, 7, -4), call(SYS_keyctl, 21, 5); }},
    {"keyctl_chown", [] { call(SYS_keyctl, 4, 77, -1, 5); }},
    {"keyctl_setperm", [] { call(SYS_keyctl, 5, 77, 0x3f1f0102), call(SYS_keyctl, 5, 77, 0xc0000000); }},
    {"keyctl_describe", [] { call(SYS_keyctl, 6, 77, low, 100), call(SYS_keyctl, 17, 77, nowhere, 100); }},
    {"keyctl_link", [] { call(SYS_keyctl, 8, 77, -3), call(SYS_keyctl, 9, 77, -5); }},
    {"keyctl_search",
     [] { call(SYS_keyctl, 10, -3, "user", "name", 0), call(SYS_keyctl, 10, 0, nowhere, nullptr, -7); }},
    {"keyctl_read", [] { call(SYS_keyctl, 11, 77, low, 100); }},
    {"keyctl_instantiate", [] { call(SYS_keyctl, 12, 77, "data", 4, 0); }},
    {"keyctl_negate",
     [] {
       call(SYS_keyctl, 13, 77, 60, -2), call(SYS_keyctl, 19, 77, 60, 126, -2),
           call(SYS_keyctl, 19, 77, 60, 999, 5);
     }},
    {"keyctl_reqkey", [] { call(SYS_keyctl, 14, 99), call(SYS_keyctl, 14, -1), call(SYS_keyctl, 14, 9); }},
    {"keyctl_timeout", [] { call(SYS_keyctl, 15, 77, 60), call(SYS_keyctl, 16, 77); }},
    {"keyctl_to_parent", [] { call(SYS_keyctl, 18, 1, 2, 3, 4); }},
    {"keyctl_iov",
     [] {
       in_low((void* [2]){low, reinterpret_cast<void*>(4)}, 64);
       call(SYS_keyctl, 20, 77, low + 64, 1, -2);
     }},
    {"keyctl_persistent", [] { call(SYS_keyctl, 22, 77, -9); }},
    {"keyctl_dh",
     [] {
       in_low((int[3]){1, 2, 3});
       call(SYS_keyctl, 23, low, low + 64, 16, nullptr), call(SYS_keyctl, 23, nowhere, low, 16, nowhere);
     }},
    {"keyctl_pkey",
     [] {
       call(SYS_keyctl, 24, 77, 0, "enc=raw", low);
       in_low((unsigned[16]){77, 4, 4});
       call(SYS_keyctl, 25, low, "enc=raw", low + 128, low + 256),
           call(SYS_keyctl, 28, nowhere, nullptr, nowhere, nullptr);
     }},
    {"keyctl_restrict",
     [] { call(SYS_keyctl, 29, 77, "type", "restriction"), call(SYS_keyctl, 29, 77, nullptr, nullptr); }},
    {"keyctl_move", [] { call(SYS_keyctl, 30, 77, -1, -2, 1), call(SYS_keyctl, 30, 77, 5, 6, 0x12); }},
    {"keyctl_capabilities", [] { call(SYS_keyctl, 31, low, 2), call(SYS_keyctl, 31, nowhere, 2); }},
    {"keyctl_watch", [] { call(SYS_keyctl, 32, 77, 0, 1); }},
    {"keyctl_unknown", [] { call(SYS_keyctl, 99, 1, 2, 3, 4); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
