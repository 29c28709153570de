#include "tools/policy/subject.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

std::string found(const World& world, const std::string& word) {
  const auto result = find_subject(world, word);
  return result.subject ? result.subject->name : result.complaint + "; " + result.help;
}

TEST_CASE("policy subject: names and display names mean a thing in any case", "[policy]") {
  const World world = small_policy().world;
  CHECK(found(world, "west_big") == "west_big");
  CHECK(found(world, "WEST_BIG") == "west_big");
  CHECK(found(world, "big one") == "west_big");
  CHECK(found(world, "bigone") == "west_big");
}

TEST_CASE("policy subject: some words of a name do where they mean one thing", "[policy]") {
  const World world = small_policy().world;
  CHECK(found(world, "npu") == "east_npu");
  CHECK(found(world, "west") == "'west' could be any of 2; say which: west_big, west_mid");
}

TEST_CASE("policy subject: what is not there may be near to what is", "[policy]") {
  const World world = small_policy().world;
  CHECK(found(world, "west_bog") == "no device or item 'west_bog'; did you mean 'west_big'?");
  CHECK(has(found(world, "zzzzzzzz"), "policy check --all"));
  CHECK(has(found(world, "-"), "no device or item '-'"));
}

TEST_CASE("policy subject: what is not given of bare attributes is not known", "[policy]") {
  const World world = small_policy().world;
  BareSubject given;
  given.attributes.state(Attribute::Tpp, 3000);
  const Item some = bare_subject(given, world).item;
  CHECK_FALSE(value_of(Attribute::PerformanceDensity, some));
  CHECK_FALSE(value_of(Attribute::MemoryBandwidth, some));
  CHECK(some.vendor_headquarters == Country("US"));
  CHECK(value_of(Attribute::DesignedForDatacenter, some) == 1.0);
  given.attributes.state(Attribute::PerformanceDensity, 600);  // By the die area.
  given.vendor = id_of<OrgId>(world.orgs, "east");
  const Item more = bare_subject(given, world).item;
  CHECK(value_of(Attribute::PerformanceDensity, more) == 5.0);  // 3000 over 600.
  CHECK(more.vendor_headquarters == Country("CN"));
}

TEST_CASE("policy subject: attributes have their units, and chips say what is not known",
          "[policy]") {
  const PolicyBook book = small_policy();
  CHECK(attributes_text(small_subject(book, "west_big").item, book.world) ==
        "TPP 5000, density 6.25 TPP/mm2, memory bandwidth 2000 GB/s, I/O bandwidth not known, for "
        "data centers, sold in US");
  CHECK(attributes_text(small_subject(book, "stack").item, book.world) == "hbm3");
}

}  // namespace
}  // namespace chokepoint
