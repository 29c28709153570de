#include "models/performance/iteration.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "models/performance/attention.hpp"
#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

ServingPlan fp8_plan(int tensor) {
  ServingPlan plan;
  plan.tensor = tensor;
  plan.precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8);
  return plan;
}

// Nothing but the roofs of the datasheet, each attained in full, and no launches.
Coefficients ideal() {
  Coefficients c;
  for (const auto& info : coefficient_listing()) {
    if (info.unit == "fraction" || info.unit == "factor") c.*info.member = 1.0;
    if (info.unit == "us" || info.unit == "ms" || info.unit == "passes") c.*info.member = 0.0;
    if (info.unit == "tokens") c.*info.member = 1e-9;
  }
  return c;
}

Seconds time_of(const Transformer& model, const DeviceSpec& device, const ServingPlan& plan,
                const Coefficients& c, const IterationLoad& load) {
  return Replica({model, device, interconnect_of(device), plan, c}).time(load).total();
}

// One sequence reads 70.6e9 - 1.05e9 bytes of weights less the embedding, the head in 16 bits.
TEST_CASE("iteration: one sequence on ideal roofs reads the weights once",
          "[performance][iteration]") {
  const IterationLoad load{.decode_tokens = 1, .sequences = 1, .decode_context = 1};
  const double layer = attention_parameters(llama_70b()) + mlp_parameters(llama_70b());
  const double bytes = 80 * layer + 2.0 * 128256 * 8192;
  CHECK(time_of(llama_70b(), h100(), fp8_plan(1), ideal(), load).value ==
        Approx(bytes / 3350e9).epsilon(2e-4));
}

// 8192 tokens: 2 operations per weight of a layer, attention at half of 8192 in bf16.
TEST_CASE("iteration: a long prompt on ideal roofs is its operations", "[performance][iteration]") {
  const IterationLoad load{.sequences = 1, .prefill_tokens = 8192, .prefill_span = 4096};
  const double layer = attention_parameters(llama_70b()) + mlp_parameters(llama_70b());
  const double gemm = 80 * 2 * 8192 * layer / 1978.9e12;
  const double attention = 80 * 8192 * 4096.0 * 4 * 64 * 128 / 989.4e12;
  const Seconds time = time_of(llama_70b(), h100(), fp8_plan(1), ideal(), load);
  CHECK(time.value == Approx(gemm + attention).epsilon(0.01));
}

TEST_CASE("iteration: kernels and limits tell the same time", "[performance][iteration]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const DeviceSpec device = any::device();
    const Replica replica({model, device, interconnect_of(device), any::plan(model), {}});
    const IterationTime time = replica.time(any::iteration_load());
    const Seconds limits = std::accumulate(time.by_limit.begin(), time.by_limit.end(), Seconds{});
    RC_ASSERT(time.total() > Seconds{});
    RC_ASSERT(std::abs(limits / time.total() - 1) < 1e-9);
    for (const Seconds part : time.by_kernel) RC_ASSERT(part >= Seconds{});
    RC_ASSERT(time.of(time.slowest()) >= time.total() / double{kKernels});
  }));
}

TEST_CASE("law: more of a device never slows a fixed batch", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const DeviceSpec device = any::device();
    const ServingPlan plan = any::plan(model);
    const IterationLoad load = any::iteration_load();
    const Seconds before = time_of(model, device, plan, {}, load);
    const auto is_no_slower = [&](auto improve) {
      DeviceSpec better = device;
      improve(better);
      return time_of(model, better, plan, {}, load) <= before * (1 + 1e-12);
    };
    RC_ASSERT(is_no_slower([](auto& d) { d.memory_bandwidth = *d.memory_bandwidth * 1.3; }));
    RC_ASSERT(is_no_slower([](auto& d) { d.peaks.bf16 = *d.peaks.bf16 * 1.3; }));
    RC_ASSERT(is_no_slower([](auto& d) { d.io_bandwidth = *d.io_bandwidth * 1.3; }));
    RC_ASSERT(is_no_slower([](auto& d) {
      if (d.peaks.fp8) d.peaks.fp8 = *d.peaks.fp8 * 1.3;
    }));
  }));
}

