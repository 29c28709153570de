#include "tools/report/run_tables.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::run_summary_test {
namespace {

using namespace made;

TEST_CASE("run_summary: says what was refused and by which rule", "[report][text]") {
  const std::string text = run_summary(account(two_months()));
  CHECK(text.find("refused ") != std::string::npos);
  CHECK(text.find("  by ") != std::string::npos);
  CHECK(text.find("letter") < text.find("1,000  packages", text.find("letter")));
  CHECK(text.find("revenue") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint::run_summary_test
