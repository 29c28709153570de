#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

World world_with(const std::string& item) {
  const auto result = read_text(small_text() + item);
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  return *result.world;
}

std::string error_with(const std::string& item) {
  return only_error(small_text() + item);
}

TEST_CASE("read_items: every device is an item", "[scenario][read]") {
  const World world = small_world();
  REQUIRE(world.device_items.size() == world.devices.size());
  const NamedItem& item = world.device_items[0];
  CHECK(item.name == "west_gpu");
  CHECK(value_of(Attribute::Tpp, item.item) == 16'000);
  CHECK(value_of(Attribute::PerformanceDensity, item.item) == 20.0);
  CHECK(item.item.vendor_headquarters == Country("US"));
  CHECK(item.item.sold_in.empty());
  CHECK_FALSE(item.released);
}

TEST_CASE("read_items: an item of its own has what it says and no more", "[scenario][read]") {
  const World world = world_with(
      "items { name: \"card\" display: \"The Card\" vendor: \"west\" released: \"2024-03-01\" "
      "tpp { value: 4707 source: \"sheet\" confidence: OFFICIAL } "
      "die_area_mm2 { value: 600 source: \"sheet\" confidence: OFFICIAL } "
      "memory_bandwidth_gb_s { value: 1008 source: \"sheet\" confidence: OFFICIAL } "
      "transistors_bn { value: 76 source: \"sheet\" confidence: OFFICIAL } "
      "designed_for_datacenter: false sold_in: \"US\" types: \"graphics\" }");
  REQUIRE(world.items.size() == 1);
  const NamedItem& card = world.items[0];
  CHECK(card.display == "The Card");
  CHECK(card.released == parse_date("2024-03-01"));
  CHECK(card.item.id == ItemId{0});
  CHECK_FALSE(card.item.device);
  CHECK(value_of(Attribute::Tpp, card.item) == 4707);
  CHECK(value_of(Attribute::PerformanceDensity, card.item) == 4707.0 / 600.0);
  CHECK(value_of(Attribute::MemoryBandwidth, card.item) == 1008e9);
  CHECK_FALSE(value_of(Attribute::IoBandwidth, card.item));
  CHECK(value_of(Attribute::Transistors, card.item) == 76e9);
  CHECK(value_of(Attribute::DesignedForDatacenter, card.item) == 0.0);
  CHECK(card.item.sold_in == CountrySet{Country("US")});
  CHECK(card.item.types.size() == 1);
  CHECK(world.item_types == std::vector<std::string>{"graphics"});
}

TEST_CASE("read_items: an item of a device takes over what it does not say", "[scenario][read]") {
  const World world = world_with(
      "items { name: \"gpu_for_rules\" device: \"west_gpu\" sold_in: \"US\" "
      "io_bandwidth_gb_s { value: 400 source: \"sheet\" confidence: OFFICIAL } }");
  const Item& item = world.device_items[0].item;
  CHECK(value_of(Attribute::Tpp, item) == 16'000);
  CHECK(value_of(Attribute::PerformanceDensity, item) == 20.0);
  CHECK(value_of(Attribute::MemoryBandwidth, item) == 4000e9);
  CHECK(value_of(Attribute::IoBandwidth, item) == 400e9);
  CHECK(item.id == ItemId{0});
  CHECK(item.device == DeviceId{0});
  CHECK(item.sold_in.has(Country("US")));
  CHECK(world.devices[0].io_bandwidth == 900_GBps);  // What physics looks at stays.
}

TEST_CASE("read_items: another score takes the density of the old one away", "[scenario][read]") {
  const World world = world_with(
      "items { name: \"gpu_for_rules\" device: \"west_gpu\" "
      "tpp { value: 2399 source: \"sheet\" confidence: OFFICIAL } }");
  CHECK(value_of(Attribute::Tpp, world.device_items[0].item) == 2399);
  CHECK_FALSE(value_of(Attribute::PerformanceDensity, world.device_items[0].item));
}

TEST_CASE("read_items: a quarter of release is its first day", "[scenario][read]") {
  const auto released = [](const std::string& quarter) {
    const auto result = read_text(small_but(
        "stack: \"west_stack\"", "stack: \"west_stack\" release_quarter { text: \"" + quarter +
                                     "\" source: \"sheet\" confidence: OFFICIAL }"));
    REQUIRE(result.world);
    return result.world->device_items[0].released;
  };
  CHECK(released("2023Q1") == parse_date("2023-01-01"));
  CHECK(released("2024Q4") == parse_date("2024-10-01"));
  CHECK_FALSE(released("2024Q5"));
  CHECK_FALSE(released("soon"));
}

TEST_CASE("read_items: what is wrong with an item", "[scenario][read]") {
  CHECK(error_with("items { name: \"card\" }") == "vendor is missing | known: west, east, lab");
  CHECK(error_with("items { name: \"card\" vendor: \"wst\" }") ==
        "no org 'wst' in the scenario | did you mean 'west'?");
  CHECK(error_with("items { name: \"a\" device: \"west_gpu\" } "
                   "items { name: \"b\" device: \"west_gpu\" }") ==
        "a second item of device 'west_gpu' | one item per device; put both into one");
  CHECK(error_with("items { name: \"card\" vendor: \"west\" "
                   "tpp { value: -1 source: \"sheet\" confidence: OFFICIAL } }")
            .find("tpp is -1") == 0);
}

}  // namespace
}  // namespace chokepoint
