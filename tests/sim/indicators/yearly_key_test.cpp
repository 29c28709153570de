#include "sim/indicators/yearly_key.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("yearly key: it reads back from its text", "[history][yearly]") {
  const YearlyKey key = yearly_key(text_of({"delivered", "mainland/nvidia", "packages", 2025}));
  CHECK(key.indicator == "delivered");
  CHECK(key.subject == "mainland/nvidia");
  CHECK(key.unit == "packages");
  CHECK(key.year == 2025);
  CHECK(yearly_key(text_of({"vendor_hhi", "", "index", 2024})).subject.empty());
}

}  // namespace
}  // namespace chokepoint
