#include <catch2/catch.hpp>

#include "tests/tools/page/replay/made_replay.hpp"
#include "tools/page/replay/replay_pages.hpp"

namespace chokepoint {
namespace {

// That of a whole run is asked for in report_command_test: only the program writes its trace.
TEST_CASE("training page: a folder without the trace of the run is named", "[page][replay]") {
  const std::vector<TableFile> tables = {
      {"interruptions.csv", "at_s,by,is_broken,lost_s,kept_work_s\n"},
      {"expected.csv", "part,days,share\nkept,1,90.00 %\n"}};
  const made::ReplayFolder folder(tables);
  const StoredReplay run(folder.path());
  CHECK_THROWS_WITH(training_page(run), Catch::Contains("trace.pftrace"));
}

}  // namespace
}  // namespace chokepoint
