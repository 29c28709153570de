#include "models/market/renting.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

namespace chokepoint {
namespace {

const OffshoreCapacity kJohor{"johor", Country("MY"), DeviceId{0}, day("2025-01-01"), {1001.0, {}}};
const Party kUser{OrgId{1}, Country("CN"), {}, {}};
const Party kSubsidiary{OrgId{2}, Country("SG"), {}, Country("CN")};

Item fast_chip() {
  Item item;
  item.attributes.set(Attribute::Tpp, 15'824);
  item.vendor_headquarters = Country("US");
  return item;
}

Renting half() {
  Renting renting;
  renting.enabled = true;
  renting.share.value = 0.5;
  renting.delay.value = 90_days;
  return renting;
}

// Access from afar is refused to those with headquarters in China, wherever the chips stand.
Regime closed_from(const char* date) {
  Rule rule;
  rule.government = Country("US");
  rule.validity.effective = day(date);
  rule.categories = 1U << static_cast<unsigned>(Category::RemoteAccess);
  rule.buyer.headquarters = {Country("CN")};
  rule.verdict = Verdict::PresumedDenial;
  rule.admitted_share.value = 0.0;
  Regime regime;
  regime.rules = {rule};
  return regime;
}

double rented(const Regime& regime, const Party& user, const char* date,
              const Renting& renting = half()) {
  return rentable_units(kJohor, renting, fast_chip(), regime, user, day(date));
}

TEST_CASE("renting: whole packages of the share that is let, once they work", "[market][renting]") {
  CHECK(rented({}, kUser, "2025-06-01") == 500);
  CHECK(rented({}, kUser, "2025-01-01") == 500);
  CHECK(rented({}, kUser, "2024-12-31") == 0);
  Renting all = half();
  all.share.value = 1.0;
  CHECK(rented({}, kUser, "2025-06-01", all) == 1001);
  CHECK(format_date(usable_from(all, day("2025-01-01"))) == "2025-04-01");
}

TEST_CASE("renting: off unless it is switched on", "[market][renting]") {
  CHECK(rented({}, kUser, "2025-06-01", Renting{}) == 0);
}

TEST_CASE("renting: a rule on headquarters closes it, for subsidiaries as well",
          "[market][renting]") {
  const Regime closed = closed_from("2025-07-01");
  CHECK(rented(closed, kUser, "2025-06-30") == 500);
  CHECK(rented(closed, kUser, "2025-07-01") == 0);
  CHECK(rented(closed, kSubsidiary, "2025-07-01") == 0);
  const Party other{OrgId{3}, Country("JP"), {}, {}};
  CHECK(rented(closed, other, "2025-07-01") == 500);
}

TEST_CASE("renting: rules on chips say nothing of their use", "[market][renting]") {
  Regime chips = closed_from("2025-01-01");
  chips.rules[0].categories = 1U << static_cast<unsigned>(Category::Chip);
  CHECK(rented(chips, kUser, "2025-06-01") == 500);
}

TEST_CASE("renting: another rule never opens more", "[market][renting]") {
  Regime regime;
  double before = rented(regime, kUser, "2025-06-01");
  for (const double share : {1.0, 0.5, 0.8, 0.0}) {
    Rule rule = closed_from("2025-01-01").rules[0];
    rule.verdict = Verdict::Notified;
    rule.admitted_share.value = share;
    regime.rules.push_back(rule);
    const double now = rented(regime, kUser, "2025-06-01");
    CHECK(now <= before);
    before = now;
  }
  CHECK(before == 0);
}

}  // namespace
}  // namespace chokepoint
