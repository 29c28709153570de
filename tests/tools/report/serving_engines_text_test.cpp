#include "tools/report/serving_engines_text.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("serving engines text: every coefficient of every engine, and two for other stacks",
          "[report]") {
  const std::string text = serving_engines_text(CoefficientSet::of_priors(), {}, {}, "rows.csv");
  std::size_t found = 0;
  for (auto at = text.find("coefficients {"); at != std::string::npos;
       at = text.find("coefficients {", at + 1)) {
    ++found;
  }
  CHECK(found == (kEngineFamilies + 2) * coefficient_listing().size());
  CHECK(text.find("name: \"npu_prior\"") != std::string::npos);
  CHECK(text.find("unmeasured: true") != std::string::npos);
  CHECK(text.find("serving_errors") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