TEST_CASE("law: twice every roof halves all but launches and hops", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    DeviceSpec device = any::device();
    const ServingPlan plan = any::plan(model);
    const IterationLoad load = any::iteration_load();
    Coefficients c;
    c.hop_us = c.phase_us = c.host_us = c.host_per_sequence_us = 0;
    c.layer_launch_us = c.eager_launch_us = c.expert_launch_us = c.latent_launch_us = 0;
    c.quantize_4bit_us = c.block_scale_us = 0;
    const auto links = interconnect_of(device);
    const Seconds before = Replica({model, device, links, plan, c}).time(load).total();
    for (auto peak : {&Peaks::bf16, &Peaks::fp8, &Peaks::int8, &Peaks::fp4, &Peaks::vector_fp16}) {
      if (device.peaks.*peak) device.peaks.*peak = *(device.peaks.*peak) * 2.0;
    }
    device.memory_bandwidth = *device.memory_bandwidth * 2.0;
    const Interconnect twice{links.scaleup * 2.0, links.domain, links.scaleout * 2.0};
    const Seconds after = Replica({model, device, twice, plan, c}).time(load).total();
    RC_ASSERT(std::abs(after / before * 2 - 1) < 1e-9);
  }));
}

TEST_CASE("law: more work never takes less time", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const DeviceSpec device = any::device();
    const Replica replica({model, device, interconnect_of(device), any::plan(model), {}});
    const IterationLoad load = any::iteration_load();
    const Seconds before = replica.time(load).total();
    for (auto part : {&IterationLoad::decode_context, &IterationLoad::prefill_span,
                      &IterationLoad::sequences}) {
      IterationLoad more = load;
      more.*part *= 1.5;
      RC_ASSERT(replica.time(more).total() >= before * (1 - 1e-12));
    }
  }));
}

// A product of m rows takes m + half rows of full speed: never less than one of fewer rows.
TEST_CASE("iteration: more tokens never take less time", "[performance][iteration]") {
  const Replica replica({deepseek_v3(), h20(), interconnect_of(h20()), fp8_plan(8), {}});
  Seconds before;
  for (double tokens = 1; tokens < 20'000; tokens *= 1.3) {
    const Seconds time =
        replica.time({.decode_tokens = tokens, .sequences = tokens, .decode_context = 1000})
            .total();
    CHECK(time >= before);
    before = time;
  }
}

TEST_CASE("iteration: decoding is bandwidth-bound, reading prompts matrix-bound",
          "[performance][iteration]") {
  const Replica replica({llama_70b(), h100(), interconnect_of(h100()), fp8_plan(1), {}});
  CHECK(replica.time({.decode_tokens = 8, .sequences = 8, .decode_context = 2000}).binding() ==
        Limit::Memory);
  CHECK(replica.time({.sequences = 1, .prefill_tokens = 8192, .prefill_span = 4096}).binding() ==
        Limit::Matrix);
}

// The claim in circulation: H20 has 1/6.7 of the peak of H200 and about 1/1.2 of its decode.
TEST_CASE("iteration: an H20 is far below an H100 in prefill and near it in decode",
          "[performance][iteration]") {
  const IterationLoad decode{.decode_tokens = 8, .sequences = 8, .decode_context = 2000};
  const IterationLoad prefill{.sequences = 1, .prefill_tokens = 8192, .prefill_span = 4096};
  const auto ratio = [&](const IterationLoad& load) {
    return time_of(llama_70b(), h20(), fp8_plan(1), {}, load) /
           time_of(llama_70b(), h100(), fp8_plan(1), {}, load);
  };
  CHECK(ratio(decode) < 1.25);
  CHECK(ratio(prefill) > 5);
}

// 64 tokens of 8192 values in 16 bits: 1 MiB, over 450 GB/s.
TEST_CASE("iteration: two exchanges in every layer, and one between stages",
          "[performance][iteration]") {
  const Coefficients c;
  const IterationLoad load{.decode_tokens = 64, .sequences = 64, .decode_context = 100};
  const Fabric inside{450_GBps * c.link, Seconds{c.hop_us * 1e-6}, Seconds{c.phase_us * 1e-6}};
  const auto links_time = [&](const ServingPlan& plan) {
    const Replica replica({llama_70b(), h100(), interconnect_of(h100()), plan, c});
    return replica.time(load).of(Kernel::Collective).value;
  };
  CHECK(links_time(fp8_plan(1)) == 0);
  const Exchange eight{8, Bytes{1'048'576}};
  CHECK(links_time(fp8_plan(8)) == Approx(160 * direct_all_reduce(inside, eight).value));
  ServingPlan grouped = fp8_plan(1);
  grouped.attention_dp = 8;
  CHECK(links_time(grouped) == Approx(160 * all_gather(inside, eight).value));
  ServingPlan staged = fp8_plan(1);
  staged.pipeline = 3;
  const Fabric outside{12.5 * 1_GBps * c.outer_link, inside.hop, inside.phase};
  CHECK(links_time(staged) == Approx(2 * point_to_point(outside, eight.bytes).value));
}

