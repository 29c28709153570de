#include "models/performance/serving_search.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <tuple>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

const Precision kFp8 = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8);

ServingTask task_of(const Transformer& model, const DeviceSpec& device) {
  return {model, device, interconnect_of(device), {}, {}, {}, Tokens{1024}, Tokens{512}};
}

TEST_CASE("serving search: what fits and keeps the target comes first, most output first",
          "[performance][search]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const ServingTarget target{Seconds{2.0}, Seconds{0.05}};
  const auto plans = search_serving(task_of(model, device), 16, target, {{kFp8}});
  REQUIRE(plans.size() > 5);
  REQUIRE(plans.front().keeps_target);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto& plan = plans[i];
    CHECK(plan.estimate.devices() == 16);
    if (plan.keeps_target) {
      CHECK(plan.fits);
      CHECK(plan.estimate.state.ttft <= *target.ttft);
      CHECK(plan.estimate.state.tpot <= *target.tpot);
    }
    if (i == 0) continue;
    CHECK(plans[i - 1].keeps_target >= plan.keeps_target);
    if (plan.keeps_target) CHECK(plans[i - 1].estimate.output() >= plan.estimate.output());
  }
}

TEST_CASE("serving search: each plan runs as many requests as the target allows",
          "[performance][search]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const ServingTask task = task_of(model, device);
  const ServingTarget target{std::nullopt, Seconds{0.03}};
  for (const auto& plan : search_serving(task, 8, target, {{kFp8}})) {
    if (!plan.keeps_target) continue;
    const auto& e = plan.estimate;
    if (e.concurrency + 1 > e.memory.requests(Tokens{1536})) continue;  // Memory ends it.
    const auto beyond = estimate_serving(task, e.plan, e.replicas, e.concurrency * 1.02 + 1);
    CHECK(beyond.state.tpot > *target.tpot);
  }
}

TEST_CASE("serving search: a looser target never serves less", "[performance][search]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h20();
  const ServingTask task = task_of(model, device);
  double before = 0;
  for (const double tpot : {0.02, 0.03, 0.05, 0.1, 0.5}) {
    const auto best = search_serving(task, 8, {std::nullopt, Seconds{tpot}}, {{kFp8}}).front();
    const double output = best.keeps_target ? best.estimate.output().value : 0;
    CHECK(output >= 0.99 * before);
    before = output;
  }
  CHECK(before > 0);
}

TEST_CASE("serving search: what does not fit is told apart", "[performance][search]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const Precision bf16 = uniform_precision(NumericFormat::Fp16, NumericFormat::Fp16);
  const auto plans = search_serving(task_of(model, device), 1, {}, {{bf16}});
  REQUIRE(plans.size() == 1);
  CHECK_FALSE(plans[0].fits);
  CHECK(plans[0].estimate.fit.margin < Bytes{0});
}

TEST_CASE("serving search: no plan is tried twice", "[performance][search]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  std::set<std::tuple<int, int, int, bool>> seen;
  for (const auto& plan : search_serving(task_of(model, device), 8, {}, {{kFp8}})) {
    const ServingPlan& p = plan.estimate.plan;
    CHECK(seen.insert({p.tensor, p.attention_dp, p.pipeline, p.expert_parallel}).second);
  }
}

TEST_CASE("estimate at rate: it serves what arrives, or nothing", "[performance][search]") {
  const Transformer model = llama_70b();
  const DeviceSpec device = h100();
  const ServingTask task = task_of(model, device);
  const ServingPlan plan{.tensor = 8, .precision = kFp8};
  for (const double rate : {0.1, 1.0, 5.0}) {
    const auto estimate = estimate_at_rate(task, plan, 1, rate);
    REQUIRE(estimate);
    CHECK((estimate->state.output / task.output).value == Approx(rate).epsilon(1e-6));
  }
  CHECK_FALSE(estimate_at_rate(task, plan, 1, 1e5));
}

}  // namespace
}  // namespace chokepoint
