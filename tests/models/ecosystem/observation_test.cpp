#include "models/ecosystem/observation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

const Country kChina{"CN"}, kSingapore{"SG"}, kAmerica{"US"};
const std::vector<double> kH100e = {0.15, 1.0, 0.4};
const std::vector<double> kPrice = {12'000, 30'000, 15'000};

// Three devices of vendors 0, 0 and 1, sold to buyers of two countries on sites of three.
std::vector<LedgerRow> ledger() {
  std::mt19937_64 draw{17};
  std::vector<LedgerRow> rows;
  for (int i = 0; i < 400; ++i) {
    LedgerRow row;
    row.month = add_months(day("2023-01-01"), static_cast<int>(draw() % 36));
    row.device = DeviceId{static_cast<std::uint32_t>(draw() % 3)};
    row.vendor = OrgId{row.device.value < 2 ? 0U : 1U};
    row.buyer = OrgId{10 + static_cast<std::uint32_t>(draw() % 4)};
    row.user = row.buyer;
    row.buyer_headquarters = row.buyer.value < 12 ? kChina : kAmerica;
    row.site_country = std::vector{kChina, kSingapore, kAmerica}[draw() % 3];
    if (draw() % 4 == 0) row.billed_to = kSingapore;
    row.status = static_cast<LegalStatus>(draw() % 4);
    row.channel = static_cast<Channel>(draw() % 2);
    row.units = static_cast<double>(draw() % 5000);
    row.value = Usd{row.units * kPrice[row.device.value]};
    rows.push_back(row);
  }
  return rows;
}

ObservationSeries series(ObservationMeasure measure) {
  ObservationSeries made;
  made.measure = measure;
  return made;
}

double observed(const ObservationSeries& what, const char* begin, const char* end) {
  return observe(what, ledger(), day(begin), day(end), kH100e);
}

TEST_CASE("observation: units by vendor sum to the total, as by any other cut",
          "[ecosystem][observation]") {
  const auto total = [](const auto& parts, auto field) {
    double sum = 0.0;
    for (const auto& part : parts) {
      ObservationSeries of = series(ObservationMeasure::Units);
      (of.filter.*field) = {part};
      sum += observed(of, "2023-02-13", "2025-06-09");
    }
    return sum;
  };
  const double all = observed(series(ObservationMeasure::Units), "2023-02-13", "2025-06-09");
  REQUIRE(all > 0.0);
  CHECK(total(std::vector{OrgId{0}, OrgId{1}}, &LedgerFilter::vendors) == Approx(all));
  CHECK(total(std::vector{DeviceId{0}, DeviceId{1}, DeviceId{2}}, &LedgerFilter::devices) ==
        Approx(all));
  CHECK(total(std::vector{kChina, kAmerica}, &LedgerFilter::headquarters) == Approx(all));
  CHECK(total(std::vector{kChina, kSingapore, kAmerica}, &LedgerFilter::site_countries) ==
        Approx(all));
  CHECK(total(std::vector{kChina, kSingapore, kAmerica}, &LedgerFilter::booked_in) == Approx(all));
  CHECK(total(std::vector{LegalStatus::Legal, LegalStatus::Licensed, LegalStatus::Diverted,
                          LegalStatus::Rented},
              &LedgerFilter::statuses) == Approx(all));
  CHECK(total(std::vector{Channel::Merchant, Channel::Captive}, &LedgerFilter::channels) ==
        Approx(all));
}

TEST_CASE("observation: revenue is units times price, compute units times worth",
          "[ecosystem][observation]") {
  for (std::uint32_t i = 0; i < 3; ++i) {
    ObservationSeries units = series(ObservationMeasure::Units);
    units.filter.devices = {DeviceId{i}};
    ObservationSeries revenue = units, compute = units;
    revenue.measure = ObservationMeasure::Revenue;
    compute.measure = ObservationMeasure::H100e;
    const double count = observed(units, "2023-05-01", "2024-02-11");
    CHECK(observed(revenue, "2023-05-01", "2024-02-11") == Approx(count * kPrice[i]));
    CHECK(observed(compute, "2023-05-01", "2024-02-11") == Approx(count * kH100e[i]));
  }
}

TEST_CASE("observation: periods add up, with what else the source counts",
          "[ecosystem][observation]") {
  ObservationSeries revenue = series(ObservationMeasure::Revenue);
  revenue.base.points = {{day("2022-01-01"), {1e9, {}}}, {day("2023-08-15"), {3e9, {}}}};
  CHECK(observed(revenue, "2023-01-30", "2023-08-03") +
            observed(revenue, "2023-08-03", "2024-01-29") ==
        Approx(observed(revenue, "2023-01-30", "2024-01-29")));
}

TEST_CASE("observation: a fiscal quarter takes its days of a month", "[ecosystem][observation]") {
  LedgerRow row;
  row.month = day("2024-04-01");
  row.units = 300.0;
  const std::vector<LedgerRow> rows = {row};
  const auto units = [&](const char* begin, const char* end) {
    return observe(series(ObservationMeasure::Units), rows, day(begin), day(end), kH100e);
  };
  CHECK(units("2024-01-29", "2024-04-29") == Approx(280.0));  // 28 of 30 days.
  CHECK(units("2024-04-29", "2024-07-29") == Approx(20.0));
  CHECK(units("2024-05-01", "2024-07-29") == 0.0);
  CHECK(units("2024-03-01", "2024-04-01") == 0.0);
}

TEST_CASE("observation: the base counts per year, the factor only what is in the ledger",
          "[ecosystem][observation]") {
  ObservationSeries cards = series(ObservationMeasure::Units);
  const double packages = observed(cards, "2024-01-01", "2025-01-01");
  cards.factor = {2.0, {}};
  CHECK(observed(cards, "2024-01-01", "2025-01-01") == Approx(2.0 * packages));
  cards.base.points = {{day("2020-01-01"), {1000.0, {}}}};
  CHECK(observed(cards, "2024-01-01", "2025-01-01") - 2.0 * packages ==
        Approx(1000.0 * 366.0 / 365.25));
}

TEST_CASE("observation: shares of all vendors sum to 1 and leave a part to the rest",
          "[ecosystem][observation]") {
  for (const auto measure : {ObservationMeasure::UnitShare, ObservationMeasure::ValueShare}) {
    ObservationSeries share = series(measure);
    share.among.site_countries = {kChina};
    double sum = 0.0;
    for (const OrgId vendor : {OrgId{0}, OrgId{1}}) {
      share.filter.vendors = {vendor};
      sum += observed(share, "2024-01-01", "2025-01-01");
    }
    CHECK(sum == Approx(1.0));
    const double before = observed(share, "2024-01-01", "2025-01-01");
    share.base.points = {{day("2020-01-01"), {1e6, {}}}};
    CHECK(observed(share, "2024-01-01", "2025-01-01") < before);
    CHECK(observed(share, "2019-01-01", "2019-02-01") == 0.0);
  }
}

TEST_CASE("observation: a part outside the whole does not count", "[ecosystem][observation]") {
  ObservationSeries share = series(ObservationMeasure::UnitShare);
  share.filter.headquarters = {kChina};
  share.among.headquarters = {kAmerica};
  CHECK(observed(share, "2024-01-01", "2025-01-01") == 0.0);
}

TEST_CASE("observation: billing and headquarters are two countries of one sale",
          "[ecosystem][observation]") {
  LedgerRow row;
  row.month = day("2024-04-01");
  row.units = 100.0;
  row.buyer_headquarters = kChina;
  row.site_country = kSingapore;
  ObservationSeries china = series(ObservationMeasure::Units);
  china.filter.booked_in = {kChina};
  const auto units = [&] {
    const std::vector<LedgerRow> rows = {row};
    return observe(china, rows, day("2024-04-01"), day("2024-05-01"), kH100e);
  };
  CHECK(units() == 0.0);
  row.billed_to = kChina;
  CHECK(units() == 100.0);
  row.billed_to = std::nullopt;
  china.filter.basis = Basis::Headquarters;
  CHECK(units() == 100.0);
}

TEST_CASE("observation: a level is all since its start and never falls",
          "[ecosystem][observation]") {
  ObservationSeries stock = series(ObservationMeasure::CumulativeH100e);
  stock.since = day("2023-07-01");
  ObservationSeries flow = series(ObservationMeasure::H100e);
  CHECK(observed(stock, "2024-10-01", "2025-01-01") ==
        Approx(observed(flow, "2023-07-01", "2025-01-01")));
  double before = 0.0;
  for (int i = 0; i < 40; ++i) {
    const Date end = day("2023-02-10") + std::chrono::days{25 * i};
    const double now = observe(stock, ledger(), end - std::chrono::days{25}, end, kH100e);
    CHECK(now >= before);
    before = now;
  }
  ObservationSeries units = series(ObservationMeasure::Units);
  units.level = true;
  CHECK(observed(units, "2025-12-01", "2026-01-01") ==
        Approx(observed(series(ObservationMeasure::Units), "2023-01-01", "2026-01-01")));
}

TEST_CASE("observation: the order of the ledger does not matter", "[ecosystem][observation]") {
  auto rows = ledger();
  const auto what = series(ObservationMeasure::H100e);
  const double before = observe(what, rows, day("2023-05-05"), day("2024-05-05"), kH100e);
  std::reverse(rows.begin(), rows.end());
  CHECK(observe(what, rows, day("2023-05-05"), day("2024-05-05"), kH100e) == Approx(before));
}

}  // namespace
}  // namespace chokepoint
