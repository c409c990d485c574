// Tables of constants: links, and the families of sockets beside the internet's.
// Values are written out where the C library hides or changes the kernel's.
#include "network_tables.hpp"

namespace ptop::decode {

// linux/if_ether.h
constexpr FlagName ethernet_protocols_rows[] = {
    {0x0001, "ETH_P_802_3"},      {0x0002, "ETH_P_AX25"},      {0x0003, "ETH_P_ALL"},
    {0x0004, "ETH_P_802_2"},      {0x0005, "ETH_P_SNAP"},      {0x0006, "ETH_P_DDCMP"},
    {0x0007, "ETH_P_WAN_PPP"},    {0x0008, "ETH_P_PPP_MP"},    {0x0009, "ETH_P_LOCALTALK"},
    {0x000c, "ETH_P_CAN"},        {0x000d, "ETH_P_CANFD"},     {0x000e, "ETH_P_CANXL"},
    {0x0010, "ETH_P_PPPTALK"},    {0x0011, "ETH_P_TR_802_2"},  {0x0015, "ETH_P_MOBITEX"},
    {0x0016, "ETH_P_CONTROL"},    {0x0017, "ETH_P_IRDA"},      {0x0018, "ETH_P_ECONET"},
    {0x0019, "ETH_P_HDLC"},       {0x001a, "ETH_P_ARCNET"},    {0x001b, "ETH_P_DSA"},
    {0x001c, "ETH_P_TRAILER"},    {0x0060, "ETH_P_LOOP"},      {0x00f5, "ETH_P_PHONET"},
    {0x00f6, "ETH_P_IEEE802154"}, {0x00f7, "ETH_P_CAIF"},      {0x00f8, "ETH_P_XDSA"},
    {0x00f9, "ETH_P_MAP"},        {0x00fa, "ETH_P_MCTP"},      {0x200, "ETH_P_PUP"},
    {0x201, "ETH_P_PUPAT"},       {0x600, "ETH_P_802_3_MIN"},  {0x800, "ETH_P_IP"},
    {0x805, "ETH_P_X25"},         {0x806, "ETH_P_ARP"},        {0x8ff, "ETH_P_BPQ"},
    {0xa00, "ETH_P_IEEEPUP"},     {0xa01, "ETH_P_IEEEPUPAT"},  {0x22eb, "ETH_P_ERSPAN2"},
    {0x22f0, "ETH_P_TSN"},        {0x4305, "ETH_P_BATMAN"},    {0x6000, "ETH_P_DEC"},
    {0x6001, "ETH_P_DNA_DL"},     {0x6002, "ETH_P_DNA_RC"},    {0x6003, "ETH_P_DNA_RT"},
    {0x6004, "ETH_P_LAT"},        {0x6005, "ETH_P_DIAG"},      {0x6006, "ETH_P_CUST"},
    {0x6007, "ETH_P_SCA"},        {0x6558, "ETH_P_TEB"},       {0x8035, "ETH_P_RARP"},
    {0x809b, "ETH_P_ATALK"},      {0x80f3, "ETH_P_AARP"},      {0x8100, "ETH_P_8021Q"},
    {0x8137, "ETH_P_IPX"},        {0x86dd, "ETH_P_IPV6"},      {0x8808, "ETH_P_PAUSE"},
    {0x8809, "ETH_P_SLOW"},       {0x883e, "ETH_P_WCCP"},      {0x8847, "ETH_P_MPLS_UC"},
    {0x8848, "ETH_P_MPLS_MC"},    {0x884c, "ETH_P_ATMMPOA"},   {0x8863, "ETH_P_PPP_DISC"},
    {0x8864, "ETH_P_PPP_SES"},    {0x886c, "ETH_P_LINK_CTL"},  {0x8884, "ETH_P_ATMFATE"},
    {0x888e, "ETH_P_PAE"},        {0x8892, "ETH_P_PROFINET"},  {0x8899, "ETH_P_REALTEK"},
    {0x88a2, "ETH_P_AOE"},        {0x88a4, "ETH_P_ETHERCAT"},  {0x88a8, "ETH_P_8021AD"},
    {0x88b5, "ETH_P_802_EX1"},    {0x88be, "ETH_P_ERSPAN"},    {0x88c7, "ETH_P_PREAUTH"},
    {0x88ca, "ETH_P_TIPC"},       {0x88cc, "ETH_P_LLDP"},      {0x88e3, "ETH_P_MRP"},
    {0x88e5, "ETH_P_MACSEC"},     {0x88e7, "ETH_P_8021AH"},    {0x88f5, "ETH_P_MVRP"},
    {0x88f7, "ETH_P_1588"},       {0x88f8, "ETH_P_NCSI"},      {0x88fb, "ETH_P_PRP"},
    {0x8902, "ETH_P_CFM"},        {0x8906, "ETH_P_FCOE"},      {0x890d, "ETH_P_TDLS"},
    {0x8914, "ETH_P_FIP"},        {0x8915, "ETH_P_IBOE"},      {0x8917, "ETH_P_80221"},
    {0x892f, "ETH_P_HSR"},        {0x894f, "ETH_P_NSH"},       {0x9000, "ETH_P_LOOPBACK"},
    {0x9100, "ETH_P_QINQ1"},      {0x9200, "ETH_P_QINQ2"},     {0x9300, "ETH_P_QINQ3"},
    {0xdada, "ETH_P_EDSA"},       {0xdadb, "ETH_P_DSA_8021Q"}, {0xe001, "ETH_P_DSA_A5PSW"},
    {0xed3e, "ETH_P_IFE"},        {0xfbfb, "ETH_P_AF_IUCV"}};
constinit const Table ethernet_protocols = table<ethernet_protocols_rows>("ETH_P_???");

// linux/if_arp.h
constexpr FlagName hardware_types_rows[] = {{0, "ARPHRD_NETROM"},
                                            {1, "ARPHRD_ETHER"},
                                            {2, "ARPHRD_EETHER"},
                                            {3, "ARPHRD_AX25"},
                                            {4, "ARPHRD_PRONET"},
                                            {5, "ARPHRD_CHAOS"},
                                            {6, "ARPHRD_IEEE802"},
                                            {7, "ARPHRD_ARCNET"},
                                            {8, "ARPHRD_APPLETLK"},
                                            {15, "ARPHRD_DLCI"},
                                            {19, "ARPHRD_ATM"},
                                            {23, "ARPHRD_METRICOM"},
                                            {24, "ARPHRD_IEEE1394"},
                                            {27, "ARPHRD_EUI64"},
                                            {32, "ARPHRD_INFINIBAND"},
                                            {256, "ARPHRD_SLIP"},
                                            {257, "ARPHRD_CSLIP"},
                                            {258, "ARPHRD_SLIP6"},
                                            {259, "ARPHRD_CSLIP6"},
                                            {260, "ARPHRD_RSRVD"},
                                            {264, "ARPHRD_ADAPT"},
                                            {270, "ARPHRD_ROSE"},
                                            {271, "ARPHRD_X25"},
                                            {272, "ARPHRD_HWX25"},
                                            {280, "ARPHRD_CAN"},
                                            {290, "ARPHRD_MCTP"},
                                            {512, "ARPHRD_PPP"},
                                            {513, "ARPHRD_CISCO"},
                                            {516, "ARPHRD_LAPB"},
                                            {517, "ARPHRD_DDCMP"},
                                            {518, "ARPHRD_RAWHDLC"},
                                            {519, "ARPHRD_RAWIP"},
                                            {768, "ARPHRD_TUNNEL"},
                                            {769, "ARPHRD_TUNNEL6"},
                                            {770, "ARPHRD_FRAD"},
                                            {771, "ARPHRD_SKIP"},
                                            {772, "ARPHRD_LOOPBACK"},
                                            {773, "ARPHRD_LOCALTLK"},
                                            {774, "ARPHRD_FDDI"},
                                            {775, "ARPHRD_BIF"},
                                            {776, "ARPHRD_SIT"},
                                            {777, "ARPHRD_IPDDP"},
                                            {778, "ARPHRD_IPGRE"},
                                            {779, "ARPHRD_PIMREG"},
                                            {780, "ARPHRD_HIPPI"},
                                            {781, "ARPHRD_ASH"},
                                            {782, "ARPHRD_ECONET"},
                                            {783, "ARPHRD_IRDA"},
                                            {784, "ARPHRD_FCPP"},
                                            {785, "ARPHRD_FCAL"},
                                            {786, "ARPHRD_FCPL"},
                                            {787, "ARPHRD_FCFABRIC"},
                                            {800, "ARPHRD_IEEE802_TR"},
                                            {801, "ARPHRD_IEEE80211"},
                                            {802, "ARPHRD_IEEE80211_PRISM"},
                                            {803, "ARPHRD_IEEE80211_RADIOTAP"},
                                            {804, "ARPHRD_IEEE802154"},
                                            {805, "ARPHRD_IEEE802154_MONITOR"},
                                            {820, "ARPHRD_PHONET"},
                                            {821, "ARPHRD_PHONET_PIPE"},
                                            {822, "ARPHRD_CAIF"},
                                            {823, "ARPHRD_IP6GRE"},
                                            {824, "ARPHRD_NETLINK"},
                                            {825, "ARPHRD_6LOWPAN"},
                                            {826, "ARPHRD_VSOCKMON"},
                                            {65534, "ARPHRD_NONE"},
                                            {65535, "ARPHRD_VOID"}};
constinit const Table hardware_types = table<hardware_types_rows>("ARPHRD_???");

// linux/if_packet.h
constexpr FlagName packet_types_rows[] = {
    {0, "PACKET_HOST"},     {1, "PACKET_BROADCAST"}, {2, "PACKET_MULTICAST"}, {3, "PACKET_OTHERHOST"},
    {4, "PACKET_OUTGOING"}, {5, "PACKET_LOOPBACK"},  {6, "PACKET_USER"},      {7, "PACKET_KERNEL"}};
constinit const Table packet_types = table<packet_types_rows>("PACKET_???");

// linux/vm_sockets.h
constexpr FlagName vsock_cids_rows[] = {{4294967295, "VMADDR_CID_ANY"},
                                        {0, "VMADDR_CID_HYPERVISOR"},
                                        {1, "VMADDR_CID_LOCAL"},
                                        {2, "VMADDR_CID_HOST"}};
constinit const Table vsock_cids = table<vsock_cids_rows>("VMADDR_CID_???");

// linux/vm_sockets.h
constexpr FlagName vsock_flags_rows[] = {{1, "VMADDR_FLAG_TO_HOST"}};
constinit const Table vsock_flags = table<vsock_flags_rows>("VMADDR_FLAG_???");

// kernel: include/net/bluetooth/bluetooth.h
constexpr FlagName bluetooth_protocols_rows[] = {
    {0, "BTPROTO_L2CAP"},  {1, "BTPROTO_HCI"},   {2, "BTPROTO_SCO"},
    {3, "BTPROTO_RFCOMM"}, {4, "BTPROTO_BNEP"},  {5, "BTPROTO_CMTP"},
    {6, "BTPROTO_HIDP"},   {7, "BTPROTO_AVDTP"}, {8, "BTPROTO_ISO"}};
constinit const Table bluetooth_protocols = table<bluetooth_protocols_rows>("BTPROTO_???");

// kernel: include/net/bluetooth/hci_sock.h
constexpr FlagName hci_channels_rows[] = {{0, "HCI_CHANNEL_RAW"},
                                          {1, "HCI_CHANNEL_USER"},
                                          {2, "HCI_CHANNEL_MONITOR"},
                                          {3, "HCI_CHANNEL_CONTROL"},
                                          {4, "HCI_CHANNEL_LOGGING"}};
constinit const Table hci_channels = table<hci_channels_rows>("HCI_CHANNEL_???");

// kernel: include/net/bluetooth/l2cap.h
constexpr FlagName l2cap_psms_rows[] = {{1, "L2CAP_PSM_SDP"},
                                        {3, "L2CAP_PSM_RFCOMM"},
                                        {31, "L2CAP_PSM_ATT"},
                                        {35, "L2CAP_PSM_3DSP"},
                                        {37, "L2CAP_PSM_IPSP"}};
constinit const Table l2cap_psms = table<l2cap_psms_rows>("L2CAP_PSM_???");

// kernel: include/net/bluetooth/l2cap.h
constexpr FlagName l2cap_cids_rows[] = {{1, "L2CAP_CID_SIGNALING"},    {2, "L2CAP_CID_CONN_LESS"},
                                        {3, "L2CAP_CID_A2MP"},         {4, "L2CAP_CID_ATT"},
                                        {5, "L2CAP_CID_LE_SIGNALING"}, {6, "L2CAP_CID_SMP"},
                                        {7, "L2CAP_CID_SMP_BREDR"}};
constinit const Table l2cap_cids = table<l2cap_cids_rows>("L2CAP_CID_???");

// kernel: include/net/bluetooth/bluetooth.h
constexpr FlagName bluetooth_address_types_rows[] = {
    {0, "BDADDR_BREDR"}, {1, "BDADDR_LE_PUBLIC"}, {2, "BDADDR_LE_RANDOM"}};
constinit const Table bluetooth_address_types = table<bluetooth_address_types_rows>("BDADDR_???");

// linux/can.h
constexpr FlagName can_protocols_rows[] = {{1, "CAN_RAW"},  {2, "CAN_BCM"},   {3, "CAN_TP16"},
                                           {4, "CAN_TP20"}, {5, "CAN_MCNET"}, {6, "CAN_ISOTP"},
                                           {7, "CAN_J1939"}};
constinit const Table can_protocols = table<can_protocols_rows>("CAN_???");

// linux/caif/caif_socket.h
constexpr FlagName caif_protocols_rows[] = {
    {0, "CAIFPROTO_AT"},   {1, "CAIFPROTO_DATAGRAM"}, {2, "CAIFPROTO_DATAGRAM_LOOP"},
    {3, "CAIFPROTO_UTIL"}, {4, "CAIFPROTO_RFM"},      {5, "CAIFPROTO_DEBUG"}};
constinit const Table caif_protocols = table<caif_protocols_rows>("CAIFPROTO_???");

// linux/mISDNif.h
constexpr FlagName isdn_protocols_rows[] = {
    {0, "ISDN_P_BASE"},      {1, "ISDN_P_TE_S0"},     {2, "ISDN_P_NT_S0"},    {3, "ISDN_P_TE_E1"},
    {4, "ISDN_P_NT_E1"},     {5, "ISDN_P_TE_UP0"},    {6, "ISDN_P_NT_UP0"},   {16, "ISDN_P_LAPD_TE"},
    {17, "ISDN_P_LAPD_NT"},  {32, "ISDN_P_B_MASK"},   {33, "ISDN_P_B_RAW"},   {34, "ISDN_P_B_HDLC"},
    {35, "ISDN_P_B_X75SLP"}, {36, "ISDN_P_B_L2DTMF"}, {37, "ISDN_P_B_L2DSP"}, {38, "ISDN_P_B_L2DSPHDLC"}};
constinit const Table isdn_protocols = table<isdn_protocols_rows>("ISDN_P_???");

// linux/phonet.h
constexpr FlagName phonet_protocols_rows[] = {
    {0, "PN_PROTO_TRANSPORT"}, {1, "PN_PROTO_PHONET"}, {2, "PN_PROTO_PIPE"}};
constinit const Table phonet_protocols = table<phonet_protocols_rows>("PN_PROTO_???");

// kernel: net/smc/smc.h
constexpr FlagName smc_protocols_rows[] = {{0, "SMCPROTO_SMC"}, {1, "SMCPROTO_SMC6"}};
constinit const Table smc_protocols = table<smc_protocols_rows>("SMCPROTO_???");

// linux/kcm.h
constexpr FlagName kcm_protocols_rows[] = {{0, "KCMPROTO_CONNECTED"}};
constinit const Table kcm_protocols = table<kcm_protocols_rows>("KCMPROTO_???");

// kernel: include/linux/socket.h, asm-generic/socket.h
constexpr FlagName control_types_rows[] = {
    {1, "SCM_RIGHTS"},          {2, "SCM_CREDENTIALS"},     {3, "SCM_SECURITY"}, {4, "SCM_PIDFD"},
    {29, "SO_TIMESTAMP_OLD"},   {35, "SO_TIMESTAMPNS_OLD"}, {36, "SO_MARK"},     {37, "SO_TIMESTAMPING_OLD"},
    {40, "SO_RXQ_OVFL"},        {41, "SO_WIFI_STATUS"},     {61, "SO_TXTIME"},   {63, "SO_TIMESTAMP_NEW"},
    {64, "SO_TIMESTAMPNS_NEW"}, {65, "SO_TIMESTAMPING_NEW"}};
constinit const Table control_types = table<control_types_rows>("SCM_???");

// linux/in.h
constexpr FlagName ip_control_types_rows[] = {
    {1, "IP_TOS"},       {2, "IP_TTL"},          {6, "IP_RECVOPTS"}, {7, "IP_RETOPTS"},
    {8, "IP_PKTINFO"},   {10, "SCM_SECURITY"},   {11, "IP_RECVERR"}, {20, "IP_ORIGDSTADDR"},
    {23, "IP_CHECKSUM"}, {25, "IP_RECVFRAGSIZE"}};
constinit const Table ip_control_types = table<ip_control_types_rows>("IP_???");

// linux/in6.h
constexpr FlagName ipv6_control_types_rows[] = {
    {2, "IPV6_2292PKTINFO"},  {8, "IPV6_2292HOPLIMIT"}, {11, "IPV6_FLOWINFO"}, {25, "IPV6_RECVERR"},
    {50, "IPV6_PKTINFO"},     {52, "IPV6_HOPLIMIT"},    {54, "IPV6_HOPOPTS"},  {57, "IPV6_RTHDR"},
    {59, "IPV6_DSTOPTS"},     {61, "IPV6_PATHMTU"},     {67, "IPV6_TCLASS"},   {74, "IPV6_ORIGDSTADDR"},
    {77, "IPV6_RECVFRAGSIZE"}};
constinit const Table ipv6_control_types = table<ipv6_control_types_rows>("IPV6_???");

}  // namespace ptop::decode