TEST_CASE("iteration: the busiest device has more of the experts' work",
          "[performance][iteration]") {
  const IterationLoad load{.sequences = 1, .prefill_tokens = 8192, .prefill_span = 4096};
  ServingPlan plan = fp8_plan(8);
  const auto grouped_time = [&] {
    return Replica({deepseek_v3(), h20(), interconnect_of(h20()), plan, {}})
        .time(load)
        .of(Kernel::GroupedGemm);
  };
  const Seconds sliced = grouped_time();
  plan.expert_parallel = true;
  // Nearly all of it is matrix work.
  const double busiest = expert_imbalance(deepseek_v3(), 8192, {1, Coefficients{}.expert_skew, 8});
  CHECK(busiest > 1.1);
  CHECK(grouped_time() / sliced == Approx(busiest).epsilon(0.02));
}

// Groups of attention have schedulers of their own: each looks at its own sequences.
TEST_CASE("iteration: the host's time is that of one attention group", "[performance][iteration]") {
  Coefficients c;
  c.host_us = c.layer_launch_us = 0;
  c.host_per_sequence_us = 5;
  ServingPlan plan = fp8_plan(1);
  const IterationLoad load{.decode_tokens = 64, .sequences = 64, .decode_context = 100};
  const auto host = [&](int groups) {
    plan.attention_dp = groups;
    return Replica({llama_70b(), h100(), interconnect_of(h100()), plan, c})
        .time(load)
        .of(Kernel::Host)
        .value;
  };
  CHECK(host(1) == Approx(64 * 5e-6));
  CHECK(host(4) == Approx(16 * 5e-6));
}

ServingPlan expert_groups(int devices) {
  ServingPlan plan = fp8_plan(1);
  plan.attention_dp = devices;
  plan.expert_parallel = true;
  return plan;
}

IterationLoad prompts(double tokens) {
  return {.sequences = 1, .prefill_tokens = tokens, .prefill_span = 2048};
}

