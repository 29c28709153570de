#include <catch2/catch.hpp>

#include "sim/scenario/chapters/chapters.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string serving(const std::string& model, const std::string& share) {
  return economy_but("choice {", "sensitivity",
                     "served_models { name: \"one\" transformer: \"" + model +
                         "\" share { points { on: \"2024-06-01\" " + figure("value", share) +
                         "} } }\n  sensitivity");
}

TEST_CASE("read_served_models: the reference's own model is worth what its devices are",
          "[scenario][read]") {
  const World world = world_of(serving("model_10b", "0.25"));
  REQUIRE(world.choice.served_models.size() == 1);
  const ServedModel& served = world.choice.served_models[0];
  CHECK(served.name == "one");
  CHECK(value_on(served.share, world.first_day()) == 0.25);
  REQUIRE(served.worth.size() == world.devices.size());
  for (const Offer& offer : world.offers) {
    const std::size_t d = offer.device.value;
    CHECK(served.worth[d].prefill == world.worth[d].h100e_prefill);
    CHECK(served.worth[d].decode == world.worth[d].h100e_decode);
    CHECK_FALSE(served.worth[d].spans_servers);
  }
}

TEST_CASE("read_served_models: nothing is served unless it is written", "[scenario][read]") {
  const World world = world_of(economy_text());
  CHECK(world.choice.served_models.empty());
  CHECK(world.choice.network_usd_per_gbit_s.value == 0.0);
}

TEST_CASE("read_served_models: a model must be known, and a share a share", "[scenario][read]") {
  CHECK(only_error(serving("model_11b", "0.25")).find("model_11b") != std::string::npos);
  CHECK(only_error(serving("model_10b", "1.25")).find("1.25") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
