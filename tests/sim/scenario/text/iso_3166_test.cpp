#include "sim/scenario/text/iso_3166.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("countries: only codes that ISO 3166-1 assigns", "[scenario][country]") {
  int assigned = 0;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      if (is_iso_country({first, second})) ++assigned;
    }
  }
  CHECK(assigned == 249);
  for (const char* code : {"CN", "HK", "MO", "TW", "GB", "US", "AE"}) CHECK(is_iso_country(code));
  for (const char* code : {"UK", "EU", "XX", "AA", "ZZ", "XK", "cn", "D ", "", "CHN"}) {
    INFO(code);
    CHECK_FALSE(is_iso_country(code));
  }
}

TEST_CASE("countries: what people write instead has help", "[scenario][country]") {
  CHECK(country_help("UK") == "did you mean GB?");
  CHECK(country_help("uae") == "did you mean AE?");
  CHECK(country_help("cn") == "did you mean CN?");
  CHECK(country_help("XX") == "write the two capital letters of ISO 3166-1, such as CN");
}

}  // namespace
}  // namespace chokepoint