// Prompts of 16k tokens per device, EP32 on four servers: a half computes while the other travels.
// Inside one domain, on links as slow as those between servers, nothing hides the exchange.
TEST_CASE("iteration: across domains one half of a batch hides the exchange of the other",
          "[performance][iteration]") {
  Interconnect links = interconnect_of(h100());
  links.scaleout = 50_GBps;
  const auto time = [&] {
    return Replica({deepseek_v3(), h100(), links, expert_groups(32), {}}).time(prompts(524'288));
  };
  const IterationTime across = time();
  links.domain = 32;
  links.scaleup = links.scaleout;
  const IterationTime inside = time();
  CHECK(across.of(Kernel::Collective) < across.total() * 0.2);
  CHECK(inside.of(Kernel::Collective) > inside.total() * 0.4);
  // Kernels for exchange take some of the cores.
  CHECK(across.of(Kernel::GroupedGemm) > inside.of(Kernel::GroupedGemm) * 1.1);
}

TEST_CASE("law: halves never take longer than one batch, nor less than what they compute",
          "[performance][law]") {
  CHECK(rc::check([] {
    const double tokens = any::number(32, 1e6);
    const IterationLoad load =
        any::chance()
            ? prompts(tokens)
            : IterationLoad{.decode_tokens = tokens, .sequences = tokens, .decode_context = 1000};
    Interconnect links = interconnect_of(h100());
    const auto time = [&](double faster) {
      Interconnect better = links;
      better.scaleout = links.scaleout * faster;
      better.scaleup = links.scaleup * faster;
      return Replica({deepseek_v3(), h100(), better, expert_groups(32), {}}).time(load).total();
    };
    // An exchange that takes no time leaves nothing to hide.
    RC_ASSERT(time(1e9) <= time(2) && time(2) <= time(1) * (1 + 1e-12));
  }));
}

// An H20 has 1.7 operations of matrix units to one of vector units, an H100 7.4.
TEST_CASE("iteration: a device cut in matrix rate alone keeps more of it when it reads prompts",
          "[performance][iteration]") {
  const auto rate = [](DeviceSpec device, double vector) {
    device.peaks.vector_fp16 = FlopsPerSecond{vector};
    const Replica eight({deepseek_v3(), device, interconnect_of(device), fp8_plan(8), {}});
    return 1 / eight.time(prompts(16384)).total().value;
  };
  CHECK(rate(h20(), 88e12) > 1.3 * rate(h20(), 20e12));
  CHECK(rate(h20(), 88e12) / rate(h100(), 133.8e12) > 1.3 * 148 / 989.4);
}

// Of a loss of a half at 15 to 1, an H100 (7.4) has 1/1.49 left and an H20 (1.7) 1/1.11.
TEST_CASE("iteration: scaling in blocks costs by how scarce vector units are",
          "[performance][iteration]") {
  Coefficients c = ideal();
  c.block_scaled = 0.5;
  const auto slower = [&](DeviceSpec device, double vector) {
    device.peaks.vector_fp16 = FlopsPerSecond{vector};
    ServingPlan plan = fp8_plan(1);
    const auto time = [&] { return time_of(llama_70b(), device, plan, c, prompts(65'536)); };
    const Seconds plain = time();
    plan.precision = uniform_precision(NumericFormat::Fp8Block, NumericFormat::Fp8);
    return time() / plain;
  };
  const double at_7 = slower(h100(), 989.4e12 / 7.4), at_15 = slower(h100(), 989.4e12 / 15);
  CHECK(at_15 > at_7);
  CHECK(at_15 == Approx(slower(h100(), 989.4e12 / 30)).epsilon(0.01));
  CHECK(slower(h20(), 88e12) < at_7);
}

TEST_CASE("iteration: linear attention reads and writes its states", "[performance][iteration]") {
  Transformer model = llama_70b();
  model.linear_layers = 60;
  const auto decode = [&](double bytes, double sequences) {
    model.linear_state_bytes = bytes;
    return Replica({model, h100(), interconnect_of(h100()), fp8_plan(1), {}})
        .time({.decode_tokens = sequences, .sequences = sequences, .decode_context = 1000})
        .of(Kernel::AttentionDecode)
        .value;
  };
  const double states = 60 * 256 * 2 * 4e6 / (3350e9 * Coefficients{}.kv_bandwidth);
  CHECK(decode(4e6, 256) - decode(0, 256) == Approx(states).epsilon(0.02));
  CHECK(decode(4e6, 512) - decode(0, 512) == Approx(2 * states).epsilon(0.02));
}

// An H100 has no fp4, and int4 is of weights alone: both are widened to 16 bits.
TEST_CASE("iteration: weights that are widened on the way are read more slowly",
          "[performance][iteration]") {
  const IterationLoad load{.decode_tokens = 1, .sequences = 1, .decode_context = 1};
  ServingPlan plan = fp8_plan(1);
  Coefficients half;
  half.widened_weights = 0.5;
  const auto more = [&](NumericFormat weights) {
    plan.precision = uniform_precision(weights, NumericFormat::Fp16);
    return time_of(llama_70b(), h100(), plan, half, load) /
           time_of(llama_70b(), h100(), plan, {}, load);
  };
  CHECK(more(NumericFormat::Fp16) == 1.0);
  CHECK(more(NumericFormat::Fp8) == 1.0);
  CHECK(more(NumericFormat::Int4) > 1.3);
  CHECK(more(NumericFormat::Nvfp4) > 1.3);
}

TEST_CASE("iteration: eager launches cost where no graphs hide them", "[performance][iteration]") {
  ServingPlan eager = fp8_plan(1);
  eager.has_graphs = false;
  const IterationLoad load{.decode_tokens = 1, .sequences = 1, .decode_context = 1};
  const Seconds more = time_of(llama_70b(), h100(), eager, {}, load) -
                       time_of(llama_70b(), h100(), fp8_plan(1), {}, load);
  CHECK(more.value == Approx(80 * 300e-6));
}

}  // namespace
}  // namespace chokepoint
