#include "models/policy/item.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

TEST_CASE("item: has the attributes of its device", "[policy][item]") {
  DeviceSpec device = h20();
  device.designed_for_datacenter = false;
  const Item item = item_of(kH20, device, kUs);
  CHECK(item.device == kH20);
  CHECK(value_of(Attribute::Tpp, item) == 2368);
  CHECK(*value_of(Attribute::PerformanceDensity, item) == Approx(2368.0 / 814.0));
  CHECK(value_of(Attribute::MemoryBandwidth, item) == 4000e9);
  CHECK(value_of(Attribute::IoBandwidth, item) == 900e9);
  CHECK(value_of(Attribute::DesignedForDatacenter, item) == 0.0);
  CHECK_FALSE(value_of(Attribute::HasHbm, item));
  CHECK(item.vendor_headquarters == kUs);
}

TEST_CASE("item: has high-bandwidth memory where its device does", "[policy][item]") {
  const auto has_hbm = [](std::optional<MemoryKind> kind) {
    DeviceSpec device = h20();
    device.memory_kind = kind;
    return value_of(Attribute::HasHbm, item_of(kH20, device, kUs));
  };
  CHECK(has_hbm(MemoryKind::Hbm) == 1.0);
  CHECK(has_hbm(MemoryKind::Gddr) == 0.0);
  CHECK(has_hbm(MemoryKind::OnDie) == 0.0);
  CHECK_FALSE(has_hbm(std::nullopt));
}

TEST_CASE("item: the score is computed, never the published one", "[policy][item]") {
  DeviceSpec device = h20();
  device.published_tpp = 99'999;
  device.published_density = 99.0;
  CHECK(value_of(Attribute::Tpp, item_of(kH20, device, kUs)) == 2368);
  CHECK(*value_of(Attribute::PerformanceDensity, item_of(kH20, device, kUs)) < 3.0);
}

TEST_CASE("item: what the datasheet lacks stays unknown", "[policy][item]") {
  const Item item = item_of(kH20, DeviceSpec{}, kUs);
  CHECK_FALSE(value_of(Attribute::PerformanceDensity, item));
  CHECK_FALSE(value_of(Attribute::MemoryBandwidth, item));
  CHECK_FALSE(value_of(Attribute::IoBandwidth, item));
}

}  // namespace
}  // namespace chokepoint
