#include "tests/tools/report/answer/random_runs.hpp"

#include <random>
#include <vector>

namespace chokepoint::made {
namespace {

constexpr int kFirstYear = 2023;

std::vector<YearlyKey> keys_of_year(int year) {
  return {{"installed_training", "mainland", "H100e", year},
          {"installed_decode", "mainland", "H100e", year},
          {"domestic_share", "value", "share", year},
          {"value_share", "mainland/huawei", "share", year},
          {"value_share", "mainland/nvidia", "share", year},
          {"revenue", "mainland/nvidia", "USD", year},
          {"tokens_served", "mainland", "1e12 tokens", year},
          {"refused_value", "rule", "USD", year},
          {"months_to_move", "", "months", year}};
}

double scale_of_unit(const std::string& unit) {
  if (unit == "share") return 0.5;
  if (unit == "months") return 3.0;
  return unit == "USD" ? 5e9 : 1e6;
}

Obstacle refused_by_rule(double usd) {
  Obstacle obstacle;
  obstacle.name = "rule";
  obstacle.gate = "US";
  obstacle.rules = {"rule"};
  obstacle.lost["chip"] = {usd / 1e4, usd};
  return obstacle;
}

}  // namespace

AnsweredRun level_run(const std::string& name, double level) {
  AnsweredRun run;
  run.yearly.name = name;
  for (const auto& key : keys_of_year(kFirstYear)) {
    run.yearly.itself[key] = level * scale_of_unit(key.unit);
  }
  run.vendors = {{"huawei", {"Huawei", true}}, {"nvidia", {"Nvidia", false}}};
  run.held_back = {refused_by_rule(level * 1e9)};
  return run;
}

RandomPair random_pair(std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(engine);
  };
  const auto chance = [&](double share) { return uniform(0.0, 1.0) < share; };
  RandomPair pair{level_run("base", 1.0), level_run("other", 1.0)};
  const int draws = chance(0.2) ? 0 : static_cast<int>(uniform(0.0, 40.0));
  const double noise = chance(0.2) ? 0.0 : uniform(0.0, 0.5);
  pair.base.question = chance(0.5) ? "What of tokens?" : "What of shares?";
  for (int year = kFirstYear; year < kFirstYear + 3; ++year) {
    for (const auto& key : keys_of_year(year)) {
      const double unit = scale_of_unit(key.unit);
      const double effect = chance(0.4) ? 0.0 : uniform(-0.3, 0.3);
      const auto drawn = [&](double at) { return unit * (at + noise * uniform(-1.0, 1.0)); };
      pair.base.yearly.itself[key] = unit;
      pair.other.yearly.itself[key] = unit * (1.0 + effect);
      for (int draw = 0; draw < draws; ++draw) {
        const std::string name = "draw_" + std::to_string(draw);
        if (draw % 7 != 3) pair.base.yearly.draws[name][key] = drawn(1.0);
        if (draw % 5 != 4) pair.other.yearly.draws[name][key] = drawn(1.0 + effect);
      }
    }
  }
  pair.other.held_back = {refused_by_rule(uniform(0.0, 2e9))};
  return pair;
}

}  // namespace chokepoint::made
