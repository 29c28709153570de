// Routers against each other, in the mean over seeds.

#include <catch2/catch.hpp>

#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kSeeds = 30;

// Twelve documents; each prompt is one of them and a question of its own.
std::vector<Request> about_documents(std::uint64_t seed) {
  auto requests = poisson(400, 40, 500, 100, seed);
  RandomStream random(seed, "documents");
  for (Request& request : requests) {
    const auto document = static_cast<std::uint64_t>(random.uniform() * 12);
    request.block_tokens = 512;
    for (std::uint64_t i = 0; i < 8; ++i) request.blocks.push_back(document * 100 + i);
    request.blocks.push_back(1'000'000 + request.id);
    request.prompt = 8 * 512 + request.prompt % 512;
  }
  return requests;
}

struct Outcome {
  double e2e = 0, hits = 0;
};

Outcome mean_of(RoutingPolicy routing, const std::vector<Request>& (*requests_of)(std::uint64_t),
                std::int64_t blocks) {
  SmallService service;
  StepCosts costs = service.costs();
  PoolSpec pool;
  pool.costs = &costs;
  pool.rules = service.started().rules;
  if (blocks > 0) pool.rules.blocks = blocks;
  pool.replicas = 4;
  Outcome sum;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    FleetSpec spec;
    spec.pools = {pool};
    spec.routing = routing;
    spec.seed = seed;
    Fleet fleet(spec);
    ListSource source(requests_of(seed));
    fleet.run(source);
    const EngineTotals done = fleet.pool(0).engines;
    sum.e2e += fleet.total().e2e.mean().value / kSeeds;
    sum.hits += double(done.hits) / double(std::max<std::int64_t>(done.names, 1)) / kSeeds;
  }
  return sum;
}

const std::vector<Request>& moderate(std::uint64_t seed) {
  static std::vector<Request> made;
  return made = poisson(400, 60, 2000, 200, seed);
}

const std::vector<Request>& documents(std::uint64_t seed) {
  static std::vector<Request> made;
  return made = about_documents(seed);
}

TEST_CASE("routing: at moderate load the better of two beats any, in the mean over seeds",
          "[serving][router]") {
  const double any = mean_of(RoutingPolicy::Random, moderate, 0).e2e;
  const double two = mean_of(RoutingPolicy::PowerOfTwo, moderate, 0).e2e;
  const double least = mean_of(RoutingPolicy::LeastLoaded, moderate, 0).e2e;
  CHECK(two < any);
  CHECK(least < any);
}

TEST_CASE("routing: knowing prefixes finds more of them in cache", "[serving][router]") {
  const std::int64_t blocks = 4000;  // For a few documents on each replica, not for all.
  const double any = mean_of(RoutingPolicy::Random, documents, blocks).hits;
  const double two = mean_of(RoutingPolicy::PowerOfTwo, documents, blocks).hits;
  const double aware = mean_of(RoutingPolicy::PrefixAware, documents, blocks).hits;
  CHECK(aware > two);
  CHECK(aware > any);
}

}  // namespace
}  // namespace chokepoint
