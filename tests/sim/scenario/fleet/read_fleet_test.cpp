#include "sim/scenario/fleet/read_fleet.hpp"

#include <catch2/catch.hpp>

#include "models/serving/fleet.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string with_fleet(const std::string& inside) {
  return small_text() + "serving_fleet { " + inside + " }";
}

std::string with_pool(const std::string& inside) {
  return with_fleet("pools { name: \"all\" pool: \"north/gpus\" " + inside + " }");
}

TEST_CASE("read_fleet: what is not written is up to who plans", "[scenario][read]") {
  const ServedFleet none = small_world().served;
  CHECK(none.pools.empty());
  CHECK_FALSE(none.model);

  const ServedFleet bare = world_of(with_pool("")).served;
  REQUIRE(bare.pools.size() == 1);
  CHECK(bare.routing == RoutingPolicy::LeastLoaded);
  CHECK(bare.pools[0].role == PoolRole::Whole);
  CHECK_FALSE(bare.pools[0].has_plan());
  CHECK_FALSE(bare.pools[0].replicas);
  CHECK(bare.pools[0].settings.shares_prefixes);
  CHECK(bare.pools[0].between_failures == 0);
}

TEST_CASE("read_fleet: what is written is in base units", "[scenario][read]") {
  const ServedFleet fleet =
      world_of(
          with_fleet(
              "routing: PREFIX_AWARE most_retries: 0 "
              "classes { name: \"chat\" share: 3 ttft_s: 2 tpot_ms: 50 most_outstanding: 9 } "
              "pools { name: \"all\" pool: \"north/gpus\" tp: 4 replicas: 2 prefix_cache: false "
              "scaling { least: 1 most: 4 interval_s: 30 } failing { " +
              figure("between_hours", "10") + figure("repair_hours", "0.5") + "} }"))
          .served;
  CHECK(fleet.routing == RoutingPolicy::PrefixAware);
  CHECK(fleet.most_retries == 0);
  REQUIRE(fleet.classes.size() == 1);
  CHECK(fleet.classes[0].promised.ttft == 2'000'000'000);
  CHECK(fleet.classes[0].promised.tpot == 50'000'000);
  CHECK(fleet.classes[0].share == 3);
  const ServedPool& pool = fleet.pools[0];
  CHECK(pool.has_plan());
  CHECK(pool.tensor == 4);
  CHECK_FALSE(pool.settings.shares_prefixes);
  CHECK(pool.scaling->most == 4);
  CHECK(pool.scaling->interval == 30'000'000'000);
  CHECK(pool.between_failures == 36'000'000'000'000);
  CHECK(pool.repair == 1'800'000'000'000);
}

TEST_CASE("read_fleet: wrong words and numbers are told where they stand", "[scenario][read]") {
  CHECK(only_error(with_fleet("model: \"nothing\"")).find("no transformer 'nothing'") == 0);
  CHECK(only_error(with_fleet("pools { name: \"a\" pool: \"north/gpu\" }")) ==
        "no pool 'north/gpu' in the scenario | did you mean 'north/gpus'?");
  CHECK(only_error(with_pool("replicas: 0")).find("replicas is 0, must be at least 1") == 0);
  CHECK(only_error(with_pool("watermark: 2")).find("watermark is 2, must lie in [0, 1]") == 0);
  CHECK(only_error(with_pool("scaling { least: 3 most: 2 }")) ==
        "most is 2, less than least, 3 | least <= most; equal: no scaling");
  CHECK(only_error(with_pool("scaling { least: 3 }")) == "most is missing | ");
  CHECK(only_error(with_pool("failing { " + figure("repair_hours", "1") + "}"))
            .find("between_hours") == 0);
  CHECK(only_error(with_fleet("classes { name: \"a\" ttft_s: 0 }")).find("ttft_s is 0") == 0);
}

TEST_CASE("read_fleet: who reads apart needs somebody who decodes", "[scenario][read]") {
  CHECK(only_error(with_pool("role: PREFILL")) ==
        "pools read and decode apart, and none is DECODE | add one of role: DECODE, or make all of "
        "them WHOLE");
  CHECK(only_error(with_pool("role: DECODE")).find("pools read and decode apart") == 0);
}

}  // namespace
}  // namespace chokepoint
