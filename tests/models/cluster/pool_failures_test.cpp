#include "models/cluster/pool_failures.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("pool failures: rates of a job add up over its nodes, their domains, switches and itself",
          "[cluster]") {
  PoolFailures how;
  CHECK(how.of_job_on(100) == PerSecond{});
  how.causes = {{"a", PerSecond{1}, 0.0}, {"b", PerSecond{2}, 0.0}};
  how.domain_causes = {{"rack", PerSecond{10}, 0.0}};
  how.nodes_per_domain = 4;
  how.of_job = PerSecond{100};
  CHECK(how.of_node() == PerSecond{3});
  CHECK(how.of_domain() == PerSecond{10});
  CHECK(how.of_job_on(1) == PerSecond{113});
  CHECK(how.of_job_on(4) == PerSecond{122});
  CHECK(how.of_job_on(5) == PerSecond{135});
  how.switch_causes = {{"switch", PerSecond{1'000}, 0.0}};
  how.nodes_per_switch = 2;
  CHECK(how.of_switch() == PerSecond{1'000});
  CHECK(how.of_job_on(5) == PerSecond{3'135});
}

}  // namespace
}  // namespace chokepoint
