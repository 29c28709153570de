#include "models/policy/quota.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

Quota quota_of(Measure measure, double amount) {
  Quota quota;
  quota.rule = RuleId{0};
  quota.measure = measure;
  quota.amount.value = amount;
  return quota;
}

QuotaRequest request_of(OrgId consignee, double tpp) {
  QuotaRequest request;
  request.product = kH20;
  request.destination = kCn;
  request.consignee = consignee;
  request.tpp = tpp;
  return request;
}

constexpr QuotaId kFirst{0};

TEST_CASE("quota: what is drawn is gone", "[policy][quota]") {
  const std::vector<Quota> quotas = {quota_of(Measure::Units, 100)};
  QuotaLedger ledger(quotas);
  const auto request = request_of(kBuyer, 2368);
  CHECK(ledger.available(kFirst, request, today()) == 100);
  ledger.draw({kFirst}, request, today(), 70);
  CHECK(ledger.available(kFirst, request, today()) == 30);
  ledger.draw({kFirst}, request, today(), 30);
  CHECK(ledger.available(kFirst, request, today()) == 0);
}

TEST_CASE("quota: TPP counts whole packages of it", "[policy][quota]") {
  const std::vector<Quota> quotas = {quota_of(Measure::Tpp, 26.9e6)};
  QuotaLedger ledger(quotas);
  // 26.9e6 / 15832 = 1699.09: the exception for low processing power was "1,699 H100".
  CHECK(ledger.available(kFirst, request_of(kBuyer, 15'832), today()) == 1699);
  ledger.draw({kFirst}, request_of(kBuyer, 15'832), today(), 1699);
  CHECK(ledger.available(kFirst, request_of(kBuyer, 15'832), today()) == 0);
  CHECK(ledger.available(kFirst, request_of(kBuyer, 100), today()) == 14);
}

TEST_CASE("quota: each consignee, product and country has its own bucket if it says so",
          "[policy][quota]") {
  Quota quota = quota_of(Measure::Units, 10);
  const auto left_for_another = [](const Quota& one) {
    const std::vector<Quota> quotas = {one};
    QuotaLedger ledger(quotas);
    ledger.draw({kFirst}, request_of(kBuyer, 1), today(), 10);
    QuotaRequest other = request_of(OrgId{99}, 1);
    other.product = DeviceId{50};
    other.destination = kSg;
    return ledger.available(kFirst, other, today());
  };
  CHECK(left_for_another(quota) == 0);
  quota.per_consignee = true;
  CHECK(left_for_another(quota) == 10);
  quota.per_consignee = false;
  quota.per_product = true;
  CHECK(left_for_another(quota) == 10);
  quota.per_product = false;
  quota.per_country = true;
  CHECK(left_for_another(quota) == 10);
}

TEST_CASE("quota: begins anew every year and what was left lapses", "[policy][quota]") {
  Quota quota = quota_of(Measure::Units, 10);
  quota.renewal = Renewal::Yearly;
  const std::vector<Quota> quotas = {quota};
  QuotaLedger ledger(quotas);
  const auto request = request_of(kBuyer, 1);
  ledger.draw({kFirst}, request, day("2025-12-31"), 4);
  CHECK(ledger.available(kFirst, request, day("2025-12-31")) == 6);
  CHECK(ledger.available(kFirst, request, day("2026-01-01")) == 10);
}

TEST_CASE("quota: grows with sales at home", "[policy][quota]") {
  Quota quota = quota_of(Measure::Tpp, 0);
  quota.per_product = true;
  quota.share_of_home_sales.value = 0.5;
  const std::vector<Quota> quotas = {quota};
  QuotaLedger ledger(quotas);
  auto request = request_of(kBuyer, 15'832);
  CHECK(ledger.available(kFirst, request, today()) == 0);
  request.home_units = 1001;
  CHECK(ledger.available(kFirst, request, today()) == 500);
  ledger.draw({kFirst}, request, today(), 500);
  CHECK(ledger.available(kFirst, request, today()) == 0);
  request.home_units = 1002;
  CHECK(ledger.available(kFirst, request, today()) == 1);
}

TEST_CASE("quota: what has no TPP draws nothing from a quota of TPP", "[policy][quota]") {
  const std::vector<Quota> quotas = {quota_of(Measure::Tpp, 10)};
  QuotaLedger ledger(quotas);
  const auto request = request_of(kBuyer, 0);
  ledger.draw({kFirst}, request, today(), 1e9);
  CHECK(ledger.available(kFirst, request_of(kBuyer, 1), today()) == 10);
}

TEST_CASE("quota: a drawing counts against every quota named", "[policy][quota]") {
  Quota per_client = quota_of(Measure::Units, 75'000);
  per_client.per_consignee = true;
  const std::vector<Quota> quotas = {per_client, quota_of(Measure::Units, 100'000)};
  QuotaLedger ledger(quotas);
  const std::vector<QuotaId> both = {QuotaId{0}, QuotaId{1}};
  ledger.draw(both, request_of(kBuyer, 1), today(), 75'000);
  CHECK(ledger.available(QuotaId{0}, request_of(kBuyer, 1), today()) == 0);
  CHECK(ledger.available(QuotaId{0}, request_of(OrgId{9}, 1), today()) == 75'000);
  CHECK(ledger.available(QuotaId{1}, request_of(OrgId{9}, 1), today()) == 25'000);
}

}  // namespace
}  // namespace chokepoint
