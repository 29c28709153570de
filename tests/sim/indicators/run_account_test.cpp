#include "sim/indicators/run_account.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/sim/indicators/made_events.hpp"

namespace chokepoint::run_account_test {
namespace {

using namespace made;

RunAccount account_of(const std::vector<TraceEvent>& events) {
  RunAccount account(world());
  for (const TraceEvent& event : events) account.record(event);
  return account;
}

TEST_CASE("run account: what is ordered is delivered, refused or outstanding",
          "[indicators][account]") {
  const auto account = account_of({due("2025-03-15", 1000), delivered("2025-03-22", 600),
                                   due("2025-04-15", 500), refused("2025-04-15", 450, Gate::Both),
                                   closed("2025-12-31", 1500, 600, 450, 450)});
  double ordered = 0.0, done = 0.0;
  for (const auto& [key, month] : account.deliveries) {
    ordered += month.ordered;
    done += month.delivered + month.refused;
  }
  REQUIRE(account.orders.size() == 1);
  CHECK(ordered == account.orders[0].ordered);
  CHECK(ordered == done + account.orders[0].outstanding);
}

TEST_CASE("run account: refusals by rule add up to refusals by order", "[indicators][account]") {
  const auto account =
      account_of({refused("2025-04-15", 100), refused("2025-04-20", 50, Gate::Importer),
                  refused("2025-05-15", 25, Gate::Both), refused("2025-05-16", 5)});
  double by_order = 0.0, by_rule = 0.0;
  for (const auto& [key, month] : account.deliveries) by_order += month.refused;
  for (const auto& [key, refusal] : account.refusals) by_rule += refusal.units;
  CHECK(by_order == 180.0);
  CHECK(by_rule == by_order);
  CHECK(account.refusals.size() == 4);
}

TEST_CASE("run account: a gate is named by its governments", "[indicators][account]") {
  const auto gate = [](Gate held_by) {
    return account_of({refused("2025-04-15", 1, held_by)}).refusals.begin()->first;
  };
  CHECK(gate(Gate::Exporter).gate() == "US");
  CHECK(gate(Gate::Importer).gate() == "CN");
  CHECK(gate(Gate::Both).gate() == "US+CN");
  CHECK(rules_of(gate(Gate::Exporter), world()) == "letter");
  CHECK(rules_of(gate(Gate::Importer), world()) == "guidance");
  CHECK(rules_of(gate(Gate::Both), world()) == "letter + guidance");
}

TEST_CASE("run account: the last instant of a month still belongs to it", "[indicators][account]") {
  auto last = due("2025-02-01", 1);
  last.time -= Seconds{1e-6};
  const auto account = account_of({last, due("2025-02-01", 2)});
  REQUIRE(account.deliveries.size() == 2);
  CHECK(format_month(account.deliveries.begin()->first.month) == "2025-01");
  CHECK(format_month(account.deliveries.rbegin()->first.month) == "2025-02");
}

TEST_CASE("run account: a substitute is not a delivery of what was ordered",
          "[indicators][account]") {
  const auto account =
      account_of({delivered("2025-03-22", 5), delivered("2025-03-22", 7, "h20", true)});
  REQUIRE(account.deliveries.size() == 2);
  DeliveryKey key{parse_date("2025-03-01").value(), OrderId{0}, DeviceId{0}, false};
  CHECK(account.deliveries.at(key).delivered == 5.0);
  key.substitute = true;
  CHECK(account.deliveries.at(key).delivered == 7.0);
}

TEST_CASE("run account: the latest sample counts, each subject once", "[indicators][account]") {
  const auto account =
      account_of({sampled("2025-01-01", Counter::Tpp, "north/h20", 100),
                  sampled("2025-02-01", Counter::Tpp, "north/h20", 300),
                  sampled("2025-02-01", Counter::Tpp, "north/910c", 50),
                  sampled("2025-02-01", Counter::DevicesInstalled, "north/910c", 9)});
  CHECK(account.samples.size() == 4);
  CHECK(account.latest_sum(Counter::Tpp) == 350.0);
  CHECK(account.latest_sum(Counter::H100ePeak) == 0.0);
}

// Tables list keys as they come: by what they say, whatever the ids. 910c has the greater id.
TEST_CASE("run account: keys come in the order of their names", "[indicators][account]") {
  const auto account =
      account_of({due("2025-04-01", 1), due("2025-03-15", 2), due("2025-03-15", 3, "910c")});
  std::vector<double> ordered;
  for (const auto& [key, month] : account.deliveries) ordered.push_back(month.ordered);
  CHECK(ordered == std::vector<double>{3.0, 2.0, 1.0});
}

}  // namespace
}  // namespace chokepoint::run_account_test
