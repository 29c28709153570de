#include "tools/report/comparison.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::months_test {
namespace {

using namespace made;

TEST_CASE("months: columns add up to the run's account", "[report][months]") {
  double ordered = 0.0, delivered = 0.0, refused = 0.0;
  for (const auto& month : refused_months(account(two_months()), 0)) {
    ordered += month.ordered();
    delivered += month.delivered();
    refused += month.refused();
  }
  CHECK(ordered == 2000.0);
  CHECK(delivered == 1000.0);
  CHECK(refused == 1000.0);
}

TEST_CASE("months: a refusal says gate, rule, loss and what the loss rests on",
          "[report][months]") {
  const auto months = refused_months(account(two_months()), 3);
  REQUIRE(months.size() == 2);
  CHECK(months[0].month() == "2025-03");
  CHECK(months[0].gate().empty());
  CHECK(months[0].rule().empty());
  CHECK(months[0].lost_decode_h100e() == 0.0);

  const auto& april = months[1];
  CHECK(april.run() == 3);
  CHECK(april.gate() == "US");
  CHECK(april.rule() == "letter");
  CHECK(april.lost_training_h100e() == 500.0);
  CHECK(april.lost_prefill_h100e() == 250.0);
  CHECK(april.lost_decode_h100e() == 1000.0);
  CHECK(april.least_certain_training() == "peak");
  CHECK(april.least_certain_decode() == "bandwidth");
}

TEST_CASE("months: a month that two rules divided names both, each once", "[report][months]") {
  const auto months =
      refused_months(account({refused("2025-04-01", 1), refused("2025-04-10", 2, Gate::Both),
                              refused("2025-04-20", 4)}),
                     0);
  REQUIRE(months.size() == 1);
  CHECK(months[0].refused() == 7.0);
  CHECK(months[0].gate() == "US, US+CN");
  CHECK(months[0].rule() == "letter + guidance");
  CHECK(months[0].lost_decode_h100e() == 7.0);
}

TEST_CASE("months: supply binds where the vendor ran short", "[report][months]") {
  const auto months =
      refused_months(account({due("2025-03-15", 10), short_of_supply("2025-03-15", 4, "h20")}), 0);
  REQUIRE(months.size() == 1);
  CHECK(months[0].gate() == "supply");
}

TEST_CASE("months: substitutes and empty months are left out", "[report][months]") {
  const auto months =
      refused_months(account({due("2025-03-15", 0), delivered("2025-05-01", 9, "910c", true)}), 0);
  CHECK(months.empty());
}

}  // namespace
}  // namespace chokepoint::months_test
