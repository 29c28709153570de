#include <catch2/catch.hpp>

#include "tests/tools/page/ecosystem/two_runs.hpp"
#include "tools/page/replay/replay_pages.hpp"

namespace chokepoint {
namespace {

constexpr const char* kJobs =
    "cluster,policy,job,devices,submit_s,promised_s,start_s,end_s,pool,nodes\n"
    "c,fifo,a,1,0,,0,3600,x,1\n"
    "c,fifo,b,8,0,,7200,10800,y,1\n"
    "c,easy,a,1,0,,0,3600,x,1\n"
    "c,easy,b,8,0,,3600,7200,y,1\n";

TEST_CASE("job page: policies stand side by side, the quickest first in the headline",
          "[page][replay]") {
  const Page page = job_page("jobs.csv", read_measured_table(kJobs));
  CHECK(page.headline == "The mean job waits 30 min under easy, 60 min under fifo");
  CHECK(made::figure_named(page.figures, "pools") != nullptr);
  for (const PageFigure& figure : page.figures) {
    INFO(figure.id);
    CHECK_FALSE(figure.title.empty());
    CHECK_FALSE(figure.data.is_empty());
  }
}

TEST_CASE("job page: gangs wait from submission to start and run to their end", "[page][replay]") {
  const Page page = job_page("jobs.csv", read_measured_table(kJobs));
  const PageFigure* gangs = made::figure_named(page.figures, "gangs");
  REQUIRE(gangs != nullptr);
  CHECK(gangs->data.rows().size() == 3);  // The first begins at once.
}

TEST_CASE("job page: another table is refused with what to do", "[page][replay]") {
  CHECK_THROWS_WITH(job_page("x.csv", read_measured_table("a,b\n1,2\n")),
                    Catch::Contains("no table of jobs"));
  CHECK_THROWS(job_page("x.csv", {}));
}

}  // namespace
}  // namespace chokepoint
