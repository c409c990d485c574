// parse_status: lines by key, in any order, with any of the optional ones missing.
#include "ptop/procfs/status.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

const std::string required = "Tgid:\t10\nPid:\t11\nPPid:\t9\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\n";

}  // namespace

TEST_CASE("parse_status: every line lands in its place", "[procfs]") {
  const auto s = parse_status(
      "Name:\tTgid:\\n\nUmask:\t0022\nState:\tS (sleeping)\n" + required +
      "TracerPid:\t77\nFDSize:\t256\nGroups:\t4 24 1000 \nNStgid:\t10\t2\nNSpid:\t11\t3\nNSpgid:\t10\t0\n"
      "NSsid:\t9\t0\nVmPeak:\t    3060 kB\nVmSize:\t 1 kB\nVmLck:\t 2 kB\nVmPin:\t 3 kB\nVmHWM:\t 4 kB\n"
      "VmRSS:\t 5 kB\nRssAnon:\t 6 kB\nRssFile:\t 7 kB\nRssShmem:\t 8 kB\nVmData:\t 9 kB\nVmStk:\t 10 kB\n"
      "VmExe:\t 11 kB\nVmLib:\t 12 kB\nVmPTE:\t 13 kB\nVmSwap:\t 14 kB\nCoreDumping:\t1\nThreads:\t5\n"
      "SigQ:\t1/96365\nSigPnd:\t0000000000000001\nShdPnd:\t0000000000000002\nSigBlk:\t0000000000010000\n"
      "SigIgn:\t0000000000000003\nSigCgt:\tffffffffffffffff\nCapInh:\t0000000000000001\nCapPrm:"
      "\t000001ffffffffff\n"
      "CapEff:\t0000000000000004\nCapBnd:\t0000000000000005\nCapAmb:\t0000000000000006\nNoNewPrivs:\t1\n"
      "Seccomp:\t2\nSeccomp_filters:\t3\nvoluntary_ctxt_switches:\t21\nnonvoluntary_ctxt_switches:\t22\n");
  REQUIRE(s);
  CHECK(s->umask == 022);
  CHECK(s->tgid == Pid(10));
  CHECK(s->pid == Tid(11));
  CHECK(s->ppid == Pid(9));
  CHECK(s->tracer_pid == Pid(77));
  CHECK(
      (s->uid.real == Uid(1) && s->uid.effective == Uid(2) && s->uid.saved == Uid(3) && s->uid.fs == Uid(4)));
  CHECK(
      (s->gid.real == Gid(5) && s->gid.effective == Gid(6) && s->gid.saved == Gid(7) && s->gid.fs == Gid(8)));
  CHECK(s->groups == std::vector{Gid(4), Gid(24), Gid(1000)});
  CHECK(s->ns_tgid == std::vector{Pid(10), Pid(2)});
  CHECK(s->ns_pid == std::vector{Pid(11), Pid(3)});
  CHECK(s->ns_pgid == std::vector{Pid(10), Pid(0)});
  CHECK(s->ns_sid == std::vector{Pid(9), Pid(0)});
  CHECK(s->vm_peak == 3060U * 1024);
  CHECK(s->vm_size == 1U * 1024);
  CHECK(s->vm_lck == 2U * 1024);
  CHECK(s->vm_pin == 3U * 1024);
  CHECK(s->vm_hwm == 4U * 1024);
  CHECK(s->vm_rss == 5U * 1024);
  CHECK(s->rss_anon == 6U * 1024);
  CHECK(s->rss_file == 7U * 1024);
  CHECK(s->rss_shmem == 8U * 1024);
  CHECK(s->vm_data == 9U * 1024);
  CHECK(s->vm_stk == 10U * 1024);
  CHECK(s->vm_exe == 11U * 1024);
  CHECK(s->vm_lib == 12U * 1024);
  CHECK(s->vm_pte == 13U * 1024);
  CHECK(s->vm_swap == 14U * 1024);
  CHECK(s->core_dumping == true);
  CHECK(s->threads == 5);
  CHECK(s->sigq_used == 1);
  CHECK(s->sigq_limit == 96365);
  CHECK(s->signals.pending == 1);
  CHECK(s->signals.shared_pending == 2);
  CHECK(s->signals.blocked == 0x10000);
  CHECK(s->signals.ignored == 3);
  CHECK(s->signals.caught == 0xffffffffffffffff);
  CHECK(s->cap_inh == 1);
  CHECK(s->cap_prm == 0x1ffffffffff);
  CHECK(s->cap_eff == 4);
  CHECK(s->cap_bnd == 5);
  CHECK(s->cap_amb == 6U);
  CHECK(s->no_new_privs == true);
  CHECK(s->seccomp == 2U);
  CHECK(s->seccomp_filters == 3U);
  CHECK(s->voluntary_ctxt_switches == 21U);
  CHECK(s->nonvoluntary_ctxt_switches == 22U);
}

