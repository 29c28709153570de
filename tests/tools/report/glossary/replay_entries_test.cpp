#include <catch2/catch.hpp>

#include "tests/tools/jobs/small_jobs.hpp"
#include "tools/jobs/job_text.hpp"
#include "tools/report/glossary/glossary.hpp"

namespace chokepoint {
namespace {

TEST_CASE("glossary: every figure of replays of jobs has its entry", "[glossary]") {
  JobsOnCluster one{"pod", two_node_pool(), {}};
  one.replays.push_back(replay_jobs(small_jobs(), one.pools, QueuePolicy::Fifo, {}, {}));
  const Table table = job_figures_table({one});
  for (const auto& row : table.rows()) {
    const std::string name = std::get<std::string>(row.front());
    INFO(name);
    CHECK(glossary_entry(name) != nullptr);
  }
}

}  // namespace
}  // namespace chokepoint
