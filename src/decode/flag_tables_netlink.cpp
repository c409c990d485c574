// Tables of constants: messages of netlink.
#include "netlink_tables.hpp"

namespace ptop::decode {

// linux/netlink.h
constexpr FlagName netlink_types_rows[] = {
    {1, "NLMSG_NOOP"}, {2, "NLMSG_ERROR"}, {3, "NLMSG_DONE"}, {4, "NLMSG_OVERRUN"}};
constinit const Table netlink_types = table<netlink_types_rows>("NLMSG_???");

// linux/netlink.h
constexpr FlagName netlink_flags_rows[] = {{1, "NLM_F_REQUEST"},      {2, "NLM_F_MULTI"},
                                           {4, "NLM_F_ACK"},          {8, "NLM_F_ECHO"},
                                           {0x10, "NLM_F_DUMP_INTR"}, {0x20, "NLM_F_DUMP_FILTERED"}};
constinit const Table netlink_flags = table<netlink_flags_rows>("NLM_F_???");

// linux/netlink.h
constexpr FlagName netlink_get_flags_rows[] = {{1, "NLM_F_REQUEST"},      {2, "NLM_F_MULTI"},
                                               {4, "NLM_F_ACK"},          {8, "NLM_F_ECHO"},
                                               {0x10, "NLM_F_DUMP_INTR"}, {0x20, "NLM_F_DUMP_FILTERED"},
                                               {0x300, "NLM_F_DUMP"},     {0x100, "NLM_F_ROOT"},
                                               {0x200, "NLM_F_MATCH"},    {0x400, "NLM_F_ATOMIC"}};
constinit const Table netlink_get_flags = table<netlink_get_flags_rows>("NLM_F_???");

// linux/netlink.h
constexpr FlagName netlink_new_flags_rows[] = {{1, "NLM_F_REQUEST"},      {2, "NLM_F_MULTI"},
                                               {4, "NLM_F_ACK"},          {8, "NLM_F_ECHO"},
                                               {0x10, "NLM_F_DUMP_INTR"}, {0x20, "NLM_F_DUMP_FILTERED"},
                                               {0x100, "NLM_F_REPLACE"},  {0x200, "NLM_F_EXCL"},
                                               {0x400, "NLM_F_CREATE"},   {0x800, "NLM_F_APPEND"}};
constinit const Table netlink_new_flags = table<netlink_new_flags_rows>("NLM_F_???");

// linux/netlink.h
constexpr FlagName netlink_delete_flags_rows[] = {{1, "NLM_F_REQUEST"},      {2, "NLM_F_MULTI"},
                                                  {4, "NLM_F_ACK"},          {8, "NLM_F_ECHO"},
                                                  {0x10, "NLM_F_DUMP_INTR"}, {0x20, "NLM_F_DUMP_FILTERED"},
                                                  {0x100, "NLM_F_NONREC"},   {0x200, "NLM_F_BULK"}};
constinit const Table netlink_delete_flags = table<netlink_delete_flags_rows>("NLM_F_???");

// linux/netlink.h
constexpr FlagName netlink_ack_flags_rows[] = {{1, "NLM_F_REQUEST"},      {2, "NLM_F_MULTI"},
                                               {4, "NLM_F_ACK"},          {8, "NLM_F_ECHO"},
                                               {0x10, "NLM_F_DUMP_INTR"}, {0x20, "NLM_F_DUMP_FILTERED"},
                                               {0x100, "NLM_F_CAPPED"},   {0x200, "NLM_F_ACK_TLVS"}};
constinit const Table netlink_ack_flags = table<netlink_ack_flags_rows>("NLM_F_???");

// linux/netlink.h
constexpr FlagName netlink_ack_attributes_rows[] = {
    {0, "NLMSGERR_ATTR_UNUSED"},   {1, "NLMSGERR_ATTR_MSG"},    {2, "NLMSGERR_ATTR_OFFS"},
    {3, "NLMSGERR_ATTR_COOKIE"},   {4, "NLMSGERR_ATTR_POLICY"}, {5, "NLMSGERR_ATTR_MISS_TYPE"},
    {6, "NLMSGERR_ATTR_MISS_NEST"}};
constinit const Table netlink_ack_attributes = table<netlink_ack_attributes_rows>("NLMSGERR_ATTR_???");

// linux/netlink.h
constexpr FlagName netlink_policy_attributes_rows[] = {{0, "NL_POLICY_TYPE_ATTR_UNSPEC"},
                                                       {1, "NL_POLICY_TYPE_ATTR_TYPE"},
                                                       {2, "NL_POLICY_TYPE_ATTR_MIN_VALUE_S"},
                                                       {3, "NL_POLICY_TYPE_ATTR_MAX_VALUE_S"},
                                                       {4, "NL_POLICY_TYPE_ATTR_MIN_VALUE_U"},
                                                       {5, "NL_POLICY_TYPE_ATTR_MAX_VALUE_U"},
                                                       {6, "NL_POLICY_TYPE_ATTR_MIN_LENGTH"},
                                                       {7, "NL_POLICY_TYPE_ATTR_MAX_LENGTH"},
                                                       {8, "NL_POLICY_TYPE_ATTR_POLICY_IDX"},
                                                       {9, "NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE"},
                                                       {10, "NL_POLICY_TYPE_ATTR_BITFIELD32_MASK"},
                                                       {11, "NL_POLICY_TYPE_ATTR_PAD"},
                                                       {12, "NL_POLICY_TYPE_ATTR_MASK"}};
constinit const Table netlink_policy_attributes =
    table<netlink_policy_attributes_rows>("NL_POLICY_TYPE_ATTR_???");

// linux/netlink.h
constexpr FlagName netlink_attribute_types_rows[] = {
    {0, "NL_ATTR_TYPE_INVALID"},     {1, "NL_ATTR_TYPE_FLAG"},    {2, "NL_ATTR_TYPE_U8"},
    {3, "NL_ATTR_TYPE_U16"},         {4, "NL_ATTR_TYPE_U32"},     {5, "NL_ATTR_TYPE_U64"},
    {6, "NL_ATTR_TYPE_S8"},          {7, "NL_ATTR_TYPE_S16"},     {8, "NL_ATTR_TYPE_S32"},
    {9, "NL_ATTR_TYPE_S64"},         {10, "NL_ATTR_TYPE_BINARY"}, {11, "NL_ATTR_TYPE_STRING"},
    {12, "NL_ATTR_TYPE_NUL_STRING"}, {13, "NL_ATTR_TYPE_NESTED"}, {14, "NL_ATTR_TYPE_NESTED_ARRAY"},
    {15, "NL_ATTR_TYPE_BITFIELD32"}};
constinit const Table netlink_attribute_types = table<netlink_attribute_types_rows>("NL_ATTR_TYPE_???");

// linux/sock_diag.h, linux/inet_diag.h
constexpr FlagName sock_diag_types_rows[] = {
    {18, "TCPDIAG_GETSOCK"}, {19, "DCCPDIAG_GETSOCK"}, {20, "SOCK_DIAG_BY_FAMILY"}, {21, "SOCK_DESTROY"}};
constinit const Table sock_diag_types = table<sock_diag_types_rows>("SOCK_DIAG_???");

// linux/genetlink.h
constexpr FlagName generic_types_rows[] = {{0x10, "nlctrl"}};
constinit const Table generic_types = table<generic_types_rows>("GENERIC_FAMILY_???");

// linux/netfilter/nf_tables.h
constexpr FlagName nft_messages_rows[] = {
    {0, "NFT_MSG_NEWTABLE"},      {1, "NFT_MSG_GETTABLE"},      {2, "NFT_MSG_DELTABLE"},
    {3, "NFT_MSG_NEWCHAIN"},      {4, "NFT_MSG_GETCHAIN"},      {5, "NFT_MSG_DELCHAIN"},
    {6, "NFT_MSG_NEWRULE"},       {7, "NFT_MSG_GETRULE"},       {8, "NFT_MSG_DELRULE"},
    {9, "NFT_MSG_NEWSET"},        {10, "NFT_MSG_GETSET"},       {11, "NFT_MSG_DELSET"},
    {12, "NFT_MSG_NEWSETELEM"},   {13, "NFT_MSG_GETSETELEM"},   {14, "NFT_MSG_DELSETELEM"},
    {15, "NFT_MSG_NEWGEN"},       {16, "NFT_MSG_GETGEN"},       {17, "NFT_MSG_TRACE"},
    {18, "NFT_MSG_NEWOBJ"},       {19, "NFT_MSG_GETOBJ"},       {20, "NFT_MSG_DELOBJ"},
    {21, "NFT_MSG_GETOBJ_RESET"}, {22, "NFT_MSG_NEWFLOWTABLE"}, {23, "NFT_MSG_GETFLOWTABLE"},
    {24, "NFT_MSG_DELFLOWTABLE"}};
constinit const Table nft_messages = table<nft_messages_rows>("NFT_MSG_???");

// linux/audit.h
constexpr FlagName audit_types_rows[] = {{0, "AUDIT_NLGRP_NONE"},
                                         {1, "AUDIT_NLGRP_READLOG"},
                                         {16, "AUDIT_SYSCALL_CLASSES"},
                                         {1000, "AUDIT_GET"},
                                         {1001, "AUDIT_SET"},
                                         {1002, "AUDIT_LIST"},
                                         {1003, "AUDIT_ADD"},
                                         {1004, "AUDIT_DEL"},
                                         {1005, "AUDIT_USER"},
                                         {1006, "AUDIT_LOGIN"},
                                         {1010, "AUDIT_SIGNAL_INFO"},
                                         {1011, "AUDIT_ADD_RULE"},
                                         {1012, "AUDIT_DEL_RULE"},
                                         {1013, "AUDIT_LIST_RULES"},
                                         {1014, "AUDIT_TRIM"},
                                         {1015, "AUDIT_MAKE_EQUIV"},
                                         {1016, "AUDIT_TTY_GET"},
                                         {1017, "AUDIT_TTY_SET"},
                                         {1018, "AUDIT_SET_FEATURE"},
                                         {1019, "AUDIT_GET_FEATURE"},
                                         {1107, "AUDIT_USER_AVC"},
                                         {1124, "AUDIT_USER_TTY"},
                                         {1200, "AUDIT_DAEMON_START"},
                                         {1201, "AUDIT_DAEMON_END"},
                                         {1202, "AUDIT_DAEMON_ABORT"},
                                         {1203, "AUDIT_DAEMON_CONFIG"},
                                         {1300, "AUDIT_SYSCALL"},
                                         {1302, "AUDIT_PATH"},
                                         {1303, "AUDIT_IPC"},
                                         {1304, "AUDIT_SOCKETCALL"},
                                         {1305, "AUDIT_CONFIG_CHANGE"},
                                         {1306, "AUDIT_SOCKADDR"},
                                         {1307, "AUDIT_CWD"},
                                         {1309, "AUDIT_EXECVE"},
                                         {1311, "AUDIT_IPC_SET_PERM"},
                                         {1312, "AUDIT_MQ_OPEN"},
                                         {1313, "AUDIT_MQ_SENDRECV"},
                                         {1314, "AUDIT_MQ_NOTIFY"},
                                         {1315, "AUDIT_MQ_GETSETATTR"},
                                         {1316, "AUDIT_KERNEL_OTHER"},
                                         {1317, "AUDIT_FD_PAIR"},
                                         {1318, "AUDIT_OBJ_PID"},
                                         {1319, "AUDIT_TTY"},
                                         {1320, "AUDIT_EOE"},
                                         {1321, "AUDIT_BPRM_FCAPS"},
                                         {1322, "AUDIT_CAPSET"},
                                         {1323, "AUDIT_MMAP"},
                                         {1324, "AUDIT_NETFILTER_PKT"},
                                         {1325, "AUDIT_NETFILTER_CFG"},
                                         {1326, "AUDIT_SECCOMP"},
                                         {1327, "AUDIT_PROCTITLE"},
                                         {1328, "AUDIT_FEATURE_CHANGE"},
                                         {1329, "AUDIT_REPLACE"},
                                         {1330, "AUDIT_KERN_MODULE"},
                                         {1331, "AUDIT_FANOTIFY"},
                                         {1332, "AUDIT_TIME_INJOFFSET"},
                                         {1333, "AUDIT_TIME_ADJNTPVAL"},
                                         {1334, "AUDIT_BPF"},
                                         {1335, "AUDIT_EVENT_LISTENER"},
                                         {1336, "AUDIT_URINGOP"},
                                         {1337, "AUDIT_OPENAT2"},
                                         {1338, "AUDIT_DM_CTRL"},
                                         {1339, "AUDIT_DM_EVENT"},
                                         {1400, "AUDIT_AVC"},
                                         {1401, "AUDIT_SELINUX_ERR"},
                                         {1402, "AUDIT_AVC_PATH"},
                                         {1403, "AUDIT_MAC_POLICY_LOAD"},
                                         {1404, "AUDIT_MAC_STATUS"},
                                         {1405, "AUDIT_MAC_CONFIG_CHANGE"},
                                         {1406, "AUDIT_MAC_UNLBL_ALLOW"},
                                         {1407, "AUDIT_MAC_CIPSOV4_ADD"},
                                         {1408, "AUDIT_MAC_CIPSOV4_DEL"},
                                         {1409, "AUDIT_MAC_MAP_ADD"},
                                         {1410, "AUDIT_MAC_MAP_DEL"},
                                         {1411, "AUDIT_MAC_IPSEC_ADDSA"},
                                         {1412, "AUDIT_MAC_IPSEC_DELSA"},
                                         {1413, "AUDIT_MAC_IPSEC_ADDSPD"},
                                         {1414, "AUDIT_MAC_IPSEC_DELSPD"},
                                         {1415, "AUDIT_MAC_IPSEC_EVENT"},
                                         {1416, "AUDIT_MAC_UNLBL_STCADD"},
                                         {1417, "AUDIT_MAC_UNLBL_STCDEL"},
                                         {1418, "AUDIT_MAC_CALIPSO_ADD"},
                                         {1419, "AUDIT_MAC_CALIPSO_DEL"},
                                         {1700, "AUDIT_ANOM_PROMISCUOUS"},
                                         {1701, "AUDIT_ANOM_ABEND"},
                                         {1702, "AUDIT_ANOM_LINK"},
                                         {1703, "AUDIT_ANOM_CREAT"},
                                         {1800, "AUDIT_INTEGRITY_DATA"},
                                         {1801, "AUDIT_INTEGRITY_METADATA"},
                                         {1802, "AUDIT_INTEGRITY_STATUS"},
                                         {1803, "AUDIT_INTEGRITY_HASH"},
                                         {1804, "AUDIT_INTEGRITY_PCR"},
                                         {1805, "AUDIT_INTEGRITY_RULE"},
                                         {1806, "AUDIT_INTEGRITY_EVM_XATTR"},
                                         {1807, "AUDIT_INTEGRITY_POLICY_RULE"},
                                         {2000, "AUDIT_KERNEL"},
                                         {4294967295, "AUDIT_UID_UNSET"}};
constinit const Table audit_types = table<audit_types_rows>("AUDIT_???");

// linux/netfilter/nfnetlink.h
constexpr FlagName netfilter_subsystems_rows[] = {
    {0, "NFNL_SUBSYS_NONE"},     {1, "NFNL_SUBSYS_CTNETLINK"}, {2, "NFNL_SUBSYS_CTNETLINK_EXP"},
    {3, "NFNL_SUBSYS_QUEUE"},    {4, "NFNL_SUBSYS_ULOG"},      {5, "NFNL_SUBSYS_OSF"},
    {6, "NFNL_SUBSYS_IPSET"},    {7, "NFNL_SUBSYS_ACCT"},      {8, "NFNL_SUBSYS_CTNETLINK_TIMEOUT"},
    {9, "NFNL_SUBSYS_CTHELPER"}, {10, "NFNL_SUBSYS_NFTABLES"}, {11, "NFNL_SUBSYS_NFT_COMPAT"},
    {12, "NFNL_SUBSYS_HOOK"}};
constinit const Table netfilter_subsystems = table<netfilter_subsystems_rows>("NFNL_SUBSYS_???");

// kernel: include/net/tcp_states.h
constexpr FlagName tcp_states_rows[] = {
    {1, "TCP_ESTABLISHED"}, {2, "TCP_SYN_SENT"},  {3, "TCP_SYN_RECV"}, {4, "TCP_FIN_WAIT1"},
    {5, "TCP_FIN_WAIT2"},   {6, "TCP_TIME_WAIT"}, {7, "TCP_CLOSE"},    {8, "TCP_CLOSE_WAIT"},
    {9, "TCP_LAST_ACK"},    {10, "TCP_LISTEN"},   {11, "TCP_CLOSING"}, {12, "TCP_NEW_SYN_RECV"}};
constinit const Table tcp_states = table<tcp_states_rows>("TCP_???");

// kernel: include/net/tcp_states.h
constexpr FlagName tcp_state_bits_rows[] = {
    {1 << 1, "1<<TCP_ESTABLISHED"}, {1 << 2, "1<<TCP_SYN_SENT"},   {1 << 3, "1<<TCP_SYN_RECV"},
    {1 << 4, "1<<TCP_FIN_WAIT1"},   {1 << 5, "1<<TCP_FIN_WAIT2"},  {1 << 6, "1<<TCP_TIME_WAIT"},
    {1 << 7, "1<<TCP_CLOSE"},       {1 << 8, "1<<TCP_CLOSE_WAIT"}, {1 << 9, "1<<TCP_LAST_ACK"},
    {1 << 10, "1<<TCP_LISTEN"},     {1 << 11, "1<<TCP_CLOSING"},   {1 << 12, "1<<TCP_NEW_SYN_RECV"}};
constinit const Table tcp_state_bits = table<tcp_state_bits_rows>("1<<TCP_???");

// linux/inet_diag.h
constexpr FlagName inet_diag_extensions_rows[] = {
    {1 << 0, "1<<(INET_DIAG_MEMINFO-1)"},   {1 << 1, "1<<(INET_DIAG_INFO-1)"},
    {1 << 2, "1<<(INET_DIAG_VEGASINFO-1)"}, {1 << 3, "1<<(INET_DIAG_CONG-1)"},
    {1 << 4, "1<<(INET_DIAG_TOS-1)"},       {1 << 5, "1<<(INET_DIAG_TCLASS-1)"},
    {1 << 6, "1<<(INET_DIAG_SKMEMINFO-1)"}, {1 << 7, "1<<(INET_DIAG_SHUTDOWN-1)"}};
constinit const Table inet_diag_extensions = table<inet_diag_extensions_rows>("1<<INET_DIAG_???");

// linux/inet_diag.h
constexpr FlagName inet_diag_attributes_rows[] = {
    {0, "INET_DIAG_NONE"},       {1, "INET_DIAG_MEMINFO"},   {2, "INET_DIAG_INFO"},
    {3, "INET_DIAG_VEGASINFO"},  {4, "INET_DIAG_CONG"},      {5, "INET_DIAG_TOS"},
    {6, "INET_DIAG_TCLASS"},     {7, "INET_DIAG_SKMEMINFO"}, {8, "INET_DIAG_SHUTDOWN"},
    {9, "INET_DIAG_DCTCPINFO"},  {10, "INET_DIAG_PROTOCOL"}, {11, "INET_DIAG_SKV6ONLY"},
    {12, "INET_DIAG_LOCALS"},    {13, "INET_DIAG_PEERS"},    {14, "INET_DIAG_PAD"},
    {15, "INET_DIAG_MARK"},      {16, "INET_DIAG_BBRINFO"},  {17, "INET_DIAG_CLASS_ID"},
    {18, "INET_DIAG_MD5SIG"},    {19, "INET_DIAG_ULP_INFO"}, {20, "INET_DIAG_SK_BPF_STORAGES"},
    {21, "INET_DIAG_CGROUP_ID"}, {22, "INET_DIAG_SOCKOPT"}};
constinit const Table inet_diag_attributes = table<inet_diag_attributes_rows>("INET_DIAG_???");

// linux/unix_diag.h
constexpr FlagName unix_diag_shows_rows[] = {{1, "UDIAG_SHOW_NAME"},     {2, "UDIAG_SHOW_VFS"},
                                             {4, "UDIAG_SHOW_PEER"},     {8, "UDIAG_SHOW_ICONS"},
                                             {0x10, "UDIAG_SHOW_RQLEN"}, {0x20, "UDIAG_SHOW_MEMINFO"},
                                             {0x40, "UDIAG_SHOW_UID"}};
constinit const Table unix_diag_shows = table<unix_diag_shows_rows>("UDIAG_SHOW_???");

// linux/unix_diag.h
constexpr FlagName unix_diag_attributes_rows[] = {
    {0, "UNIX_DIAG_NAME"},  {1, "UNIX_DIAG_VFS"},     {2, "UNIX_DIAG_PEER"},     {3, "UNIX_DIAG_ICONS"},
    {4, "UNIX_DIAG_RQLEN"}, {5, "UNIX_DIAG_MEMINFO"}, {6, "UNIX_DIAG_SHUTDOWN"}, {7, "UNIX_DIAG_UID"}};
constinit const Table unix_diag_attributes = table<unix_diag_attributes_rows>("UNIX_DIAG_???");

}  // namespace ptop::decode
