#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

const std::string kGuess = "source: \"guess\" confidence: ESTIMATED";

TEST_CASE("read_quotas: a quota is read as it is written", "[scenario][read]") {
  const auto result = read_text(small_text() +
                                "quotas { name: \"cap\" rule: \"us_letter\" measure: TPP "
                                "amount { value: 26.9e6 " +
                                kGuess + " } share_of_home_sales { value: 0.5 " + kGuess +
                                " } per_product: true per_consignee: true renewal: YEARLY }");
  REQUIRE(result.world);
  const Quota& quota = result.world->regime.quotas[0];
  CHECK(quota.rule == RuleId{0});
  CHECK_FALSE(quota.exception);
  CHECK(quota.measure == Measure::Tpp);
  CHECK(quota.amount.value == 26.9e6);
  CHECK(quota.share_of_home_sales.value == 0.5);
  CHECK(quota.per_product);
  CHECK_FALSE(quota.per_country);
  CHECK(quota.per_consignee);
  CHECK(quota.renewal == Renewal::Yearly);
}

TEST_CASE("read_quotas: sales at home are a schedule", "[scenario][read]") {
  const std::string pace = " pace { from: \"2025-03-01\" units_per_month { value: 10 " + kGuess +
                           " } } pace { from: \"2025-02-01\" units_per_month { value: 20 " +
                           kGuess + " } }";
  CHECK(only_error(small_text() +
                   "home_sales { name: \"home\" device: \"west_gpu\" country: \"US\"" + pace + " }")
            .find("pace from 2025-02-01 after one from 2025-03-01") == 0);
  const auto result = read_text(small_text() +
                                "home_sales { name: \"home\" device: \"west_gpu\" country: \"US\" "
                                "pace { from: \"2025-02-01\" units_per_month { value: 20 " +
                                kGuess + " } } }");
  REQUIRE(result.world);
  CHECK(result.world->home_sales[0].pace[0].units_per_month.value == 20.0);
}

TEST_CASE("read_quotas: what is wrong with a quota", "[scenario][read]") {
  const auto error = [](const std::string& inside) {
    return only_error(small_text() + "quotas { name: \"cap\" measure: UNITS " + inside + " }");
  };
  CHECK(error("") == "quota 'cap' belongs to nothing | name either its rule or its exception");
  CHECK(error("rule: \"us_leter\"") ==
        "no rule 'us_leter' in the scenario | did you mean 'us_letter'?");
  CHECK(error("rule: \"us_letter\" share_of_home_sales { value: 0.5 " + kGuess + " }") ==
        "share_of_home_sales of no product | sales at home are counted by product: add "
        "per_product: true");
  CHECK(error("rule: \"us_letter\" amount { value: -1 " + kGuess + " }").find("amount is -1") == 0);
}

}  // namespace
}  // namespace chokepoint
