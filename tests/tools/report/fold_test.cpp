#include "tools/report/fold.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "tests/tools/report/made_runs.hpp"

namespace chokepoint::fold_test {
namespace {

using namespace made;

TEST_CASE("fold: what is ordered is delivered, refused or outstanding", "[report][fold]") {
  const auto account =
      made::account(manifest(), {due("2025-03-15", 1000), delivered("2025-03-22", 600),
                                 due("2025-04-15", 500), refused("2025-04-15", 450, pb::BOTH),
                                 closed("2025-12-31", 1500, 600, 450, 450)});
  double ordered = 0.0, done = 0.0;
  for (const auto& [key, month] : account.deliveries) {
    ordered += month.ordered;
    done += month.delivered + month.refused;
  }
  REQUIRE(account.orders.size() == 1);
  CHECK(ordered == account.orders[0].ordered());
  CHECK(ordered == done + account.orders[0].outstanding());
}

TEST_CASE("fold: refusals by rule add up to refusals by order", "[report][fold]") {
  const auto account = made::account(
      manifest(), {refused("2025-04-15", 100), refused("2025-04-20", 50, pb::IMPORTER),
                   refused("2025-05-15", 25, pb::BOTH), refused("2025-05-16", 5)});
  double by_order = 0.0, by_rule = 0.0;
  for (const auto& [key, month] : account.deliveries) by_order += month.refused;
  for (const auto& [key, refusal] : account.refusals) by_rule += refusal.units;
  CHECK(by_order == 180.0);
  CHECK(by_rule == by_order);
  CHECK(account.refusals.size() == 4);
}

TEST_CASE("fold: a gate is named by its governments", "[report][fold]") {
  const auto gate = [](pb::HoldingGate held_by) {
    return account(manifest(), {refused("2025-04-15", 1, held_by)}).refusals.begin()->first;
  };
  CHECK(gate(pb::EXPORTER).gate == "US");
  CHECK(gate(pb::IMPORTER).gate == "CN");
  CHECK(gate(pb::BOTH).gate == "US+CN");
  CHECK(rules_of(gate(pb::EXPORTER)) == "letter");
  CHECK(rules_of(gate(pb::IMPORTER)) == "guidance");
  CHECK(rules_of(gate(pb::BOTH)) == "letter + guidance");
}

TEST_CASE("fold: the last instant of a month still belongs to it", "[report][fold]") {
  auto last = due("2025-02-01", 1);
  last.time_ns -= 1;
  const auto account = made::account(manifest(), {last, due("2025-02-01", 2)});
  REQUIRE(account.deliveries.size() == 2);
  CHECK(account.deliveries.begin()->first.month == "2025-01");
  CHECK(account.deliveries.rbegin()->first.month == "2025-02");
}

TEST_CASE("fold: a substitute is not a delivery of what was ordered", "[report][fold]") {
  const auto account = made::account(
      manifest(), {delivered("2025-03-22", 5), delivered("2025-03-22", 7, "h20", true)});
  REQUIRE(account.deliveries.size() == 2);
  CHECK(account.deliveries.at({"2025-03", "h20_national", "h20", false}).delivered == 5.0);
  CHECK(account.deliveries.at({"2025-03", "h20_national", "h20", true}).delivered == 7.0);
}

TEST_CASE("fold: the latest sample counts, each subject once", "[report][fold]") {
  const auto account =
      made::account(manifest(), {sampled("2025-01-01", "tpp", "north/h20", 100),
                                 sampled("2025-02-01", "tpp", "north/h20", 300),
                                 sampled("2025-02-01", "tpp", "north/910c", 50),
                                 sampled("2025-02-01", "tpp_other", "north/910c", 9)});
  CHECK(account.samples.size() == 4);
  CHECK(account.latest_sum(Counter::Tpp) == 350.0);
  CHECK(account.latest_sum(Counter::H100ePeak) == 0.0);
}

TEST_CASE("fold: a manifest without an epoch is refused", "[report][fold]") {
  CHECK_THROWS_AS(Fold(pb::Manifest()), std::runtime_error);
}

TEST_CASE("fold: a folder without a trace is no run and is named", "[report][fold]") {
  const auto nowhere = std::filesystem::path("/nonexistent/run");
  CHECK_THROWS_WITH(read_run(nowhere), Catch::Contains("/nonexistent/run"));
}

}  // namespace
}  // namespace chokepoint::fold_test
