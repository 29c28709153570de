#include "models/software/maturity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

namespace chokepoint {
namespace {

// Fitted below to listed models of CANN; the team of reference is the one behind them.
MaturityLaw maturity_law() {
  MaturityLaw made;
  made.breadth_start.value = 0.055;
  made.speed_start.value = 0.5;
  made.breadth_written.value = 0.01;
  made.breadth_doubling_months.value = 8.5;
  made.speed_half_months.value = 7.0;
  made.reference_engineers.value = 500.0;
  made.engineer_elasticity.value = 0.5;
  made.base_learning.value = 0.1;
  made.base_units.value = 100'000.0;
  made.upkeep_engineers.value = 50.0;
  made.decay_per_month.value = 0.03;
  made.reset_share_breadth.value = 0.5;
  made.reset_share_speed.value = 0.2;
  return made;
}

const Effort kReference{550.0, 0.0};  // Pace 1.

FallbackCosts costs() {
  FallbackCosts made;
  made.slowdown = {{{20.0, {}}, {1.5, {}}, {20.0, {}}, {3.0, {}}}};
  made.exponent = {{{1.0, {}}, {0.4, {}}, {0.3, {}}}};
  made.newness.value = 1.0;
  return made;
}

// Breadth at the start of every month.
std::vector<double> breadths(const MaturityLaw& with, const Effort& effort, int months) {
  Maturity now = first_maturity(with);
  std::vector<double> result = {now.breadth};
  for (int i = 0; i < months; ++i) {
    now = next_month(now, with, effort);
    result.push_back(now.breadth);
  }
  return result;
}

// Months in which a series doubles: a straight line through the logarithms, by least squares.
double doubling_months(const std::vector<std::pair<double, double>>& series) {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (const auto& [month, count] : series) {
    const double log = std::log(count);
    n += 1.0, x += month, y += log, xx += month * month, xy += month * log;
  }
  return std::log(2.0) * (n * xx - x * x) / (n * xy - x * y);
}

double uniform(std::mt19937_64& draw) {
  return static_cast<double>(draw() >> 11) * 0x1.0p-53;
}

TEST_CASE("maturity: more effort, users or maturity never end in less", "[software][maturity]") {
  std::mt19937_64 draw{1};
  for (int i = 0; i < 3000; ++i) {
    const Maturity now{uniform(draw), 0.01 + 0.99 * uniform(draw)};
    const Effort effort{1000.0 * uniform(draw), 1e6 * uniform(draw)};
    const Maturity next = next_month(now, maturity_law(), effort);
    REQUIRE(next.breadth >= 0.0);
    REQUIRE(next.breadth <= 1.0);
    REQUIRE(next.speed > 0.0);
    REQUIRE(next.speed <= 1.0);
    const auto not_less = [&](const Maturity& other) {
      return other.breadth >= next.breadth - 1e-12 && other.speed >= next.speed - 1e-12;
    };
    REQUIRE(not_less(
        next_month(now, maturity_law(), {effort.engineers + 50.0, effort.installed_units})));
    REQUIRE(not_less(
        next_month(now, maturity_law(), {effort.engineers, effort.installed_units * 2.0})));
    const Maturity better{now.breadth + 0.5 * (1.0 - now.breadth), now.speed};
    REQUIRE(not_less(next_month(better, maturity_law(), effort)));
    const Maturity faster{now.breadth, now.speed + 0.5 * (1.0 - now.speed)};
    REQUIRE(not_less(next_month(faster, maturity_law(), effort)));
  }
}

TEST_CASE("maturity: breadth saturates first, speed goes on ever slower", "[software][maturity]") {
  Maturity now = first_maturity(maturity_law());
  double speed_gain = 1.0;
  int broad = 0, fast = 0;
  for (int month = 1; month <= 240; ++month) {
    const Maturity next = next_month(now, maturity_law(), kReference);
    REQUIRE(next.speed > now.speed);
    REQUIRE(next.speed - now.speed < speed_gain);
    speed_gain = next.speed - now.speed;
    now = next;
    if (broad == 0 && now.breadth > 0.97) broad = month;
    if (fast == 0 && now.speed > 0.97) fast = month;
  }
  CHECK(broad > 0);
  CHECK(fast > broad);
  CHECK(now.breadth == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("maturity: an abandoned stack decays, one that is kept up does not",
          "[software][maturity]") {
  const Maturity mature{0.9, 0.8};
  Maturity left = mature, kept = mature, half = mature;
  for (int i = 0; i < 24; ++i) {
    left = next_month(left, maturity_law(), {0.0, 1e6});
    half = next_month(half, maturity_law(), {25.0, 1e6});
    kept = next_month(kept, maturity_law(), {50.0, 1e6});
  }
  CHECK(left.breadth == Approx(0.9 * std::pow(0.97, 24)));
  CHECK(left.speed == Approx(0.8 * std::pow(0.97, 24)));
  CHECK(half.breadth > left.breadth);
  CHECK(half.breadth < mature.breadth);
  CHECK(kept.breadth == Approx(mature.breadth));
  CHECK(kept.speed == Approx(mature.speed));
}

TEST_CASE("maturity: a new generation resets its share of both, and they come back",
          "[software][maturity]") {
  const Maturity old{0.94, 0.9};
  Maturity now = on_new_generation(old, maturity_law());
  CHECK(now.breadth == Approx(0.47));  // As documented of the 950: 0.452 of 0.941.
  CHECK(now.speed == Approx(0.72));
  int months = 0;
  while (now.breadth < old.breadth && months < 120) {
    now = next_month(now, maturity_law(), kReference);
    ++months;
  }
  CHECK(months > 12);
  CHECK(months < 60);
}

TEST_CASE("maturity: two half paces are no more than one, however they are split in time",
          "[software][maturity]") {
  // The step is exact: two months at a pace are one month at twice the pace.
  MaturityLaw linear = maturity_law();
  linear.engineer_elasticity.value = 1.0;
  const Maturity start = first_maturity(linear);
  const Maturity twice = next_month(next_month(start, linear, kReference), linear, kReference);
  const Maturity once = next_month(start, linear, {1050.0, 0.0});
  CHECK(once.breadth == Approx(twice.breadth));
  CHECK(once.speed == Approx(twice.speed));
  // And more engineers gain less than in proportion where they get in each other's way.
  CHECK(pace(maturity_law(), {1050.0, 0.0}) == Approx(std::sqrt(2.0)));
}

TEST_CASE("maturity: users speed up who works, and do not write kernels alone",
          "[software][maturity]") {
  CHECK(pace(maturity_law(), {550.0, 0.0}) == Approx(1.0));
  CHECK(pace(maturity_law(), {550.0, 100'000.0}) == Approx(1.0 + 0.1 * std::log(2.0)));
  CHECK(pace(maturity_law(), {0.0, 1e9}) == 0.0);
}

TEST_CASE("maturity: the factor grows with breadth and speed, is above 0 and at most 1",
          "[software][maturity]") {
  std::mt19937_64 draw{2};
  for (int i = 0; i < 5000; ++i) {
    const Maturity now{uniform(draw), 0.02 + 0.98 * uniform(draw)};
    const auto work = static_cast<WorkKind>(draw() % kWorkKinds);
    const auto kind = static_cast<DeviceKind>(draw() % kDeviceKinds);
    const double newness = uniform(draw);
    const auto factor = [&](const Maturity& of, double new_model) {
      return useful_factor(of, work, new_model, kind, costs());
    };
    const double base = factor(now, newness);
    REQUIRE(base > 0.0);
    REQUIRE(base <= 1.0);
    REQUIRE(factor({std::min(1.0, now.breadth + 0.05), now.speed}, newness) >= base - 1e-12);
    REQUIRE(factor({now.breadth, std::min(1.0, now.speed + 0.05)}, newness) >= base - 1e-12);
    REQUIRE(factor(now, std::min(1.0, newness + 0.1)) <= base + 1e-12);
  }
}

TEST_CASE("maturity: training is never better covered than serving", "[software][maturity]") {
  for (double breadth = 0.0; breadth <= 1.0; breadth += 0.05) {
    for (const double newness : {0.0, 0.5, 1.0}) {
      const Maturity now{breadth, 0.7};
      const double training = covered_share(now, WorkKind::Training, newness, costs());
      CHECK(training <= covered_share(now, WorkKind::Prefill, newness, costs()));
      CHECK(training <= covered_share(now, WorkKind::Decode, newness, costs()));
    }
  }
}

TEST_CASE("maturity: a mature stack loses nothing, one without kernels runs on fallbacks",
          "[software][maturity]") {
  for (const auto kind : {DeviceKind::Npu, DeviceKind::Ppu, DeviceKind::Dsa, DeviceKind::Gpu}) {
    const double slowdown = costs().slowdown[static_cast<std::size_t>(kind)].value;
    CHECK(useful_factor({1.0, 1.0}, WorkKind::Training, 1.0, kind, costs()) == 1.0);
    CHECK(useful_factor({0.0, 1.0}, WorkKind::Decode, 0.0, kind, costs()) ==
          Approx(1.0 / slowdown));
  }
  // A missing twentieth of the time costs a round trip half the throughput, an older path 2 %.
  const Maturity nearly{0.95, 1.0};
  CHECK(useful_factor(nearly, WorkKind::Training, 0.0, DeviceKind::Npu, costs()) ==
        Approx(1.0 / (0.95 + 0.05 * 20.0)));
  CHECK(useful_factor(nearly, WorkKind::Training, 0.0, DeviceKind::Ppu, costs()) ==
        Approx(1.0 / (0.95 + 0.05 * 1.5)));
}

// vllm-ascend, rows of its page of supported models by month, 2025-02 to 2026-08
// (stack_history.csv); 200 rows for the reference is an estimate.
const std::vector<double> kCannModels = {11, 15, 20, 22, 23, 23, 42, 42, 46, 46,
                                         46, 53, 53, 54, 56, 58, 64, 81, 89};
constexpr double kListedByReference = 200.0;

TEST_CASE("maturity: the law grows breadth as CANN's listed models grew",
          "[software][maturity][fit]") {
  const auto breadth = breadths(maturity_law(), kReference, 72);
  std::vector<std::pair<double, double>> said, listed;
  for (std::size_t month = 0; month < kCannModels.size(); ++month) {
    const double models = kListedByReference * breadth[month];
    // The page jumps where it was written anew (2025-08), so single months are met by 1.45.
    CHECK(std::abs(std::log(models / kCannModels[month])) < std::log(1.45));
    said.emplace_back(month, models);
    listed.emplace_back(month, kCannModels[month]);
  }
  CHECK(said.back().second == Approx(89.0).epsilon(0.1));
  CHECK(doubling_months(listed) == Approx(7.1).epsilon(0.02));
  CHECK(doubling_months(said) == Approx(7.1).epsilon(0.15));
  // Saturates towards the reference.
  CHECK(breadth[60] > 0.9);
  CHECK(breadth[72] - breadth[60] < 0.1 * (breadth[36] - breadth[24]));
}

// torch_musa, functions in musa_functions.yaml, months since 2024-08-07 (stack_history.csv), of
// 3,247 native interfaces of PyTorch.
const std::vector<std::pair<double, double>> kMusaFunctions = {
    {0.0, 609},  {2.5, 649},  {8.5, 678},  {8.7, 736},  {10.6, 741},
    {11.3, 903}, {13.1, 916}, {14.5, 978}, {15.5, 997}, {17.4, 1212}};

TEST_CASE("maturity: the same law at a third of the pace grows it as torch_musa's functions",
          "[software][maturity][fit]") {
  MaturityLaw musa = maturity_law();
  musa.breadth_start.value = 609.0 / 3247.0;
  // A ninth of the engineers at an elasticity of one half.
  const auto breadth = breadths(musa, {50.0 + 500.0 / 9.0, 0.0}, 18);
  std::vector<std::pair<double, double>> said;
  for (const auto& [month, functions] : kMusaFunctions) {
    const auto before = static_cast<std::size_t>(month);
    const double part = month - static_cast<double>(before);
    const double share = breadth[before] + part * (breadth[before + 1] - breadth[before]);
    CHECK(std::abs(std::log(share * 3247.0 / functions)) < std::log(1.25));
    said.emplace_back(month, share * 3247.0);
  }
  CHECK(doubling_months(kMusaFunctions) == Approx(18.0).epsilon(0.05));
  // The list grew in bursts and fastest at its end; a law that saturates doubles later: 22.6.
  CHECK(doubling_months(said) == Approx(18.0).epsilon(0.3));
}

// Pangu on the same machines: 30 % of peak, then 41 % about eight months later. Both are shares of
// peak; of what is mature 0.5 at the start is a guess, and 0.4 or 0.6 would take 15 or 3 for 7.
TEST_CASE("maturity: the law's speed gains in eight months what Pangu gained",
          "[software][maturity][fit]") {
  Maturity now{0.5, 0.5};
  for (int i = 0; i < 8; ++i) now = next_month(now, maturity_law(), kReference);
  CHECK(now.speed / 0.5 == Approx(41.0 / 30.0).epsilon(0.05));
}

}  // namespace
}  // namespace chokepoint
