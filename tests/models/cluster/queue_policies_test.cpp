#include <catch2/catch.hpp>

#include "models/cluster/job_queue.hpp"

namespace chokepoint {
namespace {

TEST_CASE("queue policies: they are named", "[cluster]") {
  for (const QueuePolicy policy : queue_policies())
    CHECK(queue_policy_named(name(policy)) == policy);
  CHECK_FALSE(queue_policy_named("best"));
}

}  // namespace
}  // namespace chokepoint
