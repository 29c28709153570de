#include "models/performance/steady_state.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

struct Setting {
  Transformer model = llama_70b();
  DeviceSpec device = h100();
  ServingPlan plan = {.tensor = 4,
                      .precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8)};
  Coefficients coefficients = {};
  EngineSettings settings = {};

  SteadyState state(const ServingLoad& load) const {
    const Replica replica({model, device, interconnect_of(device), plan, coefficients});
    MemorySettings memory;
    memory.usable = coefficients.usable_memory;
    return steady_state(replica, serving_memory(model, device, plan, memory), load, settings);
  }
};

ServingLoad load_of(double prompt, double output, double concurrency,
                    Client client = Client::Closed) {
  return {client, Tokens{prompt}, Tokens{output}, concurrency};
}

TEST_CASE("steady state: one request alone takes its prompt and its tokens",
          "[performance][steady_state]") {
  const Setting setting;
  const auto state = setting.state(load_of(1000, 500, 1));
  CHECK(state.tpot == state.decode.total());  // Nobody else's prompt is read.
  CHECK(state.ttft > state.prefill);
  const Seconds each = state.ttft + state.tpot * 500.0;
  CHECK((state.output * each).value == Approx(500).epsilon(1e-3));
}

TEST_CASE("steady state: Little's law holds for a closed loop", "[performance][steady_state]") {
  const Setting setting;
  for (const double c : {1.0, 8.0, 64.0, 128.0}) {
    const auto state = setting.state(load_of(1000, 1000, c));
    REQUIRE(state.residents == c);
    // Requests per second times their time in the system are those in flight.
    const Seconds each = state.ttft + state.tpot * 1000.0;
    CHECK(state.output / Tokens{1000} * each == Approx(c).epsilon(1e-9));
    CHECK(state.batch <= c);
  }
}

TEST_CASE("steady state: TPOT and output grow with concurrency", "[performance][steady_state]") {
  const Setting setting;
  auto before = setting.state(load_of(1000, 1000, 1));
  for (double c = 2; c <= 256; c *= 2) {
    const auto state = setting.state(load_of(1000, 1000, c));
    CHECK(state.tpot >= before.tpot);
    CHECK(state.output >= before.output);
    before = state;
  }
}

TEST_CASE("steady state: each attention group runs so many sequences at once",
          "[performance][steady_state]") {
  Setting setting;
  setting.settings.max_sequences = 10;
  CHECK(setting.state(load_of(100, 100, 1000)).residents == 10);
  setting.plan.tensor = 1;
  setting.plan.attention_dp = 4;
  CHECK(setting.state(load_of(100, 100, 1000)).residents == 40);
  CHECK(setting.state(load_of(100, 100, 1000, Client::Offline)).residents == 40);
}

TEST_CASE("steady state: requests beyond the cache wait for it", "[performance][steady_state]") {
  Setting setting;
  setting.plan.tensor = 2;
  const auto full = setting.state(load_of(8000, 1000, 1000));
  CHECK(full.residents < 200);
  const auto fitting = setting.state(load_of(8000, 1000, full.residents));
  CHECK(full.tpot == fitting.tpot);
  CHECK(full.output == fitting.output);
  CHECK(full.ttft > fitting.ttft + full.tpot * 1000.0);
}

TEST_CASE("steady state: a reserved answer takes more cache", "[performance][steady_state]") {
  Setting setting;
  setting.plan.tensor = 2;
  const auto grown = setting.state(load_of(1000, 8000, 1000));
  setting.settings.reserves_answer = true;
  const auto reserved = setting.state(load_of(1000, 8000, 1000));
  CHECK(reserved.residents / grown.residents == Approx((1000 + 0.55 * 8000) / 9000));
}

TEST_CASE("steady state: a burst at the start weighs less in a longer benchmark",
          "[performance][steady_state]") {
  const Setting setting;
  ServingLoad load = load_of(4000, 1000, 64);
  const auto none = setting.state(load);
  load.waves = 10;
  const auto ten = setting.state(load);
  load.waves = 20;
  const auto twenty = setting.state(load);
  CHECK(ten.tpot == none.tpot);
  CHECK((ten.ttft - none.ttft).value == Approx(2 * (twenty.ttft - none.ttft).value));
}

TEST_CASE("steady state: waits of a run are iterations before the first token",
          "[performance][steady_state]") {
  Setting setting;
  const auto plain = setting.state(load_of(1000, 1000, 1));
  setting.settings.stream_interval = 20;
  const auto streamed = setting.state(load_of(1000, 1000, 1));
  CHECK((streamed.ttft - plain.ttft).value ==
        Approx(20 * 0.9 * plain.decode.total().value).epsilon(1e-3));
}

