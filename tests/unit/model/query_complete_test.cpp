// Which words may stand at a place of a query.
#include <string_view>
#include <vector>

#include "ptop/model/columns.hpp"
#include "ptop/model/query.hpp"
#include "support/catch.hpp"

using namespace ptop::model;
using namespace std::string_view_literals;

TEST_CASE("complete: fields, classes and words that may stand there", "[model]") {
  using Names = std::vector<std::string_view>;
  const auto at_end = [](std::string_view text) { return complete(text, text.size()).candidates; };
  CHECK(at_end("cgroup_p") == Names{"cgroup_pids", "cgroup_pids_max"});
  CHECK(at_end("st") == Names{"stack", "start_ticks", "state", "state_age", "state_age_ns", "state_name",
                              "std_files", "stime", "stime_ns", "stopped"});
  CHECK(at_end("zom") == Names{"zombie"});
  CHECK(at_end("pid=1 and no") == Names{"no_new_privs", "nohup", "nonvoluntary_ctxt_switches", "not"});
  CHECK(at_end("not kt") == Names{"kthread"});
  CHECK(at_end("(nam") == Names{"name"});
  CHECK(at_end("!tre") == Names{"tree", "tree_count", "tree_cpu", "tree_rss"});
  CHECK(at_end("pid=1&&uid") == Names{"uid"});
  CHECK(at_end("pid=1 ") == Names{"and", "or"});
  CHECK(at_end("(pid=1) o") == Names{"or"});
  CHECK(at_end("class=d") == Names{"daemon"});
  CHECK(at_end("state!=z") == Names{"zombie"});
  CHECK(at_end("state=Z") == Names{"Z"});
  CHECK(at_end("comm=b").empty());
  CHECK(at_end("comm='b").empty());
  CHECK(at_end("x, y").empty());
  CHECK(at_end("").size() > columns().size());
}

TEST_CASE("complete: begins where the word under the cursor begins", "[model]") {
  CHECK(complete("pid=1 and tty and x", 13).begin == 10);
  CHECK(complete("pid=1 and tty and x", 13).candidates == std::vector{"tty"sv});
  CHECK(complete("class=zo", 8).begin == 6);
  CHECK(complete("pid=1 ", 6).begin == 6);
  CHECK(complete("cg", 99).begin == 0);
}