TEST_CASE("parse_status: what an old kernel or a kernel thread lacks is nullopt", "[procfs]") {
  const auto s = parse_status(required);
  REQUIRE(s);
  CHECK_FALSE(s->umask);
  CHECK_FALSE(s->vm_rss);
  CHECK_FALSE(s->cap_amb);
  CHECK_FALSE(s->no_new_privs);
  CHECK_FALSE(s->seccomp);
  CHECK(s->ns_pid.empty());
}

TEST_CASE("parse_status: order does not matter and unknown lines are ignored", "[procfs]") {
  const auto s = parse_status(
      "New_in_7.0:\t?? 12 kB\nGid:\t5\t5\t5\t5\nno colon\n\nUid:\t2\t2\t2\t2\nPPid:\t9\nPid:\t11\nTgid:\t10");
  REQUIRE(s);
  CHECK(s->tgid == Pid(10));
  CHECK(s->uid.effective == Uid(2));
  CHECK(s->gid.effective == Gid(5));
}

TEST_CASE("parse_status: no groups is an empty list", "[procfs]") {
  const auto s = parse_status(required + "Groups:\t \n");
  REQUIRE(s);
  CHECK(s->groups.empty());
}

TEST_CASE("parse_status: uid -1 and the largest uid fit", "[procfs]") {
  const auto s = parse_status("Tgid:\t1\nPid:\t1\nPPid:\t0\nUid:\t4294967295\t0\t0\t0\nGid:\t0\t0\t0\t0\n");
  REQUIRE(s);
  CHECK(s->uid.real == Uid(4294967295));
}

TEST_CASE("parse_status: a missing required line is malformed", "[procfs]") {
  const std::string key = GENERATE("Tgid:", "Pid:", "PPid:", "Uid:", "Gid:");
  std::string text = required;
  text[text.find(key)] = 'x';
  const auto s = parse_status(text);
  REQUIRE_FALSE(s);
  CHECK(s.error().code == Errc::malformed);
}

TEST_CASE("parse_status: a known line that does not fit is malformed and named", "[procfs]") {
  const std::string line =
      GENERATE("Uid:\t1\t2\t3", "Uid:\t1\t2\t3\t4\t5", "Uid:\t-1\t2\t3\t4", "Threads:\t", "Threads:\t1 2",
               "VmRSS:\t12", "VmRSS:\t12 MB", "VmRSS:\t kB", "VmRSS:\t18446744073709551615 kB",
               "SigIgn:\txyz", "SigIgn:\t11111111111111111", "SigQ:\t12", "NoNewPrivs:\t2", "Groups:\t1 x",
               "Umask:\t0099", "NSpid:\t1\t2x");
  const auto s = parse_status(required + line + "\n");
  REQUIRE_FALSE(s);
  CHECK(s.error().code == Errc::malformed);
  CHECK(s.error().what.find(line) != std::string::npos);
}

TEST_CASE("parse_status: empty text is malformed", "[procfs]") { CHECK_FALSE(parse_status("")); }
