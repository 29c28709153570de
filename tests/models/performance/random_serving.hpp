#pragma once

#include <rapidcheck.h>

#include <cmath>

#include "models/performance/iteration.hpp"
#include "models/performance/serving_plan.hpp"

namespace chokepoint::any {

/// A number from low to high, even in its logarithm.
inline double number(double low, double high) {
  const double part = *rc::gen::inRange(0, 10'001) / 10'000.0;
  return low * std::pow(high / low, part);
}

/// 1, 2, 4, ... up to `most`, a power of two.
inline int power_of_two(int most) {
  int powers = 1;
  for (int n = 1; n < most; n *= 2) ++powers;
  return 1 << *rc::gen::inRange(0, powers);
}

inline bool chance() {
  return *rc::gen::inRange(0, 2) == 0;
}

inline NumericFormat format() {
  return static_cast<NumericFormat>(*rc::gen::inRange(0, 7));
}

inline Precision precision() {
  return {format(), format(), format(), format(), format()};
}

/// A model of any family: dense or of experts, grouped or latent attention, with or without
/// windows.
inline Transformer transformer() {
  Transformer made;
  made.name = "any";
  made.layers = *rc::gen::inRange(2, 100);
  made.hidden = 128.0 * *rc::gen::inRange(8, 128);
  made.heads = 16.0 * power_of_two(8);
  made.kv_heads = power_of_two(16);
  made.head_dim = chance() ? 64 : 128;
  made.ffn = 3 * made.hidden;
  made.vocabulary = 1000.0 * *rc::gen::inRange(30, 250);
  made.gated_mlp = chance();
  if (chance()) {
    made.attention = Transformer::Attention::Mla;
    made.kv_lora_rank = 512;
    made.q_lora_rank = chance() ? 1536 : 0;
    made.qk_nope_head_dim = 128;
    made.qk_rope_head_dim = 64;
    made.v_head_dim = 128;
  }
  if (chance()) {
    made.experts = 16.0 * power_of_two(16);
    made.experts_per_token = power_of_two(8);
    made.expert_ffn = 256.0 * power_of_two(8);
    made.shared_experts = *rc::gen::inRange(0, 3);
    made.first_dense_layers = *rc::gen::inRange(0, 2);
  }
  if (chance()) {
    made.sliding_window = 128.0 * power_of_two(32);
    made.window_layers = std::floor(made.layers / 2);
  }
  return made;
}

/// A device with some of the narrower formats.
inline DeviceSpec device() {
  DeviceSpec made;
  made.name = "any";
  const double bf16 = number(50e12, 3e15);
  made.peaks.bf16 = FlopsPerSecond{bf16};
  if (chance()) made.peaks.fp8 = FlopsPerSecond{bf16 * 2};
  if (chance()) made.peaks.int8 = FlopsPerSecond{bf16 * 2};
  if (chance()) made.peaks.fp4 = FlopsPerSecond{bf16 * 4};
  if (chance()) made.peaks.vector_fp16 = FlopsPerSecond{bf16 / 16};
  made.memory = Bytes{number(16e9, 400e9)};
  made.memory_bandwidth = BytesPerSecond{number(200e9, 10e12)};
  made.io_bandwidth = BytesPerSecond{number(50e9, 2e12)};
  return made;
}

inline ServingPlan plan(const Transformer& model) {
  ServingPlan made;
  made.tensor = power_of_two(8);
  made.attention_dp = power_of_two(4);
  made.pipeline = power_of_two(2);
  made.expert_parallel = model.experts >= made.stage_devices() && chance();
  made.precision = precision();
  made.has_graphs = chance();
  return made;
}

inline IterationLoad iteration_load() {
  IterationLoad made;
  made.sequences = std::round(number(1, 2000));
  made.decode_tokens = made.sequences * (chance() ? 1 : 4);
  made.decode_context = number(1, 200'000);
  if (chance()) made.prefill_tokens = number(1, 20'000);
  made.prefill_span = number(1, 100'000);
  return made;
}

}  // namespace chokepoint::any
