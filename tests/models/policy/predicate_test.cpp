#include "models/policy/predicate.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

constexpr auto kAtLeast = Comparison::AtLeast;
constexpr auto kAtMost = Comparison::AtMost;
constexpr auto kAbove = Comparison::Above;
constexpr auto kBelow = Comparison::Below;

// ECCN 3A090.a as amended on 25 October 2023: TPP of 4800 or more, or of 1600 or more and a
// performance density of 5.92 or more.
Predicate is_3a090a() {
  Predicate by_tpp = bounded(Attribute::Tpp, kAtLeast, 4800);
  by_tpp.clause = "3A090.a.1";
  Predicate by_density = bounded(Attribute::Tpp, kAtLeast, 1600);
  by_density.bounds.push_back({Attribute::PerformanceDensity, kAtLeast, 5.92});
  by_density.clause = "3A090.a.2";
  Predicate either;
  either.clause = "3A090.a";
  either.any_of = {by_tpp, by_density};
  return either;
}

Item item_with(double tpp, std::optional<double> density) {
  Item item;
  item.attributes.set(Attribute::Tpp, tpp);
  item.attributes.set(Attribute::PerformanceDensity, density);
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

TEST_CASE("3A090.a: the clause is that of the limb that holds", "[policy][predicate]") {
  CHECK(clause_of(is_3a090a(), item_with(4800, 6.0)) == "3A090.a.1");
  CHECK(clause_of(is_3a090a(), item_with(1940, 6.59)) == "3A090.a.2");
  Predicate unnamed = is_3a090a();
  unnamed.any_of[0].clause.clear();
  CHECK(clause_of(unnamed, item_with(4800, {})) == "3A090.a");
}

TEST_CASE("bound: each comparison at its threshold, from both sides", "[policy][predicate]") {
  const auto met = [](Comparison comparison, double value) {
    return matches(bounded(Attribute::Tpp, comparison, 2400), item_with(value, {}));
  };
  CHECK(met(kAtLeast, 2400));
  CHECK_FALSE(met(kAtLeast, 2399.999));
  CHECK(met(kAtMost, 2400));
  CHECK_FALSE(met(kAtMost, 2400.001));
  CHECK_FALSE(met(kAbove, 2400));
  CHECK(met(kAbove, 2400.001));
  CHECK_FALSE(met(kBelow, 2400));
  CHECK(met(kBelow, 2399.999));
}

TEST_CASE("bound: every attribute is compared with its own value", "[policy][predicate]") {
  Item item = item_of(kH20, h20(), kUs);  // TPP 2368, 814 mm^2, 4000 and 900 GB/s.
  item.attributes.set(Attribute::ProcessNode, 4);
  item.attributes.set(Attribute::Transistors, 80e9);
  item.attributes.set(Attribute::HbmDensity, 3.1e9);
  const auto is = [&](Attribute attribute, double value) {
    return matches(bounded(attribute, kAtLeast, value), item) &&
           matches(bounded(attribute, kAtMost, value), item);
  };
  CHECK(is(Attribute::Tpp, 2368));
  CHECK(is(Attribute::PerformanceDensity, 2368.0 / 814.0));
  CHECK(is(Attribute::MemoryBandwidth, 4000e9));
  CHECK(is(Attribute::IoBandwidth, 900e9));
  CHECK(is(Attribute::TotalBandwidth, 4900e9));
  CHECK(is(Attribute::ProcessNode, 4));
  CHECK(is(Attribute::Transistors, 80e9));
  CHECK(is(Attribute::HbmDensity, 3.1e9));
}

TEST_CASE("bound: on what is not known it never holds", "[policy][predicate]") {
  const Item unknown = item_of(kH20, DeviceSpec{}, kUs);
  for (const AttributeRow& row : attributes()) {
    if (row.assumed) continue;
    const Attribute attribute = row.attribute;
    CHECK_FALSE(matches(bounded(attribute, kAtLeast, 0), unknown));
    CHECK_FALSE(matches(bounded(attribute, kBelow, 1e30), unknown));
  }
  Item half_known = unknown;
  half_known.attributes.set(Attribute::MemoryBandwidth, 9999e9);
  CHECK_FALSE(matches(bounded(Attribute::TotalBandwidth, kAtLeast, 1), half_known));
}

TEST_CASE("predicate: a flag that is not known does not hold, either way", "[policy][predicate]") {
  const auto asks = [](std::optional<bool> known, bool wanted) {
    Item item;
    for (const Attribute attribute : {Attribute::HasHbm, Attribute::Nonplanar}) {
      if (known) item.attributes.set(attribute, *known);
    }
    const Predicate hbm = bounded(Attribute::HasHbm, Comparison::Is, wanted);
    const Predicate nonplanar = bounded(Attribute::Nonplanar, Comparison::Is, wanted);
    CHECK(matches(hbm, item) == matches(nonplanar, item));
    return matches(hbm, item);
  };
  CHECK(asks(true, true));
  CHECK(asks(false, false));
  CHECK_FALSE(asks(true, false));
  CHECK_FALSE(asks({}, true));
  CHECK_FALSE(asks({}, false));
}

TEST_CASE("predicate: identity is any of the list", "[policy][predicate]") {
  Item item = item_of(kH20, h20(), kUs);
  item.id = ItemId{5};
  item.vendor = OrgId{2};
  item.types = {ItemTypeId{1}, ItemTypeId{3}};
  item.sold_in = {kUs, kSg};
  using P = Predicate;
  CHECK(matches(with([](P& p) { p.devices = {DeviceId{1}, kH20}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.devices = {DeviceId{1}}; }), item));
  CHECK(matches(with([](P& p) { p.items = {ItemId{5}}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.items = {ItemId{6}}; }), item));
  CHECK(matches(with([](P& p) { p.vendor_headquarters = {kCn, kUs}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.vendor_headquarters = {kCn}; }), item));
  CHECK(matches(with([](P& p) { p.vendors = {OrgId{1}, OrgId{2}}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.vendors = {OrgId{1}}; }), item));
  CHECK(matches(with([](P& p) { p.types = {ItemTypeId{3}}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.types = {ItemTypeId{2}}; }), item));
  CHECK(matches(with([](P& p) { p.sold_in = {kUs}; }), item));
  CHECK_FALSE(matches(with([](P& p) { p.sold_in = {kCn}; }), item));
  CHECK(matches(bounded(Attribute::DesignedForDatacenter, Comparison::Is, true), item));
  CHECK_FALSE(matches(bounded(Attribute::DesignedForDatacenter, Comparison::Is, false), item));
}

TEST_CASE("predicate: a device or an item named is enough, whichever list it is in",
          "[policy][predicate]") {
  Predicate named;
  named.devices = {kH20};
  named.items = {ItemId{5}};
  Item device, item, neither;
  device.device = kH20;
  item.id = ItemId{5};
  CHECK(matches(named, device));
  CHECK(matches(named, item));
  CHECK_FALSE(matches(named, neither));
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

}  // namespace
}  // namespace chokepoint
