#include "models/policy/country_set.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

TEST_CASE("country set: has what was added and nothing else", "[policy][country_set]") {
  CountrySet all;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const Country country(std::string{first, second});
      REQUIRE_FALSE(all.has(country));  // No two codes share a place.
      all.add(country);
      REQUIRE(all.has(country));
    }
  }
}

TEST_CASE("country set: joins, takes away and meets", "[policy][country_set]") {
  const Country cn("CN"), us("US"), sg("SG");
  CountrySet set{cn};
  CHECK_FALSE(set.empty());
  set.add(CountrySet{us, sg});
  CHECK(set.has(us));
  CHECK(set.has_any_of(CountrySet{sg}));
  set.remove(CountrySet{us, cn});
  CHECK(set == CountrySet{sg});
  CHECK_FALSE(set.has_any_of(CountrySet{us, cn}));
  CHECK(CountrySet{}.empty());
}

TEST_CASE("country set: a country that is not known is in no set of known ones",
          "[policy][country_set]") {
  CHECK_FALSE(CountrySet{Country("CN")}.has(Country()));
}

}  // namespace
}  // namespace chokepoint
