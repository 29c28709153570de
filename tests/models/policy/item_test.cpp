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
  CHECK(item.tpp == 2368);
  CHECK(*item.performance_density == Approx(2368.0 / 814.0));
  CHECK(item.memory_bandwidth == 4000_GBps);
  CHECK(item.io_bandwidth == 900_GBps);
  CHECK_FALSE(item.designed_for_datacenter);
  CHECK_FALSE(item.has_hbm);
  CHECK(item.vendor_headquarters == kUs);
}

TEST_CASE("item: has high-bandwidth memory where its device does", "[policy][item]") {
  const auto has_hbm = [](std::optional<MemoryKind> kind) {
    DeviceSpec device = h20();
    device.memory_kind = kind;
    return item_of(kH20, device, kUs).has_hbm;
  };
  CHECK(has_hbm(MemoryKind::Hbm) == true);
  CHECK(has_hbm(MemoryKind::Gddr) == false);
  CHECK(has_hbm(MemoryKind::OnDie) == false);
  CHECK_FALSE(has_hbm(std::nullopt));
}

TEST_CASE("item: the score is computed, never the published one", "[policy][item]") {
  DeviceSpec device = h20();
  device.published_tpp = 99'999;
  device.published_density = 99.0;
  CHECK(item_of(kH20, device, kUs).tpp == 2368);
  CHECK(*item_of(kH20, device, kUs).performance_density < 3.0);
}

TEST_CASE("item: what the datasheet lacks stays unknown", "[policy][item]") {
  const Item item = item_of(kH20, DeviceSpec{}, kUs);
  CHECK_FALSE(item.performance_density);
  CHECK_FALSE(item.memory_bandwidth);
  CHECK_FALSE(item.io_bandwidth);
}

}  // namespace
}  // namespace chokepoint
