#include "models/serving/step_cost.hpp"

#include <catch2/catch.hpp>

#include "models/performance/steady_state.hpp"
#include "tests/models/performance/random_serving.hpp"
#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

double seconds(Ticks ticks) {
  return static_cast<double>(ticks) * 1e-9 / double(kTicksPerNanosecond);
}

TEST_CASE("step costs: decoding costs what the operators say, within 1 %", "[serving][step_cost]") {
  CHECK(rc::check([] {
    SmallService service;
    if (any::chance()) service.model = deepseek_v3(), service.plan.tensor = 8;
    const Replica replica({service.model, service.device, interconnect_of(service.device),
                           service.plan, service.coefficients});
    StepCosts costs(replica, 0);
    const std::int64_t batch = *rc::gen::inRange(1, 300);
    const auto context = static_cast<std::int64_t>(any::number(20, 100'000));
    const Subtokens cached = batch * context * kSubtokens;
    IterationLoad load;
    load.sequences = load.decode_tokens = static_cast<double>(batch);
    load.decode_context = static_cast<double>(context);
    const double charged = seconds(costs.decode(batch, cached).time(1, cached, 0));
    RC_ASSERT(std::abs(charged / replica.time(load).total().value - 1) < 0.01);
  }));
}

TEST_CASE("step costs: every cache is on a line that reaches beyond it", "[serving][step_cost]") {
  StepCosts costs = SmallService().costs();
  Subtokens until = 0;
  for (std::int64_t context = 0; context < 300'000; ++context) {
    const DecodeLine& line = costs.decode(1, context * kSubtokens);
    if (line.until == until) continue;
    // The line before ended here, and this one is a quarter of a doubling long, or a token.
    REQUIRE(until == context * kSubtokens);
    until = line.until;
    if (context > 0) REQUIRE(until <= (context * 6 / 5 + 1) * kSubtokens);
  }
}

TEST_CASE("step costs: a line ends where the operators say, in replicas of many groups too",
          "[serving][step_cost]") {
  SmallService service;
  service.model = deepseek_v3();
  service.plan.expert_parallel = true;
  CHECK(rc::check([&] {
    service.plan.attention_dp = any::power_of_two(64);
    StepCosts costs = service.costs();
    const std::int64_t batch = *rc::gen::inRange(1, 300);
    const auto context = static_cast<std::int64_t>(any::number(20, 100'000));
    const DecodeLine line = costs.decode(batch, batch * context * kSubtokens);
    IterationLoad load;
    load.sequences = load.decode_tokens = static_cast<double>(batch);
    load.decode_context = static_cast<double>(line.until / (batch * kSubtokens));
    const double charged = seconds(line.time(1, line.until, 0));
    RC_ASSERT(std::abs(charged / costs.replica().time(load).total().value - 1) < 1e-6);
  }));
}

TEST_CASE("step costs: what k steps hold is what each holds while it lasts",
          "[serving][step_cost]") {
  SmallService service;
  service.settings.speculated = 3;
  StepCosts costs = service.costs();
  CHECK(rc::check([&] {
    const std::int64_t batch = *rc::gen::inRange(1, 200);
    const Subtokens growth = batch * costs.accepted();
    Subtokens cached = batch * kSubtokens * *rc::gen::inRange(1, 5000);
    const DecodeLine line = costs.decode(batch, cached);
    const std::int64_t most = ceiling(line.until - cached, growth);
    const std::int64_t steps = *rc::gen::inRange<std::int64_t>(1, most + 1);
    const Ticks together = line.held(steps, cached, growth);
    const Ticks end = line.time(steps, cached, growth);
    RC_ASSERT((line.steps_before(end, steps, cached, growth) == steps - 1));
    RC_ASSERT((line.steps_before(end + 1, steps, cached, growth) == steps));
    RC_ASSERT((line.steps_before(0, steps, cached, growth) == 0));
    Ticks sum = 0;
    for (std::int64_t i = 0; i < steps; ++i, cached += growth) {
      sum += cached * line.time(1, cached, growth);
    }
    RC_ASSERT((sum == together));
  }));
}

TEST_CASE("step costs: k steps take what they take one by one", "[serving][step_cost]") {
  SmallService service;
  service.settings.speculated = 3;
  StepCosts costs = service.costs();
  CHECK(rc::check([&] {
    const std::int64_t batch = *rc::gen::inRange(1, 200);
    const Subtokens growth = batch * costs.accepted();
    Subtokens cached = batch * kSubtokens * *rc::gen::inRange(1, 5000);
    const DecodeLine line = costs.decode(batch, cached);
    const std::int64_t most = ceiling(line.until - cached, growth);
    const std::int64_t steps = *rc::gen::inRange<std::int64_t>(1, most + 1);
    const Ticks together = line.time(steps, cached, growth);
    Ticks sum = 0;
    for (std::int64_t i = 0; i < steps; ++i, cached += growth) {
      sum += costs.decode(batch, cached).time(1, cached, growth);
    }
    RC_ASSERT((sum == together));
  }));
}

TEST_CASE("step costs: a prompt alone takes what the steady state says", "[serving][step_cost]") {
  SmallService service;
  const StepCosts costs = service.costs();
  ServingLoad load{Client::Closed, Tokens{1000}, Tokens{200}, 1};
  const auto state =
      steady_state(costs.replica(), serving_memory(service.model, service.device, service.plan, {}),
                   load, service.settings);
  PromptWork work;
  work.add(0, 1000);
  CHECK(seconds(costs.prefill(work, false)) == Approx(state.prefill.value));
  CHECK(seconds(costs.prefill(work, true)) == Approx(state.prefill.value * 0.9));
}

TEST_CASE("step costs: chunks attend to what was read before", "[serving][step_cost]") {
  PromptWork whole, parts;
  whole.add(0, 1000);
  parts.add(0, 300);
  parts.add(300, 700);
  CHECK(whole.tokens == parts.tokens);
  CHECK(whole.twice_attended == parts.twice_attended);
  CHECK(whole.twice_attended == 1000 * 1000);
}

PromptWork prompt_of(std::int64_t before, std::int64_t read) {
  PromptWork one;
  one.add(before, read);
  return one;
}

TEST_CASE("step costs: a group's prompt waits longer than it costs", "[serving][step_cost]") {
  SmallService service;
  CHECK((service.costs().group_wait(prompt_of(0, 1000)) == 0));
  service.model = deepseek_v3();
  service.plan.attention_dp = 8;
  service.plan.expert_parallel = true;
  const StepCosts costs = service.costs();
  CHECK((costs.group_wait(prompt_of(0, 1000)) == 7 * costs.prefill(prompt_of(0, 1000), false)));
  CHECK((costs.group_wait(prompt_of(900, 100)) < costs.group_wait(prompt_of(0, 1000))));
}

TEST_CASE("step costs: a pace divides what reading and writing take, each by its own",
          "[serving][step_cost]") {
  const SmallService service;
  StepCosts before = service.costs();
  StepCosts paced = step_costs(service.task(), service.plan, {0.5, 4.0});
  PromptWork work;
  work.add(0, 1000);
  CHECK(seconds(paced.prefill(work, false)) == Approx(2 * seconds(before.prefill(work, false))));
  const Subtokens cached = 32 * 1000 * kSubtokens;
  CHECK(seconds(paced.decode(32, cached).time(1, cached, 0)) ==
        Approx(seconds(before.decode(32, cached).time(1, cached, 0)) / 4));
}

}  // namespace
}  // namespace chokepoint
