#include "models/cluster/node_failures.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

namespace chokepoint {
namespace {

constexpr double kDay = 86'400e3;

PoolFailures every_days(double days, double shape) {
  PoolFailures how;
  how.causes = {{"a", PerSecond{0.75 / (days * 86'400)}, 0.0},
                {"b", PerSecond{0.25 / (days * 86'400)}, 1.0}};
  how.shape = shape;
  return how;
}

// Failures of `nodes` in `days`, each back at once.
struct Counted {
  int failures = 0, of_b = 0;
  std::set<int> nodes;
};
Counted count(const PoolFailures& how, int nodes, double days, std::uint64_t seed = 1) {
  NodeFailures failures(how, nodes, seed, "pool", 5 * kDay);
  Counted counted;
  while (failures.next() < (5 + days) * kDay) {
    const double now = failures.next();
    const NodeFailure one = failures.fail();
    for (const int node : one.nodes) {
      failures.back(node, now);
      counted.nodes.insert(node);
    }
    counted.failures += static_cast<int>(one.nodes.size());
    if (one.cause == "b") counted.of_b += static_cast<int>(one.nodes.size());
    CHECK(one.is_broken == (one.cause == "b"));
  }
  return counted;
}

TEST_CASE("law: from the first day on nodes fail at their rate, whatever the shape",
          "[cluster][law]") {
  for (const double shape : {0.5, 1.0, 3.0}) {
    // 2,000 failures in the first tenth of the mean time; of many lives later.
    for (const auto& [nodes, days] : {std::pair{20'000, 10.0}, std::pair{20, 10'000.0}}) {
      const Counted counted = count(every_days(100, shape), nodes, days);
      INFO("shape " << shape << ", " << nodes << " nodes: " << counted.failures);
      // Shape 0.5: a life varies by 5 of its mean squared, so that counts do.
      const double spread = shape < 1 ? std::sqrt(5.0) : 1.0;
      CHECK(std::abs(counted.failures - 2000) < 5 * spread * std::sqrt(2000));
      CHECK(std::abs(counted.of_b - counted.failures / 4.0) < 5 * std::sqrt(500));
    }
  }
}

TEST_CASE("law: the spread of lives is that of the shape", "[cluster][law]") {
  // Of one node: squared deviation over squared mean is Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 - 1.
  for (const double shape : {0.7, 1.0, 2.0}) {
    NodeFailures failures(every_days(1, shape), 1, 3, "pool", 0);
    double last = 0, sum = 0, squares = 0;
    constexpr int kLives = 20'000;
    for (int i = -1; i < kLives; ++i) {
      const double now = failures.next();
      failures.fail();
      failures.back(0, now);
      if (i >= 0) sum += now - last, squares += (now - last) * (now - last);
      last = now;
    }
    const double mean = sum / kLives;
    const double one = std::tgamma(1 + 1 / shape);
    CHECK(mean / kDay == Approx(1).epsilon(0.05));
    CHECK(squares / kLives / (mean * mean) - 1 ==
          Approx(std::tgamma(1 + 2 / shape) / (one * one) - 1).epsilon(0.12));
  }
}

TEST_CASE("law: what waits for its first failure has the life that is left of one at work",
          "[cluster][law]") {
  // Mean: half of the mean life times one and its squared spread.
  for (const double shape : {0.7, 1.0, 2.0}) {
    double sum = 0;
    constexpr int kSeeds = 4000;
    for (int seed = 0; seed < kSeeds; ++seed) {
      sum +=
          NodeFailures(every_days(1, shape), 1, static_cast<std::uint64_t>(seed), "pool", 0).next();
    }
    const double one = std::tgamma(1 + 1 / shape);
    const double expected = std::tgamma(1 + 2 / shape) / (one * one) / 2;
    CHECK(sum / kSeeds / kDay == Approx(expected).epsilon(0.08));
  }
}

TEST_CASE("node failures: a domain takes all of its nodes that are up", "[cluster]") {
  PoolFailures how;
  how.domain_causes = {{"rack", PerSecond{1.0 / 86'400}, 1.0}};
  how.nodes_per_domain = 4;
  NodeFailures failures(how, 10, 1, "pool", 0);
  std::set<std::vector<int>> seen;
  for (int i = 0; i < 60; ++i) {
    const double now = failures.next();
    const NodeFailure one = failures.fail();
    CHECK(one.cause == "rack");
    seen.insert(one.nodes);
    for (const int node : one.nodes) failures.back(node, now);
  }
  CHECK(seen == std::set<std::vector<int>>{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}});
  // Of one that is down nothing is said again.
  const NodeFailure first = failures.fail();
  for (int i = 0; i < 30; ++i) {
    for (const int node : failures.fail().nodes) {
      CHECK(std::count(first.nodes.begin(), first.nodes.end(), node) == 0);
    }
  }
}

TEST_CASE("node failures: below a switch nodes are out of reach for one time", "[cluster]") {
  PoolFailures how;
  how.switch_causes = {{"switch", PerSecond{1.0 / 86'400}, 0.5}};
  how.nodes_per_switch = 3;
  how.noticed = Seconds{60};
  how.switch_repair = Seconds{3'600};
  NodeFailures failures(how, 10, 1, "pool", 0);
  constexpr int kTimes = 4'000;
  std::set<std::vector<int>> seen;
  double sum = 0, last = 0, now = 0;
  int broken = 0;
  for (int i = 0; i < kTimes; ++i) {
    now = failures.next();
    CHECK(now >= last);
    last = now;
    const NodeFailure one = failures.fail();
    CHECK((one.is_switch && one.cause == "switch"));
    seen.insert(one.nodes);
    const double down = failures.draw_down_time(one);
    if (one.is_broken) sum += down - 60e3, ++broken;
    if (!one.is_broken) CHECK(down == 60e3);
    for (const int node : one.nodes) failures.back(node, now);
  }
  CHECK(seen == std::set<std::vector<int>>{{0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {9}});
  // Four switches; each mean is off by a share of 1 / sqrt(n): five of these.
  CHECK(now / kTimes == Approx(86'400e3 / 4).epsilon(5 / std::sqrt(kTimes)));
  CHECK(sum / broken == Approx(3'600e3).epsilon(5 / std::sqrt(broken)));
}

TEST_CASE("node failures: every node has its turn, and nothing fails at no rate", "[cluster]") {
  CHECK(count(every_days(10, 1.0), 30, 200).nodes.size() == 30);
  CHECK(std::isinf(NodeFailures(PoolFailures{}, 5, 1, "pool", 0).next()));
  NodeFailures failures(every_days(1, 1.0), 1, 1, "pool", 0);
  CHECK(failures.draw_down_time({}) == 0);
}

}  // namespace
}  // namespace chokepoint
