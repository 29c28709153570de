#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

OrgId org(const World& world, const std::string& name) {
  std::uint32_t i = 0;
  while (world.orgs[i].name != name) ++i;
  return OrgId{i};
}

TEST_CASE("read_history: what a source counts", "[scenario][read]") {
  const World world = world_of(economy_text());
  REQUIRE(world.observed.size() == 3);
  const ObservedSeries& revenue = world.observed[0];
  CHECK(revenue.counts.name == "west_china_revenue");
  CHECK(revenue.display == "West's revenue in China");
  CHECK(revenue.unit == "bn USD");
  CHECK(revenue.counts.measure == ObservationMeasure::Revenue);
  CHECK(revenue.counts.filter.vendors == std::vector<OrgId>{org(world, "west")});
  CHECK(revenue.counts.filter.booked_in == std::vector<Country>{Country("CN")});
  CHECK(revenue.counts.filter.basis == Basis::Billing);
  CHECK(revenue.counts.filter.statuses ==
        std::vector<LegalStatus>{LegalStatus::Legal, LegalStatus::Licensed, LegalStatus::Rented});
  CHECK(revenue.counts.factor.value == 1e-9);
  CHECK(revenue.counts.scale == 0.5);
  CHECK(value_on(revenue.counts.base, world.first_day()) == 3.0);
  CHECK_FALSE(revenue.counts.level);
}

TEST_CASE("read_history: what it leaves out", "[scenario][read]") {
  const World world = world_of(economy_text());
  const ObservedSeries &share = world.observed[1], &fleet = world.observed[2];
  CHECK(share.display == "domestic_share");
  CHECK(share.counts.measure == ObservationMeasure::UnitShare);
  CHECK(share.counts.filter.basis == Basis::Headquarters);
  CHECK(share.counts.factor.value == 1.0);
  CHECK(share.counts.base.points.empty());
  CHECK(share.counts.scale == 0.005);  // Shares alone do without a scale.
  CHECK(fleet.counts.measure == ObservationMeasure::CumulativeH100e);
  CHECK(fleet.counts.level);
  CHECK(fleet.counts.since == day("2024-01-01"));
  CHECK(fleet.counts.filter.devices == std::vector<DeviceId>{DeviceId{0}});
  CHECK(fleet.figures.empty());
}

TEST_CASE("read_history: vendors of a country are those that make something there",
          "[scenario][read]") {
  const World world = world_of(economy_text());
  CHECK(world.observed[1].counts.filter.vendors == std::vector<OrgId>{org(world, "east")});
  CHECK(world.observed[1].counts.among.vendors.empty());
  CHECK(world.observed[1].counts.among.statuses.back() == LegalStatus::Diverted);
  // Families count, whoever of them is named.
  const World owned = world_of(with_replaced(economy_text(), "name: \"west\"", "headquarters",
                                             "parent: \"cloud\" headquarters"));
  CHECK(owned.observed[0].counts.filter.vendors == std::vector<OrgId>{org(owned, "cloud")});
}

TEST_CASE("read_history: figures with their period, range and use", "[scenario][read]") {
  const World world = world_of(economy_text());
  const ObservedFigure& year = world.observed[0].figures.at(0);
  CHECK(year.begin == day("2025-01-01"));
  CHECK(year.end == day("2026-01-01"));
  CHECK(year.value.value == 17.0);
  CHECK(year.use == FigureUse::Calibrate);
  const ObservedFigure& half = world.observed[1].figures.at(0);
  CHECK(half.name == "2025_H1");
  CHECK(half.use == FigureUse::Validate);
  REQUIRE(half.value.input);
  CHECK(world.inputs[half.value.input->value].high == 0.5);
}

TEST_CASE("read_history: what is wrong with a series", "[scenario][read]") {
  const auto error = [](const std::string& anchor, const std::string& from, const std::string& to) {
    return only_error(economy_but(anchor, from, to));
  };
  CHECK(error("observation_series {", "  scale: 0.5\n", "").find("scale is missing") == 0);
  CHECK(error("observation_series {", "  unit: \"bn USD\"\n", "").find("unit is missing") == 0);
  CHECK(error("observation_series {", "counted_as: REVENUE_BOOKED", "")
            .find("counted_as is missing") == 0);
  CHECK(error("observation_series {", "end: \"2026-01-01\"", "end: \"2025-01-01\"") ==
        "end 2025-01-01 is not after begin 2025-01-01 | dates out of order: end is the first day "
        "after the last");
  CHECK(error("observation_series {", "    use: CALIBRATE\n", "").find("use is missing") == 0);
  CHECK(error("name: \"fleet\"", "  since: \"2024-01-01\"\n", "").find("since is missing") == 0);
  CHECK(error("name: \"fleet\"", "devices: \"west_gpu\"", "devices: \"west_gpv\"") ==
        "no device 'west_gpv' in the scenario | did you mean 'west_gpu'?");
  CHECK(error("name: \"fleet\"", "scale: 1000", "scale: 0").find("scale is 0") == 0);
}

}  // namespace
}  // namespace chokepoint
