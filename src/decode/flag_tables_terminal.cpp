// Tables of constants: terminals.
#include "ioctl_tables.hpp"

namespace ptop::decode {

// asm-generic/termbits.h
constexpr FlagName terminal_input_flags_rows[] = {
    {0x1, "IGNBRK"},  {0x2, "BRKINT"},  {0x4, "IGNPAR"},   {0x8, "PARMRK"},     {0x10, "INPCK"},
    {0x20, "ISTRIP"}, {0x40, "INLCR"},  {0x80, "IGNCR"},   {0x100, "ICRNL"},    {0x200, "IUCLC"},
    {0x400, "IXON"},  {0x800, "IXANY"}, {0x1000, "IXOFF"}, {0x2000, "IMAXBEL"}, {0x4000, "IUTF8"}};
constinit const Table terminal_input_flags = table<terminal_input_flags_rows>("I??");

// asm-generic/termbits.h
constexpr FlagName terminal_output_flags_rows[] = {{0, "NL0", 0400},
                                                   {0400, "NL1", 0400},
                                                   {0, "CR0", 03000},
                                                   {01000, "CR1", 03000},
                                                   {02000, "CR2", 03000},
                                                   {03000, "CR3", 03000},
                                                   {0, "TAB0", 014000},
                                                   {04000, "TAB1", 014000},
                                                   {010000, "TAB2", 014000},
                                                   {014000, "TAB3", 014000},
                                                   {0, "BS0", 020000},
                                                   {020000, "BS1", 020000},
                                                   {0, "VT0", 040000},
                                                   {040000, "VT1", 040000},
                                                   {0, "FF0", 0100000},
                                                   {0100000, "FF1", 0100000},
                                                   {1, "OPOST"},
                                                   {2, "OLCUC"},
                                                   {4, "ONLCR"},
                                                   {8, "OCRNL"},
                                                   {0x10, "ONOCR"},
                                                   {0x20, "ONLRET"},
                                                   {0x40, "OFILL"},
                                                   {0x80, "OFDEL"}};
constinit const Table terminal_output_flags = table<terminal_output_flags_rows>("O??");

// asm-generic/termbits.h
constexpr FlagName terminal_control_flags_rows[] = {{0x0, "B0", 0x100f},
                                                    {0x1, "B50", 0x100f},
                                                    {0x2, "B75", 0x100f},
                                                    {0x3, "B110", 0x100f},
                                                    {0x4, "B134", 0x100f},
                                                    {0x5, "B150", 0x100f},
                                                    {0x6, "B200", 0x100f},
                                                    {0x7, "B300", 0x100f},
                                                    {0x8, "B600", 0x100f},
                                                    {0x9, "B1200", 0x100f},
                                                    {0xa, "B1800", 0x100f},
                                                    {0xb, "B2400", 0x100f},
                                                    {0xc, "B4800", 0x100f},
                                                    {0xd, "B9600", 0x100f},
                                                    {0xe, "B19200", 0x100f},
                                                    {0xf, "B38400", 0x100f},
                                                    {0x1000, "BOTHER", 0x100f},
                                                    {0x1001, "B57600", 0x100f},
                                                    {0x1002, "B115200", 0x100f},
                                                    {0x1003, "B230400", 0x100f},
                                                    {0x1004, "B460800", 0x100f},
                                                    {0x1005, "B500000", 0x100f},
                                                    {0x1006, "B576000", 0x100f},
                                                    {0x1007, "B921600", 0x100f},
                                                    {0x1008, "B1000000", 0x100f},
                                                    {0x1009, "B1152000", 0x100f},
                                                    {0x100a, "B1500000", 0x100f},
                                                    {0x100b, "B2000000", 0x100f},
                                                    {0x100c, "B2500000", 0x100f},
                                                    {0x100d, "B3000000", 0x100f},
                                                    {0x100e, "B3500000", 0x100f},
                                                    {0x100f, "B4000000", 0x100f},
                                                    {0, "CS5", 0x30},
                                                    {0x10, "CS6", 0x30},
                                                    {0x20, "CS7", 0x30},
                                                    {0x30, "CS8", 0x30},
                                                    {0x40, "CSTOPB"},
                                                    {0x80, "CREAD"},
                                                    {0x100, "PARENB"},
                                                    {0x200, "PARODD"},
                                                    {0x400, "HUPCL"},
                                                    {0x800, "CLOCAL"},
                                                    {0x20000000, "ADDRB"},
                                                    {0x40000000, "CMSPAR"},
                                                    {0x80000000, "CRTSCTS"}};
constinit const Table terminal_control_flags = table<terminal_control_flags_rows>("C??");

// asm-generic/termbits.h
constexpr FlagName terminal_local_flags_rows[] = {
    {1, "ISIG"},        {2, "ICANON"},      {4, "XCASE"},       {8, "ECHO"},
    {0x10, "ECHOE"},    {0x20, "ECHOK"},    {0x40, "ECHONL"},   {0x80, "NOFLSH"},
    {0x8000, "IEXTEN"}, {0x200, "ECHOCTL"}, {0x400, "ECHOPRT"}, {0x800, "ECHOKE"},
    {0x1000, "FLUSHO"}, {0x4000, "PENDIN"}, {0x100, "TOSTOP"},  {0x10000, "EXTPROC"}};
constinit const Table terminal_local_flags = table<terminal_local_flags_rows>("L??");

// linux/tty.h
constexpr FlagName line_disciplines_rows[] = {
    {0, "N_TTY"},           {1, "N_SLIP"},         {2, "N_MOUSE"},         {3, "N_PPP"},
    {4, "N_STRIP"},         {5, "N_AX25"},         {6, "N_X25"},           {7, "N_6PACK"},
    {8, "N_MASC"},          {9, "N_R3964"},        {10, "N_PROFIBUS_FDL"}, {11, "N_IRDA"},
    {12, "N_SMSBLOCK"},     {13, "N_HDLC"},        {14, "N_SYNC_PPP"},     {15, "N_HCI"},
    {16, "N_GIGASET_M101"}, {17, "N_SLCAN"},       {18, "N_PPS"},          {19, "N_V253"},
    {20, "N_CAIF"},         {21, "N_GSM0710"},     {22, "N_TI_WL"},        {23, "N_TRACESINK"},
    {24, "N_TRACEROUTER"},  {25, "N_NCI"},         {26, "N_SPEAKUP"},      {27, "N_NULL"},
    {28, "N_MCTP"},         {29, "N_DEVELOPMENT"}, {30, "N_CAN327"}};
constinit const Table line_disciplines = table<line_disciplines_rows>("N_???");

// asm-generic/termios.h
constexpr FlagName modem_lines_rows[] = {
    {0x1, "TIOCM_LE"},    {0x2, "TIOCM_DTR"},     {0x4, "TIOCM_RTS"},     {0x8, "TIOCM_ST"},
    {0x10, "TIOCM_SR"},   {0x20, "TIOCM_CTS"},    {0x40, "TIOCM_CAR"},    {0x80, "TIOCM_RNG"},
    {0x100, "TIOCM_DSR"}, {0x2000, "TIOCM_OUT1"}, {0x4000, "TIOCM_OUT2"}, {0x8000, "TIOCM_LOOP"}};
constinit const Table modem_lines = table<modem_lines_rows>("TIOCM_???");

// asm-generic/termbits.h
constexpr FlagName flow_actions_rows[] = {{0, "TCOOFF"}, {1, "TCOON"}, {2, "TCIOFF"}, {3, "TCION"}};
constinit const Table flow_actions = table<flow_actions_rows>("TC???");

// asm-generic/termbits.h
constexpr FlagName flush_queues_rows[] = {{0, "TCIFLUSH"}, {1, "TCOFLUSH"}, {2, "TCIOFLUSH"}};
constinit const Table flush_queues = table<flush_queues_rows>("TC???");

}  // namespace ptop::decode
