#include "models/policy/predicate.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

// ECCN 3A090.a as amended on 25 October 2023: TPP of 4800 or more, or of 1600 or more and a
// performance density of 5.92 or more.
Predicate is_3a090a() {
  Predicate by_tpp, by_density, either;
  by_tpp.tpp_at_least = 4800;
  by_density.tpp_at_least = 1600;
  by_density.performance_density_at_least = 5.92;
  either.any_of = {by_tpp, by_density};
  return either;
}

Item item_with(double tpp, std::optional<double> density) {
  Item item;
  item.tpp = tpp;
  item.performance_density = density;
  return item;
}

Predicate with(void (*set)(Predicate&)) {
  Predicate predicate;
  set(predicate);
  return predicate;
}

TEST_CASE("3A090.a: thresholds are inclusive", "[policy][predicate]") {
  CHECK(matches(is_3a090a(), item_with(4800, {})));
  CHECK_FALSE(matches(is_3a090a(), item_with(4799.999, {})));
  CHECK(matches(is_3a090a(), item_with(1600, 5.92)));
  CHECK_FALSE(matches(is_3a090a(), item_with(1600, 5.919)));
  CHECK_FALSE(matches(is_3a090a(), item_with(1599.999, 5.92)));
  CHECK_FALSE(matches(is_3a090a(), item_with(4799, {})));
}

TEST_CASE("3A090.a: covers the H100 and not the H20", "[policy][predicate]") {
  CHECK(matches(is_3a090a(), item_of(kH20, h100(), kUs)));
  CHECK_FALSE(matches(is_3a090a(), item_of(kH20, h20(), kUs)));
}

TEST_CASE("predicate: lower bounds are inclusive, upper bounds exclusive", "[policy][predicate]") {
  const Item item = item_of(kH20, h20(), kUs);  // TPP 2368, 4000 and 900 GB/s.
  using P = Predicate;
  CHECK(matches(with([](P& p) { p.tpp_at_least = 2368; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.tpp_below = 2368; }), item));
  CHECK(matches(with([](P& p) { p.tpp_below = 2368.001; }), item));
  CHECK(matches(with([](P& p) { p.performance_density_at_least = 2368.0 / 814.0; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.performance_density_below = 2368.0 / 814.0; }), item));
  CHECK(matches(with([](P& p) { p.memory_bandwidth_at_least = 4000_GBps; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.memory_bandwidth_at_least = 4001_GBps; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.memory_bandwidth_below = 4000_GBps; }), item));
  CHECK(matches(with([](P& p) { p.io_bandwidth_at_least = 900_GBps; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.io_bandwidth_at_least = 901_GBps; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.io_bandwidth_below = 900_GBps; }), item));
  CHECK(matches(with([](P& p) { p.total_bandwidth_at_least = 4900_GBps; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.total_bandwidth_at_least = 4901_GBps; }), item));
}

TEST_CASE("predicate: a bound on what is not known never holds", "[policy][predicate]") {
  const Item unknown = item_of(kH20, DeviceSpec{}, kUs);
  using P = Predicate;
  CHECK_FALSE(matches(with([](P& p) { p.tpp_at_least = 0; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.tpp_below = 1e9; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.performance_density_at_least = 0; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.performance_density_below = 1e9; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.memory_bandwidth_at_least = 0_GBps; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.memory_bandwidth_below = 9999_GBps; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.io_bandwidth_at_least = 0_GBps; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.io_bandwidth_below = 9999_GBps; }), unknown));
  CHECK_FALSE(matches(with([](P& p) { p.total_bandwidth_at_least = 0_GBps; }), unknown));

  Item half_known = unknown;
  half_known.memory_bandwidth = 9999_GBps;
  CHECK_FALSE(matches(with([](P& p) { p.total_bandwidth_at_least = 1_GBps; }), half_known));
  CHECK_FALSE(matches(with([](P& p) { p.devices = {kH20}; }), Item{}));
}

