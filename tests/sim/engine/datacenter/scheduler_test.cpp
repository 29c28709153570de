#include "sim/engine/datacenter/scheduler.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

World with_jobs(double packages, const std::vector<TrainingJob>& jobs) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(packages)};
  world.training_jobs = jobs;
  return world;
}

template <class Fact>
std::map<std::uint32_t, double> times(const std::vector<TraceEvent>& facts) {
  std::map<std::uint32_t, double> result;
  for (const auto& fact : only<Fact>(facts)) result[fact.job.value] = fact.time.value;
  return result;
}

// Four nodes: the second job waits for the first, and the third may not pass though it would fit.
TEST_CASE("scheduler: nobody passes the head of the queue", "[engine][scheduler]") {
  const auto facts =
      facts_of(with_jobs(32.0, {small_job(24e9, 24), small_job(16e9, 16), small_job(1e9, 8)}));
  const auto placed = times<JobPlaced>(facts);
  REQUIRE(placed.size() == 3);
  CHECK(placed.at(0) == 0.0);
  CHECK(placed.at(1) == Approx(1e6));
  CHECK(placed.at(2) == placed.at(1));
  CHECK(only<JobPlaced>(facts)[0].nodes == 3);
  CHECK(only<JobPlaced>(facts)[0].throughput == TokensPerSecond{24'000.0});
}

TEST_CASE("scheduler: one more node never delays a job", "[engine][scheduler]") {
  const std::vector<TrainingJob> jobs = {small_job(8e9, 8),  small_job(40e9, 24),
                                         small_job(9e9, 12), small_job(30e9, 32),
                                         small_job(5e9, 16), small_job(2e9, 1)};
  auto fewer = times<JobFinished>(facts_of(with_jobs(32.0, jobs)));
  REQUIRE(fewer.size() == jobs.size());
  for (const double nodes : {5, 6, 8, 12}) {
    const auto more = times<JobFinished>(facts_of(with_jobs(8.0 * nodes, jobs)));
    for (const auto& [job, time] : more) CHECK(time <= fewer.at(job) + 1e-3);
    fewer = more;
  }
}

TEST_CASE("scheduler: gangs on hosts of their own run as on one host", "[engine][scheduler]") {
  World world = with_jobs(
      32.0, {small_job(8e9, 8), small_job(16e9, 16), small_job(5e9, 8), small_job(5e9, 16)});
  const auto pool = times<JobFinished>(facts_of(world));
  world.pools[0].host_scale = Pool::HostScale::OnePerNode;
  CHECK(times<JobFinished>(facts_of(world)) == pool);
}

TEST_CASE("scheduler: a job waits for nodes to be delivered", "[engine][scheduler]") {
  World world = small_world();
  world.training_jobs = {small_job(1e9, 64)};
  // Due on day 14, 7 days on the way, 2 to install.
  CHECK(times<JobPlaced>(facts_of(world)).at(0) == 23 * 86'400.0);
}

TEST_CASE("scheduler: jobs that the end cuts short are unfinished", "[engine][scheduler]") {
  auto late = small_job(1e9, 8);
  late.submitted = day("2026-02-01");
  const auto facts = facts_of(with_jobs(8.0, {small_job(1e15, 8), small_job(1e9, 8), late}));
  const auto unfinished = only<JobUnfinished>(facts);
  REQUIRE(unfinished.size() == 2);
  CHECK(unfinished[0].done.value == Approx(8'000.0 * 365 * 86'400.0));
  CHECK(unfinished[1].done == Tokens{});
}

// 8 devices train 8000 tokens per second.
TEST_CASE("scheduler: a job that ends with the run is finished", "[engine][scheduler]") {
  const auto facts = facts_of(with_jobs(8.0, {small_job(8'000.0 * 365 * 86'400, 8)}));
  CHECK(only<JobFinished>(facts).size() == 1);
  CHECK(only<JobUnfinished>(facts).empty());
}

}  // namespace
}  // namespace chokepoint
