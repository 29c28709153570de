#include "models/cluster/metered_jobs.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <numeric>

#include "models/cluster/job_queue.hpp"
#include "tests/models/cluster/random_jobs.hpp"

namespace chokepoint {
namespace {

constexpr std::int64_t kMeteredHour = 3'600'000, kMeteredDay = 24 * kMeteredHour;

double sum(const ByHour& time) {
  return std::accumulate(time.begin(), time.end(), 0.0);
}

TEST_CASE("metered jobs: time lies in the hours of the clock, before the epoch too", "[cluster]") {
  const ByHour one =
      time_by_hour(kMeteredDay + 7 * kMeteredHour + 1, kMeteredDay + 9 * kMeteredHour);
  CHECK(one[7] == kMeteredHour - 1);
  CHECK(one[8] == kMeteredHour);
  CHECK(sum(one) == 2 * kMeteredHour - 1);
  const ByHour before = time_by_hour(-1, 1);
  CHECK(before[23] == 1);
  CHECK(before[0] == 1);
  CHECK(sum(time_by_hour(5, 5)) == 0);
}

TEST_CASE("law: all time lies in some hour, and spans add up", "[cluster][law]") {
  CHECK(rc::check([] {
    const auto begin = *rc::gen::inRange<std::int64_t>(-3 * kMeteredDay, 3 * kMeteredDay);
    const auto middle = begin + *rc::gen::inRange<std::int64_t>(0, 5 * kMeteredDay);
    const auto end = middle + *rc::gen::inRange<std::int64_t>(0, 5 * kMeteredDay);
    const ByHour whole = time_by_hour(begin, end), first = time_by_hour(begin, middle),
                 second = time_by_hour(middle, end);
    RC_ASSERT(sum(whole) == static_cast<double>(end - begin));
    for (std::size_t hour = 0; hour < whole.size(); ++hour) {
      RC_ASSERT(whole[hour] == first[hour] + second[hour]);
    }
  }));
}

TEST_CASE("metered jobs: each hour is billed at its price", "[cluster]") {
  Tariff tariff = Tariff::flat(0.2);
  for (std::size_t hour = 0; hour < 8; ++hour) tariff.usd_per_kwh[hour] = 0.05;
  const Metered used =
      metered(Watts{1000}, time_by_hour(7 * kMeteredHour, 10 * kMeteredHour), tariff);
  CHECK(used.energy.value == Approx(3 * kJoulesPerKwh));
  CHECK(used.usd == Approx(0.05 + 2 * 0.2));
  CHECK(used.carbon_g == 0);
}

TEST_CASE("law: jobs are metered for what they held, under every policy", "[cluster][law]") {
  CHECK(rc::check([] {
    const std::vector<JobPool> pools = {{3, 4, 1.0}, {2, 8, 2.0}};
    const auto jobs = random_jobs(20, 16);
    const Watts busy{700};
    for (const QueuePolicy policy : queue_policies()) {
      MeteredJobs meters({{busy, Tariff::flat(0.1)}, {busy, Tariff::flat(0.1)}}, jobs.size(),
                         nullptr);
      const PlayedQueue played = play_queue(jobs, pools, policy, {}, &meters);
      double energy = 0, held = 0;
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        const Metered& one = meters.jobs()[i];
        const double seconds = static_cast<double>(played.jobs[i].held) * 1e-3 * jobs[i].devices;
        RC_ASSERT(std::abs(one.energy.value - busy.value * seconds) <=
                  1e-9 * (1 + one.energy.value));
        RC_ASSERT(std::abs(one.usd - one.energy.value / kJoulesPerKwh * 0.1) <= 1e-9);
        energy += one.energy.value;
      }
      for (std::size_t p = 0; p < pools.size(); ++p) {
        const double of_pool = sum(meters.held()[p]);
        RC_ASSERT(std::abs(of_pool - played.pools[p].busy) <= 1e-6 * (1 + of_pool));
        held += of_pool;
      }
      RC_ASSERT(std::abs(energy - busy.value * held * 1e-3) <= 1e-6 * (1 + energy));
    }
  }));
}

}  // namespace
}  // namespace chokepoint