TEST_CASE("predicate: identity is any of the list", "[policy][predicate]") {
  const Item item = item_of(kH20, h20(), kUs);
  using P = Predicate;
  CHECK(matches(with([](P& p) { p.devices = {DeviceId{1}, kH20}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.devices = {DeviceId{1}}; }), item));
  CHECK(matches(with([](P& p) { p.vendor_headquarters = {kCn, kUs}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.vendor_headquarters = {kCn}; }), item));
  CHECK(matches(with([](P& p) { p.designed_for_datacenter = true; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.designed_for_datacenter = false; }), item));
}

TEST_CASE("predicate: branches are and, or and not", "[policy][predicate]") {
  const Predicate yes;  // Empty: every item.
  const Predicate no = with([](Predicate& p) { p.vendor_headquarters = {kCn}; });
  const Item item = item_of(kH20, h20(), kUs);
  REQUIRE(matches(yes, item));
  REQUIRE_FALSE(matches(no, item));

  const auto branches = [&](std::vector<Predicate> Predicate::*list, std::vector<Predicate> of) {
    Predicate predicate;
    predicate.*list = std::move(of);
    return matches(predicate, item);
  };
  CHECK(branches(&Predicate::any_of, {no, yes}));
  CHECK_FALSE(branches(&Predicate::any_of, {no, no}));
  CHECK(branches(&Predicate::all_of, {yes, yes}));
  CHECK_FALSE(branches(&Predicate::all_of, {yes, no}));
  CHECK(branches(&Predicate::none_of, {no, no}));
  CHECK_FALSE(branches(&Predicate::none_of, {no, yes}));
}

TEST_CASE("predicate: one more condition never matches more", "[policy][predicate]") {
  const std::vector<Predicate> conditions = {
      with([](Predicate& p) { p.tpp_at_least = 2000; }),
      with([](Predicate& p) { p.tpp_below = 5000; }),
      with([](Predicate& p) { p.memory_bandwidth_at_least = 3500_GBps; }),
      with([](Predicate& p) { p.devices = {kH20}; })};
  for (const auto& device : {h20(), h100(), DeviceSpec{}}) {
    const Item item = item_of(kH20, device, kUs);
    for (unsigned chosen = 0; chosen < 16; ++chosen) {
      Predicate all;
      bool expected = true;
      for (unsigned i = 0; i < 4; ++i) {
        if ((chosen >> i & 1U) == 0) continue;
        all.all_of.push_back(conditions[i]);
        expected = expected && matches(conditions[i], item);
      }
      REQUIRE(matches(all, item) == expected);
    }
  }
}

TEST_CASE("party test: every condition written must hold", "[policy][predicate]") {
  const Party party{kBuyer, kCn, {BuyerClassId{4}, kCloud}};
  CHECK(matches(PartyTest{}, party));
  CHECK(matches(PartyTest{{kUs, kCn}, {}, {}}, party));
  CHECK_FALSE(matches(PartyTest{{kUs}, {}, {}}, party));
  CHECK(matches(PartyTest{{}, {OrgId{9}, kBuyer}, {}}, party));
  CHECK_FALSE(matches(PartyTest{{}, {OrgId{9}}, {}}, party));
  CHECK(matches(PartyTest{{}, {}, {BuyerClassId{8}, kCloud}}, party));
  CHECK_FALSE(matches(PartyTest{{}, {}, {BuyerClassId{8}}}, party));
  CHECK(matches(PartyTest{{kCn}, {kBuyer}, {kCloud}}, party));
  CHECK_FALSE(matches(PartyTest{{kUs}, {kBuyer}, {kCloud}}, party));
  CHECK_FALSE(matches(PartyTest{{kCn}, {OrgId{9}}, {kCloud}}, party));
  CHECK_FALSE(matches(PartyTest{{kCn}, {kBuyer}, {BuyerClassId{8}}}, party));
}

}  // namespace
}  // namespace chokepoint