TEST_CASE("steady state: prompts wait for each other as prefill is busy",
          "[performance][steady_state]") {
  Setting setting;
  setting.coefficients.queue = 0;
  const auto none = setting.state(load_of(4000, 1000, 32));
  setting.coefficients.queue = 1;
  const auto queued = setting.state(load_of(4000, 1000, 32));
  const double busy = queued.batch / 1000 * (queued.prefill / queued.tpot);
  CHECK(busy > 0.1);
  CHECK((queued.ttft - none.ttft) / queued.prefill == Approx(busy).epsilon(0.05));
}

TEST_CASE("steady state: a fixed batch reads its prompts, then decodes",
          "[performance][steady_state]") {
  const Setting setting;
  const auto state = setting.state(load_of(128, 1024, 16, Client::FixedBatch));
  CHECK(state.tpot == state.decode.total());
  CHECK(state.output.value ==
        Approx(16 * 1024 / (1024 * state.tpot + state.ttft).value).epsilon(1e-12));
}

TEST_CASE("steady state: sequences that only decode", "[performance][steady_state]") {
  const Setting setting;
  const auto state = setting.state(load_of(4096, 2048, 32, Client::DecodeOnly));
  CHECK(state.output.value == Approx(32 / state.decode.total().value));
}

TEST_CASE("speculation: accepted tokens between the fitted depths", "[performance][steady_state]") {
  Coefficients c;
  c.accepted_depth_1 = 1.8;
  c.accepted_depth_3 = 2.6;
  CHECK(accepted_tokens(c, 0) == 1.0);
  CHECK(accepted_tokens(c, 0.5) == Approx(1.4));
  CHECK(accepted_tokens(c, 1) == Approx(1.8));
  CHECK(accepted_tokens(c, 2) == Approx(2.2));
  CHECK(accepted_tokens(c, 3) == Approx(2.6));
}

TEST_CASE("speculation: fewer iterations per token, each of them longer",
          "[performance][steady_state]") {
  Setting setting;
  const auto plain = setting.state(load_of(1000, 1000, 4));
  setting.settings.speculated = 3;
  const auto drafted = setting.state(load_of(1000, 1000, 4));
  CHECK(drafted.tpot < plain.tpot);
  CHECK(drafted.decode.total() > plain.decode.total());
}

TEST_CASE("law: more memory never lowers offline throughput", "[performance][law]") {
  CHECK(rc::check([] {
    Setting setting;
    setting.model = any::transformer();
    setting.device = any::device();
    setting.plan = any::plan(setting.model);
    const ServingLoad load =
        load_of(any::number(16, 32'000), any::number(16, 8000), 1, Client::Offline);
    const auto before = setting.state(load);
    setting.device.memory = *setting.device.memory * any::number(1.01, 3);
    RC_ASSERT(setting.state(load).output >= before.output * (1 - 1e-9));
  }));
}

TEST_CASE("law: more bandwidth never slows a steady state", "[performance][law]") {
  CHECK(rc::check([] {
    Setting setting;
    setting.model = any::transformer();
    setting.device = any::device();
    setting.plan = any::plan(setting.model);
    const ServingLoad load = load_of(any::number(16, 32'000), any::number(16, 8000),
                                     std::round(any::number(1, 500)), Client::FixedBatch);
    const auto before = setting.state(load);
    setting.device.memory_bandwidth = *setting.device.memory_bandwidth * any::number(1.01, 3);
    const auto after = setting.state(load);
    RC_ASSERT(after.tpot <= before.tpot * (1 + 1e-12));
    RC_ASSERT(after.output >= before.output * (1 - 1e-12));
  }));
}

TEST_CASE("law: a prompt beside answers takes less the more share its iteration",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const DeviceSpec device = any::device();
    const ServingPlan plan = any::plan(model);
    Coefficients coefficients;
    coefficients.interference = any::number(0.5, 1.5);
    const Replica replica({model, device, interconnect_of(device), plan, coefficients});
    const Tokens prompt{std::round(any::number(16, 32'000))};
    constexpr double kBudget = 8192;
    const double together = any::number(0, 60);
    const Seconds fewer = prompt_time_beside(replica, prompt, together, kBudget);
    const Seconds more = prompt_time_beside(replica, prompt, together * any::number(1, 2), kBudget);
    const Seconds alone = prompt_time_beside(replica, prompt, 0, kBudget);
    constexpr double kSlack = 1e-3;  // Of each_of(), below two prompts; and of the mean beyond 40.
    RC_ASSERT(more <= fewer * (1 + kSlack));
    RC_ASSERT(fewer <= alone * (1 + kSlack));
  }));
}

}  // namespace
}  // namespace chokepoint
