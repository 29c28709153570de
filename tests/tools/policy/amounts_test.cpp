#include "tools/policy/amounts.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("policy amounts: figures come with unit, range, confidence and source", "[policy]") {
  const World world = small_policy().world;
  const Exception& exception = world.regime.exceptions[0];
  CHECK(share_of(exception.admitted_share, "of them", world) ==
        "50 % of them (estimated, 10 .. 100 %, source guess)");
  CHECK(days_of(exception.review.time, world) ==
        "30 days (estimated, 20 .. 90 days, source guess)");
  CHECK(days_of({Seconds{86'400.0}, {}}, world) == "1 day");
  CHECK(quota_text(world.regime.quotas[0], world) ==
        "20,000 units (estimated, source guess), per product, begins anew every year");
}

TEST_CASE("policy amounts: a ruling tells only what there is to tell", "[policy]") {
  const World world = small_policy().world;
  CHECK(amounts(Ruling(), world).empty());

  Ruling ruling;
  ruling.rule = ruling.limiting_rule = ruling.wait_rule = RuleId{2};
  ruling.exception = ruling.wait_exception = ExceptionId{0};
  ruling.admitted_share = 0.5;
  ruling.wait = Seconds{30 * 86'400.0};
  ruling.refusal_probability = 0.2;
  ruling.revenue_share = 0.15;
  ruling.tariff_share = 0.25;
  ruling.government = Country("US");
  CHECK(amounts(ruling, world) ==
        Lines{{"admitted", "50 % of what is asked for"},
              {"wait", "30 days (estimated, 20 .. 90 days, source guess)"},
              {"refusal", "20 % of applications (estimated, source guess)"},
              {"charge",
               "15 % of revenue, paid by the vendor to the government; practice, no law or "
               "regulation says so"},
              {"duty", "25 % of the price, paid by whoever imports it into US"}});
}

TEST_CASE("policy amounts: what another rule limits names it", "[policy]") {
  const World world = small_policy().world;
  Ruling ruling;
  ruling.rule = RuleId{0};
  ruling.limiting_rule = RuleId{2};
  ruling.admitted_share = 0.0;
  CHECK(amounts(ruling, world) == Lines{{"admitted", "nothing, by us_memory"}});
}

TEST_CASE("policy amounts: dates say when a rule holds and when it does not", "[policy]") {
  const World world = small_policy().world;
  CHECK(dates_text(world.regime.rules[0]) == "2023-11-17 on, announced 2023-10-17");
  CHECK(dates_text(world.regime.rules[1]) == "2022-01-01 until 2025-04-09");
  CHECK(dates_text(world.regime.rules[5]) ==
        "2025-09-01 on, suspended 2026-06-01 until 2026-09-01");
}

}  // namespace
}  // namespace chokepoint
