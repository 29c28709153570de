#pragma once

#include "models/hardware/device.hpp"
#include "models/software/stack.hpp"
#include "models/units.hpp"
#include "models/workload/inference_service.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// Nvidia H100 SXM, as its datasheet states it.
inline DeviceSpec h100() {
  DeviceSpec device;
  device.name = "h100";
  device.peaks.fp64 = FlopsPerSecond{66.9e12};
  device.peaks.fp32 = FlopsPerSecond{66.9e12};
  device.peaks.tf32 = FlopsPerSecond{494.7e12};
  device.peaks.bf16 = FlopsPerSecond{989.4e12};
  device.peaks.fp8 = FlopsPerSecond{1978.9e12};
  device.peaks.int8 = FlopsPerSecond{1978.9e12};
  device.die_area_mm2 = 814;
  device.memory = 80_GiB;
  device.memory_bandwidth = 3350_GBps;
  device.io_bandwidth = 900_GBps;
  return device;
}

/// Nvidia H20 of 96 GB, as its datasheet states it.
inline DeviceSpec h20() {
  DeviceSpec device = h100();
  device.name = "h20";
  device.peaks = {};
  device.peaks.bf16 = 148_TFLOPS;
  device.peaks.fp8 = 296_TFLOPS;
  device.peaks.int8 = 296_TFLOPS;
  device.memory = 96_GiB;
  device.memory_bandwidth = 4000_GBps;
  return device;
}

/// Llama-3.1-70B.
inline Transformer llama_70b() {
  Transformer model;
  model.name = "llama_70b";
  model.layers = 80;
  model.hidden = 8192;
  model.heads = 64;
  model.kv_heads = 8;
  model.head_dim = 128;
  model.ffn = 28672;
  model.vocabulary = 128256;
  model.gated_mlp = true;
  model.attention = Transformer::Attention::Gqa;
  model.parameters.value = 70.6e9;
  model.active_parameters.value = 70.6e9;
  return model;
}

/// DeepSeek-V3.
inline Transformer deepseek_v3() {
  Transformer model;
  model.name = "deepseek_v3";
  model.layers = 61;
  model.hidden = 7168;
  model.heads = 128;
  model.kv_heads = 128;
  model.head_dim = 128;
  model.ffn = 18432;
  model.vocabulary = 129280;
  model.gated_mlp = true;
  model.experts = 256;
  model.experts_per_token = 8;
  model.expert_ffn = 2048;
  model.shared_experts = 1;
  model.first_dense_layers = 3;
  model.attention = Transformer::Attention::Mla;
  model.q_lora_rank = 1536;
  model.kv_lora_rank = 512;
  model.qk_nope_head_dim = 128;
  model.qk_rope_head_dim = 64;
  model.v_head_dim = 128;
  model.parameters.value = 671e9;
  model.active_parameters.value = 37e9;
  return model;
}

/// A request whose tokens come at most `target` apart.
inline RequestShape request_of(double prompt, double output, Seconds target) {
  return {Tokens{prompt}, Tokens{output}, {target, {}}};
}

/// Every class of work at `fraction` of its roof.
inline Attained attained_everywhere(double fraction) {
  Attained attained;
  for (auto& entry : attained.fraction) entry.value = fraction;
  return attained;
}

}  // namespace chokepoint
