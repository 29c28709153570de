#include "sim/scenario/read_predicate.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

const std::string kItem = "item { memory_bandwidth_gb_s_at_least: 1400 }";

Predicate predicate_of(const std::string& inside) {
  const auto result = read_text(small_but(kItem, "item { " + inside + " }"));
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  return result.world->regime.rules[0].item;
}

TEST_CASE("read_predicate: branches nest as they are written", "[scenario][read]") {
  const Predicate item = predicate_of(
      "any_of { tpp_at_least: 4800 } any_of { all_of { tpp_at_least: 1600 } "
      "none_of { devices: \"east_npu\" vendor_headquarters: \"CN\" } }");
  REQUIRE(item.any_of.size() == 2);
  CHECK(item.any_of[0].tpp_at_least == 4800.0);
  CHECK_FALSE(item.any_of[0].tpp_below);
  REQUIRE(item.any_of[1].none_of.size() == 1);
  CHECK(item.any_of[1].none_of[0].devices == std::vector<DeviceId>{DeviceId{1}});
  CHECK(item.any_of[1].none_of[0].vendor_headquarters == std::vector<Country>{Country("CN")});
}

TEST_CASE("read_predicate: bandwidths are in bytes per second", "[scenario][read]") {
  CHECK(predicate_of("io_bandwidth_gb_s_at_least: 600").io_bandwidth_at_least == 600_GBps);
  CHECK(predicate_of("total_bandwidth_gb_s_at_least: 4100").total_bandwidth_at_least == 4100_GBps);
  CHECK(predicate_of("designed_for_datacenter: false").designed_for_datacenter == false);
}

TEST_CASE("read_predicate: bounds that nothing can meet are refused", "[scenario][read]") {
  CHECK(only_error(small_but(kItem, "item { tpp_at_least: 4800 tpp_below: 2400 }")) ==
        "tpp_at_least is not below tpp_below, so nothing matches | the lower bound is included, "
        "the upper one is not");
  CHECK(only_error(small_but(kItem, "item { tpp_at_least: -1 }")) ==
        "tpp_at_least is -1, must not be negative | ");
  CHECK(only_error(small_but(kItem, "item { any_of { any_of { tpp_below: nan } } }")) ==
        "tpp_below is nan, must be a finite number | ");
}

TEST_CASE("read_predicate: names in predicates are looked up", "[scenario][read]") {
  CHECK(only_error(small_but(kItem, "item { devices: \"west_gpu\" devices: \"west_gpo\" }")) ==
        "no device 'west_gpo' in the scenario | did you mean 'west_gpu'?");
  CHECK(only_error(small_but(kItem, "buyer { orgs: \"lib\" }")) ==
        "no org 'lib' in the scenario | did you mean 'lab'?");
}

TEST_CASE("read_predicate: a class that nobody is in is allowed unless it looks like a slip",
          "[scenario][read]") {
  const auto result = read_text(small_but(kItem, "buyer { classes: \"military\" }"));
  REQUIRE(result.world);
  CHECK(result.world->buyer_classes == std::vector<std::string>{"big_tech", "military"});
  CHECK(only_error(small_but(kItem, "buyer { classes: \"big_tec\" }")) ==
        "no org is of class 'big_tec' | did you mean 'big_tech'?");
}

}  // namespace
}  // namespace chokepoint
