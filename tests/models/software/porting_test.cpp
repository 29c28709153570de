#include "models/software/porting.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

namespace chokepoint {
namespace {

const StackId kCuda{0}, kCann{1}, kMaca{2};

PortingLaw porting_law() {
  PortingLaw made;
  made.generic_share.value = 0.25;
  made.port_learning.value = 0.4;
  made.base_learning.value = 0.2;
  made.base_units.value = 100'000.0;
  made.crowd.value = 200.0;
  made.least_months.value = 0.5;
  made.engineer_month.value = Usd{10'000.0};
  return made;
}

PortingProject project(std::uint32_t family, StackId stack, double need) {
  PortingProject made;
  made.family = TransformerId{family};
  made.stack = stack;
  made.need = need;
  return made;
}

Usd cost_of_port(double need, double engineers) {
  return engineers * porting_months(porting_law(), need, engineers) *
         porting_law().engineer_month.value;
}

TEST_CASE("porting: the stack that a family was written for starts at tuned",
          "[software][porting]") {
  const double need = porting_need(porting_law(), {360.0, 0.0}, {});
  CHECK(need == 0.0);
  CHECK(state_of(project(0, kCuda, need), porting_law()) == PortState::Tuned);
  CHECK(porting_months(porting_law(), need, 0.0) == 0.0);
}

TEST_CASE("porting: the need grows with difficulty and distance and falls with what was learned",
          "[software][porting]") {
  std::mt19937_64 draw{4};
  const auto below = [&](double top) { return top * static_cast<double>(draw() % 1000) / 1000.0; };
  for (int i = 0; i < 2000; ++i) {
    const PortingTask task{below(400.0), below(0.9)};
    const PortingExperience known{below(20.0), below(1e6)};
    const double need = porting_need(porting_law(), task, known);
    REQUIRE(need >= 0.0);
    REQUIRE(porting_need(porting_law(), {task.difficulty + 10.0, task.distance}, known) >= need);
    REQUIRE(porting_need(porting_law(), {task.difficulty, task.distance + 0.1}, known) >= need);
    REQUIRE(porting_need(porting_law(), task, {known.earlier_ports + 1.0, known.installed_units}) <=
            need);
    REQUIRE(porting_need(porting_law(), task, {known.earlier_ports, known.installed_units + 1e5}) <=
            need);
  }
  CHECK(porting_need(porting_law(), {360.0, 0.7}, {}) == Approx(252.0));
}

TEST_CASE("porting: more engineers are never later, nor cheaper, and gain ever less",
          "[software][porting]") {
  double months = porting_months(porting_law(), 250.0, 1.0), gain = 1e9;
  Usd cost = cost_of_port(250.0, 1.0);
  CHECK(months == Approx(250.0 * (1.0 + 1.0 / 200.0)));
  for (double engineers = 2.0; engineers < 3000.0; engineers += 1.0) {
    const double now = porting_months(porting_law(), 250.0, engineers);
    REQUIRE(now <= months);
    REQUIRE(months - now <= gain + 1e-12);
    REQUIRE(cost_of_port(250.0, engineers) >= cost * (1.0 - 1e-12));
    gain = months - now;
    months = now;
    cost = cost_of_port(250.0, engineers);
  }
  // No crowd does more than 200 engineer-months a month.
  CHECK(months > 250.0 / 200.0);
  CHECK(porting_months(porting_law(), 1.0, 3000.0) == 0.5);
  CHECK(std::isinf(porting_months(porting_law(), 1.0, 0.0)));
}

TEST_CASE("porting: a project takes the months and the money that were foretold",
          "[software][porting]") {
  for (const double need : {0.3, 7.0, 100.0, 360.0}) {
    for (const double engineers : {1.0, 12.0, 90.0, 700.0}) {
      PortingProject now = project(0, kCann, need);
      int months = 0;
      while (state_of(now, porting_law()) != PortState::Tuned) {
        now = worked_on(now, porting_law(), engineers);
        REQUIRE(++months < 1000);
      }
      CHECK(months == std::ceil(porting_months(porting_law(), need, engineers) - 1e-9));
      CHECK(now.spent.value == Approx(cost_of_port(need, engineers).value));
      CHECK(worked_on(now, porting_law(), engineers).spent == now.spent);
    }
  }
}

TEST_CASE("porting: a family runs before it runs well", "[software][porting]") {
  PortingProject now = project(0, kCann, 100.0);
  PortState before = state_of(now, porting_law());
  CHECK(before == PortState::Unsupported);
  bool generic = false;
  while (before != PortState::Tuned) {
    now = worked_on(now, porting_law(), 10.0);
    CHECK(state_of(now, porting_law()) >= before);
    before = state_of(now, porting_law());
    generic = generic || before == PortState::Generic;
  }
  CHECK(generic);
  CHECK(state_of(worked_on(project(0, kCann, 100.0), porting_law(), 0.0), porting_law()) ==
        PortState::Unsupported);
}

TEST_CASE("porting: an installed base or an earlier port of the family brings tuned forward",
          "[software][porting]") {
  const PortingTask task{300.0, 0.7};
  const auto months = [&](const PortingExperience& known) {
    return porting_months(porting_law(), porting_need(porting_law(), task, known), 20.0);
  };
  CHECK(months({0.0, 1e6}) < months({0.0, 1e4}));
  CHECK(months({3.0, 1e4}) < months({0.0, 1e4}));
}

TEST_CASE("lock-in: months to move are those of what is left, by weight", "[software][porting]") {
  std::vector<PortingProject> pairs = {project(0, kCuda, 0.0), project(0, kCann, 20.0),
                                       project(1, kCuda, 0.0), project(1, kCann, 60.0)};
  const std::vector<Deployment> deployed = {{TransformerId{0}, kCuda, 3.0},
                                            {TransformerId{1}, kCuda, 1.0}};
  // Ten engineers do 10 / 1.05 a month.
  CHECK(expected_months_to_move(deployed, pairs, porting_law(), 10.0) ==
        Approx((3.0 * 20.0 + 60.0) / 4.0 * 1.05 / 10.0));
  double before = expected_months_to_move(deployed, pairs, porting_law(), 10.0);
  CHECK(expected_months_to_move(deployed, pairs, porting_law(), 20.0) < before);
  while (before > 0.0) {
    for (auto& pair : pairs) pair = worked_on(pair, porting_law(), 10.0);
    const double now = expected_months_to_move(deployed, pairs, porting_law(), 10.0);
    REQUIRE(now < before);
    before = now;
  }
}

TEST_CASE("lock-in: with one stack everywhere it vanishes", "[software][porting]") {
  const std::vector<PortingProject> pairs = {project(0, kCann, 50.0), project(1, kCann, 70.0)};
  const std::vector<Deployment> deployed = {{TransformerId{0}, kCann, 1.0},
                                            {TransformerId{1}, kCann, 2.0}};
  CHECK(expected_months_to_move(deployed, pairs, porting_law(), 10.0) == 0.0);
  const StackSides sides{{{kCann, 0.5, 9.0}}, {{kCann, 0.5, 9.0}}};
  CHECK(shared_artefacts(deployed, sides, 0.8) == 1.0);
}

TEST_CASE("divergence: none of a stack with itself, symmetric, grows with generations",
          "[software][porting]") {
  const StackBranch cuda{kCuda, 1.0, 2.0}, cann{kCann, 0.6, 1.0};
  CHECK(divergence(cuda, cuda, 0.8) == 0.0);
  CHECK(divergence(cuda, cann, 0.8) == divergence(cann, cuda, 0.8));
  CHECK(divergence(cuda, cann, 0.8) == Approx(1.0 - 0.6 * std::pow(0.8, 3.0)));
  double before = 0.0;
  for (double generations = 0.0; generations < 20.0; generations += 1.0) {
    const double now = divergence(cuda, {kCann, 0.6, generations}, 0.8);
    CHECK(now > before);
    CHECK(now <= 1.0);
    before = now;
  }
  CHECK(divergence(cuda, {kCann, 0.9, 1.0}, 0.8) < divergence(cuda, cann, 0.8));
}

TEST_CASE("collaboration: what runs on both sides falls as stacks diverge", "[software][porting]") {
  const std::vector<Deployment> deployed = {{TransformerId{0}, kCuda, 1.0},
                                            {TransformerId{1}, kCann, 1.0}};
  const auto shared = [&](double generations) {
    return shared_artefacts(deployed, {{{kCuda, 1.0, generations}}, {{kCann, 0.6, generations}}},
                            0.8);
  };
  CHECK(shared(0.0) == Approx(0.6));
  for (double generations = 0.0; generations < 10.0; generations += 1.0) {
    CHECK(shared(generations + 1.0) < shared(generations));
  }
  // A stack that both sides have carries its own models over, whatever the other does.
  const StackSides both{{{kCuda, 1.0, 5.0}}, {{kCann, 0.6, 5.0}, {kCuda, 1.0, 5.0}}};
  CHECK(shared_artefacts(deployed, both, 0.8) > 0.5);
  CHECK(shared_artefacts(std::vector{deployed[0]}, both, 0.8) == 1.0);
  // Another stack on a side never takes away.
  const StackSides less{{{kCuda, 1.0, 5.0}}, {{kCann, 0.6, 5.0}}};
  CHECK(shared_artefacts(deployed, both, 0.8) >= shared_artefacts(deployed, less, 0.8));
  CHECK(shared_artefacts({}, less, 0.8) == 1.0);
}

}  // namespace
}  // namespace chokepoint
