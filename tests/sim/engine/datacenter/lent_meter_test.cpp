#include "sim/engine/datacenter/lent_meter.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("lent meter: it sums what was so up to each change", "[engine][lending]") {
  LentMeter meter(2);
  const PoolId pool{1};
  meter.read(pool, 2, FlopsPerSecond{8.0}, Seconds{10.0});
  CHECK(meter.use(pool, Seconds{15.0}).node_time == Seconds{10.0});
  meter.read(pool, 1, FlopsPerSecond{4.0}, Seconds{20.0});
  meter.count(pool);
  const auto use = meter.use(pool, Seconds{30.0});
  CHECK(use.node_time == Seconds{30.0});
  CHECK(use.flops == Flops{120.0});
  CHECK(use.taken_back == 1);
  CHECK(meter.use(PoolId{0}, Seconds{30.0}).node_time == Seconds{});
}

}  // namespace
}  // namespace chokepoint
