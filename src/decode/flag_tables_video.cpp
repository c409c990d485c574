// Tables of constants: Video4Linux.
#include "ioctl_tables.hpp"

namespace ptop::decode {

// linux/videodev2.h
constexpr FlagName video_buffer_types_rows[] = {
    {0x1, "V4L2_BUF_TYPE_VIDEO_CAPTURE"},        {0x2, "V4L2_BUF_TYPE_VIDEO_OUTPUT"},
    {0x3, "V4L2_BUF_TYPE_VIDEO_OVERLAY"},        {0x4, "V4L2_BUF_TYPE_VBI_CAPTURE"},
    {0x5, "V4L2_BUF_TYPE_VBI_OUTPUT"},           {0x6, "V4L2_BUF_TYPE_SLICED_VBI_CAPTURE"},
    {0x7, "V4L2_BUF_TYPE_SLICED_VBI_OUTPUT"},    {0x8, "V4L2_BUF_TYPE_VIDEO_OUTPUT_OVERLAY"},
    {0x9, "V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE"}, {0xa, "V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE"},
    {0xb, "V4L2_BUF_TYPE_SDR_CAPTURE"},          {0xc, "V4L2_BUF_TYPE_SDR_OUTPUT"},
    {0xd, "V4L2_BUF_TYPE_META_CAPTURE"},         {0xe, "V4L2_BUF_TYPE_META_OUTPUT"}};
constinit const Table video_buffer_types = table<video_buffer_types_rows>("V4L2_BUF_TYPE_???");

// linux/videodev2.h
constexpr FlagName video_fields_rows[] = {
    {0x0, "V4L2_FIELD_ANY"},          {0x1, "V4L2_FIELD_NONE"},       {0x2, "V4L2_FIELD_TOP"},
    {0x3, "V4L2_FIELD_BOTTOM"},       {0x4, "V4L2_FIELD_INTERLACED"}, {0x5, "V4L2_FIELD_SEQ_TB"},
    {0x6, "V4L2_FIELD_SEQ_BT"},       {0x7, "V4L2_FIELD_ALTERNATE"},  {0x8, "V4L2_FIELD_INTERLACED_TB"},
    {0x9, "V4L2_FIELD_INTERLACED_BT"}};
constinit const Table video_fields = table<video_fields_rows>("V4L2_FIELD_???");

// linux/videodev2.h
constexpr FlagName video_colorspaces_rows[] = {
    {0x0, "V4L2_COLORSPACE_DEFAULT"},       {0x1, "V4L2_COLORSPACE_SMPTE170M"},
    {0x2, "V4L2_COLORSPACE_SMPTE240M"},     {0x3, "V4L2_COLORSPACE_REC709"},
    {0x4, "V4L2_COLORSPACE_BT878"},         {0x5, "V4L2_COLORSPACE_470_SYSTEM_M"},
    {0x6, "V4L2_COLORSPACE_470_SYSTEM_BG"}, {0x7, "V4L2_COLORSPACE_JPEG"},
    {0x8, "V4L2_COLORSPACE_SRGB"},          {0x9, "V4L2_COLORSPACE_OPRGB"},
    {0xa, "V4L2_COLORSPACE_BT2020"},        {0xb, "V4L2_COLORSPACE_RAW"},
    {0xc, "V4L2_COLORSPACE_DCI_P3"}};
constinit const Table video_colorspaces = table<video_colorspaces_rows>("V4L2_COLORSPACE_???");

// linux/videodev2.h
constexpr FlagName video_memories_rows[] = {{0x1, "V4L2_MEMORY_MMAP"},
                                            {0x2, "V4L2_MEMORY_USERPTR"},
                                            {0x3, "V4L2_MEMORY_OVERLAY"},
                                            {0x4, "V4L2_MEMORY_DMABUF"}};
constinit const Table video_memories = table<video_memories_rows>("V4L2_MEMORY_???");

// linux/videodev2.h
constexpr FlagName video_tuners_rows[] = {{0x1, "V4L2_TUNER_RADIO"},
                                          {0x2, "V4L2_TUNER_ANALOG_TV"},
                                          {0x3, "V4L2_TUNER_DIGITAL_TV"},
                                          {0x4, "V4L2_TUNER_SDR"},
                                          {0x5, "V4L2_TUNER_RF"}};
constinit const Table video_tuners = table<video_tuners_rows>("V4L2_TUNER_???");

// linux/videodev2.h
constexpr FlagName video_control_types_rows[] = {{0x1, "V4L2_CTRL_TYPE_INTEGER"},
                                                 {0x2, "V4L2_CTRL_TYPE_BOOLEAN"},
                                                 {0x3, "V4L2_CTRL_TYPE_MENU"},
                                                 {0x4, "V4L2_CTRL_TYPE_BUTTON"},
                                                 {0x5, "V4L2_CTRL_TYPE_INTEGER64"},
                                                 {0x6, "V4L2_CTRL_TYPE_CTRL_CLASS"},
                                                 {0x7, "V4L2_CTRL_TYPE_STRING"},
                                                 {0x8, "V4L2_CTRL_TYPE_BITMASK"},
                                                 {0x9, "V4L2_CTRL_TYPE_INTEGER_MENU"},
                                                 {0x100, "V4L2_CTRL_TYPE_U8"},
                                                 {0x101, "V4L2_CTRL_TYPE_U16"},
                                                 {0x102, "V4L2_CTRL_TYPE_U32"},
                                                 {0x106, "V4L2_CTRL_TYPE_AREA"},
                                                 {0x110, "V4L2_CTRL_TYPE_HDR10_CLL_INFO"},
                                                 {0x111, "V4L2_CTRL_TYPE_HDR10_MASTERING_DISPLAY"},
                                                 {0x200, "V4L2_CTRL_TYPE_H264_SPS"},
                                                 {0x201, "V4L2_CTRL_TYPE_H264_PPS"},
                                                 {0x202, "V4L2_CTRL_TYPE_H264_SCALING_MATRIX"},
                                                 {0x203, "V4L2_CTRL_TYPE_H264_SLICE_PARAMS"},
                                                 {0x204, "V4L2_CTRL_TYPE_H264_DECODE_PARAMS"},
                                                 {0x205, "V4L2_CTRL_TYPE_H264_PRED_WEIGHTS"},
                                                 {0x220, "V4L2_CTRL_TYPE_FWHT_PARAMS"},
                                                 {0x240, "V4L2_CTRL_TYPE_VP8_FRAME"},
                                                 {0x250, "V4L2_CTRL_TYPE_MPEG2_QUANTISATION"},
                                                 {0x251, "V4L2_CTRL_TYPE_MPEG2_SEQUENCE"},
                                                 {0x252, "V4L2_CTRL_TYPE_MPEG2_PICTURE"},
                                                 {0x260, "V4L2_CTRL_TYPE_VP9_COMPRESSED_HDR"},
                                                 {0x261, "V4L2_CTRL_TYPE_VP9_FRAME"},
                                                 {0x270, "V4L2_CTRL_TYPE_HEVC_SPS"},
                                                 {0x271, "V4L2_CTRL_TYPE_HEVC_PPS"},
                                                 {0x272, "V4L2_CTRL_TYPE_HEVC_SLICE_PARAMS"},
                                                 {0x273, "V4L2_CTRL_TYPE_HEVC_SCALING_MATRIX"},
                                                 {0x274, "V4L2_CTRL_TYPE_HEVC_DECODE_PARAMS"}};
constinit const Table video_control_types = table<video_control_types_rows>("V4L2_CTRL_TYPE_???");

// linux/videodev2.h
constexpr FlagName video_size_types_rows[] = {{0x1, "V4L2_FRMSIZE_TYPE_DISCRETE"},
                                              {0x2, "V4L2_FRMSIZE_TYPE_CONTINUOUS"},
                                              {0x3, "V4L2_FRMSIZE_TYPE_STEPWISE"}};
constinit const Table video_size_types = table<video_size_types_rows>("V4L2_FRMSIZE_TYPE_???");

// linux/videodev2.h
constexpr FlagName video_interval_types_rows[] = {{0x1, "V4L2_FRMIVAL_TYPE_DISCRETE"},
                                                  {0x2, "V4L2_FRMIVAL_TYPE_CONTINUOUS"},
                                                  {0x3, "V4L2_FRMIVAL_TYPE_STEPWISE"}};
constinit const Table video_interval_types = table<video_interval_types_rows>("V4L2_FRMIVAL_TYPE_???");

// linux/videodev2.h
constexpr FlagName video_capabilities_rows[] = {{0x1, "V4L2_CAP_VIDEO_CAPTURE"},
                                                {0x2, "V4L2_CAP_VIDEO_OUTPUT"},
                                                {0x4, "V4L2_CAP_VIDEO_OVERLAY"},
                                                {0x10, "V4L2_CAP_VBI_CAPTURE"},
                                                {0x20, "V4L2_CAP_VBI_OUTPUT"},
                                                {0x40, "V4L2_CAP_SLICED_VBI_CAPTURE"},
                                                {0x80, "V4L2_CAP_SLICED_VBI_OUTPUT"},
                                                {0x100, "V4L2_CAP_RDS_CAPTURE"},
                                                {0x200, "V4L2_CAP_VIDEO_OUTPUT_OVERLAY"},
                                                {0x400, "V4L2_CAP_HW_FREQ_SEEK"},
                                                {0x800, "V4L2_CAP_RDS_OUTPUT"},
                                                {0x1000, "V4L2_CAP_VIDEO_CAPTURE_MPLANE"},
                                                {0x2000, "V4L2_CAP_VIDEO_OUTPUT_MPLANE"},
                                                {0x4000, "V4L2_CAP_VIDEO_M2M_MPLANE"},
                                                {0x8000, "V4L2_CAP_VIDEO_M2M"},
                                                {0x10000, "V4L2_CAP_TUNER"},
                                                {0x20000, "V4L2_CAP_AUDIO"},
                                                {0x40000, "V4L2_CAP_RADIO"},
                                                {0x80000, "V4L2_CAP_MODULATOR"},
                                                {0x100000, "V4L2_CAP_SDR_CAPTURE"},
                                                {0x200000, "V4L2_CAP_EXT_PIX_FORMAT"},
                                                {0x400000, "V4L2_CAP_SDR_OUTPUT"},
                                                {0x800000, "V4L2_CAP_META_CAPTURE"},
                                                {0x1000000, "V4L2_CAP_READWRITE"},
                                                {0x4000000, "V4L2_CAP_STREAMING"},
                                                {0x8000000, "V4L2_CAP_META_OUTPUT"},
                                                {0x10000000, "V4L2_CAP_TOUCH"},
                                                {0x20000000, "V4L2_CAP_IO_MC"},
                                                {0x80000000, "V4L2_CAP_DEVICE_CAPS"},
                                                {0x2000000, "V4L2_CAP_ASYNCIO"}};
constinit const Table video_capabilities = table<video_capabilities_rows>("V4L2_CAP_???");

// linux/videodev2.h
constexpr FlagName video_format_flags_rows[] = {{0x1, "V4L2_FMT_FLAG_COMPRESSED"},
                                                {0x2, "V4L2_FMT_FLAG_EMULATED"},
                                                {0x4, "V4L2_FMT_FLAG_CONTINUOUS_BYTESTREAM"},
                                                {0x8, "V4L2_FMT_FLAG_DYN_RESOLUTION"},
                                                {0x10, "V4L2_FMT_FLAG_ENC_CAP_FRAME_INTERVAL"},
                                                {0x20, "V4L2_FMT_FLAG_CSC_COLORSPACE"},
                                                {0x40, "V4L2_FMT_FLAG_CSC_XFER_FUNC"},
                                                {0x80, "V4L2_FMT_FLAG_CSC_YCBCR_ENC"},
                                                {0x100, "V4L2_FMT_FLAG_CSC_QUANTIZATION"}};
constinit const Table video_format_flags = table<video_format_flags_rows>("V4L2_FMT_FLAG_???");

// linux/videodev2.h
constexpr FlagName video_vbi_flags_rows[] = {{0x1, "V4L2_VBI_UNSYNC"}, {0x2, "V4L2_VBI_INTERLACED"}};
constinit const Table video_vbi_flags = table<video_vbi_flags_rows>("V4L2_VBI_???");

// linux/videodev2.h
constexpr FlagName video_sliced_services_rows[] = {{0x4401, "V4L2_SLICED_VBI_625"},
                                                   {0x1, "V4L2_SLICED_TELETEXT_B"},
                                                   {0x400, "V4L2_SLICED_VPS"},
                                                   {0x1000, "V4L2_SLICED_CAPTION_525"},
                                                   {0x4000, "V4L2_SLICED_WSS_625"}};
constinit const Table video_sliced_services = table<video_sliced_services_rows>("V4L2_SLICED_???");

// linux/videodev2.h
constexpr FlagName video_frame_capabilities_rows[] = {{0x1000, "V4L2_CAP_TIMEPERFRAME"}};
constinit const Table video_frame_capabilities = table<video_frame_capabilities_rows>("V4L2_CAP_???");

// linux/videodev2.h
constexpr FlagName video_modes_rows[] = {{0x1, "V4L2_MODE_HIGHQUALITY"}};
constinit const Table video_modes = table<video_modes_rows>("V4L2_MODE_???");

// linux/videodev2.h
constexpr FlagName video_input_types_rows[] = {
    {0x1, "V4L2_INPUT_TYPE_TUNER"}, {0x2, "V4L2_INPUT_TYPE_CAMERA"}, {0x3, "V4L2_INPUT_TYPE_TOUCH"}};
constinit const Table video_input_types = table<video_input_types_rows>("V4L2_INPUT_TYPE_???");

// linux/videodev2.h
constexpr FlagName video_input_states_rows[] = {{0x1, "V4L2_IN_ST_NO_POWER"},
                                                {0x2, "V4L2_IN_ST_NO_SIGNAL"},
                                                {0x4, "V4L2_IN_ST_NO_COLOR"},
                                                {0x10, "V4L2_IN_ST_HFLIP"},
                                                {0x20, "V4L2_IN_ST_VFLIP"},
                                                {0x100, "V4L2_IN_ST_NO_H_LOCK"},
                                                {0x200, "V4L2_IN_ST_COLOR_KILL"},
                                                {0x400, "V4L2_IN_ST_NO_V_LOCK"},
                                                {0x800, "V4L2_IN_ST_NO_STD_LOCK"},
                                                {0x10000, "V4L2_IN_ST_NO_SYNC"},
                                                {0x20000, "V4L2_IN_ST_NO_EQU"},
                                                {0x40000, "V4L2_IN_ST_NO_CARRIER"},
                                                {0x1000000, "V4L2_IN_ST_MACROVISION"},
                                                {0x2000000, "V4L2_IN_ST_NO_ACCESS"},
                                                {0x4000000, "V4L2_IN_ST_VTR"}};
constinit const Table video_input_states = table<video_input_states_rows>("V4L2_IN_ST_???");

// linux/videodev2.h
constexpr FlagName video_input_capabilities_rows[] = {
    {0x2, "V4L2_IN_CAP_DV_TIMINGS"}, {0x4, "V4L2_IN_CAP_STD"}, {0x8, "V4L2_IN_CAP_NATIVE_SIZE"}};
constinit const Table video_input_capabilities = table<video_input_capabilities_rows>("V4L2_IN_CAP_???");

// linux/videodev2.h
constexpr FlagName video_standards_rows[] = {{0x1, "V4L2_STD_PAL_B"},
                                             {0x2, "V4L2_STD_PAL_B1"},
                                             {0x4, "V4L2_STD_PAL_G"},
                                             {0x8, "V4L2_STD_PAL_H"},
                                             {0x10, "V4L2_STD_PAL_I"},
                                             {0x20, "V4L2_STD_PAL_D"},
                                             {0x40, "V4L2_STD_PAL_D1"},
                                             {0x80, "V4L2_STD_PAL_K"},
                                             {0x100, "V4L2_STD_PAL_M"},
                                             {0x200, "V4L2_STD_PAL_N"},
                                             {0x400, "V4L2_STD_PAL_Nc"},
                                             {0x800, "V4L2_STD_PAL_60"},
                                             {0x1000, "V4L2_STD_NTSC_M"},
                                             {0x2000, "V4L2_STD_NTSC_M_JP"},
                                             {0x4000, "V4L2_STD_NTSC_443"},
                                             {0x8000, "V4L2_STD_NTSC_M_KR"},
                                             {0x10000, "V4L2_STD_SECAM_B"},
                                             {0x20000, "V4L2_STD_SECAM_D"},
                                             {0x40000, "V4L2_STD_SECAM_G"},
                                             {0x80000, "V4L2_STD_SECAM_H"},
                                             {0x100000, "V4L2_STD_SECAM_K"},
                                             {0x200000, "V4L2_STD_SECAM_K1"},
                                             {0x400000, "V4L2_STD_SECAM_L"},
                                             {0x800000, "V4L2_STD_SECAM_LC"},
                                             {0x1000000, "V4L2_STD_ATSC_8_VSB"},
                                             {0x2000000, "V4L2_STD_ATSC_16_VSB"}};
constinit const Table video_standards = table<video_standards_rows>("V4L2_STD_???");

// linux/videodev2.h
constexpr FlagName video_tuner_capabilities_rows[] = {{0x1, "V4L2_TUNER_CAP_LOW"},
                                                      {0x2, "V4L2_TUNER_CAP_NORM"},
                                                      {0x4, "V4L2_TUNER_CAP_HWSEEK_BOUNDED"},
                                                      {0x8, "V4L2_TUNER_CAP_HWSEEK_WRAP"},
                                                      {0x10, "V4L2_TUNER_CAP_STEREO"},
                                                      {0x20, "V4L2_TUNER_CAP_LANG2"},
                                                      {0x40, "V4L2_TUNER_CAP_LANG1"},
                                                      {0x80, "V4L2_TUNER_CAP_RDS"},
                                                      {0x100, "V4L2_TUNER_CAP_RDS_BLOCK_IO"},
                                                      {0x200, "V4L2_TUNER_CAP_RDS_CONTROLS"},
                                                      {0x400, "V4L2_TUNER_CAP_FREQ_BANDS"},
                                                      {0x800, "V4L2_TUNER_CAP_HWSEEK_PROG_LIM"},
                                                      {0x1000, "V4L2_TUNER_CAP_1HZ"}};
constinit const Table video_tuner_capabilities = table<video_tuner_capabilities_rows>("V4L2_TUNER_CAP_???");

// linux/videodev2.h
constexpr FlagName video_tuner_channels_rows[] = {{0x1, "V4L2_TUNER_SUB_MONO"},
                                                  {0x2, "V4L2_TUNER_SUB_STEREO"},
                                                  {0x4, "V4L2_TUNER_SUB_LANG2"},
                                                  {0x8, "V4L2_TUNER_SUB_LANG1"},
                                                  {0x10, "V4L2_TUNER_SUB_RDS"}};
constinit const Table video_tuner_channels = table<video_tuner_channels_rows>("V4L2_TUNER_SUB_???");

// linux/videodev2.h
constexpr FlagName video_audio_modes_rows[] = {{0x0, "V4L2_TUNER_MODE_MONO"},
                                               {0x1, "V4L2_TUNER_MODE_STEREO"},
                                               {0x2, "V4L2_TUNER_MODE_LANG2"},
                                               {0x3, "V4L2_TUNER_MODE_LANG1"},
                                               {0x4, "V4L2_TUNER_MODE_LANG1_LANG2"}};
constinit const Table video_audio_modes = table<video_audio_modes_rows>("V4L2_TUNER_MODE_???");

// linux/videodev2.h
constexpr FlagName video_control_flags_rows[] = {
    {0x1, "V4L2_CTRL_FLAG_DISABLED"},        {0x2, "V4L2_CTRL_FLAG_GRABBED"},
    {0x4, "V4L2_CTRL_FLAG_READ_ONLY"},       {0x8, "V4L2_CTRL_FLAG_UPDATE"},
    {0x10, "V4L2_CTRL_FLAG_INACTIVE"},       {0x20, "V4L2_CTRL_FLAG_SLIDER"},
    {0x40, "V4L2_CTRL_FLAG_WRITE_ONLY"},     {0x80, "V4L2_CTRL_FLAG_VOLATILE"},
    {0x100, "V4L2_CTRL_FLAG_HAS_PAYLOAD"},   {0x200, "V4L2_CTRL_FLAG_EXECUTE_ON_WRITE"},
    {0x400, "V4L2_CTRL_FLAG_MODIFY_LAYOUT"}, {0x800, "V4L2_CTRL_FLAG_DYNAMIC_ARRAY"}};
constinit const Table video_control_flags = table<video_control_flags_rows>("V4L2_CTRL_FLAG_???");

// linux/videodev2.h
constexpr FlagName video_next_controls_rows[] = {{0x80000000, "V4L2_CTRL_FLAG_NEXT_CTRL"},
                                                 {0x40000000, "V4L2_CTRL_FLAG_NEXT_COMPOUND"}};
constinit const Table video_next_controls = table<video_next_controls_rows>("V4L2_CTRL_FLAG_NEXT_???");

// linux/v4l2-controls.h
constexpr FlagName video_control_classes_rows[] = {{0x980000, "V4L2_CTRL_CLASS_USER"},
                                                   {0x990000, "V4L2_CTRL_CLASS_CODEC"},
                                                   {0x9a0000, "V4L2_CTRL_CLASS_CAMERA"},
                                                   {0x9b0000, "V4L2_CTRL_CLASS_FM_TX"},
                                                   {0x9c0000, "V4L2_CTRL_CLASS_FLASH"},
                                                   {0x9d0000, "V4L2_CTRL_CLASS_JPEG"},
                                                   {0x9e0000, "V4L2_CTRL_CLASS_IMAGE_SOURCE"},
                                                   {0x9f0000, "V4L2_CTRL_CLASS_IMAGE_PROC"},
                                                   {0xa00000, "V4L2_CTRL_CLASS_DV"},
                                                   {0xa10000, "V4L2_CTRL_CLASS_FM_RX"},
                                                   {0xa20000, "V4L2_CTRL_CLASS_RF_TUNER"},
                                                   {0xa30000, "V4L2_CTRL_CLASS_DETECT"},
                                                   {0xa40000, "V4L2_CTRL_CLASS_CODEC_STATELESS"},
                                                   {0xa50000, "V4L2_CTRL_CLASS_COLORIMETRY"}};
constinit const Table video_control_classes = table<video_control_classes_rows>("V4L2_CTRL_CLASS_???");

// linux/videodev2.h
constexpr FlagName video_buffer_flags_rows[] = {{0x1, "V4L2_BUF_FLAG_MAPPED"},
                                                {0x2, "V4L2_BUF_FLAG_QUEUED"},
                                                {0x4, "V4L2_BUF_FLAG_DONE"},
                                                {0x8, "V4L2_BUF_FLAG_KEYFRAME"},
                                                {0x10, "V4L2_BUF_FLAG_PFRAME"},
                                                {0x20, "V4L2_BUF_FLAG_BFRAME"},
                                                {0x40, "V4L2_BUF_FLAG_ERROR"},
                                                {0x80, "V4L2_BUF_FLAG_IN_REQUEST"},
                                                {0x100, "V4L2_BUF_FLAG_TIMECODE"},
                                                {0x200, "V4L2_BUF_FLAG_M2M_HOLD_CAPTURE_BUF"},
                                                {0x400, "V4L2_BUF_FLAG_PREPARED"},
                                                {0x800, "V4L2_BUF_FLAG_NO_CACHE_INVALIDATE"},
                                                {0x1000, "V4L2_BUF_FLAG_NO_CACHE_CLEAN"},
                                                {0x100000, "V4L2_BUF_FLAG_LAST"},
                                                {0x800000, "V4L2_BUF_FLAG_REQUEST_FD"},
                                                {0x0, "V4L2_BUF_FLAG_TIMESTAMP_UNKNOWN", 0xe000},
                                                {0x2000, "V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC", 0xe000},
                                                {0x4000, "V4L2_BUF_FLAG_TIMESTAMP_COPY", 0xe000},
                                                {0x0, "V4L2_BUF_FLAG_TSTAMP_SRC_EOF", 0x70000},
                                                {0x10000, "V4L2_BUF_FLAG_TSTAMP_SRC_SOE", 0x70000}};
constinit const Table video_buffer_flags = table<video_buffer_flags_rows>("V4L2_BUF_FLAG_???");

}  // namespace ptop::decode
