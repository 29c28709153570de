#include "sim/scenario/chapters/chapters.hpp"

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

PartyTest buyer_of(const std::string& inside) {
  const auto result = read_text(small_but(kItem, "buyer { " + inside + " }"));
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  return result.world->regime.rules[0].buyer;
}

TEST_CASE("read_predicate: branches nest as they are written", "[scenario][read]") {
  const Predicate item = predicate_of(
      "clause: \"a\" any_of { clause: \"a.1\" tpp_at_least: 4800 } any_of { all_of { "
      "tpp_at_least: 1600 } none_of { devices: \"east_npu\" vendor_headquarters: \"CN\" } }");
  CHECK(item.clause == "a");
  REQUIRE(item.any_of.size() == 2);
  CHECK(item.any_of[0].clause == "a.1");
  REQUIRE(item.any_of[0].bounds.size() == 1);
  CHECK(item.any_of[0].bounds[0].threshold == 4800.0);
  REQUIRE(item.any_of[1].none_of.size() == 1);
  CHECK(item.any_of[1].none_of[0].devices == std::vector<DeviceId>{DeviceId{1}});
  CHECK(item.any_of[1].none_of[0].vendor_headquarters == CountrySet{Country("CN")});
}

TEST_CASE("read_predicate: every bound is of its attribute, its comparison and its unit",
          "[scenario][read]") {
  const auto is = [](const std::string& field, Attribute attribute, Comparison comparison,
                     double threshold) {
    const Predicate item = predicate_of(field);
    REQUIRE(item.bounds.size() == 1);
    INFO(field);
    CHECK(item.bounds[0].attribute == attribute);
    CHECK(item.bounds[0].comparison == comparison);
    CHECK(item.bounds[0].threshold == threshold);
  };
  is("tpp_at_least: 4800", Attribute::Tpp, Comparison::AtLeast, 4800);
  is("tpp_below: 4800", Attribute::Tpp, Comparison::Below, 4800);
  is("tpp_at_most: 17500", Attribute::Tpp, Comparison::AtMost, 17'500);
  is("performance_density_at_least: 5.92", Attribute::PerformanceDensity, Comparison::AtLeast,
     5.92);
  is("performance_density_below: 3.2", Attribute::PerformanceDensity, Comparison::Below, 3.2);
  is("memory_bandwidth_gb_s_at_most: 5000", Attribute::MemoryBandwidth, Comparison::AtMost, 5e12);
  is("io_bandwidth_gb_s_at_least: 600", Attribute::IoBandwidth, Comparison::AtLeast, 6e11);
  is("total_bandwidth_gb_s_at_least: 1700", Attribute::TotalBandwidth, Comparison::AtLeast, 1.7e12);
  is("process_node_nm_at_most: 16", Attribute::ProcessNode, Comparison::AtMost, 16);
  is("transistors_bn_below: 30", Attribute::Transistors, Comparison::Below, 3e10);
  is("hbm_bandwidth_density_above: 2", Attribute::HbmDensity, Comparison::Above, 2e9);
  is("hbm_bandwidth_density_below: 3.3", Attribute::HbmDensity, Comparison::Below, 3.3e9);
}

TEST_CASE("read_predicate: flags and words", "[scenario][read]") {
  const Predicate item = predicate_of(
      "designed_for_datacenter: false has_hbm: true vendors: \"west\" sold_in: \"US\" "
      "types: \"graphics\"");
  REQUIRE(item.bounds.size() == 2);
  CHECK(item.bounds[0].attribute == Attribute::DesignedForDatacenter);
  CHECK(item.bounds[0].comparison == Comparison::Is);
  CHECK(item.bounds[0].threshold == 0.0);
  CHECK(item.bounds[1].attribute == Attribute::HasHbm);
  CHECK(item.bounds[1].threshold == 1.0);
  CHECK(item.vendors.size() == 1);
  CHECK(item.sold_in == CountrySet{Country("US")});
  CHECK(item.types.size() == 1);
}

TEST_CASE("read_predicate: bounds that nothing can meet are refused", "[scenario][read]") {
  CHECK(only_error(small_but(kItem, "item { tpp_at_least: 4800 tpp_below: 2400 }")) ==
        "tpp_at_least is not below tpp_below, so nothing matches | a range of numbers needs a "
        "lower bound below the upper one");
  CHECK(only_error(small_but(kItem, "item { tpp_at_least: 4800 tpp_at_most: 4799 }"))
            .find("tpp_at_least is not below tpp_at_most") == 0);
  CHECK(predicate_of("tpp_at_least: 4800 tpp_at_most: 4800").bounds.size() == 2);
  CHECK(only_error(small_but(kItem, "item { tpp_at_least: -1 }")) ==
        "tpp_at_least is -1, must not be negative | ");
  CHECK(only_error(small_but(kItem, "item { any_of { any_of { tpp_below: nan } } }")) ==
        "tpp_below is nan, must be a finite number | ");
}

TEST_CASE("read_predicate: names in predicates are looked up", "[scenario][read]") {
  CHECK(only_error(small_but(kItem, "item { devices: \"west_gpu\" devices: \"west_gpo\" }")) ==
        "no device 'west_gpo' in the scenario | did you mean 'west_gpu'?");
  CHECK(only_error(small_but(kItem, "item { vendors: \"wst\" }")) ==
        "no org 'wst' in the scenario | did you mean 'west'?");
  CHECK(only_error(small_but(kItem, "buyer { orgs: \"lib\" }")) ==
        "no org 'lib' in the scenario | did you mean 'lab'?");
}

TEST_CASE("read_predicate: a test of a party nests", "[scenario][read]") {
  const PartyTest buyer =
      buyer_of("headquarters: \"CN\" none_of { orgs: \"lab\" } owned_by_listed_at_least: 0.5");
  CHECK(buyer.headquarters == CountrySet{Country("CN")});
  REQUIRE(buyer.none_of.size() == 1);
  CHECK(buyer.none_of[0].orgs.size() == 1);
  CHECK(buyer.owned_by_listed_at_least == 0.5);
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
