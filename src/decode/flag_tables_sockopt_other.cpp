// Tables of constants: options of sockets that are not the internet's.
// Values are written out where the C library hides or changes the kernel's.
#include "network_tables.hpp"

namespace ptop::decode {

// linux/sctp.h
constexpr FlagName sctp_options_rows[] = {{0, "SCTP_RTOINFO"},
                                          {1, "SCTP_ASSOCINFO"},
                                          {2, "SCTP_INITMSG"},
                                          {3, "SCTP_NODELAY"},
                                          {4, "SCTP_AUTOCLOSE"},
                                          {5, "SCTP_SET_PEER_PRIMARY_ADDR"},
                                          {6, "SCTP_PRIMARY_ADDR"},
                                          {7, "SCTP_ADAPTATION_LAYER"},
                                          {8, "SCTP_DISABLE_FRAGMENTS"},
                                          {9, "SCTP_PEER_ADDR_PARAMS"},
                                          {10, "SCTP_DEFAULT_SEND_PARAM"},
                                          {11, "SCTP_EVENTS"},
                                          {12, "SCTP_I_WANT_MAPPED_V4_ADDR"},
                                          {13, "SCTP_MAXSEG"},
                                          {14, "SCTP_STATUS"},
                                          {15, "SCTP_GET_PEER_ADDR_INFO"},
                                          {16, "SCTP_DELAYED_SACK"},
                                          {17, "SCTP_CONTEXT"},
                                          {18, "SCTP_FRAGMENT_INTERLEAVE"},
                                          {19, "SCTP_PARTIAL_DELIVERY_POINT"},
                                          {20, "SCTP_MAX_BURST"},
                                          {21, "SCTP_AUTH_CHUNK"},
                                          {22, "SCTP_HMAC_IDENT"},
                                          {23, "SCTP_AUTH_KEY"},
                                          {24, "SCTP_AUTH_ACTIVE_KEY"},
                                          {25, "SCTP_AUTH_DELETE_KEY"},
                                          {26, "SCTP_PEER_AUTH_CHUNKS"},
                                          {27, "SCTP_LOCAL_AUTH_CHUNKS"},
                                          {28, "SCTP_GET_ASSOC_NUMBER"},
                                          {29, "SCTP_GET_ASSOC_ID_LIST"},
                                          {30, "SCTP_AUTO_ASCONF"},
                                          {31, "SCTP_PEER_ADDR_THLDS"},
                                          {32, "SCTP_RECVRCVINFO"},
                                          {33, "SCTP_RECVNXTINFO"},
                                          {34, "SCTP_DEFAULT_SNDINFO"},
                                          {35, "SCTP_AUTH_DEACTIVATE_KEY"},
                                          {36, "SCTP_REUSE_PORT"},
                                          {37, "SCTP_PEER_ADDR_THLDS_V2"},
                                          {100, "SCTP_SOCKOPT_BINDX_ADD"},
                                          {101, "SCTP_SOCKOPT_BINDX_REM"},
                                          {102, "SCTP_SOCKOPT_PEELOFF"},
                                          {107, "SCTP_SOCKOPT_CONNECTX_OLD"},
                                          {108, "SCTP_GET_PEER_ADDRS"},
                                          {109, "SCTP_GET_LOCAL_ADDRS"},
                                          {110, "SCTP_SOCKOPT_CONNECTX"},
                                          {111, "SCTP_SOCKOPT_CONNECTX3"},
                                          {112, "SCTP_GET_ASSOC_STATS"},
                                          {114, "SCTP_DEFAULT_PRINFO"},
                                          {117, "SCTP_RECONFIG_SUPPORTED"},
                                          {118, "SCTP_ENABLE_STREAM_RESET"},
                                          {119, "SCTP_RESET_STREAMS"},
                                          {120, "SCTP_RESET_ASSOC"},
                                          {121, "SCTP_ADD_STREAMS"},
                                          {122, "SCTP_SOCKOPT_PEELOFF_FLAGS"},
                                          {123, "SCTP_STREAM_SCHEDULER"},
                                          {124, "SCTP_STREAM_SCHEDULER_VALUE"},
                                          {125, "SCTP_INTERLEAVING_SUPPORTED"},
                                          {126, "SCTP_SENDMSG_CONNECT"},
                                          {127, "SCTP_EVENT"},
                                          {128, "SCTP_ASCONF_SUPPORTED"},
                                          {129, "SCTP_AUTH_SUPPORTED"},
                                          {130, "SCTP_ECN_SUPPORTED"},
                                          {131, "SCTP_EXPOSE_POTENTIALLY_FAILED_STATE"},
                                          {132, "SCTP_REMOTE_UDP_ENCAPS_PORT"},
                                          {133, "SCTP_PLPMTUD_PROBE_INTERVAL"}};
constinit const Table sctp_options = table<sctp_options_rows>("SCTP_???");

// linux/tls.h
constexpr FlagName tls_options_rows[] = {
    {1, "TLS_TX"}, {2, "TLS_RX"}, {3, "TLS_TX_ZEROCOPY_RO"}, {4, "TLS_RX_EXPECT_NO_PAD"}};
constinit const Table tls_options = table<tls_options_rows>("TLS_???");

// linux/if_xdp.h
constexpr FlagName xdp_options_rows[] = {{1, "XDP_MMAP_OFFSETS"},   {2, "XDP_RX_RING"},
                                         {3, "XDP_TX_RING"},        {4, "XDP_UMEM_REG"},
                                         {5, "XDP_UMEM_FILL_RING"}, {6, "XDP_UMEM_COMPLETION_RING"},
                                         {7, "XDP_STATISTICS"},     {8, "XDP_OPTIONS"}};
constinit const Table xdp_options = table<xdp_options_rows>("XDP_???");

// linux/if_alg.h
constexpr FlagName alg_options_rows[] = {
    {1, "ALG_SET_KEY"},           {2, "ALG_SET_IV"},          {3, "ALG_SET_OP"}, {4, "ALG_SET_AEAD_ASSOCLEN"},
    {5, "ALG_SET_AEAD_AUTHSIZE"}, {6, "ALG_SET_DRBG_ENTROPY"}};
constinit const Table alg_options = table<alg_options_rows>("ALG_???");

// linux/tipc.h
constexpr FlagName tipc_options_rows[] = {
    {127, "TIPC_IMPORTANCE"},      {128, "TIPC_SRC_DROPPABLE"},    {129, "TIPC_DEST_DROPPABLE"},
    {130, "TIPC_CONN_TIMEOUT"},    {131, "TIPC_NODE_RECVQ_DEPTH"}, {132, "TIPC_SOCK_RECVQ_DEPTH"},
    {133, "TIPC_MCAST_BROADCAST"}, {134, "TIPC_MCAST_REPLICAST"},  {135, "TIPC_GROUP_JOIN"},
    {136, "TIPC_GROUP_LEAVE"},     {137, "TIPC_SOCK_RECVQ_USED"},  {138, "TIPC_NODELAY"}};
constinit const Table tipc_options = table<tipc_options_rows>("TIPC_???");

// linux/dccp.h
constexpr FlagName dccp_options_rows[] = {
    {1, "DCCP_SOCKOPT_PACKET_SIZE"},      {2, "DCCP_SOCKOPT_SERVICE"},
    {3, "DCCP_SOCKOPT_CHANGE_L"},         {4, "DCCP_SOCKOPT_CHANGE_R"},
    {5, "DCCP_SOCKOPT_GET_CUR_MPS"},      {6, "DCCP_SOCKOPT_SERVER_TIMEWAIT"},
    {10, "DCCP_SOCKOPT_SEND_CSCOV"},      {11, "DCCP_SOCKOPT_RECV_CSCOV"},
    {12, "DCCP_SOCKOPT_AVAILABLE_CCIDS"}, {13, "DCCP_SOCKOPT_CCID"},
    {14, "DCCP_SOCKOPT_TX_CCID"},         {15, "DCCP_SOCKOPT_RX_CCID"},
    {16, "DCCP_SOCKOPT_QPOLICY_ID"},      {17, "DCCP_SOCKOPT_QPOLICY_TXQLEN"},
    {128, "DCCP_SOCKOPT_CCID_RX_INFO"},   {192, "DCCP_SOCKOPT_CCID_TX_INFO"}};
constinit const Table dccp_options = table<dccp_options_rows>("DCCP_SOCKOPT_???");

// kernel: include/net/bluetooth/bluetooth.h
constexpr FlagName bluetooth_options_rows[] = {
    {4, "BT_SECURITY"}, {7, "BT_DEFER_SETUP"},     {8, "BT_FLUSHABLE"},
    {9, "BT_POWER"},    {10, "BT_CHANNEL_POLICY"}, {11, "BT_VOICE"},
    {12, "BT_SNDMTU"},  {13, "BT_RCVMTU"},         {14, "BT_PHY"},
    {15, "BT_MODE"},    {16, "BT_PKT_STATUS"}};
constinit const Table bluetooth_options = table<bluetooth_options_rows>("BT_???");

// linux/kcm.h
constexpr FlagName kcm_options_rows[] = {{1, "KCM_RECV_DISABLE"}};
constinit const Table kcm_options = table<kcm_options_rows>("KCM_???");

// linux/ipx.h
constexpr FlagName ipx_options_rows[] = {{1, "IPX_TYPE"}};
constinit const Table ipx_options = table<ipx_options_rows>("IPX_???");

// linux/ax25.h
constexpr FlagName ax25_options_rows[] = {
    {1, "AX25_WINDOW"},  {2, "AX25_T1"},     {3, "AX25_N2"},      {4, "AX25_T3"},   {5, "AX25_T2"},
    {6, "AX25_BACKOFF"}, {7, "AX25_EXTSEQ"}, {8, "AX25_PIDINCL"}, {9, "AX25_IDLE"}, {10, "AX25_PACLEN"}};
constinit const Table ax25_options = table<ax25_options_rows>("AX25_???");

// linux/irda.h
constexpr FlagName irda_options_rows[] = {
    {1, "IRLMP_ENUMDEVICES"}, {2, "IRLMP_IAS_SET"},        {3, "IRLMP_IAS_QUERY"},    {4, "IRLMP_HINTS_SET"},
    {5, "IRLMP_QOS_SET"},     {6, "IRLMP_QOS_GET"},        {7, "IRLMP_MAX_SDU_SIZE"}, {8, "IRLMP_IAS_GET"},
    {9, "IRLMP_IAS_DEL"},     {10, "IRLMP_HINT_MASK_SET"}, {11, "IRLMP_WAITDEVICE"}};
constinit const Table irda_options = table<irda_options_rows>("IRLMP_???");

// linux/llc.h
constexpr FlagName llc_options_rows[] = {
    {1, "LLC_OPT_RETRY"},     {2, "LLC_OPT_SIZE"},        {3, "LLC_OPT_ACK_TMR_EXP"},
    {4, "LLC_OPT_P_TMR_EXP"}, {5, "LLC_OPT_REJ_TMR_EXP"}, {6, "LLC_OPT_BUSY_TMR_EXP"},
    {7, "LLC_OPT_TX_WIN"},    {8, "LLC_OPT_RX_WIN"},      {9, "LLC_OPT_PKTINFO"}};
constinit const Table llc_options = table<llc_options_rows>("LLC_OPT_???");

// linux/rxrpc.h
constexpr FlagName rxrpc_options_rows[] = {{1, "RXRPC_SECURITY_KEY"},         {2, "RXRPC_SECURITY_KEYRING"},
                                           {3, "RXRPC_EXCLUSIVE_CONNECTION"}, {4, "RXRPC_MIN_SECURITY_LEVEL"},
                                           {5, "RXRPC_UPGRADEABLE_SERVICE"},  {6, "RXRPC_SUPPORTED_CMSG"}};
constinit const Table rxrpc_options = table<rxrpc_options_rows>("RXRPC_???");

// linux/if_pppol2tp.h
constexpr FlagName pppol2tp_options_rows[] = {{1, "PPPOL2TP_SO_DEBUG"},
                                              {2, "PPPOL2TP_SO_RECVSEQ"},
                                              {3, "PPPOL2TP_SO_SENDSEQ"},
                                              {4, "PPPOL2TP_SO_LNSMODE"},
                                              {5, "PPPOL2TP_SO_REORDERTO"}};
constinit const Table pppol2tp_options = table<pppol2tp_options_rows>("PPPOL2TP_SO_???");

// linux/phonet.h
constexpr FlagName pnpipe_options_rows[] = {
    {1, "PNPIPE_ENCAP"}, {2, "PNPIPE_IFINDEX"}, {3, "PNPIPE_HANDLE"}, {4, "PNPIPE_INITSTATE"}};
constinit const Table pnpipe_options = table<pnpipe_options_rows>("PNPIPE_???");

// linux/rds.h
constexpr FlagName rds_options_rows[] = {
    {1, "RDS_CANCEL_SENT_TO"}, {2, "RDS_GET_MR"},       {3, "RDS_FREE_MR"},        {4, "RDS_BARRIER"},
    {5, "RDS_RECVERR"},        {6, "RDS_CONG_MONITOR"}, {7, "RDS_GET_MR_FOR_DEST"}};
constinit const Table rds_options = table<rds_options_rows>("RDS_???");

// kernel: include/net/iucv/af_iucv.h
constexpr FlagName iucv_options_rows[] = {
    {128, "SO_IPRMDATA_MSG"}, {4096, "SO_MSGLIMIT"}, {4352, "SO_MSGSIZE"}};
constinit const Table iucv_options = table<iucv_options_rows>("SO_???");

// linux/caif/caif_socket.h
constexpr FlagName caif_options_rows[] = {{127, "CAIFSO_LINK_SELECT"}, {128, "CAIFSO_REQ_PARAM"}};
constinit const Table caif_options = table<caif_options_rows>("CAIFSO_???");

// linux/nfc.h
constexpr FlagName nfc_options_rows[] = {{0, "NFC_LLCP_RW"},
                                         {1, "NFC_LLCP_MIUX"},
                                         {2, "NFC_LLCP_REMOTE_MIU"},
                                         {3, "NFC_LLCP_REMOTE_LTO"},
                                         {4, "NFC_LLCP_REMOTE_RW"}};
constinit const Table nfc_options = table<nfc_options_rows>("NFC_LLCP_???");

// linux/if_packet.h
constexpr FlagName packet_memberships_rows[] = {{0, "PACKET_MR_MULTICAST"},
                                                {1, "PACKET_MR_PROMISC"},
                                                {2, "PACKET_MR_ALLMULTI"},
                                                {3, "PACKET_MR_UNICAST"}};
constinit const Table packet_memberships = table<packet_memberships_rows>("PACKET_MR_???");

// linux/socket.h
constexpr FlagName txrehash_modes_rows[] = {
    {255, "SOCK_TXREHASH_DEFAULT"}, {0, "SOCK_TXREHASH_DISABLED"}, {1, "SOCK_TXREHASH_ENABLED"}};
constinit const Table txrehash_modes = table<txrehash_modes_rows>("SOCK_TXREHASH_???");

// linux/icmp.h
constexpr FlagName icmp_types_rows[] = {
    {0, "ICMP_ECHOREPLY"},      {3, "ICMP_DEST_UNREACH"}, {4, "ICMP_SOURCE_QUENCH"},
    {5, "ICMP_REDIRECT"},       {8, "ICMP_ECHO"},         {11, "ICMP_TIME_EXCEEDED"},
    {12, "ICMP_PARAMETERPROB"}, {13, "ICMP_TIMESTAMP"},   {14, "ICMP_TIMESTAMPREPLY"},
    {15, "ICMP_INFO_REQUEST"},  {16, "ICMP_INFO_REPLY"},  {17, "ICMP_ADDRESS"},
    {18, "ICMP_ADDRESSREPLY"}};
constinit const Table icmp_types = table<icmp_types_rows>("ICMP_???");

}  // namespace ptop::decode
