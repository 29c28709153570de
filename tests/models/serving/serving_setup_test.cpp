#include "models/serving/serving_setup.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving setup: blocks are those of the memory that is left",
          "[serving][serving_setup]") {
  SmallService service;
  const ServingSetup made = service.started();
  REQUIRE(made.complaint.empty());
  MemorySettings settings;
  settings.usable = service.coefficients.usable_memory;
  const auto memory = serving_memory(service.model, service.device, service.plan, settings);
  CHECK(double(made.rules.blocks * 16) == Approx(memory.kv_tokens().value).epsilon(1e-4));
  CHECK(made.rules.first_token == 12'000'000);
  CHECK(made.rules.first_token_steps == 0);
}

TEST_CASE("serving setup: attention groups have budgets and sequences of their own",
          "[serving][serving_setup]") {
  SmallService service;
  service.model = deepseek_v3();
  service.device.memory = 141_GiB;
  service.plan.attention_dp = 8;
  service.plan.expert_parallel = true;
  const ServingSetup made = service.started();
  REQUIRE(made.complaint.empty());
  CHECK(made.rules.token_budget == 8 * 8192);
  CHECK(made.rules.max_sequences == 8 * 2048);
  CHECK(made.rules.blocks_of_one() * 8 == made.rules.blocks);
}

TEST_CASE("serving setup: what does not fit is refused with its arithmetic",
          "[serving][serving_setup]") {
  SmallService service;
  service.model = llama_70b();
  service.plan.precision = uniform_precision(NumericFormat::Fp16, NumericFormat::Fp16);
  CHECK(service.started().complaint ==
        "llama_70b does not fit on h100: of 78.24 GB usable on the fullest device, weights take "
        "141.10 GB, activations 2.07 GB and buffers 1.25 GB, which leaves -66.19 GB for a cache "
        "that needs 0.39 GB for one request of 1200 tokens");
  service.plan.tensor = 4;
  CHECK(service.started().complaint.empty());
}

TEST_CASE("serving setup: intervals of the engine delay the first token",
          "[serving][serving_setup]") {
  SmallService service;
  service.settings.stream_interval = 10;
  service.coefficients.first_token_iterations = 2;
  CHECK(service.started().rules.first_token_steps == Approx(0.5 + 0.9 * 10));
}

// A window's rows are divided among as many devices as there are heads of keys, states among all.
TEST_CASE("serving setup: a transfer carries windows and states once, however divided",
          "[serving][serving_setup]") {
  SmallService service;
  service.model.linear_layers = 20;
  service.model.linear_state_bytes = 1e6;
  const ServingSetup alone = service.started();
  CHECK(alone.kv_per_sequence.value == Approx(20e6));
  service.model.window_layers = 6;
  service.model.sliding_window = 1024;
  const double with_windows = service.started().kv_per_sequence.value;
  CHECK(with_windows > 20e6);
  for (const int tensor : {2, 8, 16}) {
    service.plan.tensor = tensor;
    CHECK(service.started().kv_per_sequence.value == Approx(with_windows));
    CHECK(service.started().kv_per_token.value == Approx(alone.kv_per_token.value / 2));
  }
}

}  // namespace
}  // namespace chokepoint
