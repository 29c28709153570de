#include "sim/zoom/zoomed_study.hpp"

#include <catch2/catch.hpp>

#include "sim/engine/engine.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/zoom/small_site.hpp"

namespace chokepoint {
namespace {

SmallSite busy_site() {
  SmallSite small;
  small.short_job_days = 2;
  small.third_job_comes = "2025-01-12T06:00:00Z";
  return small;
}

struct Zoomed {
  Composed composed;
  World world;
  WatchedSite seen;
  std::string text;
};

Zoomed zoomed(const SmallSite& small) {
  Zoomed made{composed_site(small), {}, {}, {}};
  made.world = site_world(made.composed);
  made.seen = watched(made.world, 10, 3);
  made.text = study_text(zoomed_study(made.composed, made.world, made.seen));
  return made;
}

TEST_CASE("zoomed study: it is a scenario that can be read, of these days and that site",
          "[zoom][study]") {
  const Zoomed made = zoomed(busy_site());
  const World study = study_world(made.text);
  CHECK(study.name == "small-pod");
  CHECK(study.horizon() == 3_days);
  REQUIRE(study.sites.size() == 1);
  CHECK(study.sites[0].name == "pod");
  REQUIRE(study.pools.size() == 1);
  CHECK(study.pools[0].host_scale == Pool::HostScale::OnePerNode);
  CHECK(study.stocks[0].units.value == 64);
  CHECK(study.orders.empty());
  CHECK(made.text.rfind("# A site of a longer run", 0) == 0);
}

TEST_CASE("zoomed study: jobs have what is left of them, those that ended are gone",
          "[zoom][study]") {
  const Zoomed made = zoomed(busy_site());
  const World study = study_world(made.text);
  REQUIRE(study.training_jobs.size() == 2);
  const TrainingJob &longest = study.training_jobs[0], &third = study.training_jobs[1];
  CHECK(longest.name == "long");
  const Seconds ten_days = 10_days;
  const double trained = (made.seen.jobs[0].throughput * ten_days).value;
  CHECK(longest.tokens.value.value ==
        Approx(made.world.training_jobs[0].tokens.value.value - trained));
  CHECK(third.name == "third");
  CHECK(study.calendar().at(third.submitted) == 30_hours);
}

TEST_CASE("zoomed study: a service is asked what it was asked in each window", "[zoom][study]") {
  SmallSite small = busy_site();
  small.growth_per_year = 10;
  const Zoomed made = zoomed(small);
  const InferenceService service = study_world(made.text).services[0];
  REQUIRE(service.windows.size() == 3);
  for (int day = 0; day < 3; ++day) {
    const TokensPerSecond mean = mean_demand(made.world.services[0], (10 + day) * 1_days, 1_days);
    CHECK(service.windows[day].length.value == Approx(86'400));
    CHECK(service.windows[day].demand.value == Approx((mean * 1_days).value));
  }
}

TEST_CASE("zoomed study: nodes without power are not in it", "[zoom][study]") {
  SmallSite small = busy_site();
  small.power_cap_mw = 5.5 * 10.2e-3 * 1.25;  // Of servers of 10.2 kW.
  const Zoomed made = zoomed(small);
  REQUIRE(made.seen.pools.size() == 1);
  CHECK(made.seen.pools[0].powered_nodes < 8);
  CHECK(study_world(made.text).stocks[0].units.value ==
        8.0 * static_cast<double>(made.seen.pools[0].powered_nodes));
}

TEST_CASE("zoomed study: run by segments it does what the long run did", "[zoom][study]") {
  struct Done {
    double served, trained, energy;
  };
  const auto done = [](const WatchedSite& seen) {
    Done sum{0, 0, seen.energy.value};
    for (const WatchedService& service : seen.services) sum.served += service.served.served.value;
    for (const WatchedJob& job : seen.jobs) sum.trained += job.trained.value;
    return sum;
  };
  // A process holds one simulation.
  const auto text = in_child<char>([&] {
    const Zoomed made = zoomed(busy_site());
    return std::vector<char>(made.text.begin(), made.text.end());
  });
  const Done before =
      in_child<Done>([&] { return std::vector<Done>{done(zoomed(busy_site()).seen)}; }).at(0);
  const World study = study_world(std::string(text.begin(), text.end()));
  const Done after = done(watched(study, 0, 3));
  CHECK(after.served == Approx(before.served));
  CHECK(after.trained == Approx(before.trained));
  CHECK(after.energy == Approx(before.energy));
}

TEST_CASE("zoomed study: windows of a day have its hours", "[zoom][study]") {
  Composed composed = composed_site(busy_site());
  pb::InferenceService& service = *composed.scenario.mutable_services(0);
  service.set_window_hours(12);
  for (int hour = 0; hour < 24; ++hour) {
    service.mutable_daily_pattern()->add_of_hour(hour < 12 ? 0.5 : 1.5);
  }
  service.mutable_daily_pattern()->set_source("guess");
  service.mutable_daily_pattern()->set_confidence(pb::ESTIMATED);
  const World world = site_world(composed);
  const WatchedSite seen = watched(world, 10, 3);
  const World study = study_world(study_text(zoomed_study(composed, world, seen)));
  const auto& windows = study.services[0].windows;
  REQUIRE(windows.size() == 6);
  for (std::size_t i = 0; i < windows.size(); i += 2) {
    CHECK(windows[i + 1].demand.value == Approx(3.0 * windows[i].demand.value));
  }
}

}  // namespace
}  // namespace chokepoint
