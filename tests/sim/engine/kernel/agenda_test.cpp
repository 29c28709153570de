#include "sim/engine/kernel/agenda.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>

#include "sim/engine/kernel/activities.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

constexpr int kPhases = static_cast<int>(Phase::Sample) + 1;

struct Ran {
  double date;
  int phase;
  int entered;
};

TEST_CASE("agenda: entries run by date, then phase, then order of entry", "[engine][agenda]") {
  const auto ran = in_child<Ran>([] {
    const auto engine = configure_simgrid();
    const Platform platform(small_world());
    Agenda agenda(1'000_s);
    std::vector<Ran> seen;
    std::mt19937 random(7);
    for (int i = 0; i < 5'000; ++i) {
      const double date = static_cast<double>(random() % 50);
      const int phase = static_cast<int>(random() % kPhases);
      agenda.at(Seconds{date}, static_cast<Phase>(phase), [&seen, &agenda, phase, i] {
        seen.push_back({agenda.now().value, phase, i});
      });
    }
    agenda.run(*engine);
    return seen;
  });
  REQUIRE(ran.size() == 5'000);
  for (std::size_t i = 1; i < ran.size(); ++i) {
    const Ran &a = ran[i - 1], &b = ran[i];
    const bool in_order =
        std::tie(a.date, a.phase, a.entered) < std::tie(b.date, b.phase, b.entered);
    if (!in_order) FAIL_CHECK("entry " << b.entered << " runs after " << a.entered);
  }
}

// Activities that end between entries add entries before those that already stand. Each must see
// SimGrid's clock at its own date.
TEST_CASE("agenda: no entry is late, whatever SimGrid's activities add", "[engine][agenda]") {
  const auto lateness = in_child<double>([] {
    World world = small_world();
    world.training_jobs.resize(64);
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    Activities activities(agenda, platform);
    std::vector<double> late;
    std::mt19937 random(11);
    const auto look = [&] {
      late.push_back(simgrid::s4u::Engine::get_clock() - agenda.now().value);
    };
    std::function<void(int)> again = [&](int left) {
      look();
      if (left == 0) return;
      const Seconds duration{1.0 + static_cast<double>(random() % 1'000) / 7.0};
      activities.work(kForeignPool, 0, duration, [&, left] { again(left - 1); });
      agenda.at(agenda.now() + Seconds{duration.value / 3.0}, Phase::Purchase, look);
    };
    for (int i = 0; i < 60; ++i) agenda.at(Seconds{}, Phase::Job, [&] { again(50); });
    agenda.run(*engine);
    return late;
  });
  REQUIRE(lateness.size() == 60 * (51 + 50));
  for (const double late : lateness) {
    CHECK(late >= 0.0);
    CHECK(late <= 1.01 * Agenda::kSettling.value);
  }
}

TEST_CASE("agenda: what ends on a date comes before that date's samples", "[engine][agenda]") {
  const auto order = in_child<int>([] {
    const auto engine = configure_simgrid();
    const Platform platform(small_world());
    Agenda agenda(10_days);
    Activities activities(agenda, platform);
    std::vector<int> seen;
    agenda.at(1_days, Phase::Sample, [&] { seen.push_back(3); });
    agenda.at(1_days, Phase::Purchase, [&] { seen.push_back(1); });
    agenda.at(0_s, Phase::Job,
              [&] { activities.work(kForeignPool, 0, 1_days, [&] { seen.push_back(2); }); });
    agenda.run(*engine);
    return seen;
  });
  CHECK(order == std::vector<int>{1, 2, 3});
}

TEST_CASE("agenda: nothing happens at the horizon", "[engine][agenda]") {
  const auto seen = in_child<double>([] {
    const auto engine = configure_simgrid();
    const Platform platform(small_world());
    Agenda agenda(100_s);
    std::vector<double> dates;
    for (const double date : {0.0, 99.999, 100.0, 101.0}) {
      agenda.at(Seconds{date}, Phase::RulesChange, [&, date] { dates.push_back(date); });
    }
    agenda.run(*engine);
    dates.push_back(agenda.now().value);
    return dates;
  });
  CHECK(seen == std::vector<double>{0.0, 99.999, 100.0});
}

TEST_CASE("agenda: what a handler throws ends the run", "[engine][agenda]") {
  const auto outcome = in_child<int>([] {
    const auto engine = configure_simgrid();
    const Platform platform(small_world());
    Agenda agenda(100_s);
    int after = 0;
    agenda.at(1_s, Phase::Job, [] { throw std::runtime_error("disk full"); });
    agenda.at(2_s, Phase::Job, [&] { ++after; });
    int caught = 0;
    try {
      agenda.run(*engine);
    } catch (const std::runtime_error&) {
      caught = 1;
    }
    return std::vector<int>{caught, after};
  });
  CHECK(outcome == std::vector<int>{1, 0});
}

TEST_CASE("agenda: the watcher hears of a day once", "[engine][agenda]") {
  const auto days = in_child<double>([] {
    const auto engine = configure_simgrid();
    const Platform platform(small_world());
    Agenda agenda(10_days);
    std::vector<double> heard;
    agenda.watch([&](Seconds now, Seconds) { heard.push_back(now.value / 86'400.0); });
    for (const double date : {0.0, 0.5, 0.75, 3.25, 3.5, 4.0}) {
      agenda.at(Seconds{date * 86'400.0}, Phase::Job, [] {});
    }
    agenda.run(*engine);
    return heard;
  });
  CHECK(days == std::vector<double>{0.0, 3.25, 4.0});
}

}  // namespace
}  // namespace chokepoint
